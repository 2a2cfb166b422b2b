"""One memento fetched as it was captured, or why it cannot be had.

Follows the archive's redirects to another time of the same page, never out of the archive, and never to another page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import unquote

from generator.wayback.archives import PICTURE, RAW, Archive
from generator.wayback.asking import Answer, Line
from generator.wayback.choice import address_key
from generator.wayback.index import Row
from generator.wayback.judging import is_front
from generator.wayback.wanted import Wanted

PAGE_BYTES = 64 * 1024 * 1024
NOTICE_BYTES = 20_000  # of the archive's own words
HOPS = 6
TRIES = 3

_EXCLUDED = ("AccessControl", "been excluded", "robots.txt")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Absence = Literal["missing", "excluded", "not-found", "error-page", "home", "moved", "another-time", "too-large"]


@dataclass(frozen=True, slots=True)
class Memento:
    """What a site answered at some time: the archive's `source` address, and all as it was captured."""

    time: str
    url: str
    source: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def fetch(line: Line, archive: Archive, row: Row, wanted: Wanted) -> Memento | Absence | None:
    """The memento that the index lists, or why there is none; None where it could not be had now. Raises NetworkError."""
    time, url = row.time, row.url
    for _ in range(HOPS):
        answer = line.get(archive.memento(time, url), most=PAGE_BYTES, tries=TRIES)
        if answer is None:
            return None
        if answer.status not in _REDIRECTS:
            found = _taken(archive, answer, time, url)
            return "another-time" if isinstance(found, Memento) and not wanted.within(found.time) else found
        target = archive.inside(answer.header("location"))
        if target is None:
            return "moved" if answer.is_memento else None
        if not _same(target[1], url):
            if is_front(target[1]) and not is_front(url):
                return "home"
            if answer.is_memento:  # the page itself sent its reader on; otherwise it is one page to the archive
                return "moved"
        time, url = target
    return "missing"


def picture(line: Line, archive: Archive, time: str, url: str, most: int) -> Memento | Absence | None:
    """The capture of a picture nearest to that time, or why there is none; None as above. Raises NetworkError."""
    for _ in range(HOPS):
        answer = line.get(archive.memento(time, url, PICTURE), most=most, tries=TRIES)
        if answer is None or answer.status not in _REDIRECTS:
            return _taken(archive, answer, time, url) if answer else None
        target = archive.inside(answer.header("location"))
        if target is None:
            return "moved"
        time, url = target
    return "missing"


def _same(one: str, other: str) -> bool:
    return unquote(address_key(one)).casefold() == unquote(address_key(other)).casefold()


def _taken(archive: Archive, answer: Answer, time: str, url: str) -> Memento | Absence | None:
    """An answer that is no redirect."""
    if not answer.whole:
        return "too-large"
    if answer.status == 200 and (answer.is_memento or not archive.marks):
        at = _at(answer) or time
        return Memento(at, url, archive.memento(at, url, RAW), answer.headers, answer.body)
    if answer.is_memento:
        return "not-found" if answer.status in (404, 410) else "error-page"
    said = answer.header("x-archive-wayback-runtime-error") + answer.body[:NOTICE_BYTES].decode("utf-8", "replace")
    if answer.status == 451 or (answer.status == 403 and any(word in said for word in _EXCLUDED)):
        return "excluded"
    return "missing" if answer.status in (404, 410) else None  # anything else may be otherwise tomorrow


def _at(answer: Answer) -> str:
    """When it was captured, as the archive says."""
    try:
        moment = parsedate_to_datetime(answer.header("memento-datetime")).replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    return moment.strftime("%Y%m%d%H%M%S") if moment > datetime(1990, 1, 1, tzinfo=UTC) else ""
