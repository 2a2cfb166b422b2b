"""What is wanted of which archive, and how it may be asked: what a person typed, checked and made into values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from generator.errors import UsageError
from generator.model import Moment
from generator.wayback.archives import DEFAULT

DELAY_SECONDS = 1.5

DIGITS = 14  # of a memento's time: YYYYMMDDhhmmss

_FORM = "%Y%m%d%H%M%S"
_FIRST = "00010101000000"  # what completes a time of fewer digits
_REPLAYED = re.compile(r"https?://web\.archive\.org/web/[^/]{0,20}/(.{1,4000})", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.){1,10}[a-z0-9-]{1,63}")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_STAMP = re.compile(r"\d{4}(?:\d\d){0,5}")


class Watch(Protocol):
    """Somebody who is told how far the work is, and why it waits."""

    def stage(self, name: str, total: int | None) -> None: ...

    def step(self) -> None: ...

    def remark(self, message: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted: whose pages, of which time, and which mementos of each. Times are 4 to 14 digits, or none."""

    host: str
    path: str = ""
    subdomains: bool = False
    since: str = ""
    until: str = ""
    near: str = ""
    every_version: bool = False
    keep_all: bool = False
    pictures: bool = False
    limit: int | None = None

    def within(self, time: str) -> bool:
        """Whether a memento of that time is wanted."""
        return time[: len(self.since)] >= self.since and (not self.until or time[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Ways:
    """How the archive is asked, and where things go. `contact` tells the archive whom to write to."""

    content: Path
    cache: Path
    watch: Watch
    sleep: Callable[[float], None]
    endpoint: str = DEFAULT
    delay: float = DELAY_SECONDS
    contact: str = ""
    relist: bool = False


def wanted(site: str, *, match: str = "", since: str = "", until: str = "", near: str = "") -> Wanted:
    """What a person asks for by a host or an address, with bounds in time. Raises UsageError.

    Addresses as they stand in the Wayback Machine's own pages are understood, as are `*.host` and `host/path/*`.
    """
    found = _REPLAYED.match(site.strip())
    bare = (found[1] if found else site).strip().removesuffix("*")
    subdomains = bare.startswith("*.")
    parts = _split(bare.removeprefix("*."))
    host = _host(parts.hostname or "")
    if not host:
        raise UsageError(f"not a host: {site!r}", "write it like news.example or https://news.example/2014/")
    asked = Wanted(host, _path(match, host) if match else _tail(parts), subdomains)
    asked = replace(asked, since=_time("--from", since), until=_time("--to", until), near=_full(_time("--near", near)))
    if asked.since and asked.until and asked.since[: len(asked.until)] > asked.until[: len(asked.since)]:
        raise UsageError(f"--from {since} lies after --to {until}")
    return asked


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address if "://" in address else f"http://{address}")
    except ValueError:
        return urlsplit("")


def _host(name: str) -> str:
    try:
        plain = name.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return plain.removeprefix("www.") if _HOST.fullmatch(plain) else ""


def _tail(parts: SplitResult) -> str:
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "" if path == "/" else path


def _path(match: str, host: str) -> str:
    """`--match` as the beginning of a path: given as one, or as an address on that host."""
    if "://" not in match:
        return f"/{match.removesuffix('*').lstrip('/')}"
    parts = _split(match.removesuffix("*"))
    if _host(parts.hostname or "") != host:
        raise UsageError(f"--match {match}: not an address on {host}")
    return _tail(parts)


def _time(option: str, said: str) -> str:
    """A date or time as a person writes it, in 4 to 14 digits."""
    plain = said.strip()
    day = _DAY.fullmatch(plain)
    digits = "".join(filter(None, day.groups())) if day else plain
    if not digits:
        return ""
    try:
        if not _STAMP.fullmatch(digits):
            digits = Moment.parse(digits).instant().strftime(_FORM)
        datetime.strptime(_full(digits), _FORM).replace(tzinfo=UTC)
    except ValueError as error:
        raise UsageError(
            f"{option}: not a date: {said!r}", "write it like 2008, 2008-05, 2008-05-17 or 20080517203000"
        ) from error
    return digits


def _full(digits: str) -> str:
    return digits + _FIRST[len(digits) :] if digits else ""
