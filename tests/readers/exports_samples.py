"""Exports as the tools' own serialisers write them, with our own words in them."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import md5
from html import escape
from typing import Any

from tests.samples import FERRY

TEXT = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in FERRY)
ARTICLE = f'<div class="page" id="readability-page-1">{TEXT}<h2>The timetable</h2><ul><li>First boat at six</li><li>Last boat at eleven</li></ul></div>'
URL = "https://www.ledger.example/2022/03/18/night-ferry/"
OTHER = "https://tide.example/news/7"
TITLE = "Night ferry sails again from Friday"
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")

WALLABAG_ENTRY: dict[str, Any] = {
    "is_archived": 1, "is_starred": 0, "user_name": "jane", "user_email": "jane@ledger.example", "user_id": 1,
    "tags": [{"id": 3, "label": "ferry", "slug": "ferry"}, {"id": 4, "label": "harbour", "slug": "harbour"}], "is_public": False,
    "id": 12, "uid": None, "title": TITLE, "url": URL, "hashed_url": "4a", "origin_url": None, "given_url": f"{URL}?utm_source=mail",
    "hashed_given_url": "4b", "archived_at": "2022-03-20T08:00:00+0100", "content": ARTICLE, "created_at": "2022-03-19T20:15:00+0100",
    "updated_at": "2022-03-20T08:00:00+0100", "published_at": "2022-03-18T06:00:00-0400", "published_by": ["Jane Roe"],
    "starred_at": None, "annotations": [], "mimetype": "text/html", "language": "en", "reading_time": 2,
    "domain_name": "www.ledger.example", "preview_picture": "https://www.ledger.example/ferry.jpg", "http_status": "200", "headers": [],
}  # fmt: skip
WALLABAG_FAILED = {
    **WALLABAG_ENTRY, "id": 13, "url": OTHER, "title": "Lost page", "tags": ["tide"],
    "content": "wallabag can't retrieve contents for this article. Please <a href=\"https://doc.wallabag.org/\">troubleshoot this issue</a>.",
}  # fmt: skip
WALLABAG_1 = {
    "0": "1", "1": TITLE, "2": URL, "3": "0", "4": "0", "5": ARTICLE, "6": "1", "id": "1", "title": TITLE, "url": URL, "is_read": "0",
    "is_fav": "0", "content": ARTICLE, "user_id": "1", "tags": "ferry,harbour",
}  # fmt: skip
WALLABAG_CSV = (
    'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
    f'"{TITLE}";{URL};"{ARTICLE.replace(chr(34), chr(34) * 2).replace(chr(10), "")}";"ferry, harbour";text/html;en;"19/03/2022 08:15:00"\n'
)
WALLABAG_XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<result><entry><is_archived>1</is_archived><is_starred>0</is_starred><tags><entry><![CDATA[ferry]]></entry><entry><![CDATA[harbour]]></entry></tags>
<id>12</id><title><![CDATA[{TITLE}]]></title><url><![CDATA[{URL}]]></url><content><![CDATA[{ARTICLE}]]></content>
<created_at><![CDATA[2022-03-19T20:15:00+0100]]></created_at><published_at><![CDATA[2022-03-18T06:00:00-0400]]></published_at>
<published_by><entry><![CDATA[Jane Roe]]></entry></published_by><language><![CDATA[en]]></language></entry></result>
"""
OMNIVORE: list[dict[str, Any]] = [
    {
        "id": "20db074a", "slug": "night-ferry-192", "title": TITLE, "description": "The landing stage stands again.", "author": "Jane Roe",
        "url": URL, "state": "Archived", "readingProgress": 0, "thumbnail": "https://www.ledger.example/ferry.jpg",
        "labels": ["ferry", "harbour"], "savedAt": "2022-03-19T19:15:00.000Z", "updatedAt": "2022-03-20T07:00:00.320Z",
        "publishedAt": "2022-03-18T10:00:00.000Z",
    },
    {
        "id": "5ace624c", "slug": "lost-page-193", "title": "Lost page", "description": "Nothing is left.", "author": None, "url": OTHER,
        "state": "Active", "readingProgress": 0, "thumbnail": None, "labels": [], "savedAt": "2022-03-21T10:00:00.000Z",
        "updatedAt": "2022-03-21T10:00:00.000Z", "publishedAt": None,
    },
]  # fmt: skip
READECK = {
    "UID": "R3ad3ck", "UserID": 1, "Created": "2022-03-19T20:15:00.123456+01:00", "Updated": "2022-03-20T08:00:00Z", "State": 0, "URL": URL,
    "Title": TITLE, "Domain": "ledger.example", "Site": "www.ledger.example", "SiteName": "The Ledger", "Published": "2022-03-18T06:00:00-04:00",
    "Authors": ["Jane Roe"], "Lang": "en", "DocumentType": "article", "Description": "The landing stage stands again.", "Text": "…",
    "Files": {"article": {"name": "index.html", "type": "text/html"}}, "Labels": ["ferry", "harbour"], "IsArchived": False,
}  # fmt: skip
KARAKEEP = {
    "bookmarks": [
        {
            "createdAt": 1647717300, "title": TITLE, "tags": ["ferry", "harbour"], "lists": [], "content": {"type": "link", "url": URL},
            "note": None, "archived": False,
        },
        {"createdAt": 1647717300, "title": None, "tags": [], "content": {"type": "text", "text": "Buy bread for the crossing"}, "note": None},
    ],
    "lists": [{"id": "x", "name": "Harbour", "description": None, "icon": "", "type": "manual", "query": None, "parentId": None}],
}  # fmt: skip
KARAKEEP_FULL = {
    "bookmarks": [
        {
            "id": "k1", "createdAt": "2022-03-19T19:15:00.000Z", "title": None, "archived": False, "tags": [{"id": "t", "name": "ferry", "attachedBy": "ai"}],
            "content": {
                "type": "link", "url": URL, "title": TITLE, "description": "x", "htmlContent": ARTICLE, "crawledAt": "2022-03-19T19:16:00.000Z",
                "author": "Jane Roe", "publisher": "The Ledger", "datePublished": "2022-03-18T10:00:00.000Z", "dateModified": None,
            },
        }
    ],
    "nextCursor": None,
}  # fmt: skip
LINKWARDEN = {
    "name": "Jane", "username": "jane", "email": "jane@ledger.example", "locale": "en", "collectionOrder": [1], "archiveAsScreenshot": True,
    "collections": [
        {
            "id": 1, "name": "Harbour", "rssSubscriptions": [],
            "links": [
                {
                    "id": 7, "name": TITLE, "type": "url", "description": "", "url": URL, "textContent": "\n\n".join(FERRY),
                    "lastPreserved": "2022-03-19T19:16:00.000Z", "createdAt": "2022-03-19T19:15:00.000Z",
                    "tags": [{"id": 3, "name": "ferry", "ownerId": 1}, {"id": 4, "name": "harbour", "ownerId": 1}],
                },
                {"id": 8, "name": "Lost page", "type": "url", "url": OTHER, "textContent": None, "createdAt": "2022-03-21T10:00:00.000Z", "tags": []},
            ],
        }
    ],
    "pinnedLinks": [{"id": 7, "name": TITLE, "url": URL}],
}  # fmt: skip
POCKET_CSV = f"title,url,time_added,tags,status\n{TITLE},{URL},1647717300,ferry|harbour,unread\n{OTHER},{OTHER},1647717301,,archive\n"
POCKET_HTML = f"""<!DOCTYPE html>
<html>
	<!--So long and thanks for all the fish-->
	<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><title>Pocket Export</title></head>
	<body><h1>Unread</h1><ul>
			<li><a href="{URL}" time_added="1647717300" tags="ferry,harbour">{TITLE}</a></li>
		</ul><h1>Read Archive</h1><ul><li><a href="{OTHER}" time_added="1647717301" tags="">Tides &amp; quays</a></li></ul></body>
</html>
"""
INSTAPAPER = (
    "URL,Title,Selection,Folder,Timestamp,Tags\n"
    f'{URL},"{TITLE}, says council","The landing stage\nstands again",Unread,1647717300,"[""ferry""]"\n'
)
RAINDROP = (
    "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
    f'1,{TITLE},,"The landing stage ""stands"" again",{URL},Harbour,"ferry, harbour",2022-03-19T19:15:00.000Z,,,false\n'
)
MATTER = (
    "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read,Highlight_Count,Last Interaction Date,File Id\n"
    f"{TITLE},Jane Roe,The Ledger,{URL},ferry;harbour,140,True,False,False,0,2022-03-19 19:15:00,\n"
)
BOOKMARKS = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     It will be read and overwritten.
     DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1624868914" LAST_MODIFIED="0" PERSONAL_TOOLBAR_FOLDER="true">Harbour</H3>
    <DL><p>
        <DT><A HREF="{URL}" ADD_DATE="1647717300" TAGS="ferry,harbour" ICON="data:image/png;base64,iVBORw0KGgo=">{TITLE}</A>
        <DD>The landing stage stands again
        <DT><A HREF="javascript:alert(1)" ADD_DATE="1">Marklet</A>
        <DT><A HREF="place:sort=8">Recent</A>
    </DL><p>
</DL><p>
"""
ZOTERO_CSV = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","Url","Abstract Note","Date","Date Added","Manual Tags"\n'
    f'"MK49","newspaperArticle","2022","Roe, Jane","{TITLE}","The Ledger","{URL}","","2022-03-18","2022-03-19 19:15:00","ferry; harbour"\n'
    '"MK50","book","1999","Roe, Jane","Piles and Planks","","","","1999","2022-03-19 19:15:00",""\n'
)
ZOTERO_RDF = f"""<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
    <bib:Article rdf:about="{URL}">
        <z:itemType>newspaperArticle</z:itemType>
        <dcterms:isPartOf><bib:Part><dc:title>Harbour</dc:title>
            <dcterms:isPartOf><bib:Newspaper><dc:title>The Ledger</dc:title></bib:Newspaper></dcterms:isPartOf></bib:Part></dcterms:isPartOf>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Roe</foaf:surname><foaf:givenName>Jane</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <link:link rdf:resource="#item_5"/>
        <dc:subject>ferry</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>harbour</rdf:value></z:AutomaticTag></dc:subject>
        <dc:title>{TITLE}</dc:title>
        <dc:date>2022-03-18</dc:date>
        <dc:identifier><dcterms:URI><rdf:value>{URL}</rdf:value></dcterms:URI></dc:identifier>
        <dcterms:dateSubmitted>2022-03-19 19:15:00</dcterms:dateSubmitted>
    </bib:Article>
    <z:Attachment rdf:about="#item_5">
        <z:itemType>attachment</z:itemType>
        <rdf:resource rdf:resource="files/5/Night ferry.html"/>
        <dc:title>Snapshot</dc:title>
        <z:linkMode>1</z:linkMode>
        <link:type>text/html</link:type>
    </z:Attachment>
    <bib:Document rdf:about="#item_9">
        <z:itemType>webpage</z:itemType>
        <dc:title>Lost page</dc:title>
        <dc:identifier><dcterms:URI><rdf:value>{OTHER}</rdf:value></dcterms:URI></dc:identifier>
    </bib:Document>
    <bib:Book rdf:about="urn:isbn:1"><z:itemType>book</z:itemType><dc:title>Piles and Planks</dc:title></bib:Book>
</rdf:RDF>
"""
CSL = [
    {
        "id": "http://zotero.org/users/1/items/MK49", "type": "article-newspaper", "container-title": "The Ledger", "language": "en", "title": TITLE,
        "URL": URL, "author": [{"family": "Roe", "given": "Jane"}], "issued": {"date-parts": [["2022", 3, 18]]},
    },
    {"id": "http://zotero.org/users/1/items/MK50", "type": "book", "title": "Piles and Planks"},
]  # fmt: skip
_NOTE = f"""<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">
<en-note><div>{TEXT}</div><en-todo checked="false"/><en-media type="image/gif" hash="{md5(GIF, usedforsecurity=False).hexdigest()}"/><div>Clipped&nbsp;here.</div></en-note>"""
ENEX = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20220401T000000Z" application="Evernote" version="10.10.5">
  <note>
    <title>{TITLE}</title>
    <created>20220319T191500Z</created>
    <updated>20220320T070000Z</updated>
    <tag>ferry</tag>
    <tag>harbour</tag>
    <note-attributes>
      <source>web.clip7</source>
      <source-url>{URL}</source-url>
    </note-attributes>
    <content><![CDATA[{_NOTE}]]></content>
    <resource><data encoding="base64">
{b64encode(GIF).decode()}
</data><mime>image/gif</mime></resource>
  </note>
  <note><title>Shopping</title><created>20220319T191500Z</created><content><![CDATA[<en-note><div>Bread, salt and a piece of rope</div></en-note>]]></content></note>
</en-export>
"""
ARCHIVEBOX = {
    "archive_path": "archive/1647717300.0", "base_url": "www.ledger.example/2022/03/18/night-ferry/", "basename": "night-ferry",
    "bookmarked_date": "2022-03-19 19:15",
    "canonical": {"dom_path": "output.html", "singlefile_path": "singlefile.html", "wget_path": "www.ledger.example/2022/03/18/night-ferry/index.html"},
    "history": {
        "singlefile": [{"cmd": ["single-file"], "output": "singlefile.html", "start_ts": "2022-03-19T19:15:07.953444+00:00", "status": "succeeded"}],
        "wget": [
            {
                "cmd": ["wget", "--warc-file=/data/archive/1647717300.0/warc/1647717301", URL], "output": "x", "status": "succeeded",
                "start_ts": "2022-03-19T19:15:01.000001+00:00",
            }
        ],
        "readability": [{"start_ts": "2022-03-19T19:15:09.000001+00:00", "status": "succeeded"}],
    },
    "schema": "Link", "sources": [], "tags": "ferry,harbour", "timestamp": "1647717300.0", "title": TITLE, "url": URL,
}  # fmt: skip
ARCHIVEBOX_LINES = (
    json.dumps({
        "type": "Snapshot", "id": "0196", "url": URL, "title": TITLE, "tags": "ferry,harbour", "bookmarked_at": "2022-03-19T19:15:00+00:00",
        "timestamp": "1647717300.0",
    })
    + "\n"
    + json.dumps({"type": "ArchiveResult", "plugin": "singlefile", "status": "succeeded"})
    + "\n"
)  # fmt: skip
READABILITY = {
    "byline": "Jane Roe",
    "siteName": "The Ledger",
    "publishedTime": "2022-03-18T06:00:00-04:00",
    "title": TITLE,
    "lang": "en",
    "length": 640,
}
_STYLE = "#page-content,\n        #js_article_bottom_bar,\n        .__page_content__ {\n            max-width: 667px;\n        }"
_WECHAT_TEXT = "<section><p>十八个月前的一场风暴之后，夜航渡轮将于周五重新在鸥角和老港之间启航。</p><p>港口工程师整个冬天在淤泥中打下四十根新桩，市议会还出资加宽了坡道。</p></section>"
WECHAT = f"""<!DOCTYPE html>
<html lang="zh_CN">
<head>
    <meta charset="utf-8">
    <title>夜航渡轮周五复航</title>
    <style>
        {_STYLE}
    </style>
</head>
<body class="zh_CN">
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary">
<h1 class="rich_media_title " id="activity-name">夜航渡轮周五复航</h1>
<div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="rich_media_meta">原创</span>
<span class="rich_media_meta rich_media_meta_text" id="js_author_name">林小舟</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">潮汐日报</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text">2022年03月18日 11:30</em></div>
<div class="rich_media_content js_underline_content" id="js_content">{_WECHAT_TEXT}<p><img data-src="https://mmbiz.example/a/640" src="./assets/17001.gif"></p></div>
</div></div></div>
</body>
</html>
"""
WECHAT_RENDERED = f"""<!DOCTYPE html>
<html lang="zh_CN">
<head>
    <meta charset="utf-8">
    <title>夜航渡轮周五复航</title>
    <style>
        .__page_content__ {{
            max-width: 667px;
        }}
    </style>
</head>
<body>
<div class="__page_content__">
<h1 class="title">夜航渡轮周五复航</h1>
<div class="__meta__">
    <span class="copyright">原创</span>
    <span class="author">林小舟</span>
    <span class="nick_name">潮汐日报</span>
    <span class="create_time">2022-03-18 11:30</span>
    <span class="ip">福建</span>
</div>
<blockquote class="source">原文地址: <a href="https://mp.weixin.qq.com/s/AbCdEf">https://mp.weixin.qq.com/s/AbCdEf</a></blockquote>
<section class="item_show_type_0">{_WECHAT_TEXT}</section>
</div>
</body>
</html>
"""

WECHAT_RAW = (
    WECHAT.split("<head>", maxsplit=1)[0].replace(' lang="zh_CN"', "")
    + f"""<head><meta name="wechat-enable-text-zoom-em" content="true">
<meta charset="utf-8"><meta property="og:title" content="夜航渡轮周五复航"><meta property="og:site_name" content="微信公众平台"></head>
<body id="activity-detail">{WECHAT.split('<body class="zh_CN">')[1].split("</body>", maxsplit=1)[0].replace("2022年03月18日 11:30", "")}
<script>var nickname = htmlDecode("潮汐日报"); var ct = "1647574200"; var msg_link = "https://mp.weixin.qq.com/s?__biz=MzA3&amp;mid=1&amp;sn=ab#rd";</script>
</body></html>
"""
)


def enex_notes(*titles: str) -> str:
    """An export of notes with these titles."""
    notes = "".join(
        f"<note><title>{title}</title><created>20220319T191500Z</created><note-attributes><source-url>{URL}{title}</source-url></note-attributes>"
        f"<content><![CDATA[<en-note>{TEXT}</en-note>]]></content></note>\n"
        for title in titles
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<en-export export-date="20220401T000000Z" application="Evernote">\n{notes}</en-export>\n'
