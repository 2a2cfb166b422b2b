"""Files that are one compressed stream, and archives that are known and not read."""

import bz2
import gzip
import io
import lzma

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers import compressed, foreign
from generator.readers.packed import unpacking
from generator.readers.packed.decoders import ALONE
from tests.readers import archives
from tests.readers.archives import PNG, Door, names, told
from tests.samples import Sample

PAGE = Sample().html.encode()
WAYS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.compress, "br": brotli.compress}


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)


@pytest.mark.parametrize("how", WAYS)
def test_a_compressed_page_is_read_under_its_own_name(door, how):
    captures, findings = door(f"day/story.html.{how}", WAYS[how](PAGE))
    assert names(captures) == ["story.html"]
    assert [capture.body for capture in captures] == [PAGE]
    assert findings == []


def test_a_page_saved_as_the_server_compressed_it_is_read(door):
    captures, _ = door("story.html", gzip.compress(PAGE))
    assert [capture.body for capture in captures] == [PAGE]


def test_pictures_beside_a_compressed_page_on_the_disk_are_its_own(door, tmp_path):
    (tmp_path / "story_files").mkdir()
    (tmp_path / "story_files" / "pic.png").write_bytes(PNG)
    page = PAGE.replace(b"</article>", b"<img src='story_files/pic.png'></article>")
    assert len(door("story.html.gz", gzip.compress(page))[0][0].parts) == 1


@pytest.mark.parametrize("how", ["gz", "bz2", "xz", "zst"])
def test_streams_that_follow_each_other_are_one_and_what_fills_the_file_up_is_nothing(door, how):
    half = len(PAGE) // 2
    data = WAYS[how](PAGE[:half]) + WAYS[how](b"") + WAYS[how](PAGE[half:])
    for tail in (b"", bytes(512), b"some other words"):
        assert [capture.body for capture in door(f"story.html.{how}", data + tail)[0]] == [PAGE]


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_that_was_cut_is_left_and_named(door, how, quarter):
    data = WAYS[how](PAGE)
    captures, findings = door(f"story.html.{how}", data[: len(data) * quarter // 4])
    assert captures == []
    assert [finding.code for finding in findings] in (["member-unreadable"], ["archive-damaged"], ["not-a-page"])


def test_a_wrong_checksum_is_noticed(door):
    data = bytearray(gzip.compress(PAGE))
    data[-8] ^= 0xFF
    captures, findings = door("story.html.gz", bytes(data))
    assert captures == []
    assert told(findings) == [("member-unreadable", "story.html.gz#story.html")]


def test_a_bomb_is_not_unpacked(door, monkeypatch):
    monkeypatch.setattr(unpacking, "WHOLE_BYTES", 60_000)
    for how, pack in WAYS.items():
        captures, findings = door(f"story.html.{how}", pack(b" " * 200_000))
        assert captures == []
        assert told(findings) == [("member-unreadable", f"story.html.{how}#story.html")]


def test_very_many_empty_streams_have_a_limit(door, monkeypatch):
    monkeypatch.setattr(unpacking, "SPARE_BYTES", 50 * unpacking.STREAM_COST)
    monkeypatch.setattr(unpacking, "RATIO", 0)
    captures, findings = door("story.html.gz", gzip.compress(b"") * 1_000)
    assert captures == []
    assert {finding.code for finding in findings} <= {"archive-limit", "member-unreadable"}
    assert findings


@pytest.mark.parametrize(
    "data",
    [gzip.compress(b"SQLite format 3\0" + bytes(5_000)), gzip.compress(PNG), gzip.compress(bytes(range(256)) * 30)],
    ids=["database", "picture", "bytes"],
)
def test_what_holds_no_text_is_left_alone(data):
    assert not compressed.accepts(data[:4096], "thing.gz")


def test_what_is_named_like_a_page_and_is_none_is_said_to_be_none(door):
    captures, findings = door("story.html.gz", b"\x1f\x8b\x08" + bytes(99))
    assert captures == []
    assert findings


@pytest.mark.parametrize("magic", [b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07\x01\x00"])
def test_archives_that_are_not_read_are_said_to_need_unpacking(door, magic):
    captures, findings = door("heap.bin", magic + bytes(99))
    assert captures == []
    assert [finding.code for finding in findings] == ["not-a-page"]
    assert "unpack it" in findings[0].message


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_mutation_gives_a_page_or_a_finding(data):
    how = data.draw(st.sampled_from(sorted(WAYS)))
    raw = bytearray(WAYS[how](PAGE))
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    compressed.accepts(bytes(raw[:4096]), f"story.html.{how}")
    archives.straight(compressed, bytes(raw), f"story.html.{how}")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c"]),
)
def test_any_bytes_give_something_or_findings(raw, start):
    for name in ("a.html.br", "a.lzma", "a"):
        compressed.accepts(start + raw, name)
        archives.straight(compressed, start + raw, name)
        archives.straight(foreign, start + raw, name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=5_000), st.sampled_from(sorted(WAYS)), st.lists(st.integers(1, 3_000), max_size=20))
def test_unpacking_in_steps_of_any_size_undoes_packing(data, how, steps):
    packed = WAYS[how](data)
    limit = unpacking.Budget(len(packed))
    stream = unpacking.Unpacked(io.BytesIO(packed), ALONE[how], limit)
    given_out = b"".join(stream._next(step) for step in steps)
    assert given_out + unpacking.buffered(stream).read() == data
