"""Which fields of the archive's articles are least certain: what is believed, on what evidence, and what was rejected.

For the archive's owner: it reads articles as they lie there, withheld or not, and changes nothing. What a person has edited is certain, whatever the evidence says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from generator import content, text
from generator.content import ArticleFile
from generator.errors import Finding
from generator.fields import settle
from generator.model import Claim

ALWAYS = ("headline", "published")  # every story has them: where nothing states them, that is a doubt as well
REJECTED = 5


@dataclass(frozen=True, slots=True)
class Doubt:
    """One field of one article: its value, how it is known, how far that is believed, and other values that were stated."""

    confidence: float
    file: str
    field: str
    value: tuple[str, ...]
    basis: str
    rejected: tuple[Claim, ...] = ()


def of(root: Path, limit: int, field: str | None = None) -> tuple[list[Doubt], tuple[Finding, ...]]:
    """The least certain fields of the archive whose `content/` this is, and articles' files whose names cannot be read."""
    named, odd = content.every_article(root)
    return worst((content.read_article(root, file) for file in named), limit, field), odd


def worst(files: Iterable[ArticleFile], limit: int, field: str | None = None) -> list[Doubt]:
    """The least certain fields, worst first; never more than `limit` are held."""
    found = (doubt for one in files for doubt in doubts(one) if field in (None, doubt.field))
    return nsmallest(limit, found, key=lambda one: (one.confidence, one.file, one.field))


def doubts(held: ArticleFile) -> Iterator[Doubt]:
    """Every field of an article that no hand has touched, with what is known of it."""
    article = held.article
    if article is None or not held.intact or not article.evidence:
        return
    winners = settle(article.evidence, article.captured).winners
    stated = dict.fromkeys((*ALWAYS, *(claim.field for claim in article.evidence if claim.field != "body")))
    for field in stated:
        winner = winners.get(field)
        others = tuple(
            one for one in article.evidence if one.field == field and one is not winner and _differs(one, winner)
        )
        if winner is not None:
            yield Doubt(winner.confidence, held.file, field, winner.values, winner.basis, others[:REJECTED])
        elif field in ALWAYS or others:
            yield Doubt(0.0, held.file, field, (), "", others[:REJECTED])


def _differs(claim: Claim, winner: Claim | None) -> bool:
    return bool(claim.values) and (winner is None or _plain(claim) != _plain(winner))


def _plain(claim: Claim) -> frozenset[str]:
    return frozenset(map(text.fold, claim.values))
