"""The archive's index of a site: every capture that it lists, asked for page by page, and kept so that it is asked once.

The index is asked for all that it has: what it is told to filter, it filters after a limit on what it looks at, and then
ends without a word. Nor is it told to collapse, which would hide what stands at many addresses. What is wanted of it, and
what is a page at all, is decided here and in `choice`.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from generator.errors import NetworkError, UsageError
from generator.readers.warc.codings import unpacked
from generator.wayback.archives import Archive, tidy
from generator.wayback.asking import Answer, Line
from generator.wayback.journal import Journal
from generator.wayback.wanted import Wanted, Watch

ROWS = 10_000  # asked for at once
MOST_ROWS = 1_000_000  # asked for at once of an archive that cannot go on where it stopped
MAX_ANSWERS = 2_000
MAX_PAGES = 2_000_000  # captures of pages that are remembered
ANSWER_BYTES = 512 * 1024 * 1024
GARBLED = 3  # answers in a row that cannot be read

HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml", "unk", "-", ""})
REVISIT = "warc/revisit"  # the same as at an earlier time

# names of the same thing: the Internet Archive's, pywb's
_NAMES = {
    "timestamp": "timestamp", "original": "original", "url": "original", "mimetype": "mimetype", "mime": "mimetype",
    "statuscode": "statuscode", "status": "statuscode", "digest": "digest", "length": "length",
}  # fmt: skip
_STAMP = re.compile(r"(?:19|20)\d{12}")


@dataclass(frozen=True, slots=True)
class Row:
    """One capture of a page, as the index lists it: `status` is empty where it is the same as at an earlier time."""

    time: str
    url: str
    status: str
    digest: str
    length: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What the index lists: captures of pages, and how many of anything. `cut` says that it ended too early."""

    rows: tuple[Row, ...]
    captures: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """One answer of the index. `goes_on` is the key to ask on with; `knows_keys` whether the archive has such keys."""

    rows: tuple[Row, ...]
    captures: int
    goes_on: str
    knows_keys: bool


def listing(line: Line, archive: Archive, wanted: Wanted, journal: Journal, watch: Watch) -> Listing:
    """All captures of pages of the site: from the journal as far as it goes, the rest asked of the index.

    Raises NetworkError, UsageError.
    """
    last = journal.entries[-1].said if journal.entries else {}
    cut = bool(last.get("cut"))
    watch.stage("index", None)
    if not last.get("complete"):
        cut = _ask_on(line, archive, wanted, journal, watch)
    captures = sum(int(entry.said["captures"]) for entry in journal.entries)
    rows = tuple(row for entry in journal.entries for row in _unpacked(journal.payload(entry)))
    return Listing(rows, captures, cut)


def _ask_on(line: Line, archive: Archive, wanted: Wanted, journal: Journal, watch: Watch) -> bool:
    """Ask from where the journal ends to where the index ends; whether it ended too early."""
    keys = [str(entry.said["next"]) for entry in journal.entries]
    pages = sum(int(entry.said["pages"]) for entry in journal.entries)
    most = ROWS
    while True:
        said = _asked(line, archive, _query(wanted, keys[-1] if keys else "", most))
        if not said.captures and not said.goes_on and not keys:
            said = _asked(line, archive, _query(wanted, "", most))  # an index that is out of order has nothing either
        if said.captures >= most and not said.knows_keys and most < MOST_ROWS:
            most *= 10
            continue
        pages += len(said.rows)
        cut = (
            said.goes_on in keys
            or len(keys) >= MAX_ANSWERS
            or pages > MAX_PAGES
            or (said.captures >= most and not said.knows_keys)
        )
        keys.append(said.goes_on)
        complete = cut or not said.goes_on
        journal.append(
            {
                "next": said.goes_on,
                "captures": said.captures,
                "pages": len(said.rows),
                "complete": complete,
                "cut": cut,
            },
            _packed(said.rows),
        )
        watch.step()
        if complete:
            return cut


def _query(wanted: Wanted, key: str, most: int) -> dict[str, str]:
    # fields are not chosen: without the first one the keys to go on with are wrong
    kind = "domain" if wanted.subdomains else "prefix" if wanted.path else "host"
    place = wanted.host if wanted.subdomains else wanted.host + wanted.path
    query = {"url": place, "matchType": kind, "output": "json", "limit": str(most), "showResumeKey": "true"}
    return {**query, "resumeKey": key} if key else query


def _asked(line: Line, archive: Archive, query: dict[str, str]) -> _Said:
    for _ in range(GARBLED):
        answer = line.get(archive.listing(query), most=ANSWER_BYTES)
        if answer is None:
            break
        body = unpacked(answer.body, answer.header("content-encoding"), ANSWER_BYTES).data
        _refuse(archive, query["url"], answer, body)
        said = _read(body) if answer.whole and answer.status in (200, 404) else None
        if said:
            return said
    raise NetworkError(
        f"the index of {archive.host} gives no answer that can be read", "it may be out of order: try again later"
    )


def _refuse(archive: Archive, place: str, answer: Answer, body: bytes) -> None:
    """Say what the archive says where it will not answer."""
    words = answer.header("x-archive-wayback-runtime-error") + body[:2_000].decode("utf-8", "replace")
    if "AccessControlException" in words:
        robots = "RobotAccess" in words
        why = "because of the site's robots.txt of today" if robots else "at somebody's request"
        raise UsageError(f"{archive.host} does not show {place}, {why}", "another web archive may: see --endpoint")
    if answer.status in (400, 401, 403, 404, 405, 410, 451) and _read(body) is None:
        raise NetworkError(
            f"the index of {archive.host} answered {answer.status}",
            "is --endpoint the address of a CDX server, and is it in order?",
        )


def _read(body: bytes) -> _Said | None:
    """An answer taken apart; None for what is none: a page of an error, an answer that was cut short."""
    text = body.decode("utf-8", "replace").strip()
    try:
        if text.startswith("{"):
            return _objects([json.loads(line) for line in text.split("\n") if line.strip()])
        rows = json.loads(text or "[]")
        return _arrays(rows) if isinstance(rows, list) and all(isinstance(row, list) for row in rows) else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _arrays(rows: list[list[str]]) -> _Said:
    """The Internet Archive's form: names first, then rows; behind an empty row the key to go on with."""
    key = ""
    if len(rows) >= 2 and rows[-2] == [] and len(rows[-1]) == 1:
        key = str(rows[-1][0])
        rows = rows[:-2]
    names = [_NAMES.get(str(name), "") for name in rows[0]] if rows else []
    return _Said(
        _rows(dict(zip(names, row, strict=False)) for row in rows[1:]), max(len(rows) - 1, 0), key, knows_keys=True
    )


def _objects(rows: list[dict[str, str]]) -> _Said:
    """The form of pywb: an object a line."""
    if len(rows) == 1 and "timestamp" not in rows[0]:
        if "message" not in rows[0]:
            raise ValueError
        return _Said((), 0, "", knows_keys=False)  # its way of saying that it has nothing
    return _Said(
        _rows({_NAMES.get(name, ""): value for name, value in row.items()} for row in rows),
        len(rows),
        "",
        knows_keys=False,
    )


def _rows(found: Iterable[dict[str, Any]]) -> tuple[Row, ...]:
    """The captures of pages among the rows, each once: an index may list one twice."""
    rows = (row for said in found if (row := _row({name: str(value) for name, value in said.items()})))
    return tuple(dict.fromkeys(rows))


def _row(said: dict[str, str]) -> Row | None:
    kind = said.get("mimetype", "").partition(";")[0].strip().lower()
    time, url = said.get("timestamp", ""), tidy(said.get("original", ""))
    if kind not in HTML and kind != REVISIT:
        return None
    status = "" if kind == REVISIT else said.get("statuscode", "")
    if status not in ("200", "", "-") or not _STAMP.fullmatch(time) or not url:
        return None
    digest = said.get("digest", "").removeprefix("sha1:")
    length = said.get("length", "")
    return Row(time, url, status.strip("-"), digest.strip("-"), int(length[:12]) if length.isdecimal() else 0)


def _packed(rows: tuple[Row, ...]) -> bytes:
    return zlib.compress(json.dumps([[row.time, row.url, row.status, row.digest, row.length] for row in rows]).encode())


def _unpacked(payload: bytes) -> Iterator[Row]:
    for time, url, status, digest, length in json.loads(zlib.decompress(payload)):
        yield Row(time, url, status, digest, length)
