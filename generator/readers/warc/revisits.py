"""What a revisit stands for: the page that was the same when it was seen before.

Looks in the archives that came in one file, a WACZ for example: in what was read of them so far, and for what is not found
there once more when the next one has been read.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.readers.warc import documents, markup, stated
from generator.readers.warc.again import Again, key, short
from generator.readers.warc.answers import answer
from generator.readers.warc.evidence import Saved
from generator.readers.warc.records import Head, Record

MAX_KNOWN = 200_000  # names of pages
HELD_BYTES = 32 * 1024 * 1024  # of pages, most of which wait to leave anyway
PAGE_BYTES = 1_000  # that a page takes beside what was written of it
MAX_ARCHIVES = 256  # in which pages are still looked for
UNCHANGED = 304


class _Place(NamedTuple):
    """A page's number among all, and where it lies: in which archive, at which offset."""

    number: int
    archive: int
    offset: int | None


class Revisits:
    """The pages met so far, by all that a revisit may call them: held, or where they lie."""

    def __init__(self) -> None:
        self._archives: dict[int, Again] = {}
        self._entered = 0
        self._known: dict[int, _Place] = {}
        self._held: OrderedDict[int, Saved] = OrderedDict()
        self._size = 0
        self._count = 0
        self.forgot = False  # whether a page that was met may not be found any more

    def enter(self, again: Again) -> None:
        """Begin with another archive; the last ones before stay open."""
        self._entered += 1
        self._archives[self._entered] = again
        if len(self._archives) > MAX_ARCHIVES:
            del self._archives[self._entered - MAX_ARCHIVES]
            self.forgot = True

    def add(self, record: Record, page: Saved) -> None:
        """Remember a page."""
        self._count += 1
        self._held[self._count] = page
        self._size += _weight(page)
        while self._size > HELD_BYTES:
            self._size -= _weight(self._held.popitem(last=False)[1])
        own = page.name if page.address and not page.derived else None
        place = _Place(self._count, self._entered, record.spot.again)
        for name in _names(record.fields, "warc-record-id", "warc-date", own, own):
            self._known[name] = place
            if len(self._known) > MAX_KNOWN:
                del self._known[next(iter(self._known))]
                self.forgot = True

    def resolved(self, record: Head) -> Saved | None:
        """The page that the record says was seen again, with the name, the address and the moment of the record."""
        about = _key(record.fields.get("warc-refers-to-target-uri", ""))
        for name in _names(record.fields, "warc-refers-to", "warc-refers-to-date", about, _key(record.target)):
            place = self._known.get(name)
            page = (self._held.get(place.number) or self._read(place)) if place else None
            if page:
                return documents.saved(record, page.body, page.charset, page.media_type, derived=page.derived)
        return None

    def _read(self, place: _Place) -> Saved | None:
        archive, offset = self._archives.get(place.archive), place.offset
        found = archive.read(offset, documents.MAX_PAGE_BYTES) if archive and offset is not None else None
        if found is None:
            return None
        record, block = found
        seen = documents.look(record, block)
        pages = documents.read(record, seen, (block[: seen.head.start], block[seen.head.start :])) if seen else ()
        return next((one for one in pages if isinstance(one, Saved)), None)


def _weight(page: Saved) -> int:
    return PAGE_BYTES + len(page.body) + sum(map(len, page.fields.values()))


def of_page(record: Record) -> bool:
    """Whether what was seen again may be a page: an answer in full or one that says that nothing changed."""
    head = answer(record.block.peek(documents.HEAD_BYTES))
    if head.status not in {*documents.GOOD, UNCHANGED}:
        return False
    return head.media_type in markup.PAGE_TYPES or not (
        head.media_type or markup.names_other(stated.address(record.target))
    )


def _names(fields: Mapping[str, str], name: str, date: str, about: int | None, own: int | None) -> Iterator[int]:
    """What a page is called, surest first: by its record, its address and moment, its digest, its address alone."""
    if name in fields:
        yield short(f"id:{fields[name].strip().strip('<>')}")
    if about is not None:
        yield short(f"{about} {fields.get(date, '').strip()}")
    if "warc-payload-digest" in fields:
        yield short(fields["warc-payload-digest"].strip())
    if own is not None:
        yield own


def _key(target: str) -> int | None:
    address = stated.address(target)
    return key(address) if address else None
