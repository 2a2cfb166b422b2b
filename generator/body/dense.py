"""A plain reading of the page for when nothing better finds its text: the container with most prose, block by block.

Kept simple on purpose; never judges words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator import text
from generator.body.blocks import Block, Run, paragraph

MAX_ELEMENTS = 100_000
MAX_BLOCKS = 3_000
DESCENT = 0.8  # go into a child as long as it holds this part of the prose

_SILENT = frozenset(
    (
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "iframe",
        "svg",
        "math",
        "select",
        "textarea",
        "button",
        "nav",
        "footer",
        "form",
        "aside",
        "figcaption",
        "header",
    )
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "td",
        "dd",
        "dt",
        "figure",
        "table",
        "ul",
        "ol",
        "tr",
        "center",
        "body",
        "html",
        "address",
        "br",
    )
)
_HEADINGS = {"h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}


def densest(tree: Any) -> tuple[Block, ...]:
    """The blocks of the element that holds most of the page's text outside of links."""
    weights = _weights(tree)
    element = tree
    while True:
        inner = max(
            (child for child in element if isinstance(child.tag, str)),
            key=lambda child: weights.get(child, 0),
            default=None,
        )
        if inner is None or weights.get(inner, 0) < weights.get(element, 0) * DESCENT or inner.tag in ("p", "span"):
            break
        element = inner
    return tuple(_blocks(element))


def size(tree: Any) -> int:
    """How much text the page holds outside of links, forms and menus."""
    return _weights(tree).get(tree, 0)


def _weights(tree: Any) -> dict[Any, int]:
    """For each element the length of its text outside of links, menus and scripts."""
    weights: dict[Any, int] = {}
    order = [element for element, _ in zip(_walk(tree), range(MAX_ELEMENTS), strict=False)]
    for element in reversed(order):
        own = len(text.squeeze(element.text or "")) if element.tag != "a" else 0
        for child in element:
            own += weights.get(child, 0) if isinstance(child.tag, str) else 0
            own += len(text.squeeze(child.tail or ""))
        weights[element] = 0 if element.tag == "a" else own
    return weights


def _walk(tree: Any) -> Iterator[Any]:
    """The elements in order, without those that show no text of a story."""
    stack = [tree]
    while stack:
        element = stack.pop()
        yield element
        stack += [child for child in reversed(element) if isinstance(child.tag, str) and child.tag not in _SILENT]


def _blocks(container: Any) -> Iterator[Block]:
    pieces: list[str] = []
    rank = 0
    made = 0
    for kind, words in _pieces(container):
        if not kind:
            pieces.append(words)
            continue
        line = text.squeeze("".join(pieces))
        pieces.clear()
        if line:
            yield Block("heading", (Run(line),), rank) if rank else paragraph(line)
            made += 1
            if made >= MAX_BLOCKS:
                return
        rank = _HEADINGS.get(words, 0) if kind == "open" else 0
    line = text.squeeze("".join(pieces))
    if line:
        yield paragraph(line)


def _pieces(container: Any) -> Iterator[tuple[str, str]]:
    """Text, and the places where a block opens or closes."""
    stack: list[tuple[Any, bool]] = [(container, False)]
    while stack:
        element, closing = stack.pop()
        block = element.tag in _BLOCKS
        if closing:
            if block:
                yield "close", element.tag
            if element is not container:
                yield "", element.tail or ""
            continue
        if block:
            yield "open", element.tag
        yield "", element.text or ""
        stack.append((element, True))
        for child in reversed(element):
            if isinstance(child.tag, str) and child.tag not in _SILENT:
                stack.append((child, False))
            elif child.tail:
                stack.append((_Tail(child.tail), True))


class _Tail:
    """The text behind an element that is left out."""

    tag = ""

    def __init__(self, tail: str) -> None:
        self.tail = tail
