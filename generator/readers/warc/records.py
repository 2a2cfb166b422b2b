"""The records of a web archive, WARC or ARC, one after the other, whatever their lengths claim.

`warcio` reads the heads. Where a record does not end where it says, its end is looked for: at the next record, or at the
end of its compressed member. Every such place is named as a `Damage`. Never raises for the file's bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from generator.readers.warc.members import Damage, arc_line, begins
from generator.readers.warc.streams import Spot, Stream

MAX_HEAD_BYTES = 64 * 1024
MAX_SKIPPED_BYTES = 1024 * 1024  # of a record that nobody reads, held to look for its true end
MAX_TRUSTED = (
    64  # records with a wrong length, each of which costs reading all that it claims; then no long one is believed
)
MAX_HEADLESS = 1_000  # records whose head has no end
HEAD_BYTES = 2_048  # of most heads
LINE_BYTES = 8_192  # of an ARC record's head
SCAN_BYTES = 256 * 1024

_BLANK = b"\r\n\x00"
_WARC_HEAD = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t]{0,9}\r?\n(?:WARC|Content)-[A-Za-z-]{2,40}:", re.IGNORECASE)
_ARC_HEAD = re.compile(rb"(?<=\n)[a-z][a-z0-9+.-]{1,20}:\S{1,4000} [0-9A-Fa-f.:-]{1,45} \d{8,17} [^\r\n]{0,400}\d\r?\n")
_KIND = re.compile(rb"\n(?i:WARC-Type)[ \t]{0,9}:[ \t]{0,9}([A-Za-z]{1,20})")
_LENGTH = re.compile(rb"\n(?i:Content-Length)[ \t]{0,9}:[ \t]{0,9}(\d{1,15})[ \t]{0,9}\r?\n")
_USUAL_HEAD = re.compile(rb"WARC/1\.\d\r\n(?:[A-Za-z-]{1,60}: [!-~][ -~]*+\r\n)*+\r\n")  # as nearly all write it
_USUAL_FIELD = re.compile(r"\n([A-Za-z-]+): ([ -~]+)")
_TARGET = re.compile(rb"\nWARC-Target-URI: ([^\r\n]{1,8000})\r\n(?![ \t])")  # as nearly all write it
_ARC_LENGTH = re.compile(rb" (\d{1,15})\r?\n$")


@dataclass(frozen=True)
class Head:
    """What a record says of itself: its kind as WARC names it, its head, where it lies."""

    kind: str
    head: bytes = field(repr=False)
    spot: Spot

    @cached_property
    def fields(self) -> Mapping[str, str]:
        """The fields of the head, their names in small letters. Read when asked for: most records are never looked at."""
        return _warc_fields(self.head) if self.head.startswith(b"WARC/") else _arc_fields(self.head)

    @property
    def target(self) -> str:
        """The address that the record is about, as its head writes it."""
        found = None if "fields" in self.__dict__ else _TARGET.search(self.head)
        return found[1].decode("utf-8", "replace") if found else self.fields.get("warc-target-uri", "")


@dataclass(frozen=True)
class Record(Head):
    """One record: what it says of itself, and its block."""

    block: Block = field(compare=False)

    @property
    def alone(self) -> Head:
        """The head without the block, to be kept."""
        return Head(self.kind, self.head, self.spot)


class Block:
    """What a record holds: read at most once, and before the next record is asked for."""

    def __init__(self, stream: Stream, length: int, spot: Spot, trust: Callable[[int], bool]) -> None:
        self.length = length  # as the record claims
        self.unread = True
        self._stream = stream
        self._spot = spot
        self._trust = trust

    @property
    def damaged(self) -> bool:
        """Whether what was read of it is not what was stored."""
        return any(not one.between for one in self._stream.damages)

    def peek(self, size: int) -> bytes:
        """The first bytes."""
        return self._stream.peek(min(size, self.length) or size) if self.unread else b""

    def passed(self) -> int | None:
        """Where in a plain file the block begins, of which nothing is kept; None where it has to be read, and is not read yet."""
        stream, length, spot = self._stream, self.length, self._stream.spot
        if spot.packed or length > MAX_SKIPPED_BYTES:
            return None
        start = spot.offset + spot.within
        if stream.go(start + length) and stream.peek(1) and _ends(stream):
            self.unread = False
            return start
        stream.go(start)
        return None

    def parted(self, limit: int, at: int) -> tuple[bytes, bytes] | None:
        """The same as `read`, in two: a long body need not be copied out of its record. `at` is within what a peek has shown."""
        stream, length = self._stream, self.length
        if at <= length <= limit and not (length > MAX_SKIPPED_BYTES and not self._trust(0)):
            first, rest = stream.read(at), stream.read(length - at)
            if len(first) + len(rest) == length and _ends(stream):
                self.unread = False
                return first, rest
            stream.push(first + rest)
        whole = self.read(limit)
        return None if whole is None else (whole[:at], whole[at:])

    def read(self, limit: int) -> bytes | None:
        """All that the record holds, to its true end; None where that is more than `limit`, and then it is passed over."""
        stream, length, spot = self._stream, self.length, self._stream.spot
        self.unread = False
        if length > MAX_SKIPPED_BYTES and not self._trust(0):
            return self._searched(b"", limit)
        data = stream.read(min(length, limit))
        if len(data) == length and _ends(stream):
            return data
        if len(data) == limit < length:
            passed = stream.skip(length - limit)
            if passed == length - limit and _ends(stream):
                return None
            if spot.packed or not stream.go(spot.offset + spot.within):
                self._damaged(f"{limit + passed} were passed over" if passed < length - limit else "no end is there")
                return None
            data = b""
        self._trust(1)
        return self._searched(data, limit)

    def _searched(self, data: bytes, limit: int) -> bytes | None:
        """The record up to where the next one begins, or to the segment's end, whatever it says of its length."""
        stream, parts, size, fresh, step = self._stream, [data], len(data), data, LINE_BYTES
        while True:
            found = _inside(fresh)
            if found is not None:
                whole = b"".join(parts)
                cut = len(whole) - len(fresh) + found
                stream.push(whole[cut:])
                return self._told(whole[:cut], f"the next record begins after {cut}")
            more = stream.read(step) if size <= limit else b""
            step = min(step * 2, SCAN_BYTES)
            if not more:
                break
            fresh = fresh[-LINE_BYTES:] + more
            parts.append(more)
            size += len(more)
        if size > limit:
            self._damaged("its end was not found, and it was left")
            return None
        return self._told(b"".join(parts), f"{size} are there")

    def _told(self, data: bytes, message: str) -> bytes:
        """The record without the empty lines behind it, and with a word about its length if that is wrong."""
        more = data[self.length :]
        bare = data[: self.length] + more.rstrip(b"\r\n") if more else data.removesuffix(b"\r\n\r\n")
        if len(bare) != self.length:
            self._damaged(message)
        return bare

    def _damaged(self, message: str) -> None:
        if not self.damaged:  # a damaged member explains a short record
            message = f"the record says that it holds {self.length} bytes, but {message}"
            self._stream.damages.append(Damage(str(self._spot), message))


def records(stream: Stream) -> Iterator[Record | Damage]:
    """All records from the stream's position on, and what is damaged between and in them."""
    lies = 0

    def trust(more: int) -> bool:
        nonlocal lies
        lies += more
        return lies < MAX_TRUSTED

    headless = iter(range(MAX_HEADLESS))
    while True:
        found = _head(stream, headless)
        if stream.damages:
            yield from (replace(one, between=True) for one in _drained(stream))
        if found is not None:
            record = _record(stream, *found, trust)
            yield record
            if record.block.unread:
                record.block.read(MAX_SKIPPED_BYTES)
            if stream.damages:
                yield from _drained(stream)
        elif not stream.cross():
            yield from _drained(stream)
            return


def record_at(file: BinaryIO, offset: int, dictionary: bytes) -> Record | None:
    """The record that begins at an offset of the file. Where the file stands afterwards is not said."""
    file.seek(offset)
    found = next(records(Stream(file, offset, dictionary)), None)
    return found if isinstance(found, Record) else None


def holds_record(data: bytes) -> bool:
    """Whether a record's head is among the bytes."""
    return _inside(data) is not None


def _drained(stream: Stream) -> Iterator[Damage]:
    while stream.damages:
        yield stream.damages.pop(0)


def _head(stream: Stream, chances: Iterator[int]) -> tuple[bytes, Spot] | None:
    """The next record's head, and where it lies; what is in the way is passed over. None at the segment's end."""
    while ahead := stream.peek(HEAD_BYTES):
        if ahead[0] in _BLANK:
            stream.advance(len(ahead) - len(ahead.lstrip(_BLANK)))
            continue
        spot = stream.spot
        line = None if ahead.startswith(b"WARC/") else arc_line(stream.peek(LINE_BYTES))
        if line:
            return stream.read(line.end()), spot
        if begins(ahead):
            end = _head_end(ahead) or _head_end(stream.peek(MAX_HEAD_BYTES))
            if end:
                return stream.read(end), spot
            _leave_headless(stream, spot, chances)
        else:
            passed = _scan(stream)
            stream.damages.append(Damage(str(spot), f"{passed} bytes that are no record were passed over"))
    return None


def _head_end(ahead: bytes) -> int:
    """Where a head ends that lies there: behind its first empty line. 0 where it has none."""
    usual = ahead.find(b"\n\r\n")
    bare = ahead.find(b"\n\n", 0, usual if usual > 0 else None)
    return bare + 2 if bare > 0 else usual + 3 if usual > 0 else 0


def _leave_headless(stream: Stream, spot: Spot, chances: Iterator[int]) -> None:
    cut = len(stream.peek(MAX_HEAD_BYTES)) < MAX_HEAD_BYTES
    reason = "its head is cut short" if cut else f"its head has more than {MAX_HEAD_BYTES} bytes"
    stream.damages.append(Damage(str(spot), f"a record was left: {reason}"))
    stream.advance(len(b"WARC/"))
    if next(chances, None) is None:
        stream.damages.append(Damage(str(spot), "there are too many such records; the rest was left", "archive-limit"))
        while stream.skip(SCAN_BYTES):
            pass
    _scan(stream)


def _scan(stream: Stream) -> int:
    """Pass over bytes up to the next record or the segment's end; how many they were."""
    passed, size = 0, LINE_BYTES * 2
    while ahead := stream.peek(size):
        found = _inside(ahead)
        last = len(ahead) < size
        passed += stream.skip(found if found is not None else len(ahead) if last else len(ahead) - LINE_BYTES)
        if found is not None:
            break
        size = min(size * 2, SCAN_BYTES)
    return passed


def _inside(data: bytes) -> int | None:
    """Where in the bytes a record's head begins."""
    at = data.find(b"WARC/")
    while at >= 0:
        if _WARC_HEAD.match(data, at):
            return at
        at = data.find(b"WARC/", at + 1)
    line = _ARC_HEAD.search(data)
    return line.start() if line else None


def _ends(stream: Stream) -> bool:
    """Whether a record may end here: nothing follows in this segment, or another record does, to which the stream goes."""
    ahead = stream.peek(64)
    if ahead.startswith(b"\r\n\r\nWARC/"):
        stream.advance(4)
        return True
    if ahead in {b"", b"\r\n\r\n"}:
        return True
    ahead = stream.peek(HEAD_BYTES).lstrip(_BLANK)
    return not ahead or ahead.startswith(b"WARC/") or begins(stream.peek(LINE_BYTES).lstrip(_BLANK))


def _record(stream: Stream, head: bytes, spot: Spot, trust: Callable[[int], bool]) -> Record:
    if head.startswith(b"WARC/"):
        named, length = _KIND.search(head), _LENGTH.search(head)
        kind = named[1].decode("ascii").lower() if named else ""
    else:
        kind = "warcinfo" if head.lstrip().startswith(b"filedesc:") else "response"
        length = _ARC_LENGTH.search(head)
    return Record(kind, head, spot, Block(stream, int(length[1]) if length else 0, spot, trust))


def _warc_fields(head: bytes) -> dict[str, str]:
    """A WARC head as `warcio` reads it; of fields that are given twice the first, but all that were concurrent."""
    found = _USUAL_FIELD.findall(head.decode("ascii")) if _USUAL_HEAD.fullmatch(head) else _any(head)
    fields = {name.lower(): value.rstrip() for name, value in reversed(found)}
    if len(fields) < len(found) and "warc-concurrent-to" in fields:
        concurrent = (value.rstrip() for name, value in found if name.lower() == "warc-concurrent-to")
        fields["warc-concurrent-to"] = " ".join(concurrent)
    return fields


def _any(head: bytes) -> list[tuple[str, str]]:
    from warcio.statusandheaders import StatusAndHeadersParser  # noqa: PLC0415 - takes longer than most files

    found: list[tuple[str, str]] = StatusAndHeadersParser(["WARC/"]).parse(BytesIO(head)).headers
    return found


def _arc_fields(head: bytes) -> dict[str, str]:
    """An ARC head, one line, by the names that WARC has for what it says."""
    line = arc_line(head)
    if line is None:
        return {}
    media_type = (line[4] or b"").split(b" ")[0]
    named = {"warc-target-uri": line[1], "warc-date": line[3], "content-type": media_type}
    return {name: value.decode("utf-8", "replace") for name, value in named.items()}
