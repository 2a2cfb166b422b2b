"""What other tools give out of their collections: read-it-later services, bookmark managers, reference managers, web archivers.

One module per tool, each with `accepts` and `read` like a reader's. What a tool says about a story goes beside the page as claims;
an entry that holds a link and no text is a story known but not held. Nothing is fetched, and one damaged entry costs only itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

from generator.errors import Finding
from generator.model import Origin
from generator.readers.exports import (
    archivebox,
    bookmarks,
    evernote,
    karakeep,
    linkwarden,
    omnivore,
    pocket,
    readeck,
    tables,
    wallabag,
    wechat,
    zotero,
)
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".enex"})
BULK = True
HEAD = 4_096  # bytes that a tool is known by


class Tool(Protocol):
    """A tool's export: `accepts` judges by the first bytes and the name, `read` yields what is in it and never raises."""

    def accepts(self, head: bytes, name: str, /) -> bool: ...

    def read(self, file: BinaryIO, origin: Origin, near: Near, /) -> Iterator[Found]: ...


TOOLS: tuple[Tool, ...] = (
    wallabag, omnivore, readeck, karakeep, linkwarden, archivebox, zotero, tables, bookmarks, pocket, evernote, wechat,
)  # fmt: skip


def accepts(head: bytes, name: str) -> bool:
    """Whether a tool that is known wrote this."""
    return any(tool.accepts(head, name) for tool in TOOLS)


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """What is in the export."""
    head = file.read(HEAD)
    file.seek(0)
    name = origin.member.rpartition("/")[2] or origin.path
    tool = next((tool for tool in TOOLS if tool.accepts(head, name)), None)
    empty = True
    for one in tool.read(file, origin, near) if tool else ():
        empty = False
        yield one
    if empty:
        yield Finding("not-a-page", str(origin), "the export has no entries with an address of a page")
