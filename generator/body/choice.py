"""Which reading of the page is its text: Trafilatura's of the pruned page, of the whole page, the page's own data, or ours.

Compares lengths and agreement only; never judges words.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from generator.body import dense, prune, reading, scripted, structured
from generator.body.addresses import web
from generator.body.blocks import Block, plain
from generator.body.trim import is_prose
from generator.document import Document
from generator.text import fold

MAX_ELEMENTS = 40_000  # real pages hold some thousand
SHORT = 300  # characters: below this every other reading is asked too
STUB = 1_500  # characters: what is no longer may be the beginning of a story that a script holds whole
WHOLE = 1.5  # the whole is at least so much longer
FAR_TOO_LITTLE = 4  # a reading of less than one in so many characters is none
LONGER = 1.4  # the page's own data win where they are so much longer and agree
DATA_COVERS = 0.6  # of the reading's length: the page's own data may then say which blocks are foreign
FOREIGN = 0.25
HEAP = 0.7  # of the text in one block
HALF = 0.5
ALIKE = 1.1  # of the length of the heap; what is longer is another text
FEW = 3  # blocks of a heap
BEGINNING = 40  # characters of a description by which the text is known
PIECES = 20  # texts of an element in which that beginning stands
LINE = 80  # characters: a longer line is prose
SAME = 0.8

_DESCRIPTIONS = ("og:description", "description")


def base(document: Document) -> str | None:
    """What relative addresses in the page stand on."""
    stated = document.tree.find(".//base") if document.tree is not None else None
    href = stated.get("href") if stated is not None else None
    return (web(href, document.url) if href else None) or document.url


def main_text(document: Document, address: str | None) -> tuple[Block, ...]:
    """The blocks of the best reading."""
    prose = sum(len(line) for line in document.lines if len(line) >= LINE)
    pruned = prune.pruned(document.tree, address, prose)
    found = _trafilatura(pruned, address)
    length = len(plain(found))
    if length < SHORT:
        whole = _trafilatura(document.tree, address)
        found = whole if len(plain(whole)) > length * 2 else found
    if len(plain(found)) < STUB and _heaped(found) and next(document.tree.iter("figcaption"), None) is None:
        found = _parted(found, dense.densest(pruned))
    if len(plain(found)) < STUB and _heaped(found):
        found = _described(document, pruned, found)
    stated = structured.article_text(document.data)
    if stated is not None:
        found = _compared(found, stated)
    shown = plain(found)
    if len(shown) < SHORT and len(shown) * FAR_TOO_LITTLE < dense.size(document.tree):
        found = _longer(found, dense.densest(document.tree))
        shown = plain(found)
    if len(shown) < STUB:
        hidden = scripted.tree(document.tree, shown if len(shown) >= SHORT else "")
        found = found if hidden is None else _hidden(found, dense.densest(prune.pruned(hidden, address)))
    return found


def _heaped(found: tuple[Block, ...]) -> bool:
    """Whether the reading is one heap: the page's text in one paragraph, or in a table that lays it out."""
    largest = max(found, key=lambda block: len(block.words), default=None)
    if largest is None or largest.kind not in ("paragraph", "table"):
        return False
    return len(largest.words) > HEAP * sum(len(block.words) for block in found)


def _described(document: Document, pruned: Any, found: tuple[Block, ...]) -> tuple[Block, ...]:
    """The element that begins as the page describes its story, where the heap has other things before that; or the heap."""
    said = next((fold(text) for name in _DESCRIPTIONS for text in document.meta.get(name, ())), "")[:BEGINNING]
    heap = fold(plain(found))
    at = heap.find(said)
    if len(found) > FEW or len(said) < BEGINNING or not 0 < at < HALF * len(heap):
        return found
    for element in islice(pruned.iter("div", "td", "section", "article", "p"), MAX_ELEMENTS):
        if fold("".join(islice(element.itertext(), PIECES))).startswith(said):
            inner = dense.densest(element)  # of the outermost: what the story holds from here to its end
            return inner if len(plain(inner)) >= HALF * (len(heap) - at) else found
    return found


def _parted(found: tuple[Block, ...], other: tuple[Block, ...]) -> tuple[Block, ...]:
    """The other reading, where it has the same text in paragraphs."""
    prose = [block for block in other if is_prose(block)]
    size = sum(len(block.words) for block in prose)
    heap, parted = len(plain(found)), len(plain(other))
    alike = SAME * heap <= parted <= ALIKE * heap
    return other if len(prose) > 1 and alike and size >= HALF * parted else found


def _longer(found: tuple[Block, ...], other: tuple[Block, ...]) -> tuple[Block, ...]:
    """The other reading where it holds far more prose."""
    return other if _prose(found) * FAR_TOO_LITTLE < _prose(other) else found


def _hidden(found: tuple[Block, ...], hidden: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a script holds, where the page shows next to nothing, or only the beginning of it."""
    shown = plain(found)
    if len(shown) < SHORT:
        return _longer(found, hidden)
    whole = _prose(hidden) > _prose(found) * WHOLE and structured.Known(plain(hidden)).share(shown) > SAME
    return hidden if whole else found


def _trafilatura(tree: Any, address: str | None) -> tuple[Block, ...]:
    if next(islice(tree.iter(), MAX_ELEMENTS, None), None) is not None:
        return ()  # no page of news: the plain reading takes time in proportion to its size
    try:
        return reading.main_text(tree, address)
    except (
        etree.LxmlError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        AssertionError,
    ):
        return ()  # a page that breaks Trafilatura is read by the fallbacks


def _prose(blocks: tuple[Block, ...]) -> int:
    return sum(len(block.words) for block in blocks if is_prose(block))


def _compared(found: tuple[Block, ...], stated: str) -> tuple[Block, ...]:
    """The reading without blocks that the page's own data do not know, or the data where the reading misses much of them."""
    length = len(plain(found))
    if len(stated) > length * LONGER:
        if structured.Known(stated).share(plain(found)) > 0.5 or length < len(stated) // FAR_TOO_LITTLE:
            return structured.paragraphs(stated)
        return found
    if len(stated) < length * DATA_COVERS:
        return found
    known = structured.Known(stated)
    lines = structured.paragraphs(stated)
    if len(found) <= 2 < len(lines) and known.share(plain(found)) > SAME:
        return lines  # the same text, with its paragraphs
    return tuple(
        block
        for block in found
        if block.kind in ("heading", "table") or len(block.words) < 30 or known.share(block.words) > FOREIGN
    )
