"""Lists that grow at one end: how a list of articles is cut into pages.

The index shows the newest. A list longer than a page is cut by time: each finished year has a page, `page-2024.html`; a year
too long for one is cut into its months, `page-2024-03.html`, a month into its days, and only a day into numbered parts.
What is not over stays on the index. So a finished page never changes when newer articles come, an article
that turns up late changes the page of its own time and no other, and what a page shows can be cited.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from typing import Generic, Protocol, TypeVar

from generator.catalogue import UNDATED, Placed, Row
from generator.model import Page
from generator.pages import charts
from generator.pages.archive import Archive, Name, Shelf, Values, entries, rough

TEMPLATE = "listing.html"
LONG = 4  # times as many articles as the index shows in full stand on a page that shows them briefly
_LENGTHS = (4, 7, 10)  # of a year, a month, a day


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles: `folder` is its address with a closing slash, `head` what its pages show besides the list.

    `rows` come by the day that pages state, oldest first, what has no date before everything. `together` are the tags that its
    newest articles have, which its index names.
    """

    folder: str
    rows: Sequence[Placed]
    head: Values
    together: Sequence[Name] = ()


class Dated(Protocol):
    """What can be cut by time."""

    @property
    def day(self) -> str:
        """`YYYY-MM-DD`, or `undated`."""


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Period(Generic[D]):
    """A time that is over and has a page: with its articles, or with the pages of the times within it."""

    name: str
    rows: tuple[D, ...] = ()
    within: tuple[Period[D], ...] = ()

    @property
    def file(self) -> str:
        """The page's file name."""
        return f"page-{self.name}.html"


def pages(archive: Archive, listing: Listing) -> Iterator[Page]:
    """The index of a list and the pages of its times."""
    size = archive.settings.page_size
    periods, left = cut(listing.rows, size, size * LONG)
    shown = listing.rows[-max(size, len(left)) :]
    over = tuple(finished(periods))
    yield _index(archive, listing, shown, periods, over)
    for before, period in pairwise([None, *over]):
        if period is not None:
            yield _period(archive, listing, period, before)
    for period in split(periods):
        yield _overview(archive, listing, period)


def cut(rows: Sequence[D], size: int, long: int) -> tuple[tuple[Period[D], ...], tuple[D, ...]]:
    """The finished times of a list, from the oldest, and what is left for the index: all while it fits there."""
    return ((), tuple(rows)) if len(rows) <= size else _cut(rows, _LENGTHS, long, going_on=True)


def _cut(
    rows: Sequence[D], lengths: tuple[int, ...], long: int, *, going_on: bool
) -> tuple[tuple[Period[D], ...], tuple[D, ...]]:
    periods: list[Period[D]] = []
    left: tuple[D, ...] = ()
    groups = _grouped(rows, lengths[0])
    for place, (name, group) in enumerate(groups):
        newest = going_on and place == len(groups) - 1
        divisible = len(lengths) > 1 and name != UNDATED
        if divisible and len(group) > long:
            within, left = _cut(group, lengths[1:], long, going_on=newest)
            periods += [Period(name, within=within)] if within else []
        elif divisible and newest:
            left = group
        else:
            whole = len(group) // long * long if newest else len(group)
            parts = [group[at : at + long] for at in range(0, whole, long)]
            periods += [
                Period(f"{name}-{number}" if number > 1 else name, part) for number, part in enumerate(parts, 1)
            ]
            left = group[whole:]
    return tuple(periods), left


def _grouped(rows: Sequence[D], length: int) -> list[tuple[str, tuple[D, ...]]]:
    """The rows of each year, month or day by its name; where one ends is looked for by halves, for a list may be long."""
    groups: list[tuple[str, tuple[D, ...]]] = []
    at = 0
    while at < len(rows):
        name = _name(rows[at].day, length)
        end = bisect_left(rows, 1, at, key=partial(_is_other, name, length))
        groups.append((name, tuple(rows[at:end])))
        at = end
    return groups


def _is_other(name: str, length: int, row: Dated) -> bool:
    return _name(row.day, length) != name


def _name(day: str, length: int) -> str:
    return day if day == UNDATED else day[:length]


def finished(periods: Sequence[Period[D]]) -> Iterator[Period[D]]:
    """The times that show articles, from the oldest."""
    return chain.from_iterable(finished(period.within) if period.within else (period,) for period in periods)


def split(periods: Sequence[Period[D]]) -> Iterator[Period[D]]:
    """The times that show the times within them."""
    for period in periods:
        if period.within:
            yield period
            yield from split(period.within)


def _index(
    archive: Archive,
    listing: Listing,
    shown: Sequence[Placed],
    periods: Sequence[Period[Placed]],
    over: Sequence[Period[Placed]],
) -> Page:
    # the index goes on with the newest finished page that holds something it does not show itself
    first = shown[0] if shown else None
    older = next((one for one in reversed(over) if first and one.rows[0].sort < first.sort), None)
    values: Values = {
        **listing.head,
        **(rough(len(listing.rows)) if older else {"count": len(shown), "over": False}),
        "older": listing.folder + older.file if older else None,
        "newest": None,
        "span": None,
        "contents": _contents(listing, periods),
        "chart": _chart(listing, periods),
        "together": listing.together,
    }
    size = archive.settings.page_size
    key = archive.key(TEMPLATE, str(values), str(size), _marks(shown))
    fetch = partial(_fetched, archive, shown[-size:], shown[:-size])
    return Page(f"{listing.folder}index.html", TEMPLATE, key, partial(_shown, values), fetch)


def _period(archive: Archive, listing: Listing, period: Period[Placed], before: Period[Placed] | None) -> Page:
    values = _page_of(listing, period) | {"older": listing.folder + before.file if before else None, "contents": []}
    key = archive.key(TEMPLATE, str(values), _marks(period.rows))
    fetch = partial(_fetched, archive, (), period.rows)
    return Page(listing.folder + period.file, TEMPLATE, key, partial(_shown, values), fetch)


def _overview(archive: Archive, listing: Listing, period: Period[Placed]) -> Page:
    values = _page_of(listing, period) | {"older": None, "contents": _contents(listing, period.within)}
    key = archive.key(TEMPLATE, str(values))
    return Page(listing.folder + period.file, TEMPLATE, key, partial(_shown, values, (), ()))


def _page_of(listing: Listing, period: Period[Placed]) -> Values:
    index = f"{listing.folder}index.html"
    return {
        **listing.head,
        "count": None,
        "over": False,
        "newest": index,
        "span": named(period.name),
        "previous": None,
        "next": None,
        "chart": [],
        "together": (),
    }


def _chart(listing: Listing, periods: Sequence[Period[Placed]]) -> list[charts.Bar]:
    """The years of a list; one of a single day has none."""
    paths = {period.name: listing.folder + period.file for period in periods}
    counts = ((year, len(group)) for year, group in _grouped(listing.rows, 4) if year != UNDATED)
    return charts.years(counts, paths.get, exact=not periods) if listing.head["moment"] is None else []


def _marks(places: Sequence[Placed]) -> str:
    """What pages' keys know of the articles; all marks are of one length."""
    return "".join([one.mark for one in places])


def _fetched(archive: Archive, *places: Sequence[Placed]) -> tuple[tuple[Row, ...], ...]:
    """What stands in these places."""
    return tuple(map(archive.lists.rows, places))


def _shown(values: Values, rich: tuple[Row, ...], brief: tuple[Row, ...], shelf: Shelf) -> Values:  # noqa: ARG001
    return values | {"entries": entries(reversed(rich)), "brief": entries(reversed(brief))}


def _contents(listing: Listing, periods: Sequence[Period[Placed]]) -> list[Values]:
    return [{**named(period.name), "path": listing.folder + period.file} for period in periods]


def named(name: str) -> Values:
    """A time by its ISO name as templates see it, and which part of it."""
    if name.startswith(UNDATED):
        return {"name": None, "part": int(name.removeprefix(UNDATED).strip("-") or 1)}
    day, part = (name[:10], name[11:]) if len(name) > 10 else (name, "")
    return {"name": day, "part": int(part or 1)}
