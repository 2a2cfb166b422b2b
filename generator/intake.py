"""Saved pages into articles: read, keep the original, land what was found. One writer, however many readers.

Decides for each capture whether it is new, another capture of a version held, another version, or known already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from generator import content, readers
from generator.catalogue import Catalogue
from generator.cataloguing import assumptions, entry
from generator.config import Settings
from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Extraction, Held, Moment
from generator.workers import Mapper

Verdict = Literal["added", "version", "joined", "known", "edited", "nothing"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person states that the files cannot."""

    url: str | None = None
    captured: Moment | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One file read: what each of its captures gave."""

    file: Path
    name: str
    extractions: tuple[Extraction, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Landing:
    """What became of one capture: `file` is the article's, relative to `content/`."""

    name: str
    verdict: Verdict
    file: str | None = None
    findings: tuple[Finding, ...] = ()


def read(stated: Stated, job: tuple[Path, str]) -> Reading:
    """Read one file and extract each capture in it; pure, and never raises for what is in the file."""
    file, name = job
    captures, findings = readers.captures(file, name)
    marked = (replace(one, url=stated.url or one.url, captured=stated.captured or one.captured) for one in captures)
    extractions = tuple(map(extract, marked))
    return Reading(file, name, extractions, (*findings, *(found for one in extractions for found in one.findings)))


def take_in(
    settings: Settings,
    catalogue: Catalogue,
    jobs: Iterable[tuple[Path, str]],
    mapper: Mapper,
    stated: Stated = Stated(),
    step: Callable[[], None] = lambda: None,
) -> Iterator[Landing]:
    """Read the files in parallel and land what they hold, in their order. A file that is known costs its digest only."""
    news: list[tuple[Path, str]] = []
    seen: set[str] = set()
    for file, name in jobs:
        digest = readers.digest(file)
        if digest and (digest in seen or catalogue.holds_capture(digest)):
            _remember(settings, catalogue, _inside(settings, file), digest)
            step()
            yield Landing(name, "known")
        else:
            seen.add(digest or "")
            news.append((file, name))
    for reading in mapper(partial(read, stated), news, lost=lost):
        yield from _landed(settings, catalogue, reading)
        step()


def lost(job: tuple[Path, str]) -> Reading:
    """What is left of a page whose reading killed its process."""
    file, name = job
    return Reading(file, name, (), (Finding("extract-failed", name, "reading it ended the process that read it"),))


def _landed(settings: Settings, catalogue: Catalogue, reading: Reading) -> Iterator[Landing]:
    """Land a file's captures. Its original is kept once the file has proved to be a saved page."""
    if not reading.extractions:
        _remember(settings, catalogue, _inside(settings, reading.file), "", reading.findings)
        yield Landing(reading.name, "nothing", findings=reading.findings)
        return
    digest = reading.extractions[0].origin.digest
    saved = content.keep_original(settings.content, reading.file, reading.name, digest)
    remarks = reading.findings
    for extraction in reading.extractions:
        landing = _land(settings, catalogue, extraction, saved)
        yield replace(landing, name=reading.name, findings=(*remarks, *landing.findings))
        remarks = ()  # once a file
    _remember(settings, catalogue, saved, digest if catalogue.holds_capture(digest) else "", reading.findings)


def _land(settings: Settings, catalogue: Catalogue, extraction: Extraction, saved: str) -> Landing:
    if extraction.outlet:
        content.merge_outlet(settings.content, extraction.outlet)
    article = extraction.article
    if article is None:
        return Landing("", "nothing")
    for part in extraction.media:
        content.keep_media(settings.content, part)
    held = Held(
        saved, extraction.origin.digest, extraction.origin.member, article.url, article.captured, extraction.media_type
    )
    known = catalogue.file_of(article.id)
    if known:
        return _join(settings, catalogue, known, held)
    verdict: Verdict = "version" if article.url and catalogue.holds_url(article.url) else "added"
    file = content.put(
        settings.content, _named(settings, replace(article, captures=(held,))), catalogue.holds_permalink
    )
    _shelve(settings, catalogue, file)
    return Landing("", verdict, file)


def _join(settings: Settings, catalogue: Catalogue, file: str, held: Held) -> Landing:
    article = content.read_article(settings.content, file)
    if article.article and held in article.article.captures:
        return Landing("", "known", file)
    if not content.write_joined(settings.content, article, held):
        return Landing("", "edited", file, (Finding("edited-kept", f"content/{file}"),))
    _shelve(settings, catalogue, file)
    return Landing("", "joined", file)


def _named(settings: Settings, article: Article) -> Article:
    """The publisher's name and rights as the settings give them for the outlet: a person's word wins."""
    known = settings.outlets.get(article.outlet or "")
    if known is None:
        return article
    return replace(article, publisher=known.name or article.publisher, rights=article.rights or known.rights or None)


def _shelve(settings: Settings, catalogue: Catalogue, file: str) -> None:
    held = content.read_article(settings.content, file)
    catalogue.put(entry(settings, held, f"{content.stamp(settings.content / file)}-{assumptions(settings)}"))


def _inside(settings: Settings, file: Path) -> str | None:
    """The file's place below `content/`, if it lies there."""
    root = settings.content.resolve()
    place = file.resolve()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else None


def _remember(
    settings: Settings, catalogue: Catalogue, saved: str | None, sha256: str, findings: Iterable[Finding] = ()
) -> None:
    """Remember an original that lies in `content/`; by its digest where an article was made of it."""
    if saved:
        wrong = [finding for finding in findings if finding.severity == "error"]
        catalogue.take_in(saved, content.stamp(settings.content / saved), sha256, wrong)
