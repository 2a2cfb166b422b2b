"""Elements of a page that carry a statement: found by tag, class, `rel` or `itemprop`, near the headline, outside side matter.

Reads the tree and never changes it. Knows the usual words in class names, never those of one outlet.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from generator.document import Document, view
from generator.text import fold, line

LIMIT = 60
TEXT_LIMIT = 1_000
UP = 40  # steps towards the root

_SIDE = re.compile(
    r"related|recommend|teaser|comment|sidebar|side-bar|footer|widget|most-?read|popular|trending|promo|newsletter|share|social|"
    r"advert|\bads?\b|menu|navbar|navigation|cookie|modal|popup|carousel|slider|latest|more-(?:news|stories)|read-?(?:more|next)|"
    r"outbrain|taboola|ranking|hot-?news|tuijian|xgyd",
    re.IGNORECASE,
)
_SIDE_TAGS = frozenset({"nav", "footer", "aside", "form", "iframe", "noscript"})


@view
def heading(document: Document, *titles: str) -> Any:
    """The `<h1>` (or what stands for it) that prints the story's headline: one that a stated title agrees with, else the first in the story."""
    if document.tree is None:
        return None
    known = [fold(title) for title in titles if title]
    found = [one for one in islice(document.tree.iter("h1"), LIMIT) if text(one)]
    for one in found:
        here = fold(text(one))
        if any(here == title or (len(here) > 10 and (here in title or title in here)) for title in known):
            return one
    for tag in ("h2", "h3"):
        for one in islice(document.tree.iter(tag), LIMIT):
            here = fold(text(one))
            if len(here) > 10 and any(here == title or title.startswith(here) for title in known):
                return one
    outside = [one for one in found if not in_header(one) and not aside(one)]
    return (outside or [None])[0] if found else None


def find(
    document: Document, *words: str, tags: Collection[str] = (), near: Any = None, feet: bool = False
) -> Iterator[Any]:
    """Elements whose classes, id, `rel` or `itemprop` hold one of the words, or all of the tags where no word is given.

    Outside side matter only, but for footers with `feet`; with `near`, those behind that element come first, and what
    holds that element is no side matter whatever it is called.
    """
    found: list[tuple[int, Any]] = []
    for marks in document.called(words):
        if not tags or marks.partition(" ")[0] in tags:
            found += document.marked[marks]
    found.sort(key=lambda one: one[0])
    start = _place(document, near) if near is not None else 0
    behind = [one for place, one in found if place >= start]
    before = [one for place, one in found if place < start]
    around = frozenset(near.iterancestors()) if near is not None else frozenset()
    taken = 0
    for one in (*behind, *before):
        if not aside(one, around, feet=feet):
            yield one
            taken += 1
            if taken >= LIMIT:
                return


def every(document: Document, path: str) -> Iterator[Any]:
    """Elements by XPath wherever they lie."""
    if document.tree is not None:
        yield from _xpath(path)(document.tree)


def text(element: Any, limit: int = TEXT_LIMIT) -> str:
    """The element's visible text as one line, or at least its first `limit` characters."""
    if not len(element):
        return line((element.text or "")[: 4 * TEXT_LIMIT + 1])[:TEXT_LIMIT]
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece if limit == TEXT_LIMIT else piece.strip())
        if length > 4 * limit:
            break
    return line(" ".join(pieces))[:TEXT_LIMIT]


def parts(element: Any) -> tuple[str, ...]:
    """The element's visible texts, one for each run of text between tags."""
    return tuple(piece for raw in islice(element.itertext(), LIMIT) if (piece := line(raw)))


def aside(element: Any, around: Collection[Any] = (), *, feet: bool = False) -> bool:
    """Whether the element lies in side matter: navigation, lists of other stories, comments, footers."""
    for _ in range(UP):
        if element is None or element in around or element.tag in ("body", "html", "main"):
            return False
        if element.tag in _SIDE_TAGS and not (feet and element.tag == "footer"):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.tag != "article" and len(names) < 300:
            found = _side(names)
            if found and not (feet and found == "footer"):
                return True
        element = element.getparent()
    return False


@lru_cache(maxsize=8_192)  # a page, and all pages of an outlet, say the same names again and again
def _side(names: str) -> str:
    found = _SIDE.search(names)
    return found[0].lower() if found else ""


def in_header(element: Any) -> bool:
    """Whether the element lies in the head of the whole page, where the outlet's own name stands."""
    inside = False
    for _ in range(UP):
        if element is None:
            break
        if element.tag in ("article", "main"):
            return False
        if element.tag == "header" or re.search(
            r"\b(?:logo|site-?(?:title|name|header)|masthead|brand)\b",
            f"{element.get('class') or ''} {element.get('id') or ''}",
            re.IGNORECASE,
        ):
            inside = True
        element = element.getparent()
    return inside


def _place(document: Document, element: Any) -> int:
    for marks, places in document.marked.items():
        if marks.partition(" ")[0] == element.tag:
            for place, one in places:
                if one is element:
                    return place
    return 0


@cache  # of the few paths that are asked for
def _xpath(path: str) -> Any:
    return etree.XPath(path, smart_strings=False)
