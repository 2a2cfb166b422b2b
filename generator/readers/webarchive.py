"""Pages saved by Safari: a property list with the page, and with what it loaded.

The format does not state when the page was saved. Frames are not read as pages of their own, unless one is all that the
page shows. Never raises for any bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers import _frames, _plist, _within
from generator.readers._mime import HTML
from generator.readers._plist import Value
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".webarchive"})
BULK = False
MAX_RESOURCES = 5_000
MAX_FRAMES = 3  # frames in frames

_XML = (b"<?xml", b"<!DOCTYPE plist", b"<plist")
_TEXT = "text/plain"


def accepts(head: bytes, name: str) -> bool:
    """Whether a property list begins here that is a web archive by its name or its first key."""
    named = name.lower().endswith(tuple(SUFFIXES)) or b"WebMainResource" in head or b"WebSubresources" in head
    return named and (head.startswith(_plist.BINARY) or (head.lstrip().startswith(_XML) and b"<plist" in head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The page in the file."""
    loaded = _plist.load(file.read())
    main = _member(loaded.value, "WebMainResource")
    body = _bytes(_member(main, "WebResourceData"))
    kind = (_text(_member(main, "WebResourceMIMEType")) or "text/html").partition(";")[0].strip().lower()
    if not body or (kind not in HTML and kind != _TEXT):
        held = f"its main part is {kind}" if body else "it holds no main part"
        yield Finding("not-a-page", str(origin), f"the archive holds no page: {held}")
    else:
        yield _capture(loaded.value, body, kind, origin)
    if loaded.damage:
        yield Finding("archive-damaged", str(origin), f"the archive is damaged: {loaded.damage}")
    if loaded.limited:
        yield Finding("archive-limit", str(origin), f"the archive was not read to its end: {loaded.limited}")


def _capture(archive: Value, body: bytes, kind: str, origin: Origin) -> Capture:
    main = _member(archive, "WebMainResource")
    address = _text(_member(main, "WebResourceURL"))
    charset = _text(_member(main, "WebResourceTextEncodingName")) or None
    framed = None if kind == _TEXT else _frames.story(body, address, _framed(archive, MAX_FRAMES))
    if framed:
        body, address, charset = framed
    stated = _within.stated(filter(None, (address,)), body)
    return Capture(
        body,
        origin,
        media_type=_TEXT if kind == _TEXT else "text/html",
        charset=charset,
        url=stated.url,
        captured=stated.captured,
        parts=() if kind == _TEXT else _within.pictures(body, address, _held(archive, MAX_FRAMES)),
    )


def _held(archive: Value, frames: int) -> Iterator[_within.Resource]:
    """What the page loaded, and what its frames did."""
    for resource in _members(archive, "WebSubresources"):
        address, body = _text(_member(resource, "WebResourceURL")), _bytes(_member(resource, "WebResourceData"))
        if address and body:
            yield _within.Resource((address,), partial(bytes, body))
    if frames:
        for frame in _members(archive, "WebSubframeArchives"):
            yield from _held(frame, frames - 1)


def _framed(archive: Value, frames: int) -> Iterator[_within.Resource]:
    """The pages that the frames show."""
    for frame in _members(archive, "WebSubframeArchives") if frames else ():
        main = _member(frame, "WebMainResource")
        address, body = _text(_member(main, "WebResourceURL")), _bytes(_member(main, "WebResourceData"))
        if address and body:
            charset = _text(_member(main, "WebResourceTextEncodingName")) or None
            yield _within.Resource((address,), partial(bytes, body), charset)
        yield from _framed(frame, frames - 1)


def _member(value: Value, key: str) -> Value:
    return value.get(key) if isinstance(value, dict) else None


def _members(value: Value, key: str) -> list[Value]:
    found = _member(value, key)
    return found[:MAX_RESOURCES] if isinstance(found, list) else []


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ""


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""
