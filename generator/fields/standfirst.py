"""The standfirst: the summary that the page prints or states below its headline.

Never a description of the site, never the headline once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import below, elements, embedded, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold

SHORTEST, LONGEST = 12, 1_500
CANDIDATES = 8
MORE = 30  # characters that a printed standfirst may have before a stated one: a place, mostly
SURE = 0.82  # a printed one that is believed so far needs no further witness
FEWEST_WORDS = 3
MOST_WORDS = 6  # of a keyword
WITNESSES = 3  # words that it has in common with the story
PRINTED = 40  # a shorter one that is only printed may be a label

_META = (
    ("og:description", 0.78), ("description", 0.74), ("twitter:description", 0.77), ("dc.description", 0.7), ("dcterms.description", 0.7),
    ("sailthru.description", 0.74), ("cxenseparse:description", 0.72), ("dcterms.abstract", 0.7), ("abstract", 0.7), ("lead", 0.75), ("parsely-summary", 0.7),
)  # fmt: skip
_CLASSES = (
    "standfirst", "stand-first", "subheadline", "sub-headline", "subheading", "sub-heading", "subtitle", "sub-title", "article-intro", "article__intro",
    "article-lead", "article__lead", "articlelead", "article-summary", "article__summary", "article-dek", "article__dek", "headline-deck", "entry-subtitle",
    "lead-text", "leadtext", "vorspann", "teaser-text", "article-description", "article__description", "chapo", "entradilla", "bajada", "sottotitolo",
    "news-summary", "article-excerpt", "storylead", "story-summary", "article-subtitle", "article-standfirst", "__dek", "-dek", "_dek", " dek", "__lead", "-lead-", "abstract", "excerpt", "intro", "deck", "summary", "lede", "subline", "preamble",
    "sub-tit", "sub_tit", "subtit", "sub_title", "article_sub", "daodu", "zhaiyao", "neirongtiyao", "fubiaoti", "article-digest", "ingress", "anriss", "post-excerpt", "kurztext", "lead-paragraph", "article-lede",
)  # fmt: skip

_RULE = re.compile(r"\s?(?:-{2,}|[—–_|｜]{1,4})\s?")
_NOT_ONE = re.compile(
    r"©|\b(?:Foto|Photo|Bild|Image|Picture|Quelle|Credit|Crédit)s?\s?:|\bsubscri(?:be|bing|ption)\b|\babonn",
    re.IGNORECASE,
)
_TAG = re.compile(r"\s?</?(?:p|br|b|i|em|strong|span|div)\b[^<>]{0,200}>\s?")
_BARS = re.compile(r"\s?[|·•]\s?")
_PLACE = re.compile(r"[^\W\d_][^.:{}]{1,24}[.:] ")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_HEADS = frozenset({"header", "hgroup", "figure"})
_TAGS = frozenset({"p", "div", "h2", "h3", "span", "section"})


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the standfirst."""
    names = titles.site_names(document)
    for text, basis, confidence in _stated(document, headline):
        bare = _beheaded(_TAG.sub(" ", text).removesuffix("Read more").strip(" |-"), headline)
        labelled = _label().match(bare) if basis.startswith("html") else None
        bare = bare[labelled.end() :] if labelled else bare
        if (
            not SHORTEST <= len(bare) <= LONGEST
            or fold(bare) == fold(headline or "")
            or (len(bare) < titles.NAME_LENGTH and titles.same_site(bare, document, names))
            or _no_sentence(bare)
            or _nothing_else(bare, headline, document)
        ):
            continue
        cut_off = bare.endswith(("...", "…", "[…]", "[...]"))
        yield Claim("standfirst", (bare,), basis, confidence - (0.1 if cut_off else 0.0), cut(text, SNIPPET))


def _no_sentence(bare: str) -> bool:
    """Whether a text is a name of two words, a list of keywords, or a notice of the outlet's own."""
    if bare.isascii() and len(bare.split()) < FEWEST_WORDS:
        return True
    pieces = bare.split(",")
    if len(pieces) > 2 and ", " not in bare and all(len(piece.split()) <= MOST_WORDS for piece in pieces):
        return True
    folded = fold(bare)
    return any(one in folded for one in phrases.folded("notice"))


def _nothing_else(bare: str, headline: str | None, document: Document) -> bool:
    """Whether a text is the headline and then what the page's own title has there: the names of the section and of the site."""
    if not headline or not titles.plain(bare).startswith(titles.plain(headline)):
        return False
    rest = titles.plain(bare).removeprefix(titles.plain(headline))
    return len(rest) <= titles.NAME_LENGTH and rest in titles.plain(elements.title(document).replace(headline, "", 1))


def _beheaded(text: str, headline: str | None) -> str:
    """The text without the headline, where that stands before it behind a rule of dashes or a bar."""
    if not headline or not text.startswith(headline):
        return text
    rule = _RULE.match(text, len(headline))
    return text[rule.end() :] if rule else text


def _stated(document: Document, headline: str | None) -> Iterator[tuple[str, str, float]]:
    about = story.find(document)
    for key, strength in (("description", 0.73), ("abstract", 0.7)):
        for text, rank in about.texts(key):
            yield text, f"jsonld:{key}", strength - 0.15 * rank
            break
    for name, strength in _META:
        for text in document.meta.get(name, ())[:1]:
            yield text, f"meta:{name}", strength
    for key in ("description", "alternativeheadline", "abstract"):
        for text in document.microdata.get(key, ())[:1]:
            yield text, f"microdata:{key}", 0.68
    yield from _labelled(document)
    printed = list(_printed(document, headline))
    yield from printed
    if document.tree is not None and all(confidence < SURE for _, _, confidence in printed):
        held = embedded.standfirst(document, headline)
        if held:
            yield held, "state:standfirst", 0.88


def _labelled(document: Document) -> Iterator[tuple[str, str, float]]:
    """What the page prints behind a label such as 摘要："""
    pattern = _label()
    for one in document.lines:
        found = pattern.match(one)
        if found and len(one) - found.end() >= SHORTEST:
            yield one[found.end() :].strip(" ]】"), "line:summary", 0.86
            return


@cache
def _label() -> re.Pattern[str]:
    words = "|".join(re.escape(one.text) for one in phrases.phrases("summary"))
    return re.compile(rf"[【\[（(]?\s?(?:{words})\s?(?:[】\]）)]\s?[:：]?|[:：])\s?(?=\S)")


def _printed(document: Document, headline: str | None) -> Iterator[tuple[str, str, float]]:
    """What stands below the headline: named as a standfirst, or the page's description behind the name of a place."""
    head = elements.heading(document, headline or "")
    stated = [text for name, _ in _META for text in document.meta.get(name, ())[:1] if len(text) > PRINTED]
    for one in islice(elements.find(document, *_CLASSES, tags=_TAGS, near=head), 1):
        text = elements.text(one)
        length = len(text) * (2 if text[:1] > "\u2e7f" else 1)
        if length > PRINTED and len(text) <= LONGEST // 2 and not _other(one, text, headline):
            yield text, "html:standfirst", 0.89 if any(elements.alike(text, said) for said in stated) else 0.82
    if head is None:
        return
    found = _extended(head, fold(stated[0])) if stated else ""
    signed = bool(found) and any(char.isdigit() for char in found[: len(found) - len(stated[0])])
    placed = below.standfirst(head, headline or "")
    if placed and len(placed.text) <= LONGEST // 2 and not _unfit(placed.text, headline):
        about = elements.shared(placed.text, " ".join((headline or "", *stated))) or _belongs(placed, head)
        strength = 0.6 if not about else 0.96 if placed.is_named else 0.8 if signed else 0.87
        yield placed.text, "html:below", strength
    if found:
        yield (stated[0], "html:dated", 0.88) if signed else (found, "html:dateline", 0.83)


def _belongs(placed: below.Block, head: Any) -> bool:
    """Whether a text stands in one box with the headline and speaks of what the story does, in other words than all that is stated."""
    beside = placed.element.getparent() is head.getparent() and head.getparent().tag in _HEADS
    return beside and elements.shared(placed.text, " ".join(below.texts(head))) >= WITNESSES


def _other(element: Any, text: str, headline: str | None) -> bool:
    """Whether a text that is named as a standfirst is another one: a caption, a box around the headline, a list of news."""
    if any(one.tag in ("figure", "figcaption") for one in islice(element.iterancestors(), 6)):
        return True
    if next(element.iter("figure", "figcaption"), None) is not None:
        return True
    return _unfit(text, headline)


def _unfit(text: str, headline: str | None) -> bool:
    """Whether a text holds the headline, a credit, an offer to subscribe, or several times of day."""
    if headline and fold(headline) in fold(text):
        return True
    pieces = _BARS.split(text) if len(text) < 3 * PRINTED else []
    if len(pieces) > 1 and any(fold(piece).startswith(_times()) for piece in pieces):
        return True  # who wrote it, and when
    return bool(_NOT_ONE.search(text)) or len(_CLOCK.findall(text)) > 1


@cache
def _times() -> tuple[str, ...]:
    return tuple(sorted(f"{one} " for one in phrases.folded("time")))


def _extended(head: Any, stated: str) -> str:
    """The first paragraph behind the headline that says what is stated, behind the name of a place."""
    for one in islice(head.itersiblings("p", "div", "h2", "span", "section"), CANDIDATES):
        found = _within(one, stated)
        if found:
            return found
    box = head.getparent()
    for _ in range(3):
        if box is None or box.tag in ("body", "main"):
            return ""
        for one in islice(box.itersiblings("p", "div", "h2", "section"), CANDIDATES):
            found = _within(one, stated)
            if found:
                return found
        box = box.getparent()
    return ""


def _within(box: Any, stated: str) -> str:
    """The text in the box that is a place and then what is stated."""
    for one in (box, *islice(box.iter("p", "div", "span", "h2"), 4 * CANDIDATES)):
        text = elements.text(one, len(stated) + MORE + 1)
        if len(text) <= len(stated) + MORE and _PLACE.match(text) and fold(text).endswith(stated):
            return text
    return ""
