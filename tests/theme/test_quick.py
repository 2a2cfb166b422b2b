"""The short way to markup: never another byte than the long way, and taken by what the generator writes."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.body import markdown as writer
from generator.body.blocks import Block, Run
from generator.model import Picture
from generator.theme import quick
from generator.theme.markup import CONTROLS, html

SAMPLE = Path(__file__).parents[2] / "content"
HELD = f"media/ab/{'ab' * 32}.png"


def taken(markdown: str) -> bool:
    return quick.markup(CONTROLS.sub("", markdown)) is not None


def assert_same(markdown: str) -> None:
    shown = html(markdown, "../../")
    with mock.patch.object(quick, "markup", return_value=None):
        assert shown == html(markdown, "../../")


# what may stand in a line: what the short way knows, and what it must leave alone
KNOWN = [
    "word", "two words", "文字", "，中文。", "（文）", " and ", " 12 ", "3.14", "é", '"said"', "(a)", " > ", "&", " — ", "\xa0",
    "\\*", "\\_", "\\[1\\]", "\\\\", "\\#", "\\`", "\\!", "&amp;", "&lt;b&gt;", "&#124;", "&quot;",
    "**bold**", "**文**", "*it*", " **b c** ", "`code`", "`a*b_c`", "  \nbreak", "\nsoft", "[x](https://a.example/?a=1&b=2)",
    "[a \\] b](https://a-b.example:80/x_y*z)", "[**x**](http://a.example)", "参见[文](https://a.example/文#b)。",
]  # fmt: skip
STRANGE = [
    "*", "**", "***", "_", "__", "`", "``", "\\", "\\a", "&copy;", "&copy", "&#42;", "&#42", "&#1;", "&#x41;", "&#", "&notit;",
    "<", "<b>", "</b>", "<https://a.example>", "https://a.example/x_y", "[", "]", "](", "(", ")", "{", "}", "|", "[x][y]", "[x]: y",
    "![c](https://a.example/i.png)", "***bi***", "**b *i* b**", "*a [b* c](https://a.example/)", "# ", "- ", "* ", "+ ", "> ",
    "1. ", "2024. ", "٣. ", "²", "    ", "  \n", "\n", "\n\n", "\t", "---", "===", "~~~", "| --- |", "\u3000", "\u200b", "\x0b", "\x85",
    "\u2028", "\u202e", "[x](https://a.256/)", "[x](https://xn--a.example/)", "[x](javascript:y)", "![](/img/a.webp)",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(KNOWN) | st.sampled_from(KNOWN), max_size=4).map(lambda parts: "w" + "".join(parts))
ODD = st.lists(st.sampled_from([*KNOWN, *STRANGE]) | st.text(max_size=3), max_size=5).map("".join)
INLINE = WORDS | WORDS | ODD
LINE = INLINE.map(lambda words: words.replace("\n", " "))
SOURCES = st.sampled_from(
    ["", HELD, "https://a.example/x_y.png?a=1&b=2", "/img/003.webp", "boat.jpg", "//a.example/b.png"]
)


def table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def leaves() -> st.SearchStrategy[str]:
    rows = st.integers(1, 3).flatmap(
        lambda width: st.lists(st.lists(LINE, min_size=width, max_size=width), min_size=1, max_size=3)
    )
    return st.one_of(
        INLINE,
        st.builds(lambda level, words: "#" * level + " " + words, st.integers(1, 7), LINE),
        st.builds(lambda caption, src: f"![{caption}]({src})", LINE, SOURCES),
        st.lists(INLINE, min_size=1, max_size=3).map(
            lambda items: "\n".join("- " + item.replace("\n", "\n    ") for item in items)
        ),
        st.lists(LINE, min_size=1, max_size=3).map(
            lambda items: "\n".join(f"{n}. {item}" for n, item in enumerate(items, 1))
        ),
        rows.map(table),
        INLINE.map(lambda words: "\n".join(f"    {line}" for line in words.split("\n"))),
    )


def joined(blocks: list[str]) -> str:
    return "\n\n".join(blocks)


def within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=3).map(joined)
    return st.one_of(
        several.map(lambda body: "\n".join(f"> {line}" if line else ">" for line in body.split("\n"))),
        st.builds(
            lambda mark, body: mark + "\n".join(f"    {line}" if line else "" for line in body.split("\n"))[4:],
            st.sampled_from(["- ", "1. "]),
            several,
        ),
    )


BLOCK = st.recursive(leaves(), within, max_leaves=4)


@settings(max_examples=150)
@given(st.lists(BLOCK, max_size=4).map(joined))
def test_the_short_way_gives_the_same_bytes_as_the_long_way(markdown: str) -> None:
    assert_same(markdown)


@given(st.lists(ODD, max_size=4).map("\n".join))
def test_what_is_odd_gives_the_same_bytes_too(markdown: str) -> None:
    assert_same(markdown)


RUNS = st.builds(
    Run,
    st.text(alphabet="ab 1.\\`*_{}[]()#+-!|<>&;:=~\n文，", max_size=12),
    st.booleans(),
    st.booleans(),
    st.sampled_from([False, False, True]),
    st.sampled_from([None, None, "https://a.example/x_(1)?a=1&copy;=2"]),
)
PARAGRAPHS = st.lists(RUNS, min_size=1, max_size=3).map(lambda runs: Block("paragraph", tuple(runs)))
PICTURES = st.builds(Picture, st.sampled_from([HELD, "https://a.example/b.jpg"]), st.text(max_size=8))
WRITTEN = st.recursive(
    PARAGRAPHS
    | st.builds(
        lambda level, runs: Block("heading", tuple(runs), level=level), st.integers(2, 5), st.lists(RUNS, max_size=2)
    )
    | st.builds(lambda picture: Block("picture", picture=picture), PICTURES)
    | st.builds(lambda runs: Block("code", tuple(runs)), st.lists(RUNS, max_size=2)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda blocks: Block("quote", children=tuple(blocks))),
        st.builds(
            lambda level, items: Block(
                "list", children=tuple(Block("item", children=tuple(item)) for item in items), level=level
            ),
            st.integers(0, 1),
            st.lists(st.lists(inner, min_size=1, max_size=2), max_size=3),
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=120)
@given(st.lists(WRITTEN, max_size=3).map(writer.write))
def test_what_the_generator_writes_gives_the_same_bytes(markdown: str) -> None:
    assert_same(markdown)


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.md")), ids=lambda path: path.stem)
def test_every_article_and_page_of_the_sample_takes_the_short_way(path: Path) -> None:
    body = path.read_text(encoding="utf-8").split("\n---\n", 1)[1].strip()
    assert taken(body) or not body
    assert_same(body)


SHAPES = {
    "a paragraph": "Some words.",
    "a hard line break": "one  \ntwo",
    "a bold sentence and one in italics": "**He came.** She said. *They went.* ***All.***",
    "a bold sentence without blanks": "他说。**来了。**她走了。",
    "a link with two parameters": "See [the *report*](https://a.example/x_y?a=1&b=2).",
    "escaped marks": "\\*\\*not bold\\*\\* \\[1\\] C:\\\\dir a\\_b 1\\. 5 &lt; 6 &#124; 7",
    "code among words": "Type `a*b` there.",
    "a heading": "### On No. 1 of \\#2\n\n#### Below",
    "a picture alone": f'![A *boat*, \\[1\\] & "crew"]({HELD})',
    "a picture from elsewhere": "![A boat](/img/003.webp)",
    "a list": "- one\n- two **bold**",
    "a list whose items have hard line breaks": "- one  \n    two  \n    **three**\n- four\n\n- five  \n    six",
    "a link to write a letter": "[Ada](mailto:ada.b+c_d@a.example)",
    "a numbered list": "1. one\n2. two",
    "a list in a list": "- one\n\n    1. two\n    2. three\n\n    more\n\n- four",
    "a list with blank lines": "- one\n\n- two",
    "quotes": "> said\n>\n> **twice**\n\n> - once more",
    "a table": "| a | b |\n| --- | --- |\n| *c* |   |",
    "lines of code": "    if a < b:\n\n        c & d".replace("<", "&lt;"),
}  # fmt: skip


@pytest.mark.parametrize("markdown", SHAPES.values(), ids=SHAPES)
def test_ordinary_shapes_take_the_short_way(markdown: str) -> None:
    assert taken(markdown)
    assert_same(markdown)


def test_markup_takes_the_long_way() -> None:
    assert not taken("Some <b>words</b>.")


def test_what_is_not_sure_anywhere_takes_the_long_way_altogether() -> None:
    assert not taken("Sure.\n\nNot_sure_.\n\nSure.")


def test_the_short_way_gives_up_on_texts_that_would_take_long() -> None:
    assert not taken("a " * quick.MAX_CHARACTERS)
    assert not taken("> " * 100 + "deep")
    assert not taken("(" * 5_000)


@pytest.mark.parametrize(
    "lines", [["> (a"] * 2_000, ["> (a", ">"] * 2_000, ["- (a"] * 2_000], ids=["lines", "paragraphs", "items"]
)
def test_what_the_long_way_shows_plain_is_left_to_it(lines: list[str]) -> None:
    assert_same("\n".join(lines))
