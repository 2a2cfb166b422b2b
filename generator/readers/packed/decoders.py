"""One decompressor like another: deflate, gzip, bzip2, LZMA, xz, Zstandard, Brotli behind one shape.

Each gives out about as much as it is asked for and takes bounded memory, whatever it is fed. Knows no files and no limits
on the whole: that is `unpacking`'s.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import brotli
import zstandard

from generator.readers.packed import inflating

DICTIONARY_BYTES = 128 * 1024 * 1024  # that a decompressor may keep of what it gave out
BLOCK_BYTES = 64 * 1024
TINY_BYTES = 1024  # fed at once to a decompressor that gives out all it can: at most 32 MiB

ERRORS: tuple[type[Exception], ...] = (
    *inflating.ERRORS, lzma.LZMAError, zstandard.ZstdError, brotli.error, EOFError, ValueError, OSError,
)  # fmt: skip


class Decoder(Protocol):
    """A decompressor at work on one stream; `feed` says how many bytes it takes at once."""

    feed: int

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Zlib:
    """zlib's way of keeping what it has not read yet, hidden."""

    feed = BLOCK_BYTES

    def __init__(self, window: int) -> None:
        self._work = inflating.Salvaging(window)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._work.eof

    @property
    def needs_input(self) -> bool:
        return not self._full

    @property
    def unused_data(self) -> bytes:
        return self._work.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        given = self._work.decompress(self._work.unconsumed_tail + data, max_length)
        self._full = len(given) >= max_length or bool(self._work.unconsumed_tail)
        return given


class _Fed:
    """bzip2's and LZMA's decompressors as they are."""

    feed = BLOCK_BYTES

    def __init__(self, work: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._work = work

    @property
    def eof(self) -> bool:
        return self._work.eof

    @property
    def needs_input(self) -> bool:
        return self._work.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._work.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._work.decompress(data, max_length)


class _ZipLzma:
    """LZMA as ZIP has it: two bytes of version, two of length, the properties, the raw stream."""

    feed = BLOCK_BYTES

    def __init__(self) -> None:
        self._head = b""
        self._work: lzma.LZMADecompressor | None = None

    @property
    def eof(self) -> bool:
        return bool(self._work and self._work.eof)

    @property
    def needs_input(self) -> bool:
        return self._work is None or self._work.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._work.unused_data if self._work else b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if self._work:
            return self._work.decompress(data, max_length)
        self._head += data
        length = int.from_bytes(self._head[2:4], "little")
        if len(self._head) < 4 or len(self._head) < 4 + length:
            return b""
        self._work = _raw_lzma(self._head[4 : 4 + length])
        return self._work.decompress(self._head[4 + length :], max_length)


class _Zstandard:
    """Zstandard, which gives out all it can: so it is fed little."""

    feed = TINY_BYTES
    needs_input = True

    def __init__(self) -> None:
        self._work = zstandard.ZstdDecompressor(max_window_size=DICTIONARY_BYTES).decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._work.eof)

    @property
    def unused_data(self) -> bytes:
        return self._work.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:  # noqa: ARG002 - it knows no limit
        return self._work.decompress(data)


class _Brotli:
    """Brotli; what follows its end is an error, so there is never anything unused."""

    feed = BLOCK_BYTES
    unused_data = b""

    def __init__(self) -> None:
        self._work = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        return bool(self._work.is_finished())

    @property
    def needs_input(self) -> bool:
        return bool(self._work.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return bytes(self._work.process(data, output_buffer_limit=max_length))


def _raw_lzma(properties: bytes) -> lzma.LZMADecompressor:
    if len(properties) != 5 or properties[0] >= 225:
        raise lzma.LZMAError("its LZMA properties mean nothing")
    rest, literal = divmod(properties[0], 9)
    position, literal_position = divmod(rest, 5)
    size = int.from_bytes(properties[1:5], "little")
    if size > DICTIONARY_BYTES:
        raise lzma.LZMAError(f"its LZMA dictionary has {size} bytes; the limit is {DICTIONARY_BYTES}")
    settings = {"id": lzma.FILTER_LZMA1, "lc": literal, "lp": literal_position, "pb": position, "dict_size": size}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[settings])


def _xz() -> Decoder:
    return _Fed(lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=2 * DICTIONARY_BYTES))


def _bzip2() -> Decoder:
    return _Fed(bz2.BZ2Decompressor())


def _deflate() -> Decoder:
    return _Zlib(-zlib.MAX_WBITS)


def _gzip() -> Decoder:
    return _Zlib(16 + zlib.MAX_WBITS)


# By the number that a ZIP gives each; one that is not here is not unpacked.
IN_ZIPS: Mapping[int, Callable[[], Decoder]] = MappingProxyType(
    {8: _deflate, 12: _bzip2, 14: _ZipLzma, 93: _Zstandard, 95: _xz}
)
# By the ending of a file that is one compressed stream.
ALONE: Mapping[str, Callable[[], Decoder]] = MappingProxyType(
    {"gz": _gzip, "bz2": _bzip2, "xz": _xz, "lzma": _xz, "zst": _Zstandard, "br": _Brotli}
)
