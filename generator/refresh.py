"""Articles read again from their originals by the extractor of today: what it would change, and the change itself if wanted.

Nothing changes by itself: an article stays as the extractor made it that first read it. What a person edited is shown and
never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from generator import content, intake, joining, plain, readers
from generator.config import Settings
from generator.content import ArticleFile
from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Capture, Held
from generator.workers import Mapper

MAX_BLOCKS = 4_000


@dataclass(frozen=True, slots=True)
class Change:
    """One field with its value before and after, as JSON has it; of the body the paragraphs that go and come."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Revision:
    """What reading an article again gives: `extractor` made it as it is; `edited` says that a person was here since."""

    file: str
    extractor: str | None
    changes: tuple[Change, ...] = ()
    edited: bool = False
    taken: bool = False
    article: Article | None = None
    findings: tuple[Finding, ...] = ()


def revisions(settings: Settings, files: Iterable[str], mapper: Mapper) -> Iterator[Revision]:
    """What would change in each of these articles; those that would stay as they are come without changes.

    Originals are read in parallel, each once however many articles it holds, and one of many pages page by page.
    """
    wanted: dict[str, dict[str, Held]] = defaultdict(dict)  # original: member: what is known of it
    holders: dict[_Place, list[str]] = defaultdict(list)
    waiting: dict[str, _Waiting] = {}
    for file in files:
        article = content.read_article(settings.content, file).article
        captures = article.captures if article else ()
        for one in captures:
            wanted[one.file][one.member] = one
            holders[one.file, one.member].append(file)
        if captures:
            waiting[file] = _Waiting({one.file for one in captures}, {})
    for read in mapper(_read, _jobs(settings, wanted), lost=_lost):
        for member, result in read.found.items():
            for file in holders[read.original, member]:
                waiting[file].found[read.original, member] = result
        ended = (file for member in wanted[read.original] for file in holders[read.original, member])
        for file in dict.fromkeys(ended) if read.last else ():
            waiting[file].owed.remove(read.original)
            if not waiting[file].owed:
                yield _revised(settings, content.read_article(settings.content, file), waiting.pop(file).found)


def accept(settings: Settings, revision: Revision) -> bool:
    """Write the article as it is read today; False where a person's edit forbids it, or nothing was read."""
    held = content.read_article(settings.content, revision.file)
    return revision.article is not None and content.rewrite(settings.content, held, revision.article)


_Place = tuple[str, str]  # an original, relative to `content/`, and the member in it


@dataclass(frozen=True, slots=True)
class _Job:
    """An original to read, with what is known of the captures wanted from it; or one of them; or the end of it."""

    file: Path
    original: str
    known: dict[str, Held]
    capture: Capture | None = None
    last: bool = True


@dataclass(frozen=True, slots=True)
class _Read:
    """What was found for each member wanted: an article, or why there is none."""

    original: str
    found: dict[str, Article | str]
    last: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article on which originals are still to be read, and what was found in others."""

    owed: set[str]
    found: dict[_Place, Article | str]


def _jobs(settings: Settings, wanted: dict[str, dict[str, Held]]) -> Iterator[_Job]:
    for original, known in wanted.items():
        file = settings.content / original
        if not readers.is_bulk(file):
            yield _Job(file, original, known)
            continue
        for one in _captures(file, original):  # opened here: the time that a page may take is that of one page
            if one.origin.member in known:
                yield _Job(file, original, {one.origin.member: known[one.origin.member]}, one, last=False)
        yield _Job(file, original, {})


def _captures(file: Path, original: str) -> Iterator[Capture]:
    return (one for one in readers.read(file, f"content/{original}") if isinstance(one, Capture))


def _read(job: _Job) -> _Read:
    """The articles in one original, or in one page of it; pure, and never raises for what is in the file."""
    found: dict[str, Article | str] = {}
    for one in (job.capture,) if job.capture else _captures(job.file, job.original) if job.known else ():
        member = one.origin.member
        if known := job.known.get(member):
            article = extract(intake.marked(one, intake.Stated(known.url, known.captured)), anyway=True).article
            if article is not None:
                found[member] = replace(article, captures=(known,))
    return _Read(job.original, found, job.last)


def _lost(job: _Job, why: str) -> _Read:
    """What is left of an original, or of a page of it, that stopped the process that read it."""
    return _Read(job.original, dict.fromkeys(job.known, why), job.last)


def _revised(settings: Settings, held: ArticleFile, found: dict[_Place, Article | str]) -> Revision:
    old = held.article
    if old is None:
        return Revision(held.file, None, findings=held.findings)
    read = [found.get((one.file, one.member), "") for one in old.captures]
    new = _together(read)
    if new is None:
        why = next((one for one in read if isinstance(one, str)), "")
        finding = Finding("refresh-failed", f"content/{held.file}", why)
        return Revision(held.file, old.extractor, edited=not held.intact, findings=(finding,))
    corrected = content.corrected_outlet(settings.content, new.outlet)
    new = replace(intake.named(settings, new, corrected), permalink=old.permalink, captures=old.captures)
    return Revision(held.file, old.extractor, tuple(_changes(old, new)), not held.intact, article=new)


def _together(read: list[Article | str]) -> Article | None:
    """One article of all captures; None where one of them gave none, or another story."""
    whole: Article | None = None
    for one in read:
        if isinstance(one, str):
            return None
        joined = joining.join(whole, one) if whole else None
        if whole and joined is None:
            return None
        whole = joined.article if joined else one
    return whole


def _changes(old: Article, new: Article) -> Iterator[Change]:
    for field in content.FIELDS:
        before, after = plain.plain(getattr(old, field)), plain.plain(getattr(new, field))
        if field not in content.APART and (before or None) != (after or None):
            yield Change(field, before, after)
    gone, come = _paragraphs(old.body, new.body)
    if gone or come:
        yield Change("body", gone, come)


def _paragraphs(old: str, new: str) -> tuple[list[str], list[str]]:
    """The paragraphs that the new text lacks, and those that it has more."""
    one, other = old.split("\n\n")[:MAX_BLOCKS], new.split("\n\n")[:MAX_BLOCKS]
    gone: list[str] = []
    come: list[str] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += one[start:end]
            come += other[begin:stop]
    return gone, come
