"""Bytes inside bytes: a window on part of a file, and a stream that unpacks, with limits on all that they give out.

What is damaged, cut or too much is an OSError that says so, raised once all that is good was given out. Never writes.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast
from zlib import crc32

from generator.readers.packed.decoders import ERRORS, Decoder

WHOLE_BYTES = 64 * 1024 * 1024  # of what is held in memory at once
SPARE_BYTES = 1024 * 1024 * 1024  # that any archive may unpack to, however small it is
RATIO = 200  # times its own size that an archive may unpack to beyond that
BUFFER_BYTES = 64 * 1024
LOOK_BYTES = 2 * BUFFER_BYTES  # of a stream that are kept for going back to its beginning
STREAM_COST = 64 * 1024  # bytes that every further stream counts for, were it empty


class Damaged(OSError):  # noqa: N818 - says what is wrong with the bytes
    """The bytes are not what the archive says they are."""


class Beyond(OSError):  # noqa: N818 - says what is wrong with the bytes
    """More than is unpacked."""


class Budget:
    """How much may still be unpacked out of one file on disk, all that is nested in it included."""

    def __init__(self, packed: int) -> None:
        self.whole = SPARE_BYTES + RATIO * packed
        self._left = self.whole

    @property
    def spent(self) -> bool:
        return self._left < 0

    def spend(self, count: int) -> None:
        self._left -= count
        if self.spent:
            raise Beyond(f"more than {self.whole} bytes were unpacked")


class _Stream(io.RawIOBase):
    """Bytes given out step by step; what reads to the end at once learns of damage, what reads on and on sees an early end.

    `damage` then says what nobody was told.
    """

    budget: Budget
    damage = ""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._next(len(view))
        except Damaged as error:
            self.damage = self.damage or str(error)
            return 0
        view[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        if self.damage:
            told, self.damage = self.damage, ""
            raise Damaged(told)
        return _all(self._next)

    def _next(self, count: int) -> bytes:
        """At most so many of the next bytes, and none at the end only."""
        raise NotImplementedError


class Window(_Stream):
    """Part of a file that lies in it as it is; going back and forth costs nothing.

    Read from the beginning to the end, it is held against `crc`.
    """

    def __init__(self, file: BinaryIO, start: int, size: int, budget: Budget, crc: int | None = None) -> None:
        super().__init__()
        self.size, self.budget = size, budget
        self._file, self._start, self._stated = file, start, crc
        self._at = self._checked = self._crc = 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (0, self._at, self.size)[whence]
        if target < 0:
            raise OSError("before the beginning")
        self._at = target
        return target

    def _next(self, count: int) -> bytes:
        wanted = min(count, self.size - self._at)
        if wanted <= 0:
            if self._stated is not None and self._checked == self.size and self._crc != self._stated:
                raise Damaged("its checksum is wrong")
            return b""
        self._file.seek(self._start + self._at)
        data = self._file.read(wanted)
        if not data:
            raise Damaged(f"it is cut short after {self._at} of {self.size} bytes")
        if self._stated is not None and self._at == self._checked:
            self._crc = crc32(data, self._crc)
            self._checked += len(data)
        self._at += len(data)
        return data


class Flow(_Stream):
    """Part of a stream that runs past once: `read` gives its next bytes, and nobody else reads there meanwhile.

    A first look may be taken back, up to `LOOK_BYTES`.
    """

    def __init__(self, read: Callable[[int], bytes], size: int, budget: Budget) -> None:
        super().__init__()
        self.size, self.budget = size, budget
        self._read, self._looked, self._at, self._run = read, b"", 0, 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (0, self._at, self.size)[whence]
        if target != self._at and not (self._run == len(self._looked) and 0 <= target <= self._run):
            raise Beyond(_NO_WAY_BACK)
        self._at = target
        return target

    def _next(self, count: int) -> bytes:
        if self._at < self._run:
            data = self._looked[self._at : self._at + count]
            self._at += len(data)
            return data
        data = self._read(min(count, self.size - self._run))
        if self._run < self.size and not data:
            raise Damaged(f"it is cut short after {self._run} of {self.size} bytes")
        if self._run + len(data) <= LOOK_BYTES:
            self._looked += data
        self._run += len(data)
        self._at = self._run
        return data


class Unpacked(_Stream):
    """What a compressed stream unpacks to, as it is asked for.

    It can be begun again. Other ways back need the whole, which is then held in memory, up to `WHOLE_BYTES`. `size` and
    `crc` are what the archive states of it; without a size, as many streams as follow each other are one.
    """

    def __init__(
        self,
        packed: BinaryIO,
        begun: Callable[[], Decoder],
        budget: Budget,
        size: int | None = None,
        crc: int | None = None,
    ) -> None:
        super().__init__()
        self.size, self.budget = size, budget
        self._packed, self._begun, self._stated = packed, begun, crc
        self._whole: bytes | None = None
        self._at = 0
        self._restart()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        end = len(self._held()) if whence == io.SEEK_END else 0
        target = offset + (0, self._at, end)[whence]
        if target < 0:
            raise OSError("before the beginning")
        if target == self._at:
            return target
        if target == 0 and self._whole is None:
            self._restart()
        else:
            self._held()
            self._at = target
        return target

    def _restart(self) -> None:
        self._packed.seek(0)
        self._decoder = self._begun()
        self._at = self._crc = 0
        self._waiting, self._spare, self._ended = b"", b"", False

    def _held(self) -> bytes:
        if self._whole is None:
            if (self.size or 0) > WHOLE_BYTES:
                raise Beyond(_NO_WAY_BACK)
            at = self._at
            self._restart()
            self._whole = _all(self._next)
            self._at = at
        return self._whole

    def _next(self, count: int) -> bytes:
        if self._whole is not None:
            data = self._whole[self._at : self._at + count]
            self._at += len(data)
            return data
        if self.size is not None:
            count = min(count, self.size - self._at)
        data = (self._spare or self._unpacked(count)) if count else b""
        data, self._spare = data[:count], data[count:]
        self._at += len(data)
        if self._stated is not None:
            self._crc = crc32(data, self._crc)
        if not data:
            self._judge()
        return data

    def _judge(self) -> None:
        """At the end: whether this was what it should have been."""
        if self.size is not None and self._at < self.size:
            raise Damaged(f"it ends after {self._at} of {self.size} bytes")
        if self._stated is not None and self._crc != self._stated:
            raise Damaged("its checksum is wrong")

    def _unpacked(self, count: int) -> bytes:
        """The next bytes, none at the end only."""
        while not self._ended:
            hungry, data = self._decoder.needs_input, b""
            if hungry:
                data, self._waiting = self._waiting or self._packed.read(self._decoder.feed), b""
            try:
                given = self._decoder.decompress(data, count)
            except ERRORS as error:
                self._ended = True
                raise Damaged(f"it cannot be unpacked beyond its first {self._at} bytes: {error}") from error
            if self._decoder.eof:
                self._go_on()
            elif hungry and not data and not given:
                self._ended = True
                raise Damaged(f"it is cut short after {self._at} bytes")
            self.budget.spend(len(given))
            if given:
                return given
        return b""

    def _go_on(self) -> None:
        """Where a stream ends: the next one; what is none only fills the file up."""
        rest = (self._decoder.unused_data or self._packed.read(self._decoder.feed)).lstrip(b"\x00")
        self._ended = self.size is not None or not rest
        if self._ended:
            return
        try:
            self._begun().decompress(rest, 1)
        except ERRORS:
            self._ended = True
            return
        self.budget.spend(STREAM_COST)
        self._decoder, self._waiting = self._begun(), rest


def buffered(raw: io.RawIOBase) -> BinaryIO:
    """A stream of ours as a file to read."""
    return cast("BinaryIO", io.BufferedReader(raw, BUFFER_BYTES))


def budget(file: BinaryIO) -> Budget:
    """The budget of the file on disk in which this file lies, or its own."""
    raw = getattr(file, "raw", None)
    if isinstance(raw, _Stream):
        return raw.budget
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return Budget(size)


def jumps(file: BinaryIO) -> bool:
    """Whether it costs little to go back and forth in the file."""
    raw = getattr(file, "raw", None)
    if not isinstance(raw, Unpacked):
        return not isinstance(raw, Flow)
    try:
        file.seek(0, io.SEEK_END)
        file.seek(0)
    except OSError:
        return False
    return True


_NO_WAY_BACK = f"it is compressed inside another archive and larger than {WHOLE_BYTES} bytes: unpack that one first"


def _all(following: Callable[[int], bytes]) -> bytes:
    found: list[bytes] = []
    size = 0
    while data := following(BUFFER_BYTES * 16):
        size += len(data)
        if size > WHOLE_BYTES:
            raise Beyond(f"it has more than {WHOLE_BYTES} bytes")
        found.append(data)
    return b"".join(found)
