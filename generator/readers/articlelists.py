"""Many articles in one file as the extractors write them: JSON Lines, a list in JSON, Trafilatura's lines of tab-separated values.

Read as a stream, one article after the other; one that is damaged costs itself. Takes a file only by the shape of its first article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers.copies import labels, letters, pages, shapes
from generator.readers.exports import records, rows
from generator.readers.exports.damage import Damage
from generator.readers.found import Found, Near
from generator.readers.html import binary

SUFFIXES: frozenset[str] = frozenset()
BULK = True
MAX_LINE = 64 * 1024 * 1024  # bytes of one article
MAX_REMARKS = 100  # remarks on lines of one file; the rest are counted
HEAD = 4_096

_BOM = b"\xef\xbb\xbf"
_LINES = (".jsonl", ".ndjson", ".jl", ".jsonlines")
_SECOND = re.compile(rb"\}\s{0,9}\n\s{0,9}\{\s{0,9}\"")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d$")
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}$")
_PRINT = re.compile(r"[0-9a-f]{16}$|[A-Za-z0-9+/]{20,40}={0,2}$")


def accepts(head: bytes, name: str) -> bool:
    """Whether this is such a file, by the shape of its first article."""
    bare = head.removeprefix(_BOM).lstrip()
    if binary(head):
        return False
    if bare.startswith(b"{"):
        lined = any(name.lower().endswith(suffix) for suffix in _LINES) or bool(_SECOND.search(bare))
        return lined and shapes.known(bare.partition(b"\n")[0])
    return shapes.known(bare) if bare.startswith(b"[") else bool(_columns(bare))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The articles in the file."""
    head = file.read(HEAD).removeprefix(_BOM)
    file.seek(0)
    if head.lstrip().startswith(b"{"):
        yield from _few(_lines(file, origin), origin)
    elif head.lstrip().startswith(b"["):
        yield from _few(_listed(file, origin), origin)
    else:
        yield from _few(_rows(file, origin, _columns(head)), origin)


def _few(found: Iterator[Found], origin: Origin) -> Iterator[Found]:
    """What is found, with no more than some remarks."""
    remarks = 0
    for one in found:
        remarks += isinstance(one, Finding)
        if not isinstance(one, Finding) or remarks <= MAX_REMARKS:
            yield one
    if remarks > MAX_REMARKS:
        yield Finding(
            "archive-damaged", str(origin), f"{remarks - MAX_REMARKS} more entries of the file could not be read"
        )


def _lines(file: BinaryIO, origin: Origin) -> Iterator[Found]:
    number = 0
    while line := file.readline(MAX_LINE):
        number += 1
        place = _place(origin, f"line-{number}")
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            yield Finding("archive-limit", str(place), f"the line has more than {MAX_LINE} bytes; it was left")
            while len(line) == MAX_LINE and not line.endswith(b"\n"):
                line = file.readline(MAX_LINE)
        elif line.strip().removeprefix(_BOM):
            record, cut = shapes.parsed(letters.decoded(line))
            if not isinstance(record, dict):
                yield Finding("member-unreadable", str(place), "the line is no object in JSON")
                continue
            found = _article(record, place, cut=cut)
            yield found
            if cut and isinstance(found, Capture):
                yield Finding("archive-damaged", str(place), "the line is cut short; what there is of it was read")


def _listed(file: BinaryIO, origin: Origin) -> Iterator[Found]:
    number = 0
    for record in records.stream(file):
        if isinstance(record, Damage):
            yield Finding(record.code, str(origin), str(record))
        else:
            number += 1
            yield _article(record, _place(origin, str(number)))


def _article(record: dict[str, object], place: Origin, *, cut: bool = False) -> Capture | Finding:
    found = shapes.capture(record, place, cut=cut)
    return found or Finding(
        "member-unreadable", str(place), "the entry has no text of an article under a name that is known"
    )


def _rows(file: BinaryIO, origin: Origin, columns: tuple[str, ...]) -> Iterator[Found]:
    number = 0
    for row in rows.stream(cast("BinaryIO", _Headed(file, "\t".join(columns).encode() + b"\n")), "\t"):
        if isinstance(row, Damage):
            yield Finding(row.code, str(origin), str(row))
            continue
        number += 1
        place = _place(origin, f"row-{number}")
        values = {name: value for name, value in row.items() if value != "null"}
        words = values.pop("text", "")
        if len(words.strip()) < shapes.MIN_TEXT:
            yield Finding("member-unreadable", str(place), "the row has no text of an article")
            continue
        stated = labels.stated(values, "trafilatura", {"date": "published", "hostname": "", "license": "rights"})
        body = pages.page(shapes.plain(words), stated.value("headline"))
        yield Capture(
            body, place, "text/tab-separated-values", pages.CHARSET, stated.url, claims=stated.claims, whole=True
        )


def _columns(head: bytes) -> tuple[str, ...]:
    """The names of the columns by what is in the first row, which stands there without a header; none where this is no such file."""
    cells = head.partition(b'"')[0].partition(b"\n")[0].decode("utf-8", "replace").split("\t")
    url = labels.web(cells[0])
    if len(cells) < 6 or not (url or cells[0] == "null") or not any(_PRINT.match(cell) for cell in cells[1:4]):
        return ()
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    at = next(
        (
            place
            for place, cell in enumerate(cells[1:5], start=1)
            if cell == host or (_HOST.match(cell) and not _PRINT.match(cell))
        ),
        0,
    )
    dated = next((place for place, cell in enumerate(cells) if place > at + 1 and _DATE.match(cell)), at + 3)
    if not at or dated >= len(cells):
        return ()
    named = {
        0: "url",
        at: "hostname",
        at + 1: "title",
        dated: "date",
        dated + 1: "text",
        dated + 2: "comments",
        dated + 3: "license",
    }
    return tuple(named.get(place, f"column{place}") for place in range(max(named) + 6))


def _place(origin: Origin, member: str) -> Origin:
    return replace(origin, member=f"{origin.member}/{member}" if origin.member else member)


class _Headed:
    """A file with a first line that it does not have."""

    def __init__(self, file: BinaryIO, line: bytes) -> None:
        self._file = file
        self._line = line

    def read(self, size: int = -1) -> bytes:
        line, self._line = self._line, b""
        return line or self._file.read(size)
