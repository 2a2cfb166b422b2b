"""Evernote's `.enex`: notes clipped from pages, with their pictures inside. Notes of one's own, without an address, are left.

Names after `evernote-export4.dtd` and `enml2.dtd` as Evernote 10 and Evernote Legacy write them: a picture of a note is known by
the MD5 of its bytes.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from hashlib import md5
from itertools import islice
from typing import Any, BinaryIO

from generator.model import Origin
from generator.readers.exports import pieces, times
from generator.readers.exports.damage import Damage
from generator.readers.exports.entry import Entry, address, claims, told
from generator.readers.exports.markup import parse
from generator.readers.found import Found, Near
from generator.readers.parts import MAX_BYTES, MAX_PARTS

_ROOT = re.compile(rb"<en-export\b")
_MARK = re.compile(rb"<note>")
_END, _ROOT_END = b"</note>", b"</en-export>"
_DATA = re.compile(rb"<data\b[^<>]{0,200}>([^<]*+)</data>")
_MEDIA = re.compile(r"<en-media\b([^<>]*+)>(?:\s{0,9}</en-media>)?", re.IGNORECASE)
_HASH = re.compile(r"hash\s{0,9}=\s{0,9}[\"']([0-9a-f]{32})[\"']", re.IGNORECASE)
_NOTE = re.compile(r"<en-note\b[^<>]*+>", re.IGNORECASE)
_NOTE_END = re.compile(r"</en-note\s{0,9}>", re.IGNORECASE)
_OWN = re.compile(r"</?en-(?:todo|crypt|media|note)\b[^<>]*+>", re.IGNORECASE)


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is an export of Evernote's."""
    return bool(_ROOT.search(head)) and head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The notes of the export."""
    yield from told(_notes(file), lambda note: note, origin)


def _notes(file: BinaryIO) -> Iterator[Entry | Damage]:
    """The notes and what is wrong with them. What there is of a note whose end is missing is read."""
    place, ended = 0, False
    for piece in pieces.stream(file, _MARK):
        if isinstance(piece, Damage):
            yield piece
            continue
        offset, raw = piece
        end = raw.rfind(_END)
        place, ended = offset + len(raw), end < 0 or _ROOT_END in raw[end:]
        note = raw[: end + len(_END)] if end >= 0 else raw
        parsed = parse(_DATA.sub(b"", note))
        if parsed.root is None or (parsed.damaged and end >= 0):
            yield Damage(offset, "a note is damaged", parsed.charset or "member-unreadable")
            continue
        yield _note(offset, note, parsed.root)
        if end < 0:
            yield Damage(offset, "a note has no end; what there is of it was read", "archive-damaged")
    if place and not ended:
        yield Damage(place, "the file ends within its list", "archive-damaged")


def _note(offset: int, note: bytes, said: Any) -> Entry:
    url = address(said.findtext("note-attributes/source-url"))
    pictures = dict(_pictures(note))
    return Entry(
        "Evernote",
        str(offset),
        url,
        said.findtext("title") or "",
        _content(said.findtext("content") or "") if url else None,
        times.moment(said.findtext("created")),
        near=pictures.get,
        claims=claims(
            "evernote",
            (
                ("headline", "title", said.findtext("title")),
                ("tags", "tag", [tag.text or "" for tag in said.findall("tag")]),
            ),
        ),
    )


def _pictures(note: bytes) -> Iterator[tuple[str, bytes]]:
    """The pictures inside a note by the name that its page gives them."""
    size = 0
    for data in islice(_DATA.finditer(note), MAX_PARTS):
        size += len(data[1])
        if size > MAX_BYTES:
            return
        try:
            raw = b64decode(data[1])
        except ValueError:
            continue  # the picture is lost, the note is not
        yield f"cid:{md5(raw, usedforsecurity=False).hexdigest()}", raw


def _content(enml: str) -> str:
    """Evernote's markup as HTML: what stands in the note, its pictures as pictures."""
    start, end = _NOTE.search(enml), _NOTE_END.search(enml)
    within = enml[start.end() if start else 0 : end.start() if end else len(enml)]
    return _OWN.sub("", _MEDIA.sub(_picture, within))


def _picture(media: re.Match[str]) -> str:
    known = _HASH.search(media[1])
    return f'<img src="cid:{known[1].lower()}">' if known and "image/" in media[1] else ""
