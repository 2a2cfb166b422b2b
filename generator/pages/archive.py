"""What every page's plan draws on: settings, catalogue, theme; the addresses of pages; the site's own values."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator import __version__, phrases, text
from generator.catalogue import UNDATED, Catalogue, Facet, Lists, Row
from generator.config import Settings
from generator.content import StandingPage
from generator.model import Link, Moment, Outlet, Summary
from generator.theme import Theme
from generator.withholding import Border

# The kinds of lists with an index of their own: the folder in the site, in the order of the navigation.
KINDS = ("sections", "tags", "regions", "sources", "people")
HOT = "hot"  # the folder of the most read
SUBSCRIBE = "feeds/index.html"
KNOWN = "known"  # the folder of stories that are known but not held

WEIGHTS = (1, 3, 10, 40, 150)  # from how many articles on a name weighs more

Values = dict[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a page's `make` may draw on, in whatever process it is called: no catalogue, and nothing that changes."""

    settings: Settings
    border: Border
    theme: Theme


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive, open: what there is to show, and how it will look."""

    settings: Settings
    border: Border
    catalogue: Catalogue
    theme: Theme
    standing: tuple[StandingPage, ...]
    _found: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, find: Callable[[Archive], Found]) -> Found:
        """What `find` gives for this archive, looked for once: several pages show it."""
        if find not in self._found:
            self._found[find] = find(self)
        found: Found = self._found[find]
        return found

    @property
    def lists(self) -> Lists:
        """The articles as pages show them."""
        return self.catalogue.lists

    @property
    def shelf(self) -> Shelf:
        """What a page needs to be made."""
        return Shelf(self.settings, self.border, self.theme)

    def key(self, template: str, *parts: str) -> str:
        """A page's key: what its template can reach, the code that fills it, and the digests of what it shows."""
        return text.digest(self.theme.digest(template), code(), *parts)[:32]


@cache
def code() -> str:
    """A digest of the generator itself: whoever runs a clone changes it without changing its version."""
    modules = sorted(Path(__file__).parents[1].rglob("*.py"))
    return text.digest(*(module.read_bytes() for module in modules))


def given(values: Values, shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every page's `make`
    """A page's `make` where all that it shows is known when it is planned."""
    return values


def article_path(permalink: str) -> str:
    return f"{permalink}.html"


def day_path(day: str) -> str:
    """`2025-03-18`, `2025-03`, `2025` or `undated` to the page that lists it."""
    return f"{day.replace('-', '/')}/index.html"


def facet_path(kind: str, slug: str) -> str:
    return f"{kind}/{slug}/index.html"


def facet_values(facet: Facet) -> Values:
    """A facet as templates see it; its count is a rough one, so that what shows it does not change with every article."""
    path = facet_path(facet.kind, facet.slug)
    return {"kind": facet.kind, "name": facet.name, "path": path, "weight": weight(facet.count), **rough(facet.count)}


def weight(count: int) -> int:
    """How much a name holds, in steps from 1 to 5, for lists that set what holds more in larger letters."""
    return bisect_right(WEIGHTS, count)


def rough(count: int) -> Values:
    """A count of articles as templates see it, and whether there are more than that."""
    floor = text.rough(count)
    return {"count": floor, "over": count > floor}


def named(kind: str, name: str | None) -> Values | None:
    """The facet that a name leads to, as templates see it."""
    if not name:
        return None
    return {"kind": kind, "name": name, "path": facet_path(kind, text.name_slug(name))}


class Name(NamedTuple):
    """A name with the page that it leads to."""

    name: str
    path: str


class Entry(NamedTuple):
    """An article in a list, as templates see it; a tuple, because lists are the larger part of every archive.

    `source` is whom it credits, or where it stood; `publisher` where it stood, if that is somebody else.
    """

    summary: Summary
    path: str
    source: Name | None
    publisher: str | None


def entry(row: Row) -> Entry:
    summary = row.summary
    source, publisher = summary.source or summary.publisher, summary.publisher
    return Entry(
        summary,
        article_path(summary.permalink),
        Name(source, facet_path("sources", text.name_slug(source))) if source else None,
        publisher if publisher != source else None,
    )


def entries(rows: Iterable[Row]) -> list[Entry]:
    return [entry(row) for row in rows]


def feeds_of(folder: str) -> Values:
    """The two feeds of a list, by the folder that it lies in (`""` or `tags/harbour/`)."""
    return {"atom": f"{folder}feed.xml", "json": f"{folder}feed.json"}


def moment_of(day: str) -> Moment | None:
    return None if day == UNDATED else Moment.parse(day)


def site_values(
    settings: Settings,
    catalogue: Catalogue,
    standing: tuple[StandingPage, ...],
    outlet: Outlet | None,
) -> Values:
    """What every template sees as `site`. Nothing in it changes when an article is added to lists that exist."""
    kinds = [{"kind": kind, "path": f"{kind}/index.html"} for kind in KINDS if catalogue.lists.has(kind)]
    hot = [{"kind": HOT, "path": f"{HOT}/index.html"}] if catalogue.lists.has_views() else []
    known = any(catalogue.lists.ghost_count(host, 1) for host in catalogue.lists.ghost_hosts())
    ghosts = [{"kind": KNOWN, "path": f"{KNOWN}/index.html"}] if known else []
    return {
        "title": settings.title,
        "description": settings.description,
        "url": settings.url,
        "language": settings.language,
        "rights": settings.rights,
        "robots": settings.robots,
        "offline": settings.offline,
        "generator": f"Backfile {__version__}",
        "standing": [{"title": page.title, "path": f"pages/{page.slug}.html"} for page in standing],
        "kinds": [*kinds, {"kind": "dates", "path": "dates/index.html"}, *hot, *ghosts],
        "blocks": list(settings.blocks),
        "subscribe": SUBSCRIBE if "subscribe" in settings.blocks else None,
        "furniture": _furniture(outlet, catalogue, settings.blocks),
    }


def _furniture(outlet: Outlet | None, catalogue: Catalogue, blocks: Container[str]) -> Values | None:
    """An outlet's channels, regions and the rest, as far as they are wanted, leading to our own pages where we have some."""
    if outlet is None:
        return None
    lists = catalogue.lists

    def links(block: str, found: tuple[Link, ...], ours: Callable[[str], str | None]) -> list[Values]:
        return [{"name": one.name, "url": one.url, "path": ours(one.name)} for one in found if block in blocks]

    def held(kind: str) -> Callable[[str], str | None]:
        return lambda name: facet_path(kind, text.name_slug(name)) if lists.facet(kind, text.name_slug(name)) else None

    def standing(name: str) -> str | None:
        """Who wanted members gets readers of feeds, who showed its staff the people of its articles."""
        if "subscribe" in blocks and text.fold(name) in phrases.folded("membership"):
            return SUBSCRIBE
        wanted = "people" in blocks and text.fold(name) in phrases.folded("lookup")
        return "people/index.html" if wanted and lists.has("people") else None

    kept = "licences" in blocks
    return {
        "name": outlet.name,
        "url": outlet.url,
        "channels": links("channels", outlet.channels, held("sections")),
        "regions": links("regions", outlet.regions, held("regions")),
        "friends": links("friends", outlet.friends, lambda _: None),
        "standing": links("standing", outlet.standing, standing),
        "licences": list(outlet.licences) if kept else [],
        "address": list(outlet.address) if kept else [],
        "about": list(outlet.about) if kept else [],
    }
