"""Puts paragraphs, posts and a site's own elements into forms in which Trafilatura finds them.

Changes a copy of the tree in place, and no word of it.
"""

from __future__ import annotations

from itertools import islice, takewhile
from typing import Any

from lxml import etree

WRAPPERS = 3  # elements around a post that hold nothing else
MORE = 80  # characters that these may hold besides it
LINE = 80  # characters: a longer paragraph is prose
MAX_CLASS = 400
_POSTS = ("twitter-tweet", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed")  # a post as a quote
_BOXES = frozenset(("div", "section"))
_IN_LINE = frozenset(
    ("a", "abbr", "b", "br", "cite", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup", "u")
)


def shape(tree: Any) -> None:
    """Part paragraphs as browsers show them, set a site's own elements in their line, and let embedded posts be text."""
    for element in tuple(tree.iter(etree.Element)):
        if element.tag == "p":
            _fill(element)
            _divide(element)
        elif element.tag == "blockquote" and is_post(element):
            _unname(element)
        elif element.tag in _BOXES and _is_teaser(element) and _tells(element):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
        elif "-" in element.tag and not len(element):
            element.tag = "span"


def is_post(quote: Any) -> bool:
    """Whether a quote is a post of a network, as that has pages embed it."""
    return (quote.get("class") or "").startswith(_POSTS)


def _fill(paragraph: Any) -> None:
    """Puts into an empty paragraph the loose text behind it, which it parts from what stands before."""
    if len(paragraph) or (paragraph.text or "").strip() or not (paragraph.tail or "").strip():
        return
    paragraph.text, paragraph.tail = paragraph.tail, None
    for one in tuple(takewhile(lambda one: one.tag in _IN_LINE, paragraph.itersiblings())):
        paragraph.append(one)


def _divide(paragraph: Any) -> None:
    """Makes paragraphs of what two line breaks part, of which Trafilatura would make one."""
    for line_break in reversed(paragraph.findall("br")):
        before = line_break.getprevious()
        if before is None or before.tag != "br" or (before.tail or "").strip():
            continue
        rest = etree.Element("p")
        rest.text, line_break.tail = line_break.tail, None
        rest.extend(tuple(line_break.itersiblings()))
        paragraph.remove(line_break)
        if len(rest) or (rest.text or "").strip():
            rest.tail, paragraph.tail = paragraph.tail, None  # of the last one only: the others come before it
            paragraph.addnext(rest)


def _is_teaser(element: Any) -> bool:
    return "teaser" in f"{element.get('class') or ''} {element.get('id') or ''}"[:MAX_CLASS].lower()


def _tells(element: Any) -> bool:
    """Whether a box holds paragraphs of a story, and no way to another one: Trafilatura takes whatever is called a teaser away."""
    told = sum(len("".join(one.itertext()).strip()) >= LINE for one in element.iter("p"))
    return told > 1 and next(element.iter("a", "h1", "h2", "h3", "h4"), None) is None


def _unname(post: Any) -> None:
    """Takes the names off what is around a post alone: for Trafilatura whatever is called embedded is no text."""
    for around in islice(post.iterancestors("div", "figure", "section"), WRAPPERS):
        if len(around) > 2 or len("".join(around.itertext())) > len("".join(post.itertext())) + MORE:
            return
        around.attrib.pop("class", None)
        around.attrib.pop("id", None)
