"""Pages saved as HTML: by a browser with or without their pictures, by SingleFile, wget, HTTrack, out of a web archive.

States only what the tool that saved the page tells, and brings the pictures that lie beside it; the page's own words are
not read here.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from unicodedata import category

from generator import mementos
from generator.errors import Finding
from generator.model import SNIPPET, Capture, Claim, Origin
from generator.readers import folders, mirrors, parts, stamps
from generator.readers.found import Found, Member, Near
from generator.readers.mirrors import Mirror
from generator.readers.stamps import Stated

SUFFIXES = folders.PAGES
BULK = False
BASED = 65_536  # bytes in which a page states its base and its own address
ENDS = 70_000  # bytes at the end, in which a ZIP has its list
COVER = 2_000_000  # bytes before a carried ZIP
INDEXED = frozenset({"index.html", "index.htm", "index.xhtml"})
CONFIDENCE = 0.6  # of an address that a folder's name tells

_MAGIC = (
    b"\x89PNG", b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"\x7fELF", b"\x1f\x8b", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"BM", b"MZ",
    b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"Rar!", b"WARC/", b"SQLite format", b"OggS", b"ID3", b"\x00\x00\x01\x00",
    b"wOFF", b"wOF2", b"\xca\xfe\xba\xbe", b"{\\rtf", b"bplist", b"ftyp",
)  # fmt: skip
# what no charset of the web writes into a text: all controls but white space, and the escape of ISO-2022-JP
_CONTROLS = bytes(sorted(frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b") | {0x7F}))
_FEW = bytes(range(9))
_BLANKS = "\t\n\r"
_MEANINGLESS = frozenset({"Cc", "Cn", "Co", "Cs"})
_MIME = re.compile(
    rb"\s{0,20}(?:From|MIME-Version|Subject|Snapshot-Content-Location|Date|Content-Type)\s?:", re.IGNORECASE
)
_MARKUP = re.compile(
    rb"\s{0,200}(?:<!doctype\s{1,9}html|<html|<head|<body|<meta\s|<title|<(?:div|article|main|section|table|p|h1)\b|<!--)|<html[\s>]|<body[\s>]|<!doctype html",
    re.IGNORECASE,
)

_BASE = re.compile(rb"<base\b[^<>]{0,200}?\bhref\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
_OWN = re.compile(
    rb"<(?:link\b[^<>]{0,400}?\brel=[\"']?canonical\b|meta\b[^<>]{0,200}?[\"']og:url\b)[^<>]{0,400}?\b(?:href|content)=[\"']?https?://([^/\"'\s<>:]{3,255})",
    re.IGNORECASE,
)
_PAGE = re.compile(
    rb"<!doctype\s{1,9}html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE
)  # nothing of chance


def accepts(head: bytes, name: str) -> bool:
    """Whether this is markup: by its first bytes, or by its name where they do not speak against it."""
    if _MARKUP.match(head) and b"PK\x03\x04" in head:
        return True  # the cover of a ZIP
    if binary(head) or _MIME.match(head):
        return False
    bare = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"")
    if noise(head) and not (_MARKUP.match(bare) or _PAGE.search(bare)):
        return False
    if any(name.lower().endswith(suffix) for suffix in SUFFIXES):
        return True
    return bool(
        _MARKUP.match(bare) or (_MARKUP.search(bare) and not bare.lstrip().startswith((b"{", b"[", b"#", b"/", b"%")))
    )


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The one page in the file, and the pictures that lie beside it; a page that carries a ZIP behind it gives that too."""
    body = file.read()
    if mirrors.own_page(body):
        yield Finding("file-skipped", str(origin), "the mirror's own page, and none of the site")
        return
    carried = _carried(body)
    if carried is not None:
        yield Member("content.zip", io.BytesIO(carried), len(carried))
        return
    path = f"{origin.path}/{origin.member}" if origin.member else origin.path
    stated = stamps.stated(body)
    if stated.url is None:
        stated = _beside(near, path) or stated
    mirror = mirrors.find(path)
    claims: tuple[Claim, ...] = ()
    if mirror and stated.url is None:
        stated, claims = _reconstructed(mirror, stated, body)
    based = _BASE.search(body[:BASED])
    base = html.unescape(based[1].decode("utf-8", "replace")) if based else ""
    depth = (origin.member or origin.path).count("/")
    pictures = parts.gather(body, near, lambda name: mirrors.places(name, base, mirror, depth))
    yield Capture(body, origin, url=stated.url, captured=stated.captured, parts=pictures, claims=claims)


def _beside(near: Near, path: str) -> Stated | None:
    """What the index says that some tools put beside the page."""
    if path.rpartition("/")[2].lower() not in INDEXED:
        return None
    found = next((index for name in stamps.INDEXES if (index := near(name))), None)
    return stamps.indexed(found) if found else None


def _reconstructed(mirror: Mirror, stated: Stated, body: bytes) -> tuple[Stated, tuple[Claim, ...]]:
    """The address as the place in a mirror tells it, unless the page states its own on that host: it knows better."""
    if any(own[1].decode("ascii", "replace").lower() == mirror.host for own in _OWN.finditer(body[:BASED])):
        return Stated(None, stated.captured or mirror.captured), ()
    address = f"{mirrors.scheme(body, mirror.host)}:{mirror.address}"
    copy = mementos.of(address)
    url = copy.url if copy else address
    captured = (copy.captured if copy else None) or stated.captured or mirror.captured
    return Stated(url, captured), (
        Claim("url", (url or address,), "path:mirror", CONFIDENCE, mirror.address[:SNIPPET]),
    )


def _carried(body: bytes) -> bytes | None:
    """The ZIP that a page carries which is nothing but its cover, as SingleFileZ writes it."""
    if body.rfind(b"PK\x05\x06", -ENDS) < 0:
        return None
    start = body.find(b"PK\x03\x04")
    return body[start:] if 0 < start <= COVER else None


def noise(head: bytes) -> bool:
    """Whether the bytes are letters in no charset: controls, or in UTF-16 characters that nobody has given a meaning."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        letters = head[: len(head) & ~1].decode("utf-16", "replace")
        strange = (
            letter == "\ufffd" or category(letter) in _MEANINGLESS for letter in letters if letter not in _BLANKS
        )
        return sum(strange) * 20 > len(letters)
    return (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(head)


def binary(head: bytes) -> bool:
    """Whether the first bytes are those of a picture, an archive, a program: anything but text."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MAGIC):
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = len(head) - len(head.translate(None, _FEW))
    if not odd:
        return False
    nuls = head.count(0)
    wide = max(head[0::2].count(0), head[1::2].count(0)) >= 0.9 * nuls > 0.6 * len(head) / 2
    return (nuls > 8 + len(head) // 50 and not wide) or odd - nuls > 8 + len(head) // 20
