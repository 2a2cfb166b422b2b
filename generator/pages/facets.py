"""Lists by section, tag, region, source and person, and the index of each kind.

An index shows all names by letter while they are few. Of many it shows those that hold most, and each letter has a page: one that states
no counts, so that it changes only when a name comes, goes, or grows into another weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from generator.catalogue import Facet
from generator.model import Page
from generator.pages import feeds, listing
from generator.pages.archive import Archive, Name, Shelf, Values, facet_path, facet_values, feeds_of, weight
from generator.pages.areas import by_area
from generator.pages.readings import OTHER, letter, reading

TEMPLATE = "facets.html"
MANY = 1_000  # names in an index without pages for letters
LARGEST = 200  # names that the index of many shows
TOGETHER, AMONG = 12, 300  # tags beside a list, reckoned from so many of its newest stories

Lettered = tuple[str, tuple[Facet, ...]]


def plan(kind: str) -> Callable[[Archive, str], Iterator[Page]]:
    """What plans the lists of one kind."""
    return partial(_list, kind)


def index(archive: Archive, kind: str) -> Iterator[Page]:
    """All names of a kind; nothing where there are none."""
    facets = archive.lists.facets(kind)
    if not facets:
        return
    many = len(facets) > MANY
    areas, others = by_area(facets) if kind == "regions" and not many else ([], facets)
    groups = [*areas, *_by_letter(kind, others)]
    letters = [(one, letter_path(kind, one)) for one, _ in groups] if many else []
    shown = _by_letter(kind, archive.lists.largest(kind, LARGEST)) if many else groups
    key = archive.key(
        TEMPLATE, kind, str(letters), *(str(facet_values(facet)) for _, group in shown for facet in group)
    )
    yield Page(f"{kind}/index.html", TEMPLATE, key, partial(_index, kind, shown, letters, None))
    for (name, path), group in zip(letters, groups, strict=bool(letters)) if letters else ():
        marks = (f"{facet.slug}:{facet.name}:{weight(facet.count)}" for facet in group[1])
        key = archive.key(TEMPLATE, kind, str(letters), *marks)
        yield Page(path, TEMPLATE, key, partial(_index, kind, [group], letters, name))


def letter_path(kind: str, name: str) -> str:
    return f"{kind}/letter-{'other' if name == OTHER else name.lower()}.html"


def _list(kind: str, archive: Archive, slug: str) -> Iterator[Page]:
    facet = archive.lists.facet(kind, slug)
    if facet is None:
        return
    folder = facet_path(kind, slug).removesuffix("index.html")
    fed = kind in archive.settings.feeds
    head: Values = {
        "title": facet.name,
        "kind": kind,
        "name": facet.name,
        "moment": None,
        "feeds": feeds_of(folder) if fed else None,
        "up": {"name": None, "path": f"{kind}/index.html"},
        "previous": None,
        "next": None,
    }
    found = archive.lists.together(facet, "tags", AMONG, TOGETHER)
    together = [Name(name, facet_path("tags", other)) for other, name in sorted(found)]
    rows = archive.lists.members(facet)
    yield from listing.pages(archive, listing.Listing(folder, rows, head, together))
    if fed:
        newest = archive.lists.newest_members(facet, archive.settings.feed_size)
        yield from feeds.feed(archive, folder, f"{facet.name} – {archive.settings.title}", newest)


def _by_letter(kind: str, facets: Sequence[Facet]) -> list[Lettered]:
    spelt = sorted(
        ((reading(kind, facet.name), facet) for facet in facets), key=lambda one: (letter(one[0]), one[0], one[1].slug)
    )
    return [
        (name, tuple(facet for _, facet in group)) for name, group in groupby(spelt, key=lambda one: letter(one[0]))
    ]


def _index(
    kind: str,
    groups: list[Lettered],
    letters: list[tuple[str, str]],
    only: str | None,
    shelf: Shelf,  # noqa: ARG001 - the form of every `make`
) -> Values:
    return {
        "title": None,
        "kind": kind,
        "letter": only,
        "letters": [Name(name, path) for name, path in letters],
        "groups": [{"letter": name, "facets": [facet_values(facet) for facet in group]} for name, group in groups],
        "total": sum(len(group) for _, group in groups),
        "feeds": None,
    }
