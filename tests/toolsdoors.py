"""One story as other tools hold it, and as its paper prints and lists it: files made here, for the table of doors."""

from __future__ import annotations

import json
from base64 import encodebytes
from collections.abc import Mapping
from hashlib import md5
from html import escape

from tests.samples import Sample

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


def content(story: Sample) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in story.paragraphs)


def linkwarden(story: Sample) -> Mapping[str, bytes]:
    link = {
        "id": 7, "name": story.headline, "type": "url", "description": "", "url": story.url, "textContent": "\n\n".join(story.paragraphs),
        "lastPreserved": "2024-05-06T07:08:09.000Z", "createdAt": "2024-05-06T07:00:00.000Z", "tags": [{"id": 3, "name": "ferry", "ownerId": 1}],
    }  # fmt: skip
    backup = {
        "name": "Jane", "username": "jane", "email": "jane@ledger.example", "collectionOrder": [1], "archiveAsScreenshot": True,
        "collections": [{"id": 1, "name": "Harbour", "links": [link]}], "pinnedLinks": [],
    }  # fmt: skip
    return {"backup.json": json.dumps(backup).encode()}


def zotero(story: Sample) -> Mapping[str, bytes]:
    """An item of a library, and the page that it holds of it."""
    given, _, family = story.author.partition(" ")
    library = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"\n'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"\n'
        ' xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f'<bib:Article rdf:about="{story.url}"><z:itemType>newspaperArticle</z:itemType><bib:authors><rdf:Seq><rdf:li><foaf:Person>'
        f"<foaf:surname>{family}</foaf:surname><foaf:givenName>{given}</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>\n"
        f'<link:link rdf:resource="#item_5"/><dc:title>{escape(story.headline)}</dc:title><dc:date>2022-03-18</dc:date>\n'
        f"<dc:identifier><dcterms:URI><rdf:value>{story.url}</rdf:value></dcterms:URI></dc:identifier>\n"
        "<dcterms:dateSubmitted>2024-05-06 07:08:09</dcterms:dateSubmitted></bib:Article>\n"
        '<z:Attachment rdf:about="#item_5"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/5/Night ferry.html"/>\n'
        "<link:type>text/html</link:type></z:Attachment>\n</rdf:RDF>\n"
    )
    bare = "\n".join(line for line in story.html.splitlines() if "og:url" not in line)
    return {"library/library.rdf": library.encode(), "library/files/5/Night ferry.html": bare.encode()}


def evernote(story: Sample) -> Mapping[str, bytes]:
    known = md5(GIF, usedforsecurity=False).hexdigest()
    note = f'<en-note><div>{content(story)}</div><en-media type="image/gif" hash="{known}"/></en-note>'
    export = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<en-export export-date="20240601T000000Z" application="Evernote" version="10.10.5">\n'
        f"<note><title>{escape(story.headline)}</title><created>20240506T070809Z</created><tag>ferry</tag>\n"
        f"<note-attributes><source>web.clip7</source><source-url>{story.url}</source-url></note-attributes>\n"
        f'<content><![CDATA[{note}]]></content>\n<resource><data encoding="base64">\n{encodebytes(GIF).decode()}</data><mime>image/gif</mime></resource>'
        "</note>\n</en-export>\n"
    )
    return {"notes.enex": export.encode()}


def wechat(story: Sample) -> Mapping[str, bytes]:
    page = (
        '<!DOCTYPE html>\n<html lang="zh_CN">\n<head>\n    <meta charset="utf-8">\n    '
        f"<title>{escape(story.headline)}</title>\n    <style>\n        .__page_content__ {{\n            max-width: 667px;\n        }}\n    </style>\n"
        f'</head>\n<body>\n<div class="__page_content__">\n<h1 class="title">{escape(story.headline)}</h1>\n<div class="__meta__">\n'
        f'<span class="author">{story.author}</span>\n<span class="nick_name">The Ledger</span>\n<span class="create_time">2022-03-18 06:00</span>\n</div>\n'
        f'<blockquote class="source">原文地址: <a href="{story.url}">{story.url}</a></blockquote>\n'
        f'<section class="item_show_type_0">{content(story)}</section>\n</div>\n</body>\n</html>\n'
    )
    return {"wechat.html": page.encode()}


def readability(story: Sample) -> Mapping[str, bytes]:
    """What the library of Firefox's reader view gives, as its users write it down."""
    found = {
        "title": story.headline, "byline": story.author, "dir": None, "lang": "en",
        "content": f'<div id="readability-page-1" class="page">{content(story)}</div>', "textContent": "\n".join(story.paragraphs),
        "length": sum(map(len, story.paragraphs)), "excerpt": story.paragraphs[0], "siteName": "The Ledger", "publishedTime": story.published,
        "url": story.url,
    }  # fmt: skip
    return {"reader.json": json.dumps(found).encode()}


def atom(story: Sample) -> Mapping[str, bytes]:
    feed = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title><id>urn:ledger</id>\n'
        f"<updated>{story.published}</updated>\n<entry><title>{escape(story.headline)}</title><id>{story.url}</id>"
        f'<link href="{story.url}"/><author><name>{story.author}</name></author><published>{story.published}</published>\n'
        f'<updated>{story.published}</updated><content type="html">{escape(content(story))}</content></entry>\n</feed>\n'
    )
    return {"feed.atom": feed.encode()}


def amp(story: Sample) -> Mapping[str, bytes]:
    """The page's lighter twin, which names the page."""
    page = (
        '<!doctype html>\n<html ⚡ lang="en"><head><meta charset="utf-8"><script async src="https://cdn.ampproject.org/v0.js"></script>\n'
        f'<title>{escape(story.headline)}</title><link rel="canonical" href="{story.url}">\n'
        '<meta name="viewport" content="width=device-width"><style amp-custom>h1 { margin: 0 }</style>\n'
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": story.published, "author": {"@type": "Person", "name": story.author}})}</script>\n'
        f'</head><body><amp-sidebar id="menu" layout="nodisplay"><a href="/">Home</a></amp-sidebar><article><h1>{escape(story.headline)}</h1>\n'
        f"{content(story)}</article><amp-analytics></amp-analytics></body></html>\n"
    )
    return {"amp.html": page.encode()}


def printer(story: Sample) -> Mapping[str, bytes]:
    """The page that a paper shows for printing, saved by a browser."""
    page = (
        f"<!-- saved from url=({len(story.url):04d}){story.url} -->\n"
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Print: {escape(story.headline)}</title>\n'
        '<meta name="robots" content="noindex"></head><body onload="window.print()">\n'
        f'<div id="print"><img src="logo.gif" alt="The Ledger"><h1>{escape(story.headline)}</h1><p class="byline">By {story.author}</p><p>March 18, 2022</p>\n'
        f"{content(story)}<p>Source: {story.url}</p><p>© The Ledger</p></div></body></html>\n"
    )
    return {"print.html": page.encode()}
