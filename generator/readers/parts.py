"""The pictures that came with a page: which ones its markup names, and their bytes where they lie beside it.

Reads the markup only as far as it names pictures; what of them belongs to the story is for `body` to say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.model import Part
from generator.readers.found import Near

MAX_PARTS = 200
MAX_BYTES = 32 * 1024 * 1024  # of all parts of a page
MAX_ADDRESS = 4_000

_TAG = re.compile(rb"<(?:img|source|amp-img|meta|link|video|image)\b([^>]{1,16000})>", re.IGNORECASE)
_VALUE = re.compile(
    rb"\b(src|srcset|poster|content|href|data-[a-z-]{1,30})\s{0,9}=\s{0,9}(?:\"([^\"]{1,12000})\"|'([^']{1,12000})'|([^\s>\"']{1,4000}))",
    re.IGNORECASE,
)
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def gather(body: bytes, near: Near) -> tuple[Part, ...]:
    """The pictures that the page names and `near` has, in the page's order; each under the name that the page uses."""
    parts: list[Part] = []
    size = 0
    for name in dict.fromkeys(_named(body)):
        found = _look(name, near)
        if found is None:
            continue
        size += len(found.body)
        if len(parts) == MAX_PARTS or size > MAX_BYTES:
            break
        parts.append(found)
    return tuple(parts)


def kind(raw: bytes) -> str | None:
    """The media type of a picture by its first bytes, where it is one that a page may show."""
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for magic, media_type in _KINDS if raw.startswith(magic)), None)


def _named(body: bytes) -> Iterator[str]:
    for tag in _TAG.finditer(body):
        for value in _VALUE.finditer(tag[1]):
            text = html.unescape(_text(value[2] or value[3] or value[4]))
            if value[1].lower().endswith(b"srcset"):
                yield from (one.split()[0] for one in text.split(",") if one.strip())
            else:
                yield text.strip()


def _text(raw: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _look(name: str, near: Near) -> Part | None:
    if not name or len(name) > MAX_ADDRESS or name[:5].lower() == "data:":
        return None
    for place in dict.fromkeys((name, unquote(name), unquote(name.partition("?")[0].partition("#")[0]))):
        raw = near(place)
        media_type = kind(raw) if raw else None
        if raw and media_type:
            return Part(name, media_type, raw, "" if "://" in place or place.startswith("cid:") else place)
    return None
