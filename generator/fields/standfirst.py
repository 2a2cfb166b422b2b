"""The standfirst: the summary that the page prints or states below its headline.

Never a description of the site, never the headline once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.document import Document
from generator.fields import elements, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold

SHORTEST, LONGEST = 12, 1_500
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
    "ingress", "anriss", "post-excerpt", "kurztext", "lead-paragraph", "article-lede",
)  # fmt: skip

_RULE = re.compile(r"\s?(?:-{2,}|[—–_|｜]{1,4})\s?")
_TAGS = frozenset({"p", "div", "h2", "h3", "span", "section"})


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the standfirst."""
    names = titles.site_names(document)
    for text, basis, confidence in _stated(document, headline):
        bare = _beheaded(text.removesuffix("Read more").strip(" |-"), headline)
        if (
            not SHORTEST <= len(bare) <= LONGEST
            or fold(bare) == fold(headline or "")
            or titles.same_site(bare, document, names)
        ):
            continue
        cut_off = bare.endswith(("...", "…", "[…]", "[...]"))
        yield Claim("standfirst", (bare,), basis, confidence - (0.1 if cut_off else 0.0), cut(text, SNIPPET))


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
    head = elements.heading(document, headline or "")
    for one in elements.find(document, *_CLASSES, tags=_TAGS, near=head):
        text = elements.text(one)
        if PRINTED < len(text) * (2 if text[:1] > "\u2e7f" else 1) <= LONGEST // 2:
            yield text, "html:standfirst", 0.82
        break
