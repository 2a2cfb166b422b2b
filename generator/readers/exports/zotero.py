"""Zotero: its RDF export with the snapshots beside it in `files/`, and CSL JSON, which holds links only.

Names after Zotero's translators `Zotero RDF.js` and `CSL JSON.js` and its own test of attachments. A snapshot is a whole page and
is read as such; what the library says of its item goes with it. Zotero writes UTC without saying so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from generator.errors import Finding
from generator.model import Claim, Moment, Origin
from generator.readers.exports import records, times
from generator.readers.exports.entry import LIKELY, Entry, address, claims, found, string, told
from generator.readers.exports.markup import parse
from generator.readers.found import Found, Member, Near

MAX_BYTES = 64 * 1024 * 1024  # of the RDF, which refers to and fro and is read whole
MAX_WHOLES = 4  # parts of parts

_RDF = re.compile(rb"<rdf:RDF\b")
_ZOTERO = b"http://www.zotero.org/namespaces/export#"
_CSL = re.compile(
    rb'"type"\s{0,9}:\s{0,9}"(?:article(?:-journal|-magazine|-newspaper)?|book|broadcast|chapter|document|entry(?:-[a-z]+)?|interview|'
    rb'manuscript|motion_picture|paper-conference|personal_communication|post(?:-weblog)?|report|speech|thesis|webpage)"'
)
_CSL_NAMES = frozenset({"date-parts", "container-title", "citation-key", "URL"})
_PAGES = ("text/html", "application/pdf", "application/xhtml+xml")

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"
Z = "{http://www.zotero.org/namespaces/export#}"
BIB = "{http://purl.org/net/biblio#}"
FOAF = "{http://xmlns.com/foaf/0.1/}"
LINK = "{http://purl.org/rss/1.0/modules/link/}"


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is an export of Zotero's, or CSL JSON of whatever tool."""
    if _RDF.search(head):
        return _ZOTERO in head
    known = records.names(head)
    return known >= {"id", "type"} and bool(known & _CSL_NAMES) and bool(_CSL.search(head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The items of the export with an address, and their snapshots."""
    start = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if start.startswith((b"[", b"{")):
        yield from told(records.stream(file, frozenset({"items"})), _reference, origin)
        return
    raw = file.read(MAX_BYTES + 1)
    parsed = parse(raw[:MAX_BYTES])
    if parsed.root is None:
        yield Finding("archive-damaged", str(origin), "the RDF cannot be read")
        return
    if parsed.damaged or len(raw) > MAX_BYTES:
        yield Finding(
            "archive-damaged", str(origin), "the RDF is damaged or too long; what could be read of it was read"
        )
    yield from _items(parsed.root, origin, near)


def _reference(record: dict[str, Any]) -> Entry | None:
    url = address(record.get("URL"))
    return (
        Entry("Zotero", url, url, string(record.get("title")), summary=string(record.get("abstract"))) if url else None
    )


def _items(root: Any, origin: Origin, near: Near) -> Iterator[Found]:
    known = {about: child for child in root if (about := child.get(f"{RDF}about"))}
    children: set[str] = set()
    for item in root:
        if item.tag == f"{Z}Attachment" or item.find(f"{Z}itemType") is None:
            continue
        links = [link.get(f"{RDF}resource", "") for link in item.findall(f"{LINK}link")]
        children.update(links)
        held = [known[link] for link in links if link in known]
        url = _url(item)
        pages = [page for one in held if (page := _snapshot(one, near))]
        for page in pages:
            yield replace(
                page, url=page.url or url, captured=page.captured or _accessed(item), claims=_said(item, known)
            )
        if url and not pages:
            yield found(Entry("Zotero", url, url, _text(item, f"{DC}title")), origin)
    for about, one in known.items():
        page = _snapshot(one, near) if one.tag == f"{Z}Attachment" and about not in children else None
        if page:
            yield page


def _snapshot(attachment: Any, near: Near) -> Member | None:
    """The page that is held as an attachment."""
    file = attachment.find(f"{RDF}resource")
    stated = file.get(f"{RDF}resource", "") if file is not None else ""
    if not stated or _text(attachment, f"{LINK}type") not in _PAGES:
        return None
    for place in dict.fromkeys((stated, unquote(stated))):
        raw = near(place)
        if raw:
            return Member(place, BytesIO(raw), len(raw), _beside(near, place), _url(attachment), _accessed(attachment))
    return None


def _accessed(item: Any) -> Moment | None:
    return times.moment(_text(item, f"{TERMS}dateSubmitted"), UTC)


def _beside(near: Near, place: str) -> Near:
    folder = PurePosixPath(place).parent
    return lambda address: near(str(folder / address))


def _url(item: Any) -> str | None:
    values = item.iterfind(f"{DC}identifier/{TERMS}URI/{RDF}value")
    return next((url for value in values if (url := address(value.text))), None)


def _said(item: Any, known: Mapping[str, Any]) -> tuple[Claim, ...]:
    people = [
        f"{_text(one, f'{FOAF}givenName') or _text(one, f'{FOAF}givenname')} {_text(one, f'{FOAF}surname')}".strip()
        for one in item.iterfind(f"{BIB}authors/{RDF}Seq/{RDF}li/{FOAF}Person")
    ]
    tags = [one.text.strip() if one.text else "" for one in item.findall(f"{DC}subject")]
    found = [_text(one, f"{Z}AutomaticTag/{RDF}value") for one in item.findall(f"{DC}subject")]
    wholes = list(_wholes(item, known, MAX_WHOLES))
    sections = [_text(one, f"{DC}title") for one in wholes if one.tag == f"{BIB}Part"]
    publications = [_text(one, f"{DC}title") for one in wholes if one.tag not in (f"{BIB}Part", f"{BIB}Series")]
    return claims(
        "zotero",
        (
            ("headline", "title", _text(item, f"{DC}title")),
            ("byline", "creators", people),
            ("published", "date", times.moment(_text(item, f"{DC}date"))),
            ("publisher", "publicationTitle", publications[:1]),
            ("section", "section", sections[:1]),
            ("tags", "tags", [*tags, *found]),
            ("rights", "rights", _text(item, f"{DC}rights")),
        ),
        LIKELY,
    )


def _wholes(item: Any, known: Mapping[str, Any], deep: int) -> Iterator[Any]:
    """What the item is part of: a section, and the newspaper, site or blog around it."""
    for part in item.findall(f"{TERMS}isPartOf")[:deep]:
        referred = known.get(part.get(f"{RDF}resource", ""))
        for whole in (*part, *([] if referred is None else [referred])):
            yield whole
            yield from _wholes(whole, known, deep - 1)


def _text(element: Any, path: str) -> str:
    found = element.find(path)
    return (found.text or "").strip() if found is not None else ""
