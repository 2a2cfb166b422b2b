"""A saved page that can be looked at and can do nothing, whatever it was."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import snapshot
from generator.model import Capture, Origin, Part
from tests.drawn import png

ORIGIN = Origin("saved/page.html", "0" * 64)
DOT = png(2, 2)
HEAD = '<meta http-equiv="Content-Security-Policy" content="'


def drawn(page: str, *parts: Part, media_type: str = "text/html") -> str:
    return snapshot.inert(Capture(page.encode(), ORIGIN, media_type=media_type, parts=parts)).data.decode()


def body(page: str, *parts: Part) -> str:
    return (
        drawn(f"<html><head><title>T</title></head><body>{page}</body></html>", *parts)
        .partition("<body>")[2]
        .partition("</body>")[0]
        .strip()
    )


def style(page: str) -> str:
    return drawn(page).partition("<style>")[2].partition("</style>")[0].partition("max-width:100%}")[2].strip()


def test_text_tables_and_old_markup_stay_as_they_were() -> None:
    page = '<center><font color="red" size="2">Ferry</font></center><table width="90%" cellpadding="3"><tbody><tr><td colspan="2" bgcolor="#eee">Quay</td></tr></tbody></table>'
    assert body(page) == page


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>", "<svg><script>alert(1)</script></svg>", "<math><mi>x</mi></math>",
        "<iframe src='//evil.example'>x</iframe>", "<object data='x.swf'>x</object>", "<embed src='x.swf'>", "<applet code='x'>x</applet>",
        "<video src='x.mp4'>x</video>", "<audio src='x.mp3'>x</audio>", "<template><p>x</p></template>", "<link rel='stylesheet' href='x.css'>",
        "<base href='//evil.example/'>", "<meta http-equiv='refresh' content='0;url=//evil.example'>", "<input value='x'>",
        "<textarea>x</textarea>", "<select><option>x</option></select>", "<button onclick='x()'>x</button>", "<!-- x -->",
        "<img src='//evil.example/x.png'>", "<img src='x' onerror='alert(1)'>",
    ],
)  # fmt: skip
def test_what_could_act_or_load_is_gone(page: str) -> None:
    assert body(page) == ""


def test_a_link_keeps_its_words_and_loses_its_address() -> None:
    assert body('<p><a href="https://n.example/" target="_top" onclick="x()">Next</a></p>') == "<p><a>Next</a></p>"


def test_a_form_keeps_its_text() -> None:
    assert body("<form action='/x'><p>Search the archive</p><input></form>") == "<p>Search the archive</p>"


def test_what_shows_without_script_is_shown() -> None:
    assert body("<noscript><p>Turn it on</p></noscript>") == "<p>Turn it on</p>"


def test_a_picture_that_came_with_the_page_is_inside_it() -> None:
    inside = f"data:image/png;base64,{base64.b64encode(DOT).decode()}"
    part = Part("page_files/quay.png", "image/png", DOT)
    assert (
        body('<img src="page_files/quay.png" alt="Quay" width="2">', part)
        == f'<img src="{inside}" alt="Quay" width="2">'
    )
    assert body(f'<img src="{inside}">') == f'<img src="{inside}" alt="">'
    assert body('<img src="dot.gif" data-src="page_files/quay.png">', part) == f'<img src="{inside}" alt="">'


def test_a_picture_that_did_not_come_leaves_its_words() -> None:
    assert body('<img src="https://n.example/quay.png" alt="The quay">') == "<span>The quay</span>"


def test_what_calls_itself_a_picture_and_is_none_is_not_shown() -> None:
    assert body(f'<img src="data:image/svg+xml;base64,{base64.b64encode(b"<svg onload=x>").decode()}">') == ""
    assert body('<img src="data:text/html,<script>x</script>">') == ""


def test_style_attributes_become_rules_that_win() -> None:
    page = drawn('<p style="color:red" class="lead">A</p><p style="color:red">B</p><p style="behavior:url(x)">C</p>')
    assert '<p class="lead backfile-s1">A</p><p class="backfile-s1">B</p><p>C</p>' in page
    assert ".backfile-s1.backfile-s1.backfile-s1.backfile-s1{color:red}" in page


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("p{color:red;margin:0 auto}", "p{color:red;margin:0 auto}"),
        ("@media (max-width:600px){p{color:red}}", "@media (max-width:600px){p{color:red}}"),
        ("@import url(//evil.example/x.css);p{color:red}", "p{color:red}"),
        ("@font-face{font-family:x;src:url(//evil.example/x.woff)}", ""),
        ("p{background:url(//evil.example/x.png);color:red}", "p{color:red}"),
        ("p{background:image-set('x.png' 1x)}", ""),
        ("p{background:u\\72l(//evil.example/x.png)}", ""),
        ("p{width:expression(alert(1))}", ""),
        ("p{-moz-binding:url(x.xml#y)}", ""),
        ("p{behavior:url(x.htc)}", ""),
        ("p{--x:url(//evil.example/);background:var(--x)}", "p{background:var(--x)}"),
        ("input[value^='a']{background:url(//evil.example/?a)}", ""),
        ("p::after{content:'<\\/style><script>'}", None),
        ("p{color:red", "p{color:red}"),
        ("@charset 'x';@namespace x url(y);@page{margin:0}", ""),
    ],
)
def test_a_style_sheet_keeps_what_loads_nothing(css: str, kept: str | None) -> None:
    found = style(f"<style>{css}</style><p>x</p>")
    assert "<" not in found
    if kept is not None:
        assert found == kept


def test_a_picture_in_a_style_sheet_stays_where_it_is_carried() -> None:
    inside = f"data:image/png;base64,{base64.b64encode(DOT).decode()}"
    assert style(f"<style>p{{background:url({inside})}}</style><p>x</p>") == f'p{{background:url("{inside}")}}'


def test_the_policy_lets_the_pages_own_style_pass_and_nothing_load() -> None:
    page = drawn("<style>p{color:red}</style><p style='margin:0'>x</p>")
    css = page.partition("<style>")[2].partition("</style>")[0]
    mark = base64.b64encode(sha256(css.encode()).digest()).decode()
    policy = page.partition(HEAD)[2].partition('"')[0]
    assert (
        policy == f"default-src 'none'; style-src 'sha256-{mark}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_a_copy_in_plain_text_is_shown_as_it_is() -> None:
    assert "<pre>Ferry &lt;b&gt;\n  sails</pre>" in drawn("Ferry <b>\n  sails", media_type="text/plain")


def test_pictures_beyond_the_limit_are_left_out_and_counted() -> None:
    large = png(4, 4) + b"\0" * snapshot.MAX_PICTURE_BYTES
    made = snapshot.inert(
        Capture(
            b"<p>x</p><img src='a.png'><img src='b.png'>",
            ORIGIN,
            parts=(Part("a.png", "image/png", large), Part("b.png", "image/png", DOT)),
        )
    )
    assert made.left == ("1 pictures are larger than a snapshot holds",)
    assert made.data.count(b"<img") == 1


def test_a_page_beyond_the_limit_is_shown_as_its_lines() -> None:
    made = snapshot.inert(Capture(b"<p>Ferry</p>" * (snapshot.MAX_TEXT // 10), ORIGIN))
    assert len(made.data) < snapshot.MAX_TEXT * 1.1
    assert b"<pre>Ferry\nFerry" in made.data
    assert made.left == (f"it has more than {snapshot.MAX_TEXT} characters of markup: shown as its lines",)


class Seen(HTMLParser):
    """Every tag and attribute, as a parser of another hand reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.addresses |= {
            value or "" for name, value in attrs if name in ("href", "src", "srcset", "background", "action", "data")
        }


WORDS = st.sampled_from(
    [
        "<svg>", "</svg>", "<math>", "<style>", "</style>", "<script>", "</script>", "<noscript>", "</noscript>", "<title>", "</title>",
        "<template>", "<table>", "<tr>", "<td background=x>", "<p title='</style><img src=x onerror=y>'>", "<a href=javascript:x>", "<!--", "-->",
        "<![CDATA[", "]]>", "<img src=x onerror=y>", "<form action=x>", "<input autofocus onfocus=y>", "<p style='background:url(x)'>",
        "<textarea>", "</textarea>", "<xmp>", "<plaintext>", "<mglyph>", "<annotation-xml encoding=text/html>", "<foreignobject>", "\0", "&lt;",
        "<img src='data:image/svg+xml,<svg onload=y>'>", "<iframe srcdoc='<script>y</script>'>", "<base href=//x>", "text", '"', "'", ">", "<",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=25))
def test_no_markup_whatever_gets_an_active_thing_through(pieces: list[str]) -> None:
    page = drawn("".join(pieces))
    seen = Seen()
    seen.feed(page)
    assert not seen.tags & {
        "script",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "base",
        "link",
        "template",
        "textarea",
        "noscript",
    }
    assert not [
        name for name in seen.names if name.startswith("on") or name in ("style", "srcset", "background", "action")
    ]
    assert all(re.match("data:image/(?:png|gif|jpeg|webp|avif)", address) for address in seen.addresses)
    assert page.count("</style>") == 1
