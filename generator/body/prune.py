"""Takes out of a copy of the tree what is surely no text of the story, before the main text is looked for.

Judges elements by their names, roles and classes, never a host; never takes away an element that holds much of the
page's prose.
"""

from __future__ import annotations

import re
from contextlib import suppress
from copy import deepcopy
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any, Literal

from lxml import etree

from generator import text
from generator.body import liveblog, shaping
from generator.body.addresses import web

MAX_SHARE = 0.3  # of the page's prose: an element that holds more is kept whatever it is called
MAX_SPANNED = 10_000  # places in tables that cells may span
MIN_PROSE = 500  # characters of paragraphs
IN_PARAGRAPHS = 0.7  # of a page's prose
NEARLY_ALL = 0.95  # of a page's paragraphs
MIN_LINE = 80  # characters: a shorter paragraph behind the story's element may be anything
MIN_WORDS = 40  # characters of an item beside its links: fewer are a menu
MAX_CLASS = 400
GAP = "\u2063"  # stands for the blank between two marked words, which Trafilatura loses where they are in no paragraph
MAX_CARD = 350  # characters

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
# Names that a class, id or role is made of, each naming something beside the story.
_WORDS = frozenset(
    (
        "related",
        "hide",
        "scrim",
        "overlay",
        "wall",
        "reprint",
        "recommend",
        "recommended",
        "recommendation",
        "recommendations",
        "recirc",
        "recirculation",
        "promo",
        "promos",
        "promotion",
        "newsletter",
        "newsletters",
        "subscribe",
        "subscription",
        "signup",
        "share",
        "sharing",
        "sharebar",
        "socialshare",
        "social",
        "comments",
        "disqus",
        "breadcrumb",
        "breadcrumbs",
        "advert",
        "advertisement",
        "advertising",
        "outbrain",
        "taboola",
        "sponsored",
        "sponsor",
        "popular",
        "trending",
        "mostread",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "paywall",
        "caption",
        "credit",
        "copyright",
        "byline",
        "bio",
        "toolbar",
        "tooltip",
        "infobox",
        "popup",
        "modal",
        "login",
        "signin",
        "readmore",
        "navigation",
        "pagination",
        "pager",
        "disclaimer",
        "disclosure",
        "rollover",
        "popover",
        "imagedescription",
    )
)
# Of these alone also a paragraph or a stretch of text is called beside the story.
_SMALL = frozenset(("caption", "imagedescription", "tooltip", "popover", "rollover"))
_PAIRS = frozenset(
    (
        "article_tools",
        "print_tools",
        "more_stories",
        "more_news",
        "more_articles",
        "also_read",
        "read_also",
        "read_more",
        "read_next",
        "most_read",
        "most_popular",
        "most_viewed",
        "see_also",
        "author_box",
        "author_bio",
        "author_info",
        "author_card",
        "about_author",
        "article_tags",
        "post_tags",
        "tag_list",
        "tags_list",
        "editor_picks",
        "link_box",
        "inline_related",
        "side_bar",
        "call_out",
        "reading_time",
        "affiliate_info",
    )
)
_TAGS = frozenset(("nav", "aside", "footer", "figcaption", "form", "button", "dialog", "menu", "select"))
_ROLES = frozenset(("navigation", "complementary", "contentinfo", "search"))
# Names of small boxes that point elsewhere, and of boxes around a picture: only what is short counts.
_CARDS = frozenset(("card", "cards", "tile", "collection", "collections"))
_FRAMES = frozenset(("image", "img", "photo", "picture", "figure"))
# what a name must hold to mean anything here, with nothing that another one holds
_ALL = _WORDS | _CARDS | _FRAMES | {pair.partition("_")[0] for pair in _PAIRS}
_STEMS = tuple(sorted(word for word in _ALL if not any(other in word for other in _ALL - {word})))
_SMALL_PAIRS = frozenset(("reading_time", "read_time", "sr_only", "screen_reader", "visually_hidden"))
# What a page states about its story in elements for machines, and not to be read.
_STATED = frozenset(
    (
        "datepublished",
        "datecreated",
        "datemodified",
        "keywords",
        "mainentityofpage",
        "image",
        "publisher",
        "author",
        "headline",
        "alternativeheadline",
        "inlanguage",
    )
)
# what is a part of something that is read whole
_PARTS = frozenset(("p", "span", "td", "tr", "tbody", "table", "ul", "ol", "li"))
_FLOW = frozenset("blockquote dl figure h2 h3 h4 h5 h6 hr ol p pre table ul".split())  # noqa: SIM905
_is_text = text.met(
    re.compile(
        r"(?<!\S)(?:[\w-]{1,12}[-_])?(?:article|story|post|entry|news)[-_]{0,2}(?:body|content|text)(?!\S)",
        re.IGNORECASE,
    )
)
_MARKS = (
    "a abbr acronym b big br cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup tt u var".split()  # noqa: SIM905
)
_KEPT = frozenset(
    (
        "html",
        "body",
        "main",
        "article",
        "head",
        "p",
        "span",
        "em",
        "strong",
        "b",
        "i",
        "td",
        "tr",
        "table",
        "tbody",
    )
)


def pruned(tree: Any, base: str | None, prose: int = 0) -> Any:
    """A copy of the tree without lists of other stories, buttons, captions and notices; its links are absolute.

    Where `prose`, the length of the page's longer lines, says that the tree's paragraphs are its text, the copy is of what is
    around them and the headline only: that is a half of a page, and all that follows takes time by its size.
    """
    copy = _copied(_around_story(tree, prose)) if prose else deepcopy(tree)
    liveblog.timed(copy)
    every = tuple(copy.iter(etree.Element))
    for element in every:
        style = element.get("style")
        if style is not None and "visibility" in style:
            del element.attrib["style"]  # text that a script would have uncovered
    weights = _weights(copy)
    total = weights.get(copy, 0)
    limit = max(200, total * MAX_SHARE)
    _uncover(copy, weights, total)
    for element in [one for one in every if (_small(one) if one.tag in _KEPT else _beside(one))]:
        if weights.get(element, 0) <= limit and element.getparent() is not None:
            _drop(element)
    for element in copy.iter("div", "section"):
        if _is_text(f"{element.get('itemprop') or ''} {element.get('class') or ''}"[:MAX_CLASS]):
            _regain(element)
    for element in copy.iter("li", "blockquote", "dd"):
        _part(element)
    shaping.shape(copy)
    _narrow(copy)
    _link(copy, base)
    return copy


def _around_story(tree: Any, prose: int) -> Any:
    """The element that holds the headline and nearly all paragraphs; the tree itself where its prose is not in paragraphs."""
    weights = _weights(tree)
    total = weights.get(tree, 0)
    if total < max(MIN_PROSE, prose * IN_PARAGRAPHS):
        return tree
    best = tree
    while (inner := next((one for one in best if weights.get(one, 0) >= total * NEARLY_ALL), None)) is not None:
        best = inner
    head = next(tree.iter("h1"), None)
    holders = frozenset(head.iterancestors()) if head is not None else None
    while best is not tree and (best.tag in _PARTS or (holders is not None and best not in holders)):
        best = best.getparent()
    return best


def _copied(element: Any) -> Any:
    """A copy of the element inside copies of the elements around it, without all that lies beside."""
    inner = deepcopy(element)
    for one in element.iterancestors():
        inner.tail = None
        around = _like(one)
        around.append(inner)
        inner = around
    return inner


def _like(element: Any) -> Any:
    """An empty element like this one. What a parser of HTML takes for a name is not always one to whoever builds a tree."""
    try:
        return element.makeelement(element.tag, dict(element.attrib))
    except ValueError:
        made = element.makeelement("div")
    for name, value in element.attrib.items():
        with suppress(ValueError):
            made.set(name, value)
    return made


def _uncover(copy: Any, weights: dict[Any, int], total: int) -> None:
    """Makes text of the captions of a story that is told in pictures: Trafilatura would leave them out."""
    told = [one for one in copy.iter("figcaption") if weights.get(one, 0)]
    if sum(weights[one] for one in told) * 2 > total:
        for one in told:
            one.tag = "div"
            one.attrib.clear()


def _drop(element: Any) -> None:
    """Takes the element away; a quoted post in it stays in its place."""
    posts = [one for one in element.iter("blockquote") if shaping.is_post(one)]
    if element.tag != "blockquote":
        for one in posts:
            element.addprevious(one)
    element.drop_tree()


def _small(element: Any) -> bool:
    """Whether a paragraph or a stretch of text is a caption, or meant to be shown beside a word or read aloud."""
    named = element.get("class") or "" if element.tag in ("p", "span") else ""
    return bool(named) and _is_small(named[:MAX_CLASS])


@lru_cache(maxsize=8_192)
def _is_small(named: str) -> bool:
    words = [word.lower() for name in named.split() for word in (*_WORD.findall(name), "")]
    return not _SMALL.isdisjoint(words) or any(f"{one}_{two}" in _SMALL_PAIRS for one, two in pairwise(words))


def _regain(element: Any) -> None:
    """Takes the paragraphs that follow into the story's element: one end tag too many has closed it in their midst."""
    behind = list(takewhile(lambda one: one.tag in _FLOW and not one.get("class"), element.itersiblings()))
    while behind and not (behind[-1].tag == "p" and len(" ".join(behind[-1].itertext())) >= MIN_LINE):
        behind.pop()
    element.extend(behind)


def _part(element: Any) -> None:
    """Marks the blanks that alone part marked words of a sentence."""
    gaps = [one for one in element.iter(*_MARKS) if (one.tail or "").isspace() and one.getnext() is not None]
    linked = sum(_size(link) for link in element.iter("a")) if gaps else 0
    if gaps and _size(element) - linked >= MIN_WORDS:
        for one in gaps:
            one.tail = GAP


def _size(element: Any) -> int:
    return sum(len(piece.strip()) for piece in element.itertext())


def _narrow(tree: Any) -> None:
    """Take cells for single ones where together they span more than any table: each place that one spans becomes a cell."""
    cells = [cell for cell in tree.iter("td", "th") if _span(cell, "colspan") * _span(cell, "rowspan") > 1]
    if sum(_span(cell, "colspan") * _span(cell, "rowspan") for cell in cells) > MAX_SPANNED:
        for cell in cells:
            cell.attrib.pop("colspan", None)
            cell.attrib.pop("rowspan", None)


def _span(cell: Any, name: str) -> int:
    stated = cell.get(name) or "1"
    return min(int(stated[:9]), MAX_SPANNED) if stated.isdecimal() else 1


def _link(tree: Any, base: str | None) -> None:
    for element in tree.iter("a"):
        address = web(element.get("href"), base)
        if address:
            element.set("href", address)


def _weights(tree: Any) -> dict[Any, int]:
    """For each element the length of the paragraphs in it."""
    weights: dict[Any, int] = {}
    for paragraph in tree.iter("p"):
        size = len(" ".join(paragraph.itertext()).strip())
        element = paragraph
        while element is not None:
            weights[element] = weights.get(element, 0) + size
            element = element.getparent()
    return weights


def _beside(element: Any) -> bool:
    tag, get = element.tag, element.get
    if tag in _TAGS or get("role") in _ROLES:
        return True
    named, known = get("class"), get("id")
    kind = _kind(f"{named or ''} {known or ''}"[:MAX_CLASS]) if named or known else ""
    if kind == "beside":
        return True
    if tag == "a":
        return get("href") is not None and next(element.iter("p", "h2", "h3", "h4"), None) is not None
    if tag in ("div", "time") and (get("itemprop") or "").lower() in _STATED:
        return _short(element)
    if kind == "card":
        return _short(element) and next(element.iter("a"), None) is not None
    return kind == "frame" and _short(element) and next(element.iter("img"), None) is not None


@lru_cache(maxsize=8_192)  # a page, and all pages of an outlet, say the same names again and again
def _kind(named: str) -> Literal["beside", "card", "frame", ""]:
    """What the words of the classes and of the id call an element."""
    if not any(map(named.lower().__contains__, _STEMS)):
        return ""
    words = [word.lower() for name in named.split() for word in (*_WORD.findall(name), "")]
    if not _WORDS.isdisjoint(words) or any(f"{one}_{two}" in _PAIRS for one, two in pairwise(words)):
        return "beside"
    if not _CARDS.isdisjoint(words):
        return "card"
    return "frame" if not _FRAMES.isdisjoint(words) else ""


def _short(element: Any) -> bool:
    size = 0
    for piece in element.itertext():
        size += len(piece.strip())
        if size > MAX_CARD:
            return False
    return True
