"""Stories known but not held, by the host that they stood on: from exports that hold links without texts.

A host's stories are cut by time as every list is: by the day on which they were published or, if that is unknown, saved as a link.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from generator import content, plain, text
from generator.catalogue import UNDATED
from generator.model import Page, Seen
from generator.pages import listing
from generator.pages.archive import KNOWN, Archive, Values, article_path, given, rough

TEMPLATE = "known.html"
ON_PAGE = 500  # stories on one page


class Ghost(NamedTuple):
    """A story with the day under which it is listed."""

    day: str
    story: Seen


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """An index of hosts, and the pages of each; nothing where every story is held."""
    listed = archive.once(_listed)
    if not listed:
        return
    hosts = [{"name": host, "path": _path(host), **rough(len(found))} for host, found in listed.items()]
    key = archive.key(TEMPLATE, str(hosts))
    values: Values = {
        "title": None,
        "hosts": hosts,
        "stories": (),
        "older": None,
        "newest": None,
        "span": None,
        "contents": [],
    }
    yield Page(f"{KNOWN}/index.html", TEMPLATE, key, partial(given, values))
    for host, stories in listed.items():
        yield from _of_host(archive, host, sorted(map(_dated, stories), key=lambda one: (one.day != UNDATED, one.day)))


def _listed(archive: Archive) -> dict[str, tuple[Seen, ...]]:
    """The stories by host, as far as the border lets them pass; what cannot be read of them was told when it was looked at."""
    known, _ = content.read_known(archive.settings.content)
    return {host: archive.border.listed(stories) for host, stories in known.items()}


def _dated(story: Seen) -> Ghost:
    moment = story.published or story.saved
    return Ghost(moment.day if moment else UNDATED, story)


def _of_host(archive: Archive, host: str, ghosts: Sequence[Ghost]) -> Iterator[Page]:
    """The host's index with what is newest, and a page for each time that is over."""
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
    stories = [one.story for one in reversed(ghosts)]
    held = [archive.lists.permalink_of(story.url) if story.url else None for story in stories]
    values: Values = {
        "title": host,
        "hosts": (),
        "stories": [
            {"story": story, "path": article_path(permalink) if permalink else None}
            for story, permalink in zip(stories, held, strict=True)
        ],
        **ways,
    }
    raw = (text.compact(plain.plain(story)) for story in stories)
    return Page(path, TEMPLATE, archive.key(TEMPLATE, host, str(ways), *raw, *map(str, held)), partial(given, values))


def _turned(host: str, period: listing.Period[Ghost], before: listing.Period[Ghost] | None) -> Values:
    older = _path(host, before) if before else None
    return {"older": older, "newest": _path(host), "span": listing.named(period.name)}


def _contents(host: str, periods: Sequence[listing.Period[Ghost]]) -> list[Values]:
    return [{**listing.named(period.name), "path": _path(host, period)} for period in periods]


def _path(host: str, period: listing.Period[Ghost] | None = None) -> str:
    return f"{KNOWN}/{text.name_slug(host)}/{period.file if period else 'index.html'}"
