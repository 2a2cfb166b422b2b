"""What a picture is by its first bytes: its kind, and how many pixels it has; and what it is called: by us, by browsers.

Believes bytes, not labels; decodes nothing. Only kinds that browsers show and that hold no script: never SVG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 65_536  # bytes in which an AVIF tells its size
MAX_SEGMENTS = 400
NOTHING = -2  # pixels of what is cut off
MAX_SIDE = 65_535  # pixels: what says more is damaged

# the name of a picture that is held, by its digest, in `content/` as in the site; up to where smaller ones made of it differ
STEM = r"media/[0-9a-f]{2}/[0-9a-f]{64}"
MEDIUM = re.compile(STEM + r"\.[a-z0-9]{2,5}")
# how the name of the folder ends in which a browser saves what a page shows, by the browser's language
FOLDERS = (
    "_files", ".files", "-files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden",
    "_pliki", "_soubory", "_filer", "_dosyalar", "_tiedostot", "_fajlovi", "_elemei", "_data",
)  # fmt: skip

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIFS = (b"GIF87a", b"GIF89a")
_AVIF = frozenset({b"avif", b"avis"})
# the segments of a JPEG that begin a frame and so tell its size
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_TURNED = range(5, 9)  # orientations by which width and height change places
MAX_ENTRIES = 200  # of a directory of tags


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of picture: the ending of its file's name, and its media type."""

    ending: str
    media_type: str


def medium(digest: str, kind: Kind) -> str:
    """The name under which a picture of that digest is held."""
    return f"media/{digest[:2]}/{digest}.{kind.ending}"


PNG, JPEG, GIF = Kind("png", "image/png"), Kind("jpg", "image/jpeg"), Kind("gif", "image/gif")
WEBP, AVIF = Kind("webp", "image/webp"), Kind("avif", "image/avif")


def kind(raw: bytes) -> Kind | None:
    """The kind of picture, where it is one that a page may show."""
    if raw.startswith(_JPEG):
        return JPEG
    if raw.startswith(_PNG):
        return PNG
    if raw.startswith(_GIFS):
        return GIF
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return WEBP
    return AVIF if raw[4:8] == b"ftyp" and raw[8:12] in _AVIF else None


def size(raw: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the header tells them; None where it does not. Never raises."""
    known = kind(raw)
    found: tuple[int, int] | None = None
    if known is PNG:
        found = (_big(raw, 16, 4), _big(raw, 20, 4))
    elif known is GIF:
        found = (_little(raw, 6, 2), _little(raw, 8, 2))
    elif known is JPEG:
        found = _jpeg(raw)
    elif known is WEBP:
        found = _webp(raw)
    elif known is AVIF:
        at = raw.find(b"ispe", 0, HEAD)
        found = (_big(raw, at + 8, 4), _big(raw, at + 12, 4)) if at > 0 else None
    return found if found and all(0 < side <= MAX_SIDE for side in found) else None


def shown_size(raw: bytes) -> tuple[int, int] | None:
    """Width and height as browsers show it: a photograph that says that it lies on its side is set up. Never raises."""
    found = size(raw)
    return (found[1], found[0]) if found and kind(raw) is JPEG and _orientation(raw) in _TURNED else found


def moves(raw: bytes) -> bool:
    """Whether the picture may hold more than one frame, as far as its head tells."""
    known = kind(raw)
    if known is WEBP:
        return raw[12:16] == b"VP8X" and bool(raw[20:21]) and bool(raw[20] & 0x02)
    return known is GIF or (known is PNG and b"acTL" in raw[:HEAD]) or (known is AVIF and raw[8:12] == b"avis")


def _orientation(raw: bytes) -> int:
    """The orientation that the camera's tags state, 0 for none."""
    at = raw.find(_EXIF, 0, HEAD) + len(_EXIF)
    order = {b"II*\x00": _little, b"MM\x00*": _big}.get(raw[at : at + 4])
    if at < len(_EXIF) or order is None:
        return 0
    entries = at + order(raw, at + 4, 4)
    for number in range(min(max(order(raw, entries, 2), 0), MAX_ENTRIES)):
        entry = entries + 2 + 12 * number
        if order(raw, entry, 2) == _ORIENTATION:
            return order(raw, entry + 8, 2)
    return 0


def _jpeg(raw: bytes) -> tuple[int, int] | None:
    at = 2
    for _ in range(MAX_SEGMENTS):
        if raw[at : at + 1] != b"\xff":
            return None
        marker = _big(raw, at + 1, 1)
        if marker in _FRAMES:
            return _big(raw, at + 7, 2), _big(raw, at + 5, 2)
        if marker == 0xFF:  # a byte that only fills
            at += 1
        elif 0xD0 <= marker <= 0xD8 or marker == 1:  # a mark without a segment
            at += 2
        else:
            at += 2 + max(0, _big(raw, at + 2, 2))
    return None


def _webp(raw: bytes) -> tuple[int, int] | None:
    form = raw[12:16]
    if form == b"VP8X":
        return _little(raw, 24, 3) + 1, _little(raw, 27, 3) + 1
    if form == b"VP8L" and raw[20:21] == b"\x2f":
        bits = _little(raw, 21, 4)
        return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1) if bits >= 0 else None
    if form == b"VP8 " and raw[23:26] == b"\x9d\x01\x2a":
        width, height = _little(raw, 26, 2), _little(raw, 28, 2)
        return (width & 0x3FFF, height & 0x3FFF) if min(width, height) >= 0 else None
    return None


def _big(raw: bytes, at: int, length: int) -> int:
    piece = raw[at : at + length]
    return int.from_bytes(piece, "big") if len(piece) == length else NOTHING


def _little(raw: bytes, at: int, length: int) -> int:
    piece = raw[at : at + length]
    return int.from_bytes(piece, "little") if len(piece) == length else NOTHING
