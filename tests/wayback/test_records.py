"""Batches are WARC files that other tools read, and that say themselves what was asked for."""

from __future__ import annotations

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.wayback import records
from generator.wayback.archives import DEFAULT, archive
from generator.wayback.replay import Memento

WHERE = archive(DEFAULT)
LINES = [
    {"kind": "page", "time": "20100301120000", "url": "http://tidenews.example/a", "verdict": "kept", "at": "20100302"}
]


def memento(**more: object) -> Memento:
    said = {
        "time": "20100301120000",
        "url": "http://tidenews.example/a",
        "source": "s",
        "headers": (),
        "body": b"<p>x</p>",
        **more,
    }
    return Memento(**said)  # type: ignore[arg-type]


def kept(tmp_path: Path, *mementos: Memento) -> Path:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(records.batch(WHERE, "tidenews.example", LINES, map(records.response, mementos))))
    return file


def test_another_tool_reads_a_batch_and_finds_its_digests_right(tmp_path: Path) -> None:
    with kept(tmp_path, memento()).open("rb") as handle:
        found = [(one.record_type, one.verify_block_digest()) for one in ArchiveIterator(handle, parse_http=False)]
    assert found == [(WarcRecordType.warcinfo, True), (WarcRecordType.metadata, True), (WarcRecordType.response, True)]


def test_a_batch_says_what_was_asked_for(tmp_path: Path) -> None:
    file = kept(tmp_path, memento())
    assert list(records.asked(file, WHERE)) == LINES
    assert list(records.asked(file, archive("https://arquivo.pt/wayback/cdx"))) == []


@pytest.mark.parametrize("part", [0, 1, 2, 3])
def test_a_batch_cut_anywhere_says_what_it_can(tmp_path: Path, part: int) -> None:
    file = kept(tmp_path, memento())
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) * part // 4])
    assert list(records.asked(file, WHERE)) in ([], LINES)


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.binary(max_size=100).map(lambda raw: b"WARC/1.0\r\n" + raw)
    | st.binary(max_size=99).map(gzip.compress)
)
def test_any_file_at_all_is_read_or_left(raw: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.warc.gz"
        file.write_bytes(raw)
        assert list(records.asked(file, WHERE)) == []


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert list(records.asked(tmp_path / "none", WHERE)) == []


@pytest.mark.parametrize(
    ("time", "date"),
    [
        ("20100301120000", "2010-03-01T12:00:00Z"),
        ("20100300120000", "2010-03-01T12:00:00Z"),
        ("20100012120000", "2010-01-12T12:00:00Z"),
        ("20100231120000", "2010-02-28T12:00:00Z"),
        ("20100301996199", "2010-03-01T00:00:00Z"),
    ],
)
def test_a_time_that_no_clock_shows_is_mended(time: str, date: str) -> None:
    assert records.warc_date(time) == date


def test_a_header_cannot_break_out_of_its_line(tmp_path: Path) -> None:
    headers = (
        ("X-Archive-Orig-A", "one\r\nSet-Cookie: two"),
        ("X-Archive-Orig-B\r\nC", "x"),
        ("X-Archive-Orig-D", "é" * 9),
    )
    with kept(tmp_path, memento(headers=headers)).open("rb") as handle:
        last = list(ArchiveIterator(handle, parse_http=True))[-1]
        assert last.http_headers is not None
        assert sorted(name for name, _ in last.http_headers.items()) == ["A", "Content-Length", "D"]
