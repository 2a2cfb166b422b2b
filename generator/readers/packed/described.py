"""What a tool wrote about the page in a folder of its archive: MAFF's `index.rdf`, SingleFile's `manifest.json`.

Believes addresses of the web only, and nothing that cannot be read as it should be.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from generator.model import SNIPPET, Claim, Moment
from generator.readers import stamps
from generator.text import cut, line

TITLE_LENGTH = 500
ADDRESS_LENGTH = 8_000
TITLE_CONFIDENCE = 0.4  # less than the page's own title, which may be cleaner

_RDF = re.compile(
    r"<(?:\w{1,20}:)?(originalurl|title|archivetime|indexfilename)\s[^>]{0,200}?resource\s{0,9}=\s{0,9}(?:\"([^\"]{0,8000})\"|'([^']{0,8000})')",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Described:
    """The page of a folder: its file's name, where and when it was saved, and claims about it.

    `alone` says that all else in the folder belongs to that page.
    """

    index: str
    url: str | None
    captured: Moment | None
    claims: tuple[Claim, ...]
    alone: bool


def titled(title: str, basis: str) -> tuple[Claim, ...]:
    """A container's title of a page as a modest claim about its headline; none where it is empty or an address."""
    plain = line(title)[:TITLE_LENGTH]
    if not plain or "://" in plain:
        return ()
    return (Claim("headline", (plain,), basis, TITLE_CONFIDENCE, cut(plain, SNIPPET)),)


def _maff(raw: bytes) -> Described | None:
    """RDF as the Mozilla Archive Format writes it."""
    stated = {one[1].lower(): html.unescape(one[2] or one[3] or "") for one in _RDF.finditer(_text(raw))}
    if not stated:
        return None
    page = _saved_from(stated.get("originalurl", ""))
    return Described(
        _file(stated.get("indexfilename", "")),
        page.url,
        page.captured or _mail_date(stated.get("archivetime", "")),
        titled(stated.get("title", ""), "maff:title"),
        alone=True,
    )


def _singlefile(raw: bytes) -> Described | None:
    """JSON as SingleFile writes it into its ZIPs."""
    try:
        stated = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(stated, dict) or not isinstance(stated.get("originalUrl"), str):
        return None
    words = {name: value for name, value in stated.items() if isinstance(value, str)}
    page = _saved_from(words["originalUrl"])
    return Described(
        _file(words.get("indexFilename", "")),
        page.url,
        page.captured or _moment(words.get("archiveTime", "")),
        titled(words.get("title", ""), "singlefile:title"),
        alone=False,
    )


# By the name of the file that says it.
DESCRIPTIONS: Mapping[str, Callable[[bytes], Described | None]] = MappingProxyType(
    {"manifest.json": _singlefile, "index.rdf": _maff}
)


def _saved_from(address: str) -> stamps.Stated:
    """An address as the page's, put into the words of a browser's stamp, so that one rule judges all."""
    return stamps.stated(
        f"<!-- saved from url=(0000){html.escape(address[:ADDRESS_LENGTH])} -->".encode("utf-8", "replace")
    )


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8-sig", "replace")


def _file(name: str) -> str:
    return name if name and "/" not in name and "\\" not in name else "index.html"


def _mail_date(stamp: str) -> Moment | None:
    try:
        return Moment(parsedate_to_datetime(stamp))
    except (ValueError, TypeError, OverflowError, IndexError):
        return _moment(stamp)


def _moment(stamp: str) -> Moment | None:
    try:
        return Moment.parse(stamp)
    except ValueError:
        return None
