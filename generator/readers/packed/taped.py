"""A tar's headers: old, POSIX and GNU's, with long names and extended headers, from a file or from a stream.

Not the standard library's `tarfile`: that believes lengths which make it take gigabytes, keeps every member, and ends at the
first damaged header. Here a damaged header is skipped up to the next good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from generator.readers.packed import charsets

BLOCK = 512
MAX_HEADER_BYTES = 1024 * 1024  # of the long names and extended headers before one member
MAX_EXTENDED = 16  # of them; no tar needs more than four
MAX_TROUBLES = 100  # told one by one
SKIP_BYTES = 256 * 1024
MAX_PIECES = 10_000  # blocks that list the pieces of a sparse file
DIGITS = 19  # of a length in an extended header, and no more

_RECORD = re.compile(rb"(\d{1,7}) ([^=\n]{1,200})=")
_LINKS, _LONG = (b"1", b"2"), (b"L", b"K", b"x", b"X", b"g")
_NOTHING = (b"5", b"V", b"D", b"N", b"M")  # folders, labels, lists of folders, what began on another tape
_OCTAL = frozenset(b"01234567")


class Header(NamedTuple):
    """One member: where its header and its data begin, and what it is."""

    name: str
    at: int
    data: int
    size: int
    kind: bytes
    target: str
    sparse: bool


def is_header(raw: bytes) -> bool:
    """Whether a block is a tar's header: its checksum says so."""
    if len(raw) < BLOCK or not raw[0]:
        return False
    stated = _number(raw[148:156])
    if stated <= 0:
        return False
    rest = raw[:148] + raw[156:BLOCK]
    total = sum(rest) + 8 * ord(" ")
    return stated == total or stated == total - 256 * sum(byte > 127 for byte in rest)  # old tars had signed bytes


@dataclass(slots=True)
class Tape:
    """A tar as it is read forward. Where its length is known, what is not wanted is jumped over.

    `closed` says that the blocks were met that end a tar; `troubles` what was wrong.
    """

    file: BinaryIO
    length: int | None
    at: int = 0
    closed: bool = False
    troubles: list[str] = field(default_factory=list)

    def headers(self) -> Iterator[Header]:
        """Every member; the tape stands at its data until the next is asked for."""
        stated: dict[str, str] = {}
        chain = length = 0  # of the extended headers before a member
        first, raw = self.at, self.read(BLOCK)
        while len(raw) == BLOCK and raw.strip(b"\0"):
            kind = raw[156:157]
            if not is_header(raw):
                raw = self._resumed()
                stated, chain, length, first = {}, 0, 0, self.at - len(raw)
                continue
            if kind in _LONG:
                size = _number(raw[124:136])
                chain, length = chain + 1, length + max(size, 0)
                stated |= self._extended(kind, size, excess=chain > MAX_EXTENDED or length > MAX_HEADER_BYTES)
                raw = self.read(BLOCK)
                continue
            found = self._header(raw, first, stated)
            end = self.at + _padded(found.size)
            if kind not in _NOTHING:
                yield found
            self.skip(end - self.at)
            stated, chain, length, first, raw = {}, 0, 0, self.at, self.read(BLOCK)
        self.closed = len(raw) == BLOCK

    def read(self, count: int) -> bytes:
        data = self.file.read(count)
        self.at += len(data)
        return data

    def skip(self, count: int) -> None:
        if self.length is not None:
            self.at = min(self.at + max(count, 0), self.length)
            self.file.seek(self.at)
            return
        while count > 0 and (data := self.read(min(count, SKIP_BYTES))):
            count -= len(data)

    def _header(self, raw: bytes, first: int, stated: dict[str, str]) -> Header:
        kind, size = raw[156:157], _number(raw[124:136])
        sparse = kind == b"S" or any(name.startswith("GNU.sparse.") for name in stated)
        if kind == b"S":
            self._skip_pieces(raw)
        longer = stated.get("size", "")
        if longer.isascii() and longer.isdigit() and len(longer) < DIGITS:
            size = int(longer)
        if size < 0:
            self._trouble(f"the header at byte {first} states no length that can be meant")
        name, target = stated.get("path") or _name(raw), stated.get("linkpath") or _letters(raw[157:257])
        return Header(name, first, self.at, 0 if kind in _LINKS else max(size, 0), kind, target, sparse)

    def _extended(self, kind: bytes, size: int, *, excess: bool) -> dict[str, str]:
        """What stands before a member about it: a long name, or records."""
        end = self.at + _padded(max(size, 0))
        if excess or size < 0:
            self._trouble(
                f"the extended header at byte {self.at} was left: before one member, {MAX_EXTENDED} of them "
                f"or {MAX_HEADER_BYTES} bytes are read"
            )
            self.skip(end - self.at)
            return {}
        raw = self.read(size)
        self.skip(end - self.at)
        if kind in (b"L", b"K"):
            return {"path" if kind == b"L" else "linkpath": _letters(raw)}
        return {} if kind == b"g" else dict(_records(raw))

    def _skip_pieces(self, raw: bytes) -> None:
        """Pass over the further blocks that list a sparse file's pieces."""
        more = raw[482:483]
        for _ in range(MAX_PIECES):
            if not more.strip(b"\0"):
                return
            more = self.read(BLOCK)[504:505]

    def _resumed(self) -> bytes:
        """The next block that is a header; nothing where there is none."""
        bad = self.at - BLOCK
        while len(raw := self.read(BLOCK)) == BLOCK:
            if raw[257:262] == b"ustar" and is_header(raw):
                self._trouble(f"the header at byte {bad} is damaged; reading went on at byte {self.at - BLOCK}")
                return raw
        self._trouble(f"the header at byte {bad} is damaged, and none follows")
        return b""

    def _trouble(self, message: str) -> None:
        if len(self.troubles) <= MAX_TROUBLES:
            self.troubles.append(message if len(self.troubles) < MAX_TROUBLES else "there are more such places")


def _number(raw: bytes) -> int:
    """A number in octal digits, or in bytes where it is large; below nothing where it is none."""
    if raw[0] & 0x80:
        return int.from_bytes(bytes([raw[0] & 0x7F]) + raw[1:], "big") if raw[0] == 0x80 else -1
    digits = raw.split(b"\0", 1)[0].strip()
    if not digits:
        return 0
    return int(digits, 8) if set(digits) <= _OCTAL else -1


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _name(raw: bytes) -> str:
    name = raw[:100].split(b"\0", 1)[0]
    prefix = raw[345:500].split(b"\0", 1)[0] if raw[257:263] == b"ustar\0" else b""
    return _letters(prefix + b"/" + name if prefix else name)


def _letters(raw: bytes) -> str:
    bare = raw.split(b"\0", 1)[0]
    return bare.decode(charsets.charset([bare]), "replace")


def _records(raw: bytes) -> Iterator[tuple[str, str]]:
    """The records of an extended header; what comes after one that is none is left."""
    at = 0
    while found := _RECORD.match(raw, at):
        end = at + int(found[1])
        if not found.end() < end <= len(raw):
            return
        yield found[2].decode("utf-8", "replace"), raw[found.end() : end - 1].decode("utf-8", "replace")
        at = end
