"""Stories known but not held, by the host that they stood on: from exports that hold links without texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import plain, text
from generator.model import Page, Seen
from generator.pages.archive import KNOWN, Archive, Values, article_path, given

TEMPLATE = "known.html"
ON_PAGE = 500  # stories on one page


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """An index of hosts, and the pages of each; nothing where every story is held."""
    if not archive.known:
        return
    hosts = [{"name": host, "path": _path(host, 1), "count": len(stories)} for host, stories in archive.known.items()]
    key = archive.key(TEMPLATE, *(f"{host['name']}:{host['count']}" for host in hosts))
    yield Page(f"{KNOWN}/index.html", TEMPLATE, key, partial(given, {"title": None, "hosts": hosts, "stories": ()}))
    for host, stories in archive.known.items():
        last = -(-len(stories) // ON_PAGE)
        for number in range(1, last + 1):
            yield _page(archive, host, number, last, stories[(number - 1) * ON_PAGE : number * ON_PAGE])


def _page(archive: Archive, host: str, number: int, last: int, stories: tuple[Seen, ...]) -> Page:
    held = [archive.lists.permalink_of(story.url) if story.url else None for story in stories]

    values: Values = {
        "title": host,
        "hosts": (),
        "stories": [
            {"story": story, "path": article_path(permalink) if permalink else None}
            for story, permalink in zip(stories, held, strict=True)
        ],
        "previous": _turn(host, number - 1, last),
        "next": _turn(host, number + 1, last),
    }
    raw = (text.compact(plain.plain(story)) for story in stories)
    key = archive.key(TEMPLATE, host, str(last), *raw, *map(str, held))
    return Page(_path(host, number), TEMPLATE, key, partial(given, values))


def _turn(host: str, number: int, last: int) -> Values | None:
    return {"name": str(number), "path": _path(host, number)} if 1 <= number <= last else None


def _path(host: str, number: int) -> str:
    return f"{KNOWN}/{text.name_slug(host)}/{'index' if number == 1 else f'page-{number}'}.html"
