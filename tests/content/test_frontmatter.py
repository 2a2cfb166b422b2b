"""The form of the files that a person may edit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.frontmatter import dump, load

# surrogates cannot be written to a file at all; every other character may stand in a value
texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.dictionaries(
    st.from_regex(r"[a-z_][a-z0-9_]{0,10}", fullmatch=True).filter(lambda name: name != "seal"),
    st.one_of(texts, st.integers(), st.lists(texts, min_size=1), st.dictionaries(texts, texts, min_size=1)),
    max_size=6,
)


@given(values, texts.map(lambda body: body.replace("\r", "").strip()))
def test_what_is_written_is_read_back_and_its_seal_holds(fields: dict[str, object], body: str) -> None:
    sheet = load(dump(fields, body))
    assert sheet.values == fields
    assert sheet.body == body
    assert sheet.intact


def test_each_value_is_json_on_one_line() -> None:
    lines = dump({"headline": 'He said: "---"\nand left', "tags": ["a", "b"]}, "Body").split("\n")
    assert lines[0] == "---"
    assert json.loads(lines[1].removeprefix("headline: ")) == 'He said: "---"\nand left'
    assert lines[2] == 'tags: ["a", "b"]'
    assert lines[4] == "---"


@pytest.mark.parametrize(
    ("old", "new"),
    [("Ferry", "Boat"), ("Body.", "Body, mended."), ('tags: ["a"]', 'tags: ["a", "b"]'), ('tags: ["a"]\n', "")],
)
def test_any_edit_breaks_the_seal(old: str, new: str) -> None:
    written = dump({"headline": "Ferry", "tags": ["a"]}, "Body.")
    edited = written.replace(old, new)
    assert edited != written
    assert not load(edited).intact


def test_what_other_tools_make_of_it_can_be_read() -> None:
    sheet = load("---\nheadline: A bridge reopens\npublished: 2025-03-18\ntags:\n  - bridges\n  - harbour\n---\nBody\n")
    assert sheet.values == {"headline": "A bridge reopens", "published": "2025-03-18", "tags": ["bridges", "harbour"]}
    assert not sheet.intact


def test_windows_line_ends_are_no_edit_of_the_values() -> None:
    assert load(dump({"headline": "Ferry"}, "Body").replace("\n", "\r\n")).values == {"headline": "Ferry"}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "line 1: front matter must begin with a line '---'"),
        ("# Title\n", "line 1: front matter must begin with a line '---'"),
        ("---\nheadline: x\n", "no closing line"),
        ('---\nheadline: "x\n---\n', "line 2"),
        ("---\njust words\n---\n", "no list of 'name: value' lines"),
    ],
)
def test_what_is_no_front_matter_is_refused_with_the_line(source: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load(source)
