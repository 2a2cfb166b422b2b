"""The standfirst that a page prints below its headline, told from a first paragraph that a description merely repeats.

Only looks; what is no standfirst by its place stays in the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from generator import text
from generator.body.blocks import Block

MAX_ELEMENTS = 100_000
MAX_CLASS = 300
HEAD_BLOCKS = 4  # blocks at the beginning among which it is looked for
LONGEST = 1_500
MAX_ASIDE = 20  # siblings looked at

_NAMED = re.compile(
    r"stand-?first|(?:^|[\s_-])deks?(?:$|[\s_-])|sub-?(?:headline|heading|title|line)|(?:^|[\s_-])(?:deck|lede|lead|chapo|ingress|preamble|abstract|vorspann|anriss|"
    r"entradilla|bajada|sottotitolo|occhiello|catenaccio|intro|excerpt|summary|teaser|strap(?:line)?)(?:$|[\s_-])|"
    r"(?:article|story|post|entry|news)[_-]{0,2}(?:lead|intro|summary|excerpt|description)|lead[_-]{0,2}(?:text|paragraph)|导语|摘要",
    re.IGNORECASE,
)
_TAGS = ("p", "div", "h2", "h3", "h4", "span", "section", "strong")


def without(blocks: Sequence[Block], standfirst: str | None, tree: Any) -> tuple[Block, ...]:
    """The blocks without the standfirst at their head, where the page prints it apart from the story."""
    wanted = text.fold(standfirst or "")
    if not wanted or len(wanted) > LONGEST:
        return tuple(blocks)
    dense = "".join(wanted.split())  # a word before it may stand in an element of its own, which blanks part or do not
    same = (
        place for place, block in enumerate(blocks[:HEAD_BLOCKS]) if "".join(text.fold(block.words).split()) == dense
    )
    at = next(same, None)
    if at is None or not any(block.words for block in blocks[at + 1 :]):
        return tuple(blocks)
    if blocks[at].kind == "heading":
        return (*blocks[:at], *blocks[at + 1 :])
    following = next(text.fold(block.words) for block in blocks[at + 1 :] if block.words)
    if any(_apart(element, following) for element in _printed(tree, wanted)):
        return (*blocks[:at], *blocks[at + 1 :])
    return tuple(blocks)


def _printed(tree: Any, wanted: str) -> Iterator[Any]:
    """Elements below the page's heading and named as a standfirst that hold the text and nothing else."""
    for element in islice(tree.iter(*_TAGS), MAX_ELEMENTS):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"[:MAX_CLASS]
        if _is_named(marks) and _headed(element) and _text(element, len(wanted)) == wanted:
            yield element


@lru_cache(maxsize=8_192)  # a page says the same names again and again
def _is_named(marks: str) -> bool:
    return _NAMED.search(marks) is not None


def _headed(element: Any) -> bool:
    """Whether the heading stands before the element, in the same container."""
    return any(sibling.tag == "h1" for sibling in islice(element.itersiblings(preceding=True), MAX_ASIDE))


def _apart(element: Any, following: str) -> bool:
    """Whether the story's next words stand in another container than the element."""
    return not any(
        text.fold(" ".join(islice(sibling.itertext(), 40)))[:40].startswith(following[:40])
        for sibling in islice(element.itersiblings(), MAX_ASIDE)
        if sibling.tag == element.tag
    )


def _text(element: Any, length: int) -> str:
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece.strip())
        if size > length * 2 + 40:
            return ""
    return text.fold("".join(pieces))
