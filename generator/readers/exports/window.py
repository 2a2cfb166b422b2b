"""The bytes of a stream that are being looked at: a piece that grows as reading goes on and is cut behind what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1024 * 1024  # bytes read at once


@dataclass(slots=True)
class Window:
    """A piece of a stream: `data` from the byte `start` on, of which `at` bytes are done with. Only `more` cuts."""

    file: BinaryIO
    data: bytes = b""
    start: int = 0
    at: int = 0
    ended: bool = False

    @property
    def offset(self) -> int:
        """Where in the stream the window stands."""
        return self.start + self.at

    def more(self) -> bool:
        """Cut what is done with and read on: the longer the rest the more, so that looking at it again costs little."""
        if self.ended:
            return False
        rest = self.data[self.at :]
        read = self.file.read(max(CHUNK, len(rest)))
        if read:
            self.data, self.start, self.at = rest + read, self.start + self.at, 0
        self.ended = not read
        return not self.ended

    def has(self, length: int) -> bool:
        """Whether so many bytes are left, reading on as far as it takes."""
        while len(self.data) - self.at < length:
            if not self.more():
                return len(self.data) - self.at >= length
        return True

    def find(self, mark: bytes) -> bool:
        """Go to where the mark stands next; no where it stands nowhere, and then the window is at its end."""
        while (place := self.data.find(mark, self.at)) < 0:
            self.at = max(self.at, len(self.data) - len(mark) + 1)
            if not self.more():
                return False
        self.at = place
        return True

    def back(self, offset: int) -> None:
        """Go back to a byte that is not cut yet, or to the first one that is left."""
        self.at = max(0, min(offset - self.start, len(self.data)))
