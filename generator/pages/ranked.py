"""Two lists in an order of their own: the most read, by views as captured pages state them, and the most printed.

Most read come as one page of all time and one for each year, so that what was read in a year stays citable. Most printed are
stories that several outlets carried, known by their headline within a few days, or of which several captures are held.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from heapq import nlargest
from itertools import groupby
from typing import NamedTuple

from generator.catalogue import UNDATED, Printed, Row
from generator.model import Page
from generator.pages.archive import HOT, Archive, Entry, Shelf, Values, entries, entry

PRINTED = "printed"
TEMPLATE = "ranked.html"
LENGTH = 100  # stories on a page
WITHIN = timedelta(days=3)  # between two printings of one story


class Carried(NamedTuple):
    """A story with its printings, the first one first, and how many captures there are of all."""

    rows: tuple[Row, ...]
    outlets: int
    copies: int


def hot(archive: Archive, year: str) -> Iterator[Page]:
    """The most read of one year, or of all time."""
    rows = archive.lists.most_read(LENGTH, year)
    if not rows:
        return
    years = [] if year else _years(archive)
    head: Values = {
        "title": None,
        "kind": HOT,
        "year": int(year) if year else None,
        "years": [{"year": int(name), "path": hot_path(name)} for name in reversed(years)],
        "more": printed_path() if not year and archive.once(first_printed) else None,
    }
    key = archive.key(TEMPLATE, str(head), *(row.mark for row in rows))
    yield Page(hot_path(year), TEMPLATE, key, partial(_hot, head, rows))


def printed(archive: Archive, _: str) -> Iterator[Page]:
    """The most printed of all time; nothing where every story was printed and saved once."""
    stories = archive.once(first_printed)
    if stories:
        parts = (f"{one.outlets}:{one.copies}:{':'.join(row.mark for row in one.rows)}" for one in stories)
        key = archive.key(TEMPLATE, PRINTED, *parts)
        yield Page(printed_path(), TEMPLATE, key, partial(_printed, stories))


def hot_path(year: str = "") -> str:
    return f"{HOT}/page-{year}.html" if year else f"{HOT}/index.html"


def printed_path() -> str:
    return f"{PRINTED}/index.html"


def first_printed(archive: Archive) -> list[Carried]:
    """The stories that most outlets carried, and of them those with most captures."""
    found = [*_reprinted(archive)]
    told = {row.sort for story in found for row in story.rows}
    saved = archive.lists.most_saved(LENGTH + len(told))
    found += [Carried((one.row,), 1, one.copies) for one in saved if one.row.sort not in told]
    return nlargest(LENGTH, found, key=lambda one: (one.outlets, one.copies, one.rows[0].sort))


def _reprinted(archive: Archive) -> Iterator[Carried]:
    for _, group in groupby(archive.lists.reprinted(), key=lambda one: one.told):
        yield from filter(lambda story: story.outlets > 1, map(_carried, _apart(group)))


def _apart(prints: Iterator[Printed]) -> Iterator[list[Printed]]:
    """Printings of one headline, parted where more days lie between two than a story takes to travel."""
    story: list[Printed] = []
    for one in prints:
        if story and not _near(story[-1].row.day, one.row.day):
            yield story
            story = []
        story.append(one)
    yield story


def _near(one: str, other: str) -> bool:
    if UNDATED in (one, other):
        return one == other
    return date.fromisoformat(other) - date.fromisoformat(one) <= WITHIN


def _carried(story: list[Printed]) -> Carried:
    stated = (summary.publisher or summary.source for summary in (one.row.summary for one in story))
    return Carried(tuple(one.row for one in story), len({*filter(None, stated)}), sum(one.copies for one in story))


def _years(archive: Archive) -> list[str]:
    years = dict.fromkeys(day[:4] for day in archive.lists.days() if day != UNDATED)
    return [year for year in years if archive.lists.most_read(1, year)]


def _hot(head: Values, rows: tuple[Row, ...], shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every `make`
    return head | {"entries": [_ranked(entry(row)) for row in rows]}


def _printed(stories: list[Carried], shelf: Shelf) -> Values:  # noqa: ARG001
    shown = [
        {**_ranked(first), "outlets": story.outlets, "copies": story.copies, "others": others}
        for story in stories
        for first, *others in [entries(story.rows)]
    ]
    return {"title": None, "kind": PRINTED, "year": None, "years": [], "more": None, "entries": shown}


def _ranked(one: Entry) -> Values:
    return {"story": one, "outlets": 1, "copies": 1, "others": []}
