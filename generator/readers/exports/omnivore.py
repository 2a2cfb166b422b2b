"""Omnivore's export: `metadata_0_to_20.json` and its like, each page's text beside them in `content/<slug>.html`.

Field names after Omnivore's `packages/api/src/jobs/export.ts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from generator.model import Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import Entry, address, claims, names, string, told
from generator.readers.exports.markup import decode
from generator.readers.found import Found, Near

_NAME = re.compile(r"(?:.*/)?metadata_\d{1,9}_to_\d{1,9}\.json")
_SLUG = re.compile(r"[^/\\\x00]{1,255}")


def accepts(head: bytes, name: str) -> bool:
    """Whether this is one of the export's lists."""
    known = records.names(head)
    return known >= {"id", "slug", "title"} and ("readingProgress" in known or bool(_NAME.fullmatch(name)))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The pages of the list, with their texts where these lie beside it."""
    yield from told(records.stream(file), partial(_entry, near), origin)


def _entry(near: Near, record: dict[str, Any]) -> Entry:
    slug = string(record.get("slug"))
    place = f"content/{slug}.html"
    content = near(place) if _SLUG.fullmatch(slug) else None
    return Entry(
        "Omnivore",
        place if content else slug,
        address(record.get("url")),
        string(record.get("title")),
        decode(content)[0] if content else None,
        times.moment(record.get("savedAt")),
        string(record.get("description")),
        picture=address(record.get("thumbnail")),
        claims=claims(
            "omnivore",
            (
                ("headline", "title", record.get("title")),
                ("byline", "author", names(record.get("author"))),
                ("published", "publishedAt", times.moment(record.get("publishedAt"))),
                ("tags", "labels", record.get("labels")),
            ),
        ),
    )
