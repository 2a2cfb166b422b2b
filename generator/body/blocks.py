"""The shape of a text: blocks of runs, before it becomes Markdown or plain lines.

Holds values and tells their plain text; never reads a page and never writes markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from generator import text
from generator.model import Picture

Kind = Literal["paragraph", "heading", "list", "item", "quote", "table", "row", "cell", "code", "picture"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a `\\n` in it is a line break of the page's."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str | None = None


@dataclass(frozen=True)  # no slots: its words are asked for again and again, and kept
class Block:
    """A block: leaves hold runs, the others children. `level` is a heading's rank, and 1 for a numbered list."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    level: int = 0
    children: tuple[Block, ...] = ()
    picture: Picture | None = None

    @cached_property
    def words(self) -> str:
        """The visible text on one line; pictures have none."""
        own = "".join(run.text for run in self.runs)
        return text.squeeze(" ".join((own, *(child.words for child in self.children))))


def paragraph(words: str) -> Block:
    """A paragraph in plain style."""
    return Block("paragraph", (Run(words),))


def heading(words: str, level: int = 2) -> Block:
    """A subhead in plain style."""
    return Block("heading", (Run(text.squeeze(words)),), level)


def plain(blocks: Iterable[Block]) -> str:
    """The text alone, one block, item or row a line, without captions."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind in ("list", "item", "quote", "table"):
            if block.runs:
                yield text.squeeze("".join(run.text for run in block.runs))
            yield from _lines(block.children)
        elif block.words:
            yield block.words
