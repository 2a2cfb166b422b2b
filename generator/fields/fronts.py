"""The category in front of a headline, in brackets, before an upright or in a label: taken apart where the page itself tells.

A page tells by its sections, by a link or a label around it in the heading, or by stating the headline without it. Where
nothing tells, what stands in front is the headline's own, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.document import Document
from generator.fields import elements, section, titles
from generator.model import Claim

LENGTH = 24  # characters of a category
REST = 6  # letters at least of the headline behind it
_FRONT = re.compile(
    rf"\s?(?:[\[【〔［（(]\s?(?P<held>[^\[\]【】〔〕（）()]{{1,{LENGTH}}}?)\s?[\]】〕］）)]\s?[:：|｜-]?"
    rf"|(?P<bare>[^|｜]{{2,{LENGTH}}}?)\s?[|｜])\s?(?=\S)"
)
_JOINED = re.compile(r"\w|\s?[:：]")  # behind a label: it is a part of the headline, or printed as one
_EDGES = "[]【】〔〕［］（）() :：|｜–—-"
_CALLED = re.compile(r"label|prefix|categor|rubri|kicker|badge|tag|section|channel|flag", re.IGNORECASE)


class _Front(NamedTuple):
    words: str
    rest: str


def apart(document: Document, found: Sequence[Claim], headline: str | None) -> tuple[Claim, ...]:
    """The statements of the headline, without a category in front that the page tells apart; and that as the kicker."""
    head = elements.heading(document, headline or "")
    label = _label(head) if head is not None else None
    fronts = [_front(one.value or "", label) for one in found]
    if not any(fronts):
        return tuple(found)
    names = titles.site_names(document)
    told = {
        front
        for front in dict.fromkeys(fronts)
        if front and _is_told(document, front, found, label) and not titles.same_site(front.words, document, names)
    }
    rested = (
        replace(one, values=(front.rest,)) if front in told else one for one, front in zip(found, fronts, strict=True)
    )
    kicked = (
        Claim("kicker", (front.words,), f"{one.basis}:front", 0.58, one.snippet)
        for one, front in zip(found, fronts, strict=True)
        if front in told
    )
    return (*rested, *list(kicked)[:1])


def _front(title: str, label: tuple[str, bool] | None) -> _Front | None:
    """What stands in front of a title, and the title behind it."""
    shown = _FRONT.match(title)
    if shown:
        words, rest = (shown["held"] or shown["bare"]).strip(), title[shown.end() :].strip()
    elif label and title.startswith(label[0]) and not _JOINED.match(title, len(label[0].rstrip(_EDGES))):
        words, rest = label[0].strip(_EDGES), title[len(label[0]) :].lstrip(_EDGES)
    else:
        return None
    usable = len(titles.plain(rest)) >= REST and any(map(str.isalpha, words))
    return _Front(words, rest) if usable else None


def _label(head: object) -> tuple[str, bool] | None:
    """The short text in an element of its own that a heading begins with, and whether it is a link or called a label."""
    first = next((one for one in head if isinstance(one.tag, str)), None)  # type: ignore[attr-defined]
    if first is None or (head.text or "").strip():  # type: ignore[attr-defined]
        return None
    words = elements.text(first)
    if not 1 < len(words) <= LENGTH or words == elements.text(head):
        return None
    return words, first.tag == "a" or bool(_CALLED.search(first.get("class") or ""))


def _is_told(document: Document, front: _Front, found: Iterable[Claim], label: tuple[str, bool] | None) -> bool:
    rest, words = titles.plain(front.rest), titles.plain(front.words)
    if any(words == titles.plain(one.value or "") for one in found):
        return False  # it is a headline itself, and a section stands behind it
    return (
        any(rest in _stated(one) for one in found)
        or (label is not None and label[1] and titles.plain(label[0]) == words)
        or any(words == titles.plain(name) for name in _sections(document, front.rest))
    )


def _stated(claim: Claim) -> set[str]:
    """The title of a statement, and its beginning before the names of the section and of the site."""
    return {titles.plain(claim.value or ""), *(titles.plain(one) for one in titles.pieces(claim.snippet or "")[:1])}


def _sections(document: Document, headline: str) -> Iterator[str]:
    for claim in section.claims(document, headline):
        yield from claim.values
