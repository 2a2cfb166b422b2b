"""The archive by time: all years, each year, each month, each day, and what has no date."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from generator.catalogue import UNDATED, Row
from generator.model import Page
from generator.pages import listing
from generator.pages.archive import Archive, Shelf, Values, day_path, entries, given, moment_of, rough

IN_DAY = 5  # stories of one day in a month that has more than a page of them

Days = dict[str, int]  # `YYYY-MM-DD` to the number of articles
Around = tuple[str | None, str | None]  # the one before and the one after that hold articles


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
    rows = _months(name, _sums(days, 7))
    for row in rows:
        month = f"{name}-{row['month']:02d}"
        length = calendar.monthrange(int(name), row["month"])[1]
        row["days"] = [{"day": day, **_cell(f"{month}-{day:02d}", days)} for day in range(1, length + 1)]
    values: Values = {
        "title": name,
        "year": int(name),
        **rough(sum(days.values())),
        "months": rows,
        "up": {"name": None, "path": "dates/index.html"},
        **_turn(archive, name),
    }
    key = archive.key("year.html", str(values))
    yield Page(day_path(name), "year.html", key, partial(given, values))


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
        "weeks": [
            [{"day": day, **_cell(f"{name}-{day:02d}", days)} for day in week]
            for week in calendar.Calendar().monthdayscalendar(int(name[:4]), int(name[5:]))
        ],
        "up": {"name": name[:4], "path": day_path(name[:4])},
        **_turn(archive, name),
    }
    key = archive.key("month.html", str(head), *(row.mark for row in rows))
    yield Page(day_path(name), "month.html", key, partial(_month, head, rows, tuple(days)))


def day(archive: Archive, name: str) -> Iterator[Page]:
    """The list of one day, or of what has no date."""
    rows = archive.lists.on_day(name)
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
    around = f"{head['previous']}|{head['next']}"
    yield from listing.pages(archive, listing.Listing(folder, rows, head, around))


def _month(head: Values, rows: tuple[Row, ...], days: tuple[str, ...], shelf: Shelf) -> Values:  # noqa: ARG001
    by_day: dict[str, list[Row]] = {day: [] for day in days}
    for row in rows:
        by_day[row.day].append(row)
    return head | {
        "days": [
            {"day": int(day[8:]), "path": day_path(day), "moment": moment_of(day), "entries": entries(found)}
            for day, found in by_day.items()
        ]
    }


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


def _cell(name: str, counts: Days) -> Values:
    count = counts.get(name, 0)
    return {"path": day_path(name) if count else None, **rough(count)}


def _months(year: str, months: Days) -> list[Values]:
    return [{"month": number, **_cell(f"{year}-{number:02d}", months)} for number in range(1, 13)]
