"""Bookmarks as browsers export them: the Netscape format, which Raindrop, Shiori, Pinboard, Karakeep and others write too.

After Chromium's `bookmark_html_writer.cc`, Shiori's `internal/cmd/export.go` and Karakeep's `exporters.ts`. Links, no text:
each becomes a story known but not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from generator.model import Origin
from generator.readers.exports import pieces, times
from generator.readers.exports.damage import Damage
from generator.readers.exports.entry import Entry, address, tagged, told
from generator.readers.exports.markup import words
from generator.readers.found import Found, Near

_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<!DOCTYPE\s{1,9}NETSCAPE-Bookmark-file-1\s{0,9}>", re.IGNORECASE)
_MARK = re.compile(rb"<dt\b", re.IGNORECASE)
_LINK = re.compile(
    r"<a\b((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>(.*?)(?:</a>|$)(?:\s{0,99}<dd>([^<]*+))?", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"(?<![a-z_-])([a-z_-]{1,40}+)\s{0,9}=\s{0,9}(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is a file of bookmarks."""
    return bool(_DOCTYPE.match(head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The bookmarks with an address of the web; those of other kinds, `javascript:` and `place:`, are none."""
    yield from told(_links(file), lambda link: link, origin)


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag by lower-case name, as they are written."""
    return {name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def _links(file: BinaryIO) -> Iterator[Entry | Damage]:
    for piece in pieces.stream(file, _MARK):
        if isinstance(piece, Damage):
            yield piece
            continue
        link = _LINK.search(piece[1].decode("utf-8", "replace"))
        stated = {name: unescape(value) for name, value in attributes(link[1]).items()} if link else {}
        url = address(stated.get("href", ""))
        if link and url:
            yield Entry(
                "bookmarks",
                str(piece[0]),
                url,
                words(link[2]),
                summary=words(link[3] or ""),
                saved=times.moment(stated.get("add_date")),
                claims=tagged("bookmarks", "tags", stated.get("tags", "")),
            )
