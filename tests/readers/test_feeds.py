"""Feeds of every kind: what is an article and what a known story, with address, moments, authors, tags and pictures."""

from __future__ import annotations

import io
import json
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import readers
from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Origin, Seen
from generator.readers import feeds
from generator.readers.feeds import whole
from generator.readers.found import alone
from tests.samples import FERRY, Sample

TEXT = "".join(f"<p>{paragraph}</p>\n" for paragraph in FERRY) + (
    '<p>The council has drawn up <a href="/boats">a new list of the boats</a>, which hangs on the quay from Monday on. <img src="pier.jpg" alt=""></p>'
)
URL = "https://www.ledger.example/2022/03/18/night-ferry/"
TITLE = "Night ferry sails again from Friday"
SHORT = "The landing stage stands again, and the late boat with it."
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)

RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {SPACES}>
<channel><title>The Ledger</title><link>https://www.ledger.example/</link><language>en-GB</language><copyright>© The Ledger</copyright>
<atom:link href="https://www.ledger.example/feed/" rel="self" type="application/rss+xml"/>
<item><title>Night ferry sails again from Friday</title><link>{URL}</link><dc:creator><![CDATA[Jane Roe]]></dc:creator>
<pubDate>Fri, 18 Mar 2022 06:00:00 -0400</pubDate><category><![CDATA[Harbour]]></category><category>Ferries &amp; boats</category>
<guid isPermaLink="false">https://www.ledger.example/?p=77</guid><description><![CDATA[{SHORT} [&#8230;]]]></description>
<content:encoded><![CDATA[{TEXT}<p>The post <a href="{URL}">{TITLE}</a> appeared first on <a href="https://www.ledger.example">The Ledger</a>.</p>]]></content:encoded>
<media:content url="https://www.ledger.example/ferry.jpg" medium="image"/></item>
<item><title>Tide tables &lt;b&gt;for&lt;/b&gt; spring</title><guid>https://www.ledger.example/tides</guid><description>{SHORT}</description>
<pubDate>Fri, 32 Mar 2022 06:00:00 GMT</pubDate></item>
</channel></rss>
"""
RSS_1 = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>
<channel rdf:about="https://www.ledger.example/"><title>The Ledger</title><link>https://www.ledger.example/</link><dc:language>en</dc:language></channel>
<item rdf:about="{URL}"><title>{TITLE}</title><link>{URL}</link><dc:creator>Jane Roe</dc:creator><dc:date>2022-03-18T06:00:00-04:00</dc:date>
<dc:subject>Harbour</dc:subject><content:encoded>{escape(TEXT)}</content:encoded></item></rdf:RDF>
"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://www.ledger.example/">
<title type="html">The &lt;i&gt;Ledger&lt;/i&gt;</title><link rel="self" href="/feed.atom"/><link href="/"/><updated>2022-03-19T00:00:00Z</updated>
<entry xml:base="2022/03/18/night-ferry/"><title>{TITLE}</title><link rel="alternate" type="text/html" href="."/><id>tag:ledger.example,2022:77</id>
<published>2022-03-18T06:00:00-04:00</published><updated>2022-03-18T09:30:00-04:00</updated><author><name>Jane Roe</name></author>
<category term="harbour" label="Harbour"/><rights>© The Ledger</rights>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{TEXT.replace(' alt="">', ' alt=""/>')}</div></content></entry>
<entry><title>Tide tables</title><link href="/tides"/><id>tag:ledger.example,2022:78</id><summary>{SHORT}</summary></entry></feed>
"""
JSON: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1", "title": "The Ledger", "home_page_url": "https://www.ledger.example/", "language": "en",
    "items": [
        {
            "id": "77", "url": URL, "title": TITLE, "content_html": TEXT, "date_published": "2022-03-18T06:00:00-04:00",
            "date_modified": "2022-03-18T09:30:00-04:00", "authors": [{"name": "Jane Roe"}], "tags": ["Harbour"],
        },
        {"id": "https://www.ledger.example/tides", "title": "Tide tables", "summary": SHORT},
    ],
}  # fmt: skip


def read(feed: Any, name: str = "feed.xml") -> list[Any]:
    raw = feed if isinstance(feed, bytes) else (feed if isinstance(feed, str) else json.dumps(feed)).encode()
    assert feeds.accepts(raw[:4_096], name)
    return list(feeds.read(io.BytesIO(raw), Origin(name, "digest"), alone))


def rss(item: str, channel: str = "") -> str:
    return f'<rss version="2.0" {SPACES}><channel><title>The Ledger</title>{channel}<item>{item}</item></channel></rss>'


@pytest.mark.parametrize(
    ("feed", "member", "modified"),
    [
        (RSS, "https://www.ledger.example/?p=77", ""),
        (RSS_1, URL, ""),
        (ATOM, "tag:ledger.example,2022:77", "2022-03-18T09:30:00-04:00"),
        (JSON, "77", "2022-03-18T09:30:00-04:00"),
    ],
    ids=["RSS 2.0", "RSS 1.0", "Atom", "JSON Feed"],
)
def test_an_entry_with_its_text_is_an_article(feed, member, modified):
    capture = read(feed)[0]
    assert isinstance(capture, Capture)
    assert (capture.url, capture.origin.member, capture.captured) == (URL, member, None)
    article = extract(capture).article
    assert article is not None
    assert (article.headline, article.byline, article.publisher, article.language) == (
        TITLE,
        ("Jane Roe",),
        "The Ledger",
        "en",
    )
    assert str(article.published) == "2022-03-18T06:00:00-04:00"
    assert "".join(map(str, filter(None, [article.modified]))) == modified
    assert article.tags[0] == "Harbour"
    assert [paragraph in article.body for paragraph in FERRY] == [True] * 4
    assert "appeared first" not in article.body
    assert "https://www.ledger.example/boats" in article.body
    assert f"{URL}pier.jpg" in [picture.src for picture in article.pictures]


@pytest.mark.parametrize("feed", [RSS, ATOM, JSON], ids=["RSS 2.0", "Atom", "JSON Feed"])
def test_an_entry_with_a_summary_only_is_a_known_story(feed):
    ghost = read(feed)[1]
    assert ghost == Seen(ghost.headline, SHORT, "https://www.ledger.example/tides", "The Ledger")
    assert ghost.headline.startswith("Tide tables")


def test_markup_in_titles_is_left_out():
    assert read(RSS)[1].headline == "Tide tables for spring"


def test_a_date_that_cannot_be_is_no_date():
    (capture,) = read(
        rss(
            f"<title>A</title><link>{URL}</link><pubDate>Fri, 32 Mar 2022</pubDate><content:encoded>{escape(TEXT)}</content:encoded>"
        )
    )
    assert [claim.field for claim in capture.claims] == ["headline", "publisher"]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Fri, 18 Mar 2022 06:00:00 GMT", "2022-03-18T06:00:00+00:00"), ("18 Mar 2022 06:00:00 +0800", "2022-03-18T06:00:00+08:00"),
        ("2022-03-18", "2022-03-18"), ("2022-03-18T06:00:00Z", "2022-03-18T06:00:00+00:00"), ("2022-03-18 06:00:00", "2022-03-18T06:00:00"),
        ("1647583200", "2022-03-18T06:00:00+00:00"), ("Fri, 18 Mar 2022 06:00:00 EST", "2022-03-18T06:00:00-05:00"),
        ("2022", None), ("0000-00-00 00:00:00", None), ("yesterday", None), ("", None),
    ],
)  # fmt: skip
def test_dates_as_feeds_write_them(written, read_as):
    (capture,) = read(
        rss(f"<link>{URL}</link><pubDate>{written}</pubDate><content:encoded>{escape(TEXT)}</content:encoded>")
    )
    assert next((claim.value for claim in capture.claims if claim.field == "published"), None) == read_as


@pytest.mark.parametrize(
    ("links", "url"),
    [
        (f"<link>{URL}</link>", URL),
        (
            f"<link>https://feeds.example/~r/1</link><f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>{URL}</f:origLink>",
            URL,
        ),
        ("<link>/2022/03/18/night-ferry/</link>", URL),
        (f"<guid>{URL}</guid>", URL),
        (f'<guid isPermaLink="false">{URL}</guid>', None),
        (f'<atom:link rel="alternate" href="{URL}"/>', URL),
        ("<link><![CDATA[https://a.example/?a=1&b=2]]></link>", "https://a.example/?a=1&b=2"),
        ("<link>https://a.example/?a=1&amp;b=2</link>", "https://a.example/?a=1&b=2"),
        ("<link>https://a.example/?a=1&b=2</link>", "https://a.example/?a=1&b=2"),
        ("<link>javascript:alert(1)</link>", None),
    ],
)
def test_the_address_of_an_entry(links, url):
    channel = "<link>https://www.ledger.example/</link>"
    (capture,) = read(rss(f"<title>A</title>{links}<content:encoded>{escape(TEXT)}</content:encoded>", channel))
    assert capture.url == url


def test_persons_are_named_without_their_mail():
    (capture,) = read(
        rss(
            f"<link>{URL}</link><author>jane@ledger.example (Jane Roe)</author><content:encoded>{escape(TEXT)}</content:encoded>"
        )
    )
    assert next(claim.values for claim in capture.claims if claim.field == "byline") == ("Jane Roe",)
    (capture,) = read(
        rss(f"<link>{URL}</link><author>desk@ledger.example</author><content:encoded>{escape(TEXT)}</content:encoded>")
    )
    assert "byline" not in [claim.field for claim in capture.claims]


@pytest.mark.parametrize(
    ("content", "summary", "is_text"),
    [
        (TEXT, "", True),
        ("", TEXT, True),
        (f"<p>{SHORT}</p>", "", False),
        ("", FERRY[0], False),
        ("", FERRY[0] * 8, False),
        (TEXT + "<p>[…]</p>", "", False),
        (TEXT + '<p><a href="x">Continue reading “Night ferry”</a></p>', "", False),
        (TEXT * 4 + '<p><a href="x">Read more</a></p>', "", True),
        ("<p>" + "夜航渡轮将于周五重新启航。" * 6 + "</p>", "", True),
        ("<p>" + "夜航渡轮将于周五重新启航。" * 6 + "</p><p>阅读全文</p>", "", False),
    ],
)
def test_a_teaser_is_no_text(content, summary, is_text):
    assert (whole.text(content, summary) is not None) == is_text


def test_a_wrong_charset_is_mended_or_said():
    russian = rss(f"<title>Паром снова ходит</title><link>{URL}</link>")
    for declared, charset, codes in (
        ("windows-1251", "windows-1251", []), ("utf-8", "windows-1251", ["charset-replaced"]), ("gb2312", "gb18030", []),
        ("hex", "utf-8", []), ("windows-1251", "utf-8-sig", []),
    ):  # fmt: skip
        found = read(f'<?xml version="1.0" encoding="{declared}"?>{russian}'.encode(charset))
        assert [one.code for one in found if isinstance(one, Finding)] in (codes, ["charset-mended"])
        assert any(isinstance(one, Seen) for one in found)
    utf16 = f'<?xml version="1.0" encoding="utf-16"?>{russian}'.encode("utf-16")
    assert [one.headline for one in read(utf16)] == ["Паром снова ходит"]


def test_entities_of_the_feeds_own_are_never_resolved():
    bomb = '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    (ghost,) = read(bomb + rss(f"<title>A&nbsp;B &b; &x;</title><link>{URL}</link>"))
    assert ghost.headline == "A B &b; &x;"


def test_a_broken_feed_gives_what_can_be_read():
    for broken in (
        RSS.replace("</item>", "", 1),
        RSS[: RSS.index("Tide tables")],
        RSS.replace("<channel>", "<channel><a><b></a>"),
    ):
        found = read(broken)
        assert isinstance(found[0], Finding)
        assert found[0].code == "archive-damaged"
        assert any(isinstance(one, Capture) and one.url == URL for one in found)


def test_a_prefix_that_is_not_declared_is_put_up_with():
    undeclared = RSS.replace('xmlns:content="http://purl.org/rss/1.0/modules/content/"', "")
    assert [type(one).__name__ for one in read(undeclared)] == ["Finding", "Capture", "Seen"]


def test_elements_with_names_that_html_does_not_know_are_put_up_with():
    strange = f"<bib:Article>{FERRY[0]}</bib:Article><x:0:y>{FERRY[1]}</x:0:y>"
    found = read(rss(f"<title>A</title><link>{URL}</link><content:encoded>{strange}</content:encoded>"))
    assert [type(one).__name__ for one in found] == ["Finding", "Capture"]


def test_more_entries_than_are_read_are_said(monkeypatch):
    monkeypatch.setattr(feeds.rss, "MAX_ITEMS", 1)
    assert [type(one).__name__ for one in read(RSS)] == ["Capture", "Finding"]


def test_no_other_reader_takes_a_feed_first():
    for feed in (RSS, RSS_1, ATOM, json.dumps(JSON)):
        assert next(one for one in readers.READERS if one.accepts(feed.encode()[:4_096], "feed.xml")) is feeds


def test_a_feed_without_entries_is_said_to_be_none():
    (finding,) = read('<rss version="2.0"><channel><title>x</title></channel></rss>')
    assert (finding.code, finding.text) == ("not-a-page", "the feed has no entries")


def test_what_is_no_feed_is_left_to_others():
    for head in (
        Sample().html.encode(), b"", b"<?xml version='1.0'?><svg/>", b'{"items": []}', b"<feed>no Atom</feed>",
        b'<rdf:RDF xmlns:z="http://www.zotero.org/namespaces/export#"/>', b"<opml/>", b"text about <rss>",
    ):  # fmt: skip
        assert not feeds.accepts(head, "feed.xml")


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from([RSS.encode(), RSS_1.encode(), ATOM.encode(), json.dumps(JSON).encode()]))
def test_any_change_of_a_feed_gives_captures_or_findings(data, feed):
    place = data.draw(st.integers(0, len(feed)))
    end = data.draw(st.integers(place, min(len(feed), place + 60)))
    changed = feed[:place] + data.draw(st.binary(max_size=12)) + feed[end:]
    for one in feeds.read(io.BytesIO(changed), Origin("feed.xml", "digest"), alone):
        str(one).encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_findings(junk):
    feeds.accepts(junk, "feed.xml")
    for raw in (junk, b"<rss>" + junk, b'{"items":' + junk):
        list(feeds.read(io.BytesIO(raw), Origin("feed.xml", "digest"), alone))
