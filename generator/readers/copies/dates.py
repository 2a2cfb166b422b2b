"""Dates as tools and people write them into notes, to moments.

Keeps what is stated: no zone is added, no clock invented. What may mean two days is not read. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from generator import phrases
from generator.model import Moment
from generator.text import fold

LENGTH = 80  # a longer text is not a date
EARLIEST, LATEST = 1900, 2200

_CLOCK = re.compile(
    r"(?:(上午|下午|晚上|午前|午後|오전|오후)\s?)?(\d{1,2})[:：时時h](\d{2})(?:[:：分](\d{2})(?:[.,]\d{1,9})?)?秒?分?"
    r"\s?([ap]\.?m\b\.?)?\s?(?:\(?(?:UTC|GMT)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{1,2}(?!\d))\)?|(UTC|GMT|Z)\b)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)\s?[日일]?T?")
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?)?$")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d{1,9})?$")
_NAMED = (
    (re.compile(r"([^\W\d_]{3,14})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)"), (3, 1, 2)),
    (re.compile(r"(?<!\d)(\d{1,2})(?:\.|st|nd|rd|th|er)?[\s-](?:de |d')?([^\W\d_]{3,14})\.?,?[\s-](?:de )?(\d{4})(?!\d)"), (3, 2, 1)),
)  # fmt: skip
_AFTERNOON = frozenset({"下午", "晚上", "午後", "오후", "pm"})
_MORNING = frozenset({"上午", "午前", "오전", "am"})


def moment(written: str, *, month_first: bool | None = None) -> Moment | None:
    """The moment that a short text states; None where it states none, or one that can be read in two ways.

    `month_first` says how to read 03/04/2025; None leaves it unread.
    """
    flat = " ".join(written.strip().strip("\"'[]<>").split())
    if not 4 < len(flat) <= LENGTH:
        return None
    whole = _machine(flat) or _mail(flat)
    if whole:
        return whole
    for end, year, month, day in _days(flat, month_first):
        try:
            date = datetime(year, month, day)  # noqa: DTZ001 - no zone is stated
        except ValueError:
            continue
        if EARLIEST <= year <= LATEST:
            return _timed(date, _CLOCK.search(flat, end))
    return None


def _machine(flat: str) -> Moment | None:
    epoch = _EPOCH.fullmatch(flat)
    if epoch:
        at = datetime.fromtimestamp(int(epoch[1]), UTC)
        return Moment(at) if 1990 <= at.year <= LATEST else None
    compact = _COMPACT.match(flat)
    if compact:
        year, month, day, hour, minute, second, zone = compact.groups()
        clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
        flat = f"{year}-{month}-{day}{clock}"
    try:
        read = Moment.parse(flat)
    except ValueError:
        return None
    return read if EARLIEST <= read.at.year <= LATEST else None


def _mail(flat: str) -> Moment | None:
    """The form of mail: `Tue, 05 Mar 2024 09:30:00 +0100`, and nothing that only resembles it."""
    if not re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d?:\d\d", flat):
        return None
    try:
        at = parsedate_to_datetime(flat)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return Moment(at) if EARLIEST <= at.year <= LATEST else None


def _days(flat: str, month_first: bool | None) -> Iterator[tuple[int, int, int, int]]:  # noqa: FBT001 - three values
    """Days in the text: where each ends, its year, month and day."""
    for found in _YEAR_FIRST.finditer(flat):
        yield found.end(), int(found[1]), int(found[2]), int(found[3])
    for pattern, (year, month, day) in _NAMED:
        for found in pattern.finditer(flat):
            number = phrases.months().get(fold(found[month]).rstrip("."))
            if number:
                yield found.end(), int(found[year]), number, int(found[day])
    for found in _YEAR_LAST.finditer(flat):
        first, second, full = int(found[1]), int(found[3]), int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        if found[2] == "." or first > 12 or (month_first is False):
            yield found.end(), full, second, first
        elif second > 12 or month_first or first == second:
            yield found.end(), full, first, second


def _timed(date: datetime, found: re.Match[str] | None) -> Moment:
    if found is None:
        return Moment(date, "day")
    before, hour, minute, second, after, zone, universal = found.groups()
    number, half = int(hour), (before or after or "").lower().replace(".", "")
    if half in _AFTERNOON and number < 12:
        number += 12
    elif half in _MORNING and number == 12:
        number = 0
    try:
        at = date.replace(hour=number, minute=int(minute), second=min(int(second or 0), 59))
        at = at.replace(tzinfo=UTC if universal else _zone(zone))
    except ValueError:
        return Moment(date, "day")
    return Moment(at, "second" if second else "minute")


def _zone(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone in "Zz":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0") if len(zone) > 2 else f"0{zone[1:]}00"
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if zone[0] == "-" else ahead)
