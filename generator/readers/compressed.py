"""Files that are one compressed stream: `page.html.gz`, a page as the server sent it, `.tar.gz`, `.tar.zst`.

Gives what is inside as a file to read, under the name without the ending; a tar is read as it runs past.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers import html, tarballs
from generator.readers.found import Found, Member, Near
from generator.readers.packed.decoders import ALONE, ERRORS
from generator.readers.packed.taped import BLOCK, is_header
from generator.readers.packed.unpacking import Beyond, Unpacked, budget, buffered

_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".txt", ".md")
_TARS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}
SUFFIXES = frozenset({*_TARS, *(f"{one}.{how}" for one in (*_PAGES, ".tar") for how in ALONE)})
BULK = True

_MAGIC = ((b"\x1f\x8b\x08", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\x00", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))
_KNOWN = (b"%PDF", b"PK\x03\x04", b"bplist")  # what is no text and may be a page all the same
_ZSTD_SKIPPED = range(0x184D2A50, 0x184D2A60)


def accepts(head: bytes, name: str) -> bool:
    """Whether this is a compressed stream whose beginning may be a page's or a tar's."""
    how = _how(head, name)
    if how is None:
        return False
    try:
        inner = ALONE[how]().decompress(head, BLOCK * 8)
    except ERRORS:
        return name.lower().endswith(tuple(SUFFIXES)) and how != "br"  # damaged from the start
    if is_header(inner[:BLOCK]) or inner.startswith(_KNOWN) or html.accepts(inner, name):
        return True
    return not (html.binary(inner) or html.noise(inner))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """What is inside."""
    head = file.read(BLOCK)
    file.seek(0)
    how = _how(head, origin.member or origin.path)
    if how is None:
        yield Finding("not-a-page", str(origin), "it is compressed in no way that is known")
        return
    raw = Unpacked(file, ALONE[how], budget(file))
    stream = buffered(raw)
    try:
        inner = stream.read(BLOCK)
        stream.seek(0)
    except Beyond as error:
        yield Finding("archive-limit", str(origin), str(error))
        return
    if is_header(inner):
        yield from tarballs.streamed(stream, origin)
        return
    yield Member(_inner(origin.member or origin.path), stream, near=near)
    if raw.damage:
        yield Finding("archive-damaged", str(origin), f"{raw.damage}; what stood before was read")


def _how(head: bytes, name: str) -> str | None:
    found = next((how for magic, how in _MAGIC if head.startswith(magic)), None)
    if found is None and int.from_bytes(head[:4], "little") in _ZSTD_SKIPPED:
        return "zst"
    ending = name.lower().rpartition(".")[2]
    if found is None and ending in ("br", "lzma") and name.lower().endswith(tuple(SUFFIXES)):
        return ending
    return found


def _inner(name: str) -> str:
    """The name of what is inside."""
    base = name.replace("\\", "/").rpartition("/")[2]
    stem, _, ending = base.rpartition(".")
    if stem and ending.lower() in ALONE:
        return stem
    short = _TARS.get(f".{ending.lower()}")
    return f"{stem}{short}" if stem and short else base
