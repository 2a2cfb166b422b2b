"""What the tools that save pages write into them: the page's address and the moment of saving.

Only http and https addresses are believed. A page saved out of a web archive is the archive's copy: its own address, its
own moment. Never raises.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from generator import mementos
from generator.model import Moment

HEAD = 16_384  # bytes in which the tools write their comment
TAIL = 4_096  # and archives theirs
FURTHER = 400_000  # bytes in which a tool may still speak
FAR = 4_000_000  # bytes: how far the words of an archive are looked for where its address says nothing
URL_LIMIT = 4_000

# Internet Explorer and all that copied it: the number is the address's length
_SAVED_FROM = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,6}\)([^\s>]{1,4000})\s", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s{0,99}Page saved with SingleFile(.{0,6000}?)-->", re.IGNORECASE | re.DOTALL)
_SINGLEFILE_URL = re.compile(r"^\s{0,9}url:\s{0,9}(\S{1,4000})", re.IGNORECASE | re.MULTILINE)
_SINGLEFILE_DATE = re.compile(r"^\s{0,9}saved date:\s{0,9}(.{10,120})", re.IGNORECASE | re.MULTILINE)
# a script's date as text, in whatever language the browser speaks
_SCRIPT_DATE = re.compile(
    r"(?:\S{1,20} )?(\S{1,20}) (\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d)(?: (?:GMT|UTC)([+-]\d{4})?)?", re.IGNORECASE
)
_HTTRACK = re.compile(
    r"<!-- Mirrored from (\S{1,4000}) by HTTrack[^>]{0,200}?, (\w{3}, \d{1,2} \w{3} \d{4} \d\d:\d\d:\d\d GMT) -->"
)
_MONOLITH = re.compile(r"<!-- Saved from (\S{1,4000}) at (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) using monolith")
_MAOXIAN = re.compile(r"<!--\s{0,9}OriginalSrc:\s{0,9}(\S{1,4000})")
_META = re.compile(
    r"<meta\b[^<>]{0,99}?\b(?:name|itemprop)=[\"']?(savepage-url|savepage-date|source-url|created)[\"']?\s{1,9}"
    r"content=(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s>\"']{1,4000}))",
    re.IGNORECASE,
)
_SCRAPBOOK = re.compile(r"\bdata-scrapbook-(source|create)=(?:\"([^\"]{1,4000})\"|([^\s>\"']{1,4000}))", re.IGNORECASE)
_EVERNOTE = re.compile(r"^(\d{4})-?(\d\d)-?(\d\d)[ T](\d\d):?(\d\d):?(\d\d) ?(Z|[+-]\d{4})?")
_FAR = b'"savepage-url"'  # which stands behind what the tool adds for itself
# what lies beside pages that ScrapBook and MAFF keep
INDEXES = ("index.rdf", "index.dat")
_INDEX_URL = re.compile(
    r"(?:originalurl\b[^<>\"]{0,60}\"|^source\t)(https?://[^\s\"<>]{1,4000})", re.IGNORECASE | re.MULTILINE
)
_INDEX_DATE = re.compile(
    r"(?:archivetime\b[^<>\"]{0,60}\"|^(?:create|id)\t)([^\"<>\r\n]{8,60})", re.IGNORECASE | re.MULTILINE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NUMBER = re.compile(r"(\d{1,2})(?:月|월)?$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a tool states; None where it states nothing that can be believed."""

    url: str | None = None
    captured: Moment | None = None


def stated(body: bytes) -> Stated:
    """The address and the moment that a tool, or a web archive, wrote into the page."""
    head = _text(_ends(body))
    found = (rule(head) for marks, rule in _RULES if any(mark in head for mark in marks))
    url, captured = next((one for one in found if one != (None, None)), (None, None))
    copy = mementos.of(url)
    archived = mementos.is_archive(url)
    if url is not None and copy is None and not archived:
        return Stated(url, captured)
    unknown = archived and not (copy and copy.captured)
    told = mementos.stated(_text(body[:FAR]) if unknown else head)
    if told is None or not _fits(told, copy):
        told = mementos.Memento()
    saved = None if archived else captured  # the moment of a copy is never that of its saving
    return Stated((copy.url if copy else None) or told.url, (copy.captured if copy else None) or told.captured or saved)


def indexed(index: bytes) -> Stated:
    """What the file beside the page says that holds what is known of it."""
    text = index[:HEAD].decode("utf-8", "replace")
    url, at = _INDEX_URL.search(text), _INDEX_DATE.search(text)
    copy = mementos.of(_web(url[1])) if url else None
    if copy:
        return Stated(copy.url, copy.captured)
    return Stated(_web(url[1]) if url else None, _mail_date(html.unescape(at[1])) or _local(at[1]) if at else None)


Found = tuple[str | None, Moment | None]


def _ends(body: bytes) -> bytes:
    """The beginning and the end of the page, and the place between them where a tool may speak."""
    if len(body) <= HEAD + TAIL:
        return body
    at = body.find(_FAR, HEAD, FURTHER)
    middle = b"\n" + body[max(0, at - 400) : at + 8_000] if at > 0 else b""
    return body[:HEAD] + middle + b"\n" + body[-TAIL:]


def _text(raw: bytes) -> str:
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    return raw.decode("utf-16" if wide else "utf-8", "replace")


def _fits(told: mementos.Memento, copy: mementos.Memento | None) -> bool:
    """Whether the page's words are about the copy whose address is known."""
    if copy is None or not copy.url or not told.url:
        return True
    return urlsplit(copy.url).hostname == urlsplit(told.url).hostname


def _singlefile(text: str) -> Found:
    found = _SINGLEFILE.search(text)
    if not found:
        return None, None
    url, date = _SINGLEFILE_URL.search(found[1]), _SINGLEFILE_DATE.search(found[1])
    return _web(url[1]) if url else None, _script_date(date[1]) if date else None


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


def _maoxian(text: str) -> Found:
    found = _MAOXIAN.search(text)
    return (_web(found[1]) if found else None), None


def _metas(text: str) -> Found:
    """Save Page WE, Evernote: names and contents in the head."""
    told = {one[1].lower(): html.unescape(one[2] or one[3] or one[4]) for one in _META.finditer(text)}
    if "savepage-url" in told:
        return _web(told["savepage-url"]), _script_date(told.get("savepage-date", "")) or _mail_date(
            told.get("savepage-date", "")
        )
    url = _web(told.get("source-url"))
    return url, _note_date(told.get("created", "")) if url else None


def _scrapbook(text: str) -> Found:
    told = {one[1].lower(): html.unescape(one[2] or one[3]) for one in _SCRAPBOOK.finditer(text)}
    return _web(told.get("source")), _digits(told.get("create", "")[:14])


# each rule with words without which it finds nothing: to look for them is quick
_RULES = (
    (("SingleFile",), _singlefile),
    (("saved from url", "Saved from url", "SAVED FROM URL"), _saved_from),
    (("by HTTrack",), _httrack),
    (("using monolith",), _monolith),
    (("savepage-url", "source-url"), _metas),
    (("data-scrapbook-",), _scrapbook),
    (("OriginalSrc:",), _maoxian),
)


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


def _local(stamp: str) -> Moment | None:
    """14 digits as a clock on somebody's wall told them."""
    found = _digits(stamp.strip()[:14])
    return Moment(found.at.replace(tzinfo=None)) if found else None


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


def _note_date(stamp: str) -> Moment | None:
    found = _EVERNOTE.match(stamp)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    return _iso(f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone or ''}")


def _script_date(stamp: str) -> Moment | None:
    found = _SCRIPT_DATE.match(stamp.strip())
    if not found:
        return None
    month, day, year, hour, minute, second, zone = found.groups()
    name, number = month.lower()[:3], _MONTH_NUMBER.match(month)
    try:
        which = _MONTHS.index(name) + 1 if name in _MONTHS else int(number[1]) if number else 0
        at = datetime(int(year), which, int(day), int(hour), int(minute), int(second))  # noqa: DTZ001 - below
        if zone:
            ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
            at = at.replace(tzinfo=timezone(-ahead if zone[0] == "-" else ahead))
    except ValueError:
        return None
    return Moment(at)
