"""Lists of links as CSV: Pocket, Instapaper, Raindrop, Matter, Zotero. They hold no text: each row becomes a known story.

The columns after each tool's own export: Pocket after wallabag's fixture `pocket.csv`, Instapaper and Matter after Karakeep's
`parsers.ts`, Raindrop after its export's first line, Zotero after its translator `CSV.js` in Zotero's own columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from typing import BinaryIO

from generator.model import Origin
from generator.readers.exports import rows, times
from generator.readers.exports.entry import Entry, address, tagged, told
from generator.readers.found import Found, Near


@dataclass(frozen=True, slots=True)
class Table:
    """A tool's table: the columns that it is known by, and which of them say what. Names are folded."""

    list: str
    columns: frozenset[str]
    url: str
    title: str
    summary: str = ""
    saved: str = ""
    tags: str = ""


TABLES = (
    Table(
        "Pocket",
        frozenset({"title", "url", "time_added", "tags", "status"}),
        "url",
        "title",
        saved="time_added",
        tags="tags",
    ),
    Table(
        "Raindrop",
        frozenset({"id", "title", "note", "excerpt", "url", "folder", "created"}),
        "url",
        "title",
        "excerpt",
        "created",
        "tags",
    ),
    Table("Instapaper", frozenset({"url", "title", "selection", "folder"}), "url", "title", "selection", "timestamp"),
    Table(
        "Matter", frozenset({"title", "author", "publisher", "url", "tags", "word count"}), "url", "title", tags="tags"
    ),
    Table(
        "Zotero",
        frozenset({"key", "item type", "author", "title", "url", "date added"}),
        "url",
        "title",
        "abstract note",
        "date added",
        "manual tags",
    ),
)


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether the first line names the columns of a table that is known."""
    return _table(head) is not None


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The rows of the table."""
    head = file.read(4_096)
    file.seek(0)
    table = _table(head)
    if table is not None:
        yield from told(rows.stream(file, ","), partial(_entry, table), origin)


def _table(head: bytes) -> Table | None:
    columns = frozenset(rows.header(head, ","))
    return next((table for table in TABLES if table.columns <= columns), None)


def _entry(table: Table, row: rows.Row) -> Entry | None:
    url = address(row.get(table.url))
    if url is None and table.list == "Zotero":
        return None  # a book, a paper: no page was ever there
    return Entry(
        table.list,
        url or "",
        url,
        row.get(table.title, ""),
        summary=row.get(table.summary, ""),
        saved=times.moment(row.get(table.saved, ""), UTC),
        claims=tagged(table.list.lower(), table.tags, row.get(table.tags, "")),
    )
