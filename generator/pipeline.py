"""The hall: `add` and `build`, and the only room that knows the order of things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from generator import content, intake, readers, theme
from generator.catalogue import Catalogue
from generator.cataloguing import entry
from generator.config import Settings
from generator.errors import Finding
from generator.intake import Landing, Stated
from generator.output import Output
from generator.pages import Archive, site_values
from generator.publish import Published, publish
from generator.workers import mapper


class Progress(Protocol):
    """Somebody who is told how far the work is."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage of so many steps begins."""

    def step(self) -> None:
        """One step of it is done."""


class Quiet:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int | None) -> None:
        """Say nothing."""

    def step(self) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: what became of each capture, how many articles there are, what happened to the site."""

    landings: tuple[Landing, ...] = ()
    articles: int = 0
    findings: tuple[Finding, ...] = ()
    published: Published | None = None
    verdicts: Counter[str] = field(default_factory=Counter)


def add(settings: Settings, paths: Sequence[Path], stated: Stated, workers: int | None, progress: Progress) -> Report:
    """Take saved pages into the archive: originals copied to `content/saved/`, articles made from them.

    Adding the same file again changes nothing. Raises BackfileError; what is wrong with a file is a finding.
    """
    files, findings = readers.discover(paths)
    with Catalogue(settings.cache) as catalogue:
        _refresh(settings, catalogue)
        landings = _take_in(settings, catalogue, files, stated, workers, progress)
        catalogue.settle_versions()
        return _report(catalogue, landings, findings)


def build(settings: Settings, output: Path | None, workers: int | None, progress: Progress) -> Report:
    """Take in what is new in `content/saved/`, then bring the site up to date.

    Raises BackfileError; what is wrong with a file is a finding, and the rest goes on.
    """
    with Catalogue(settings.cache) as catalogue:
        _refresh(settings, catalogue)
        files, passed = _new_originals(settings, catalogue)
        landings = _take_in(settings, catalogue, files, Stated(), workers, progress)
        catalogue.settle_versions()
        archive, remarks = _opened(settings, catalogue)
        published = publish(
            archive, Output(output or settings.site), lambda total: progress.stage("pages", total), progress.step
        )
        return _report(catalogue, landings, (*passed, *remarks, *catalogue.findings()), published)


def _refresh(settings: Settings, catalogue: Catalogue) -> None:
    """Bring the catalogue up to date with `content/articles/`, reading only the files that changed."""
    known = catalogue.stamps()
    for file, stamp in content.article_files(settings.content):
        if known.pop(file, None) != stamp:
            catalogue.put(entry(settings, content.read_article(settings.content, file), stamp))
    catalogue.drop(known)
    catalogue.commit()


def _new_originals(settings: Settings, catalogue: Catalogue) -> tuple[list[tuple[Path, str]], tuple[Finding, ...]]:
    """The originals in `content/saved/` that were not taken in yet, or have changed since; and what was passed over."""
    saved = settings.content / "saved"
    found, remarks = readers.discover([saved]) if saved.is_dir() else ((), ())
    known = catalogue.intake()
    present = {f"saved/{name}": (file, name) for file, name in found if (saved / name) == file}
    unnamed = [
        Finding("file-unreadable", name, "its name is not text: rename it")
        for file, name in found
        if (saved / name) != file
    ]
    catalogue.forget(known.keys() - present.keys())
    news = [job for place, job in present.items() if known.get(place) != content.stamp(job[0])]
    return news, (*unnamed, *(one for one in remarks if one.severity != "info" and one.code != "no-pages"))


def _take_in(
    settings: Settings,
    catalogue: Catalogue,
    files: Sequence[tuple[Path, str]],
    stated: Stated,
    workers: int | None,
    progress: Progress,
) -> tuple[Landing, ...]:
    progress.stage("captures", len(files))
    landings = []
    for landing in intake.take_in(settings, catalogue, files, mapper(workers), stated, progress.step):
        landings.append(landing)
        if landing.file:
            catalogue.commit()
    return tuple(landings)


def _opened(settings: Settings, catalogue: Catalogue) -> tuple[Archive, tuple[Finding, ...]]:
    outlets, unread = content.read_outlets(settings.content)
    standing, unknown = content.read_standing(settings.content)
    site = site_values(settings, catalogue, standing, outlets.get(settings.furniture))
    return Archive(settings, catalogue, theme.load(settings, site), outlets, standing), (*unread, *unknown)


def _report(
    catalogue: Catalogue, landings: Iterable[Landing], findings: Iterable[Finding], published: Published | None = None
) -> Report:
    landed = tuple(landings)
    remarks = {*findings, *(one for landing in landed for one in landing.findings)}
    return Report(
        landed,
        sum(catalogue.days().values()),
        tuple(sorted(remarks, key=lambda one: (one.where, one.code, one.message))),
        published,
        Counter(landing.verdict for landing in landed),
    )
