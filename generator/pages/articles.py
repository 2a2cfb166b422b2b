"""The article's page: the story, where it stood, how each field is known, and its other versions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from generator import text
from generator.catalogue import Row
from generator.content import read_article
from generator.errors import ContentError
from generator.model import Article, Claim, Page
from generator.pages.archive import Archive, Values, article_path, day_path, entries, named
from generator.theme import web

TEMPLATE = "article.html"
DESCRIPTION = 160


def plan(archive: Archive) -> Iterator[Page]:
    """A page for each article, versions of the past too."""
    versioned = archive.catalogue.versioned()
    for row, url in archive.catalogue.every():
        others = _others(archive, row, url) if url in versioned else ()
        yield _page(archive, row, others)


def _others(archive: Archive, row: Row, url: str | None) -> tuple[Row, ...]:
    return tuple(one for one in archive.catalogue.versions(url or "") if one.file != row.file)


def _page(archive: Archive, row: Row, others: tuple[Row, ...]) -> Page:
    path = article_path(row.summary.permalink)

    def make() -> Values:
        return _values(archive, row, path, others)

    return Page(path, TEMPLATE, archive.key(TEMPLATE, row.digest, *(one.mark for one in others)), make)


def _values(archive: Archive, row: Row, path: str, others: tuple[Row, ...]) -> Values:
    article = read_article(archive.settings.content, row.file).article
    if article is None:
        raise ContentError(f"content/{row.file}: it changed while the site was built", "build again")
    canonical = archive.settings.url and archive.settings.url + path
    section = named("sections", article.section)
    description = text.cut(article.standfirst or row.summary.excerpt or article.headline, DESCRIPTION)
    return {
        "title": article.headline,
        "article": article,
        "path": path,
        "breadcrumb": _breadcrumb(article, section),
        "section": section,
        "region": named("regions", article.region),
        "publisher": named("sources", article.publisher),
        "source": named("sources", article.source),
        "byline": [named("people", name) for name in article.byline],
        "editors": [named("people", name) for name in article.editors],
        "tags": [named("tags", tag) for tag in article.tags],
        "day_path": day_path(article.published.day) if article.published else None,
        "versions": entries(others),
        "standfirst": _standfirst(article),
        "body": article.body,
        "evidence": _evidence(article.evidence),
        "schema": schema(article, canonical, description),
        "canonical": canonical,
        "description": description,
        "outlet_name": article.publisher or article.outlet,
    }


def _standfirst(article: Article) -> str | None:
    """The standfirst, unless the text begins with the same words: many pages give their first paragraph as a summary."""
    stated = text.fold(article.standfirst or "").rstrip(" .…")
    begins = stated and text.fold(text.unmark(article.body[: 2 * len(article.standfirst or "") + 200])).startswith(
        stated
    )
    return None if begins else article.standfirst


def _breadcrumb(article: Article, section: Values | None) -> list[Values]:
    """The trail as the page printed it; its steps lead to our own lists where they are ours."""
    steps = [name for name in article.breadcrumb if text.fold(name) != text.fold(article.headline)]
    if not steps:
        steps = [name for name in (article.publisher, article.section) if name]
    links = {text.fold(one["name"]): one["path"] for one in (section, named("sources", article.publisher)) if one}
    return [{"name": name, "path": links.get(text.fold(name))} for name in steps]


def _evidence(claims: tuple[Claim, ...]) -> list[Values]:
    """Claims by field as they come; the first of a field with any confidence is the one that won."""
    found: list[Values] = []
    for field, group in groupby(claims, key=lambda claim: claim.field):
        rows = [
            {
                "value": "; ".join(claim.values),
                "basis": claim.basis,
                "confidence": claim.confidence,
                "snippet": claim.snippet,
                "chosen": place == 0 and claim.confidence > 0,
            }
            for place, claim in enumerate(group)
        ]
        found.append({"field": field, "claims": rows})
    return found


def schema(article: Article, canonical: str, description: str) -> dict[str, Any]:
    """The article as schema.org `NewsArticle`; `isBasedOn` is the page that was saved."""
    outlet = {"@type": "NewsMediaOrganization", "name": article.publisher} if article.publisher else None
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "alternativeHeadline": article.kicker,
        "description": description,
        "inLanguage": article.language,
        "datePublished": _date(article.published),
        "dateModified": _date(article.modified),
        "author": [{"@type": "Person", "name": name} for name in article.byline],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": outlet,
        "sourceOrganization": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": article.section,
        "contentLocation": {"@type": "Place", "name": article.region} if article.region else None,
        "keywords": list(article.tags),
        "isBasedOn": web(article.url),
        "mainEntityOfPage": canonical,
        "usageInfo": article.rights,
    }
    return {name: value for name, value in values.items() if value}


def _date(moment: Any) -> str | None:
    return None if moment is None else str(moment)
