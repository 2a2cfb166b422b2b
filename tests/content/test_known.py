"""Stories known but not held: a list that grows at its end, and loses nothing that a person wrote into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import keep_known, known, read_known
from generator.errors import ContentError
from generator.model import Seen

BOAT = Seen("A boat for the island", url="https://tidewater.example/boat.html")
BELL = Seen("The bell is silent", url="https://tidewater.example/bell.html")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "known" / "tidewater.example.jsonl"


def test_a_story_is_listed_once(tmp_path: Path) -> None:
    assert [keep_known(tmp_path, [BOAT, BOAT]), keep_known(tmp_path, [BOAT, BELL])] == [1, 1]
    assert read_known(tmp_path) == ({"tidewater.example": (BOAT, BELL)}, ())


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_what_is_there_stays_byte_for_byte(tmp_path: Path, file: Path, end: bytes) -> None:
    written = b'\xff not a story \r\n\n{"headline": "Mended by hand"}' + end
    file.parent.mkdir()
    file.write_bytes(written)
    keep_known(tmp_path, [BOAT])
    assert file.read_bytes().startswith(written.rstrip(b"\n") + b"\n{")
    stories, findings = read_known(tmp_path)
    assert [story.headline for story in stories["tidewater.example"]] == ["Mended by hand", "A boat for the island"]
    assert [(one.code, one.where) for one in findings] == [
        ("known-unreadable", "content/known/tidewater.example.jsonl")
    ]


def test_a_list_that_cannot_be_read_is_told_and_not_written_over(tmp_path: Path, file: Path) -> None:
    keep_known(tmp_path, [BOAT])
    file.with_name("other.example.jsonl").symlink_to("nowhere")  # a link is nobody's list
    file.unlink()
    file.mkdir()
    with pytest.raises(ContentError, match=r"known/tidewater\.example\.jsonl: cannot be read"):
        keep_known(tmp_path, [BELL])
    assert read_known(tmp_path) == ({}, ())


def test_the_end_of_a_list_that_is_too_long_is_not_shown_and_not_lost(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_known(tmp_path, [BOAT, BELL])
    whole = file.read_bytes()
    monkeypatch.setattr(known, "MAX_BYTES", len(whole) - 5)
    stories, (finding,) = read_known(tmp_path)
    assert stories == {"tidewater.example": (BOAT,)}
    assert finding.code == "known-unreadable"
    keep_known(tmp_path, [BELL, Seen("A third", url="https://tidewater.example/3")])
    assert file.read_bytes().startswith(whole)
