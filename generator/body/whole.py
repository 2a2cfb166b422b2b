"""A page that is the story alone, as a tool cut it out: every word of it as blocks, in order.

Searches nothing and leaves out only what no reader would see; never judges words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from generator import text
from generator.body import pictures
from generator.body.addresses import web
from generator.body.blocks import Block, Run
from generator.body.credits import caption
from generator.body.media import NOTHING
from generator.model import Part, Picture

MAX_DEPTH = 24  # of blocks in blocks; what lies deeper is one paragraph
MAX_BLOCKS = 20_000
MAX_PICTURES = 100
MAX_ALIKE = 400  # characters

_SILENT = frozenset(
    "applet area audio base button canvas col colgroup embed frame frameset head iframe input link map math meta noembed noframes "  # noqa: SIM905
    "noscript object option optgroup param script select source style svg template textarea title track video".split()
)
_IMAGES = ("img", "amp-img")
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_STRONG = frozenset(("strong", "b"))
_EMPHASIS = frozenset(("em", "i", "cite", "dfn", "var"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_BLOCKS = frozenset(
    (
        *_HEADINGS, *_LISTS, "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li", "main", "nav", "p", "pre", "section",
        "summary", "table", "td", "th", "tr",
    )
)  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Page:
    """What is gathered on the way through the tree."""

    base: str | None
    beside: Mapping[str, Part]
    media: dict[str, Part]
    shown: set[str]


def blocks(
    tree: Any, base: str | None, headline: str | None, beside: Mapping[str, Part] = NOTHING
) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """All blocks of the page but its headline, and the pictures that came with it; `beside` are those not inside itself."""
    page = _Page(base, beside, {}, set())
    body = tree if tree.tag == "body" else tree.find(".//body")
    found = tuple(islice(_flow(tree if body is None else body, page, 0), MAX_BLOCKS))
    return _without(found, headline), tuple(page.media[name] for name in sorted(page.media))


def _without(found: tuple[Block, ...], headline: str | None) -> tuple[Block, ...]:
    """The blocks without the headline, where one of the first headings or the first line is nothing else."""
    wanted = text.fold(headline or "")
    for place, block in enumerate(found[:4]):
        first = place == 0 or block.kind == "heading"
        if wanted and first and len(block.words) <= MAX_ALIKE and text.fold(block.words) == wanted:
            return (*found[:place], *found[place + 1 :])
    return found


def _flow(parent: Any, page: _Page, depth: int) -> Iterator[Block]:
    """The children as blocks; text between them is a paragraph of its own."""
    loose = _text(parent.text, Run(""))
    for child in parent:
        if _seen(child):
            if child.tag in _BLOCKS or child.tag in _IMAGES or _holds_blocks(child):
                yield from _paragraph(loose)
                loose = []
                yield from _block(child, page, depth + 1)
            else:
                loose += _inline(child, Run(""), page, depth + 1)
        loose += _text(child.tail, Run(""))
    yield from _paragraph(loose)


def _block(element: Any, page: _Page, depth: int) -> Iterator[Block]:
    name = element.tag
    if depth > MAX_DEPTH:
        yield from _paragraph([Run(text.squeeze(" ".join(element.itertext())))])
    elif name in _IMAGES:
        yield from _picture(element, page, "")
    elif name == "figure":
        yield from _figure(element, page, depth)
    elif name in _HEADINGS:
        yield from _heading(element, page, depth)
    elif name in _LISTS:
        yield from _list(element, page, depth)
    elif name == "blockquote":
        inner = tuple(_flow(element, page, depth))
        yield from (Block("quote", children=inner),) if inner else ()
    elif name == "table":
        yield from _table(element, page, depth)
    elif name == "pre":
        words = "".join(element.itertext()).strip("\n")
        yield from (Block("code", (Run(words),)),) if words.strip() else ()
    elif name != "figcaption" or _around(element, "figure") is None:
        yield from _flow(element, page, depth)


def _heading(element: Any, page: _Page, depth: int) -> Iterator[Block]:
    runs = [
        replace(run, strong=False, text=run.text.replace("\n", " ")) for run in _runs(element, Run(""), page, depth)
    ]
    if _inked(runs):
        yield Block("heading", tuple(runs), _HEADINGS[element.tag])
    yield from _pictures(element, page, "")


def _list(element: Any, page: _Page, depth: int) -> Iterator[Block]:
    first = tuple(_paragraph(_text(element.text, Run(""))))
    items = [Block("item", children=first)] if first else []
    for child in element:
        inner: tuple[Block, ...] = ()
        if _seen(child):  # a list right in a list, as some editors write it, is an item that holds one
            apart = child.tag in _LISTS or child.tag in _IMAGES or child.tag == "table"
            inner = tuple(_block(child, page, depth + 1) if apart else _flow(child, page, depth + 1))
        inner += tuple(_paragraph(_text(child.tail, Run(""))))
        items += [Block("item", children=inner)] if inner else []
    if items:
        yield Block("list", level=int(element.tag == "ol"), children=tuple(items))


def _table(element: Any, page: _Page, depth: int) -> Iterator[Block]:
    rows: list[Block] = []
    for one in _rows(element, page, depth):
        if one.kind == "row":
            rows.append(one)
        else:
            yield one
    if rows:
        yield Block("table", children=tuple(rows))
        yield from _pictures(element, page, "")


def _rows(parent: Any, page: _Page, depth: int) -> Iterator[Block]:
    """The rows in a table or a part of it, and whatever else stands there as blocks of its own."""
    cells = [cell for cell in parent if cell.tag in ("td", "th")]
    layout = any(cell.find(".//table") is not None for cell in cells)  # it lays out the page
    if cells and not layout:
        made = (Block("cell", tuple(_cell(cell, page, depth)), level=int(cell.tag == "th")) for cell in cells)
        yield Block("row", children=tuple(made))
    yield from _paragraph(_text(parent.text, Run("")))
    for child in parent:
        if _seen(child) and (layout or child.tag not in ("td", "th")):
            parts = child.tag in ("tbody", "thead", "tfoot", "tr") and depth <= MAX_DEPTH
            yield from _rows(child, page, depth + 1) if parts else _block(child, page, depth + 1)
        yield from _paragraph(_text(child.tail, Run("")))


def _cell(cell: Any, page: _Page, depth: int) -> Iterator[Run]:
    """What is in a cell as one line: blocks in it are parted by blanks."""
    for run in _runs(cell, Run(""), page, depth):
        yield replace(run, text=run.text.replace("\n", " "))


def _figure(element: Any, page: _Page, depth: int) -> Iterator[Block]:
    """A picture with its caption, and whatever else is in the figure; without a picture the caption stands for one not held."""
    said = text.squeeze(" ".join(" ".join(label.itertext()) for label in element.iter("figcaption")))
    shown = tuple(_pictures(element, page, said))
    yield from shown
    if said and not shown:
        yield Block("picture", picture=Picture(None, *caption(said)))
    yield from _flow(element, page, depth)


def _pictures(element: Any, page: _Page, said: str) -> Iterator[Block]:
    for image in element.iter(*_IMAGES):
        yield from _picture(image, page, said)


def _picture(image: Any, page: _Page, said: str) -> Iterator[Block]:
    """The picture, once a page; what is an icon by its size or its name is none."""
    for found in pictures.find(image, page.base, page.beside):
        key = found.picture.src or found.picture.caption or ""
        if key in page.shown or len(page.shown) >= MAX_PICTURES:
            continue
        page.shown.add(key)
        if found.part is not None:
            page.media[found.part.name] = found.part
        words, credit = caption(said) if said else (found.picture.caption, found.picture.credit)
        yield Block("picture", picture=Picture(found.picture.src, words, credit))


def _paragraph(runs: Sequence[Run]) -> Iterator[Block]:
    """The runs as paragraphs: two breaks in a row, and white space at most between them, part one from the next."""
    start = stop = 0
    for place, run in enumerate(runs):
        broken = run.text == "\n"
        if broken and stop > start and runs[stop - 1].text == "\n" and _inked(runs[start:stop]):
            yield Block("paragraph", tuple(runs[start : stop - 1]))
            start = place + 1
        stop = place + 1 if broken or _inked((run,)) else stop
    if _inked(runs[start:]):
        yield Block("paragraph", tuple(runs[start:]))


def _runs(element: Any, style: Run, page: _Page, depth: int) -> list[Run]:
    runs = _text(element.text, style)
    for child in element:
        if _seen(child):
            runs += _inline(child, style, page, depth + 1)
        runs += _text(child.tail, style)
    return runs


def _inline(element: Any, style: Run, page: _Page, depth: int) -> list[Run]:
    name = element.tag
    if name == "br":
        return [Run("\n")]
    if depth > MAX_DEPTH * 2:
        return [replace(style, text=" ".join(element.itertext()))]
    href = style.href or (web(element.get("href"), page.base) if name == "a" else None)
    inner = Run(
        "", style.strong or name in _STRONG, style.emphasis or name in _EMPHASIS, style.code or name in _CODE, href
    )
    gap = [Run(" ")] if name in _BLOCKS else []
    return [*gap, *_runs(element, inner, page, depth), *gap]


def _text(words: str | None, style: Run) -> list[Run]:
    return [replace(style, text=words.replace("\n", " "))] if words else []


def _seen(element: Any) -> bool:
    """Whether a reader would see the element."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("hidden") is not None:
        return False
    return not _HIDDEN.search((element.get("style") or "")[:MAX_ALIKE])


def _holds_blocks(element: Any) -> bool:
    return next(element.iter(*_BLOCKS, *_IMAGES), None) is not None


def _around(element: Any, name: str) -> Any:
    return next(element.iterancestors(name), None)


def _inked(runs: Sequence[Run]) -> bool:
    return any(text.squeeze(run.text) for run in runs)
