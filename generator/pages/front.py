"""The front page: the newest, the largest sections, the years, the tags."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import UNDATED, Facet
from generator.model import Page
from generator.pages.archive import Archive, Values, day_path, entries, facet_values, feeds_of, moment_of

NEWEST = 12
SECTIONS = 8
IN_SECTION = 5
TAGS = 40
TEMPLATE = "front.html"


def plan(archive: Archive) -> Iterator[Page]:
    """One page."""
    catalogue = archive.catalogue
    newest = tuple(catalogue.rows(newest=NEWEST))
    sections = [
        (facet, catalogue.members(facet.kind, facet.slug)[: -IN_SECTION - 1 : -1])
        for facet in _largest(catalogue.facets("sections"), SECTIONS)
    ]
    tags = sorted(_largest(catalogue.facets("tags"), TAGS), key=lambda facet: facet.slug)
    days = catalogue.days()
    dated = [day for day in days if day != UNDATED]
    years: dict[str, int] = {}
    for day in dated:
        years[day[:4]] = years.get(day[:4], 0) + days[day]

    def make() -> Values:
        return {
            "title": None,
            "newest": entries(newest),
            "sections": [{"facet": facet_values(facet), "entries": entries(rows)} for facet, rows in sections],
            "years": [
                {"year": int(year), "path": day_path(year), "count": count} for year, count in reversed(years.items())
            ],
            "total": sum(days.values()),
            "first": moment_of(dated[0]) if dated else None,
            "last": moment_of(dated[-1]) if dated else None,
            "tags": [facet_values(facet) for facet in tags],
            "feeds": feeds_of(""),
        }

    shown = [row.mark for row in newest]
    for facet, rows in sections:
        shown += [facet.name, str(facet.count), *(row.mark for row in rows)]
    shown += [f"{facet.name}:{facet.count}" for facet in tags] + [f"{year}:{count}" for year, count in years.items()]
    key = archive.key(TEMPLATE, *shown, str(days.get(UNDATED)), *dated[:1], *dated[-1:])
    yield Page("index.html", TEMPLATE, key, make)


def _largest(facets: tuple[Facet, ...], count: int) -> list[Facet]:
    return sorted(facets, key=lambda facet: (-facet.count, facet.slug))[:count]
