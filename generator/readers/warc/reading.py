"""One pass over the records of an archive: which are pages, which are their pictures, what is wrong.

Pages wait until later records have told what they were loaded as and have brought their pictures; they leave in their
order, once too much waits or the file ends. What is held has a budget, and so have the tables of what was met.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, NamedTuple

from generator.errors import Finding
from generator.model import Capture, Origin, Part
from generator.readers import parts
from generator.readers.found import Found
from generator.readers.warc import documents, revisits, stated
from generator.readers.warc.again import Again, joined
from generator.readers.warc.evidence import Evidence, Saved
from generator.readers.warc.members import Damage
from generator.readers.warc.records import Record, records
from generator.readers.warc.shelf import Shelf
from generator.readers.warc.streams import Stream

HELD_BYTES = 64 * 1024 * 1024  # of pages that wait, and of pictures
MAX_WAITING = 2_000  # pages
MAX_DAMAGES = 100  # told one by one
MAX_PAGES_NOTED = 200_000  # of which a derived text may be met later
MAX_EMPTY_BYTES = 1024 * 1024


class _Waiting(NamedTuple):
    """A page that waits: its number among the records, and the archive that it is said to lie in."""

    number: int
    saved: Saved
    origin: Origin


class Reading:
    """One archive being read: what is held of it, and what was counted."""

    def __init__(self, file: BinaryIO, origin: Origin, shelf: Shelf) -> None:
        self._origin = origin
        self._stream = Stream(file)
        self._evidence = Evidence()
        shelf.enter(Again(file, self._stream))
        self._shelf = shelf
        self._pictures = shelf.pictures
        self._waiting: deque[_Waiting] = deque()
        self._size = 0
        self._pages: dict[int, None] = {}
        self._empty: _Waiting | None = None  # the first document without a text, until there is a better one
        self._counts: Counter[str] = Counter()

    def found(self) -> Iterator[Found]:
        """All that the archive holds, in its order."""
        last: Record | None = None
        for one in records(self._stream):
            if isinstance(one, Damage):
                yield from self._damage(one, None if one.between else last)
                continue
            last = one
            self._counts["records"] += 1
            yield from self._record(one)
            if self._full():
                yield from self._making_room()
        yield from self._all_leaving()
        yield from self._late()
        yield from self._all_leaving()
        yield from self._last()

    def _damage(self, damage: Damage, record: Record | None) -> Iterator[Finding]:
        self._counts["damages"] += 1
        if self._counts["damages"] <= MAX_DAMAGES:
            yield self._finding(damage.code, record, f"at offset {damage.place}: {damage.message}")

    def _finding(self, code: str, record: Record | None, message: str) -> Finding:
        member = stated.member(record.fields, record.spot) if record else ""
        return Finding(code, str(stated.inside(self._origin, member)), message)

    def _record(self, record: Record) -> Iterator[Finding]:
        match record.kind:
            case "request":
                self._evidence.request(record)
            case "metadata":
                self._evidence.metadata(record)
            case "response":
                yield from self._document(record)
            case "resource" | "conversion":
                yield from self._resource(record)
            case "revisit":
                self._revisit(record)

    def _resource(self, record: Record) -> Iterator[Finding]:
        page = stated.of_page(record.target)
        if page:
            self._evidence.page(page)
        else:
            yield from self._document(record)

    def _document(self, record: Record) -> Iterator[Finding]:
        seen = documents.look(record)
        if seen is None:
            return
        at = record.block.passed() if seen.picture and self._pictures.lasting else None
        if at is not None:
            start = seen.head.start
            self._pictures.note(stated.address(record.target), at + start, record.block.length - start)
            return
        for one in documents.read(record, seen, record.block.parted(seen.limit, seen.head.start)):
            if isinstance(one, documents.Flaw):
                yield self._finding(one.code, record, one.message)
            elif isinstance(one, documents.Picture):
                self._pictures.add(one.address, one.body, record.spot.again, self._counts["records"])
            else:
                self._shelf.revisits.add(record, one)
                self._wait(one)

    def _revisit(self, record: Record) -> None:
        page = self._shelf.revisits.resolved(record)
        if page:
            self._wait(page)
        elif revisits.of_page(record):
            self._counts["unresolved"] += 1
            self._shelf.wait(record.alone, self._origin)

    def _late(self) -> Iterator[Capture]:
        """What archives before this one saw again, and this one holds."""
        for one in self._shelf.waiting():
            own = one.origin == self._origin
            page = None if own else self._shelf.revisits.resolved(one.head)
            if page:
                self._wait(page, one.origin)
                yield from self._making_room()
            else:
                self._shelf.keep(one if own else one._replace(chances=one.chances - 1))

    def _wait(self, saved: Saved, origin: Origin | None = None) -> None:
        if not saved.derived:
            self._evidence.document(saved)
            self._pages[saved.name] = None
            if len(self._pages) > MAX_PAGES_NOTED:
                del self._pages[next(iter(self._pages))]
        self._waiting.append(_Waiting(self._counts["records"], saved, origin or self._origin))
        self._size += len(saved.body)

    def _full(self) -> bool:
        return self._size + self._pictures.size > HELD_BYTES or len(self._waiting) > MAX_WAITING

    def _making_room(self) -> Iterator[Capture]:
        """Pages that have waited long enough; with them go the pictures that came before all that still waits."""
        while self._full():
            if self._waiting:
                yield from self._leaving()
            first = self._waiting[0].number if self._waiting else self._counts["records"] + 1
            self._pictures.forget(first, HELD_BYTES // 2)

    def _all_leaving(self) -> Iterator[Capture]:
        while self._waiting:
            yield from self._leaving()

    def _leaving(self) -> Iterator[Capture]:
        """The page that waited longest, if it is one after all that is known now."""
        one = self._waiting.popleft()
        saved = one.saved
        self._size -= len(saved.body)
        if saved.derived:
            if saved.address and saved.name in self._pages:
                return
            verdict = "page"
        else:
            verdict = self._evidence.verdict(saved)
        self._counts[verdict] += 1
        if verdict == "page":
            self._empty = None
            yield self._capture(one)
        elif (
            verdict == "empty"
            and self._counts["page"] == 0
            and self._empty is None
            and len(saved.body) <= MAX_EMPTY_BYTES
        ):
            self._empty = one

    def _capture(self, one: _Waiting) -> Capture:
        saved = one.saved
        return Capture(
            saved.body,
            stated.inside(one.origin, saved.member),
            saved.media_type,
            saved.charset,
            saved.url,
            saved.captured,
            self._parts(saved),
        )

    def _parts(self, saved: Saved) -> tuple[Part, ...]:
        if saved.derived or not self._shelf:
            return ()
        base = saved.base

        def near(address: str) -> bytes | None:
            url = joined(base, address)
            return self._shelf.picture(url, self._counts["records"]) if url else None

        return tuple(replace(part, file="") for part in parts.gather(saved.body, near))

    def _last(self) -> Iterator[Found]:
        """The page that is better than none, and what was passed over."""
        counts = self._counts
        if self._empty:
            counts["empty"] -= 1
            counts["page"] += 1
            yield self._capture(self._empty)
        if counts["damages"] > MAX_DAMAGES:
            yield self._finding(
                "archive-damaged", None, f"there are {counts['damages'] - MAX_DAMAGES} more such places"
            )
        left = {"loaded as a piece of another page": counts["piece"], "without any text": counts["empty"]}
        for reason, count in left.items():
            if count:
                yield self._finding("file-skipped", None, f"documents that were left as they are {reason}: {count}")
        if not (counts["page"] or counts["unresolved"]):
            yield self._finding("file-skipped", None, f"no record is a page, of {counts['records']}")
