"""WACZ: what its list of pages and its table of digests say about the WARCs in it. A part of the ZIP reader.

The list names the pages that a person or a crawler meant to save: what else is HTML (frames, advertisements) is left out.
A page that was reached by a redirect stands there under its first address, so a listed title is as good as a listed address.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from generator.errors import Finding
from generator.model import Capture, Moment
from generator.readers.found import Found, Member
from generator.readers.packed import bundle
from generator.readers.packed.bundle import Bundle
from generator.readers.packed.described import titled
from generator.readers.packed.names import key
from generator.text import fold

MAX_LISTED = 100_000  # pages that are known by name; of a longer list, titles only
MAX_LINE_BYTES = 4 * 1024 * 1024  # some lists hold each page's text
MAX_TABLE_BYTES = 16 * 1024 * 1024
TITLE_BYTES = 128 * 1024  # of a page, where its title is looked for
TITLE_LEAST = 12  # letters below which a title is no evidence

_TABLE = "datapackage.json"
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_OWN = re.compile(r"(?:pages|indexes|logs)/|datapackage(?:-digest)?\.json|fuzzy\.json")
_TITLE = re.compile(rb"<title(?:\s[^>]{0,200})?>([^<]{1,2000})</title", re.IGNORECASE)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BLOCK_BYTES = 1024 * 1024


def is_wacz(archive: Bundle) -> bool:
    """Whether the archive has what a WACZ has beside its WARCs."""
    return any(map(archive.holds, (*_LISTS, "indexes/index.cdx", "indexes/index.cdx.gz", "indexes/index.idx"))) or (
        archive.holds(_TABLE) and _is_package(_table(archive))
    )


def pages(archive: Bundle) -> Iterator[Found]:
    """The WARCs in the archive, with what its lists say about each of their captures; and all else that may be a page."""
    table = _table(archive)
    yield from _missing(archive, table)
    listed = _Listed()
    yield from _read_lists(archive, listed)
    for found in bundle.pages(archive):
        if isinstance(found, Member):
            if _OWN.match(found.name):
                continue
            yield from _compared(archive, table, found)
            found = replace(found, about=listed.about) if found.name.startswith("archive/") else found  # noqa: PLW2901
        yield found
    if listed.left and not listed.met:  # a list of something else
        yield from (one for one in bundle.pages(archive) if isinstance(one, Member) and one.name.startswith("archive/"))
    elif listed.left:
        message = f"{listed.left} captures stand in no list of pages, as frames do; they were left"
        yield Finding("file-skipped", str(archive.origin), message)


@dataclass(slots=True)
class _Listed:
    """The pages that the lists name: by address their moments and titles, by title alone; and how the captures fared."""

    by_address: dict[str, tuple[tuple[Any, str], ...]] = field(default_factory=dict)
    titles: set[int] = field(default_factory=set)
    whole: bool = True  # nothing was left out of the lists
    met: int = 0
    left: int = 0

    def add(self, url: str, moment: Any, title: str) -> None:
        here = _address(url)
        self.by_address[here] = (*self.by_address.get(here, ()), (moment, title))
        if len(fold(title)) >= TITLE_LEAST:
            self.titles.add(key(fold(title)))

    def about(self, capture: Capture) -> Capture | None:
        """The capture with its listed title; None where the lists are whole and do not have it."""
        entries = self.by_address.get(_address(capture.url or ""), ())
        if entries:
            self.met += 1
            _, title = min(entries, key=lambda one: _distance(one[0], capture.captured))
            return replace(capture, claims=(*capture.claims, *titled(title, "wacz:title")))
        if not (self.by_address and self.whole):
            return capture
        if key(fold(_title(capture.body))) in self.titles:
            self.met += 1
            return capture
        self.left += 1
        return None


def _read_lists(archive: Bundle, listed: _Listed) -> Iterator[Finding]:
    for name in _LISTS:
        entry = archive.find(name)
        if entry is None:
            continue
        try:
            file = archive.open(entry)
            bad = 0
            while raw := file.readline(MAX_LINE_BYTES):
                bad += not _understood(raw, listed)
        except OSError as error:
            listed.whole = False
            yield Finding("archive-damaged", bundle.place(archive, name), f"the list of pages cannot be read: {error}")
            continue
        if bad:
            listed.whole = False
            yield Finding(
                "archive-damaged", bundle.place(archive, name), f"{bad} lines of the list of pages mean nothing"
            )
        damage = getattr(getattr(file, "raw", None), "damage", "")
        if damage:
            listed.whole = False
            yield Finding("archive-damaged", bundle.place(archive, name), f"the list of pages cannot be read: {damage}")


def _understood(raw: bytes, listed: _Listed) -> bool:
    """Take a line of the list in; whether it means anything."""
    if not raw.strip():
        return True
    line = _json(raw)
    if not isinstance(line, dict):
        return False
    url, title = line.get("url"), line.get("title")
    if not isinstance(url, str):
        return "format" in line  # the first line tells about the list itself
    if len(listed.by_address) >= MAX_LISTED:
        listed.whole = False
    else:
        listed.add(url[:4_000], line.get("ts"), title[:500] if isinstance(title, str) else "")
    return True


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _table(archive: Bundle) -> Any:
    try:
        return _json(bundle.wholly(archive, _TABLE, MAX_TABLE_BYTES) or b"{}")
    except OSError:
        return None  # it is damaged: said when its digests are asked for


def _is_package(table: Any) -> bool:
    return isinstance(table, dict) and ("wacz_version" in table or "wacz" in str(table.get("profile", "")))


def _resources(table: Any) -> dict[str, str]:
    """The digests by name, in hex."""
    found = table.get("resources") if isinstance(table, dict) else None
    stated: dict[str, str] = {}
    for one in found if isinstance(found, list) else ():
        path, digest = (one.get("path"), one.get("hash")) if isinstance(one, dict) else (None, None)
        if isinstance(path, str) and isinstance(digest, str):
            kind, _, value = digest.partition(":")
            stated[path] = value.lower() if kind.lower() == "sha256" else ""
    return stated


def _missing(archive: Bundle, table: Any) -> Iterator[Finding]:
    """What the table names and the archive has not."""
    if table is None:
        yield Finding(
            "member-unreadable",
            bundle.place(archive, _TABLE),
            "the table of digests means nothing; nothing was compared",
        )
    for path in _resources(table):
        if path.startswith("archive/") and not archive.holds(path):
            yield Finding("member-unreadable", bundle.place(archive, path[:200]), "it is in the table of contents only")


def _compared(archive: Bundle, table: Any, found: Member) -> Iterator[Finding]:
    """Whether a member's bytes are those that the table has the digest of: a tenth of the time that reading it takes."""
    stated = _resources(table).get(found.name)
    if not stated:
        return
    state = sha256()
    try:
        while block := found.file.read(_BLOCK_BYTES):
            state.update(block)
        found.file.seek(0)
    except OSError as error:
        yield Finding("member-unreadable", bundle.place(archive, found.name), f"it cannot be unpacked: {error}")
        return
    if state.hexdigest() != stated:
        message = f"{_TABLE} states another digest for it; it was read as it is"
        yield Finding("digest-differs", bundle.place(archive, found.name), message)


def _address(url: str) -> str:
    """What the writings of one page's address have in common."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    shown = f"{host}:{port}" if port not in (None, 80, 443) else host
    return f"{shown}/{unquote(parts.path).strip('/')}?{parts.query}"


def _distance(stated: Any, captured: Moment | None) -> float:
    """How far the listed moment lies from the capture's."""
    at = _moment(stated)
    if at is None or captured is None:
        return float("inf")
    return abs((at.instant() - captured.instant()).total_seconds())


def _moment(stated: Any) -> Moment | None:
    try:
        if isinstance(stated, str):
            return Moment.parse(stated)
        return Moment(_EPOCH + timedelta(milliseconds=stated))
    except (ValueError, TypeError, OverflowError):
        return None


def _title(body: bytes) -> str:
    found = _TITLE.search(body[:TITLE_BYTES])
    return html.unescape(found[1].decode("utf-8", "replace")) if found else ""
