"""Lists by section, tag, region, source and person, and the index of each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from generator import text
from generator.catalogue import Facet
from generator.model import Page
from generator.pages import feeds, listing
from generator.pages.archive import Archive, Shelf, Values, facet_path, facet_values, feeds_of, stated

TEMPLATE = "facets.html"


def plan(kind: str) -> Callable[[Archive, str], Iterator[Page]]:
    """What plans the lists of one kind."""
    return partial(_list, kind)


def index(archive: Archive, kind: str) -> Iterator[Page]:
    """All names of a kind, by letter; nothing where there are none."""
    facets = archive.lists.facets(kind)
    if facets:
        key = archive.key(TEMPLATE, kind, *map(stated, facets))
        yield Page(f"{kind}/index.html", TEMPLATE, key, partial(_index, kind, facets))


def _list(kind: str, archive: Archive, slug: str) -> Iterator[Page]:
    facet = archive.lists.facet(kind, slug)
    if facet is None:
        return
    folder = facet_path(kind, slug).removesuffix("index.html")
    fed = kind in archive.settings.feeds
    head: Values = {
        "title": facet.name,
        "kind": kind,
        "name": facet.name,
        "moment": None,
        "feeds": feeds_of(folder) if fed else None,
        "up": {"name": None, "path": f"{kind}/index.html"},
        "previous": None,
        "next": None,
    }
    yield from listing.pages(archive, listing.Listing(folder, archive.lists.members(facet), head, facet.name))
    if fed:
        newest = archive.lists.members(facet, newest=archive.settings.feed_size)
        yield from feeds.feed(archive, folder, f"{facet.name} – {archive.settings.title}", newest)


def _index(kind: str, facets: tuple[Facet, ...], shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every `make`
    ordered = sorted(facets, key=lambda facet: (_letter(facet), facet.slug))
    groups = [
        {"letter": letter, "facets": [facet_values(facet) for facet in group]}
        for letter, group in groupby(ordered, key=_letter)
    ]
    return {"title": None, "kind": kind, "groups": groups, "total": len(facets), "feeds": None}


def _letter(facet: Facet) -> str:
    """The letter that a reader looks under: the first of the name as it is spelt in Latin letters."""
    first = text.slug(facet.name, "#")[0]
    return first.upper() if first.isalpha() else "#"
