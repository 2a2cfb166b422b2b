"""A stream cut where a mark stands, such as the tag that begins an entry: piece by piece, in constant memory.

Knows no markup beyond the mark; never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.readers.exports.damage import Damage
from generator.readers.exports.window import Window

MAX_PIECE = 64 * 1024 * 1024  # bytes of one entry
LONGEST_MARK = 64  # bytes


def stream(file: BinaryIO, mark: re.Pattern[bytes]) -> Iterator[tuple[int, bytes] | Damage]:
    """The pieces that begin with the mark, each with its place, up to the next mark or the end. What stands before is left."""
    window = Window(file)
    begun = False
    while True:
        found = mark.search(window.data, window.at + begun)
        whole = found is not None and found.end() < len(window.data)
        if not whole and len(window.data) - window.at <= MAX_PIECE:
            if not begun and found is None:
                window.at = max(window.at, len(window.data) - LONGEST_MARK)
            if window.more():
                continue
        offset, end = window.offset, found.start() if found else len(window.data)
        if begun and end - window.at > MAX_PIECE:
            yield Damage(offset, "an entry is too long; it was left", "archive-limit")
        elif begun:
            yield offset, window.data[window.at : end]
        if found is None and (window.ended or not begun):
            return
        window.at, begun = end, found is not None
