"""Karakeep (once Hoarder): its JSON export, and the lists that its interface gives, which may hold each page's text.

Field names after Karakeep's `packages/shared/import-export/exporters.ts` and `packages/shared/types/bookmarks.ts`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, BinaryIO

from generator.model import Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import Entry, address, claims, names, string, told
from generator.readers.found import Found, Near

_NAMES = frozenset({"bookmarks", "createdAt", "tags", "content"})


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is an export of Karakeep's."""
    return records.names(head) >= _NAMES


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The bookmarks of the export."""
    yield from told(records.stream(file, frozenset({"bookmarks"})), _entry, origin)


def _entry(record: dict[str, Any]) -> Entry:
    said = record.get("content")
    content: dict[str, Any] = said if isinstance(said, dict) else {}
    url = address(content.get("url")) or address(content.get("sourceUrl"))
    text = string(content.get("text")) if url else ""  # a note of one's own has no address
    return Entry(
        "Karakeep",
        string(record.get("id")) or url or "",
        url,
        string(record.get("title")) or string(content.get("title")),
        string(content.get("htmlContent")) or _paragraphs(text),
        times.moment(content.get("crawledAt")) or times.moment(record.get("createdAt")),
        string(content.get("description")),
        picture=address(content.get("imageUrl")),
        claims=claims(
            "karakeep",
            (
                ("headline", "title", record.get("title") or content.get("title")),
                ("byline", "author", names(content.get("author"))),
                ("publisher", "publisher", content.get("publisher")),
                ("published", "datePublished", times.moment(content.get("datePublished"))),
                ("modified", "dateModified", times.moment(content.get("dateModified"))),
                ("tags", "tags", _tags(record.get("tags"))),
            ),
        ),
    )


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def _tags(value: Any) -> list[str]:
    tags = value if isinstance(value, list) else []
    return [string(one.get("name")) if isinstance(one, dict) else string(one) for one in tags]
