"""Mailboxes in one file, as Thunderbird, Gmail's export and mail servers keep them: letter after letter, as a stream.

Reads a line at a time and holds one letter at a time; what a letter says is for `eml`. Never raises for any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers.found import Found, Member, Near

SUFFIXES = frozenset({".mbox"})
BULK = True
MAX_MESSAGE = 64 * 1024 * 1024  # bytes
MAX_LINE = 1024 * 1024  # bytes read at once where no line ends

# who sent it and when, as a clock of the C library writes it; a sentence may begin with the same word
_WHEN = (
    rb"From \S{1,300}\s{1,3}(?:\S{1,40}\s{1,3})?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? {1,3}\w{2,3} [^\r\n]{0,40}\d\d:\d\d"
)
_BETWEEN = re.compile(_WHEN)
_FIRST = re.compile(_WHEN + rb"[^\r\n]{0,99}\r?\n>?[A-Za-z][A-Za-z0-9-]{1,60}:")
_QUOTED = re.compile(rb"^>(?=>{0,20}From )", re.MULTILINE)


def accepts(head: bytes, name: str) -> bool:
    """Whether a mailbox begins here: the line between two letters, and a header."""
    return _FIRST.match(head.lstrip(b"\r\n")) is not None and not name.lower().endswith(".eml")


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The letters in the file, each as a file of its own."""
    for number, message in enumerate(_messages(file), 1):
        name = f"message-{number}.eml"
        if message is None:
            place = f"{origin}/{name}" if origin.member else f"{origin}#{name}"
            yield Finding("too-large", place, f"the message has more than {MAX_MESSAGE} bytes")
            continue
        plain = _QUOTED.sub(b"", message)
        yield Member(name, BytesIO(plain), len(plain))


def _messages(file: BinaryIO) -> Iterator[bytes | None]:
    """The bytes of each letter without the line before it; None for one that is too large to be held."""
    held = bytearray()
    size = 0
    blank, begun = True, False
    for line in iter(lambda: file.readline(MAX_LINE), b""):
        if blank and _BETWEEN.match(line):
            if begun:
                yield bytes(held) if size <= MAX_MESSAGE else None
            held.clear()
            size, begun = 0, True
        elif begun:
            size += len(line)
            if size <= MAX_MESSAGE:
                held += line
            else:
                held.clear()
        blank = not line.strip()
    if begun:
        yield bytes(held) if size <= MAX_MESSAGE else None
