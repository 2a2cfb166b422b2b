"""Sitemaps (sitemaps.org): one for each month and one for the lists, under an index; and what robots are told.

Cut by month so that adding an article changes one small file. Addresses must be absolute, so an archive without a
`url` has none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.catalogue import UNDATED
from generator.model import Page
from generator.pages.archive import KINDS, Archive, Values, article_path, day_path, facet_path

LIMIT = 50_000  # addresses in one file, by the standard


def plan(archive: Archive) -> Iterator[Page]:
    """`robots.txt`, and the sitemaps where the site's address is known."""
    url = archive.settings.url
    yield Page(
        "robots.txt",
        "robots.txt",
        archive.key("robots.txt", url),
        lambda: {"sitemap": "sitemap.xml" if url else ""},
    )
    if not url:
        return
    months: dict[str, list[str]] = defaultdict(list)
    for row, _ in archive.catalogue.every():
        months[row.day if row.day == UNDATED else row.day[:7]].append(article_path(row.summary.permalink))
    files = [(f"sitemaps/{month}.xml", paths) for month, paths in sorted(months.items())]
    files.append(("sitemaps/lists.xml", _lists(archive)))
    parts = [
        (f"{path[:-4]}-{at // LIMIT + 1}.xml" if at else path, paths[at : at + LIMIT])
        for path, paths in files
        for at in range(0, len(paths), LIMIT)
    ]
    for path, paths in parts:
        yield _map(archive, path, "sitemap.xml", paths)
    yield _map(archive, "sitemap.xml", "sitemap-index.xml", [path for path, _ in parts])


def _map(archive: Archive, path: str, template: str, paths: list[str]) -> Page:
    def make() -> Values:
        return {"paths": paths}

    return Page(path, template, archive.key(template, *paths), make)


def _lists(archive: Archive) -> list[str]:
    paths = ["index.html", "dates/index.html"]
    for kind in KINDS:
        facets = archive.catalogue.facets(kind)
        if facets:
            paths.append(f"{kind}/index.html")
        paths += [facet_path(kind, facet.slug) for facet in facets]
    days = archive.catalogue.days()
    paths += [
        day_path(day) for day in sorted({day[:length] for day in days if day != UNDATED for length in (4, 7, 10)})
    ]
    return [*paths, *(f"pages/{page.slug}.html" for page in archive.standing)]
