"""What a revisit stands for: the page that was the same when it was seen before.

Looks in this file only, and among what came before.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping

from generator.readers.warc import documents, markup, stated
from generator.readers.warc.again import Again, key, short
from generator.readers.warc.answers import answer
from generator.readers.warc.evidence import Saved
from generator.readers.warc.records import Record

MAX_KNOWN = 200_000  # names of pages
HELD_BYTES = 32 * 1024 * 1024  # of pages, most of which wait to leave anyway
UNCHANGED = 304


class Revisits:
    """The pages met so far, by all that a revisit may call them: held, or where they lie."""

    def __init__(self, again: Again) -> None:
        self._again = again
        self._known: dict[int, tuple[int, int | None]] = {}
        self._held: OrderedDict[int, Saved] = OrderedDict()
        self._size = 0
        self._count = 0

    def add(self, record: Record, page: Saved) -> None:
        """Remember a page."""
        self._count += 1
        self._held[self._count] = page
        self._size += len(page.body)
        while self._size > HELD_BYTES:
            self._size -= len(self._held.popitem(last=False)[1].body)
        own = page.name if page.address and not page.derived else None
        for name in _names(record.fields, "warc-record-id", "warc-date", own, own):
            self._known[name] = (self._count, record.spot.again)
            if len(self._known) > MAX_KNOWN:
                del self._known[next(iter(self._known))]

    def resolved(self, record: Record) -> Saved | None:
        """The page that the record says was seen again, with the name, the address and the moment of the record."""
        about = _key(record.fields.get("warc-refers-to-target-uri", ""))
        for name in _names(record.fields, "warc-refers-to", "warc-refers-to-date", about, _key(record.target)):
            number, offset = self._known.get(name, (0, None))
            page = self._held.get(number) or self._read(offset)
            if page:
                return documents.saved(record, page.body, page.charset, page.media_type, derived=page.derived)
        return None

    def _read(self, offset: int | None) -> Saved | None:
        found = self._again.read(offset, documents.MAX_PAGE_BYTES) if offset is not None else None
        if found is None:
            return None
        record, block = found
        seen = documents.look(record, block)
        pages = documents.read(record, seen, (block[: seen.head.start], block[seen.head.start :])) if seen else ()
        return next((one for one in pages if isinstance(one, Saved)), None)


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
