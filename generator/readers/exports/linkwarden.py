"""Linkwarden's JSON backup: links in collections; later versions keep the words of the page as well.

Field names after Linkwarden's `lib/api/controllers/migration/exportData.ts` and `packages/prisma/schema.prisma`.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, BinaryIO

from generator.model import Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import Entry, address, claims, string, told
from generator.readers.found import Found, Near

_NAMES = frozenset({"username", "collections"})
_SETTINGS = frozenset(
    {"archiveAsScreenshot", "collectionOrder", "linksRouteTo", "unverifiedNewEmail", "blurredFavicons"}
)


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is a backup of Linkwarden's."""
    names = records.names(head)
    return names >= _NAMES and bool(names & _SETTINGS)


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The links of all collections."""
    yield from told(records.stream(file, frozenset({"links"})), _entry, origin)


def _entry(record: dict[str, Any]) -> Entry:
    url = address(record.get("url"))
    tags = record.get("tags")
    names = [string(tag.get("name")) for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
    lines = string(record.get("textContent")).split("\n")
    return Entry(
        "Linkwarden",
        str(record.get("id") or url or ""),
        url,
        string(record.get("name")),
        "\n".join(f"<p>{escape(line)}</p>" for line in lines if line.strip()),
        times.moment(record.get("lastPreserved")) or times.moment(record.get("createdAt")),
        string(record.get("description")),
        claims=claims("linkwarden", (("headline", "name", record.get("name")), ("tags", "tags", names))),
    )
