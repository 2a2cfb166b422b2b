"""The built site looked over: each fault is found where it is, and a sound site has none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import check as checking
from generator.check import addresses, check, data, files, markup, room, styles, survey

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x</id><title>t</title><updated>2025-03-18T11:30:28Z</updated>
<link href="index.html"/>
<entry><id>urn:a</id><title>a</title><updated>2025-03-18T11:30:28+08:00</updated></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>t</title><link>https://example.org/a/</link><description>d</description>
<item><title>i</title><pubDate>Tue, 18 Mar 2025 11:30:28 +0800</pubDate><guid>1</guid></item></channel></rss>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/a/index.html</loc><lastmod>2025-03-18</lastmod></url></urlset>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "t",
"items": [{"id": "1", "date_published": "2025-03-18T11:30:28+08:00"}]}"""

Build = Callable[..., Path]


def page(body: str = "", head: str = "") -> str:
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>t</title>{head}</head><body>{body}</body></html>'


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def built(**files: str) -> Path:
        for name, content in {"index.html": page(), **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        return tmp_path

    return built


def told(site: Path, url: str = "", *, orphans: bool = False) -> list[str]:
    """What is found; the pages of most tests stand alone, and nothing leads to them."""
    return [f"{one.where} {one.code}" for one in check(site, url) if orphans or one.code != "orphan"]


def test_a_sound_site_has_no_findings(build: Build) -> None:
    site = build(
        **{
            "2025/03/18/港.html": page(
                '<h1 id="港口">t</h1><a href="#港口">here</a><a href="#">top</a><a href="../../../index.html?x=1">up</a>'
                '<a href="https://example.com/x">elsewhere</a><a href="mailto:a@example.com">mail</a>'
                '<a href="https://example.org/news/story.html">where it stood, on the same host</a>'
                '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""><a href="../../#:~:text=word">word</a>',
                '<link rel="stylesheet" href="../../../static/site.css"><link rel="canonical" href="https://example.org/b">'
                '<script type="application/ld+json">{"@context": "https://schema.org"}</script>',
            ),
            "2025/index.html": page('<a href="03/18/%E6%B8%AF.html#%E6%B8%AF%E5%8F%A3">one</a>'),
            "static/site.css": "p { background: url(data:image/png;base64,xx) } /* url(https://example.com/) */",
            "feed.xml": ATOM,
            "rss.xml": RSS,
            "sitemap.xml": SITEMAP,
            "feed.json": JSON_FEED,
            "all.jsonl": '{"a": "\u2028"}\n\n{"b": 1}\n',
            "other.xml": "<opml/>",
        }
    )
    assert check(site, "https://example.org/a/") == ()
    assert check(site) == ()


@pytest.mark.parametrize(
    "body",
    [
        '<a href="gone.html">x</a>',
        '<a href="folder/">x</a>',
        '<img src="gone.png" alt="">',
        '<img srcset="index.html 1x, gone.png 2x" alt="">',
        '<area href="gone">',
        '<a href="../outside.html">x</a>',
        '<a href="http://[broken/">x</a>',
        '<a href="/">x</a>',
        '<a href="%2e%2e/secret">x</a>',
        '<a href="%00">x</a>',
        '<link rel="alternate" href="gone.xml">',
        f'<a href="{"a" * 5000}">x</a>',
    ],
)
def test_a_link_that_leads_nowhere_is_found(build: Build, body: str) -> None:
    assert told(build(**{"2025.html": page(body)}), "https://example.org/a/") == ["2025.html broken-link"]


def test_a_place_that_a_page_does_not_have_is_found_in_either_page(build: Build) -> None:
    site = build(
        **{"a.html": page('<a href="#gone">x</a><a href="b.html#gone">x</a>'), "b.html": page('<a name="there">x</a>')}
    )
    assert told(site) == ["a.html broken-fragment", "a.html broken-fragment"]
    assert told(build(**{"a.html": page('<a href="b.html#there">x</a>')})) == []


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.com/a.png" alt="">',
        '<img src="//example.com/a.png" alt="">',
        '<img src="\\\\example.com/a.png" alt="">',
        '<img src=" ht\ntps://example.com/a.png" alt="">',
        '<img srcset="https://example.com/a.png 2x" alt="">',
        '<picture><source srcset="index.html, https://example.com/a,b.png 2x"></picture>',
        '<script src="https://example.com/a.js"></script>',
        '<link rel="preload STYLESHEET" href="https://example.com/a.css">',
        '<link rel="dns-prefetch" href="//example.com">',
        '<iframe src="https://example.com/"></iframe>',
        '<video poster="https://example.com/a.png"></video>',
        '<object data="https://example.com/a"></object>',
        '<svg><image xlink:href="https://example.com/a.png"/></svg>',
        '<svg><use href="https://example.com/a.svg#x"/></svg>',
        '<p style="background: url(https://example.com/a.png)">x</p>',
        "<style>@import 'https://example.com/a.css';</style>",
        '<style>@import url("https://example.com/a.css") print;</style>',
        "<style>p { background: image-set('https://example.com/a.png' 1x) }</style>",
        '<style>p { background: image-set(url(https://example.com/a.png) 1x, "data:,x" type("image/png")) }</style>',
        "<style>p { background: u\\72l(https://example.com/a.png) }</style>",
        '<noscript><img src="https://example.com/a.png" alt=""></noscript>',
        '<template><img src="https://example.com/a.png" alt=""></template>',
    ],
)
def test_a_request_to_elsewhere_is_found(build: Build, body: str) -> None:
    assert "a.html foreign-request" in told(build(**{"a.html": page(body)}), "https://example.org/a/")


def test_a_request_to_the_site_s_own_address_is_none(build: Build) -> None:
    site = build(**{"a.html": page(head='<link rel="stylesheet" href="https://example.org/a/s.css">'), "s.css": ""})
    assert told(site, "https://example.org/a/") == []
    assert told(site, "") == ["a.html foreign-request"]
    assert told(site, "http://example.org/a/") == ["a.html foreign-request"]


@pytest.mark.parametrize("address", ["https://example.org/a/index.html", "https://example.org/a/"])
def test_a_site_that_knows_its_address_need_not_be_told(build: Build, address: str) -> None:
    front = page(head=f'<link rel="canonical" href="{address}">')
    site = build(
        **{"index.html": front, "404.html": page('<a href="/a/index.html">x</a><a href="/b/index.html">y</a>')}
    )
    assert told(site) == ["404.html broken-link"]


@pytest.mark.parametrize("address", ["", "index.html", "javascript:alert(1)", "https://[broken/"])
def test_an_address_that_is_none_is_not_believed(build: Build, address: str) -> None:
    assert "index.html page-no-title" not in told(
        build(**{"index.html": page(head=f'<link rel="canonical" href="{address}">')})
    )


def test_style_sheets_and_drawings_are_looked_into(build: Build) -> None:
    site = build(
        **{
            "a.css": '@import url("https://example.com/b.css"); p { background: url(gone.png) }',
            "b.svg": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<image xlink:href="https://example.com/x.png"/><use href="#y"/><a href="https://example.com/"/></svg>',
        }
    )
    assert told(site) == ["a.css broken-link", "a.css foreign-request", "b.svg foreign-request"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", "<a><b></a>"),
        ("a.xml", ""),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("a.xml", ATOM.replace("<title>a</title>", "")),
        ("a.xml", ATOM.replace("11:30:28Z", "11:30Z")),
        ("a.xml", ATOM.replace("urn:x", "").replace("<id></id>", "")),
        ("a.xml", RSS.replace("Tue, 18 Mar 2025", "2025-03-18")),
        ("a.xml", RSS.replace("<description>d</description>", "")),
        ("a.xml", SITEMAP.replace("2025-03-18", "18 March 2025")),
        ("a.xml", SITEMAP.replace("https://example.org/a/", "")),
        ("a.json", "{"),
        ("a.json", '{"a": NaN}'),
        ("a.json", "[" * 100_000),
        ("a.json", JSON_FEED.replace('"id": "1", ', "")),
        ("a.json", JSON_FEED.replace("T11:30:28", " 11:30")),
        ("a.jsonl", '{"a": 1}\n{"b"'),
        ("a.html", page('<script type="application/ld+json">{"a": }</script>')),
    ],
)
def test_data_that_others_cannot_read_is_found(build: Build, name: str, content: str) -> None:
    assert told(build(**{name: content}), "https://example.org/a/") == [f"{name} data-invalid"]


def test_an_entry_that_stands_twice_is_found(build: Build) -> None:
    entry = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")]
    assert told(build(**{"a.xml": ATOM.replace(entry, entry * 2)})) == ["a.xml data-invalid"]


def test_the_map_names_only_pages_that_are_there(build: Build) -> None:
    assert told(build(**{"a.xml": SITEMAP.replace("index", "gone")}), "https://example.org/a/") == ["a.xml broken-link"]


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (page().replace("<title>t</title>", ""), ["page-no-title"]),
        (page().replace("<title>t", "<title> "), ["page-no-title"]),
        (page().replace(' lang="en"', ' lang=" "'), ["page-no-language"]),
        ("", ["page-no-language", "page-no-title"]),
        ("\0\0", ["page-no-language", "page-no-title", "text-invalid"]),
    ],
)
def test_a_page_says_its_language_and_its_title(build: Build, content: str, codes: list[str]) -> None:
    assert told(build(**{"a.html": content})) == [f"a.html {code}" for code in codes]


def test_what_is_hidden_or_unfinished_is_none_of_the_site_s(build: Build) -> None:
    assert told(build(**{".git/a.html": "", "a.html.new~": "", "notes.txt": "\xff"})) == []


def test_what_is_hidden_in_the_site_or_kept_by_an_editor_is_looked_at_as_well(build: Build) -> None:
    loud = page("<script>alert(1)</script>")
    site = build(**{".well-known/x.html": loud, "a/.old/y.html": loud, "~y.html~": loud})
    assert told(site) == [
        ".well-known/x.html active-content",
        "a/.old name-unsafe",
        "a/.old/y.html active-content",
        "~y.html~ active-content",
    ]


def test_folders_in_folders_are_looked_into_down_to_a_depth_that_is_told(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_DEPTH", 2)
    loud = page("<script>alert(1)</script>")
    assert told(build(**{"a/b/c/d.html": loud, "a/b/d.html": loud})) == [
        "a/b/c name-unsafe",
        "a/b/d.html active-content",
    ]


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_goes_on(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build(**{"a/b.html": page(), "c.html": ""})
    scandir = os.scandir

    def guarded(folder: Path) -> object:
        if Path(folder) == site / "a":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", guarded)
    assert told(site) == ["a/ file-unreadable", "c.html page-no-language", "c.html page-no-title"]


def test_one_walk_tells_what_is_wrong_and_what_the_site_takes(build: Build) -> None:
    site = build(**{"a.html": "", "notes.txt": "x" * 9})
    assert survey(site) == (check(site), room(site))


def test_a_file_too_large_is_told_and_the_rest_goes_on(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_FILE_BYTES", 2000)
    site = build(**{"a.html": page("x" * 3000), "b.html": page('<a href="gone">x</a>')})
    assert told(site) == ["a.html too-large", "b.html broken-link"]


def test_many_findings_of_one_kind_are_counted(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MAX_FINDINGS", 3)
    findings = check(build(**{"a.html": page("".join(f'<a href="{number}">x</a>' for number in range(10)))}))
    assert [one.code for one in findings] == ["broken-link", "broken-link", "broken-link", "orphan", "broken-link"]
    assert findings[-1].message.startswith("7 more")


def test_the_same_link_in_one_page_is_told_once(build: Build) -> None:
    assert told(build(**{"a.html": page('<a href="gone">x</a>' * 9)})) == ["a.html broken-link"]


@given(raw=st.binary(max_size=300))
def test_no_bytes_stop_the_look(raw: bytes) -> None:
    markup.read(raw)
    markup.drawing(raw)
    for read in data.READERS.values():
        read(raw)


@given(address=st.text(max_size=60))
def test_no_address_stops_the_look(address: str) -> None:
    addresses.resolve(addresses.base("https://example.org/a/"), "b/c.html", address)
    list(styles.loads(address))


@given(
    names=st.lists(
        st.text("ab./-", min_size=1, max_size=8).filter(lambda name: name.strip("./")), min_size=1, max_size=4
    )
)
def test_a_set_of_pictures_is_taken_apart_into_what_it_was_made_of(names: list[str]) -> None:
    html = page(f'<img srcset="{", ".join(f"{name} {number}x" for number, name in enumerate(names, 1))}" alt="">')
    assert [address for _, address in markup.read(html.encode()).loads] == names


@pytest.mark.parametrize(
    "body",
    [
        "<script>a()</script>",
        '<p onclick="a()">x</p>',
        '<a href=" java&#10;script:a()">x</a>',
        '<a href="data:text/html,x">x</a>',
        '<a href="&#1;data:text/html,x">x</a>',
        '<meta http-equiv="Refresh" content="0; url=index.html">',
        '<base href="index.html">',
        '<iframe src="index.html"></iframe>',
        '<iframe src="index.html" sandbox="allow-scripts"></iframe>',
        '<svg><a xlink:href="javascript:a()"><text>x</text></a></svg>',
        '<svg><animate attributeName="href" to="index.html"/></svg>',
        '<form action="javascript:a()"></form>',
        '<form action="https://example.com/"></form>',
        '<iframe sandbox="" srcdoc="x"></iframe>',
        '<p style="width: expr/**/ession(a())">x</p>',
        r"<style>p { beh\61vior: url(a.htc) }</style>",
    ],
)
def test_what_could_run_in_a_page_is_found(build: Build, body: str) -> None:
    site = build(**{"index.html": page(f'<a href="a.html">a</a>{body}')}, **{"a.html": page()})
    assert "index.html active-content" in told(site)


def test_what_only_shows_is_not_active(build: Build) -> None:
    body = '<img src="data:image/svg+xml,x" alt=""><iframe sandbox="" src="b.html"></iframe><a href="b.html">javascript:</a>'
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    site = build(**{"index.html": page(f'{body}<img src="c.svg" alt="">'), "b.html": page(), "c.svg": drawing})
    assert told(site) == []


def test_a_style_sheet_that_runs_is_found_and_smooth_scrolling_is_not(build: Build) -> None:
    head = '<link rel="stylesheet" href="a.css"><link rel="stylesheet" href="b.css">'
    styles = {"a.css": "p { scroll-behavior: smooth }", "b.css": "p { -moz-binding: url(#a) }"}
    assert told(build(**{"index.html": page(head=head), **styles})) == ["b.css active-content"]


@pytest.mark.parametrize("name", ["a.swf", "b/a.XHTML", "a.xsl", "a.hta"])
def test_a_file_that_is_a_program_is_found(build: Build, name: str) -> None:
    assert told(build(**{name: "x"})) == [f"{name} active-content"]


@pytest.mark.parametrize(
    "text",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary type="html">&lt;img src="a.png" onerror="a()"&gt;</summary></entry></feed>',
        "<rss><channel><item><description>&lt;script&gt;a()&lt;/script&gt;</description></item></channel></rss>",
        '<page xmlns:h="http://www.w3.org/1999/xhtml"><h:p onclick="a()">x</h:p></page>',
        '<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><page/>',
    ],
)
def test_what_could_run_in_a_file_of_data_is_found(build: Build, text: str) -> None:
    assert "a.xml active-content" in told(build(**{"a.xml": text}))


def test_what_a_feed_would_load_from_elsewhere_is_found(build: Build) -> None:
    item = {"id": "1", "content_html": '<p>x</p><img src="https://example.com/a.png">'}
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [item]})
    assert told(build(**{"feed.json": feed})) == ["feed.json foreign-request"]


@pytest.mark.parametrize("address", ["file:///etc/hosts", "blob:x", " View-Source:a.html"])
def test_a_link_into_the_readers_own_machine_leads_nowhere(build: Build, address: str) -> None:
    assert told(build(**{"index.html": page(f'<a href="{address}">x</a>')})) == ["index.html broken-link"]


@pytest.mark.parametrize("odd", [b"\xff", b"\x01", "\u202e".encode(), "\ufffe".encode(), b"\xc2\x85"])
def test_what_is_no_text_to_everybody_is_found(build: Build, odd: bytes) -> None:
    site = build()
    (site / "index.html").write_bytes((site / "index.html").read_bytes().replace(b"</body>", odd + b"</body>"))
    assert told(site) == ["index.html text-invalid"]


def test_a_drawing_that_could_run_is_found(build: Build) -> None:
    site = build(
        **{"index.html": page('<img src="a.svg" alt="">'), "a.svg": '<svg onload="a()"><script>b()</script></svg>'}
    )
    assert told(site) == ["a.svg active-content", "a.svg active-content"]


def test_a_file_that_nothing_leads_to_is_found_though_the_map_names_it(build: Build) -> None:
    listing = SITEMAP.replace("index.html", "b.html")
    site = build(**{"a.html": page('<a href="a.html">itself</a>'), "b.html": page(), "x.png": "", "map.xml": listing})
    assert told(site, "https://example.org/a/", orphans=True) == ["a.html orphan", "b.html orphan", "x.png orphan"]


def test_two_places_of_one_name_are_found(build: Build) -> None:
    assert told(build(**{"index.html": page('<p id="x"></p><p id="x"></p>')})) == ["index.html place-twice"]


@pytest.mark.parametrize(
    "name",
    [
        "aux.txt", "COM1", "a:b.txt", "a?.txt", "end.", "end ", " begin", "-rf", "a\u202ecod.txt", "cafe\u0301.txt",
        ".env", "tab\t.txt", "lpt9.tar.gz",
    ],
)  # fmt: skip
def test_a_name_that_some_system_cannot_hold_is_found(build: Build, name: str) -> None:
    assert told(build(**{f"x/{name}": ""})) == [f"x/{name} name-unsafe"]


def test_names_that_some_systems_cannot_tell_apart_are_found(build: Build) -> None:
    (one,) = check(build(**{"Port.txt": "", "port.txt": ""}))
    assert (one.code, one.where) == ("name-unsafe", "port.txt")
    assert "Port.txt" in one.message


def test_a_link_in_the_site_is_found_and_not_followed(build: Build, tmp_path: Path) -> None:
    site = build()
    (site / "out.html").symlink_to(tmp_path.parent / "nowhere.html")
    assert told(site) == ["out.html name-unsafe"]


def test_a_site_larger_than_its_host_takes_is_told_with_what_takes_the_room(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build(**{"notes.txt": "x" * 900, "index.html": page()})
    monkeypatch.setattr(files, "FILE_BYTES", 800)
    monkeypatch.setattr(files, "SITE_BYTES", 1200)
    assert told(site) == ["notes.txt file-oversized", "site site-nearly-full"]
    monkeypatch.setattr(files, "SITE_BYTES", 900)
    assert told(site) == ["notes.txt file-oversized", "site site-oversized"]
    assert "other files" in check(site)[-1].message


def test_the_room_left_is_reckoned_from_what_an_article_takes_now(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = build(**{"index.html": "x" * 100, "2025/03/18/a.html": "x" * 300, "undated/b.html": "x" * 100})
    monkeypatch.setattr(files, "SITE_BYTES", 1100)
    taken = room(site)
    assert (taken.files, taken.bytes, taken.articles, taken.left) == (3, 500, 2, 2)
    assert taken.kinds == (("articles", 400), ("lists", 100))
    assert taken.largest[0] == ("2025/03/18/a.html", 300)
    assert room(site / "undated").left is None
