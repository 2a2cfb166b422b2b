"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, for the whole archive and for each section, tag and source.

Ids are made from the article's id and stay, wherever the site moves. Feeds carry summaries, never bodies.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial

from generator.catalogue import Facet, Row
from generator.model import Page
from generator.pages.archive import SUBSCRIBE, Archive, Shelf, Values, article_path, facet_path, feeds_of, given

TEMPLATE = "feeds.html"
# a name space of our own (RFC 4122, 4.3), so that ids depend on nothing but the article
_SPACE = uuid.UUID("6f3b1f0e-53a4-5d0c-9d1c-6a5f0d1f7a11")
_NO_DATE = "1970-01-01T00:00:00Z"  # Atom wants a date where the page states none
_STAMP = len(_NO_DATE)


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """The feeds of the whole archive, and the page that names all feeds; `facets` asks for those of its lists."""
    yield from feed(archive, "", archive.settings.title, archive.lists.newest(archive.settings.feed_size))
    if "subscribe" in archive.settings.blocks:
        kinds = [(kind, [_named(facet) for facet in archive.lists.facets(kind)]) for kind in archive.settings.feeds]
        values: Values = {"title": None, "feeds": feeds_of(""), "kinds": [one for one in kinds if one[1]]}
        yield Page(SUBSCRIBE, TEMPLATE, archive.key(TEMPLATE, str(values["kinds"])), partial(given, values))


def feed(archive: Archive, folder: str, title: str, rows: tuple[Row, ...]) -> Iterator[Page]:
    """The two files of one list: its newest rows, newest first."""
    for template, path in zip(("feed.xml", "feed.json"), feeds_of(folder).values(), strict=True):
        key = archive.key(template, title, *(row.mark for row in rows))
        yield Page(path, template, key, partial(_feed, folder, path, title, rows))


def _named(facet: Facet) -> Values:
    folder = facet_path(facet.kind, facet.slug).removesuffix("index.html")
    return {"name": facet.name, "path": f"{folder}index.html", **feeds_of(folder)}


def _feed(folder: str, path: str, title: str, rows: tuple[Row, ...], shelf: Shelf) -> Values:
    found = [_entry(row) for row in rows]
    return {
        "title": title,
        "id": _urn(shelf.settings.title, folder),
        "path": path,
        "html_path": f"{folder}index.html",
        "updated": max((one["updated"] for one in found), default=_NO_DATE),
        "entries": found,
    }


def _entry(row: Row) -> Values:
    summary = row.summary
    instant = row.sort[:_STAMP] if summary.published else None
    return {
        "id": _urn(summary.id, summary.permalink),
        "title": summary.headline,
        "path": article_path(summary.permalink),
        "updated": instant or _NO_DATE,
        "published": instant,
        "summary": summary.excerpt or "",
        "authors": [name for name in (summary.publisher or summary.source,) if name],
        "categories": [summary.section] if summary.section else [],
        "source_url": summary.url,
        "language": summary.language,
    }


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, '/'.join(parts))}"
