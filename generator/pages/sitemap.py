"""Sitemaps (sitemaps.org): one for each month and one for the lists, under an index; and what robots are told.

Cut by month so that adding an article changes one small file. Addresses must be absolute, so an archive without a
`url` has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.catalogue import UNDATED
from generator.model import Page
from generator.pages.archive import KINDS, Archive, article_path, day_path, facet_path, given

LIMIT = 50_000  # addresses in one file, by the standard
PERIODS = 32  # a month and its days


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """`robots.txt`; and where the site's address is known, the index of the sitemaps and the lists' own."""
    url = archive.settings.url
    values = {"sitemap": "sitemap.xml" if url else ""}
    yield Page("robots.txt", "robots.txt", archive.key("robots.txt", url), partial(given, values))
    if not url:
        return
    months = archive.lists.months()
    lists = list(_parts(archive, "lists", _lists(archive, months)))
    yield from lists
    parts = [path for month, files in months.items() for path in _names(month, _count(archive, month, files))]
    yield _map(archive, "sitemap.xml", "sitemap-index.xml", [*parts, *(page.path for page in lists)])


def of_month(archive: Archive, month: str) -> Iterator[Page]:
    """The articles and days of one month, or what has no date."""
    if archive.settings.url:
        yield from _parts(archive, month, _of_month(archive, month))


def _parts(archive: Archive, name: str, paths: list[str]) -> Iterator[Page]:
    for number, path in enumerate(_names(name, len(paths))):
        yield _map(archive, path, "sitemap.xml", paths[number * LIMIT : (number + 1) * LIMIT])


def _names(name: str, count: int) -> list[str]:
    return [f"sitemaps/{name}{f'-{number}' if number > 1 else ''}.xml" for number in range(1, -(-count // LIMIT) + 1)]


def _map(archive: Archive, path: str, template: str, paths: list[str]) -> Page:
    return Page(path, template, archive.key(template, *paths), partial(given, {"paths": paths}))


def _count(archive: Archive, month: str, files: int) -> int:
    """How many addresses a month has: counted where that may be more than one file holds."""
    return len(_of_month(archive, month)) if files + PERIODS > LIMIT else files


def _of_month(archive: Archive, month: str) -> list[str]:
    return [*map(day_path, _periods(archive, month)), *map(article_path, archive.lists.paths(month))]


def _periods(archive: Archive, month: str) -> list[str]:
    """The month and its days, so far as they have pages."""
    days = [*archive.lists.days(month)]
    return days if month == UNDATED or not days else [month, *days]


def _lists(archive: Archive, months: Iterable[str]) -> list[str]:
    paths = ["index.html", "dates/index.html"]
    for kind in KINDS:
        facets = archive.lists.facets(kind)
        if facets:
            paths.append(f"{kind}/index.html")
        paths += [facet_path(kind, facet.slug) for facet in facets]
    paths += [day_path(year) for year in dict.fromkeys(month[:4] for month in months if month != UNDATED)]
    return [*paths, *(f"pages/{page.slug}.html" for page in archive.standing)]
