"""The front page: the newest, the largest sections, the years, the tags."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.catalogue import UNDATED, Facet, Row
from generator.model import Page
from generator.pages.archive import (
    Archive,
    Shelf,
    Values,
    day_path,
    entries,
    facet_values,
    feeds_of,
    moment_of,
    rough,
    stated,
)

NEWEST = 12
SECTIONS = 8
IN_SECTION = 5
TAGS = 40
TEMPLATE = "front.html"

Section = tuple[Facet, tuple[Row, ...]]


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """One page."""
    lists = archive.lists
    newest = lists.newest(NEWEST)
    sections = tuple((facet, lists.members(facet, IN_SECTION)) for facet in lists.largest("sections", SECTIONS))
    tags = sorted(lists.largest("tags", TAGS), key=lambda facet: facet.slug)
    days = lists.days()
    dated = [day for day in days if day != UNDATED]
    years: dict[str, int] = {}
    for day in dated:
        years[day[:4]] = years.get(day[:4], 0) + days[day]
    values: Values = {
        "title": None,
        "years": [
            {"year": int(year), "path": day_path(year), **rough(count)} for year, count in reversed(years.items())
        ],
        "total": sum(days.values()),
        "first": moment_of(dated[0]) if dated else None,
        "last": moment_of(dated[-1]) if dated else None,
        "tags": [facet_values(facet) for facet in tags],
        "feeds": feeds_of(""),
    }
    marks = [row.mark for row in newest]
    for facet, rows in sections:
        marks += [stated(facet), *(row.mark for row in rows)]
    key = archive.key(TEMPLATE, str(values), *marks)
    yield Page("index.html", TEMPLATE, key, partial(_front, values, newest, sections))


def _front(values: Values, newest: tuple[Row, ...], sections: tuple[Section, ...], shelf: Shelf) -> Values:  # noqa: ARG001
    return values | {
        "newest": entries(newest),
        "sections": [{"facet": facet_values(facet), "entries": entries(rows)} for facet, rows in sections],
    }
