"""The bytes of a web archive, unpacked and read forwards, segment by segment; where each of them lies. Never raises for the file's bytes."""

from __future__ import annotations

from typing import BinaryIO, NamedTuple

from generator.readers.warc.inflaters import PIECE_BYTES
from generator.readers.warc.members import Damage, Piece, Raw, Source


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
        self._raw = Raw(file, start, self.damages)
        self._source = Source(self._raw, dictionary, self.damages)
        self._pieces = self._source.pieces()
        self._next: Piece | None = None
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

    def go(self, offset: int) -> bool:
        """Go to an offset of a plain file; no where the file is packed, or cannot be read twice."""
        if self.packed or not self._raw.go(offset):
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
