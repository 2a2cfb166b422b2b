"""The front page, as a paper's: what leads, the sections in columns, this day in other years, what came in last.

It knows no clock: "this day" is that of the archive's newest story.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator.catalogue import UNDATED, Facet, Row, Story
from generator.errors import ContentError
from generator.model import Page
from generator.pages import charts, pictures, ranked
from generator.pages.archive import (
    Archive,
    Entry,
    Shelf,
    Values,
    article_path,
    day_path,
    entries,
    entry,
    facet_values,
    feeds_of,
    moment_of,
)
from generator.withholding import Shown

TEMPLATE = "front.html"
LEADS = 6  # stories with room for a few words
NEWEST = 15  # with those that have a line
SECTIONS, IN_SECTION = 9, 5
REGIONS, TAGS = 40, 40
ON_THIS_DAY, OF_A_YEAR = 6, 2
LATELY = RANKED = LISTED = 6
AMONG = 200  # newest pages, whose lists say what is recommended


class Edition(NamedTuple):
    """The rows of the front page's blocks, each in its order."""

    newest: tuple[Row, ...]
    sections: tuple[tuple[Facet, tuple[Row, ...]], ...]
    this_day: tuple[Row, ...]
    lately: tuple[Row, ...]
    hot: tuple[Row, ...]
    listed: tuple[Row, ...]
    printed: tuple[tuple[Row, int, int], ...]

    def marks(self) -> Iterator[str]:
        """All that it shows, for the page's key."""
        for block in (self.newest, self.this_day, self.lately, self.hot, self.listed):
            yield from ("|", *(row.mark for row in block))
        for facet, rows in self.sections:
            yield from (str(facet_values(facet)), *(row.mark for row in rows))
        for row, outlets, copies in self.printed:
            yield f"{row.mark}:{outlets}:{copies}"


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """One page."""
    lists = archive.lists
    days = lists.days()
    dated = [day for day in days if day != UNDATED]
    edition = _edition(archive, dated)
    values: Values = {
        "title": None,
        "total": sum(days.values()),
        "outlets": len(lists.facets("sources")),
        "first": moment_of(dated[0]) if dated else None,
        "last": moment_of(dated[-1]) if dated else None,
        "chart": charts.years(((day[:4], days[day]) for day in dated), day_path),
        "regions": [facet_values(facet) for facet in _in_order(lists.largest("regions", REGIONS))],
        "tags": [facet_values(facet) for facet in _in_order(lists.largest("tags", TAGS))],
        "feeds": feeds_of(""),
    }
    leads = tuple(filter(None, (lists.story(row.summary.permalink) for row in edition.newest[:LEADS])))
    key = archive.key(
        TEMPLATE, str(values), *archive.settings.thumbnails, *edition.marks(), *(lead.digest for lead in leads)
    )
    yield Page("index.html", TEMPLATE, key, partial(_front, values, edition, leads))


def _edition(archive: Archive, dated: list[str]) -> Edition:
    lists = archive.lists
    newest = lists.newest(NEWEST)
    told = {row.mark for row in newest}
    lately = tuple(row for row in lists.lately(NEWEST + LATELY) if row.mark not in told)
    return Edition(
        newest=newest,
        sections=tuple(
            (facet, lists.newest_members(facet, IN_SECTION)) for facet in lists.largest("sections", SECTIONS)
        ),
        this_day=_this_day(archive, dated),
        lately=lately[:LATELY],
        hot=lists.most_read(RANKED),
        listed=lists.most_listed(AMONG, LISTED),
        printed=tuple((one.rows[0], one.outlets, one.copies) for one in archive.once(ranked.first_printed)[:RANKED]),
    )


def _this_day(archive: Archive, dated: list[str]) -> tuple[Row, ...]:
    """The first stories of the newest story's day in the years before, the nearest year first."""
    same = [day for day in reversed(dated[:-1]) if day[4:] == dated[-1][4:]]
    return tuple(row for day in same[:ON_THIS_DAY] for row in archive.lists.first_of_days(day, OF_A_YEAR))


def _in_order(facets: tuple[Facet, ...]) -> list[Facet]:
    return sorted(facets, key=lambda facet: facet.slug)


def _front(values: Values, edition: Edition, leads: tuple[Story, ...], shelf: Shelf) -> Values:
    newest = entries(edition.newest)
    picture = _picture(shelf, leads)
    if picture:  # the story with the picture leads
        newest.insert(0, newest.pop(next(at for at, one in enumerate(newest) if one.path == picture["path"])))
    return values | {
        "picture": picture,
        "leads": newest[:LEADS],
        "newest": newest[LEADS:],
        "sections": [{"facet": facet_values(facet), "entries": entries(rows)} for facet, rows in edition.sections],
        "this_day": _by_year(edition.this_day),
        "lately": entries(edition.lately),
        "hot": entries(edition.hot),
        "hot_path": ranked.hot_path() if edition.hot else None,
        "listed": entries(edition.listed),
        "printed": [
            {"story": entry(row), "outlets": outlets, "copies": copies} for row, outlets, copies in edition.printed
        ],
        "printed_path": ranked.printed_path() if edition.printed else None,
    }


def _by_year(rows: tuple[Row, ...]) -> list[Values]:
    """Stories of one day of the year, by their years."""
    years: dict[str, list[Entry]] = {}
    for row in rows:
        years.setdefault(row.day, []).append(entry(row))
    return [{"year": int(day[:4]), "path": day_path(day), "entries": found} for day, found in years.items()]


def _picture(shelf: Shelf, leads: tuple[Story, ...]) -> Values | None:
    """The first picture that a leading story holds, as far as the border lets it pass."""
    for lead in leads:
        shown = shelf.border.read(lead.file)
        if not isinstance(shown, Shown):
            raise ContentError(f"content/{lead.file}: it changed while the site was built", "build again")
        held = pictures.shown(shelf, shown.article.body) if shown.show == "full" else {}
        for one in shown.article.pictures:
            if measured := held.get(one.src or ""):
                return {"src": one.src, **measured, "path": article_path(lead.row.summary.permalink)}
    return None
