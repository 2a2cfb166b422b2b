"""What does not depend on the articles: standing pages, 404, the theme's static files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import text
from generator.content import StandingPage
from generator.model import Page
from generator.pages import pictures
from generator.pages.archive import Archive, Shelf, Values, given


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """Pages and files; a file's `make` gives `{"bytes": ...}`."""
    for page in archive.standing:
        key = archive.key("standing.html", page.title, page.body, page.language or "", *archive.settings.thumbnails)
        yield Page(f"pages/{page.slug}.html", "standing.html", key, partial(_standing, page))
    yield Page("404.html", "404.html", archive.key("404.html"), partial(given, {"title": None}))
    for path, data in archive.theme.files():
        yield Page(path, pictures.RAW, text.short(data), partial(given, {"bytes": data}))


def _standing(page: StandingPage, shelf: Shelf) -> Values:
    return {
        "title": page.title,
        "body": page.body,
        "pictures": pictures.shown(shelf, page.body),
        "language": page.language,
    }
