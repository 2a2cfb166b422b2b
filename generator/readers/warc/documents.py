"""A record into what an archive of news has use for: a document, a picture, or a remark on why it is neither.

Only what a server gave in full counts: no redirect, no error page. Bytes are believed before types. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.readers import _within, parts
from generator.readers.html import binary
from generator.readers.stamps import Stated
from generator.readers.warc import markup, stated
from generator.readers.warc.again import key
from generator.readers.warc.answers import MAX_HEAD_BYTES, Answer, answer, charset
from generator.readers.warc.codings import Unpacked, dechunked
from generator.readers.warc.digests import differs
from generator.readers.warc.evidence import Saved
from generator.readers.warc.records import Head, Record

MAX_PAGE_BYTES = 64 * 1024 * 1024
MAX_PICTURE_BYTES = 16 * 1024 * 1024
HEAD_BYTES = 16 * 1024
MOST_HEADS_BYTES = 2 * 1024
SNIFFED_BYTES = 1_024
PICTURE_BYTES = 64  # that tell a picture's kind
GOOD = frozenset({None, 200, 203})
TEXT = "text/plain"

# an address that is nobody else's copy, as nearly all are: told at a glance
_SIMPLE = re.compile(r"https?://(?:www\.)?([A-Za-z0-9.-]{1,200}(?:/[A-Za-z0-9._~/?&=%,;+-]{0,2000})?)")
_AMP = re.compile(r"\bamp\b|ampproject")
_STAMP = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of this address."""

    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a record, by the code of a finding."""

    code: str
    message: str = ""


class Look(NamedTuple):
    """What a record's first bytes say: the answer's head, the media type, whether it is text that was derived from a page,
    how many bytes are worth reading, and whether these are surely a picture's.
    """

    head: Answer
    kind: str
    text: bool
    limit: int
    picture: bool


def look(record: Record, block: bytes | None = None) -> Look | None:
    """What the record's first bytes say; None where it holds neither page nor picture. `block` is what it holds, once that was read."""
    if block is not None:
        return _looked(record, block)
    first = record.block.peek(MOST_HEADS_BYTES)
    seen = _looked(record, first)
    if len(first) < MOST_HEADS_BYTES or (seen and seen.head.whole):
        return seen
    return _looked(record, record.block.peek(HEAD_BYTES))


def read(record: Record, first: Look, block: tuple[bytes, bytes] | None) -> Iterator[Saved | Picture | Flaw]:
    """What the record holds, parted where the answer's body begins; None says that it is larger than the limit."""
    named = first.kind in markup.PAGE_TYPES
    if block is None:
        if named:
            yield Flaw("too-large", f"the page has more than {MAX_PAGE_BYTES} bytes; it was left")
        return
    seen, (top, raw) = first, block
    if not first.head.whole:
        whole = top + raw
        again = _looked(record, whole)
        if again is None:
            return
        seen, top, raw = again, whole[: again.head.start], whole[again.head.start :]
    head, named = seen.head, seen.kind in markup.PAGE_TYPES
    if not head.whole and len(top) + len(raw) > MAX_HEAD_BYTES:
        yield Flaw("member-unreadable", f"the head of the answer has more than {MAX_HEAD_BYTES} bytes")
        return
    address = stated.address(record.target)
    body = head.body(raw, MAX_PAGE_BYTES)
    if parts.kind(body.data):
        yield Picture(address, body.data)
    elif body.excess and not seen.kind.startswith("image/"):
        yield Flaw("too-large", f"the page unpacks to more than {MAX_PAGE_BYTES} bytes; it was left")
    elif (seen.text and body.data.strip()) or markup.is_page(body.data, seen.kind, address):
        yield from _flaws(record, head, top, raw, body)
        coded = head.charset or charset(record.fields.get("content-type", ""))
        kind, derived = (TEXT, True) if seen.text else ("text/html", record.kind == "conversion")
        yield saved(record, body.data, coded, kind, derived=derived)
    elif named and "content-encoding" in head.fields and binary(body.data[:SNIFFED_BYTES]):
        coding = head.fields["content-encoding"][:40]
        yield Flaw("member-unreadable", f"the page cannot be unpacked; its coding is called {coding!r}")


def saved(record: Head, body: bytes, coded: str | None, kind: str, *, derived: bool) -> Saved:
    """A document with all that its record states about it."""
    fields = record.fields
    address = stated.address(record.target) or stated.of_text(record.target)
    simple = _SIMPLE.fullmatch(address)
    own = Stated(address) if simple and not _copied(simple[1].lower()) else None
    known = own or _within.stated((address,) if address else (), body)
    return Saved(
        body,
        member=stated.member(fields, record.spot),
        media_type=kind,
        charset=coded,
        address=address,
        name=key(address),
        url=known.url,
        captured=known.captured or stated.moment(fields),
        fields=fields,
        derived=derived,
    )


def _copied(rest: str) -> bool:
    """Whether the address may be that of somebody's copy, by what stands behind its scheme in small letters."""
    named = "http" in rest or "www" in rest or "cache" in rest or "archive" in rest
    return named or bool(_STAMP.search(rest) or ("amp" in rest and _AMP.search(rest)))


def _looked(record: Record, block: bytes) -> Look | None:
    bare = record.kind in {"resource", "conversion"} and not block.startswith(b"HTTP/")
    head = Answer() if bare else answer(block)
    kind = head.media_type or stated.payload_type(record.fields)
    text = kind == TEXT and (record.kind == "conversion" or bool(stated.of_text(record.target)))
    if head.status not in GOOD or not (text or markup.may_be_page(kind)):
        return None
    named = kind.startswith("image/")
    limit = head.start + (MAX_PICTURE_BYTES if named else MAX_PAGE_BYTES)
    picture = (
        named and head.whole and not head.coded and bool(parts.kind(block[head.start : head.start + PICTURE_BYTES]))
    )
    return Look(head, kind, text, limit, picture)


def _flaws(record: Record, head: Answer, top: bytes, raw: bytes, body: Unpacked) -> Iterator[Flaw]:
    cut = record.fields.get("warc-truncated", "").strip()
    if cut:
        yield Flaw("record-incomplete", f"whoever saved the page cut it short ({cut[:40]}); what there is was read")
    elif "warc-segment-number" in record.fields:
        yield Flaw("record-incomplete", "the page was saved in segments; the first of them was read")
    elif body.broken:
        yield Flaw("record-incomplete", "the page's compressed body ends too early; what could be unpacked was read")
    elif (promised := head.promised) > len(raw) and not head.coded:
        yield Flaw("record-incomplete", f"the page has {len(raw)} bytes of {promised}; what there is was read")
    if not record.block.damaged and _differs(record.fields, top, raw, body.data):
        yield Flaw("digest-differs")


def _differs(fields: Mapping[str, str], top: bytes, raw: bytes, body: bytes) -> bool:
    """Whether the record holds other bytes than were stored. What a payload is, tools do not agree about: any reading will do."""
    whole = differs(fields["warc-block-digest"], top, raw) if "warc-block-digest" in fields else None
    if whole is not None:
        return whole
    stored = fields.get("warc-payload-digest", "")
    if not stored:
        return False
    return bool(differs(stored, raw) and differs(stored, dechunked(raw)) and differs(stored, body))
