"""Pages saved as plain text: a browser's select-all copy, or a text file of the story.

Says nothing about the text: `textcopy` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from generator.model import Capture, Origin
from generator.readers.found import Found, Near
from generator.readers.html import binary, noise

SUFFIXES = frozenset({".txt", ".text"})
BULK = False


def accepts(head: bytes, name: str) -> bool:
    """Whether this is text by its name and by its first bytes; markup under such a name was taken before."""
    return any(name.lower().endswith(suffix) for suffix in SUFFIXES) and not binary(head) and not noise(head)


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The one text in the file."""
    yield Capture(file.read(), origin, media_type="text/plain")
