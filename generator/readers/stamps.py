"""What the tools that save pages write into them: the page's address and the moment of saving.

Only http and https addresses are believed. Reads the first bytes only; never raises.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from generator.model import Moment

URL_LIMIT = 4_000

# Internet Explorer and all that copied it: the number is the address's length
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)([^\s>]{1,4000})\s", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s{0,99}Page saved with SingleFile(.{0,6000}?)-->", re.IGNORECASE | re.DOTALL)
_SINGLEFILE_URL = re.compile(r"^\s{0,9}url:\s{0,9}(\S{1,4000})", re.IGNORECASE | re.MULTILINE)
_SINGLEFILE_DATE = re.compile(
    r"^\s{0,9}saved date:\s{0,9}\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: GMT([+-]\d{4})?)?",
    re.IGNORECASE | re.MULTILINE,
)
_HTTRACK = re.compile(
    r"<!-- Mirrored from (\S{1,4000}) by HTTrack[^>]{0,200}?, (\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT) -->"
)
_MONOLITH = re.compile(r"<!-- Saved from (\S{1,4000}) at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) using monolith")
_SAVEPAGE = re.compile(r"<meta name=\"savepage-(url|date)\" content=\"([^\"]{1,4000})\"", re.IGNORECASE)
_WOMBAT = re.compile(r"__wm\.wombat\(\s{0,9}\"([^\"]{1,4000})\"\s{0,9},\s{0,9}\"(\d{14})\"")
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(.{1,4000})", re.DOTALL)
_TOOLBAR = re.compile(r"web\.archive\.org/web/(\d{14})/(https?://[^\s\"'<>]{1,4000})")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a tool states; None where it states nothing that can be believed."""

    url: str | None = None
    captured: Moment | None = None


def stated(head: bytes) -> Stated:
    """The address and the moment that a tool wrote into the page's first bytes."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", "replace")
    url, captured = next((found for rule in _RULES if (found := rule(text)) != (None, None)), (None, None))
    archived = _WAYBACK.match(url) if url else None
    if archived:
        return Stated(_web(archived[2]), _digits(archived[1]) or captured)
    if url is None and "WAYBACK TOOLBAR" in text:
        shown = _TOOLBAR.search(text)
        return Stated(_web(shown[2]), _digits(shown[1])) if shown else Stated()
    return Stated(url, captured)


Found = tuple[str | None, Moment | None]


def _wombat(text: str) -> Found:
    found = _WOMBAT.search(text)
    return (_web(found[1]), _digits(found[2])) if found else (None, None)


def _singlefile(text: str) -> Found:
    found = _SINGLEFILE.search(text)
    if not found:
        return None, None
    url, date = _SINGLEFILE_URL.search(found[1]), _SINGLEFILE_DATE.search(found[1])
    return _web(url[1]) if url else None, _script_date(date) if date else None


def _saved_from(text: str) -> Found:
    found = _SAVED_FROM.search(text)
    return (_web(found[1]) if found else None), None


def _httrack(text: str) -> Found:
    found = _HTTRACK.search(text)
    if not found:
        return None, None
    address = found[1] if "://" in found[1] else f"http://{found[1]}"
    return _web(address), _mail_date(found[2])


def _monolith(text: str) -> Found:
    found = _MONOLITH.search(text)
    return (_web(found[1]), _iso(found[2])) if found else (None, None)


def _savepage(text: str) -> Found:
    found = {one[1].lower(): html.unescape(one[2]) for one in _SAVEPAGE.finditer(text)}
    return _web(found.get("url")), _mail_date(found.get("date", ""))


_RULES = (_wombat, _singlefile, _saved_from, _httrack, _monolith, _savepage)


def _web(url: str | None) -> str | None:
    plain = html.unescape(url or "").strip()
    try:
        parts = urlsplit(plain)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and len(plain) <= URL_LIMIT
    except ValueError:
        return None
    return plain if good and plain.isprintable() and not set(plain) & set(" <>\"'`\\") else None


def _digits(stamp: str) -> Moment | None:
    try:
        return Moment(datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    except ValueError:
        return None


def _iso(stamp: str) -> Moment | None:
    try:
        return Moment.parse(stamp)
    except ValueError:
        return None


def _mail_date(stamp: str) -> Moment | None:
    try:
        return Moment(parsedate_to_datetime(stamp))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _script_date(found: re.Match[str]) -> Moment | None:
    month, day, year, hour, minute, second, zone = found.groups()
    try:
        number = _MONTHS.index(month.title()) + 1
        at = datetime(int(year), number, int(day), int(hour), int(minute), int(second))  # noqa: DTZ001 - below
        if zone:
            ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
            at = at.replace(tzinfo=timezone(-ahead if zone[0] == "-" else ahead))
    except ValueError:
        return None
    return Moment(at)
