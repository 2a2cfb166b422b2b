"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

from html import escape
from typing import Any

from generator.readers.exports import times
from generator.readers.exports.entry import address, string
from generator.readers.feeds.item import MAX_ITEMS, Feed, Item


def read(value: Any) -> Feed | None:
    """The feed; None where the value is none."""
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        return None
    home = address(value.get("home_page_url"))
    return Feed(
        tuple(_item(one, home) for one in items[:MAX_ITEMS] if isinstance(one, dict)),
        sum(isinstance(one, dict) for one in items),
        string(value.get("title")),
        string(value.get("language")),
    )


def _item(said: dict[str, Any], home: str | None) -> Item:
    url = address(said.get("url"), home) or address(said.get("external_url"))
    people = said.get("authors")
    authors = people if isinstance(people, list) else [said.get("author")]
    tags = said.get("tags")
    return Item(
        str(said.get("id") or url or ""),
        url or address(said.get("id")),
        string(said.get("title")),
        string(said.get("content_html")) or _paragraphs(string(said.get("content_text"))),
        escape(string(said.get("summary")), quote=False),
        times.moment(said.get("date_published")),
        times.moment(said.get("date_modified")),
        tuple(string(one.get("name")) for one in authors if isinstance(one, dict)),
        tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        language=string(said.get("language")),
        picture=address(said.get("image"), home) or address(said.get("banner_image"), home),
        base=url,
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in text.split("\n") if line.strip())
