"""Tar archives of saved pages: indexed first where one can go back in them, read as a stream where they are compressed.

In a stream a page waits until what may lie beside it has come: it sees what stands within `AHEAD_BYTES` behind it and
`BEHIND_BYTES` before it. Nothing is ever unpacked to the disk, and links and devices are never followed.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers import parts
from generator.readers.found import Found, Near
from generator.readers.packed import bundle, names
from generator.readers.packed.bundle import MAX_MEMBERS, Entry, Kind
from generator.readers.packed.taped import BLOCK, Header, Tape, is_header
from generator.readers.packed.unpacking import Beyond, Damaged, Flow, Window, budget, buffered, jumps

SUFFIXES = frozenset({".tar"})
BULK = True
AHEAD_BYTES = 48 * 1024 * 1024
BEHIND_BYTES = 32 * 1024 * 1024
HELD_BYTES = 16 * 1024 * 1024  # what is larger does not wait
RUNNING = -1  # the place of what is read while it runs past
EACH_BYTES = 1024  # that keeping anything costs beside its own bytes

_SPARSE = 1


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every reader has it
    """Whether the first block is a tar's header."""
    return is_header(head[:BLOCK])


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The members that may be pages."""
    if jumps(file):
        yield from bundle.sparing(_guarded(_Indexed(file, origin), origin))
    else:
        yield from streamed(file, origin)


def streamed(file: BinaryIO, origin: Origin) -> Iterator[Found]:
    """The members of a tar in which one cannot go back."""
    yield from bundle.sparing(_guarded(_Streamed(file, origin), origin))


def _guarded(archive: bundle.Bundle, origin: Origin) -> Iterator[Found]:
    try:
        yield from bundle.pages(archive)
    except Beyond as error:
        yield Finding("archive-limit", str(origin), f"{error}; the rest was left")


class _Indexed:
    """A tar in which one can go back: gone through once to know where each name lies."""

    def __init__(self, file: BinaryIO, origin: Origin) -> None:
        self.origin, self.budget = origin, budget(file)
        self._file, self._length = file, file.seek(0, io.SEEK_END)
        self._index: dict[int, int] = {}
        self._alike: set[int] = set()
        tape = self._tape(0)
        for header in islice(tape.headers(), MAX_MEMBERS):
            key = names.key(names.tidy(header.name).text)
            if key in self._index:
                self._alike.add(key)
            self._index[key] = header.at
        self._remarks = tuple(_remarks(tape, len(self._index), origin))

    def entries(self) -> Iterator[Entry | Finding]:
        yield from self._remarks
        met: Counter[int] = Counter()
        for header in islice(self._tape(0).headers(), MAX_MEMBERS):
            entry = _entry(header)
            key = names.key(entry.name)
            if key in self._alike:
                met[key] += 1
                entry = replace(entry, name=names.again(entry.name, met[key]) if met[key] > 1 else entry.name)
            if not header.name.endswith("/"):
                yield entry

    def find(self, name: str) -> Entry | None:
        at = self._index.get(names.key(name))
        header = None if at is None else next(self._tape(at).headers(), None)
        entry = _entry(header) if header else None
        return entry if entry and entry.name == name else None

    def holds(self, name: str) -> bool:
        return names.key(name) in self._index

    def open(self, entry: Entry) -> BinaryIO:
        _refuse(entry)
        return buffered(Window(self._file, entry.at, entry.packed, self.budget))

    def _tape(self, at: int) -> Tape:
        self._file.seek(at)
        return Tape(self._file, self._length, at)


@dataclass(slots=True)
class _Held:
    """A member that waits for its neighbours, or lies there for them."""

    entry: Entry
    body: bytes
    waits: bool

    @property
    def cost(self) -> int:
        return len(self.body) + EACH_BYTES


@dataclass(slots=True)
class _Queue:
    """The members around the one that is given out: numbered as they came."""

    held: dict[int, _Held] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)
    last: int = 0
    given: int = 0  # the number up to which they were given out
    gone: int = 0  # the number up to which they were forgotten
    ahead: int = 0
    behind: int = 0

    def put(self, held: _Held) -> None:
        self.last += 1
        self.held[self.last] = replace(held, entry=replace(held.entry, at=self.last))
        self.by_name[held.entry.name] = self.last
        self.ahead += held.cost

    def ripe(self, room: int) -> Iterator[Entry]:
        """What need not wait any longer, while more than `room` is held ahead."""
        while self.given < self.last and self.ahead > room:
            self.given += 1
            held = self.held[self.given]
            self.ahead -= held.cost
            self.behind += held.cost
            if held.waits:
                yield held.entry
            self._forget(BEHIND_BYTES)

    def _forget(self, room: int) -> None:
        while self.behind > room:
            self.gone += 1
            held = self.held.pop(self.gone)
            self.behind -= held.cost
            if self.by_name.get(held.entry.name) == self.gone:
                del self.by_name[held.entry.name]


class _Streamed:
    """A tar that runs past once, with a queue of pages and of what may belong to them."""

    def __init__(self, file: BinaryIO, origin: Origin) -> None:
        self.origin, self.budget = origin, budget(file)
        self._tape = Tape(file, None)
        self._queue = _Queue()
        self._seen: Counter[int] = Counter()

    def entries(self) -> Iterator[Entry | Finding]:
        for header in islice(self._tape.headers(), MAX_MEMBERS):
            if header.name.endswith("/"):
                continue
            entry = self._numbered(_entry(header))
            if header.size > HELD_BYTES:
                yield replace(entry, at=RUNNING)
                continue
            body = self._tape.read(header.size)
            if len(body) < header.size:
                cut = f"it is cut short after {len(body)} of {header.size} bytes"
                yield Finding("member-unreadable", bundle.place(self, entry.name), cut)
                break
            picture = parts.kind(body) is not None
            if picture or not names.is_chaff(entry.name):
                self._queue.put(_Held(entry, body, not picture))
                yield from self._queue.ripe(AHEAD_BYTES)
        yield from self._queue.ripe(-1)
        damage = getattr(getattr(self._tape.file, "raw", None), "damage", "")
        if damage:
            yield Finding(
                "archive-damaged", str(self.origin), f"{damage} of what is compressed; what stood before was read"
            )
        else:
            yield from _remarks(self._tape, len(self._seen), self.origin)

    def find(self, name: str) -> Entry | None:
        number = self._queue.by_name.get(name)
        return None if number is None else self._queue.held[number].entry

    def holds(self, name: str) -> bool:
        return names.key(name) in self._seen

    def open(self, entry: Entry) -> BinaryIO:
        _refuse(entry)
        if entry.at == RUNNING:
            return buffered(Flow(self._tape.read, entry.packed, self.budget))
        body = self._queue.held[entry.at].body
        return buffered(Window(io.BytesIO(body), 0, len(body), self.budget))

    def _numbered(self, entry: Entry) -> Entry:
        key = names.key(entry.name)
        self._seen[key] += 1
        return replace(entry, name=names.again(entry.name, self._seen[key])) if self._seen[key] > 1 else entry


def _entry(header: Header) -> Entry:
    name = names.tidy(header.name)
    kind: Kind = "file"
    target = None
    if header.kind in (b"1", b"2"):
        kind = "link"
        target = names.tidy(header.target).text if header.kind == b"1" else names.beside(name.text, header.target)
    elif header.kind in (b"3", b"4", b"6"):
        kind = "other"
    return Entry(
        name.text, header.data, header.size, header.size, kind, name.wrong, target, method=_SPARSE * header.sparse
    )


def _refuse(entry: Entry) -> None:
    if entry.method == _SPARSE:
        raise Damaged("it is a sparse file, which is not read")


def _remarks(tape: Tape, count: int, origin: Origin) -> Iterator[Finding]:
    for trouble in tape.troubles:
        yield Finding("archive-damaged", str(origin), trouble)
    if count >= MAX_MEMBERS:
        yield Finding("archive-limit", str(origin), f"it has more than {MAX_MEMBERS} members; the rest was left")
    elif not tape.closed and not tape.troubles:
        message = f"it ends at byte {tape.at}, before the blocks that close a tar; what could be read of it was read"
        yield Finding("archive-damaged", str(origin), message)
