"""A text copy cut into lines, and lines joined into paragraphs.

Knows spacing, bullets and hard wrapping only; never what a line says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator import text
from generator.body.blocks import Block, paragraph

MAX_LINES = 40_000
MAX_LENGTH = 60_000  # characters of one line
MAX_WRAP = 120  # a longest line beyond this was not wrapped by hand

_BULLET = re.compile(r"[•‣◦▪●○■□·∙*]\s+(?=\S)")
_ENDS = frozenset('。！？!?…；;：:.”’」』")）】')
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")
MIN_WRAP = 30
MIN_LINES = 6  # fewer lines tell nothing of how they were wrapped


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words: on one line in `words`, as spaced in `raw`; `gap` counts the empty lines above it."""

    words: str
    raw: str
    gap: int
    bullet: bool


def split(document: str) -> tuple[Line, ...]:
    """The lines that hold words, of a clean text."""
    lines: list[Line] = []
    gap = 0
    for raw in document.split("\n")[:MAX_LINES]:
        stripped = raw[:MAX_LENGTH].strip().lstrip("\ufeff")
        if not text.line(stripped):
            gap += 1
            continue
        bullet = _BULLET.match(stripped)
        words = stripped[bullet.end() :] if bullet else stripped
        lines.append(Line(text.line(words), words, gap, bool(bullet)))
        gap = 0
    return tuple(lines)


def unwrapped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with those joined that were wrapped by hand, where most of the text was."""
    width = max((_width(line.words) for line in lines if not line.bullet), default=0)
    if not MIN_WRAP <= width <= MAX_WRAP or len(lines) < MIN_LINES or not _wraps(lines, width):
        return tuple(lines)
    made: list[Line] = []
    last = ""
    for line in lines:
        if made and not line.bullet and line.gap == 0 and _full(last, line.words, width):
            whole = _join(made[-1].words, line.words)
            made[-1] = Line(whole, whole, made[-1].gap, made[-1].bullet)
        else:
            made.append(line)
        last = line.words
    return tuple(made)


def paragraphs(lines: Sequence[Line]) -> list[Block]:
    """The lines as paragraphs and lists; lines wrapped by hand are joined again."""
    width = max((_width(line.words) for line in lines if not line.bullet), default=0)
    wrapped = MIN_WRAP <= width <= MAX_WRAP and _wraps(lines, width)
    blocks: list[Block] = []
    items: list[Block] = []
    pending = ""
    last: Line | None = None
    for line in lines:
        joins = (
            wrapped
            and pending
            and last is not None
            and not line.bullet
            and line.gap == 0
            and _full(last.words, line.words, width)
        )
        if pending and not joins:
            blocks.append(paragraph(pending))
            pending = ""
        if line.bullet:
            items.append(Block("item", paragraph(line.words).runs))
        else:
            if items:
                blocks.append(Block("list", children=tuple(items)))
                items = []
            pending = _join(pending, line.words) if joins else line.words
        last = line
    blocks += [paragraph(pending)] if pending else []
    blocks += [Block("list", children=tuple(items))] if items else []
    return blocks


def _wraps(lines: Sequence[Line], width: int) -> bool:
    """Whether most lines that another follows without a gap are as full as they can be, and break inside a sentence."""
    pairs = [
        (one.words, two.words) for one, two in pairwise(lines) if two.gap == 0 and not two.bullet and not one.bullet
    ]
    full = sum(_full(one, two, width) and one[-1] not in _ENDS for one, two in pairs)
    return full * 2 > len(pairs)


def _full(words: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted at the end of this one."""
    first = following[:1] if _WIDE.match(following) else following.split(" ", 1)[0]
    return _width(words) + _width(first) + 1 > width - 2


def _width(words: str) -> int:
    return len(words) + len(_WIDE.findall(words))


def _join(words: str, more: str) -> str:
    tight = bool(_WIDE.match(words[-1:]) and _WIDE.match(more))
    return f"{words}{'' if tight else ' '}{more}"
