"""How wide the signs of a PDF's font are, by their codes: what is needed to see where a text ends.

Reads a font's description and never the font itself; what is missing there has the usual width. Never raises for its shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_WIDTHS = 70_000
USUAL = 0.5  # of a size


@dataclass(frozen=True, slots=True)
class Widths:
    """The widths as parts of a size; `length` is that of a code in bytes."""

    length: int
    known: Mapping[int, float]
    otherwise: float

    def measured(self, codes: bytes) -> tuple[int, float]:
        """How many signs the codes are, and how wide they are together."""
        numbers = [int.from_bytes(codes[at : at + self.length], "big") for at in range(0, len(codes), self.length)]
        return len(numbers), sum(self.known.get(number, self.otherwise) for number in numbers)


def widths(font: Any) -> Widths:
    """The widths of a font's signs."""
    if not isinstance(font, Mapping):
        return Widths(1, {}, USUAL)
    if font.get("/Subtype") == "/Type0":
        below = _taken(font.get("/DescendantFonts"))
        inner = _taken(below[0]) if isinstance(below, list) and below else {}
        inner = inner if isinstance(inner, Mapping) else {}
        return Widths(2, _composite(_taken(inner.get("/W"))), _number(inner.get("/DW"), 1000.0) / 1000)
    matrix = _taken(font.get("/FontMatrix"))
    part = (
        abs(_number(matrix[0], 0.001))
        if font.get("/Subtype") == "/Type3" and isinstance(matrix, list) and matrix
        else 0.001
    )
    listed, first = _taken(font.get("/Widths")), int(_number(font.get("/FirstChar"), 0.0))
    known = (
        {first + place: _number(one, 0.0) * part for place, one in enumerate(listed[:256])}
        if isinstance(listed, list)
        else {}
    )
    return Widths(1, known, USUAL)


def _composite(listed: Any) -> dict[int, float]:
    """`c [w w w]` and `first last w`, one after the other."""
    known: dict[int, float] = {}
    items: Sequence[Any] = listed if isinstance(listed, list) else []
    at = 0
    while at + 1 < len(items) and len(known) < MAX_WIDTHS:
        first, second = int(_number(items[at], 0.0)), _taken(items[at + 1])
        if isinstance(second, list):
            known.update((first + place, _number(one, 0.0) / 1000) for place, one in enumerate(second[:MAX_WIDTHS]))
            at += 2
        else:
            last = min(int(_number(second, 0.0)), first + MAX_WIDTHS)
            width = _number(items[at + 2], 0.0) / 1000 if at + 2 < len(items) else USUAL
            known.update((code, width) for code in range(first, last + 1))
            at += 3
    return known


def _taken(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _number(value: Any, otherwise: float) -> float:
    plain = _taken(value)
    return float(plain) if isinstance(plain, int | float) else otherwise
