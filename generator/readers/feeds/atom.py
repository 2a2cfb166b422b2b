"""Atom 1.0, and 0.3 as it was before."""

from __future__ import annotations

from html import escape
from typing import Any

from generator.model import Moment
from generator.readers.exports import times
from generator.readers.exports.entry import address
from generator.readers.feeds.elements import Named, base, children, every, first, html, language, name
from generator.readers.feeds.item import MAX_ITEMS, Feed, Item


def read(root: Any) -> Feed | None:
    """The feed, or the one entry that a document may be; None where this is no Atom."""
    kind = name(root)
    if kind == "atom:entry":
        return Feed((_item(root, base(root)),), 1)
    if kind != "atom:feed":
        return None
    said = children(root)
    home = base(root) or _link(said, None)
    entries = [one for one in root.iter("{*}entry") if name(one) == "atom:entry"]  # wherever a broken feed has them
    return Feed(
        tuple(_item(entry, home) for entry in entries[:MAX_ITEMS]),
        len(entries),
        first(said, "atom:title"),
        language(root),
        first(said, "atom:rights", "atom:copyright"),
    )


def _item(element: Any, home: str | None) -> Item:
    said = children(element)
    url = _link(said, base(element) or home) or address(first(said, "atom:id"))
    content = next((one for one in said.get("atom:content", ()) if not one.get("src")), None)
    summary = next(iter(said.get("atom:summary", ())), None)
    people = [person for author in said.get("atom:author", ()) for person in every(children(author), "atom:name")]
    source = next(iter(said.get("atom:source", ())), None)
    return Item(
        first(said, "atom:id") or url or "",
        url,
        first(said, "atom:title"),
        "" if content is None else _html(content),
        "" if summary is None else _html(summary),
        _moment(said, "atom:published", "atom:issued", "atom:created"),
        _moment(said, "atom:updated", "atom:modified"),
        tuple(people) or every(said, "dc:creator"),
        tuple(tag for one in said.get("atom:category", ()) if (tag := one.get("label") or one.get("term"))),
        "" if source is None else first(children(source), "atom:title"),
        first(said, "atom:rights"),
        language(content) if content is not None else language(element),
        _picture(said),
        (None if content is None else base(content)) or url,
    )


def _link(said: Named, on: str | None) -> str | None:
    """The page of the entry or feed; of several the one that is HTML."""
    links = [one for one in said.get("atom:link", ()) if one.get("rel", "alternate") == "alternate"]
    links.sort(key=lambda one: one.get("type", "text/html") != "text/html")
    return next((url for one in links if (url := address(one.get("href"), on))), None)


def _html(element: Any) -> str:
    """The text construct as HTML. Atom 0.3 says by its mode whether markup is escaped."""
    kind = element.get("type", "text").lower()
    if kind in ("text", "text/plain") and element.get("mode") != "escaped" and not len(element):
        return "".join(f"<p>{escape(line)}</p>" for line in (element.text or "").split("\n") if line.strip())
    return html(element)


def _moment(said: Named, *wanted: str) -> Moment | None:
    return next((at for text in every(said, *wanted) if (at := times.moment(text))), None)


def _picture(said: Named) -> str | None:
    media = [*said.get("media:content", ()), *(one for group in said.get("media:group", ()) for one in group)]
    images = [one for one in media if one.get("medium") == "image" or one.get("type", "").startswith("image/")]
    return next((url for one in (*images, *said.get("media:thumbnail", ())) if (url := address(one.get("url")))), None)
