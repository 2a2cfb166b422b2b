"""Stories known but not held, by the outlet that they stood on: what its articles list, and exports that hold links without texts.

An outlet's stories are cut by time as every list is: by the day on which they were published or, if that is unknown, on which
the page that lists them, or the link, was saved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from generator import text
from generator.catalogue import UNDATED, Ghost
from generator.model import Page
from generator.pages import listing
from generator.pages.archive import KNOWN, Archive, Shelf, Values, article_path, given, rough

TEMPLATE = "known.html"
ON_PAGE = 500  # stories on one page
MOST_COUNTED = 1_001  # of one outlet's: to say "over 1,000"


def plan(archive: Archive, name: str) -> Iterator[Page]:
    """An index of outlets, or the pages of one by its host or slug; nothing where every story is held."""
    hosts = archive.once(_hosts)
    if not name:
        yield from _index(archive)
    elif name in hosts:
        ghosts = archive.lists.ghosts(hosts[name])
        yield from _of_host(archive, hosts[name], sorted(ghosts, key=lambda one: (one.day != UNDATED, one.day)))


def _hosts(archive: Archive) -> dict[str, str]:
    """The outlets by what names their units: their hosts, and the slugs that addresses have."""
    return {name: host for host in archive.lists.ghost_hosts() for name in (host, text.name_slug(host))}


def _index(archive: Archive) -> Iterator[Page]:
    counted = {host: archive.lists.ghost_count(host, MOST_COUNTED) for host in archive.lists.ghost_hosts()}
    shown = [{"name": host, "path": _path(host), **rough(count)} for host, count in counted.items() if count]
    values: Values = {
        "title": None,
        "hosts": shown,
        "stories": (),
        "older": None,
        "newest": None,
        "span": None,
        "contents": [],
    }
    if shown:
        yield Page(f"{KNOWN}/index.html", TEMPLATE, archive.key(TEMPLATE, str(shown)), partial(given, values))


def _of_host(archive: Archive, host: str, ghosts: Sequence[Ghost]) -> Iterator[Page]:
    """The host's index with what is newest, and a page for each time that is over."""
    if not ghosts:
        return
    periods, left = listing.cut(ghosts, ON_PAGE, ON_PAGE)
    finished = tuple(listing.finished(periods))
    index = {"older": _path(host, finished[-1]) if finished else None, "newest": None, "span": None}
    yield _page(archive, host, _path(host), left, index | {"contents": _contents(host, periods)})
    for before, period in pairwise([None, *finished]):
        if period:
            yield _page(
                archive, host, _path(host, period), period.rows, _turned(host, period, before) | {"contents": []}
            )
    for period in listing.split(periods):
        ways = _turned(host, period, None) | {"contents": _contents(host, period.within)}
        yield _page(archive, host, _path(host, period), (), ways)


def _page(archive: Archive, host: str, path: str, ghosts: Sequence[Ghost], ways: Values) -> Page:
    key = archive.key(TEMPLATE, host, str(ways), *map(str, ghosts))
    return Page(path, TEMPLATE, key, partial(_shown, {"title": host, "hosts": (), **ways}, tuple(reversed(ghosts))))


def _shown(values: Values, ghosts: tuple[Ghost, ...], shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every page's `make`
    stories = [
        {
            "story": one.story,
            "path": article_path(one.held) if one.held else None,
            "on": article_path(one.on) if one.on else None,
        }
        for one in ghosts
    ]
    return values | {"stories": stories}


def _turned(host: str, period: listing.Period[Ghost], before: listing.Period[Ghost] | None) -> Values:
    older = _path(host, before) if before else None
    return {"older": older, "newest": _path(host), "span": listing.named(period.name)}


def _contents(host: str, periods: Sequence[listing.Period[Ghost]]) -> list[Values]:
    return [{**listing.named(period.name), "path": _path(host, period)} for period in periods]


def _path(host: str, period: listing.Period[Ghost] | None = None) -> str:
    return f"{KNOWN}/{text.name_slug(host)}/{period.file if period else 'index.html'}"
