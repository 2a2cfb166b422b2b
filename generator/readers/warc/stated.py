"""What a record's head states about what it holds: address, moment, type, name.

Tools of twenty years wrote these heads: addresses in angle brackets, with blanks, of urns; dates with fractions or of
fourteen digits. What cannot be believed is unknown. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from generator.model import Moment, Origin
from generator.readers.warc.answers import media_type
from generator.readers.warc.streams import Spot

MAX_URL = 8_000
MAX_MEMBER = 200

_UNSAFE = re.compile(r"[\x00-\x20\"'<>\\^`{|}\x7f]")
_SAFE = re.compile(r"https?://[!#-&(-;=?-\[\]_a-z~]{1,2000}")  # as nearly all are
_TEXT = re.compile(r"urn:text(?:final)?:(https?://.+)", re.IGNORECASE)  # Browsertrix: what it read off the page
_PAGE = re.compile(r"urn:pageinfo:(https?://.+)", re.IGNORECASE)  # Browsertrix: what the page loaded
_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DIGITS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}


def address(target: str) -> str:
    """The address, made safe; empty where it is not one of the web."""
    if _SAFE.fullmatch(target):
        return target
    url = _bare(target)
    if url[:8].lower().startswith(("http://", "https://")) and len(url) <= MAX_URL:
        return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return ""


def of_text(target: str) -> str:
    """The address of the page whose text a record with this target holds; empty where it holds none."""
    found = _TEXT.match(_bare(target))
    return address(found[1]) if found else ""


def of_page(target: str) -> str:
    """The address of the page that a record with this target is about; empty where it is about none."""
    found = _PAGE.match(_bare(target))
    return address(found[1]) if found else ""


def moment(fields: Mapping[str, str]) -> Moment | None:
    """When the record was made: of a zone that is not stated, UTC."""
    text = fields.get("warc-date", "").strip()
    try:
        if _USUAL.fullmatch(text):
            return Moment(datetime.fromisoformat(text))
        if text.isascii() and text.isdigit():
            digits = text if len(text) in _DIGITS else text[:14]
            at = datetime.strptime(digits, _DIGITS.get(len(digits), "")).replace(tzinfo=UTC)
            return Moment(at.replace(tzinfo=None), "day") if len(digits) == 8 else Moment(at)
        found = Moment.parse(text)
    except ValueError:
        return None
    if found.precision == "day" or found.at.tzinfo:
        return found
    return replace(found, at=found.at.replace(tzinfo=UTC))


def payload_type(fields: Mapping[str, str]) -> str:
    """The media type of what the record holds; empty where that is an answer in HTTP, which states its own."""
    found = media_type(fields.get("content-type", ""))
    return "" if found == "application/http" else found


def member(fields: Mapping[str, str], spot: Spot) -> str:
    """The record's name: its identifier, or else where it lies."""
    name = fields.get("warc-record-id", "").strip().strip("<>")
    good = 0 < len(name) <= MAX_MEMBER and name.isprintable() and " " not in name
    return name if good else f"offset:{spot}"


def inside(origin: Origin, name: str) -> Origin:
    """The origin of a record; of the file itself where it has no name."""
    if not name:
        return origin
    return Origin(origin.path, origin.digest, f"{origin.member}/{name}" if origin.member else name)


def _bare(target: str) -> str:
    return target[: MAX_URL + 99].strip().removeprefix("<").removesuffix(">")
