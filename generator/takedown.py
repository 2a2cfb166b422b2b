"""Taking an article down, and putting it back: which one is meant, its entry in the ledger, what is removed for good.

Nothing is removed from `content/` unless that is asked for, and never an original that other articles were read from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec

from generator import content, readers
from generator.catalogue import Catalogue
from generator.cataloguing import catch_up, media_of
from generator.config import Settings
from generator.content import Withheld
from generator.errors import UsageError
from generator.model import Article, Capture
from generator.verify import update


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was found: its file, what it is, and whether the ledger has an entry for it."""

    file: str
    article: Article
    entry: Withheld | None = None


@dataclass(frozen=True, slots=True)
class Purge:
    """What is removed for good with an article, and what stays because others need it; relative to `content/`."""

    gone: tuple[str, ...]
    shared: tuple[str, ...]


def find(settings: Settings, catalogue: Catalogue, words: str) -> tuple[Taken, ...]:
    """The articles that a person means by an id, an address (of the page or in the site) or a file.

    Raises UsageError where there is none.
    """
    ledger = content.read_withheld(settings.content)
    found = [
        Taken(file, article, ledger.get(article.id))
        for file in catalogue.found(_named(settings, words))
        if (article := content.read_article(settings.content, file).article)
    ]
    if not found:
        raise UsageError(
            f"{words}: no article has this id, address or file",
            "an article's file states its id; 'backfile withhold list' shows what is withheld",
        )
    return tuple(found)


def refreshed(settings: Settings, today: date | None) -> Catalogue:
    """The open catalogue, as `content/` is now. Raises BackfileError."""
    catalogue = Catalogue(settings.cache)
    catch_up(settings, catalogue, today)
    catalogue.settle()
    return catalogue


def withhold(settings: Settings, taken: Iterable[Taken], order: Withheld, *, version: bool) -> dict[str, Withheld]:
    """Enter the articles in the ledger; with `version` this text of the address alone. Returns the entries, by id."""
    entries: dict[str, Withheld] = {}
    for one in taken:
        before = one.entry or Withheld()
        words = tuple(dict.fromkeys((*before.redact, *order.redact))) if order.redact else ()
        entries[one.article.id] = msgspec.structs.replace(
            order,
            permalink=one.article.permalink,
            url="" if version else one.article.url or "",
            redact=words,
            reason=order.reason or before.reason,
            since=before.since or order.since,
            purged=before.purged,
        )
    _write(settings, entries)
    return entries


def lift(settings: Settings, words: str) -> dict[str, Withheld]:
    """Take entries out of the ledger by id, permalink or address. Returns them. Raises UsageError where there is none."""
    with Catalogue(settings.cache):  # one writer at a time
        return _lifted(settings, words)


def _lifted(settings: Settings, words: str) -> dict[str, Withheld]:
    ledger = content.read_withheld(settings.content)
    named = {name: entry for name, entry in ledger.items() if words in (name, entry.permalink, entry.url)}
    if not named:
        raise UsageError(f"{words}: nothing of that name is withheld", "'backfile withhold list' shows what is")
    _write(settings, dict.fromkeys(named))
    return named


def purge_of(settings: Settings, catalogue: Catalogue, one: Taken) -> Purge:
    """What a purge of the article would remove: itself, its originals and pictures, where no other article needs them."""
    root = settings.content
    gone = [one.file]
    shared: list[str] = []
    for capture in one.article.captures:
        needed = catalogue.sharing(capture.sha256, one.file) or readers.is_bulk(root / capture.file)
        (shared if needed else gone).append(capture.file)
        for place in () if needed else _beside(root, capture.file):
            own = Path(place).parent.name.startswith(Path(capture.file).stem)
            (gone if own else shared).append(place)
    pictures = sorted(media_of(one.article))
    gone += [name for name in pictures if not catalogue.holds_medium(name, one.file)]
    shared += [name for name in pictures if catalogue.holds_medium(name, one.file)]
    return Purge(_present(root, gone), _present(root, shared))


def _beside(root: Path, file: str) -> Iterator[str]:
    """The files that lie beside an original and were read with it."""
    for found in readers.read(root / file, file, ""):
        places = found.beside if isinstance(found, Capture) else ()
        yield from ((PurePosixPath(file).parent / place).as_posix() for place in places)


def _present(root: Path, files: Iterable[str]) -> tuple[str, ...]:
    return tuple(file for file in dict.fromkeys(files) if file and (root / file).is_file())


def purge(settings: Settings, one: Taken, entry: Withheld, what: Purge) -> None:
    """Remove them, and keep their digests in the ledger. Raises ContentError."""
    lines = [f"{readers.digest(settings.content / file)}  content/{file}" for file in what.gone]
    kept = msgspec.structs.replace(entry, purged=tuple(dict.fromkeys((*entry.purged, *lines))))
    _write(settings, {one.article.id: kept})
    content.remove(settings.content, what.gone)
    _record(settings, what.gone)


def _write(settings: Settings, changed: Mapping[str, Withheld | None]) -> None:
    content.write_withheld(settings.content, changed)
    _record(settings, (content.WITHHELD,))


def _record(settings: Settings, places: Iterable[str]) -> None:
    """What was done here on purpose is no damage: it goes into the record of `content/`, where there is one."""
    if content.is_recorded(settings.content):
        update(settings.content, frozenset(places), lambda: None, every=False)


def _named(settings: Settings, words: str) -> str:
    """A file as the catalogue knows it; anything else as it is."""
    root = settings.content.resolve()
    for place in (Path(words), settings.root / words, settings.content / words):
        if place.suffix == ".md" and place.is_file() and place.resolve().is_relative_to(root):
            return place.resolve().relative_to(root).as_posix()
    return words.removesuffix(".html")
