"""What does not depend on the articles: standing pages, 404, pictures held, the theme's static files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator import text
from generator.content import StandingPage, media_files
from generator.model import Page
from generator.pages.archive import Archive, Values

RAW = ""  # the template of a page whose bytes are what they are


def plan(archive: Archive) -> Iterator[Page]:
    """Pages and files; a file's `make` gives `{"bytes": ...}`."""
    for page in archive.standing:
        yield _standing(archive, page)
    yield Page("404.html", "404.html", archive.key("404.html"), lambda: {"title": None})
    for path, data in archive.theme.files():
        yield _raw(path, data)
    content = archive.settings.content
    shown = archive.catalogue.media()
    for file, stamp in media_files(content):
        if file in shown or any(file in page.body for page in archive.standing):  # what nobody shows may be withheld
            yield Page(file, RAW, stamp, partial(_bytes, content / file))


def _bytes(file: Path) -> Values:
    return {"bytes": file.read_bytes()}


def _standing(archive: Archive, page: StandingPage) -> Page:
    def make() -> Values:
        return {"title": page.title, "body": page.body, "language": page.language}

    key = archive.key("standing.html", page.title, page.body, page.language or "")
    return Page(f"pages/{page.slug}.html", "standing.html", key, make)


def _raw(path: str, data: bytes) -> Page:
    return Page(path, RAW, text.short(data), lambda: {"bytes": data})
