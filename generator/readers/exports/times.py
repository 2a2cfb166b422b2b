"""Moments as other tools write them: ISO 8601 and its neighbours, the dates of mails, seconds since 1970.

Never raises and never guesses: what is no complete date is None.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz
from typing import Any

from generator.model import Moment

EARLIEST, LATEST = 1970, 2199  # years
LONGEST = 80  # characters

_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]{1,2}(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,12})?)?\s?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?")
_SLASHED = re.compile(r"(\d\d)/(\d\d)/(\d{4})(?: .{0,20})?")
_SECONDS = re.compile(r"\d{9,13}(?:\.\d{1,9})?")
_MILLISECONDS = 100_000_000_000  # numbers from here on count milliseconds


def moment(value: Any, zone: tzinfo | None = None) -> Moment | None:
    """The moment that a value states, None where it states none; `zone` is assumed where a clock has none of its own."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _since(value)
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = value.strip()
    if not text.isascii():
        return None
    if _SECONDS.fullmatch(text):
        return _since(float(text))
    found = _ISO.fullmatch(text) or _BASIC.fullmatch(text)
    return _written(found.groups(), zone) if found else _mailed(text)


def day(value: Any) -> Moment | None:
    """The day of `31/12/2024 11:59:59`, whose clock says not whether it is noon or night."""
    found = _SLASHED.fullmatch(value.strip()) if isinstance(value, str) and len(value) <= LONGEST else None
    return _written((found[3], found[2], found[1], None, None, None, None), None) if found else None


def parts(value: Any) -> Moment | None:
    """The day of CSL's `{"date-parts": [[2024, 3, 18]]}`."""
    try:
        year, month, dom = (int(one) for one in value["date-parts"][0])
    except (TypeError, ValueError, KeyError, IndexError, OverflowError):
        return None
    return _written((f"{year:04}", f"{month:02}", f"{dom:02}", None, None, None, None), None)


def _since(seconds: float) -> Moment | None:
    try:
        at = datetime.fromtimestamp(int(seconds / 1000 if seconds >= _MILLISECONDS else seconds), UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return Moment(at) if seconds > 0 and at.year <= LATEST else None


def _written(found: tuple[str | None, ...], zone: tzinfo | None) -> Moment | None:
    year, month, dom, hour, minute, second, offset = found
    try:
        whole = date(int(year or 0), int(month or 0), int(dom or 0))
        if not EARLIEST <= whole.year <= LATEST:
            return None
        if hour is None:
            return Moment(datetime(whole.year, whole.month, whole.day), "day")  # noqa: DTZ001 - a day has no clock
        at = datetime(
            whole.year,
            whole.month,
            whole.day,
            int(hour),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(offset, zone),
        )
    except ValueError:
        return None
    return Moment(at, "second" if second else "minute")


def _zone(offset: str | None, otherwise: tzinfo | None) -> tzinfo | None:
    if not offset:
        return otherwise
    if offset[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[3:].lstrip(":") or 0))
    return timezone(-ahead if offset[0] == "-" else ahead)


def _mailed(text: str) -> Moment | None:
    try:
        found = parsedate_tz(text)
        if found is None or not EARLIEST <= found[0] <= LATEST:
            return None
        # "-0000" says UTC without a local zone; what names no zone or an unknown one keeps none
        ahead = 0 if text.endswith("-0000") else found[9]
        offset = None if ahead is None else timezone(timedelta(minutes=ahead // 60))
        return Moment(datetime(*found[:6], tzinfo=offset))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
