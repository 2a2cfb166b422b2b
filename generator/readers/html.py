"""Pages saved as one HTML file: by a browser, SingleFile, HTTrack, monolith, Save Page WE, out of the Wayback Machine.

States only what the tool that saved the page wrote into it; the page's own words are not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from unicodedata import category

from generator.model import Capture, Origin
from generator.readers import folders, stamps
from generator.readers.found import Found, Near

SUFFIXES = folders.PAGES
BULK = False
STAMPED = 16_384  # where the tools write their comment

_MAGIC = (
    b"\x89PNG", b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"\x7fELF", b"\x1f\x8b", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"BM", b"MZ",
    b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"Rar!", b"WARC/", b"SQLite format", b"OggS", b"ID3", b"\x00\x00\x01\x00",
    b"wOFF", b"wOF2", b"\xca\xfe\xba\xbe", b"{\\rtf", b"bplist", b"ftyp",
)  # fmt: skip
# what no charset of the web writes into a text: all controls but white space, and the escape of ISO-2022-JP
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r\x1b") | {0x7F}
_BLANKS = "\t\n\r"
_MEANINGLESS = frozenset({"Cc", "Cn", "Co", "Cs"})
_MIME = re.compile(
    rb"\s{0,20}(?:From|MIME-Version|Subject|Snapshot-Content-Location|Date|Content-Type)\s?:", re.IGNORECASE
)
_MARKUP = re.compile(
    rb"\s{0,200}(?:<!doctype\s{1,9}html|<html|<head|<body|<meta\s|<title|<(?:div|article|main|section|table|p|h1)\b|<!--)|<html[\s>]|<body[\s>]|<!doctype html",
    re.IGNORECASE,
)

_PAGE = re.compile(
    rb"<!doctype\s{1,9}html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s", re.IGNORECASE
)  # nothing of chance


def accepts(head: bytes, name: str) -> bool:
    """Whether this is markup: by its first bytes, or by its name where they do not speak against it."""
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


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The one page in the file."""
    body = file.read()
    stated = stamps.stated(body[:STAMPED])
    yield Capture(body, origin, url=stated.url, captured=stated.captured)


def noise(head: bytes) -> bool:
    """Whether the bytes are letters in no charset: controls, or in UTF-16 characters that nobody has given a meaning."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        letters = head[: len(head) & ~1].decode("utf-16", "replace")
        strange = (
            letter == "\ufffd" or category(letter) in _MEANINGLESS for letter in letters if letter not in _BLANKS
        )
        return sum(strange) * 20 > len(letters)
    return sum(head.count(byte) for byte in _CONTROLS) * 50 > len(head)


def binary(head: bytes) -> bool:
    """Whether the first bytes are those of a picture, an archive, a program: anything but text."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_MAGIC):
        return True
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    nuls = head.count(0)
    wide = max(head[0::2].count(0), head[1::2].count(0)) >= 0.9 * nuls > 0.6 * len(head) / 2
    controls = sum(head.count(byte) for byte in range(1, 9))
    return (nuls > 8 + len(head) // 50 and not wide) or controls > 8 + len(head) // 20
