"""Archives that are known and not read: the person is told to unpack them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".7z", ".rar"})
BULK = True

_MAGIC = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"MSCF\0\0\0\0", "a cabinet archive"),
    (b"\x1f\x9d", "compressed by compress(1)"),
    (b"LZIP", "compressed by lzip"),
    (b"\x04\x22\x4d\x18", "compressed by LZ4"),
)  # fmt: skip


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every reader has it
    """Whether this is an archive that is known and not read."""
    return _what(head) is not None


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """That it is not read."""
    message = f"it is {_what(file.read(8)) or 'an archive'}, which is not read: unpack it and add the folder"
    yield Finding("not-a-page", str(origin), message)


def _what(head: bytes) -> str | None:
    return next((what for magic, what in _MAGIC if head.startswith(magic)), None)
