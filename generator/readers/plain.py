"""Pages saved as plain text: a browser's select-all copy, a reader view's, a mail, a text browser's dump, a text file of the story.

Takes off what stands above and below the text and says nothing about it; `textcopy` reads the text itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from generator.model import Capture, Origin
from generator.readers.copies import labels, letters, pages, shapes, texts
from generator.readers.found import Found, Near
from generator.readers.html import binary, noise

SUFFIXES = frozenset({".txt", ".text"})
BULK = False
MAX_HEADED = 4 * 1024 * 1024  # bytes of a text whose head is read


def accepts(head: bytes, name: str) -> bool:
    """Whether this is text by its name and by its first bytes; markup under such a name was taken before."""
    named = any(name.lower().endswith(suffix) for suffix in SUFFIXES)
    return named and ((not binary(head) and not noise(head)) or bool(letters.wide(head)))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The one text in the file."""
    raw = file.read()
    wide = bool(letters.wide(raw))
    found = texts.split(letters.decoded(raw)) if len(raw) <= MAX_HEADED else None
    if found is None:
        body = letters.decoded(raw).encode(pages.CHARSET, "replace") if wide else raw
        yield Capture(body, origin, media_type="text/plain", charset=pages.CHARSET if wide else None)
        return
    stated = labels.stated(found.values, _tool(found), found.names)
    whole = found.whole and bool(stated.value("headline"))
    marked = whole and (found.form != "reader" or shapes.marked(found.body))
    body = (
        pages.page(shapes.plain(found.body), stated.value("headline"))
        if marked
        else found.body.encode(pages.CHARSET, "replace")
    )
    yield Capture(
        body,
        origin,
        media_type="text/markdown" if marked else "text/plain",
        charset=pages.CHARSET,
        url=stated.url,
        captured=stated.captured,
        claims=stated.claims,
        whole=whole,
    )


def _tool(found: texts.Text) -> str:
    return "trafilatura" if found.form == "frontmatter" and "hostname" in found.values else found.form
