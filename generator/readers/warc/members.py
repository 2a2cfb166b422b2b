"""The file of a web archive, unpacked piece by piece: plain, or member after member, frame after frame.

Knows where a record may begin and nothing else of WARC. Never raises for the file's bytes: what is broken becomes a
`Damage` with its offset, and the reading goes on at the next member that can be unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple

from generator.readers.warc.inflaters import (
    GZIP,
    MAX_DICTIONARY_BYTES,
    ZSTD,
    Gzip,
    Inflater,
    UnpackError,
    Zstd,
    dictionary,
)

CHUNK_BYTES = 64 * 1024  # read from the file at once
FIRST_BYTES = 512  # of a member, before it is said whether a record begins there
MAX_RATIO = 250  # what a member may be larger unpacked,
FREE_BYTES = 64 * 1024 * 1024  # once it is larger than this;
SPARE_BYTES = (
    1024 * 1024 * 1024
)  # once members packed so well have come to this together, that is so of smaller ones too
LEAST_BYTES = 1024 * 1024  # down to this
MAX_TRIALS = 20_000  # of places in a damaged file where a member might begin

_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18(....)", re.DOTALL)
_DICTIONARY = b"\x5d\x2a\x4d\x18"
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|\x28\xb5\x2f\xfd")
_WARC = re.compile(rb"\s{0,9}WARC/\d{1,2}\.\d{1,2}[ \t]{0,9}\r?\n")
_ARC = re.compile(
    rb"\s{0,9}([a-z][a-z0-9+.-]{1,20}:[^\r\n]{1,4000}?) ([0-9A-Fa-f.:]{1,45}|-) (\d{8,17}) ([^\r\n]{1,4000}? )?(\d{1,18})\r?\n"
)

Code = Literal["archive-damaged", "archive-limit"]


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong in the file: at which place, and what became of the rest."""

    place: str
    message: str
    code: Code = "archive-damaged"
    between: bool = False  # and in no record


def begins(data: bytes) -> bool:
    """Whether a record begins here: of a WARC, or of an ARC."""
    return data.startswith(b"WARC/1.") or bool(_WARC.match(data) or _ARC.match(data))


def arc_line(data: bytes) -> re.Match[bytes] | None:
    """The head of an ARC record: address, IP address, date, media type and more, length."""
    return _ARC.match(data)


class Piece(NamedTuple):
    data: bytes
    offset: int = 0
    seam: bool = False  # a segment begins with this


class Raw:
    """The file as it lies, in chunks, with bytes that were not needed put back."""

    def __init__(self, file: BinaryIO, start: int, damages: list[Damage]) -> None:
        self._file = file
        self._damages = damages
        self._held = b""
        self._failed = False
        self.offset = start  # of what `take` gives next

    def take(self) -> bytes:
        data, self._held = self._held or self._read(), b""
        self.offset += len(data)
        return data

    def put_back(self, data: bytes) -> None:
        self._held = data + self._held
        self.offset -= len(data)

    def look(self, size: int) -> bytes:
        while len(self._held) < size and (more := self._read()):
            self._held += more
        return self._held[:size]

    def go(self, offset: int) -> bool:
        try:
            self._file.seek(offset)
        except OSError:  # a member that runs past once
            return False
        self._held, self.offset = b"", offset
        return True

    def _read(self) -> bytes:
        if self._failed:
            return b""
        try:
            return self._file.read(CHUNK_BYTES)
        except OSError as error:
            self._failed = True
            self._damages.append(Damage(str(self.offset), f"the file cannot be read further: {error}"))
            return b""


class Source:
    """The unpacked pieces of the file, each with where its member begins."""

    def __init__(self, raw: Raw, dictionary: bytes, damages: list[Damage]) -> None:
        self._raw = raw
        self._damages = damages
        self._trials = 0
        self._spare = SPARE_BYTES
        self.dictionary = dictionary
        head = raw.look(8)
        self.packed = head.startswith((GZIP, ZSTD)) or bool(_SKIPPABLE.match(head))

    def pieces(self) -> Iterator[Piece]:
        if not self.packed:
            yield Piece(b"", self._raw.offset, seam=True)
            yield from self.plain()
            return
        first = torn = True
        while self._raw.look(1):
            inflater = self._inflater()
            if inflater is None:
                torn = self._search() or torn
                continue
            whole = True
            for piece in self._member(inflater):
                whole = piece is not None
                if piece is not None:
                    seam = piece.seam and (first or torn or begins(piece.data))
                    yield Piece(piece.data, piece.offset, seam)
                    first = torn = False
            torn = not whole

    def plain(self) -> Iterator[Piece]:
        while data := self._raw.take():
            yield Piece(data)

    def _inflater(self) -> Inflater | None:
        """What unpacks the member that begins here, if one does."""
        head = self._raw.look(8)
        while found := _SKIPPABLE.match(head):
            if not self._frame(int.from_bytes(found[1], "little")):
                return None
            head = self._raw.look(8)
        if head.startswith(GZIP):
            return Gzip()
        return Zstd(self.dictionary) if head.startswith(ZSTD) else None

    def _frame(self, size: int) -> bool:
        """Pass over a frame that holds no records, but perhaps the dictionary for those that do."""
        named = self._raw.look(4) == _DICTIONARY
        place = self._raw.offset
        left = size + 8
        kept: list[bytes] = []
        while left and (data := self._raw.take()):
            if named and size <= MAX_DICTIONARY_BYTES:
                kept.append(data[:left])
            self._raw.put_back(data[left:])
            left -= min(left, len(data))
        if kept and not self.dictionary and not left:
            self.dictionary = dictionary(b"".join(kept)[8:])
            if not self.dictionary:
                self._damages.append(Damage(str(place), "the dictionary cannot be read"))
        return not left

    def _member(self, inflater: Inflater) -> Iterator[Piece | None]:
        """What a member holds; None at last, where it is damaged: the rest is looked for behind the damage."""
        offset, size, given, whole = self._raw.offset, 0, False, False
        first: list[bytes] = []
        while not whole:
            data = inflater.left or self._raw.take()
            try:
                piece = inflater.unpack(data) if data else b""
            except UnpackError as error:
                self._resume(offset, data, f"a compressed member is damaged ({error}); what came before that was read")
                break
            if not data:
                self._damages.append(Damage(str(offset), "the file ends in the middle of a compressed member"))
                break
            whole = inflater.eof
            size += len(piece)
            first.append(piece)
            if whole or given or size >= FIRST_BYTES:
                yield Piece(b"".join(first) if first[1:] else piece, offset, not given)
                given = True
                first.clear()
            dense = size > MAX_RATIO * (self._raw.offset - len(inflater.left) - offset)
            self._spare -= len(piece) if dense else 0
            if dense and size > (FREE_BYTES if self._spare > 0 else LEAST_BYTES):
                message = f"a compressed member is more than {MAX_RATIO} times larger unpacked; the rest of it was left"
                self._resume(offset, inflater.left, message, "archive-limit")
                whole = False
                break
        if whole:
            self._raw.put_back(inflater.left)
            return
        if first:
            yield Piece(b"".join(first), offset, not given)
        yield None

    def _resume(self, offset: int, data: bytes, message: str, code: Code = "archive-damaged") -> None:
        """Note the damage in a member, and go on with what of it was read last: a whole member may lie in that."""
        self._damages.append(Damage(str(offset), message, code))
        start = self._raw.offset - len(data)
        self._raw.put_back(data[1:] if start == offset else data)
        self._search(quiet=True)

    def _search(self, *, quiet: bool = False) -> bool:
        """Pass over bytes up to the next member; whether these were more than padding."""
        start, filled = self._raw.offset, False
        while data := self._raw.take():
            data += self._more(data)
            found = self._found(data)
            filled |= bool(data[:found].strip(b"\x00\r\n"))
            if found is not None:
                self._raw.put_back(data[found:])
                break
        if filled and not quiet:
            passed = self._raw.offset - start
            message = f"{passed} bytes that are no compressed member were passed over"
            self._damages.append(Damage(str(start), message, between=True))
        return filled

    def _more(self, data: bytes) -> bytes:
        """Enough behind a place that looks like a member's beginning for a trial."""
        if not _MEMBER.search(data[-CHUNK_BYTES // 4 :]) and not data.endswith((GZIP, GZIP[:2], GZIP[:1], ZSTD[:3])):
            return b""
        return self._raw.take()

    def _found(self, data: bytes) -> int | None:
        for found in _MEMBER.finditer(data):
            if self._trials >= MAX_TRIALS:
                if self._trials == MAX_TRIALS:
                    message = "the file is damaged in too many places; the rest of it was left"
                    self._damages.append(Damage(str(self._raw.offset), message, "archive-limit"))
                    self._trials += 1
                return None
            self._trials += 1
            trial: Inflater = Gzip(strict=True) if found[0].startswith(GZIP) else Zstd(self.dictionary)
            try:
                if trial.unpack(data[found.start() : found.start() + CHUNK_BYTES // 4]):
                    return found.start()
            except UnpackError:
                continue
        return None
