"""How many stories each year has: the bars of a chart as values. The chart itself is markup, and needs no script.

Counts are floored to one digit, and above nine to tens, so that a page with a chart does not change with every article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator import text

TALL = 12  # heights of a bar besides none
MOST = 60  # years shown with those between that have no stories
FEW = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One year: its page if there is one, its count, and the bar's height in steps."""

    year: int
    path: str | None
    count: int
    over: bool
    height: int


def years(counts: Iterable[tuple[str, int]], path: Callable[[str], str | None], *, exact: bool = True) -> list[Bar]:
    """The bars from the first year to the last; none where one year has all."""
    sums: Counter[str] = Counter()
    for year, count in counts:
        sums[year] += count
    if len(sums) < 2:
        return []
    first, last = int(min(sums)), int(max(sums))
    shown = [f"{year:04d}" for year in range(first, last + 1)] if last - first < MOST else sorted(sums)
    floors = {year: _floor(sums[year], exact=exact) for year in shown}
    most = max(floors.values())
    return [
        Bar(int(year), path(year) if sums[year] else None, floor, sums[year] > floor, -(-floor * TALL // most))
        for year, floor in floors.items()
    ]


def _floor(count: int, *, exact: bool) -> int:
    """The count with one digit that counts; where it may not change with every article, 1, 2, 5 below ten."""
    if exact:
        return text.rough(count)
    if count < FEW:
        return max(step for step in (0, 1, 2, 5) if step <= count)
    size: int = 10 ** (len(str(count)) - 1)
    return count // size * size
