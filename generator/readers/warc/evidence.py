"""Whether an HTML document of an archive was a page of its own, or only a piece of one.

A browser loads dozens of documents for one page: advertisements, players, buttons, consent boxes in frames; fragments for
scripts. What an archive says about that is gathered here, and judged only once the documents around one are known:

- A request that says `Sec-Fetch-Dest: document` was for a page. Where the file has such requests at all, a document that
  was asked for as a frame, a picture, a script is none. (Where it has none, the recorder itself showed pages in frames.)
- Weaker signs count for a document with little text only: `Sec-Fetch-Dest` in other files; a `WARC-Resource-Type` other
  than a document's; a `WARC-Page-ID` that another document bore before; a path from the seed that ends in `E`, embedded;
  the `iframe` of another page that names it. Against them stands a `urn:pageinfo:` record with its address.
- A document without any text is none, if there is a better one in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeVar

from generator.model import Moment
from generator.readers.warc import markup
from generator.readers.warc.again import joined, key
from generator.readers.warc.records import Record

LITTLE_TEXT_BYTES = 1_500
NO_TEXT_BYTES = 80
MAX_NOTES = 100_000  # of each sort
HEAD_BYTES = 4_096

_DEST = re.compile(rb"\nSec-Fetch-Dest[ \t]{0,9}:[ \t]{0,9}([a-z]{1,20})", re.IGNORECASE)
_HOPS = re.compile(rb"(?:^|\n)hopsFromSeed:[ \t]{0,9}([A-Z]{1,200})\s")
_PIECES = frozenset({
    "audio", "audioworklet", "embed", "fencedframe", "font", "iframe", "image", "manifest", "object", "paintworklet", "report", "script",
    "serviceworker", "sharedworker", "style", "track", "video", "worker", "xslt",
})  # fmt: skip
_RESOURCES = frozenset({
    "cspviolationreport", "eventsource", "fetch", "font", "image", "manifest", "media", "ping", "preflight", "script", "stylesheet",
    "texttrack", "websocket", "xhr",
})  # fmt: skip
_ID = re.compile(r"[^<>\s,]{1,200}")

Key = TypeVar("Key")
Value = TypeVar("Value")


class Saved(NamedTuple):
    """A document of the archive that may be a page; `derived` is what a tool made of one.

    `address` is where it was found, `name` its key; `url` is the page's own, which is another one in the Wayback Machine.
    """

    body: bytes
    member: str
    media_type: str
    charset: str | None
    address: str
    name: int
    url: str | None
    captured: Moment | None
    fields: Mapping[str, str]
    derived: bool

    @property
    def base(self) -> str:
        """What the addresses in it are relative to."""
        base = markup.base(self.body)
        return (joined(self.address, base) if base else "") or self.address


class Evidence:
    """What the archive says about how its documents were loaded."""

    def __init__(self) -> None:
        self._asked: dict[str, str] = {}  # what a record, or an address, was asked for as
        self._embedded: dict[str, None] = {}  # records that a crawler found as a piece of another
        self._framed: dict[int, None] = {}
        self._pages: dict[int, None] = {}
        self._first: dict[str, str] = {}  # the first document of a page by its WARC-Page-ID
        self._navigates = False

    def request(self, record: Record) -> None:
        """Note what a request was made for."""
        found = _DEST.search(record.block.peek(HEAD_BYTES))
        if not found:
            return
        asked, fields = found[1].decode("ascii").lower(), record.fields
        self._navigates = self._navigates or asked == "document"
        for name in (*_related(fields), f"url:{key(fields.get('warc-target-uri', ''))}"):
            if self._asked.get(name) != "document":
                _note(self._asked, name, asked)

    def metadata(self, record: Record) -> None:
        """Note how a crawler came to a record."""
        found = _HOPS.search(record.block.peek(HEAD_BYTES))
        if found and found[1].endswith(b"E"):
            for name in _ids(record.fields, "warc-concurrent-to", "warc-refers-to"):
                _note(self._embedded, name, None)

    def page(self, url: str) -> None:
        """Note that a crawler calls this address a page."""
        _note(self._pages, key(url), None)

    def document(self, saved: Saved) -> None:
        """Note a document: what it shows in frames, and that it belongs to a page."""
        page = saved.fields.get("warc-page-id", "")
        if page and page not in self._first:
            _note(self._first, page, saved.member)
        frames = tuple(markup.frames(saved.body))
        base = saved.base if frames else ""
        for frame in frames:
            url = joined(base, frame)
            if url and url != saved.address:
                _note(self._framed, key(url), None)

    def verdict(self, saved: Saved) -> Literal["page", "piece", "empty"]:
        """What a document is, as far as is known now."""
        name = saved.name
        names = (*_related(saved.fields), f"url:{name}") if self._asked else ()
        asked = next((self._asked[one] for one in names if one in self._asked), "")
        if asked == "document":
            return "page"
        if asked in _PIECES and self._navigates:
            return "piece"
        signs = name not in self._pages and self._signs(saved, asked, name)
        if signs and markup.seen(saved.body, LITTLE_TEXT_BYTES) < LITTLE_TEXT_BYTES:
            return "piece"
        if markup.seen(saved.body, NO_TEXT_BYTES) < NO_TEXT_BYTES and not markup.holds_data(saved.body):
            return "empty"
        return "page"

    def _signs(self, saved: Saved, asked: str, name: int) -> bool:
        page = saved.fields.get("warc-page-id", "")
        return (
            asked not in {"", "frame"}
            or saved.fields.get("warc-resource-type", "").strip().lower() in _RESOURCES
            or self._first.get(page, saved.member) != saved.member
            or name in self._framed
            or (bool(self._embedded) and any(one in self._embedded for one in _related(saved.fields)))
        )


def _related(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The identifiers of a record and of those that were made with it, its own first."""
    return _ids(fields, "warc-record-id", "warc-concurrent-to")


def _ids(fields: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(found for name in names for found in _ID.findall(fields.get(name, "")[:4_000]))


def _note(notes: dict[Key, Value], name: Key, value: Value) -> None:
    notes[name] = value
    if len(notes) > MAX_NOTES:
        del notes[next(iter(notes))]
