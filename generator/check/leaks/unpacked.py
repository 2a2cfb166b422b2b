"""The files of a site with all that is packed in them, as bytes and as text, one piece after the other.

Streams nothing to the disk. What it cannot look into is told, for a check that passes over a file proves nothing.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
import zstandard

MAX_BYTES = 512_000_000  # of one file, unpacked; a file of more than 100 MB is published nowhere
MAX_DEPTH = 5  # archives within archives
WINDOW = 1_000_000  # bytes read as one text
OVERLAP = 32_768
_BLOCK = 1 << 20
_DATA = re.compile(rb"data:[\w.+/-]{0,100}(?:;[\w=.+\"-]{1,100}){0,4};base64,([A-Za-z0-9+/=\s%]{16,})")
_STREAM = re.compile(rb"stream\r?\n")
_CLOSED = {b"PAR1": "Parquet", b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x00\x00\x00", b"wOF2", b"wOFF")
_CONTINUED = bytes(range(0x80, 0xC0))
_WIDE = ("utf-16-le", "utf-16-be")
_CHARSETS = ("gb18030", "big5", "shift_jis", "euc_kr", "windows-1252")


@dataclass(frozen=True, slots=True)
class Odd:
    """Something that could not be looked into."""

    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Blob:
    """A file, or something that was packed in one."""

    body: bytes

    def texts(self) -> Iterator[str]:
        """The bytes as text, in pieces that overlap; in other charsets too where they are no UTF-8."""
        for at in range(0, max(len(self.body), 1), WINDOW):
            piece = self.body[at : at + WINDOW + OVERLAP]
            yield piece.decode("utf-8", "replace")
            if self.body.startswith(_PICTURES):
                continue
            known = _is_utf8(piece)
            if b"\x00" in piece or not known:
                yield from (piece[off:].decode(name, "replace") for name in _WIDE for off in (0, 1))
            if not known:
                yield from (piece.decode(name, "replace") for name in _CHARSETS)


def files(site: Path) -> Iterator[str]:
    """Every file of the site, hidden and unfinished ones too, in order."""
    for folder, folders, names in os.walk(site):
        folders.sort()
        for name in sorted(names):
            yield (Path(folder) / name).relative_to(site).as_posix()


def unpacked(file: Path) -> Iterator[Blob | Odd]:
    """The file, and all that is packed in it."""
    try:
        if file.stat().st_size > MAX_BYTES:
            yield Odd("too-large", f"larger than {MAX_BYTES} bytes: not looked through")
            return
        body = file.read_bytes()
    except OSError as error:
        yield Odd("file-unreadable", str(error.strerror))
        return
    yield from _opened(body, file.name, MAX_DEPTH)


def _opened(body: bytes, name: str, depth: int) -> Iterator[Blob | Odd]:
    yield Blob(body)
    for mark, kind in _CLOSED.items():
        if body.startswith(mark):
            yield Odd("member-unreadable", f"{kind} cannot be looked into")
    if not depth:
        yield Odd("archive-limit", "packed too deep: not looked through to its end")
        return
    for inner in _inside(body, name):
        if isinstance(inner, Odd):
            yield inner
        else:
            yield from _opened(inner[1], inner[0], depth - 1)


def _inside(body: bytes, name: str) -> Iterator[tuple[str, bytes] | Odd]:
    packed = _decompressed(body, name)
    if isinstance(packed, Odd):
        yield packed
    elif packed is not None:
        yield name.rpartition(".")[0], packed
    if body.startswith(b"PK\x03\x04"):
        yield from _zipped(body)
    if body.startswith(b"%PDF"):
        for found in _STREAM.finditer(body):
            stream = _inflated(body[found.end() :])
            if stream:
                yield "", stream
    for found in _DATA.finditer(body):
        try:
            yield "", base64.b64decode(re.sub(rb"[\s%]", b"", found[1]), validate=False)
        except binascii.Error:
            continue  # no base64 after all: its letters were looked through as they are


def _decompressed(body: bytes, name: str) -> bytes | Odd | None:
    source = io.BytesIO(body)
    try:
        if body.startswith(b"\x1f\x8b"):
            return _read(gzip.GzipFile(fileobj=source))
        if body.startswith(b"BZh"):
            return _read(bz2.BZ2File(source))
        if body.startswith(b"\xfd7zXZ\x00"):
            return _read(lzma.LZMAFile(source))
        if body.startswith(b"\x28\xb5\x2f\xfd"):
            return _read(zstandard.ZstdDecompressor().stream_reader(source, read_across_frames=True))
        if name.endswith(".br"):
            plain: bytes = brotli.Decompressor().process(body)
            return plain
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, zstandard.ZstdError, brotli.error) as error:
        return Odd("member-unreadable", f"{type(error).__name__}: {error}")
    return None


def _read(
    stream: io.BufferedIOBase | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile | zstandard.ZstdDecompressionReader,
) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(_BLOCK):
        size += len(piece)
        if size > MAX_BYTES:
            raise ValueError(f"more than {MAX_BYTES} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def _zipped(body: bytes) -> Iterator[tuple[str, bytes] | Odd]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for info in archive.infolist():
                yield "", info.filename.encode("utf-8", "replace")
                if info.file_size > MAX_BYTES:
                    yield Odd("archive-limit", f"a member larger than {MAX_BYTES} bytes: not looked through")
                elif not info.is_dir():
                    yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error, EOFError) as error:
        yield Odd("member-unreadable", f"{type(error).__name__}: {error}")


def _inflated(body: bytes) -> bytes:
    """A stream of a PDF as far as it can be read; most are compressed so, the rest were looked through as they are."""
    try:
        return zlib.decompressobj().decompress(body, MAX_BYTES)
    except zlib.error:
        return b""


def _is_utf8(piece: bytes) -> bool:
    """Whether it is UTF-8, though it may begin or end within a character."""
    try:
        piece.lstrip(_CONTINUED).decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
