"""Markdown that a page's text can never break out of: what is written is what is shown."""

from __future__ import annotations

import html
import re

import markdown as python_markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator import text
from generator.body import markdown
from generator.body.blocks import Block, Run, heading, paragraph, plain
from generator.model import Picture

TAGS = re.compile(r"<[^>]*>")
SPECIAL = st.text(alphabet="\\`*_{}[]()#+-.!|<>&;:=~^\"'$%@/ \n\t123abÄ中，", max_size=40)
WORDS = st.one_of(SPECIAL, st.text(max_size=30))


def shown(written: str) -> str:
    rendered = python_markdown.markdown(written, extensions=["tables", "fenced_code", "sane_lists"])
    return text.squeeze(html.unescape(TAGS.sub(" ", rendered)))


def tight(words: str) -> str:
    return "".join(text.clean(words).split())


@given(WORDS)
@example("1. one")
@example("2024. Was it")
@example("a\n===")
@example("    code")
@example("<script>alert(1)</script>")
@example("&lt;b&gt; &amp; &#60;")
@example("[a](b) ![c](d) <http://e>")
@example("~~~\nx\n~~~")
@example("| a | b |\n| - | - |\n| c | d |")
@example("* * *")
@example("[x]: http://example.org")
@example(":   definition")
def test_escaped_text_is_shown_as_it_is(words: str) -> None:
    written = markdown.write([paragraph(words)])
    rendered = python_markdown.markdown(written, extensions=["tables", "fenced_code", "sane_lists"])
    assert tight(shown(written)) == tight(words)
    assert set(re.findall(r"<\s*(\w+)", rendered)) <= {"p", "br"}


STYLES = st.builds(
    Run,
    WORDS,
    st.booleans(),
    st.booleans(),
    st.just(value=False),
    st.sampled_from([None, "https://a.example/x_(1)?a=1&copy;=2"]),
)


@given(st.lists(STYLES, max_size=5))
def test_styled_text_is_shown_without_its_marks(runs: list[Run]) -> None:
    written = markdown.write([Block("paragraph", tuple(runs))])
    visible = tight("".join(run.text for run in runs))
    assert set(re.findall(r"<\s*(\w+)", python_markdown.markdown(written, extensions=["tables"]))) <= {
        "p",
        "br",
        "a",
        "strong",
        "em",
    }
    if not any(mark in visible for mark in "*_"):
        assert tight(shown(written)).replace("*", "") == visible


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_lists_show_their_items(items: list[str]) -> None:
    block = Block("list", children=tuple(Block("item", (Run(item),)) for item in items))
    assert tight(shown(markdown.write([block]))) == tight("".join(items))


@given(WORDS, WORDS)
def test_headings_and_quotes_show_their_words(one: str, two: str) -> None:
    written = markdown.write([heading(one, 2), Block("quote", children=(paragraph(two),))])
    assert tight(shown(written)) == tight(one + two)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=3), min_size=2, max_size=3))
def test_tables_show_their_cells(rows: list[list[str]]) -> None:
    block = Block(
        "table",
        children=tuple(Block("row", children=tuple(Block("cell", (Run(cell),)) for cell in row)) for row in rows),
    )
    assert tight(shown(markdown.write([block]))) == tight("".join(cell for row in rows for cell in row))


@given(WORDS)
def test_captions_are_shown_as_they_are(words: str) -> None:
    written = markdown.write([Block("picture", picture=Picture("https://a.example/b.jpg", words or "x"))])
    rendered = python_markdown.markdown(written, extensions=["tables"])
    found = re.search(r'alt="([^"]*)"', rendered)
    assert found is not None
    assert tight(html.unescape(found[1])) == tight(text.line(words or "x"))


def test_nested_lists_are_indented_by_four() -> None:
    inner = Block("list", children=(Block("item", (Run("two"),)),))
    outer = Block(
        "list",
        level=1,
        children=(Block("item", children=(paragraph("one"), inner)), Block("item", children=(paragraph("three"),))),
    )
    written = markdown.write([outer])
    assert "\n    - two" in written
    assert python_markdown.markdown(written).count("<li>") == 3


def test_marks_stand_next_to_words_not_blanks() -> None:
    block = Block("paragraph", (Run("a"), Run(" bold ", strong=True), Run("z")))
    assert markdown.write([block]) == "a **bold** z"


def test_line_breaks_are_hard() -> None:
    assert markdown.write([paragraph("one\ntwo")]) == "one  \ntwo"


def test_a_picture_without_address_keeps_its_caption() -> None:
    assert (
        markdown.write([Block("picture", picture=Picture(None, "Bridge (file photo)"))]) == "![Bridge (file photo)]()"
    )


def test_a_table_of_one_column_is_paragraphs() -> None:
    block = Block("table", children=tuple(Block("row", children=(Block("cell", (Run(cell),)),)) for cell in "ab"))
    assert markdown.write([block]) == "a\n\nb"


def test_code_with_markup_is_text() -> None:
    assert "<script>" not in python_markdown.markdown(markdown.write([Block("code", (Run("<script>x</script>"),))]))


def test_nesting_without_end_is_cut() -> None:
    block = paragraph("deep")
    for _ in range(200):
        block = Block("quote", children=(block,))
    assert "deep" in markdown.write([block])


@pytest.mark.parametrize("kind", ["paragraph", "heading", "list", "quote", "table", "code", "picture"])
def test_empty_blocks_write_nothing(kind: str) -> None:
    assert markdown.write([Block(kind)]) == ""  # type: ignore[arg-type]


def test_plain_text_has_a_block_a_line_and_no_captions() -> None:
    blocks = [
        heading("Head"),
        Block("picture", picture=Picture("x", "caption")),
        paragraph("one\ntwo"),
        Block("list", children=(Block("item", (Run("a"),)), Block("item", (Run("b"),)))),
    ]
    assert plain(blocks) == "Head\none two\na\nb"
