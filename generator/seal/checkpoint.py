"""What is signed and time-stamped: how many leaves there are, and their root, in the form of C2SP's tlog-checkpoint.

Tide archive                                     the archive's title
214                                              leaves
Yk1vR0aU4m8v...=                                 the root, in base64
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Self

MAX_BYTES = 4_096


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree at one moment."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        """The three lines read. Raises ValueError."""
        lines = raw[:MAX_BYTES].decode().split("\n")
        if len(lines) != 4 or lines[3] or not lines[1].isascii() or not lines[1].isdecimal():
            raise ValueError("expected three lines: a title, the number of leaves, their root")
        try:
            found = cls(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True))
        except (binascii.Error, ValueError) as error:
            raise ValueError("the root is no base64") from error
        if found.text.encode() != raw:
            raise ValueError("not in the form in which it is written")
        return found
