"""Mementos as WARC records, and whole batches of them as WARC files: the same answers give the same bytes.

A batch tells what it is (`warcinfo`), then what was asked for and what came of it, one line of JSON each, so that nothing
is asked for twice: a WARC reader passes over that record. Then come the mementos. Each record is a gzip member of its own.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator import __version__
from generator.readers.warc.codings import unpacked
from generator.wayback.archives import Archive
from generator.wayback.replay import Memento
from generator.wayback.wanted import DIGITS

ASKED = "metadata://backfile/asked.jsonl"
ASKED_BYTES = 256 * 1024 * 1024
MAX_HEADER = 8_000
HEAD_BYTES = 65_536  # of a body, for seeing how it is packed

_ORIGINAL = "x-archive-orig-"
# what an archive that does not mark the original's headers says of the page itself
_OWN = frozenset({"content-type", "content-language", "last-modified", "etag"})
# how the bytes travelled: not how they are kept
_TRAVEL = frozenset({
    "connection", "content-encoding", "content-length", "keep-alive", "proxy-connection", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
_PACKED = ("deflate", "br", "zstd")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")


def response(memento: Memento) -> bytes:
    """A memento as a `response` record: its status, its own headers as far as the archive tells them, its body."""
    headers = _headers(memento)
    block = StatusAndHeaders(f"200 {HTTPStatus.OK.phrase}", headers, protocol="HTTP/1.1")
    said = {"WARC-Source-URI": memento.source}
    return _member("response", memento.url, memento.time, said, memento.body, block)


def batch(archive: Archive, host: str, asked: Iterable[Mapping[str, Any]], members: Iterable[bytes]) -> Iterator[bytes]:
    """A WARC file in pieces: what it is, what was asked for, and the records of what was kept."""
    lines = [dict(one) for one in asked]
    latest = max((str(one["at"]) for one in lines if one.get("at")), default=max(str(one["time"]) for one in lines))
    info = {
        "software": f"Backfile/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "description": f"Mementos of {host} as {archive.replay} replays them",
        "isPartOf": host,
    }
    listed = b"".join(
        json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in ({"archive": archive.replay}, *lines)
    )
    yield _member("warcinfo", "", latest, {}, "".join(f"{name}: {value}\r\n" for name, value in info.items()).encode())
    yield _member("metadata", ASKED, latest, {"Content-Type": "application/jsonl"}, listed)
    yield from members


def asked(file: Path, archive: Archive) -> Iterator[dict[str, Any]]:
    """What an earlier run asked of that archive for a batch, from the batch itself; nothing from a file that is none."""
    try:
        with file.open("rb") as handle:
            for record in ArchiveIterator(handle):
                if record.rec_headers.get_header("WARC-Target-URI") == ASKED:
                    lines = record.content_stream().read(ASKED_BYTES).splitlines()
                    if json.loads(lines[0]) == {"archive": archive.replay}:
                        yield from map(json.loads, lines[1:])
                if record.rec_type != "warcinfo":
                    return
    except (OSError, EOFError, ValueError, IndexError, RecursionError, ArchiveLoadFailed, zlib.error):
        return  # a damaged file, which reading it for its pages will tell: what it held is asked for again


def warc_date(time: str) -> str:
    """A time of 14 digits as WARC writes it; an index may list days and months numbered 00, and a 31st of February."""
    whole = time.ljust(DIGITS, "0")
    year, month, day, clock = whole[:4], whole[4:6], whole[6:8], whole[8:14]
    month = month if "01" <= month <= "12" else "01"
    for last in (max(day, "01"), "28"):
        for moment in (clock, "000000"):
            try:
                return f"{datetime.strptime(year + month + last + moment, '%Y%m%d%H%M%S').isoformat()}Z"  # noqa: DTZ007
            except ValueError:
                continue
    return "1990-01-01T00:00:00Z"


def _headers(memento: Memento) -> list[tuple[str, str]]:
    marked = [(name[len(_ORIGINAL) :], value) for name, value in memento.headers if name.lower().startswith(_ORIGINAL)]
    own = [(name, value) for name, value in memento.headers if name.lower() in _OWN]
    known = {name.lower() for name, _ in marked}
    said = [*marked, *((name, value) for name, value in own if name.lower() not in known)]
    kept = [
        (name, " ".join(value.split())[:MAX_HEADER])
        for name, value in said
        if _TOKEN.fullmatch(name) and name.lower() not in _TRAVEL and not name.lower().startswith(_ORIGINAL)
    ]
    coding = _coding(memento.body, memento.header("content-encoding"))
    packed = [("Content-Encoding", coding)] if coding else []
    return [*kept, *packed, ("Content-Length", str(len(memento.body)))]


def _coding(body: bytes, stated: str) -> str:
    """How a body is packed in truth: archives replay packed bodies without the header, and unpacked ones with it."""
    if body[:2] == b"\x1f\x8b":
        return "gzip"
    name = stated.strip().lower().removeprefix("x-")
    packed = name in _PACKED and unpacked(body[:HEAD_BYTES], name, HEAD_BYTES).data[:8] != body[:8]
    return name if packed else ""


def _member(kind: str, url: str, time: str, said: Mapping[str, str], body: bytes, http: Any = None) -> bytes:
    """One record as a gzip member. Its name follows from what it is: neither chance nor clock has a part in it."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    name = uuid5(NAMESPACE_URL, f"{kind} {time} {url} {len(body)} {zlib.crc32(body)}")
    headers = {"WARC-Record-ID": f"<urn:uuid:{name}>", "WARC-Date": warc_date(time), **said}
    record = writer.create_warc_record(
        url, kind, payload=BytesIO(body), length=len(body), warc_headers_dict=headers, http_headers=http
    )
    writer.write_record(record)
    return out.getvalue()
