"""The bytes of a web archive, unpacked: plain, in gzip members or in Zstandard frames, forwards only.

Knows where a record may begin and nothing else of WARC. Never raises for the file's bytes: what is broken becomes a
`Damage` with its offset, and the reading goes on at the next member that can be unpacked.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple, Protocol

CHUNK_BYTES = 64 * 1024  # read from the file at once
PIECE_BYTES = 1024 * 1024  # unpacked at once
FIRST_BYTES = 512  # of a member, before it is said whether a record begins there
MAX_RATIO = 250  # what a member may be larger unpacked,
FREE_BYTES = 64 * 1024 * 1024  # once it is larger than this
MAX_TRIALS = 20_000  # of places in a damaged file where a member might begin
MAX_WINDOW_BYTES = 64 * 1024 * 1024  # of a Zstandard frame
MAX_DICTIONARY_BYTES = 16 * 1024 * 1024
ZSTD_STEP_BYTES = 1024  # a frame may unpack this much to 32 MiB

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
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


class Spot(NamedTuple):
    """Where something lies: the offset of its segment in the file, and the distance from there, unpacked."""

    offset: int
    within: int
    packed: bool

    def __str__(self) -> str:
        if not self.packed:
            return str(self.offset + self.within)
        return f"{self.offset}+{self.within}" if self.within else str(self.offset)

    @property
    def again(self) -> int | None:
        """The offset at which a new `Stream` would begin with what lies here; None where there is none."""
        if not self.packed:
            return self.offset + self.within
        return None if self.within else self.offset


class Stream:
    """An archive's bytes unpacked, read forwards.

    They lie in *segments*, and a reading never runs over the end of one: a plain file is one segment; in a compressed
    one, a segment begins with each member that begins with a record. `damages` is what has been met so far.
    """

    def __init__(self, file: BinaryIO, start: int = 0, dictionary: bytes = b"") -> None:
        self.damages: list[Damage] = []
        self._file = file
        self._raw = _Raw(file, start, self.damages)
        self._source = _Source(self._raw, dictionary, self.damages)
        self._pieces = self._source.pieces()
        self._next: _Piece | None = None
        self._buffer = b""
        self._at = 0
        self._used = 0  # bytes of this segment before the buffer's position
        self._offset = start  # of this segment in the file
        self.packed = self._source.packed
        self.cross()

    @property
    def dictionary(self) -> bytes:
        """What the frames of this file are unpacked with."""
        return self._source.dictionary

    @property
    def passed(self) -> int:
        """How many bytes of the file have been read."""
        return self._raw.offset

    @property
    def spot(self) -> Spot:
        """Where the next byte lies."""
        return Spot(self._offset, self._used, self.packed)

    def peek(self, size: int) -> bytes:
        """The next bytes, fewer only at the segment's end; they stay."""
        if len(self._buffer) - self._at < size:
            self._fill(size)
        return self._buffer[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """The next bytes, fewer only at the segment's end."""
        held = len(self._buffer) - self._at
        if held >= size:
            data = self._buffer[self._at : self._at + size]
            self._at += size
            self._used += size
            return data
        parts = [self._buffer[self._at :]]
        self._buffer, self._at = b"", 0
        while held < size and (piece := self._piece()):
            parts.append(piece)
            held += len(piece)
        if held > size:
            last = parts.pop()
            cut = len(last) - (held - size)
            parts.append(last[:cut])
            self._buffer, self._at = last, cut
        data = b"".join(parts)
        self._used += len(data)
        return data

    def skip(self, size: int) -> int:
        """Pass over the next bytes, and say how many there were."""
        left = size
        while left:
            passed = len(self.read(min(left, PIECE_BYTES)))
            if not passed:
                break
            left -= passed
        return size - left

    def advance(self, size: int) -> None:
        """Pass over bytes that a peek has shown."""
        self._at += size
        self._used += size

    def push(self, data: bytes) -> None:
        """Put back what was read last."""
        self._buffer, self._at = data + self._buffer[self._at :], 0
        self._used -= len(data)

    def back(self, offset: int) -> bool:
        """Go back to an offset of a plain file; no where the file is packed, or cannot be read twice."""
        if self.packed or not self._raw.back(offset):
            return False
        self._buffer, self._at = b"", 0
        self._used = offset - self._offset
        self._pieces = self._source.plain()
        return True

    def cross(self) -> bool:
        """Go over to the next segment; what is left of this one is dropped. No at the file's end."""
        while self._next is None and self._piece():
            pass
        if self._next is None:
            self._buffer, self._at = b"", 0
            return False
        self._buffer, self._at, self._used, self._offset = self._next.data, 0, 0, self._next.offset
        self._next = None
        return True

    def _fill(self, size: int) -> None:
        while len(self._buffer) - self._at < size and (piece := self._piece()):
            self._buffer, self._at = self._buffer[self._at :] + piece, 0

    def _piece(self) -> bytes:
        """The next bytes of this segment, none at its end."""
        if self._next is not None:
            return b""
        for piece in self._pieces:
            if piece.seam:
                self._next = piece
                return b""
            if piece.data:
                return piece.data
        return b""


class _Piece(NamedTuple):
    data: bytes
    offset: int = 0
    seam: bool = False  # a segment begins with this


class _Raw:
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

    def back(self, offset: int) -> bool:
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


class _Inflater(Protocol):
    """One member or frame being unpacked; `left` is what of its input was not used yet, or lies behind its end."""

    eof: bool
    left: bytes

    def unpack(self, data: bytes) -> bytes: ...


class _Source:
    """The unpacked pieces of the file, each with where its member begins."""

    def __init__(self, raw: _Raw, dictionary: bytes, damages: list[Damage]) -> None:
        self._raw = raw
        self._damages = damages
        self._trials = 0
        self.dictionary = dictionary
        head = raw.look(8)
        self.packed = head.startswith((GZIP, ZSTD)) or bool(_SKIPPABLE.match(head))

    def pieces(self) -> Iterator[_Piece]:
        if not self.packed:
            yield _Piece(b"", self._raw.offset, seam=True)
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
                    yield _Piece(piece.data, piece.offset, seam)
                    first = torn = False
            torn = not whole

    def plain(self) -> Iterator[_Piece]:
        while data := self._raw.take():
            yield _Piece(data)

    def _inflater(self) -> _Inflater | None:
        """What unpacks the member that begins here, if one does."""
        head = self._raw.look(8)
        while found := _SKIPPABLE.match(head):
            if not self._frame(int.from_bytes(found[1], "little")):
                return None
            head = self._raw.look(8)
        if head.startswith(GZIP):
            return _Gzip()
        return _Zstd(self.dictionary) if head.startswith(ZSTD) else None

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
            self.dictionary = _dictionary(b"".join(kept)[8:])
            if not self.dictionary:
                self._damages.append(Damage(str(place), "the dictionary cannot be read"))
        return not left

    def _member(self, inflater: _Inflater) -> Iterator[_Piece | None]:
        """What a member holds; None at last, where it is damaged: the rest is looked for behind the damage."""
        offset, size, given, whole = self._raw.offset, 0, False, False
        first: list[bytes] = []
        while not whole:
            data = inflater.left or self._raw.take()
            try:
                piece = inflater.unpack(data) if data else b""
            except _UnpackError as error:
                self._resume(offset, data, f"a compressed member is damaged ({error}); what came before that was read")
                break
            if not data:
                self._damages.append(Damage(str(offset), "the file ends in the middle of a compressed member"))
                break
            whole = inflater.eof
            size += len(piece)
            first.append(piece)
            if whole or given or size >= FIRST_BYTES:
                yield _Piece(b"".join(first) if first[1:] else piece, offset, not given)
                given = True
                first.clear()
            if size > FREE_BYTES and size > MAX_RATIO * (self._raw.offset - len(inflater.left) - offset):
                message = f"a compressed member is more than {MAX_RATIO} times larger unpacked; the rest of it was left"
                self._resume(offset, inflater.left, message, "archive-limit")
                whole = False
                break
        if whole:
            self._raw.put_back(inflater.left)
            return
        if first:
            yield _Piece(b"".join(first), offset, not given)
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
            trial: _Inflater = _Gzip() if found[0].startswith(GZIP) else _Zstd(self.dictionary)
            try:
                if trial.unpack(data[found.start() : found.start() + CHUNK_BYTES // 4]):
                    return found.start()
            except _UnpackError:
                continue
        return None


class _UnpackError(Exception):
    """What a member holds cannot be unpacked."""


class _Gzip:
    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self.eof = False
        self.left = b""

    def unpack(self, data: bytes) -> bytes:
        try:
            piece = self._inflater.decompress(data, PIECE_BYTES)
        except zlib.error as error:
            raise _UnpackError(str(error).rpartition(": ")[2]) from error
        self.eof = self._inflater.eof
        self.left = self._inflater.unused_data if self.eof else self._inflater.unconsumed_tail
        return piece


class _Zstd:
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
            raise _UnpackError(str(error)) from error
        self.eof = self._frame.eof
        self.left = (self._frame.unused_data if self.eof else b"") + data[at:]
        return b"".join(pieces)


def _dictionary(data: bytes) -> bytes:
    """A dictionary, which may be packed itself."""
    if not data.startswith(ZSTD):
        return data
    frame = _Zstd(b"")
    pieces: list[bytes] = []
    try:
        while not frame.eof and data:
            pieces.append(frame.unpack(data))
            data = frame.left
            if sum(map(len, pieces)) > MAX_DICTIONARY_BYTES:
                return b""
    except _UnpackError:
        return b""
    return b"".join(pieces)
