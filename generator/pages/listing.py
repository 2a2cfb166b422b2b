"""Lists that grow at one end: how a list of articles is cut into pages.

The index shows the newest. A list longer than one page is cut by year, and within a year into pages numbered from the
oldest: `page-2024-1.html`, `page-2024-2.html`. A page exists once it is full, or once its year is over, and never changes after
that when newer articles come; an article dated long ago touches its own year only. So adding to an archive rewrites a
handful of files, and what a page shows can be cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.catalogue import UNDATED, Row
from generator.model import Page
from generator.pages.archive import Archive, Values, entries

TEMPLATE = "listing.html"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles: `folder` is its address with a closing slash, `head` what its pages show besides the list."""

    folder: str
    rows: Sequence[Row]
    head: Values
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One finished page of a list."""

    year: str
    number: int
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        return f"page-{self.year}-{self.number}.html"


def pages(archive: Archive, listing: Listing) -> Iterator[Page]:
    """The index of a list and its finished pages."""
    size = archive.settings.page_size
    finished = chunks(listing.rows, size)
    index = f"{listing.folder}index.html"
    shown = listing.rows[-size:]
    total = str(len(listing.rows))
    contents = [
        {
            "year": _year(year),
            "pages": [{"number": chunk.number, "path": listing.folder + chunk.name} for chunk in group],
        }
        for year, group in groupby(finished, key=lambda chunk: chunk.year)
    ]
    # the index goes on with the newest finished page that holds something it does not show itself
    older = next((chunk for chunk in reversed(finished) if chunk.rows[0].sort < shown[0].sort), None) if shown else None

    def make_index() -> Values:
        return listing.head | {
            "total": len(listing.rows),
            "entries": entries(reversed(shown)),
            "older": listing.folder + older.name if older else None,
            "newest": None,
            "page": None,
            "contents": contents,
        }

    names = [chunk.name for chunk in finished]
    yield Page(
        index,
        TEMPLATE,
        archive.key(TEMPLATE, listing.mark, total, *names, "|", *(row.mark for row in shown)),
        make_index,
    )
    for before, chunk in zip([None, *finished], finished, strict=False):
        yield _finished(archive, listing, chunk, before)


def _finished(archive: Archive, listing: Listing, chunk: Chunk, before: Chunk | None) -> Page:
    older = listing.folder + before.name if before else None

    def make() -> Values:
        return listing.head | {
            "total": None,
            "entries": entries(reversed(chunk.rows)),
            "older": older,
            "newest": f"{listing.folder}index.html",
            "page": {"year": _year(chunk.year), "number": chunk.number},
            "contents": [],
            "previous": None,
            "next": None,
        }

    key = archive.key(TEMPLATE, listing.mark, older or "", *(row.mark for row in chunk.rows))
    return Page(listing.folder + chunk.name, TEMPLATE, key, make)


def _year(name: str) -> int | None:
    return None if name == UNDATED else int(name)


def chunks(rows: Sequence[Row], size: int) -> list[Chunk]:
    """The finished pages of a list, from the oldest: none while the whole list fits the index."""
    if len(rows) <= size:
        return []
    # rows come by the instant, years are those that the pages state: around New Year the two differ by zone
    stated = sorted(rows, key=lambda row: "" if row.day == UNDATED else row.day[:4])
    years = [(year, tuple(group)) for year, group in groupby(stated, key=lambda row: row.day.partition("-")[0])]
    finished: list[Chunk] = []
    for place, (year, group) in enumerate(years):
        over = place < len(years) - 1
        cuts = [group[at : at + size] for at in range(0, len(group), size)]
        finished += [Chunk(year, number, cut) for number, cut in enumerate(cuts, 1) if over or len(cut) == size]
    return finished
