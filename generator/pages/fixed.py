"""What does not depend on the articles: standing pages, 404, pictures held, the theme's static files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from generator import text
from generator.content import StandingPage, media_files
from generator.model import Page
from generator.pages.archive import Archive, Shelf, Values

_MEDIUM = re.compile(r"media/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]{2,5}")
RAW = ""  # the template of a page whose bytes are what they are


def plan(archive: Archive, _: str) -> Iterator[Page]:
    """Pages and files; a file's `make` gives `{"bytes": ...}`."""
    for page in archive.standing:
        key = archive.key("standing.html", page.title, page.body, page.language or "")
        yield Page(f"pages/{page.slug}.html", "standing.html", key, partial(_standing, page))
    yield Page("404.html", "404.html", archive.key("404.html"), _lost)
    for path, data in archive.theme.files():
        yield Page(path, RAW, text.short(data), partial(_raw, data))


def media(archive: Archive, folder: str) -> Iterator[Page]:
    """The pictures in one folder of `content/media/`."""
    for file, stamp in media_files(archive.settings.content, folder):
        if archive.lists.shows_medium(file) or file in in_standing(archive):  # what nobody shows may be withheld
            yield Page(file, RAW, stamp, partial(_picture, file))


def in_standing(archive: Archive) -> frozenset[str]:
    """The pictures that standing pages show."""
    return frozenset(found[0] for page in archive.standing for found in _MEDIUM.finditer(page.body))


def _standing(page: StandingPage, shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every `make`
    return {"title": page.title, "body": page.body, "language": page.language}


def _lost(shelf: Shelf) -> Values:  # noqa: ARG001
    return {"title": None}


def _raw(data: bytes, shelf: Shelf) -> Values:  # noqa: ARG001
    return {"bytes": data}


def _picture(file: str, shelf: Shelf) -> Values:
    return {"bytes": (shelf.settings.content / file).read_bytes()}
