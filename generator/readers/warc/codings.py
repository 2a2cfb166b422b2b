"""What HTTP wraps a body in, undone: chunks, gzip, deflate, Brotli, Zstandard, several of them at once.

Servers, proxies and crawlers state codings that are not there, and keep silent on those that are: the bytes decide.
Never raises for any bytes, and never gives more than it was allowed to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.readers.packed import inflating

MAX_CODINGS = 5
MAX_CHUNKS = 1_000_000
STEP_BYTES = 64 * 1024
MAX_WINDOW_BYTES = 64 * 1024 * 1024

_CHUNK = re.compile(rb"[ \t]{0,9}([0-9a-fA-F]{1,15})[ \t]{0,99}(?:;[^\r\n]{0,1000})?\r?\n")
_PLAIN = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:[a-z]{1,10}[\s>]|!doctype\s|!--|\?xml\s)", re.IGNORECASE)
_BROKEN: tuple[type[Exception], ...] = (*inflating.ERRORS, ValueError)
_NONE = frozenset({"", "identity", "none", "binary", "8bit", "7bit", "utf-8", "chunked"})


class Unpacked(NamedTuple):
    """A body as it was meant. `excess` says that there is more than is allowed, and so nothing; `broken` that it ended too early."""

    data: bytes
    excess: bool = False
    broken: bool = False


def dechunked(data: bytes) -> bytes:
    """A chunked body's bytes; what cannot be read as chunks is taken as it is."""
    parts: list[bytes] = []
    at = 0
    while len(parts) < MAX_CHUNKS:
        size = _CHUNK.match(data, at)
        if size is None:
            break
        length = int(size[1], 16)
        if not length:
            return b"".join(parts)
        parts.append(data[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0
    return b"".join((*parts, data[at:]))


def unpacked(data: bytes, codings: str, limit: int) -> Unpacked:
    """A body with the stated codings undone, the last one first."""
    found = Unpacked(data)
    stated = [one.strip().lower().removeprefix("x-") for one in codings.split(",")] if codings else []
    for coding in [one for one in reversed(stated) if one not in _NONE][:MAX_CODINGS]:
        found = _undone(found.data, coding, limit)
        if found.excess:
            break
    if not found.excess and found.data[:3] == b"\x1f\x8b\x08":  # nobody said so
        found = _undone(found.data, "gzip", limit)
    return found


def _undone(data: bytes, coding: str, limit: int) -> Unpacked:
    """One coding undone: the stated one, or the one that the first bytes show; else the bytes as they are."""
    if _PLAIN.match(data):
        return Unpacked(data)
    shown = "gzip" if data[:2] == b"\x1f\x8b" else "zstd" if data[:4] == b"\x28\xb5\x2f\xfd" else coding
    for inflate in _INFLATERS.get(shown, ()):
        parts: list[bytes] = []
        size = 0
        broken = False
        try:
            for part in inflate(data):
                parts.append(part)
                size += len(part)
                if size > limit:
                    return Unpacked(b"", excess=True)
        except _BROKEN:
            broken = True
        if size:
            return Unpacked(b"".join(parts), broken=broken)
    return Unpacked(data)


def _inflated(data: bytes, bits: int) -> Iterator[bytes]:
    while data:
        inflater = inflating.Salvaging(bits)
        while data and not inflater.eof:
            yield inflater.decompress(data, STEP_BYTES * 16)
            data = inflater.unconsumed_tail
        if not inflater.eof:
            yield inflater.flush()
            raise ValueError("cut short")
        data = inflater.unused_data if bits > zlib.MAX_WBITS and inflater.unused_data[:2] == b"\x1f\x8b" else b""


def _gzip(data: bytes) -> Iterator[bytes]:
    return _inflated(data, 16 + zlib.MAX_WBITS)


def _deflate(data: bytes) -> Iterator[bytes]:
    return _inflated(data, zlib.MAX_WBITS)


def _raw_deflate(data: bytes) -> Iterator[bytes]:
    return _inflated(data, -zlib.MAX_WBITS)


def _brotli(data: bytes) -> Iterator[bytes]:
    import brotli  # noqa: PLC0415 - few bodies are packed so

    inflater = brotli.Decompressor()
    try:
        yield inflater.process(data, output_buffer_limit=STEP_BYTES)
        while not inflater.is_finished() and (part := inflater.process(b"", output_buffer_limit=STEP_BYTES)):
            yield part
    except brotli.error as error:
        raise ValueError(str(error)) from error
    if not inflater.is_finished():
        raise ValueError("cut short")


def _zstd(data: bytes) -> Iterator[bytes]:
    import zstandard  # noqa: PLC0415 - few bodies are packed so

    try:
        frames = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
        with frames.stream_reader(data, read_across_frames=True) as reader:
            while part := reader.read(STEP_BYTES):
                yield part
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


_INFLATERS: dict[str, tuple[Callable[[bytes], Iterator[bytes]], ...]] = {
    "gzip": (_gzip,),
    "deflate": (_deflate, _raw_deflate),
    "br": (_brotli,),
    "brotli": (_brotli,),
    "zstd": (_zstd,),
}
