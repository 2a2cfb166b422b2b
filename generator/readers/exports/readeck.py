"""Readeck's export: `bookmarks/<id>/info.json`, the page's text and pictures beside it in `container/`.

Field names after Readeck's `internal/portability/export.go` and `internal/bookmarks/models_bookmarks.go`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import Entry, address, claims, found, string
from generator.readers.exports.markup import decode
from generator.readers.found import Found, Near

MAX_BYTES = 16 * 1024 * 1024  # of one `info.json`

_NAMES = frozenset({"UID", "URL", "Title", "Created"})


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this describes one of Readeck's bookmarks."""
    return records.names(head) >= _NAMES


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The one bookmark, with its text where that lies beside it."""
    info, cut = records.whole(file.read(MAX_BYTES))
    if cut:
        yield Finding("archive-damaged", str(origin), "the description of the bookmark is cut short or damaged")
    if isinstance(info, dict):
        within = _within(near)
        content = within(_article(info))
        yield found(replace(_entry(info, decode(content)[0] if content else None), near=within), origin)
    elif not cut:
        yield Finding("archive-damaged", str(origin), "the description of the bookmark cannot be read")


def _within(near: Near) -> Near:
    return lambda address: near(f"container/{address}")


def _article(info: dict[str, Any]) -> str:
    files = info.get("Files")
    article = files.get("article") if isinstance(files, dict) else None
    stated = article.get("name") if isinstance(article, dict) else None
    return string(stated) or "index.html"


def _entry(info: dict[str, Any], content: str | None) -> Entry:
    return Entry(
        "Readeck",
        string(info.get("UID")),
        address(info.get("URL")),
        string(info.get("Title")),
        content,
        times.moment(info.get("Created")),
        string(info.get("Description")),
        string(info.get("Lang")),
        claims=claims(
            "readeck",
            (
                ("headline", "Title", info.get("Title")),
                ("published", "Published", times.moment(info.get("Published"))),
                ("byline", "Authors", info.get("Authors")),
                ("publisher", "SiteName", info.get("SiteName")),
                ("tags", "Labels", info.get("Labels")),
            ),
        ),
    )
