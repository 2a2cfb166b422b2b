"""Lists by section, tag, region, source and person, and the index of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator import text
from generator.catalogue import Facet
from generator.model import Page
from generator.pages import feeds, listing
from generator.pages.archive import FED, KINDS, Archive, Values, facet_path, facet_values, feeds_of

TEMPLATE = "facets.html"


def plan(archive: Archive) -> Iterator[Page]:
    """A page for each kind that has members, and the pages of each list."""
    for kind in KINDS:
        facets = archive.catalogue.facets(kind)
        if facets:
            yield _index(archive, kind, facets)
        for facet in facets:
            found = _listing(archive, facet)
            yield from listing.pages(archive, found)
            if kind in FED:
                newest = found.rows[: -archive.settings.feed_size - 1 : -1]
                yield from feeds.feed(archive, found.folder, f"{facet.name} – {archive.settings.title}", newest)


def _listing(archive: Archive, facet: Facet) -> listing.Listing:
    folder = facet_path(facet.kind, facet.slug).removesuffix("index.html")
    head: Values = {
        "title": facet.name,
        "kind": facet.kind,
        "name": facet.name,
        "moment": None,
        "feeds": feeds_of(folder) if facet.kind in FED else None,
        "up": {"name": None, "path": f"{facet.kind}/index.html"},
        "previous": None,
        "next": None,
    }
    return listing.Listing(folder, archive.catalogue.members(facet.kind, facet.slug), head, facet.name)


def _index(archive: Archive, kind: str, facets: tuple[Facet, ...]) -> Page:
    def make() -> Values:
        ordered = sorted(facets, key=lambda facet: (_letter(facet), facet.slug))
        groups = [
            {"letter": letter, "facets": [facet_values(facet) for facet in group]}
            for letter, group in groupby(ordered, key=_letter)
        ]
        return {"title": None, "kind": kind, "groups": groups, "total": len(facets), "feeds": None}

    key = archive.key(
        TEMPLATE, kind, *(part for facet in facets for part in (facet.slug, facet.name, str(facet.count)))
    )
    return Page(f"{kind}/index.html", TEMPLATE, key, make)


def _letter(facet: Facet) -> str:
    """The letter that a reader looks under: the first of the name as it is spelt in Latin letters."""
    first = text.slug(facet.name, "#")[0]
    return first.upper() if first.isalpha() else "#"
