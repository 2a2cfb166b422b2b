"""The rows of a CSV file by the names in its first line, one after the other, in constant memory.

The standard reader is not used: its limit on the length of a cell belongs to the whole process, and a quotation mark
that never closes would cost it the rest of the file. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.readers.exports.damage import Damage
from generator.readers.exports.window import Window

MAX_ROW = 64 * 1024 * 1024  # bytes of one row
MAX_COLUMNS = 400
MAX_STRAY = 16  # quotation marks that never close

_BOM = b"\xef\xbb\xbf"
_QUOTE = 0x22
_QUOTED = re.compile(rb'"((?:[^"]++|"")*+)"')
_BREAK = re.compile(rb"\r\n?|\n")

Row = dict[str, str]


def header(head: bytes, delimiter: str) -> tuple[str, ...]:
    """The names in the first line of a CSV file, folded; none where no name is there."""
    line = _BREAK.split(head.removeprefix(_BOM), maxsplit=1)[0]
    cells = line.decode("utf-8", "replace").split(delimiter)
    return tuple(cell.strip().strip('"').strip().casefold() for cell in cells[:MAX_COLUMNS])


def stream(file: BinaryIO, delimiter: str) -> Iterator[Row | Damage]:
    """The rows below the first line, each by the folded names there; what is wrong between."""
    window, mark = Window(file), delimiter.encode()
    plain = re.compile(rb"[^\r\n" + re.escape(mark) + rb"]*+")
    names: tuple[str, ...] = ()
    stray = 0
    while window.has(1):
        offset = window.offset
        cells, code = _row(window, mark, plain)
        if code:
            yield Damage(offset, "a row is damaged", code)
            stray += code == "member-unreadable"
        if stray == MAX_STRAY:
            yield Damage(offset, "too much of the file is damaged; the rest was left", "archive-damaged")
            return
        if not names:
            names = tuple(cell.removeprefix("\ufeff").strip().casefold() for cell in cells)
        elif any(cells):
            yield dict(zip(names, (*cells, *[""] * (len(names) - len(cells))), strict=False))


def _row(window: Window, mark: bytes, plain: re.Pattern[bytes]) -> tuple[list[str], str]:
    """The cells of the row that begins here, and the code of a finding or nothing."""
    cells: list[bytes] = []
    code = ""
    while True:
        cell, closed = _cell(window, plain)
        code = code or ("" if closed else "member-unreadable")
        if len(cells) < MAX_COLUMNS:
            cells.append(cell)
        if window.has(1) and window.data[window.at : window.at + 1] == mark:
            window.at += 1
            continue
        if window.has(1):
            window.has(2)
            found = _BREAK.match(window.data, window.at)
            window.at = found.end() if found else window.at + 1
        texts = [one.decode("utf-8", "replace") for one in cells]
        return texts, code or ("charset-replaced" if any("\ufffd" in one for one in texts) else "")


def _cell(window: Window, plain: re.Pattern[bytes]) -> tuple[bytes, bool]:
    """The cell that begins here, and whether its quotation mark closes; where it does not, it is a letter like others."""
    quoted, closed = b"", True
    if window.has(1) and window.data[window.at] == _QUOTE:
        found = _QUOTED.match(window.data, window.at)
        while (found is None or found.end() == len(window.data)) and len(window.data) - window.at <= MAX_ROW:
            if not window.more():
                break
            found = _QUOTED.match(window.data, window.at)
        closed = found is not None
        if found:
            quoted = found[1].replace(b'""', b'"')
            window.at = found.end()
    rest = plain.match(window.data, window.at)
    while rest and rest.end() == len(window.data) and len(rest[0]) <= MAX_ROW and window.more():
        rest = plain.match(window.data, window.at)
    if rest:
        window.at = rest.end()
    return quoted + (rest[0][not closed :] if rest else b""), closed
