"""RSS 0.9x, 1.0 and 2.0, with the modules that news feeds use."""

from __future__ import annotations

import re
from typing import Any

from generator.model import Moment
from generator.readers.exports import times
from generator.readers.exports.entry import address
from generator.readers.feeds.elements import Named, base, children, every, first, html, name
from generator.readers.feeds.item import MAX_ITEMS, Feed, Item

_PERSON = re.compile(r"[^\s()]{1,200}@[^\s()]{1,200}\s{0,9}(?:\(([^()]{1,200})\))?")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PUBLISHED = ("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "published")
_MODIFIED = ("dcterms:modified", "atom:updated", "lastbuilddate")


def read(root: Any) -> Feed | None:
    """The feed; None where this is no RSS."""
    if name(root) != "rss" and root.tag.rpartition("}")[2] != "RDF":
        return None
    outer = children(root)
    channel = outer.get("channel", [root])[0]
    said = children(channel)
    home = address(first(said, "link")) or base(channel)
    items = [one for one in root.iter("{*}item") if name(one) == "item"]  # wherever a broken feed has them
    return Feed(
        tuple(_item(item, home) for item in items[:MAX_ITEMS]),
        len(items),
        first(said, "title"),
        first(said, "language", "dc:language"),
        first(said, "copyright", "dc:rights"),
    )


def _item(element: Any, home: str | None) -> Item:
    said = children(element)
    on = base(element) or home
    url = _url(element, said, on)
    content = next(iter((*said.get("content:encoded", ()), *said.get("atom:content", ()))), None)
    summary = next(
        iter((*said.get("description", ()), *said.get("atom:summary", ()), *said.get("itunes:summary", ()))), None
    )
    return Item(
        first(said, "guid") or url or "",
        url,
        first(said, "title", "dc:title", "media:title"),
        "" if content is None else html(content),
        "" if summary is None else html(summary),
        _moment(said, *_PUBLISHED),
        _moment(said, *_MODIFIED),
        _authors(said),
        every(said, "category", "dc:subject"),
        first(said, "source", "dc:source"),
        first(said, "dc:rights"),
        first(said, "dc:language"),
        _picture(said, on),
        base(element) or url,
    )


def _url(element: Any, said: Named, on: str | None) -> str | None:
    """The address of the story: FeedBurner's detours undone, a guid only where it is one."""
    for one in ("feedburner:origlink", "link"):
        url = address(first(said, one), on) if first(said, one) else None
        if url:
            return url
    for link in said.get("atom:link", ()):
        if link.get("rel", "alternate") == "alternate" and (url := address(link.get("href"), on)):
            return url
    for guid in said.get("guid", ()):
        if guid.get("isPermaLink", "true").lower() != "false" and (url := address("".join(guid.itertext()))):
            return url
    return address(element.get(_ABOUT))


def _moment(said: Named, *wanted: str) -> Moment | None:
    return next((at for text in every(said, *wanted) if (at := times.moment(text))), None)


def _authors(said: Named) -> tuple[str, ...]:
    """The persons; of an address of mail only the name behind it."""
    found = []
    for text in every(said, "dc:creator", "author", "itunes:author") or [
        text for author in said.get("atom:author", ()) for text in every(children(author), "atom:name")
    ]:
        mail = _PERSON.fullmatch(text)
        found.append((mail[1] or "") if mail else text)
    return tuple(dict.fromkeys(one for one in found if one))


def _picture(said: Named, on: str | None) -> str | None:
    media = [*said.get("media:content", ()), *(one for group in said.get("media:group", ()) for one in group)]
    shown = [one for one in media if one.get("medium") == "image" or one.get("type", "").startswith("image/")]
    enclosed = [one for one in said.get("enclosure", ()) if one.get("type", "").startswith("image/")]
    for one in (*shown, *enclosed, *said.get("media:thumbnail", ())):
        if url := address(one.get("url"), on):
            return url
    return None
