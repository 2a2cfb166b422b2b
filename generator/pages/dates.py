"""The archive by time: all years, each year, each month, each day, and what has no date."""

from __future__ import annotations

import calendar
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from generator import text
from generator.catalogue import UNDATED, Row
from generator.model import Page
from generator.pages import listing
from generator.pages.archive import Archive, Shelf, Values, day_path, entries, given, moment_of, rough

IN_DAY = 5  # stories of one day in a month that has more than a page of them

STEPS = (1, 3, 8, 20)  # from how many stories on a day is tinted more


@dataclass(frozen=True, slots=True)
class Cell:
    """A day or a month in a calendar, with its page where it holds stories."""

    name: int | None
    path: str | None = None
    count: int = 0
    over: bool = False
    level: int = 0


EMPTY = Cell(None)

Days = dict[str, int]  # `YYYY-MM-DD` to the number of articles


def index(archive: Archive, _: str) -> Iterator[Page]:
    """All years with their months."""
    days = archive.lists.days()
    undated = days.pop(UNDATED, 0)
    months = _sums(days, 7)
    years = [
        {"year": int(year), "path": day_path(year), **rough(count), "months": _months(year, months)}
        for year, count in reversed(_sums(days, 4).items())
    ]
    values: Values = {
        "title": None,
        "years": years,
        "undated": {"path": day_path(UNDATED), **rough(undated)} if undated else None,
    }
    key = archive.key("dates.html", str(values))
    yield Page("dates/index.html", "dates.html", key, partial(given, values))


def year(archive: Archive, name: str) -> Iterator[Page]:
    """A year's calendar, tinted by how much each day holds."""
    days = archive.lists.days(name)
    if not days:
        return
    values: Values = {
        "title": name,
        "year": int(name),
        **rough(sum(days.values())),
        "up": {"name": None, "path": "dates/index.html"},
        **_turn(archive, name),
    }
    tints = (str(_cell(day, int(day[8:]), days)) for day in days)
    key = archive.key("year.html", str(values), *tints)
    yield Page(day_path(name), "year.html", key, partial(_year, values, name, days))


def month(archive: Archive, name: str) -> Iterator[Page]:
    """A month's calendar and stories: of a full month each day's first ones, the day's own page has them all."""
    days = archive.lists.days(name)
    if not days:
        return
    full = sum(days.values()) > archive.settings.page_size
    rows = archive.lists.first_of_days(name, IN_DAY) if full else archive.lists.on_day(name)
    head: Values = {
        "title": name,
        "year": int(name[:4]),
        "month": int(name[5:]),
        **rough(sum(days.values())),
        "up": {"name": name[:4], "path": day_path(name[:4])},
        **_turn(archive, name),
    }
    key = archive.key("month.html", str(head), str(days), *(row.mark for row in rows))
    yield Page(day_path(name), "month.html", key, partial(_month, head, name, rows, days))


def day(archive: Archive, name: str) -> Iterator[Page]:
    """The list of one day, or of what has no date."""
    rows = archive.lists.placed_on(name)
    if not rows:
        return
    month = None if name == UNDATED else name[:7]
    head: Values = {
        "title": None if name == UNDATED else name,
        "kind": UNDATED if name == UNDATED else "day",
        "name": None,
        "moment": moment_of(name),
        "feeds": None,
        "up": {"name": month, "path": day_path(month)} if month else {"name": None, "path": "dates/index.html"},
        **_turn(archive, name),
    }
    folder = day_path(name).removesuffix("index.html")
    yield from listing.pages(archive, listing.Listing(folder, rows, head))


def _year(head: Values, year: str, days: Days, shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every `make`
    months = _sums(days, 7)
    names = [f"{year}-{number:02d}" for number in range(1, 13)]
    return head | {
        "months": [
            {"month": int(name[5:]), "path": day_path(name) if name in months else None, "weeks": _weeks(name, days)}
            for name in names
        ]
    }


def _month(head: Values, month: str, rows: tuple[Row, ...], days: Days, shelf: Shelf) -> Values:  # noqa: ARG001
    shown = {day: entries(found) for day, found in groupby(rows, key=lambda row: row.day)}
    return head | {
        "weeks": _weeks(month, days),
        "days": [
            {
                "day": int(day[8:]),
                "path": day_path(day),
                "moment": moment_of(day),
                "entries": shown[day],
                "more": count > len(shown[day]),
            }
            for day, count in days.items()
        ],
    }


def _weeks(month: str, days: Days) -> list[list[Cell]]:
    """A month as weeks from Monday on; what belongs to another month has no name."""
    weeks = calendar.Calendar().monthdayscalendar(int(month[:4]), int(month[5:]))
    return [[_cell(f"{month}-{day:02d}", day, days) if day else EMPTY for day in week] for week in weeks]


def _sums(days: Days, length: int) -> Days:
    sums: Days = defaultdict(int)
    for day, count in days.items():
        sums[day[:length]] += count
    return dict(sums)


def _turn(archive: Archive, name: str) -> Values:
    """The ways to the year, month or day before and after that hold articles."""
    if name == UNDATED:
        return {"previous": None, "next": None}
    before, after = archive.lists.around(name)
    ways = ({"name": one[: len(name)], "path": day_path(one[: len(name)])} if one else None for one in (before, after))
    return dict(zip(("previous", "next"), ways, strict=True))


def _cell(period: str, name: int, counts: Days) -> Cell:
    count = counts.get(period, 0)
    floor = text.rough(count)
    return Cell(name, day_path(period) if count else None, floor, count > floor, _level(count))


def _level(count: int) -> int:
    """How full a day or a month is, in five steps, for the tints of calendars."""
    return bisect_right(STEPS, count)


def _months(year: str, months: Days) -> list[Cell]:
    return [_cell(f"{year}-{number:02d}", number, months) for number in range(1, 13)]
