"""Feeds, sitemaps and JSON: whether others can read them, and where they link to. Pure, never raises."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn

from lxml import etree

from generator.check import active

_ATOM = "{http://www.w3.org/2005/Atom}"
_SHOWN = ("http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg", "http://www.w3.org/1998/Math/MathML")
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_JSON_FEED = "https://jsonfeed.org/version/"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_DAY_OR_INSTANT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
# controls, and signs that turn what follows around; nothing else in a page says so
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufffe\uffff]")
_MAIL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:UT|[A-Z]{1,3}|[+-]\d{4})"
)


@dataclass(frozen=True, slots=True)
class DataRead:
    """A file of data as read: what is wrong with it, the addresses in it, its texts that are HTML, what could run."""

    problems: tuple[str, ...]
    links: tuple[str, ...] = ()
    html: tuple[str, ...] = ()
    active: tuple[str, ...] = ()


def text_problems(raw: bytes) -> Iterator[str]:
    """Why not everybody reads the bytes as the same text: they are no UTF-8, or hold what no text holds."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f"is not UTF-8 from byte {error.start} on"
        return
    if odd := _NO_TEXT.search(text):
        yield f"holds U+{ord(odd[0]):04X} at character {odd.start()}"


def json_problems(source: str) -> tuple[str, ...]:
    """Why others cannot read it as JSON."""
    return _json(source.encode("utf-8", "surrogatepass")).problems


def _json(raw: bytes) -> DataRead:
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        return DataRead((f"not JSON: {error}",))
    if isinstance(value, dict) and str(value.get("version", "")).startswith(_JSON_FEED):
        items = value.get("items")
        own = [item.get("content_html") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        return DataRead(tuple(_json_feed(value)), html=tuple(text for text in own if isinstance(text, str)))
    return DataRead(())


def _json_lines(raw: bytes) -> DataRead:
    # by line feed alone: the text may hold other separators
    numbered = ((number, _json(line)) for number, line in enumerate(raw.split(b"\n"), 1) if line.strip())
    return DataRead(tuple(f"line {number}: {problem}" for number, read in numbered for problem in read.problems))


def _xml(raw: bytes) -> DataRead:
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.LxmlError, ValueError) as error:
        return DataRead((f"not XML: {error}",))
    if root.getroottree().docinfo.internalDTD is not None:
        return DataRead(("holds a DOCTYPE, which readers refuse",))
    problems, links = _kind_of_xml(root)
    return DataRead(tuple(problems), links, tuple(_html(root)), tuple(_active(root)))


def _kind_of_xml(root: etree._Element) -> tuple[Iterable[str], tuple[str, ...]]:
    """What is wrong with it as what it is, and the addresses it names."""
    if root.tag == f"{_ATOM}feed":
        return _atom(root), tuple(link.get("href", "") for link in root.iter(f"{_ATOM}link"))
    if root.tag == "rss":
        return _rss(root), tuple((link.text or "").strip() for link in root.iter("link"))
    if root.tag in (f"{_SITEMAP}urlset", f"{_SITEMAP}sitemapindex"):
        places = tuple((place.text or "").strip() for place in root.iter(f"{_SITEMAP}loc"))
        return _sitemap(root, places), places
    return (), ()


def _html(root: etree._Element) -> Iterator[str]:
    """The texts that a feed reader shows as HTML: Atom's that say so, and RSS's descriptions."""
    for element in root.iter(etree.Element):
        said = element.get("type", "").lower() if element.tag.startswith(_ATOM) else ""
        if said in ("html", "text/html") or element.tag in ("description", _ENCODED):
            yield element.text or ""


def _active(root: etree._Element) -> Iterator[str]:
    """What a browser would run that is given the file itself: markup of its own in it, and a program that shows it."""
    if root.xpath("preceding-sibling::processing-instruction('xml-stylesheet')"):
        yield "<?xml-stylesheet?>"
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        if name.namespace in _SHOWN:
            yield from active.found(element, name.localname.lower())


READERS: Mapping[str, Callable[[bytes], DataRead]] = MappingProxyType(
    {
        **dict.fromkeys((".json", ".webmanifest", ".geojson"), _json),
        **dict.fromkeys((".jsonl", ".ndjson"), _json_lines),
        **dict.fromkeys((".xml", ".atom", ".rss", ".opml"), _xml),
    }
)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _json_feed(feed: dict[str, Any]) -> Iterator[str]:
    if not feed.get("title"):
        yield "the feed has no title"
    items = feed.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) and item.get("id") for item in items):
        yield "the feed has no items, or one without an id"
        return
    yield from _twice(str(item["id"]) for item in items)
    for item in items:
        for name in ("date_published", "date_modified"):
            if name in item and not _INSTANT.fullmatch(str(item[name])):
                yield f"{name}: not a date of RFC 3339: {item[name]!r}"


def _atom(feed: etree._Element) -> Iterator[str]:
    entries = feed.findall(f"{_ATOM}entry")
    for part in (feed, *entries):
        name = etree.QName(part).localname
        yield from (
            f"{name} without {child}" for child in ("id", "title", "updated") if part.find(_ATOM + child) is None
        )
        for child in ("updated", "published"):
            date = part.findtext(_ATOM + child)
            if date is not None and not _INSTANT.fullmatch(date.strip()):
                yield f"{child}: not a date of RFC 3339: {date!r}"
    yield from _twice(entry.findtext(f"{_ATOM}id") or "" for entry in entries)


def _rss(feed: etree._Element) -> Iterator[str]:
    channel = feed.find("channel")
    if channel is None or any(channel.find(name) is None for name in ("title", "link", "description")):
        yield "channel without title, link or description"
    items = list(feed.iter("item"))
    for item in items:
        if item.find("title") is None and item.find("description") is None:
            yield "item without title and description"
        date = item.findtext("pubDate")
        if date is not None and not _MAIL_DATE.fullmatch(date.strip()):
            yield f"pubDate: not a date of RFC 822: {date!r}"
    yield from _twice(name for item in items if (name := item.findtext("guid") or item.findtext("link")))


def _sitemap(root: etree._Element, places: tuple[str, ...]) -> Iterator[str]:
    yield from (
        f"loc is no absolute address: {place[:160]!r}"
        for place in places
        if not place.startswith(("https://", "http://"))
    )
    for date in root.iter(f"{_SITEMAP}lastmod"):
        if not _DAY_OR_INSTANT.fullmatch((date.text or "").strip()):
            yield f"lastmod: not a date of W3C: {date.text!r}"


def _twice(names: Iterable[str]) -> Iterator[str]:
    yield from (f"id {name!r} stands {count} times" for name, count in sorted(Counter(names).items()) if count > 1)
