"""A journal under `.backfile/`: what was answered so far, entry by entry, so that a killed run loses nothing.

An entry is one line of JSON and the bytes that belong to it. Only its end can be damaged, by a kill, and is then cut off.
The journal can be thrown away: what has been kept in `content/` is known from there.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from generator.errors import BusyError, OutputError

MAX_LINE_BYTES = 1 << 20
MAX_PAYLOAD_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what its line says, and where its bytes lie."""

    said: Mapping[str, Any]
    offset: int
    size: int


class Journal:
    """An open journal, held by one process at a time; the system frees it when that dies. A context manager."""

    def __init__(self, file: Path) -> None:
        """Open or begin the journal. Raises BusyError, OutputError."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._file = file.open("a+b")
        except OSError as error:
            raise OutputError(f".backfile/: cannot be written: {error.strerror}", "is the disk full?") from error
        try:
            _hold(self._file)
        except BlockingIOError as error:
            self._file.close()
            raise BusyError("another run is asking a web archive for this site", "let it finish, or stop it") from error
        except OSError as error:
            self._file.close()
            raise OutputError(
                f".backfile/: cannot be locked: {error.strerror}", "is it on a disk of its own?"
            ) from error
        self.entries = list(self._read())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def append(self, said: Mapping[str, Any], payload: bytes = b"") -> None:
        """Write an entry; it is on disk when this returns. Raises OutputError."""
        line = json.dumps({**said, "size": len(payload), "crc": zlib.crc32(payload)}).encode() + b"\n"
        start = self._file.seek(0, 2)
        try:
            self._file.write(line + payload)
            self._file.flush()
        except OSError as error:
            raise OutputError(f".backfile/: cannot be written: {error.strerror}", "is the disk full?") from error
        self.entries.append(Entry(said, start + len(line), len(payload)))

    def payload(self, entry: Entry) -> bytes:
        """The bytes that belong to an entry."""
        self._file.seek(entry.offset)
        return self._file.read(entry.size)

    def clear(self) -> None:
        """Begin anew."""
        self._file.seek(0)
        self._file.truncate()
        self.entries.clear()

    def _read(self) -> list[Entry]:
        """The whole entries; whatever follows them is cut off."""
        found: list[Entry] = []
        end = self._file.seek(0)
        while line := self._file.readline(MAX_LINE_BYTES):
            said = _said(line)
            if said is None:
                break
            payload = self._file.read(said["size"])
            if len(payload) != said["size"] or zlib.crc32(payload) != said["crc"]:
                break
            found.append(Entry(said, end + len(line), len(payload)))
            end += len(line) + len(payload)
        self._file.truncate(end)
        return found


def _said(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    good = (
        line.endswith(b"\n")
        and isinstance(said, dict)
        and isinstance(said.get("size"), int)
        and 0 <= said["size"] <= MAX_PAYLOAD_BYTES
    )
    return said if good else None


if sys.platform == "win32":
    import msvcrt

    def _hold(file: BinaryIO) -> None:
        file.seek(1 << 40)  # a byte that nobody writes
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
