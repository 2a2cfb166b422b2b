"""Pages saved as one MIME message: MHTML of Chromium, and what Internet Explorer, Word, Opera, UnMHT and MAF wrote.

The page is the part that the file names as its root, or the frame that is all it shows; its pictures are the parts that
it names. Other frames are not read as pages of their own. Never raises for any bytes; what stands in the headers for a mail program is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers import _frames, _headers, _mime, _within
from generator.readers._headers import Headers
from generator.readers._mime import Leaf, Message
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".mhtml", ".mht"})
BULK = False
MAX_NESTING = 2  # a page in a message in a message

# what only a message that was sent has; a page that was saved has no way behind it
SENT = frozenset((
    "received", "return-path", "delivered-to", "dkim-signature", "x-received", "arc-seal", "list-unsubscribe", "list-id",
    "authentication-results", "in-reply-to", "x-originating-ip", "feedback-id",
))  # fmt: skip
_SAVED = ("content-location", "content-base", "x-maf-information", "x-maf", "snapshot-content-location")
_SAVED_BY = re.compile(r"saved by|gespeichert von|保存|enregistr|salvato|guardado|сохранен", re.IGNORECASE)


def accepts(head: bytes, name: str) -> bool:
    """Whether a MIME message begins here that was saved and not sent."""
    headers = _mime.opening(head)
    named = name.lower().endswith(tuple(SUFFIXES))
    if "snapshot-content-location" in headers:
        return True
    if not headers.fields:
        return named and _mime.begins_with_boundary(head)
    if named:
        return any(field in headers for field in ("mime-version", "content-type", *_SAVED))
    if name.lower().endswith(".eml") or any(field in headers for field in SENT):
        return False
    if any(field in headers for field in _SAVED):
        return "content-type" in headers
    related = headers.media_type() in ("multipart/related", "text/html") and "mime-version" in headers
    return related and ("to" not in headers or _SAVED_BY.search(headers.text("from")) is not None)


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The page in the file."""
    message = _mime.parse(file.read())
    page = _page(message)
    whole = message
    for _ in range(MAX_NESTING):
        inner = next((leaf for leaf in whole.leaves if leaf.media_type == "message/rfc822"), None)
        if page is not None or inner is None:
            break
        whole = _mime.parse(inner.body())
        page = _page(whole)
    if page is None:
        yield Finding("not-a-page", str(origin), f"the file holds no HTML part: {_listed(message)}")
    else:
        yield _capture(whole, page, origin)
    damage = message.damage()
    if damage:
        yield Finding("archive-damaged", str(origin), f"{damage}; what could be read of it was read")
    if message.limited or whole.limited:
        yield Finding("archive-limit", str(origin), f"{message.limited or whole.limited}; the rest of it was left")


def _page(message: Message) -> Leaf | None:
    """The root: the part that `start` names, else the one at the page's address, else the first HTML; else a text."""
    pages = [leaf for leaf in message.leaves if leaf.media_type == "text/html"]
    start = (message.headers.parameter("content-type", "start") or "").strip("<> ")
    address = _address(message.headers)
    pages.sort(
        key=lambda leaf: (
            not start or leaf.headers.address("content-id") != start,
            not address or leaf.headers.address("content-location") != address,
        )
    )
    filled = (leaf for leaf in pages if leaf.head().strip())
    texts = (leaf for leaf in message.leaves if leaf.media_type == "text/plain" and leaf.head().strip())
    return next(filled, None) or next(texts, None)


def _address(headers: Headers) -> str:
    return headers.address("snapshot-content-location") or headers.address("content-location")


def _capture(message: Message, page: Leaf, origin: Origin) -> Capture:
    body, charset = page.body(), page.charset
    headers = page.headers
    place = headers.address("content-location")
    whole = _address(message.headers)
    base = _within.joined(headers.address("content-base") or page.base, place) or whole
    framed = _frames.story(body, base, message.documents()) if page.media_type == "text/html" else None
    if framed:
        body, base, charset = framed
        whole, place = "", base
    stated = _within.stated(filter(None, (whole, place)), body)
    return Capture(
        body,
        origin,
        media_type=page.media_type,
        charset=_mime.believed(charset, body),
        url=stated.url,
        captured=stated.captured or _headers.moment(message.headers.raw("date")),
        parts=_within.pictures(body, base, message.resources()) if page.media_type == "text/html" else (),
    )


def _listed(message: Message) -> str:
    kinds = sorted({leaf.media_type for leaf in message.leaves})
    number = len(message.leaves)
    return f"{number} part{'' if number == 1 else 's'} ({', '.join(kinds[:5])})" if kinds else "no parts"
