"""Web archives: WARC and ARC, plain, in gzip members or as one gzip stream, in Zstandard frames.

A stream of any size, in one pass: pages with their pictures, revisits resolved, damage named with its offset. Nothing of
the bytes is believed that can be seen in them, nothing is held whole but one record, and nothing is ever fetched.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers.found import Found, Near
from generator.readers.html import binary
from generator.readers.warc.members import begins
from generator.readers.warc.reading import Reading
from generator.readers.warc.records import LINE_BYTES, holds_record
from generator.readers.warc.shelf import Shelf
from generator.readers.warc.streams import Stream

SUFFIXES = frozenset({".warc", ".warc.gz", ".warc.zst", ".wet.gz", ".arc.gz"})
BULK = True


def accepts(head: bytes, name: str) -> bool:
    """Whether a record begins in the first bytes; in what is called an archive, whether they are no text at least."""
    stream = Stream(io.BytesIO(head))
    begin = stream.peek(LINE_BYTES)
    if begins(begin):
        return True
    return name.lower().endswith(tuple(SUFFIXES)) and (stream.packed or binary(head) or holds_record(begin))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The pages in the archive, each with the pictures that it names."""
    together = Together()
    yield from together.read(file, origin, near)
    yield from together.left()


class Together:
    """The archives that came in one file, read one after the other: they complete each other."""

    def __init__(self) -> None:
        self._shelf = Shelf()

    def read(self, file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG002 - as of every reader
        """The pages in one of them."""
        return Reading(file, origin, self._shelf).found()

    def left(self) -> Iterable[Finding]:
        """What is said of each once all were read: what none of them holds."""
        return self._shelf.left()
