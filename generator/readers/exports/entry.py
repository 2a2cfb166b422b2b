"""One entry of an export as what it gives: a page with what the tool says about it, or a story known but not held.

The page that is made of an entry's content says nothing of its own: what the tool says goes beside it, as claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from generator import text
from generator.errors import Finding
from generator.model import SNIPPET, Capture, Claim, Moment, Origin, Seen
from generator.readers import parts
from generator.readers.exports.damage import Damage
from generator.readers.exports.markup import inner, words
from generator.readers.found import Near, alone

SURE = 0.9  # what a tool says about a text that it keeps itself
LIKELY = 0.6  # what it says about a whole page, which speaks for itself
LEAST_TEXT = 20  # characters below which an entry holds no text
MAX_URL = 4_000
MAX_VALUE = 1_000  # characters of one value
MAX_VALUES = 100
MAX_KEY = 200

_TAGS = re.compile(r"[|;,]")
_SPLIT = re.compile(r"\s{0,9}(?:[;,、，&|]|\band\b)\s{0,9}")
_BY = re.compile(r"by\s", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
_SPACES = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60", "\\": "%5C", "'": "%27"})

Statement = tuple[str, str, Any]  # our field, the tool's own name for it, its value
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `list` is the tool's name in words, `key` names the entry within its file; without `html` it is a link.

    `base` is what relative addresses stand on where that is not `url`; `picture` is shown where the content has none;
    `near` has the pictures that came with the content.
    """

    list: str
    key: str
    url: str | None = None
    title: str = ""
    html: str | None = None
    saved: Moment | None = None
    summary: str = ""
    language: str = ""
    picture: str | None = None
    base: str | None = None
    claims: tuple[Claim, ...] = ()
    near: Near = field(default=alone, compare=False)


def told(
    records: Iterable[T | Damage], read: Callable[[T], Entry | Damage | None], origin: Origin
) -> Iterator[Capture | Seen | Finding]:
    """What the records of an export give, one after the other; a damaged one gives a finding and the rest are read."""
    for record in records:
        entry = record if isinstance(record, Damage) else read(record)
        if isinstance(entry, Damage):
            yield Finding(entry.code, str(origin), str(entry))
        elif entry is not None:
            yield found(entry, origin)


def found(entry: Entry, origin: Origin) -> Capture | Seen | Finding:
    """The entry as a capture of its content, as a story known by its link, or as a remark where it has neither."""
    key = text.line(entry.key)[:MAX_KEY]
    title = text.cut(text.line(entry.title), MAX_VALUE)
    place = replace(origin, member="/".join(filter(None, (origin.member, key))))
    html = inner(entry.html or "")
    if len(words(html)) >= LEAST_TEXT:
        body = _page(entry, title, html)
        pictures = () if entry.near is alone else parts.gather(body, entry.near)
        return Capture(body, place, "text/html", "utf-8", entry.url, entry.saved, pictures, entry.claims)
    if entry.url is None:
        return Finding("file-skipped", str(place), "the entry has no address of a page; it was left")
    excerpt = text.cut(text.line(words(entry.summary)), MAX_VALUE)
    return Seen(
        title or entry.url,
        excerpt or None,
        entry.url,
        entry.list,
        _published(entry.claims),
        entry.saved,
        next((one.values for one in entry.claims if one.field == "tags"), ()),
    )


def claims(tool: str, stated: Iterable[Statement], strength: float = SURE) -> tuple[Claim, ...]:
    """What a tool says about a story, with the tool's own names as basis; what says nothing is left out."""
    made: list[Claim] = []
    for about, name, value in stated:
        values = _values(value)
        if values:
            made.append(Claim(about, values, f"{tool}:{name}", strength, text.cut("; ".join(values), SNIPPET)))
    return tuple(made)


def address(value: Any, base: str | None = None) -> str | None:
    """The value where it is an address of the web, otherwise None; made whole with `base`."""
    if not isinstance(value, str) or len(value) > MAX_URL:
        return None
    plain = value.strip().translate(_SPACES)
    try:
        whole = urljoin(base, plain) if base else plain
        found = urlsplit(whole)
        good = found.scheme in ("http", "https") and found.hostname and (found.port is None or found.port)
    except ValueError:
        return None
    return whole if good and whole.isprintable() and len(whole) <= MAX_URL else None


def names(value: Any) -> tuple[str, ...]:
    """The persons in `By Jane Roe, John Doe and May Moe`, or in a list of such."""
    if isinstance(value, str):
        return tuple(name for name in _SPLIT.split(_BY.sub("", value[:MAX_VALUE].strip(), count=1)) if name)
    return tuple(name for one in value[:MAX_VALUES] for name in names(one)) if isinstance(value, list | tuple) else ()


def tagged(tool: str, name: str, value: str) -> tuple[Claim, ...]:
    """The tags that a tool writes into one value, as a claim."""
    return claims(tool, (("tags", name, _TAGS.split(value[:MAX_VALUE])),))


def string(value: Any) -> str:
    """The value where it is text, otherwise nothing."""
    return value if isinstance(value, str) else ""


def _published(stated: Iterable[Claim]) -> Moment | None:
    for one in stated:
        if one.field == "published":
            try:
                return Moment.parse(one.value)
            except ValueError:
                continue
    return None


def _values(value: Any) -> tuple[str, ...]:
    if isinstance(value, Moment):
        return (str(value),)
    listed = value if isinstance(value, list | tuple) else (value,)
    lines = (text.cut(text.line(one), MAX_VALUE) for one in listed[:MAX_VALUES] if isinstance(one, str))
    return text.unique(line for line in lines if line)


def _page(entry: Entry, title: str, html: str) -> bytes:
    language = entry.language.strip().replace("_", "-")
    marked = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    base = f'<base href="{escape(entry.base)}">' if entry.base else ""
    head = f'<meta charset="utf-8"><title>{escape(title)}</title>{base}'
    lead = (
        ""
        if entry.picture is None or "<img" in html.lower()
        else f'<figure><img src="{escape(entry.picture)}"></figure>\n'
    )
    heading = f"<h1>{escape(title)}</h1>\n" if title else ""
    page = f"<!DOCTYPE html>\n<html{marked}><head>{head}</head>\n<body><article>{heading}{lead}{html}</article></body></html>\n"
    return page.encode("utf-8", "replace")
