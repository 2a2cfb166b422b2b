"""One gzip member or one Zstandard frame being unpacked, a bounded piece at a time.

Raises `UnpackError` for bytes that cannot be unpacked, and nothing else.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from generator.readers.packed import inflating

PIECE_BYTES = 1024 * 1024  # unpacked at once
MAX_WINDOW_BYTES = 64 * 1024 * 1024  # of a Zstandard frame
MAX_DICTIONARY_BYTES = 16 * 1024 * 1024
ZSTD_STEP_BYTES = 1024  # a frame may unpack this much to 32 MiB

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"


class Inflater(Protocol):
    """One member or frame being unpacked; `left` is what of its input was not used yet, or lies behind its end."""

    eof: bool
    left: bytes

    def unpack(self, data: bytes) -> bytes: ...


class UnpackError(Exception):
    """What a member holds cannot be unpacked."""


class Gzip:
    """`strict`: damage is damage at once, whatever could be unpacked before it."""

    def __init__(self, *, strict: bool = False) -> None:
        make = inflating.decompressor if strict else inflating.Salvaging
        self._inflater: inflating.Decompressor | inflating.Salvaging = make(16 + zlib.MAX_WBITS)
        self.eof = False
        self.left = b""

    def unpack(self, data: bytes) -> bytes:
        try:
            piece = self._inflater.decompress(data, PIECE_BYTES)
        except inflating.ERRORS as error:
            raise UnpackError(str(error).rpartition(": ")[2]) from error
        self.eof = self._inflater.eof
        self.left = self._inflater.unused_data if self.eof else self._inflater.unconsumed_tail
        return piece


class Zstd:
    def __init__(self, dictionary: bytes) -> None:
        import zstandard  # noqa: PLC0415 - most archives are not packed so

        self._error = zstandard.ZstdError
        known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        frames = zstandard.ZstdDecompressor(dict_data=known, max_window_size=MAX_WINDOW_BYTES)
        self._frame = frames.decompressobj()
        self.eof = False
        self.left = b""

    def unpack(self, data: bytes) -> bytes:
        pieces: list[bytes] = []
        size = at = 0
        view = memoryview(data)
        try:
            while at < len(data) and size < PIECE_BYTES and not self._frame.eof:
                pieces.append(self._frame.decompress(view[at : at + ZSTD_STEP_BYTES]))
                size += len(pieces[-1])
                at += ZSTD_STEP_BYTES
        except self._error as error:
            raise UnpackError(str(error)) from error
        self.eof = self._frame.eof
        self.left = (self._frame.unused_data if self.eof else b"") + data[at:]
        return b"".join(pieces)


def dictionary(data: bytes) -> bytes:
    """A dictionary, which may be packed itself."""
    if not data.startswith(ZSTD):
        return data
    frame = Zstd(b"")
    pieces: list[bytes] = []
    try:
        while not frame.eof and data:
            pieces.append(frame.unpack(data))
            data = frame.left
            if sum(map(len, pieces)) > MAX_DICTIONARY_BYTES:
                return b""
    except UnpackError:
        return b""
    return b"".join(pieces)
