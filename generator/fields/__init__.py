"""What a page states about its story: one module per field, each `Document -> claims`; `settle` picks the winners.

Keeps the losers, with how each is known. Never decides by host, never raises, never looks outside the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.document import Document
from generator.fields import (
    byline,
    comments,
    fronts,
    headline,
    language,
    last,
    posted,
    published,
    publisher,
    region,
    rights,
    section,
    series,
    source,
    standfirst,
    story,
    tags,
    visible,
)
from generator.fields.lines import line_claims
from generator.fields.settling import FIELDS, Settled, settle
from generator.model import Claim

__all__ = ["Settled", "claims", "line_claims", "series", "settle", "story"]


def claims(document: Document) -> tuple[Claim, ...]:
    """All statements of all fields, field by field. Values are cleaned, nothing is chosen."""
    heads = tuple(headline.claims(document))
    title = settle(heads).value("headline")
    told = fronts.apart(document, heads, title)
    if told != heads:
        heads, title = told, settle(told).value("headline")
    found = posted.kept(document, (*heads, *_others(document, title)))
    known = settle(found, document.capture.captured).winners
    return (*found, *last.claims(document, [field for field in FIELDS if field not in known]))


def _others(document: Document, title: str | None) -> Iterator[Claim]:
    yield from headline.kickers(document, title)
    yield from standfirst.claims(document, title)
    yield from byline.claims(document, title)
    yield from posted.claims(document)
    yield from source.claims(document, title)
    stood = tuple(publisher.claims(document, title))
    yield from stood
    yield from published.claims(document, title)
    yield from section.claims(document, title)
    yield from region.claims(document)
    yield from tags.claims(document, title, settle(stood).value("publisher"))
    yield from language.claims(document)
    yield from comments.views(document)
    yield from rights.claims(document)
    yield from visible.claims(document, title)
