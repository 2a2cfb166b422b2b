"""The stories that a page lists around its own: under heads such as *related* or *most read*.

They are evidence about other stories only. Never returns an address that is not of the web, never raises.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from lxml import etree

from generator import text
from generator.document import Document, view, web_address
from generator.furniture import lines, sites
from generator.model import Seen
from generator.phrases import heads

MAX_SEEN = 60
MAX_HEADS = 40
MAX_ELEMENTS = 120_000
MAX_CLIMB = 5
MAX_LINKS = 120
MAX_SIBLINGS = 2_000
MIN_LETTERS = 14
MIN_WORDS = 4
MIN_HAN = 6
MAX_HEADLINE = 220
MIN_EXCERPT = 24
MAX_EXCERPT = 600
MAX_FOLLOWING = 3

_HEADING_TAGS = frozenset(
    (
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "p",
        "span",
        "strong",
        "b",
        "em",
        "a",
        "dt",
        "legend",
        "summary",
        "header",
        "section",
        "font",
        "i",
        "u",
        "label",
    )
)
_CELLS = frozenset(("li", "td"))  # what may hold a head, besides
_TEXTS: Any = etree.XPath(".//text()[not(parent::style or parent::script)]", smart_strings=False)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TOO_WIDE = frozenset(("body", "html", "main"))
_SUMMARIES = frozenset(("p", "div", "span", "dd"))
_NOT_STORY = re.compile(
    r"/(?:authors?|tags?|topics?|categor(?:y|ies)|search|people|profile|corrections?|login|subscri\w{1,8}|video|gallery)(?:[/?.]|$)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}[.、)\s]\s*(?=\D)")


def seen(document: Document, headline: str | None) -> tuple[Seen, ...]:
    """The stories listed under heads, in the page's order; each once in its list, whatever other lists hold."""
    if document.tree is None:
        return ()
    found: dict[str, dict[str, Seen]] = {}
    taken: set[Any] = set()  # a link stands in one list only
    listed = [
        (title, words)
        for title, words, kind in headed(document)
        if kind in ("related", "hot") and title.tag not in _CELLS
    ]
    for title, words in listed[:MAX_HEADS]:
        name = words.rstrip(":： ")
        links = [link for link in _links(title, name) if link not in taken]
        taken.update(links)
        for link in links:
            story = _story(link, document, name)
            if story is not None and not _is_own(story, document, headline):
                _add(found.setdefault(name, {}), story)
    return tuple(story for listed in found.values() for story in listed.values())[:MAX_SEEN]


def short_text(element: Any) -> str:
    """The element's text where it is no longer than a head may be, otherwise nothing."""
    if not len(element):
        return text.line(element.text or "") if len((element.text or "").strip()) <= heads.MAX_HEAD else ""
    pieces: list[str] = []
    size = 0
    for piece in _TEXTS(element):
        pieces.append(piece)
        size += len(piece.strip())
        if size > heads.MAX_HEAD:
            return ""
    return text.line("".join(pieces))


@view
def headed(document: Document) -> tuple[tuple[Any, str, heads.Head], ...]:
    """Elements that are nothing but the head of a list, innermost ones, with their words and their kind."""
    found: list[tuple[Any, str, heads.Head]] = []
    for element in document.elements[:MAX_ELEMENTS]:
        tag = element.tag
        if (tag not in _HEADING_TAGS and tag not in _CELLS) or not (element.text or "").strip() or len(element) > 3:
            continue
        words = short_text(element)
        kind = heads.head(words) if words else None
        if kind is not None:
            found.append((element, words, kind))
    return tuple(found)


def _links(title: Any, name: str) -> list[Any]:
    """Links behind the head, in the nearest elements around it that together hold at least two headlines."""
    links: list[Any] = []
    element = title
    for _ in range(MAX_CLIMB):
        ended = _gather(element, name, links)
        if len(links) > MAX_LINKS:
            return []
        if ended or sum(_is_headline(_words(link)) for link in links) >= 2:
            return links
        element = element.getparent()
        if element is None or element.tag in _TOO_WIDE:
            return []
    return []


def _gather(element: Any, name: str, links: list[Any]) -> bool:
    """Add the links in the elements that follow, up to the head of another list; gives whether there was one."""
    for sibling in islice(element.itersiblings(), MAX_SIBLINGS):
        for one in islice(sibling.iter(), MAX_SIBLINGS):
            if one.tag == "a" and one.get("href"):
                links.append(one)
                if len(links) > MAX_LINKS:
                    return True
            elif links and one.tag in _HEADING_TAGS and (one.text or "").strip() and len(one) <= 3:
                words = short_text(one)
                if words and words != name and heads.head(words) not in (None, "share"):
                    return True
    return False


def _is_own(story: Seen, document: Document, headline: str | None) -> bool:
    """Whether this is the story of the page itself."""
    if text.fold(story.headline) in (text.fold(headline or ""), ""):
        return True
    return story.url is not None and _bare(story.url) == _bare(document.url or "")


def _add(listed: dict[str, Seen], story: Seen) -> None:
    """Add the story to its list, once by address and by headline."""
    key = _bare(story.url) if story.url else text.fold(story.headline)
    if key in listed:
        listed[key] = _fuller(listed[key], story)
    elif text.fold(story.headline) not in {text.fold(one.headline) for one in listed.values()}:
        listed[key] = story


def _words(link: Any) -> str:
    inner = next(
        (one for one in link.iter("h1", "h2", "h3", "h4", "h5", "h6") if (one.text_content() or "").strip()), None
    )
    words = (
        text.line(" ".join(link.itertext())[:2_000]) if inner is None else text.line(" ".join(inner.itertext())[:2_000])
    )
    if len(words) < MIN_HAN and link.get("title"):
        words = text.line(link.get("title")[:MAX_HEADLINE])
    return _NUMBERED.sub("", words)


def _is_headline(words: str) -> bool:
    if len(words) > MAX_HEADLINE or heads.head(words) is not None or lines.kind(words) != "channel":
        return False
    return (
        len(words) >= MIN_HAN if _HAN.search(words) else len(words) >= MIN_LETTERS and len(words.split()) >= MIN_WORDS
    )


def _story(link: Any, document: Document, name: str) -> Seen | None:
    words = _words(link)
    url = web_address(link.get("href"), document.url)
    if (
        not _is_headline(words)
        or (document.url is not None and not sites.same(url, document.url))
        or _NOT_STORY.search(url or "")
    ):
        return None
    return Seen(words, _excerpt(link, words), url, name)


def _excerpt(link: Any, headline: str) -> str | None:
    """The text beside the headline in the smallest element around it that holds no other story, or right behind that."""
    element = link
    for _ in range(4):
        parent = element.getparent()
        if parent is None or parent.tag in _TOO_WIDE or _leads_elsewhere(parent, link):
            return _following(element, link, headline)
        element = parent
        for one in element.iter("p", "div", "span", "dd"):
            if not any(inner is link for inner in one.iter("a")) and (words := _summary(one, link, headline)):
                return words
    return None


def _following(element: Any, link: Any, headline: str) -> str | None:
    """The text in the elements that follow the headline's, before the next story."""
    for sibling in islice(element.itersiblings(), MAX_FOLLOWING):
        if sibling.tag not in _SUMMARIES or _leads_elsewhere(sibling, link):
            return None
        words = _summary(sibling, link, headline)
        if words:
            return words
    return None


def _leads_elsewhere(element: Any, link: Any) -> bool:
    own = link.get("href")
    return any(one.get("href") not in (own, None) for one in element.iter("a"))


def _summary(element: Any, link: Any, headline: str) -> str | None:
    """The element's text where it is long enough for an excerpt and no picture of the headline."""
    if len(element) > 2 or element is link:
        return None
    words = text.line(" ".join(element.itertext())[: MAX_EXCERPT * 2])
    if len(words) < MIN_EXCERPT or text.fold(words) == text.fold(headline):
        return None
    return text.cut(words, MAX_EXCERPT)


def _fuller(one: Seen, two: Seen) -> Seen:
    """Of two links to one story the longer headline (a picture's link says less) and whichever excerpt there is."""
    return Seen(max(one.headline, two.headline, key=len), one.excerpt or two.excerpt, one.url, one.list)


def _bare(url: str) -> str:
    return url.partition("#")[0].removesuffix("/")
