"""Readers' comments that were saved with the page, and what the page counts.

Simple on purpose: structured comments, the replies of a thread, or elements that are plainly one comment each.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from itertools import islice
from typing import Any

from generator.document import Document
from generator.fields import elements, language, moments, posted, story
from generator.model import SNIPPET, Claim, Comment
from generator.text import cut, line

MOST = 500
LENGTH = 5_000

_TYPES = ("/Comment", "/UserComments")
_TEXT = (
    (
        ".//*[contains(@class,'comment-content') or contains(@class,'comment-text') or contains(@class,'comment__text')"
        " or contains(@class,'comment__content') or contains(@class,'comment__body') or contains(@itemprop,'text')]"
    ),
    ".//*[contains(@class,'comment-body')]",
)
_AUTHOR = (
    ".//*[contains(concat(' ',normalize-space(@class),' '),' fn ')]",
    ".//*[contains(@class,'author') or contains(@class,'user') or contains(@itemprop,'name')]",
)
_WHEN = (".//time", ".//*[contains(@class,'date') or contains(@class,'time')]", ".//*[contains(@class,'meta')]")
_AROUND = (
    ".//*[contains(@class,'comment-author') or contains(@class,'comment-meta') or contains(@class,'commentmeta')]",
    ".//*[contains(concat(' ',normalize-space(@class),' '),' reply ') or contains(@class,'comment-reply') or contains(@class,'comment-actions')]",
)
TRIES = 3
_CLASSED = frozenset({"li", "article", "div"})


def read(document: Document) -> tuple[Comment, ...]:
    """The comments in the order of the page."""
    stated = [
        comment
        for value, _ in story.find(document).values("comment")
        for comment in _stated(value, language.of(document))
    ]
    replies = (replace(one, text=one.text[:LENGTH]) for one in posted.comments(document))
    return tuple(stated[:MOST] or islice(replies, MOST)) or tuple(islice(_shown(document), MOST))


def views(document: Document) -> Iterator[Claim]:
    """Statements of how often the page was viewed."""
    for value, _ in story.find(document).values("interactionStatistic"):
        for one in value if isinstance(value, list) else [value]:
            kind = str(one.get("interactionType")) if isinstance(one, dict) else ""
            count = one.get("userInteractionCount") if isinstance(one, dict) else None
            if count is not None and ("View" in kind or "Read" in kind) and str(count).isdigit():
                yield Claim("views", (str(count)[:12],), "jsonld:interactionStatistic", 0.7, cut(kind, SNIPPET))


def _stated(value: Any, speech: str | None) -> Iterator[Comment]:
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict):
            continue
        text = next(story.strings(one.get("text") or one.get("commentText")), "")
        author = next(story.strings(one.get("author") or one.get("creator")), None)
        when = next(story.strings(one.get("dateCreated") or one.get("datePublished")), "")
        moment = moments.parse(when, language=speech)
        if text:
            yield Comment(author, text[:LENGTH], str(moment) if moment else None)


def _shown(document: Document) -> Iterator[Comment]:
    for one in _each(document):
        body, author = _first(one, *_TEXT), _first(one, *_AUTHOR)
        text = _bare(body) if body is not None else ""
        whens = (
            said
            for path in _WHEN
            for when in one.xpath(path)[:TRIES]
            for said in (when.get("datetime"), elements.text(when))
        )
        moment = next(
            (found for said in whens if said and (found := moments.parse(said[:100], language=language.of(document)))),
            None,
        )
        if text:
            yield Comment(
                line(elements.text(author))[:80] or None if author is not None else None,
                text[:LENGTH],
                str(moment) if moment else None,
            )


def _bare(body: Any) -> str:
    """The text of a comment without its head and its buttons, which stand inside where themes call the whole comment its body."""
    around = {one for path in _AROUND for one in body.xpath(path)}
    if not around:
        return elements.text(body)
    copy = deepcopy(body)
    for one in [one for path in _AROUND for one in copy.xpath(path)]:
        if one.getparent() is not None:
            one.drop_tree()
    return elements.text(copy)


def _each(document: Document) -> list[Any]:
    """The elements that are called a comment by their type, or else by their class."""
    near = elements.marked(document, "comment")
    typed = [one for one in near if any(kind in (one.get("itemtype") or "") for kind in _TYPES)]
    classed = (one for one in near if one.tag in _CLASSED and "comment" in (one.get("class") or "").split())
    return typed[:MOST] or list(islice(classed, MOST))


def _first(element: Any, *paths: str) -> Any:
    """The first element on the first of the paths that leads to any."""
    return next((found[0] for path in paths if (found := element.xpath(path))), None)
