"""The text of the story as the page's own structured data give it: `articleBody` of JSON-LD.

Reads data that are already parsed; never raises on their shape.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator import text
from generator.body.blocks import Block, paragraph

MAX_DEPTH = 6
MAX_LENGTH = 400_000
MIN_LENGTH = 200

_TAG = re.compile(r"<[^<>]{1,2000}>")
_BLOCK_TAG = re.compile(r"</?(?:p|div|br|li|h[1-6]|ul|ol|blockquote|section)\b[^<>]{0,2000}>", re.IGNORECASE)
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)
_ROW = 3


def article_text(data: Sequence[Mapping[str, Any]]) -> str | None:
    """The longest `articleBody`, as lines of plain text, or None."""
    bodies = [body for thing in data for body in _bodies(thing, 0)]
    longest = max(bodies, key=len, default="")
    if not longest:
        return None
    raw = html.unescape(longest[:MAX_LENGTH])
    plain = text.clean(html.unescape(_TAG.sub(" ", _BLOCK_TAG.sub("\n", raw))) if "<" in raw or "&" in raw else raw)
    return plain if len(plain) >= MIN_LENGTH else None


def paragraphs(plain: str) -> tuple[Block, ...]:
    """The data's text as paragraphs."""
    return tuple(paragraph(line.strip()) for line in plain.split("\n") if text.squeeze(line))


class Known:
    """Answers how much of a line stands in the data's text."""

    def __init__(self, plain: str) -> None:
        self._rows = frozenset(_rows(plain))

    def share(self, words: str) -> float:
        """The part of the line's rows of words that the text holds, 0..1."""
        rows = list(_rows(words))
        return sum(row in self._rows for row in rows) / len(rows) if rows else 0.0


def _rows(words: str) -> Iterator[tuple[str, ...]]:
    tokens = _TOKEN.findall(text.fold(words))
    for index in range(max(1, len(tokens) - _ROW + 1) if tokens else 0):
        yield tuple(tokens[index : index + _ROW])


def _bodies(thing: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(thing, Mapping):
        for key, value in thing.items():
            if key == "articleBody" and isinstance(value, str):
                yield value
            elif isinstance(value, (Mapping, list)) and key not in ("comment", "hasPart", "isPartOf", "review"):
                yield from _bodies(value, depth + 1)
    elif isinstance(thing, list):
        for one in thing[:200]:
            yield from _bodies(one, depth + 1)
