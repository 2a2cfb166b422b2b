"""The sanitiser: what it lets through, what it makes of pictures, and that it never fails."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.theme import html
from generator.theme.markup import CONTROLS, clean, json_ld, web

HELD = f"media/ab/{'ab' * 32}.png"
BARE = """
    p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong figure figcaption table thead tbody tr br hr sup sub del ins
"""
ALLOWED: dict[str, set[str]] = {
    "a": {"href", "title", "rel"}, "img": {"src", "alt", "loading"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
} | {name: set() for name in BARE.split()}  # fmt: skip


class Seen(HTMLParser):
    """Every element and attribute of some markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a script in a paragraph": "text <script src=//e.example/x.js></script> text",
    "an event": "<p onclick='alert(1)'>x</p>",
    "an event on a picture": "<img src=x onerror=alert(1)>",
    "a script's address": "[x](javascript:alert(1))",
    "a script's address in disguise": "<a href='java&#10;script:alert(1)'>x</a>",
    "a script's address with a control": "<a href='&#1;javascript:alert(1)'>x</a>",
    "a data address": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "a data picture": "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "an address without scheme": "[x](//e.example/)",
    "an address of this site": "[x](/other)",
    "a drawing": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "mathematics": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "a style": "<style>*{background:url(//e.example)}</style><p style='color:red'>x</p>",
    "a frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "a form": "<form action=//e.example><input name=a><button>x</button></form>",
    "a base": "<base href=//e.example><meta http-equiv=refresh content=0>",
    "broken markup": "<p <b><<i></p></td><table><a href=<tr>",
    "a comment that is open": "<!-- <p>x",
    "a title with markup": "[x](https://a.example/ '\"><script>alert(1)</script>')",
    "a caption with markup": '![">&lt;script&gt;<script>alert(1)</script>](https://a.example/x.png)',
    "names that could be taken": "<p id=main name=body class=masthead>x</p>",
}


def assert_harmless(markup: str) -> None:
    for tag, attributes in Seen(markup).elements:
        assert set(attributes) <= ALLOWED[tag], (tag, attributes)
        assert attributes.get("href", "https://").startswith(("https://", "http://", "mailto:", "media/"))
        assert attributes.get("src", HELD) == HELD


@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE)
def test_nothing_active_comes_through(markdown: str) -> None:
    found = str(html(markdown))
    assert_harmless(found)
    assert "alert(1)" not in found or "&lt;" in found or "<" not in found.replace("<p>", "").replace("</p>", "")


PIECES = st.sampled_from(
    [*HOSTILE.values(), "\n\n", "> ", "- ", "1. ", "    ", "`", "**", "[", "](", ")", "<p>", "</p>", "<h1>", "# ", "<table>",
     "<tr><td>", "</table>", "<li>", "<a href=https://a.example/>", "</a>", "&#1;", "&lt;", "\x00", "\u202e", "\ud800", "文字",
     f"![x]({HELD})", "![x](https://a.example/x.png)", "| a |\n|---|\n| b |\n"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_any_text_gives_harmless_markup_that_can_be_written(markdown: str) -> None:
    found = str(html(markdown))
    assert_harmless(found)
    assert found.encode().decode() == found
    assert not set(found) & {"\x00", "\x01", "\u202e"}


@given(st.text(max_size=60))
def test_the_same_text_gives_the_same_markup_each_time(markdown: str) -> None:
    assert html(markdown) == html(markdown)


def test_markdown_is_read() -> None:
    found = html("Some **words**.\n\n## Head\n\n- one\n- two\n\n> said\n\n|a|b|\n|-|:-:|\n|c|d|\n")
    for piece in (
        "<strong>words</strong>",
        "<h2>Head</h2>",
        "<li>one</li>",
        "<blockquote>",
        "<th>a</th>",
        "<td>d</td>",
    ):
        assert piece in found


def test_a_first_heading_becomes_a_second_one_because_the_page_has_its_own() -> None:
    assert html("# Head") == "<h2>Head</h2>"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3", "2"),
        ("6", "2"),
        ("3 4 3", "2 3 2"),
        ("2 4 6", "2 3 4"),
        ("3 2 3", "3 2 3"),
        ("1 2 3 4 5 6", "2 3 4 5 6 6"),
    ],
)
def test_headings_begin_below_the_page_s_own_and_leave_no_level_out(written: str, shown: str) -> None:
    body = "\n\n".join("#" * int(level) + " Head" for level in written.split())
    assert " ".join(re.findall(r"<h(\d)>", html(body))) == shown
    assert " ".join(re.findall(r"</h(\d)>", html(body))) == shown


def test_what_only_looks_like_a_heading_keeps_its_words() -> None:
    assert "&lt;h4&gt;" in html("`<h4>`")
    assert "h4" in re.sub(r"<(/?)h\d>", "", html('#### Head\n\n[x](https://a.example "<h4>")'))


def test_a_link_leads_out_without_telling_where_from() -> None:
    assert html("[x](https://a.example/?b=1&c=2)") == (
        '<p><a href="https://a.example/?b=1&amp;c=2" rel="noopener noreferrer external nofollow">x</a></p>'
    )


def test_a_link_that_leads_nowhere_is_only_its_words() -> None:
    assert html("[x](javascript:y)") == "<p>x</p>"


def test_a_held_picture_alone_becomes_a_figure_with_its_caption() -> None:
    assert html(f"![A boat & crew]({HELD})") == (
        f'<figure><img src="{HELD}" alt="A boat &amp; crew"><figcaption>A boat &amp; crew</figcaption></figure>\n'
    )


def test_a_held_picture_without_words_has_no_caption() -> None:
    assert html(f"![]({HELD})") == f'<figure><img src="{HELD}" alt=""></figure>\n'


def test_the_way_to_a_held_picture_starts_at_the_page() -> None:
    assert f'src="../../{HELD}"' in html(f"![x]({HELD})", "../../")


def test_a_picture_that_is_not_held_leaves_its_caption_and_a_link() -> None:
    found = html("![A boat](http://bend.example/boat.jpg)", elsewhere="See it there")
    assert "<img" not in found
    assert found.startswith('<figure><figcaption>A boat <a href="http://bend.example/boat.jpg"')
    assert found.endswith(">See it there</a></figcaption></figure>\n")


@pytest.mark.parametrize(
    "src", ["boat.jpg", "/boat.jpg", "media/boat.jpg", HELD.upper(), f"../{HELD}", f"{HELD[:-3]}svg"]
)
def test_a_picture_from_nowhere_leaves_its_caption_only(src: str) -> None:
    assert html(f"![A boat]({src})") == "<figure><figcaption>A boat</figcaption></figure>\n"


def test_a_picture_of_nothing_from_nowhere_leaves_nothing() -> None:
    assert html("![]()") == ""


def test_pictures_in_one_paragraph_become_figures_each() -> None:
    assert html(f"![a]({HELD})\n![b]({HELD})").count("<figure>") == 2


def test_a_picture_among_words_stays_there_or_leaves_its_words() -> None:
    assert html(f"See ![a]({HELD}) here") == f'<p>See <img src="{HELD}" alt="a" loading="lazy"> here</p>'
    assert html("See ![a <b](http://a.example/x.png) here") == "<p>See a &lt;b here</p>"


def test_controls_written_as_references_are_dropped_too() -> None:
    assert html("a&#1;b&#x202e;c\x0bd") == "<p>abcd</p>"


@pytest.mark.parametrize(
    "markdown",
    [
        "[" * 200_000,
        "1. " * 3_000,
        "<a " * 60_000,
        "\\*" * 200_000,
        "|`" * 50_000,
        "<blockquote>" * 9_000,
        "[a](" * 30_000,
    ],
    ids=lambda text: text[:6],
)
def test_what_would_keep_the_parser_busy_is_shown_plain(markdown: str) -> None:
    found = str(html(markdown))
    assert found
    assert_harmless(found)
    assert found.count("<blockquote>") < 100


def test_json_ld_cannot_end_its_element() -> None:
    value = {"headline": "</script><!-- & \u2028", "n": 1}
    found = json_ld(value)
    body = found.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(body) == value
    assert not set("<>&\u2028") & set(body)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/文?b#c", "https://a.example/文?b#c"),
        (" HTTP://a.example ", "HTTP://a.example"),
        ("javascript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("//a.example", ""),
        ("https://[broken", ""),
        ("https://a.example:99999999/", ""),
        ("https://", ""),
        ("https://a.example/ b", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_only_addresses_of_the_web_may_stand_in_a_link(url: str | None, kept: str) -> None:
    assert web(url) == kept


def test_a_picture_that_is_known_has_its_measure_and_waits_unless_it_stands_first() -> None:
    known = {HELD: {"width": 640, "height": 400, "sources": []}}
    assert (
        html(f"![]({HELD})", pictures=known) == f'<figure><img src="{HELD}" alt="" width="640" height="400"></figure>\n'
    )
    later = html("\n\n".join(["A long first paragraph. " * 20, f"![]({HELD})"]), pictures=known)
    assert 'width="640" height="400" loading="lazy">' in later


def test_a_picture_stands_first_or_later_by_the_text_before_it_and_not_by_how_that_is_written() -> None:
    known = {HELD: {"width": 640, "height": 400, "sources": []}}
    long = "https://a.example/" + 50 * "way/"
    for words in (f"[short]({long})", "\\>" * 200):
        assert "lazy" not in html(f"{words}\n\n![]({HELD})", pictures=known)
    assert "lazy" in html(f"{'&gt;' * 300}\n\n![]({HELD})", pictures=known)


def test_of_all_characters_those_stay_that_may_stand_in_a_page() -> None:
    for one in map(chr, (*range(0x11000), 0x1FFFF, 0x10FFFF)):
        assert clean(f"a{one}b") == CONTROLS.sub("", f"a{one}b")
    assert clean("a\x00\u202eb\ud800\ufdd0\uffff\t\r\n\U0001f600") == "ab\t\r\n\U0001f600"


def test_smaller_pictures_are_offered_below_the_way_to_the_top() -> None:
    stem = HELD.rpartition(".")[0]
    sources = [{"type": "image/avif", "srcset": [(f"{stem}-480.avif", 480), (f"{stem}-800.avif", 800)]}]
    shown = html(f"![]({HELD})", "../../", pictures={HELD: {"width": 800, "height": 500, "sources": sources}})
    assert f'srcset="../../{stem}-480.avif 480w, ../../{stem}-800.avif 800w"' in shown
    assert shown.startswith('<figure><picture><source type="image/avif" sizes="')


@pytest.mark.parametrize("path", ["https://evil.example/a.avif", "media/../../a.avif", "x.avif 480w, javascript:1"])
def test_no_other_picture_is_offered(path: str) -> None:
    sources = [{"type": "image/avif", "srcset": [(path, 480)]}]
    shown = html(f"![]({HELD})", pictures={HELD: {"width": 800, "height": 500, "sources": sources}})
    assert "srcset" not in shown
    assert path not in shown


def test_saved_markup_brings_no_choice_of_pictures_of_its_own() -> None:
    stem = HELD.rpartition(".")[0]
    saved = f'<picture><source srcset="{stem}-480.avif 480w" type="image/avif"><img src="{HELD}" width="1" loading="lazy"></picture>'
    assert html(saved) == f'<figure><img src="{HELD}" alt=""></figure>\n'


def test_a_heading_of_a_table_that_says_nothing_is_a_cell() -> None:
    shown = html("| | Day |\n|---|---|\n| Fog | 3 |")
    assert "<td></td>" in shown
    assert "<th>Day</th>" in shown
