"""Labelled lines of the page in their places: near the headline, in the story, at its end.

What a line says is for `lines`; here it is decided how far to believe it there. Lines in lists of other stories are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from generator import phrases
from generator.document import Document
from generator.fields import language, lines, moments, names, titles
from generator.fields.titles import plain
from generator.model import SNIPPET, Claim
from generator.text import cut, fold

BEFORE, AFTER = 14, 24  # lines around the headline that belong to it
MOST = 4_000
ALONE = 70  # characters of a line that is nothing but a label and its value
# a time and a name behind it, as Chinese pages print them below the headline
_NAMED = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s{1,4}([\u4e00-\u9fff][\u4e00-\u9fffA-Za-z]{1,14})(?:\s|[\[［（(]|$)")
_OUTLET = re.compile(r"(?:网|網|报|報|社|台|臺|新闻|新聞|在线|线上|杂志|周刊)$")
# a person's name with the moment right behind it, as two elements of one line without white space between them
_GLUED = re.compile(r"^([\u4e00-\u9fff]{2,4})\s?(?=(?:19|20)\d\d[-年/.])")
_DENSE = frozenset({"zh", "ja", "ko"})
_LABEL = 24
_FAR = 0.5  # for what such a line says far from the headline, where no other line says otherwise
_ENDS: tuple[phrases.Kind, ...] = ("related", "hot", "comments")


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of labelled lines, with what their place makes of them."""
    places = _places(document, headline)
    sites = titles.site_names(document)
    speech = language.of(document)
    known: set[tuple[str, tuple[str, ...]]] = set()
    far: dict[str, dict[tuple[str, ...], Claim]] = {"published": {}, "byline": {}}
    stopped = False
    for number, (line, following) in enumerate(pairwise((*document.lines[:MOST], ""))):
        one = _joined(line, following)
        stopped = stopped or (number > max(places, default=0) + AFTER and _closes(one))
        if len(one) > 2_000 or stopped:
            continue
        near = any(-BEFORE <= number - place <= AFTER for place in places)
        for claim in lines.line_claims(one, near=near, language=speech):
            clean = _cleaned(claim, sites)
            judged = _judged(clean, near=near)
            if judged and (judged.field, judged.values) not in known:
                known.add((judged.field, judged.values))
                yield judged
            if not near and clean.values and claim.field in far and _alone(claim, one):
                far[claim.field].setdefault(clean.values, clean)
    yield from _dated(document, places)
    yield from (
        replace(claim, confidence=_FAR) for found in far.values() if len(found) == 1 for claim in found.values()
    )


def _alone(claim: Claim, one: str) -> bool:
    """Whether the line is the label and its value and nothing else, as in a list of facts or a signature below the story."""
    language, _, label = claim.basis.partition(":")
    return language not in _DENSE and len(one) <= ALONE and fold(one).startswith(fold(label))


def _states(one: str) -> bool:
    """Whether a longer line is one of facts: it opens with a label before a name or a time, and is no sentence."""
    opening = fold(one[:_LABEL])
    labels = (*phrases.folded("author"), *phrases.folded("time"))
    return one[-1:] not in ".!?。" and any(opening.startswith(f"{label} ") for label in labels)


def _joined(one: str, following: str) -> str:
    """The line with the name that stands below its label: By, and Ada Quill on the next line."""
    alone = len(one) <= _LABEL and fold(one).rstrip(" :：") in phrases.folded("author")
    return f"{one} {following}" if alone and lines.like_name(following) else one


def _is_label(words: str) -> bool:
    return any(fold(words) in phrases.folded(kind) for kind in phrases.LABELS)


def _places(document: Document, headline: str | None) -> tuple[int, ...]:
    bare = plain(headline or "")
    if not bare:
        return (BEFORE,)
    longest = 3 * len(headline or "") + 40
    found = [
        number
        for number, one in enumerate(document.lines[:MOST])
        if len(one) < longest and (len(one) >= len(bare) or not one.isascii()) and bare in plain(one)
    ]
    return tuple(found[:3]) or (BEFORE,)


def _closes(one: str) -> bool:
    if len(one) >= 30:
        return False
    bare = fold(one).rstrip(" :：")
    return any(bare in phrases.folded(kind) for kind in _ENDS)


def _cleaned(claim: Claim, sites: tuple[str, ...]) -> Claim:
    if claim.field not in ("byline", "editors") or not claim.values:
        return claim
    people = names.clean(claim.values, sites)
    if not people and claim.confidence <= lines.BODY:
        return claim
    return replace(claim, values=people, confidence=claim.confidence if people else 0.0)


def _judged(claim: Claim, *, near: bool) -> Claim | None:
    chinese = claim.basis.partition(":")[0] in _DENSE
    if not near and claim.field in ("published", "modified", "section"):
        return replace(claim, confidence=claim.confidence - 0.25) if chinese and claim.confidence else None
    if not near and claim.field in ("byline", "source", "tags") and not chinese:
        return replace(claim, confidence=0.2) if claim.confidence > 0.4 and claim.field != "tags" else None
    if claim.field == "byline" and not chinese:
        return replace(claim, confidence=max(0.0, claim.confidence - 0.04))
    return claim


def _dated(document: Document, places: tuple[int, ...]) -> Iterator[Claim]:
    """A date without a label, right at the headline."""
    speech = language.of(document)
    for place in places:
        for number in (*range(place + 1, place + 9), *range(place - 1, place - 5, -1)):
            one = document.lines[number] if 0 <= number < len(document.lines) else ""
            if 6 <= len(one) <= 160 and any(char.isdigit() for char in one):
                moment = (
                    moments.parse(one, language=speech)
                    if len(one) <= 60 or _states(one)
                    else moments.leading(one, speech)
                )
                if moment:
                    strength = 0.6 if moment.precision == "day" else 0.7
                    yield Claim("published", (str(moment),), "line:date", strength, cut(one, SNIPPET))
                    signed = _GLUED.match(one)
                    if signed and signed[1][0] in phrases.folded("surname", "zh"):
                        yield Claim("byline", (signed[1],), "line:date", 0.5, cut(one, SNIPPET))
                    named = _NAMED.search(one)
                    if named and not _is_label(named[1]):
                        yield Claim(
                            "source",
                            (named[1],),
                            "line:date",
                            0.6 if _OUTLET.search(named[1]) else 0.45,
                            cut(one, SNIPPET),
                        )
                    return
