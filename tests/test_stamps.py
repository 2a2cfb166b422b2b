"""A mark changes with whatever happens in a folder, and with nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import stamps

NAMES = st.sampled_from(["a.html", "b.html", "文.html", "x\udcff"])


def test_every_folder_has_a_mark_and_hidden_names_have_none(tmp_path: Path) -> None:
    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert sorted(name for name, _ in stamps.folders(tmp_path)) == ["", "a", "a/b"]
    assert list(stamps.folders(tmp_path / "none")) == []
    assert stamps.folder(tmp_path / "none") == ""


@given(st.dictionaries(NAMES, st.binary(max_size=3), min_size=1), NAMES, st.sampled_from(["write", "rename", "remove"]))
def test_a_mark_is_another_exactly_when_the_names_and_stamps_are(held: dict[str, bytes], name: str, deed: str) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place)
        for one, data in held.items():
            (folder / one).write_bytes(data)
        before = stamps.files(folder), stamps.folder(folder)
        first = folder / min(held)
        if deed == "write":
            (folder / name).write_bytes(held.get(name, b"") + b"more")
            os.utime(folder / name, ns=(1, 1))
        elif deed == "rename":
            first.replace(folder / name)
        else:
            first.unlink()
        after = stamps.files(folder), stamps.folder(folder)
        assert (before[0] == after[0]) == (before[1] == after[1])


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    for name in ("a/b", "文", "x\udcff", "a b'c"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "page.html").write_bytes(name.encode("utf-8", "replace"))
    with stamps.folders_beside(tmp_path) as looked:
        found = looked()
    assert found == dict(stamps.folders(tmp_path))
    assert len(found) == 6
    with stamps.folders_beside(tmp_path / "none") as looked:
        assert looked() == {}


def test_where_another_process_cannot_look_this_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    for program in ("/bin/false", str(tmp_path / "none")):
        monkeypatch.setattr("sys.executable", program)
        with stamps.folders_beside(tmp_path) as looked:
            assert sorted(looked()) == ["", "a"]


def test_a_file_in_a_folders_place_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    assert (list(stamps.folders(file)), stamps.folder(file), stamps.files(file)) == ([], "", {})
