"""Pocket's old HTML export, `ril_export.html`: links, no text.

After wallabag's `src/Import/PocketHtmlImport.php` and its fixture `ril_export.html`; Pocket's CSV is one of `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import BinaryIO

from generator.model import Origin
from generator.readers.exports import pieces, times
from generator.readers.exports.bookmarks import attributes
from generator.readers.exports.damage import Damage
from generator.readers.exports.entry import Entry, address, tagged, told
from generator.readers.exports.markup import words
from generator.readers.found import Found, Near

_TITLE = re.compile(rb"<title>\s{0,9}Pocket Export\s{0,9}</title>", re.IGNORECASE)
_MARK = re.compile(rb"<li\b", re.IGNORECASE)
_LINK = re.compile(r"<a\b((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>(.*?)(?:</a>|$)", re.IGNORECASE | re.DOTALL)


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is Pocket's HTML export."""
    return bool(_TITLE.search(head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every tool has it
    """The links of the export."""
    yield from told(_links(file), lambda link: link, origin)


def _links(file: BinaryIO) -> Iterator[Entry | Damage]:
    for piece in pieces.stream(file, _MARK):
        if isinstance(piece, Damage):
            yield piece
        elif link := _LINK.search(piece[1].decode("utf-8", "replace")):
            stated = {name: unescape(value) for name, value in attributes(link[1]).items()}
            yield Entry(
                "Pocket",
                str(piece[0]),
                address(stated.get("href", "")),
                words(link[2]),
                saved=times.moment(stated.get("time_added")),
                claims=tagged("pocket", "tags", stated.get("tags", "")),
            )
