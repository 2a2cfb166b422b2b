"""The one door to Trafilatura: a tree goes in, its main text comes out as our blocks.

Trafilatura is imported when first needed. Nothing else of it is used, and none of its state: no deduplication, and its
caches are emptied now and then.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial
from typing import Any

from generator import text
from generator.body.addresses import web
from generator.body.blocks import Block, Run
from generator.body.prune import GAP

MAX_DEPTH = 30
FORGET_AFTER = 400_000  # strings that its caches have met
SURE = 500  # characters
FOUND = 3  # its own find is enough if it is no less than one part in so many of the page's paragraphs

# elements that do not belong into a text: Trafilatura then takes its own for unclean, and asks another algorithm
_STRANGE = tuple(
    "aside audio button fencedframe fieldset figure footer iframe input label link nav noindex noscript object option "  # noqa: SIM905
    "select source svg time".split()
)
_LEAVES = {"p": "paragraph", "head": "heading", "code": "code"}


def main_text(tree: Any, url: str | None) -> tuple[Block, ...]:
    """The page's main text as Trafilatura sees it; empty where it finds none. The tree is not changed."""
    from trafilatura import bare_extraction  # noqa: PLC0415 (0.2 s that only pages with markup should cost)

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura.meta import reset_caches  # noqa: PLC0415
    from trafilatura.utils import trim  # noqa: PLC0415

    if trim.cache_info().misses > FORGET_AFTER:  # its caches keep count themselves, and start anew when emptied
        reset_caches()
    extract = partial(
        bare_extraction,
        tree,
        url=url,
        output_format="xml",  # only the tree is used: the plain form costs time that grows with the square of the text
        with_metadata=False,
        include_comments=False,
        include_tables=True,
        include_formatting=True,
        include_links=True,
        include_images=False,
        deduplicate=False,
    )
    found = extract(fast=True)
    if found is None or not _is_sure(found, tree):
        found = extract()
    body = getattr(found, "body", None)
    return () if body is None else tuple(_blocks(body, url, 0))


def _is_sure(found: Any, tree: Any) -> bool:
    """Whether no other algorithm that Trafilatura would ask for comparison could win over what its own has found.

    It takes another's text where its own is short, holds no paragraph, more tables than paragraphs, or what is no text; or
    for more than twice as long, which is likely only where the page's paragraphs hold several times what was found.
    """
    body, size = found.body, len(found.raw_text)
    if size < SURE or not body.xpath(".//p//text()"):
        return False
    if all(one.tag in ("p", "lb") for one in body.iterdescendants()):
        return False  # bare lines: what Trafilatura falls back on, where its own algorithm has found next to nothing
    if len(body.findall(".//table")) > len(body.findall(".//p")) or next(body.iter(*_STRANGE), None) is not None:
        return False
    return size * FOUND >= sum(len(text.squeeze("".join(one.itertext()))) for one in tree.iter("p"))


def _blocks(parent: Any, url: str | None, depth: int) -> Iterator[Block]:
    """The children as blocks; loose text between them is a paragraph of its own."""
    loose: list[Run] = [_styled(parent.text, Run(""))] if (parent.text or "").strip() else []
    for element in parent:
        name = element.tag if isinstance(element.tag, str) else ""
        if name in ("hi", "ref", "lb", "del", "span"):
            loose += _inline(element, Run(""), url, depth)
        else:
            if _inked(loose):
                yield Block("paragraph", tuple(loose))
            loose = []
            yield from _block(element, name, url, depth)
        if (element.tail or "").strip():
            loose.append(_styled(element.tail, Run("")))
    if _inked(loose):
        yield Block("paragraph", tuple(loose))


def _block(element: Any, name: str, url: str | None, depth: int) -> Iterator[Block]:
    if depth > MAX_DEPTH:
        yield Block("paragraph", (_styled(" ".join(element.itertext()), Run("")),))
        return
    if name == "list":
        items = tuple(Block("item", children=tuple(_blocks(item, url, depth + 1))) for item in element)
        yield Block("list", level=int(element.get("rend") == "ol"), children=items)
    elif name == "table":
        rows = tuple(Block("row", children=tuple(_cell(cell, url) for cell in row)) for row in element.iter("row"))
        yield Block("table", children=rows)
    elif name == "quote" or (name == "p" and _holds_blocks(element)):
        inner = tuple(_blocks(element, url, depth + 1))
        yield from (Block("quote", children=inner),) if name == "quote" else inner
    elif name in _LEAVES:
        runs = tuple(_runs(element, Run(""), url, depth))
        if _inked(runs):
            yield (
                Block("heading", runs, _rank(element))
                if name == "head"
                else Block("code" if name == "code" else "paragraph", runs)
            )
    elif name != "graphic":
        yield from _blocks(element, url, depth + 1)


def _cell(cell: Any, url: str | None) -> Block:
    return Block("cell", tuple(_runs(cell, Run(""), url, 0)), level=int(cell.get("role") == "head"))


def _rank(element: Any) -> int:
    rend = element.get("rend") or "h2"
    return 3 if rend in ("h3", "h4", "h5", "h6") else 1 if rend == "h1" else 2


def _holds_blocks(element: Any) -> bool:
    return any(child.tag in ("p", "list", "table", "quote", "head") for child in element)


def _runs(element: Any, style: Run, url: str | None, depth: int) -> Iterator[Run]:
    if element.text:
        yield _styled(element.text, style)
    for child in element:
        yield from _inline(child, style, url, depth + 1)
        if child.tail:
            yield _styled(child.tail, style)


def _inline(element: Any, style: Run, url: str | None, depth: int) -> Iterator[Run]:
    name = element.tag if isinstance(element.tag, str) else ""
    if depth > MAX_DEPTH or not name:
        return
    if name == "lb":
        yield Run("\n")
        return
    rend = element.get("rend") or ""
    strong, emphasis = style.strong or rend == "#b", style.emphasis or rend == "#i"
    href = style.href or (web(element.get("target"), url) if name == "ref" else None)
    yield from _runs(element, Run("", strong, emphasis, style.code or name == "code", href), url, depth)
    if name in ("p", "item", "cell", "row", "head"):
        yield Run(" ")


def _styled(words: str, style: Run) -> Run:
    # Trafilatura marks breaks by elements: a line feed in its text is mere white space
    flat = words.replace("\n", " ").replace(GAP, " ")
    return Run(flat, style.strong, style.emphasis, style.code, style.href)


def _inked(runs: Any) -> bool:
    return any(text.squeeze(run.text) for run in runs)
