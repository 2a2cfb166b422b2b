"""zlib-ng and zlib: the same bytes, the same end, the same damage; so what is installed decides nothing but the speed."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zlib_ng import zlib_ng

from generator.readers.packed import inflating
from tests.doors import PICTURE
from tests.readers import test_warc

STEP = 64
ARCHIVE = test_warc.archive(
    test_warc.page(gzip.compress(test_warc.PAGE), Content_Encoding="gzip"),
    ("response", test_warc.QUAY, "image/png", PICTURE, {}),
    test_warc.page(zlib.compress(test_warc.PAGE, wbits=-15), url="https://www.ledger.example/2", Content_Encoding="deflate"),
)  # fmt: skip
WORDS = random.Random(7).randbytes(400) * 3 + b"harbour and ferry " * 40

Make = Callable[[int], inflating.Decompressor]


def unpacked(make: Make, bits: int, data: bytes) -> list[bytes]:
    """All that comes of it in steps, with how it ended."""
    work, given_out = make(bits), []
    try:
        for at in range(0, len(data), STEP):
            given_out.append(work.decompress(work.unconsumed_tail + data[at : at + STEP], 100))
            if work.eof:
                return [*given_out, b"whole", work.unused_data]
    except inflating.ERRORS:
        return [*given_out, b"damaged"]
    return [*given_out, b"cut short", work.unconsumed_tail]


def test_zlib_ng_is_what_unpacks_where_it_is_installed() -> None:
    assert isinstance(inflating.decompressor(31), type(zlib_ng.decompressobj(31)))


@given(
    st.sampled_from([31, 15, -15]),
    st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=3)), max_size=3),
    st.integers(0, 2_000),
)
def test_both_give_the_same_of_anything(bits: int, changes: list[tuple[int, bytes]], end: int) -> None:
    work = zlib.compressobj(6, zlib.DEFLATED, bits)
    data = bytearray(work.compress(WORDS) + work.flush() + b"behind it")
    for at, change in changes:
        data[at : at + len(change)] = change
    packed = bytes(data[:end])
    assert unpacked(zlib.decompressobj, bits, packed) == unpacked(inflating.decompressor, bits, packed)


@given(
    st.sampled_from([31, 15, -15]),
    st.lists(st.tuples(st.integers(0, 700), st.binary(max_size=3)), max_size=3),
    st.integers(1, 1_500),
    st.integers(0, 3_000),
    st.sampled_from([zlib.decompressobj, inflating.decompressor]),
)
def test_all_that_stands_before_the_damage_is_salvaged(
    bits: int, changes: list[tuple[int, bytes]], step: int, again: int, make: Make
) -> None:
    work = zlib.compressobj(6, zlib.DEFLATED, bits)
    data = bytearray(work.compress(WORDS) + work.flush())
    for at, change in changes:
        data[at : at + len(change)] = change
    packed = bytes(data)
    reference, expected = make(bits), b""
    try:
        for at in range(len(packed)):
            expected += reference.decompress(packed[at : at + 1])
        damaged = False
    except inflating.ERRORS:
        damaged = True
    with patch.object(inflating, "AGAIN_BYTES", again):
        salvaging, found = inflating.Salvaging(bits), b""
        try:
            for at in range(0, len(packed), step):
                found += salvaging.decompress(packed[at : at + step])
            found += salvaging.decompress(b"")
            assert not damaged
        except inflating.ERRORS:
            assert damaged
    assert found == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(ARCHIVE)), st.binary(max_size=40)), max_size=3), st.integers(0, 4))
@example([], 4)
def test_a_web_archive_gives_the_same_captures_and_findings_with_either(
    changes: list[tuple[int, bytes]], quarters: int
) -> None:
    raw = bytearray(ARCHIVE[: len(ARCHIVE) * quarters // 4])
    for at, change in changes:
        raw[at : at + len(change)] = change
    fast = test_warc.read(bytes(raw))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inflating, "_make", zlib.decompressobj)
        slow = test_warc.read(bytes(raw))
    assert fast == slow
