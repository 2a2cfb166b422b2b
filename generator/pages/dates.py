"""The archive by time: all years, each year, each month, each day, and what has no date."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from generator.catalogue import UNDATED
from generator.model import Page
from generator.pages import listing
from generator.pages.archive import Archive, Values, day_path, entries, moment_of

IN_DAY = 5  # stories of one day in a month that has more than a page of them

Days = dict[str, int]  # `YYYY-MM-DD` to the number of articles


def plan(archive: Archive) -> Iterator[Page]:
    """The pages by date; days, months and years without articles have none."""
    days = archive.catalogue.days()
    undated = days.pop(UNDATED, 0)
    months, years = _sums(days, 7), _sums(days, 4)
    yield _all(archive, years, months, undated)
    for year, around in _neighbours(years).items():
        yield _year(archive, year, days, months, around)
    for month, around in _neighbours(months).items():
        yield _month(archive, month, days, around)
    for day, around in _neighbours(days).items():
        yield from _day(archive, day, around)
    if undated:
        yield from _day(archive, UNDATED, (None, None))


def _sums(days: Days, length: int) -> Days:
    sums: Days = defaultdict(int)
    for day, count in days.items():
        sums[day[:length]] += count
    return dict(sums)


Around = tuple[str | None, str | None]  # the one before and the one after that hold articles


def _neighbours(periods: Mapping[str, int]) -> dict[str, Around]:
    names = [None, *periods, None]
    before, after = dict(pairwise(reversed(names))), dict(pairwise(names))
    return {name: (before[name], after[name]) for name in periods}


def _turn(around: Around) -> Values:
    previous, following = ({"name": name, "path": day_path(name)} if name else None for name in around)
    return {"previous": previous, "next": following}


def _cell(name: str, counts: Days) -> Values:
    count = counts.get(name, 0)
    return {"path": day_path(name) if count else None, "count": count}


def _all(archive: Archive, years: Days, months: Days, undated: int) -> Page:
    def make() -> Values:
        return {
            "title": None,
            "years": [
                {"year": int(year), "path": day_path(year), "count": count, "months": _months(year, months)}
                for year, count in reversed(years.items())
            ],
            "undated": {"path": day_path(UNDATED), "count": undated} if undated else None,
        }

    parts = [f"{month}:{count}" for month, count in months.items()]
    return Page("dates/index.html", "dates.html", archive.key("dates.html", str(undated), *parts), make)


def _months(year: str, months: Days) -> list[Values]:
    return [{"month": number, **_cell(f"{year}-{number:02d}", months)} for number in range(1, 13)]


def _year(archive: Archive, year: str, days: Days, months: Days, around: Around) -> Page:
    held = {day: count for day, count in days.items() if day.startswith(year)}

    def make() -> Values:
        rows = _months(year, months)
        for row in rows:
            month = f"{year}-{row['month']:02d}"
            length = calendar.monthrange(int(year), row["month"])[1]
            row["days"] = [{"day": day, **_cell(f"{month}-{day:02d}", held)} for day in range(1, length + 1)]
        total = sum(held.values())
        up = {"name": None, "path": "dates/index.html"}
        return {"title": year, "year": int(year), "count": total, "months": rows, "up": up, **_turn(around)}

    parts = [f"{day}:{count}" for day, count in held.items()]
    return Page(day_path(year), "year.html", archive.key("year.html", *map(str, around), *parts), make)


def _month(archive: Archive, month: str, days: Days, around: Around) -> Page:
    held = {day: count for day, count in days.items() if day.startswith(month)}
    every = archive.catalogue.on_day(month)
    # a full month shows each day's first stories; the day's own page has them all
    most = IN_DAY if len(every) > archive.settings.page_size else len(every)
    rows = {day: tuple(row for row in every if row.day == day)[:most] for day in held}
    year, number = int(month[:4]), int(month[5:])

    def make() -> Values:
        weeks = calendar.Calendar().monthdayscalendar(year, number)
        return {
            "title": month,
            "year": year,
            "month": number,
            "count": sum(held.values()),
            "weeks": [[{"day": day, **_cell(f"{month}-{day:02d}", held)} for day in week] for week in weeks],
            "days": [
                {
                    "day": int(day[8:]),
                    "path": day_path(day),
                    "moment": moment_of(day),
                    "entries": entries(rows[day]),
                }
                for day in held
            ],
            "up": {"name": month[:4], "path": day_path(month[:4])},
            **_turn(around),
        }

    key = archive.key(
        "month.html",
        *map(str, around),
        *(f"{day}:{count}" for day, count in held.items()),
        *(row.mark for day in rows.values() for row in day),
    )
    return Page(day_path(month), "month.html", key, make)


def _day(archive: Archive, day: str, around: Around) -> Iterator[Page]:
    month = day[:7] if day != UNDATED else None
    head: Values = {
        "title": None if day == UNDATED else day,
        "kind": UNDATED if day == UNDATED else "day",
        "name": None,
        "moment": moment_of(day),
        "feeds": None,
        "up": {"name": month, "path": day_path(month)} if month else {"name": None, "path": "dates/index.html"},
        **_turn(around),
    }
    folder = day_path(day).removesuffix("index.html")
    yield from listing.pages(
        archive, listing.Listing(folder, archive.catalogue.on_day(day), head, "|".join(map(str, around)))
    )
