"""Batches are put in place below `content/saved/`, whole, and nothing that lies there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import content
from generator.errors import ContentError
from tests.samples import tree
from tests.wayback.conftest import Clerk, story
from tests.wayback.server import HOST, WebArchive


def test_a_batch_lies_where_it_is_said_to(tmp_path: Path) -> None:
    assert (
        content.keep_batch(tmp_path, "wayback/a.example/1-2.warc.gz", [b"one", b"two"])
        == "saved/wayback/a.example/1-2.warc.gz"
    )
    assert tree(tmp_path) == {"saved/wayback/a.example/1-2.warc.gz": b"onetwo"}


def test_the_same_batch_stays_and_another_lies_beside_it(tmp_path: Path) -> None:
    first = content.keep_batch(tmp_path, "w/1-2.warc.gz", b"one")
    assert content.keep_batch(tmp_path, "w/1-2.warc.gz", b"one") == first
    other = content.keep_batch(tmp_path, "w/1-2.warc.gz", b"two")
    assert other == "saved/w/1-2~3fc4ccfe.warc.gz"
    assert content.keep_batch(tmp_path, "w/1-2.warc.gz", b"two") == other
    assert sorted(tree(tmp_path).values()) == [b"one", b"two"]


@pytest.mark.parametrize("place", ["../../a.warc", "/etc/a.warc", "./a.warc", "a/../../b.warc"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, place: str) -> None:
    content.keep_batch(tmp_path / "content", place, b"x")
    assert all(name.startswith("content/saved/") for name in tree(tmp_path))


def test_where_a_batch_cannot_be_written_the_next_run_goes_on(
    web: WebArchive, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, data: bytes) -> None:
        raise ContentError(f"{file.name}: cannot be written: {len(data)} bytes are too many")

    web.hold("20100301120000", "/story/1", story())
    with monkeypatch.context() as patch:
        patch.setattr("generator.content.files.write", full)
        with pytest.raises(ContentError):
            clerk.recover()
    clerk.recover()
    assert [file.parent.name for file in clerk.batches] == [HOST]
    assert len(web.fetched) == 1


def test_a_journal_of_another_kind_is_begun_anew(web: WebArchive, clerk: Clerk) -> None:
    web.hold("20100301120000", "/story/1", story())
    clerk.survey()
    journal = next((clerk.root / ".backfile").rglob("asked"))
    journal.write_bytes(b'{"what": 1, "size": 0, "crc": 0}\n')
    assert clerk.recover().kept == 1
