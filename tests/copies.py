"""Our own page as web archives and caches show it: with what they write into it, in our own words where words do not matter."""

from __future__ import annotations

import re
from html import escape

from tests.samples import Sample

URL = "https://www.ledger.example/2022/03/18/night-ferry/"
STAMP = "20220401093000"
MOMENT = "2022-04-01T09:30:00+00:00"
PICTURE = "https://img.ledger.example/2022/ferry.jpg"
LINK = "https://www.ledger.example/2021/09/storm/"

WAYBACK = "https://web.archive.org/web/"
TOOLBAR = (
    "<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<style>body { margin-top: 0 }</style><script>__wm.rw(0);</script>\n"
    '<div id="wm-ipp-base" lang="en" style="display:none;"><div id="wm-ipp"><form action="/web/submit">'
    f'<input type="text" name="url" id="wmtbURL" value="{URL}"><input type="hidden" name="date" value="{STAMP}"></form>'
    "<p>Success: 14 captures of the harbour between two dates, and a long enough line of words to be taken for a paragraph.</p></div></div>"
    f'<div id="wm-ipp-print">The Wayback Machine - {WAYBACK}{STAMP}/{URL}</div>\n<!-- END WAYBACK TOOLBAR INSERT -->\n'
)
FILED = (
    "\n<!--\n     FILE ARCHIVED ON 09:30:00 Apr 01, 2022 AND RETRIEVED FROM THE\n     INTERNET ARCHIVE ON 20:08:27 Nov 02, 2024.\n"
    "     JAVASCRIPT APPENDED BY WAYBACK MACHINE, COPYRIGHT INTERNET ARCHIVE.\n-->\n"
)


def page() -> str:
    """The story with a picture, a link, and structured data that tell the page's address."""
    sample = Sample(
        head=f'<link rel="canonical" href="{URL}">\n'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","url":"%s",'
        '"headline":"Night ferry sails again from Friday","publisher":{"@type":"Organization","name":"The Ledger"}}</script>'
        % URL,
    )
    return sample.html.replace(
        "</h1>", f'</h1>\n<figure><img src="{PICTURE}" width="800" height="500"><figcaption>The ferry at the quay</figcaption></figure>'
    ).replace("</p></article>", f' It followed <a href="{LINK}">a storm</a> in autumn.</p></article>')  # fmt: skip


def rewritten(html: str, prefix: str, flag: str = "im_") -> str:
    """The addresses as an archive rewrites them."""
    with_pictures = re.sub(r'(src=")(https?://)', rf"\1{prefix}{STAMP}{flag}/\2", html)
    return re.sub(r'((?:href|content|"url":)=?"?)(https?://(?!schema))', rf"\1{prefix}{STAMP}/\2", with_pictures)


def wayback() -> str:
    """As the Wayback Machine sends it today."""
    scripts = (
        '<script src="https://web-static.archive.org/_static/js/wombat.js?v=1"></script>\n<script type="text/javascript">\n'
        f'    __wm.init("https://web.archive.org/web");\n  __wm.wombat("{URL.replace(".example/", ".example:443/")}","{STAMP}",'
        '"https://web.archive.org/","web","https://web-static.archive.org/_static/",\n\t      "1648805400");\n</script>\n'
    )
    html = rewritten(page(), WAYBACK).replace("<head>", f"<head>{scripts}").replace("<body>", f"<body>{TOOLBAR}")
    return html + FILED


def wayback_relative() -> str:
    """As it was some years ago, with addresses from the archive's root, and the old name of its script."""
    scripts = f"<script>WB_wombat_Init('https://web.archive.org/web', '{STAMP}', 'www.ledger.example');</script>"
    return (
        rewritten(page(), "/web/").replace("<head>", f"<head>{scripts}").replace("<body>", f"<body>{TOOLBAR}") + FILED
    )


def wayback_2010() -> str:
    """With the toolbar of 2010, and nothing else that names the page."""
    toolbar = (
        '<!-- BEGIN WAYBACK TOOLBAR INSERT -->\n<script>var wbPrefix = "/web/";</script><div id="wm-ipp"><table><tr><td>'
        f'<a href="http://web.archive.org/web/{STAMP}/{URL}">Captures of the page, counted for all the years there are.</a>'
        "</td></tr></table></div>\n<!-- END WAYBACK TOOLBAR INSERT -->"
    )
    return rewritten(page(), "/web/", "").replace("<body>", f"<body>{toolbar}")


def wayback_2007() -> str:
    """As it was at first: a base, and a script at the end."""
    script = (
        f'<SCRIPT language="Javascript">\n<!--\n// FILE ARCHIVED ON {STAMP} AND RETRIEVED FROM THE\n// INTERNET ARCHIVE ON 20230110101010.\n'
        f'   var sWayBackCGI = "http://web.archive.org/web/{STAMP}/";\n//-->\n</SCRIPT>\n'
    )
    return page().replace("<head>", f'<head><BASE HREF="{URL}">') + script


def pywb() -> str:
    """As pywb and what is built on it replay a page."""
    insert = (
        f'<!-- WB Insert -->\n<script>\n  wbinfo = {{}};\n  wbinfo.top_url = "http://localhost:8080/mine/{STAMP}/{URL}";\n'
        f'  wbinfo.url = "{URL}";\n  wbinfo.timestamp = "{STAMP}";\n  wbinfo.request_ts = "{STAMP}";\n</script>\n<!-- End WB Insert -->\n'
    )
    return rewritten(page(), "http://localhost:8080/mine/", "im_").replace("<head>", f"<head>{insert}")


def today(*, quoted: bool = True) -> str:
    """As archive.today shows it: its own head, its bar, and the page below with pictures of its own."""
    body = re.search(r"<article>.*</article>", page(), re.DOTALL)
    assert body
    story = body[0].replace(f'src="{PICTURE}"', f'src="https://archive.ph/AbCdE/0123abcd.jpg" old-src="{PICTURE}"')
    story = story.replace(f'href="{LINK}"', f'href="https://archive.ph/o/AbCdE/{LINK}"')
    html = (
        '<!DOCTYPE html><html prefix="og: http://ogp.me/ns#" itemscope itemtype="http://schema.org/Article"><head>'
        '<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/><meta property="og:type" content="article"/>'
        '<meta property="og:site_name" content="archive.ph"/><meta property="og:url" content="http://archive.ph/AbCdE" itemprop="url"/>'
        f'<meta property="article:published_time" content="{MOMENT}" itemprop="dateCreated"/>'
        '<meta property="twitter:description" content="archived 1 Apr 2022 09:30:00 UTC" itemprop="description"/>'
        '<link rel="canonical" href="https://archive.ph/AbCdE"/>'
        f'<link rel="bookmark" href="http://archive.today/{STAMP}/{URL}"/><title>Night ferry sails again from Friday</title></head><body><center>'
        '<div id="HEADER"><table><tr><td><div>archive.today</div><div>webpage capture</div></td><td>Saved from</td><td>'
        f'<form action="https://archive.ph/search/"><input type="text" name="q" value="{URL}"/></form></td><td>'
        f'<time itemprop="pubdate" datetime="{MOMENT}">1 Apr 2022 09:30:00 UTC</time></td></tr></table>'
        "<p>All snapshots from the host, redirected from a former address, and a line of words about how to share the copy.</p></div>"
        f'<div id="SOLID"><div id="CONTENT"><div class="html"><div class="body">{story}</div></div></div></div></center></body></html>'
    )
    return html if quoted else re.sub(r'="([^"\s<>=]+)"', r"=\1", html.replace("/>", ">"))


def google(*, old: bool = False) -> str:
    """As Google's cache showed it."""
    words = (
        f'This is Google\'s cache of <a href="{URL}">{URL}</a>. It is a snapshot of the page as it appeared on '
        f'{"1 Apr 2022" if old else "Apr 1, 2022"} 09:30:00 GMT. The <a href="{URL}">current page</a> could have changed in the meantime.'
    )
    banner = f'<div style="border:1px solid"><div style="margin:12px">{words}</div></div><div style="position:relative">' if old else (
        f'<div id="bN015htcoyT__google-cache-hdr"><div><span>{words}</span></div></div>'
    )  # fmt: skip
    return f'<meta charset="utf-8"><base href="{URL}">{banner}{page()}'


def bing() -> str:
    """As Bing's cache shows it: with its day in a comment."""
    return (
        '<html><head><meta charset="utf-8"/></head><!-- Banner:Start --><!--LocalizedDate:01.04.2022--><!--InvariantDate:4/1/2022-->'
        f'<table><tr><td><span id="b_cpb"><div>You have reached the cached page for <strong><a href="{URL}">{URL}</a></strong></div>'
        f"<div>Below is a snapshot of the Web page as it appeared on <strong>01.04.2022</strong>.</div></span></td></tr></table>{page()}"
    )


def baidu() -> str:
    """As Baidu's cache showed it."""
    return (
        '<meta charset="utf-8"><div id="bd_snap"><div id="bd_snap_txt"><span>以下是网页 '
        f'<a href="{URL}">{escape(URL)}</a> 在 2022年4月1日 的快照。</span></div><div id="bd_snap_note">百度和网页 <a href="{URL}">{URL}</a> '
        f"的作者无关，不对其内容负责。</div></div>{page()}"
    )


def linked() -> str:
    """With the links of RFC 7089 in its head, as some archives add them."""
    links = f'<link rel="original" href="{URL}"><link rel="memento" datetime="Fri, 01 Apr 2022 09:30:00 GMT" href="https://vault.example/c/77">'
    return page().replace("<head>", f"<head>{links}")
