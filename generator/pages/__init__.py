"""Which pages the site consists of, and what each shows. One module for each kind; never renders, never writes.

The site is planned unit by unit: an article, a list, a day, a month. `plan` gives every unit, or those that must be looked
at because something has touched them, each with its pages; a page's key changes exactly when its bytes may. What a
page shows is made only when somebody asks for it, so an unchanged archive costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType

from generator import content, text, thumbnails
from generator.catalogue import UNDATED, Unit
from generator.model import Page
from generator.pages import archive as archive_module
from generator.pages import (
    articles,
    dates,
    facets,
    feeds,
    fixed,
    front,
    known,
    offline,
    pictures,
    ranked,
    sealed,
    sitemap,
    snapshots,
    withheld,
)
from generator.pages.archive import KINDS, Archive, Shelf, site_values

__all__ = ["UNITS", "Archive", "Shelf", "Unit", "assumptions", "at", "plan", "sealed", "site_values", "snapshots"]

# Each kind of unit with what plans it, in the order in which they claim their addresses.
UNITS: MappingProxyType[str, Callable[[Archive, str], Iterator[Page]]] = MappingProxyType(
    {
        "article": articles.plan,
        "year": dates.year,
        "month": dates.month,
        "day": dates.day,
        **{kind: facets.plan(kind) for kind in KINDS},
        "index": facets.index,
        "dates": dates.index,
        "hot": ranked.hot,
        "printed": ranked.printed,
        "feeds": feeds.plan,
        "fixed": fixed.plan,
        "media": pictures.plan,
        "front": front.plan,
        "known": known.plan,
        "offline": offline.plan,
        "sitemap": sitemap.plan,
        "sitemaps": sitemap.of_month,
    }  # and after all of them `snapshots`, which are read out of the originals, and `sealed`, which speaks of all bytes
)
# what shows something of the whole archive: looked at whenever anything is touched
_WHOLE = (
    *(Unit("index", kind) for kind in KINDS),
    *(Unit(kind, "") for kind in ("dates", "feeds", "fixed", "front", "hot", "offline", "printed", "sitemap")),
)
# the units of no name, by the folder that their pages lie in, and by their pages at the top
_HEADS = {
    **{kind: (kind,) for kind in ("dates", "feeds", "hot", "known", "printed")},
    **dict.fromkeys(("pages", "static"), ("fixed",)),
    "sitemaps": ("sitemap",),
}
_TOP = {
    "404.html": ("fixed",),
    "index.html": ("front",),
    **dict.fromkeys(("feed.json", "feed.xml"), ("feeds",)),
    **dict.fromkeys((offline.MANIFEST, offline.WORKER, offline.PAGE), ("offline",)),
    **dict.fromkeys(("robots.txt", "sitemap.xml"), ("sitemap",)),
}
_DAY = re.compile(r"\d{4}(?:/\d\d){0,2}")
# what a person changes without touching an article: looked at by every build
_EVER = Unit("fixed", "")


def plan(archive: Archive, touched: Iterable[Unit] | None = None) -> Iterator[tuple[Unit, Iterator[Page]]]:
    """Every unit of the site with its pages, or those that what was touched can reach."""
    for unit in _every(archive) if touched is None else _reached(touched):
        yield unit, UNITS[unit.kind](archive, unit.name)


def at(archive: Archive, path: str) -> Page | None:
    """The page at one path of the site, found by planning what may lie there and nothing else."""
    units = _at(path)
    found = (page for unit in units for page in UNITS[unit.kind](archive, unit.name) if page.path == path)
    page = next(found, None)
    return page and page.fetched()


def assumptions(archive: Archive) -> str:
    """A digest of all that pages rest on besides what the catalogue notes as touched: where it differs, plan everything."""
    settings = archive.settings
    shown = (settings.page_size, settings.feed_size, settings.feeds, settings.url, settings.title)
    rest = (
        thumbnails.recipe(settings.thumbnails),
        archive.border.mark,
        settings.seal,
        settings.snapshots,
        settings.citations,
        settings.qr,
        sorted(pictures.in_standing(archive)),
    )
    return text.short(archive_module.code(), archive.theme.whole_digest, *map(str, (*shown, *rest)))


def _every(archive: Archive) -> Iterator[Unit]:
    lists = archive.lists
    yield from (Unit("article", permalink) for permalink in lists.permalinks())
    yield from (Unit("article", permalink) for permalink in withheld.permalinks(archive))
    yield from _of_days([*lists.days(), *lists.months()])
    for kind in KINDS:
        yield from lists.unit_names(kind)
    yield from (*_WHOLE, Unit("known", ""), *(Unit("known", host) for host in lists.ghost_hosts()))
    yield from (Unit("media", folder) for folder in content.media_folders(archive.settings.content))


def _at(path: str) -> Iterator[Unit]:
    """The units that a page at that path may be of, in the order in which they claim their addresses."""
    head, _, rest = path.partition("/")
    folder, _, name = path.rpartition("/")
    if path.endswith(".html"):
        yield Unit("article", path.removesuffix(".html"))
    if _DAY.fullmatch(folder):
        yield Unit(("year", "month", "day")[folder.count("/")], folder.replace("/", "-"))
    if head == UNDATED:
        yield Unit("day", UNDATED)
    if head in KINDS:
        yield Unit(head, rest.partition("/")[0]) if "/" in rest else Unit("index", head)
    if head == "media":
        yield Unit(head, rest.partition("/")[0])
    if head == "known" and "/" in rest:
        yield Unit(head, rest.partition("/")[0])
    if head in ("hot", "sitemaps"):
        yield Unit(head, name.removeprefix("page-").partition(".")[0])
    yield from (Unit(kind, "") for kind in (_HEADS.get(head, ()) if rest else _TOP.get(path, ())))


def _reached(touched: Iterable[Unit]) -> Iterator[Unit]:
    units = tuple(unit for unit in touched if unit.kind in UNITS)
    days = [unit.name for unit in units if unit.kind in ("day", "month", "year", "sitemaps")]
    found = {*(unit for unit in units if unit.kind not in ("day", "month", "year", "sitemaps")), *_of_days(days)}
    found |= {*_WHOLE} if units else {_EVER}
    found |= {Unit("known", "")} if any(unit.kind == "known" for unit in units) else set()
    order = {kind: place for place, kind in enumerate(UNITS)}
    yield from sorted(found, key=lambda unit: (order[unit.kind], unit.name))


def _of_days(days: Iterable[str]) -> Iterator[Unit]:
    """The units that show a day, or a month: its own, those above it."""
    seen: dict[Unit, None] = {}
    for day in days:
        if len(day) == 10:
            seen[Unit("day", day)] = None
        if day == UNDATED:
            seen |= {Unit("day", day): None, Unit("sitemaps", day): None}
            continue
        if len(day) >= 7:
            seen |= {Unit("month", day[:7]): None, Unit("sitemaps", day[:7]): None}
        seen |= {Unit("year", day[:4]): None, Unit("hot", day[:4]): None}
    yield from seen
