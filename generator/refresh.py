"""Articles read again from their originals by the extractor of today: what it would change, and the change itself if wanted.

Nothing changes by itself: an article stays as the extractor made it that first read it. What a person edited is shown and
never touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from generator import content, intake, joining, plain, readers
from generator.config import Settings
from generator.content import ArticleFile
from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Capture, Held
from generator.workers import Mapper

# what names or documents an article, and is no reading of the page
_APART = ("id", "permalink", "captures", "evidence", "extractor")
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
    """What would change in each of these articles, in parallel; articles that would stay as they are come without changes."""
    jobs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for file in files:
        held = content.read_article(settings.content, file)
        if held.article and held.article.captures:
            jobs[tuple(sorted({one.file for one in held.article.captures}))].append(file)
    for found in mapper(partial(_again, settings), jobs.items(), lost=_lost):
        yield from found


def accept(settings: Settings, revision: Revision) -> bool:
    """Write the article as it is read today; False where a person's edit forbids it, or nothing was read."""
    held = content.read_article(settings.content, revision.file)
    return revision.article is not None and content.rewrite(settings.content, held, revision.article)


def _again(settings: Settings, job: tuple[tuple[str, ...], list[str]]) -> tuple[Revision, ...]:
    """The articles of some originals: each original is read once, however many articles it holds."""
    originals, files = job
    held = [content.read_article(settings.content, file) for file in files]
    wanted = {(one.file, one.member): one for each in held if each.article for one in each.article.captures}
    found: dict[tuple[str, str], Article] = {}
    for original in originals:
        for one in readers.read(settings.content / original, f"content/{original}", ""):
            if isinstance(one, Capture) and (known := wanted.get((original, one.origin.member))):
                article = extract(_as_held(one, known), anyway=True).article
                if article is not None:
                    found[original, one.origin.member] = replace(article, captures=(known,))
    return tuple(_revised(settings, each, found) for each in held)


def _as_held(capture: Capture, known: Held) -> Capture:
    """The capture with what was stated of it when it was taken in."""
    return replace(capture, url=known.url or capture.url, captured=known.captured or capture.captured)


def _revised(settings: Settings, held: ArticleFile, found: dict[tuple[str, str], Article]) -> Revision:
    old = held.article
    if old is None:
        return Revision(held.file, None, findings=held.findings)
    read = [found.get((one.file, one.member)) for one in old.captures]
    new: Article | None = read[0] if read else None
    for one in read[1:]:
        joined = joining.join(new, one) if new and one else None
        new = joined.article if joined else None
    where = f"content/{held.file}"
    if new is None:
        finding = Finding("refresh-failed", where)
        return Revision(held.file, old.extractor, edited=not held.intact, findings=(finding,))
    new = replace(intake.named(settings, new), permalink=old.permalink, captures=old.captures)
    return Revision(held.file, old.extractor, tuple(_changes(old, new)), not held.intact, article=new)


def _changes(old: Article, new: Article) -> Iterator[Change]:
    for field in content.FIELDS:
        before, after = plain.plain(getattr(old, field)), plain.plain(getattr(new, field))
        if field not in _APART and (before or None) != (after or None):
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


def _lost(job: tuple[tuple[str, ...], list[str]], why: str) -> tuple[Revision, ...]:
    """What is left of articles whose originals stopped the process that read them."""
    return tuple(Revision(file, None, findings=(Finding("refresh-failed", f"content/{file}", why),)) for file in job[1])
