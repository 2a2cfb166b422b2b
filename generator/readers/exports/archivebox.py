"""ArchiveBox: the folder of one snapshot, known by its `index.json` (from 0.9 on `index.jsonl`); the best page in it is read.

After ArchiveBox's `archivebox/index/schema.py`, `archivebox/core/models.py` and `archivebox/extractors/`, and folders that 0.7 wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from generator.errors import Finding
from generator.model import Claim, Moment, Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import LIKELY, Entry, address, claims, found, names, string
from generator.readers.exports.markup import decode
from generator.readers.found import Found, Member, Near

MAX_BYTES = 64 * 1024 * 1024  # of the index, which repeats the page's text

_OLD = frozenset({"archive_path", "bookmarked_date", "canonical"})
_NEW = re.compile(rb'\s{0,9}\{\s{0,9}"archive_results"\s{0,9}:')
_LINES = re.compile(rb'\s{0,9}\{[^\n]{0,400}"type"\s{0,9}:\s{0,9}"Snapshot"')
# the tool that wrote a file, and its place before and since 0.9: whole pages, the best first
_WHOLE = (
    ("singlefile", ("singlefile.html", "singlefile/singlefile.html")),
    ("dom", ("output.html", "dom/output.html")),
)
# the text alone, as pieces of HTML
_TEXTS = (
    ("readability", ("readability/content.html",)),
    ("mercury", ("mercury/content.html",)),
)


def accepts(head: bytes, name: str) -> bool:
    """Whether this is the index of one snapshot."""
    if PurePosixPath(name).name == "index.jsonl":
        return bool(_LINES.match(head))
    return records.names(head) >= _OLD or (PurePosixPath(name).name == "index.json" and bool(_NEW.match(head)))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The snapshot's best page, or the story as known where no page is held."""
    index, cut = _index(file.read(MAX_BYTES))
    url = address(index.get("url"))
    if url is None:
        yield Finding("archive-damaged", str(origin), "the index of the snapshot cannot be read or names no address")
        return
    if cut:
        yield Finding("archive-damaged", str(origin), "the index of the snapshot is cut short")
    yield _whole(index, url, near) or _warc(index, url, near) or found(_text(index, url, near), origin)


def _index(raw: bytes) -> tuple[Mapping[str, Any], bool]:
    line = raw.partition(b"\n")[0]
    first, cut = records.whole(line if line.rstrip().endswith(b"}") else raw)
    return (first if isinstance(first, dict) else {}), cut


def _whole(index: Mapping[str, Any], url: str, near: Near) -> Member | None:
    """The page as a browser saw it."""
    wget = string(_canonical(index).get("wget_path"))
    for method, places in (*_WHOLE, ("wget", (wget,))):
        for place in places:
            raw = near(place) if place else None
            if raw:
                return Member(
                    place, BytesIO(raw), len(raw), _beside(near, place), url, _saved(index, method), _said(index, near)
                )
    return None


def _warc(index: Mapping[str, Any], url: str, near: Near) -> Member | None:
    """The WARC that wget wrote, whose name only the command tells."""
    for run in _runs(index, "wget"):
        command = run.get("cmd")
        for word in command if isinstance(command, list) else []:
            if isinstance(word, str) and word.startswith("--warc-file="):
                place = f"warc/{PurePosixPath(word).name}.warc.gz"
                raw = near(place)
                if raw:
                    return Member(place, BytesIO(raw), len(raw), url=url, captured=_saved(index, "wget"))
    return None


def _text(index: Mapping[str, Any], url: str, near: Near) -> Entry:
    """The words of the page as one of ArchiveBox's extractors found them."""
    for method, places in _TEXTS:
        for place in places:
            raw = near(place)
            if raw:
                said, saved = _said(index, near), _saved(index, method)
                title = string(index.get("title"))
                return Entry(
                    "ArchiveBox", place, url, title, decode(raw)[0], saved, claims=said, near=_beside(near, place)
                )
    return Entry("ArchiveBox", url, url, string(index.get("title")))


def _said(index: Mapping[str, Any], near: Near) -> tuple[Claim, ...]:
    reading, mercury = (_object(near(f"{name}/article.json")) for name in ("readability", "mercury"))
    tags = string(index.get("tags")).split(",")
    return (
        *claims("archivebox", (("headline", "title", index.get("title")), ("tags", "tags", tags)), LIKELY),
        *claims(
            "readability",
            (
                ("headline", "title", reading.get("title")),
                ("byline", "byline", names(reading.get("byline"))),
                ("publisher", "siteName", reading.get("siteName")),
                ("published", "publishedTime", times.moment(reading.get("publishedTime"))),
            ),
            LIKELY,
        ),
        *claims(
            "mercury",
            (
                ("byline", "author", names(mercury.get("author"))),
                ("published", "date_published", times.moment(mercury.get("date_published"))),
            ),
            LIKELY,
        ),
    )


def _saved(index: Mapping[str, Any], method: str) -> Moment | None:
    """When the tool that wrote the file began, or when the snapshot was asked for."""
    begun = (
        times.moment(run.get("start_ts")) for run in reversed(_runs(index, method)) if run.get("status") == "succeeded"
    )
    return next((at for at in begun if at), None) or times.moment(index.get("timestamp"))


def _runs(index: Mapping[str, Any], method: str) -> list[dict[str, Any]]:
    history, results = index.get("history"), index.get("archive_results")
    runs = history.get(method) if isinstance(history, dict) else results
    listed = [run for run in runs if isinstance(run, dict)] if isinstance(runs, list) else []
    return listed if isinstance(history, dict) else [run for run in listed if run.get("plugin") == method]


def _canonical(index: Mapping[str, Any]) -> Mapping[str, Any]:
    places = index.get("canonical")
    return places if isinstance(places, dict) else {}


def _object(raw: bytes | None) -> Mapping[str, Any]:
    value, _ = records.whole(raw) if raw else (None, False)
    return value if isinstance(value, dict) else {}


def _beside(near: Near, place: str) -> Near:
    folder = PurePosixPath(place).parent
    return lambda address: near(str(folder / address))
