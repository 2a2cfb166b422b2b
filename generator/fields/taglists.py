"""Lists of links that a page prints as its story's topics: by `rel`, by what they are called, by where they lead, by their label.

A link within a sentence is no topic, and neither is one in a list of other stories. Decides nothing about the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements
from generator.text import fold

MOST = 30  # names in a list; more are the site's whole index
MOST_LINKS = 1_500
LABEL = 40  # characters
SHORT = 48  # characters of a topic's name behind a label

_CLASSES = (
    "tags", "taglist", "tag-list", "tag_list", "tag-selector", "tag-container", "article-topics", "topics", "keywords", "key-word",
    "keyword-list", "schlagwort", "schlagwoerter", "label-items", "hashtags", "etiquetas", "mots-cles",
)  # fmt: skip
# the step of an address below which a site keeps its topics
_TOPIC = re.compile(
    r"/(?:tags?|tagged|topics?|themen?|thema|stichw(?:oe|o)rte?|schlagw(?:oe|o)rte?r?|keywords?|labels?|hashtags?|temas?|etiquetas?|sujets?|mots?-cles?|"
    r"aiheet|aihe|avainsanat|asiasanat|emner?|amnen?|stikkord|argoment[oi]|etichette|konu(?:lar)?|etiket(?:ler)?|onderwerp(?:en)?|trefwoord(?:en)?|temat[y]?|"
    r"tagy|stitky|cimke|cimkek|tegi?|teme|biaoqian)/[^/?#]{1,120}/?(?:$|[?#])",
    re.IGNORECASE,
)
_IN_LINE = frozenset({"p", "h1", "h2", "h3", "figcaption", "blockquote"})
_BOXES = frozenset({"div", "ul", "p", "section", "span", "footer", "nav"})
_LISTS = frozenset({"div", "ul", "p", "section", "footer", "nav", "dl", "ol"})
_LABELS = frozenset({"h2", "h3", "h4", "h5", "h6", "span", "strong", "b", "div", "p", "dt", "li"})


def lists(document: Document, head: Any) -> Iterator[tuple[list[str], str, float]]:
    """The names in each kind of list, how it is known, and how far it is believed. `head` is the headline's element."""
    if document.tree is None:
        return
    around = frozenset(head.iterancestors()) if head is not None else frozenset()
    links = list(_links_behind(document.tree, head))
    marked = [one for one in links if _is_tag(one, around)]
    tagged = [one for one in marked if "category" not in (one.get("rel") or "").lower().split()]
    yield [elements.text(one) for one in tagged or marked], "html:rel=tag", 0.72
    yield _named(document, head), "html:tags", 0.87
    yield _apart(links, around, lambda link: bool(_TOPIC.search(link.get("href") or ""))), "html:topics", 0.7
    hashed = _apart(links, around, lambda link: elements.text(link, 1).startswith(("#", "＃")))
    yield hashed if len(hashed) > 1 else [], "html:hashtags", 0.8
    yield _labelled(document.tree, around), "html:labelled", 0.7


def _links_behind(tree: Any, head: Any) -> Iterator[Any]:
    behind = head is None
    for one in islice(tree.iter("a", "h1", "h2", "h3"), MOST_LINKS):
        behind = behind or one is head
        if behind and one.tag == "a":
            yield one


def _is_tag(link: Any, around: frozenset[Any]) -> bool:
    if "tag" not in (link.get("rel") or "").lower().split():
        return False
    return not elements.aside(link, around, feet=True) or any(one.tag == "article" for one in link.iterancestors())


def _named(document: Document, head: Any) -> list[str]:
    """The links of the first element that is called a list of tags."""
    standing = phrases.folded("standing")
    for one in elements.find(document, *_CLASSES, tags=_BOXES, near=head, feet=True):
        names = [elements.text(link) for link in one.iter("a", "button")]
        if not 0 < len(names) <= MOST or any(fold(name) in standing for name in names) or _in_foot(one):
            continue
        if sum(map(len, names)) > 0.5 * len(elements.text(one)) - 20:
            return names
    return []


def _in_foot(element: Any) -> bool:
    """Whether the element lies in the foot of the page, not of its story."""
    above = {one.tag for one in element.iterancestors()}
    return "footer" in above and not above & {"article", "main"}


def _apart(links: list[Any], around: frozenset[Any], wanted: Callable[[Any], bool]) -> list[str]:
    """The first list of such links that stands by itself, not within a sentence; or a later one that holds all its names and more."""
    boxes: dict[Any, list[str]] = {}
    for link in links:
        box = _list_around(link) if wanted(link) else None
        if box is not None and not elements.aside(link, around, feet=True):
            boxes.setdefault(box, []).append(elements.text(link))
    good = [names for box, names in boxes.items() if len(names) <= MOST and _nothing_else(box, names)]
    return max((names for names in good if set(good[0]) <= set(names)), key=len, default=[])


def _list_around(link: Any) -> Any:
    """The nearest element that holds the link with its like; None where the link stands in a sentence."""
    box = link.getparent()
    for _ in range(4):
        if box is None or box.tag in _IN_LINE:
            return box if box is not None and box.tag == "p" and len(box) > 1 else None
        if box.tag in _LISTS and (len(box) > 1 or box.tag in ("ul", "nav")):
            return box
        box = box.getparent()
    return None


def _nothing_else(box: Any, names: list[str]) -> bool:
    length, named = len(elements.text(box)), sum(map(len, names))
    return named > 0.8 * length if box.tag == "p" else named > 0.6 * length - 24


def _labelled(tree: Any, around: frozenset[Any]) -> list[str]:
    """The links behind a label such as "Topics:", in its own element or the next one."""
    labels = phrases.folded("tags")
    for one in islice(tree.iter(*_LABELS), 20 * MOST_LINKS):
        own = one.text
        first = own.lstrip()[:2] if own else ""
        if (first and not _begins(first)) or len(own or "") > 4 * LABEL or len(one) > 3:
            continue
        if not first and not _begins(_first(one)[:2]):
            continue
        if fold(elements.text(one, LABEL)[: LABEL + 1]).rstrip(" :：") not in labels:
            continue
        if elements.aside(one, around, feet=True):
            continue
        names = [elements.text(link) for link in _behind(one)]
        if 0 < len(names) <= MOST and all(len(name) <= SHORT for name in names):
            return names
    return []


def _first(element: Any) -> str:
    return next((piece for raw in element.itertext() if (piece := raw.strip())), "")


@lru_cache(maxsize=4_096)
def _begins(first: str) -> bool:
    return fold(first) in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    """What a label begins with: asked before all of it is looked up."""
    return frozenset(label[:size] for label in phrases.folded("tags") for size in (1, 2))


def _behind(label: Any) -> list[Any]:
    """The links of the first element behind the label that has any, some steps up at most."""
    for _ in range(4):
        found: list[Any] = []
        for sibling in islice(label.itersiblings(), MOST):
            found += [sibling] if sibling.tag == "a" else list(sibling.iter("a"))
            if found and sibling.tag in _LISTS:
                break
        if found:
            return found
        label = label.getparent()
        if label is None or label.tag in ("body", "main", "article"):
            break
    return []
