"""Saved pages into articles: read, keep the original, land what was found. One writer, however many readers.

Decides for each capture whether it is new, another capture of a story held, another version, or known already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Literal

from generator import content, joining, readers
from generator.catalogue import Catalogue
from generator.cataloguing import assumptions, entry
from generator.config import Settings
from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Capture, Extraction, Moment, Outlet, Seen
from generator.withholding import Border
from generator.workers import Mapper, near

Verdict = Literal["added", "version", "joined", "known", "edited", "seen", "nothing"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a person states that the files cannot."""

    url: str | None = None
    captured: Moment | None = None
    anyway: bool = False  # pages that are recognised as no article are taken in as well


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: where it lies, what it is called, its digest, and whether it holds any number of pages."""

    file: Path
    name: str
    digest: str = ""
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file, or in one piece of a file that holds many; `beside` are other files that it was read from."""

    source: Source
    extractions: tuple[Extraction, ...] = ()
    seen: tuple[Seen, ...] = ()
    findings: tuple[Finding, ...] = ()
    beside: tuple[str, ...] = ()
    last: bool = True


@dataclass(frozen=True, slots=True)
class Landing:
    """What became of one capture, or of so many stories that are only known: `file` is the article's, relative to `content/`."""

    name: str
    verdict: Verdict
    file: str | None = None
    findings: tuple[Finding, ...] = ()
    why: str = ""
    count: int = 1


# A file that a worker opens itself; or all that was found in one, for a worker that does not see it; or something
# found in one that is read as a stream.
_Job = tuple[Source, tuple[readers.Read, ...] | readers.Read | None]


def readings(sources: Iterable[Source], mapper: Mapper, stated: Stated = Stated()) -> Iterator[Reading]:
    """Read the files and extract what is in them, in parallel, in their order: file by file, or piece by piece."""
    yield from mapper(partial(_read, stated), _jobs(sources, mapper), lost=_lost)


def source(file: Path, name: str, digest: str | None = None) -> Source:
    """A file as it is at a first look."""
    return Source(file, name, digest or readers.digest(file) or "", readers.is_bulk(file))


def marked(capture: Capture, stated: Stated) -> Capture:
    """The capture with what is stated of it."""
    return replace(capture, url=stated.url or capture.url, captured=stated.captured or capture.captured)


def sort_out(
    settings: Settings, catalogue: Catalogue, files: Iterable[tuple[Path, str]]
) -> tuple[tuple[Source, ...], tuple[Landing, ...]]:
    """The files that have to be read, each content once, and what became of the others: a known one costs its digest only."""
    news: dict[str, Source] = {}
    known: list[Landing] = []
    for file, name in files:
        digest = readers.digest(file) or ""
        if digest and (digest in news or _is_known(catalogue, file, digest)):
            _remember(settings, catalogue, _inside(settings, file), digest)
            known.append(Landing(name, "known"))
        else:
            news[digest or f"unreadable: {len(news)}"] = source(file, name, digest)
    return tuple(news.values()), tuple(known)


def take_in(
    border: Border,
    catalogue: Catalogue,
    sources: Iterable[Source],
    mapper: Mapper,
    stated: Stated = Stated(),
    step: Callable[[], None] = lambda: None,
) -> Iterator[Landing]:
    """Read the files and land what they hold, in their order; a step for each piece of a file that holds many."""
    for whole, found in groupby(readings(sources, mapper, stated), key=lambda one: one.source):
        yield from _landed(border, catalogue, whole, _stepping(found, step))


def _stepping(found: Iterable[Reading], step: Callable[[], None]) -> Iterator[Reading]:
    for one in found:
        yield one
        step()


# ---- reading, wherever a worker runs -----------------------------------------------------------------------------------


def _jobs(sources: Iterable[Source], mapper: Mapper) -> Iterator[_Job]:
    for bulk, alike in groupby(sources, key=lambda one: one.bulk):
        if not bulk and near(mapper) is not mapper:
            yield from near(mapper)(_opened, alike, lost=_unopened)
            continue
        for source in alike:
            if bulk:
                yield from ((source, found) for found in readers.read(source.file, source.name, source.digest))
            yield source, None


def _opened(source: Source) -> _Job:
    return source, tuple(readers.read(source.file, source.name, source.digest))


def _unopened(source: Source, why: str) -> _Job:
    return source, _lost((source, None), why).findings


def _read(stated: Stated, job: _Job) -> Reading:
    """Read one file, or go on with what was found in it; pure, and never raises for what is in the file."""
    source, piece = job
    if isinstance(piece, tuple):
        return _gathered(stated, source, piece)
    if piece is not None:
        found = _gathered(stated, source, (piece,))
        return replace(found, findings=tuple(map(_among_others, found.findings)), last=False)
    if source.bulk:
        return Reading(source)  # its end
    return _gathered(stated, source, readers.read(source.file, source.name, source.digest))


def _gathered(stated: Stated, source: Source, found: Iterable[readers.Read]) -> Reading:
    extractions: list[Extraction] = []
    seen: list[Seen] = []
    findings: list[Finding] = []
    beside: dict[str, None] = {}
    for one in found:
        if isinstance(one, Finding):
            findings.append(one)
        elif isinstance(one, Seen):
            seen.append(one)
        else:
            extraction = extract(marked(one, stated), anyway=stated.anyway)
            extractions.append(extraction)
            findings += extraction.findings
            beside |= dict.fromkeys(one.beside)
    return Reading(source, tuple(extractions), tuple(seen), tuple(findings), tuple(beside))


def _among_others(finding: Finding) -> Finding:
    """A page without a story is a fault where somebody saved it by itself, and none where it came along with others."""
    none = finding.code == "no-body" or finding.code.startswith("only-")
    return Finding("no-story", finding.where) if none else finding


def _lost(job: _Job, why: str) -> Reading:
    """What is left of a page whose reading had to be stopped."""
    source, piece = job
    where = str(piece.origin) if isinstance(piece, Capture) else source.name
    finding = Finding("reading-stopped", where, f"{why}; it was left")
    return Reading(source, findings=(finding,), last=piece is None or isinstance(piece, tuple))


# ---- landing, in the one process that writes ---------------------------------------------------------------------------


def _landed(border: Border, catalogue: Catalogue, source: Source, found: Iterable[Reading]) -> Iterator[Landing]:
    """Land a file's captures. Its original is kept once the file has proved to hold something."""
    settings = border.settings
    saved = _inside(settings, source.file)
    findings: list[Finding] = []
    seen: list[Seen] = []
    pending: list[Finding] = []
    kept = landed = articles = False
    for reading in found:
        findings += reading.findings
        pending += reading.findings
        seen += reading.seen
        if not kept and _is_wanted(border, reading):
            saved, kept = content.keep_original(settings.content, source.file, source.name, source.digest), True
        if saved and reading.beside:
            content.keep_beside(settings.content, source.file, saved, reading.beside)
        for extraction in reading.extractions:
            landing = _land(border, catalogue, extraction, saved or "")
            yield replace(landing, name=_called(extraction), findings=(*pending, *landing.findings))
            landed, pending = True, []
            articles = articles or landing.verdict != "nothing"
    if source.bulk and landed and not (articles or seen):
        pending.append(Finding("no-body", source.name, "none of the pages in it holds an article"))
        findings += pending
    if seen:
        new = content.keep_known(settings.content, seen)
        yield Landing(source.name, "seen", findings=tuple(pending), count=new, why=f"{len(seen)} links without a text")
    elif pending or not landed:
        yield Landing(source.name, "nothing", findings=tuple(pending), count=0 if landed else 1)
    _remember(settings, catalogue, saved, source.digest, findings)


def _is_wanted(border: Border, reading: Reading) -> bool:
    """Whether an original holds anything but what was removed for good."""
    return bool(reading.seen) or any(not (one.article and border.purges(one.article)) for one in reading.extractions)


def _called(extraction: Extraction) -> str:
    return str(extraction.origin)


def _land(border: Border, catalogue: Catalogue, extraction: Extraction, saved: str) -> Landing:
    settings = border.settings
    outlet, article = extraction.outlet, extraction.article
    corrected = content.merge_outlet(settings.content, outlet) if outlet else None
    if article is None:
        return Landing("", "nothing")
    if border.purges(article):
        return Landing("", "nothing", why="it was withheld and purged")
    for part in extraction.media:
        content.keep_media(settings.content, part)
    article = replace(article, captures=tuple(replace(one, file=saved) for one in article.captures))
    for file in catalogue.kin(article.id, article.url, article.headline):
        landing = _joined(border, catalogue, file, article)
        if landing:
            return landing
    verdict: Verdict = "version" if article.url and catalogue.holds_url(article.url) else "added"
    kept = {notice.permalink for notice in border.removed()}
    if not outlet:
        corrected = content.corrected_outlet(settings.content, article.outlet)
    article = named(settings, article, corrected)
    file = content.put(settings.content, article, lambda at: at in kept or catalogue.holds_permalink(at))
    _shelve(border, catalogue, file)
    return Landing("", verdict, file)


def _joined(border: Border, catalogue: Catalogue, file: str, article: Article) -> Landing | None:
    """Join a capture to the article in that file, if they are one story; None if they are not."""
    held = content.read_article(border.settings.content, file)
    joined = joining.join(held.article, article) if held.article else None
    if joined is None:
        return None
    if joined.article == held.article:
        return Landing("", "known", file)
    if not content.rewrite(border.settings.content, held, joined.article):
        return Landing("", "edited", file, (Finding("edited-kept", f"content/{file}"),))
    _shelve(border, catalogue, file)
    return Landing("", "joined", file, why=joined.why)


def _is_known(catalogue: Catalogue, file: Path, digest: str) -> bool:
    """Whether a file was taken in before, to its end: one that holds many pages may have been cut short by a kill."""
    held, read = catalogue.holds_capture(digest), catalogue.took_in(digest)
    if held == read:  # asking what the file is takes longer than to hash it
        return held
    return read if readers.is_bulk(file) else held


def named(settings: Settings, article: Article, corrected: Outlet | None) -> Article:
    """The publisher's name and rights as the settings or a corrected profile give them for the outlet: a person's word wins."""
    known = settings.outlets.get(article.outlet or "")
    name = (known.name if known else None) or (corrected.name if corrected else None)
    rights = article.rights or (known.rights if known else None) or None
    return replace(article, publisher=name or article.publisher, rights=rights)


def _shelve(border: Border, catalogue: Catalogue, file: str) -> None:
    root = border.settings.content
    held = content.read_article(root, file)
    catalogue.put(entry(border, held, f"{content.stamp(root / file)}-{assumptions(border)}"))


def _inside(settings: Settings, file: Path) -> str | None:
    """The file's place below `content/`, if it lies there."""
    root = settings.content.resolve()
    place = file.resolve()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else None


def _remember(
    settings: Settings, catalogue: Catalogue, saved: str | None, sha256: str, findings: Iterable[Finding] = ()
) -> None:
    """Remember an original that lies in `content/`."""
    if saved:
        wrong = [finding for finding in findings if finding.severity == "error"]
        catalogue.take_in(saved, content.stamp(settings.content / saved), sha256, wrong)
