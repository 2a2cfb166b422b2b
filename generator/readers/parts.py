"""The pictures that came with a page: which ones its markup names, and their bytes where they lie beside it.

Reads the markup only as far as it names pictures; what of them belongs to the story is for `body` to say.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import unquote

from generator import images
from generator.model import Part
from generator.readers.found import Near

MAX_PARTS = 200
MAX_BYTES = 32 * 1024 * 1024  # of all parts of a page
MAX_ADDRESS = 4_000
MAX_NAMED = 2_000
MAX_TAG = 16_000  # bytes
MISSES = 12  # names in a row that lead to nothing: then none like them is looked for any more

Places = Callable[[str], Iterable[str]]  # where what the page names may lie, likeliest first

_OPEN = re.compile(rb"<(?=[imsavIMSAV])(?:img|IMG|Img|source|SOURCE|amp-img|meta|META|video|VIDEO|image)\b")
_VALUE = re.compile(
    rb"([a-zA-Z][\w-]{0,40}+)\s{0,9}=\s{0,9}(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^\s>\"']{1,4000}))"
)
_NAMES = re.compile(rb"src|srcset|poster|content|href|data-[a-z-]{1,30}", re.IGNORECASE)
_STYLE = re.compile(
    rb"background(?:-image)?\s{0,9}:[^;\"'<>()]{0,60}url\(\s{0,9}(?:&quot;|[\"'])?([^\"'()<>\s;]{4,2000})"
)
_SOURCES = (b"src", b"poster", b"data-src", b"data-original")
# what other attributes may hold that is a picture's name: without a blank, and with a picture's ending or from a root
_PICTURE = re.compile(
    r"(?:https?:/)?/[^\s<>\"]{1,4000}|[^\s<>\"]{1,4000}\.(?:jpe?g|png|gif|webp|avif)(?:[?#]\S{0,2000})?", re.IGNORECASE
)
_GAP = re.compile(r",\s{1,9}|,(?=https?://|//|data:)")


def gather(body: bytes, near: Near, places: Places = lambda name: (name,)) -> tuple[Part, ...]:
    """The pictures that the page names and `near` has, in the page's order; each under the name that the page uses."""
    parts: list[Part] = []
    size = 0
    misses: dict[str, int] = {}
    for name in islice(dict.fromkeys(_named(body)), MAX_NAMED):
        kin = _kin(name)
        if not kin or misses.get(kin, 0) >= MISSES:
            continue
        known, found = _look(name, near, places)
        misses[kin] = 0 if known else misses.get(kin, 0) + 1
        if found is None:
            continue
        size += len(found.body)
        if len(parts) == MAX_PARTS or size > MAX_BYTES:
            break
        parts.append(found)
    return tuple(parts)


def kind(raw: bytes) -> str | None:
    """The media type of a picture by its first bytes, where it is one that a page may show."""
    known = images.kind(raw)
    return known.media_type if known else None


def _named(body: bytes) -> Iterator[str]:
    for tag in _tags(body):
        for value in _VALUE.finditer(tag):
            attribute = value[1].lower()
            if not _NAMES.fullmatch(attribute):
                continue
            text = html.unescape(_text(value[2] or value[3] or value[4] or b"")).strip()
            if attribute.endswith(b"srcset"):
                yield from (one.split()[0] for one in _GAP.split(text) if one.strip())
            elif attribute in _SOURCES or _PICTURE.fullmatch(text):
                yield text
    for style in _STYLE.finditer(body):
        yield html.unescape(_text(style[1]))


def _tags(body: bytes) -> Iterator[bytes]:
    """What stands in each tag that may name a picture, up to `MAX_TAG` bytes of it."""
    at = 0
    for found in _OPEN.finditer(body):
        if found.start() < at:
            continue
        end = body.find(b">", found.end(), found.end() + MAX_TAG)
        at = end if end > 0 else found.end() + MAX_TAG
        if end > 0 and (found[0][1:5].lower() != b"meta" or b"image" in body[found.end() : end]):
            yield body[found.end() : end]


def _text(raw: bytes) -> str:
    for charset in ("utf-8", "gb18030"):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _kin(name: str) -> str:
    """What kind of address a name is; empty for what names no file."""
    if not name or len(name) > MAX_ADDRESS or name.startswith("#"):
        return ""
    scheme, colon, _ = name[:12].partition(":")
    if colon and scheme.isalpha():
        return "" if scheme.lower() in ("data", "javascript", "mailto", "about", "blob") else scheme.lower()
    return "//" if name.startswith("//") else "/" if name.startswith("/") else "."


def _look(name: str, near: Near, places: Places) -> tuple[bool, Part | None]:
    """Whether anything lies where the name may lead to, and the picture if it is one."""
    for place in dict.fromkeys(spelled for one in places(name) for spelled in _spellings(one)):
        raw = near(place)
        if raw is None:
            continue
        media_type = kind(raw)
        away = "://" in place or place.startswith("cid:")
        return True, Part(name, media_type, raw, "" if away else place) if media_type else None
    return False, None


def _spellings(place: str) -> tuple[str, ...]:
    bare = place.partition("#")[0]
    return (place, unquote(bare), unquote(bare.partition("?")[0]))
