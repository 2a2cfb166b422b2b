"""wallabag: its JSON, XML and CSV exports, which keep each page's text.

Field names after wallabag's `src/Entity/Entry.php` and `src/Helper/EntriesExport.php` (groups `entries_for_user`), version 1
after `tests/Wallabag/ImportBundle/fixtures/wallabag-v1.json`. Its CSV writes a clock of twelve hours without saying which half of
the day: only the day is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from generator.model import Origin
from generator.readers.exports import records, rows, times
from generator.readers.exports.damage import Damage
from generator.readers.exports.entry import Entry, address, claims, string, told
from generator.readers.found import Found, Near

FAILED = "wallabag can't retrieve contents for this article"  # what stands for a text that could not be fetched
CHUNK = 256 * 1024  # bytes of XML read at once

_NEW = frozenset({"is_archived", "is_starred", "title", "url"})
_OLD = frozenset("012345")  # version 1 says everything twice, by number and by name
_COLUMNS = ("title", "url", "content", "tags", "mime type", "language")
_XML = re.compile(rb"\s{0,99}(?:<\?xml[^>]{0,200}\?>)?\s{0,99}<(?:result|response)>\s{0,99}<entry>")
_XML_NAMES = re.compile(rb"<is_archived>|<is_starred>")


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is an export of wallabag's."""
    names = records.names(head)
    return bool(
        names >= _NEW
        or (names >= _OLD and head.lstrip().startswith(b"["))
        or rows.header(head, ";")[: len(_COLUMNS)] == _COLUMNS
        or (_XML.match(head) and _XML_NAMES.search(head))
    )


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The entries of the export."""
    start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if start.startswith((b"[", b"{")):
        yield from told(records.stream(file, frozenset({"items"})), _entry, origin)
    elif start.startswith(b"<"):
        yield from told(_elements(file), _entry, origin)
    else:
        yield from told(rows.stream(file, ";"), _row, origin)


def _entry(record: dict[str, Any]) -> Entry:
    content = string(record.get("content"))
    url = address(record.get("url")) or address(record.get("given_url"))
    return Entry(
        "wallabag",
        str(record.get("id") or url or ""),
        url,
        string(record.get("title")),
        None if content.lstrip().startswith(FAILED) else content,
        times.moment(record.get("created_at")),
        language=string(record.get("language")),
        picture=address(record.get("preview_picture")),
        claims=claims(
            "wallabag",
            (
                ("headline", "title", record.get("title")),
                ("published", "published_at", times.moment(record.get("published_at"))),
                ("byline", "published_by", record.get("published_by")),
                ("tags", "tags", _tags(record.get("tags"))),
            ),
        ),
    )


def _row(row: rows.Row) -> Entry:
    saved = times.day(row.get("creation date"))
    tags = row.get("tags", "").split(",")
    return _entry({**row, "created_at": str(saved) if saved else None, "tags": tags, "published_by": None})


def _tags(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.split(",")
    labels = value if isinstance(value, list) else []
    return [string(one.get("label")) if isinstance(one, dict) else string(one) for one in labels]


def _elements(file: BinaryIO) -> Iterator[dict[str, Any] | Damage]:
    """The entries of the XML export: the children of its root, each with its own children by name."""
    parser: Any = etree.XMLPullParser(
        ("start", "end"), recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    depth = offset = 0
    try:
        while chunk := file.read(CHUNK):
            offset += len(chunk)
            parser.feed(chunk)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if event == "end" and depth == 1:
                    yield {str(child.tag): _value(child) for child in element}
                    element.getparent().remove(element)
    except (etree.LxmlError, ValueError):
        depth = 1
    if depth:
        yield Damage(offset, "the XML is damaged or ends within its list", "archive-damaged")


def _value(element: Any) -> Any:
    return [child.text or "" for child in element] if len(element) else element.text or ""
