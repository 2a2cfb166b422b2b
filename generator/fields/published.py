"""When the story was published, and when it was changed last.

The clock of the event and that of the saving are others. A time is kept as stated; a bare day stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from generator.document import Document
from generator.fields import elements, language, moments, story
from generator.model import SNIPPET, Claim
from generator.text import cut

_When = Literal["published", "modified"]
_META: tuple[tuple[str, _When, float], ...] = (
    ("article:published_time", "published", 0.92), ("og:article:published_time", "published", 0.9), ("og:published_time", "published", 0.88),
    ("parsely-pub-date", "published", 0.88), ("sailthru.date", "published", 0.86), ("datepublished", "published", 0.88), ("cxenseparse:publishtime", "published", 0.88),
    ("cxenseparse:recs:publishtime", "published", 0.88), ("article.published", "published", 0.86), ("dc.date.issued", "published", 0.84), ("dcterms.issued", "published", 0.82),
    ("dcterms.date", "published", 0.78), ("dc.date", "published", 0.78), ("dc.date.created", "published", 0.76), ("dcterms.created", "published", 0.76), ("date", "published", 0.8),
    ("pubdate", "published", 0.86), ("publishdate", "published", 0.86), ("publish-date", "published", 0.86), ("publish_date", "published", 0.86),
    ("publication_date", "published", 0.84), ("publicationdate", "published", 0.84), ("pub_date", "published", 0.84), ("last-publish-date", "published", 0.6),
    ("citation_publication_date", "published", 0.76), ("citation_date", "published", 0.76), ("citation_online_date", "published", 0.78), ("originalpublicationdate", "published", 0.86),
    ("article_date_original", "published", 0.84), ("rnews:datepublished", "published", 0.86), ("article:published", "published", 0.86), ("article:published:time", "published", 0.88), ("gsa_publish_date", "published", 0.76), ("article:publicationdate", "published", 0.86),
    ("ptime", "published", 0.8), ("search.date", "published", 0.7), ("bt:pubdate", "published", 0.86), ("vr:published_time", "published", 0.86), ("iso-8601-publish-date", "published", 0.86),
    ("displaydate", "published", 0.76), ("article:create_at", "published", 0.8), ("weibo: article:create_at", "published", 0.8), ("og:release_date", "published", 0.8), ("release_date", "published", 0.76),
    ("mediator_published_time", "published", 0.86), ("datecreated", "published", 0.74), ("created", "published", 0.7), ("og:pubdate", "published", 0.84), ("analyticsattributes.articledate", "published", 0.8),
    ("article:post_modified", "modified", 0.6), ("article:modified_time", "modified", 0.9), ("og:updated_time", "modified", 0.8), ("og:article:modified_time", "modified", 0.86), ("datemodified", "modified", 0.86),
    ("dcterms.modified", "modified", 0.8), ("dc.date.modified", "modified", 0.8), ("lastmod", "modified", 0.76), ("last-modified", "modified", 0.7), ("revised", "modified", 0.6), ("article:modified", "modified", 0.84), ("article:modified:time", "modified", 0.84),
    ("moddate", "modified", 0.76), ("utime", "modified", 0.74), ("lastmodified", "modified", 0.74), ("updated_time", "modified", 0.74), ("lmt", "modified", 0.7),
)  # fmt: skip
_WORDS = (
    "publi",
    "date",
    "time",
    "posted",
    "datum",
    "fecha",
    "zeit",
    "meta",
    "pubtime",
    "info",
    "byline",
    "stamp",
    "source",
    "data",
    "dato",
    "created",
    "erstellt",
    "tagline",
)
_PUBLISHED = re.compile(r"publi|pubdate|pubtime|posted|entry-date|created|erschienen|issued", re.IGNORECASE)
_MODIFIED = re.compile(r"modif|updat|aktualis|edited|changed|lastmod|actuali|mise-a-jour|geaendert", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"[\"'](?:datePublished|date_published|publishedAt|published_at|publishDate|publish_date|publishedDate|publicationDate|publication_date"
    r"|pubDate|pub_date|pubDt|pubtime|firstPublished|first_published_at|published_time|publishTime|published|deployDt|regDt|releaseDate)"
    r"\\{0,3}[\"']\s{0,3}:\s{0,3}\\{0,3}[\"']?(\d[^\"',}\\]{5,40})"
)
_STATED = re.compile(r"^(?:datetime|data-[a-z-]{0,20}(?:date|time|published)[a-z-]{0,12})$")
_SCRIPTS = 60
_TIME = frozenset({"time"})
_SCRIPT_LENGTH = 400_000
_AMERICAN = re.compile(r"en[-_](?:us|ph)", re.IGNORECASE)


class _How(NamedTuple):
    """How the page's dates are read: 03/04 as March, and names of months in its own language."""

    month_first: bool
    language: str | None


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of both moments."""
    how = _How(_month_first(document), language.of(document))
    found = False
    for claim in _stated(document, how=how):
        found = found or claim.field == "published"
        yield claim
    yield from _printed(document, headline, how=how)
    if not found and document.tree is not None:
        yield from _scripted(document, how)
    yield from _addressed(document)


def _stated(document: Document, *, how: _How) -> Iterator[Claim]:
    about = story.find(document)
    keys: tuple[tuple[str, _When, float], ...] = (
        ("datePublished", "published", 0.94), ("dateCreated", "published", 0.76), ("uploadDate", "published", 0.74), ("dateModified", "modified", 0.9),
    )  # fmt: skip
    for key, field, strength in keys:
        for text, rank in about.texts(key):
            yield from _claim(field, text, f"jsonld:{key}", strength - 0.06 * rank, how=how)
    for name, field, strength in _META:
        for text in document.meta.get(name, ())[:2]:
            yield from _claim(field, text, f"meta:{name}", strength, how=how)
    micro: tuple[tuple[str, _When, float], ...] = (
        ("datepublished", "published", 0.86),
        ("datecreated", "published", 0.74),
        ("datemodified", "modified", 0.84),
    )
    for key, field, strength in micro:
        for text in document.microdata.get(key, ())[:2]:
            yield from _claim(field, text, f"microdata:{key}", strength, how=how)


def _printed(document: Document, headline: str | None, *, how: _How) -> Iterator[Claim]:
    head = elements.heading(document, headline or "")
    times = 0
    for one in elements.find(document, tags=_TIME, near=head):
        stated, text = one.get("datetime") or "", elements.text(one)[:100]
        marks = f"{one.get('class') or ''} {one.get('itemprop') or ''} {(one.getparent().get('class') if one.getparent() is not None else '') or ''}"
        field: _When = "modified" if _MODIFIED.search(marks) and not _PUBLISHED.search(marks) else "published"
        sure = bool(_PUBLISHED.search(marks)) or one.get("pubdate") is not None
        made = [*_claim(field, stated, "html:time", (0.8 if sure else 0.74) - 0.08 * min(times, 5), how=how)]
        made = made or [*_claim(field, text, "html:time", (0.74 if sure else 0.68) - 0.08 * min(times, 5), how=how)]
        yield from made
        times += bool(made)
        if times >= 4:
            break
    shown = 0
    for one in elements.find(document, *_WORDS, near=head):
        text = elements.text(one)
        if one.tag == "time" or len(text) > 120:
            continue
        stated = "" if len(one) else _attribute(one)
        if not stated and (len(text) < 6 or not any(char.isdigit() for char in text)):
            continue
        marks = f"{one.get('class') or ''} {one.get('id') or ''}"
        when: _When = "modified" if _MODIFIED.search(marks) else "published"
        made = [
            *_claim(
                when,
                stated or text,
                "html:date",
                (0.7 if stated or _PUBLISHED.search(marks) else 0.64) - 0.08 * min(shown, 5),
                how=how,
            )
        ]
        yield from made
        shown += bool(made)
        if shown >= 4:
            break


def _attribute(element: Any) -> str:
    """The moment in an attribute named for it, as scripts use to print it: `data-published-date`."""
    named = ((name, value) for name, value in element.attrib.items() if _STATED.search(name) and "mod" not in name)
    return next((value for _, value in named if value[:1].isdigit() and len(value) >= 10), "")


def _scripted(document: Document, how: _How) -> Iterator[Claim]:
    """Data that the page's own scripts carry."""
    for element in islice(document.tree.iter("script"), _SCRIPTS):
        found = _SCRIPTED.search((element.text or "")[:_SCRIPT_LENGTH])
        if found:
            yield from _claim("published", found[1], "script:published", 0.58, how=how._replace(month_first=False))
            return


def _addressed(document: Document) -> Iterator[Claim]:
    if document.url:
        path = urlsplit(document.url).path
        moment = moments.in_path(path)
        if moment:
            yield Claim("published", (str(moment),), "url:path", 0.6, cut(path, SNIPPET))


def _claim(field: _When, text: str, basis: str, confidence: float, *, how: _How) -> Iterator[Claim]:
    moment = moments.parse(text, month_first=how.month_first, language=how.language)
    if moment:
        yield Claim(
            field, (str(moment),), basis, confidence - (0.02 if moment.precision == "day" else 0.0), cut(text, SNIPPET)
        )


def _month_first(document: Document) -> bool:
    stated = [*document.meta.get("og:locale", ()), *document.meta.get("content-language", ())]
    if document.tree is not None:
        stated.append(document.tree.get("lang") or "")
    if any(_AMERICAN.match(one) for one in stated):
        return True
    english = any(one.lower().startswith("en") for one in stated)
    return english and (document.host or "").endswith((".com", ".org", ".net", ".us", ".gov", ".edu"))
