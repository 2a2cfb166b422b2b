"""A journal loses nothing that was written whole, wherever it was cut."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import BusyError, OutputError
from generator.wayback.journal import Journal

ENTRIES = st.lists(st.tuples(st.text(max_size=9), st.binary(max_size=40)), max_size=5)


def held(file: Path) -> list[tuple[str, bytes]]:
    with Journal(file) as journal:
        return [(entry.said["name"], journal.payload(entry)) for entry in journal.entries]


@settings(deadline=None, max_examples=60)
@given(ENTRIES, st.data())
def test_what_was_written_whole_is_there_wherever_the_rest_was_cut(
    entries: list[tuple[str, bytes]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "asked"
        ends = [0]
        with Journal(file) as journal:
            for name, payload in entries:
                journal.append({"name": name}, payload)
                ends.append(file.stat().st_size)
        cut = data.draw(st.integers(0, ends[-1]))
        file.write_bytes(
            file.read_bytes()[:cut] + data.draw(st.sampled_from([b"", b"\x00\x00", b"{", b'{"size": -1}\n']))
        )
        whole = sum(end <= cut for end in ends) - 1
        assert held(file) == entries[:whole]
        with Journal(file) as journal:
            journal.append({"name": "next"}, b"x")
        assert held(file) == [*entries[:whole], ("next", b"x")]


def test_a_changed_byte_ends_it(tmp_path: Path) -> None:
    with Journal(tmp_path / "asked") as journal:
        journal.append({"name": "a"}, b"payload")
        journal.append({"name": "b"}, b"payload")
    raw = (tmp_path / "asked").read_bytes()
    (tmp_path / "asked").write_bytes(raw[:-1] + b"!")
    assert held(tmp_path / "asked") == [("a", b"payload")]


def test_one_process_holds_it(tmp_path: Path) -> None:
    with Journal(tmp_path / "asked"), pytest.raises(BusyError):
        Journal(tmp_path / "asked")
    with Journal(tmp_path / "asked"):
        pass


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        Journal(tmp_path / "file" / "asked")


def test_a_cleared_journal_is_empty(tmp_path: Path) -> None:
    with Journal(tmp_path / "asked") as journal:
        journal.append({"name": "a"}, b"payload")
        journal.clear()
        journal.append({"name": "b"}, b"")
    assert held(tmp_path / "asked") == [("b", b"")]
