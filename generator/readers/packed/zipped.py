"""A ZIP's records: out of its directory, or from header to header where that is lost.

Not the standard library's `zipfile`: that gives a whole archive up for one broken record, keeps half a kilobyte for each
member, and reads nothing of what was cut. Trusts no length and no offset that it has not held against the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from zlib import crc32

from generator.readers.packed.decoders import ERRORS, IN_ZIPS
from generator.readers.packed.unpacking import Beyond, Budget, Damaged, Window, buffered

TAIL_BYTES = 65_535 + 22 + 76  # where the directory's end is looked for: the longest comment, and ZIP64's records
TRIES = 16  # signatures of an end that are tried
STEP_BYTES = 64 * 1024

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END64, _LOCATOR64, _DESCRIPTOR = b"PK\x06\x06", b"PK\x06\x07", b"PK\x07\x08"
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENDING = struct.Struct("<4s4H2LH")
_ENDING64 = struct.Struct("<4sQ2H2L4Q")
UNKNOWN = -1  # a length
FAR = 2**62  # bytes into a file: no file is so long
_FULL = 0xFFFFFFFF  # the number stands in ZIP64's field
_DESCRIBED = 0x08  # the lengths follow the data


class Directory(NamedTuple):
    """Where a ZIP's directory lies; `shift` is how far everything lies behind where it is said to."""

    start: int
    size: int
    shift: int
    volumes: int


class Record(NamedTuple):
    """One member as the ZIP states it. `at` is its header's place in the file, `place` its record's."""

    name: bytes
    extra: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    attributes: int
    at: int
    place: int


def directory(file: BinaryIO, length: int) -> Directory | None:
    """The directory at the file's end; None where there is none that begins as one does.

    One that lists nothing is believed only where no other does, and no member begins the file: a comment may hold its like.
    """
    base = max(length - TAIL_BYTES, 0)
    file.seek(base)
    tail = file.read(TAIL_BYTES)
    at = len(tail)
    empty = None
    for _ in range(TRIES):
        at = tail.rfind(END, 0, at + 3)
        if at < 0:
            break
        found = _directory(file, length, base + at, tail[at : at + _ENDING.size])
        if found and found.size:
            return found
        empty = empty or found
    return None if _bytes(file, 0, len(LOCAL), length) == LOCAL else empty


def listed(file: BinaryIO, place: Directory, budget: Budget) -> Iterator[Record]:
    """Every record of the directory, in its order. Raises Damaged where one is none."""
    source = buffered(Window(file, place.start, place.size, budget))
    at = 0
    while at + _CENTRAL.size <= place.size:
        found = _record(source, place.start + at, place.shift)
        yield found[0]
        at += found[1]


def record(file: BinaryIO, place: int, shift: int) -> Record:
    """The one record at that place. Raises Damaged."""
    file.seek(place)
    return _record(file, place, shift)[0]


def walked(file: BinaryIO, length: int, budget: Budget) -> Iterator[Record | Damaged]:
    """Every member from header to header, and what is in the way. The place of each is its number."""
    at = _next(file, 0, LOCAL)
    number = 0
    while at is not None:
        file.seek(at)
        head = file.read(_LOCAL.size)
        if head[:4] in (CENTRAL, END, _END64, b"PK\x06\x08"):
            return
        try:
            if head[:4] != LOCAL or len(head) < _LOCAL.size:
                raise Damaged(f"no member begins at byte {at}, where one should")
            found, end = _member(file, at, head, length, budget)
        except Damaged as error:
            yield error
            at = _next(file, at + 1, LOCAL)
        except Beyond as error:
            yield Damaged(str(error))
            return
        else:
            yield found._replace(place=number)
            if end > length:
                yield Damaged(f"the file ends at byte {length}, within a member that begins at byte {at}")
            number += 1
            at = end if end < length else None


def data_start(file: BinaryIO, at: int) -> int:
    """Where a member's data begin, its header being at that place. Raises Damaged."""
    if not 0 <= at < FAR:
        raise Damaged(f"it is said to begin at byte {at}")
    file.seek(at)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or head[:4] != LOCAL:
        raise Damaged(f"no member begins at byte {at}, where one should")
    name, extra = _LOCAL.unpack(head)[-2:]
    return int(at + _LOCAL.size + name + extra)


def fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """The extra fields of a record."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        yield kind, extra[at + 4 : at + 4 + size]
        at += 4 + size


def _directory(file: BinaryIO, length: int, here: int, raw: bytes) -> Directory | None:
    if len(raw) < _ENDING.size:
        return None
    _, disk, _, _, count, size, offset, _ = _ENDING.unpack(raw)
    ending = here
    file.seek(max(here - 20, 0))
    locator = file.read(20)
    if here >= 20 and locator[:4] == _LOCATOR64:
        for place in (int.from_bytes(locator[8:16], "little"), here - 20 - _ENDING64.size):
            raw64 = _bytes(file, place, _ENDING64.size, length)
            if raw64[:4] == _END64:
                ending = place
                *_, disk, _, _, count, size, offset = _ENDING64.unpack(raw64)
                break
    for start in dict.fromkeys((ending - size, offset)):
        if start >= 0 and start + size <= length and (_bytes(file, start, 4, length) == CENTRAL or not (count or size)):
            return Directory(start, size, start - offset, disk + 1)
    return None


def _bytes(file: BinaryIO, at: int, count: int, length: int) -> bytes:
    if not 0 <= at <= length - count:
        return b""
    file.seek(at)
    return file.read(count)


def _record(source: BinaryIO, place: int, shift: int) -> tuple[Record, int]:
    raw = source.read(_CENTRAL.size)
    if len(raw) < _CENTRAL.size or raw[:4] != CENTRAL:
        raise Damaged(f"the directory's record at byte {place} is none")
    (_, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, mode, at) = _CENTRAL.unpack(raw)
    rest = source.read(name + extra + comment)
    if len(rest) < name + extra + comment:
        raise Damaged(f"the directory's record at byte {place} is cut short")
    more = rest[name : name + extra]
    if _FULL in (size, packed, at):
        size, packed, at = _wide(more, size, packed, at)
    found = Record(rest[:name], more, flags, method, crc, packed, size, mode >> 16, mode & 0xFF, at + shift, place)
    return found, _CENTRAL.size + len(rest)


def _wide(extra: bytes, *numbers: int) -> tuple[int, ...]:
    """The numbers, those that do not fit taken from ZIP64's field, where they stand in this order."""
    raw = next((value for kind, value in fields(extra) if kind == 1), b"")
    wide = [int.from_bytes(raw[at : at + 8], "little") for at in range(0, len(raw) - 7, 8)]
    return tuple(wide.pop(0) if number == _FULL and wide else number for number in numbers)


def _member(file: BinaryIO, at: int, head: bytes, length: int, budget: Budget) -> tuple[Record, int]:
    """The member whose header stands there, and where the next one should. Raises Damaged, and Beyond."""
    _, _, flags, method, _, _, crc, packed, size, name, extra = _LOCAL.unpack(head)
    rest = file.read(name + extra)
    if _FULL in (size, packed):
        size, packed = _wide(rest[name:], size, packed)
    start = at + _LOCAL.size + name + extra
    if start > length:
        raise Damaged(f"the file ends at byte {length}, within the header of a member")
    if flags & _DESCRIBED and not packed and not flags & 1:
        packed, size, crc = _measured(file, start, method, length, budget)
    found = Record(rest[:name], rest[name:], flags, method, crc, packed, size, 0, 0, at, 0)
    end = start + packed
    following = _bytes(file, end, max(min(28, length - end), 0), length)  # a descriptor, perhaps
    scraps = len(following) if len(following) < 28 else 0
    behind = min((place for one in (LOCAL, CENTRAL) if (place := following.find(one)) >= 0), default=scraps)
    return found, end + behind


def _measured(file: BinaryIO, start: int, method: int, length: int, budget: Budget) -> tuple[int, int, int]:
    """The packed length, the length and the checksum of data whose header states none; no length where the file ends before."""
    if method == 0:
        return _stored(file, start, length, budget)
    if method not in IN_ZIPS:
        raise Damaged(f"the member at byte {start} states no length and is compressed in an unknown way")
    source = Window(file, start, length - start, budget)
    work = IN_ZIPS[method]()
    fed = size = crc = 0
    while not work.eof:
        hungry, data = work.needs_input, b""
        if hungry:
            source.seek(fed)
            data = source.read(work.feed) or b""
            fed += len(data)
        try:
            given = work.decompress(data, STEP_BYTES)
        except ERRORS as error:
            raise Damaged(f"the data at byte {start} cannot be unpacked: {error}") from error
        if hungry and not data and not given:
            return length - start + 1, UNKNOWN, 0
        budget.spend(len(given) + len(data))
        size, crc = size + len(given), crc32(given, crc)
    return fed - len(work.unused_data), size, crc


def _stored(file: BinaryIO, start: int, length: int, budget: Budget) -> tuple[int, int, int]:
    """Data that lie there as they are: up to a descriptor that states just that length."""
    at = _next(file, start, _DESCRIPTOR)
    while at is not None:
        budget.spend(STEP_BYTES)
        raw = _bytes(file, at, 16, length)
        if raw[8:12] == raw[12:16] == struct.pack("<L", (at - start) & _FULL):
            budget.spend(at - start)
            return at - start, at - start, int.from_bytes(raw[4:8], "little")
        at = _next(file, at + 1, _DESCRIPTOR)
    budget.spend(length - start)
    raise Damaged(f"the data at byte {start} state no length, and nothing tells where they end")


def _next(file: BinaryIO, at: int, signature: bytes) -> int | None:
    """Where the signature stands next."""
    tail = b""
    while True:
        file.seek(at)
        block = file.read(STEP_BYTES)
        found = (tail + block).find(signature)
        if found >= 0:
            return at - len(tail) + found
        if not block:
            return None
        at += len(block)
        tail = (tail + block)[-3:]
