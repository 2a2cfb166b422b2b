"""The hall: `add` and `build`, and the only room that knows the order of things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from generator import content, theme
from generator.catalogue import Catalogue
from generator.cataloguing import catch_up, exported
from generator.config import Settings
from generator.errors import DamagedError, Finding, OutputError, UsageError
from generator.output import Looked, Output, is_site
from generator.pages import Archive, site_values
from generator.publish import Published, publish
from generator.withholding import Border
from generator.workers import Workers, eased, mapper, near

if TYPE_CHECKING:
    from generator.intake import Landing, Stated
    from generator.refresh import Revision

# What reads saved pages is loaded where a run has some to read: it takes longer to load than an unchanged archive to build.
_SAVED, _KNOWN = "saved", "known"  # trees that are marked as a whole


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

    @property
    def verdicts(self) -> Counter[str]:
        """How many captures each verdict was given to."""
        found: Counter[str] = Counter()
        for landing in self.landings:
            found[landing.verdict] += landing.count
        return +found


def add(
    settings: Settings,
    paths: Sequence[Path],
    stated: Stated,
    workers: Workers,
    progress: Progress,
    today: date | None = None,
) -> Report:
    """Take saved pages into the archive: originals copied to `content/saved/`, articles made from them.

    Adding the same file again changes nothing. Raises BackfileError; what is wrong with a file is a finding.
    """
    from generator import readers  # noqa: PLC0415 - see above

    files, findings = _not_ours(*readers.discover(paths))
    if stated.url and len(files) > 1:
        raise UsageError(
            f"--url names the address of one page, and there are {len(files)}", "add each with its own --url"
        )
    with Catalogue(settings.cache) as catalogue:
        between, odd = catch_up(settings, catalogue, today, eased(near(mapper(workers))))
        landings = _take_in(between, catalogue, files, stated, workers, progress)
        catalogue.settle()
        _record(settings, landings, unfinished=catalogue.interrupted)
        return _report(catalogue, landings, (*odd, *findings))


def refresh(
    settings: Settings, files: Sequence[Path], workers: Workers, progress: Progress, *, accept: bool
) -> tuple[tuple[Revision, ...], tuple[Finding, ...]]:
    """What reading articles again from their originals would change, all or those in `files`; written where accepted.

    Only revisions with changes or remarks are given, and what is odd about articles' files. Raises BackfileError.
    """
    from generator import refresh as refreshing  # noqa: PLC0415 - see above

    with Catalogue(settings.cache):  # the archive's lock
        held, odd = content.every_article(settings.content)
        wanted = {file.resolve() for file in files}
        chosen = [file for file in held if not wanted or (settings.content / file).resolve() in wanted]
        if len(wanted) > len(chosen):
            raise UsageError("--refresh takes articles' files in content/articles/", "name none to look at all of them")
        progress.stage("articles", len(chosen))
        found: list[Revision] = []
        for one in refreshing.revisions(settings, chosen, near(mapper(workers, settings.page_seconds))):
            progress.step()
            if one.changes or one.findings:
                taken = accept and bool(one.changes) and refreshing.accept(settings, one)
                found.append(replace(one, taken=taken, article=None))
        if any(one.taken for one in found):
            content.record(settings.content)
        return tuple(sorted(found, key=lambda one: one.file)), odd


def build(
    settings: Settings,
    output: Path | None,
    workers: Workers,
    progress: Progress,
    today: date | None = None,
    looked: Looked | None = None,
) -> Report:
    """Take in what is new in `content/saved/`, then bring the site up to date.

    What is withheld until a day is shown once `today` has come to it; where no day is told, it stays withheld.
    `looked` gives the site's folders where they are looked through already.
    Raises BackfileError; what is wrong with a file is a finding, and the rest goes on.
    """
    _check_place(settings, output)
    try:
        return _build(settings, output, workers, progress, today, looked)
    except DamagedError:  # it is gone: what it held is in content/
        return _build(settings, output, workers, progress, today, None)


def _build(
    settings: Settings,
    output: Path | None,
    workers: Workers,
    progress: Progress,
    today: date | None,
    looked: Looked | None,
) -> Report:
    with Catalogue(settings.cache) as catalogue:
        site = Output(output or settings.site, looked)
        archive, landings, findings = ready(settings, catalogue, workers, progress, today)
        progress.stage("pages", None)
        published = publish(archive, site, eased(near(mapper(workers))), progress.step)
        return _report(catalogue, landings, (*findings, *catalogue.findings(), *published.findings), published)


def ready(
    settings: Settings,
    catalogue: Catalogue,
    workers: Workers,
    progress: Progress,
    today: date | None,
    only: Collection[str] | None = None,
) -> tuple[Archive, tuple[Landing, ...], tuple[Finding, ...]]:
    """The archive as its pages show it: what is new in `content/` taken in, what it was made of, and what is wrong there.

    With `only` nothing but articles in these folders has changed, and nothing else is looked at. Raises BackfileError.
    """
    many = eased(near(mapper(workers)))
    between, odd = catch_up(settings, catalogue, today, many, only)
    landings: tuple[Landing, ...] = ()
    if only is None:
        files, passed = _new_originals(settings, catalogue)
        landings = _take_in(between, catalogue, files, None, workers, progress)
        if between.ledger and any(landing.file for landing in landings):
            between, odd = catch_up(settings, catalogue, today, many)  # what came in may be withheld, too
        odd = (*odd, *passed, *_look_for_known(between, catalogue))
    catalogue.settle()
    _record(settings, landings, unfinished=catalogue.interrupted)
    archive, remarks = _opened(between, catalogue)
    return archive, landings, (*odd, *remarks)


def _not_ours(
    files: Iterable[tuple[Path, str]], findings: tuple[Finding, ...]
) -> tuple[list[tuple[Path, str]], tuple[Finding, ...]]:
    """The files without those that lie in a site that Backfile built: they are no saved pages."""
    ours = cache(is_site)
    kept: list[tuple[Path, str]] = []
    left: list[Finding] = []
    for file, name in files:
        if any(map(ours, file.absolute().parents)):
            left.append(Finding("file-skipped", name, "it is part of a site that Backfile built"))
        else:
            kept.append((file, name))
    return kept, (*findings, *left)


def _check_place(settings: Settings, output: Path | None) -> None:
    """The site must not lie in, or around, what it is made from."""
    if output is None:
        return
    place = output.resolve()
    for folder in (settings.content, settings.templates, settings.cache):
        source = folder.resolve()
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise OutputError(
                f"{output}: the site cannot lie in or around {folder.name}/", "choose another folder with --output"
            )


def _new_originals(settings: Settings, catalogue: Catalogue) -> tuple[list[tuple[Path, str]], tuple[Finding, ...]]:
    """The originals in `content/saved/` that were not taken in yet, or have changed since; and what was passed over."""
    mark = content.saved_mark(settings.content)
    if catalogue.folders(_SAVED) == {"": mark} and not catalogue.is_incomplete():
        return [], ()
    saved = settings.content / "saved"
    found, remarks = _discovered(saved) if saved.is_dir() else ((), ())
    known = catalogue.intake()
    present = {f"saved/{name}": (file, f"content/saved/{name}") for file, name in found if (saved / name) == file}
    unnamed = [
        Finding("file-unreadable", f"content/saved/{name}", "its name is not text: rename it")
        for file, name in found
        if (saved / name) != file
    ]
    catalogue.forget(known.keys() - present.keys())
    news = [job for place, job in present.items() if known.get(place) != content.stamp(job[0])]
    wrong = (*unnamed, *(one for one in remarks if one.severity != "info" and one.code != "no-pages"))
    catalogue.looked(_SAVED, {"": "" if news or wrong else mark})
    return news, wrong


def _discovered(saved: Path) -> tuple[Sequence[tuple[Path, str]], Sequence[Finding]]:
    from generator import readers  # noqa: PLC0415 - see above

    return readers.discover([saved])


def _take_in(
    between: Border,
    catalogue: Catalogue,
    files: Sequence[tuple[Path, str]],
    stated: Stated | None,
    workers: Workers,
    progress: Progress,
) -> tuple[Landing, ...]:
    if not files:
        return ()
    from generator import intake  # noqa: PLC0415 - see above

    stated = stated or intake.Stated()
    progress.stage("files", len(files))
    news, known = intake.sort_out(between.settings, catalogue, files)
    if stated.url and any(one.bulk for one in news):
        raise UsageError(
            "--url names the address of one page, and this file may hold many", "leave it out: they state their own"
        )
    progress.stage("captures", None if any(one.bulk for one in news) else len(news))
    landings = list(known)
    for landing in intake.take_in(
        between, catalogue, news, mapper(workers, between.settings.page_seconds), stated, progress.step
    ):
        landings.append(landing)
        if landing.file:
            catalogue.commit()
    return tuple(landings)


def _look_for_known(between: Border, catalogue: Catalogue) -> tuple[Finding, ...]:
    """Look through the stories known but not held, where their lists have changed; the lines that cannot be read."""
    root = between.settings.content
    mark = content.known_mark(root)
    mark = mark and f"{mark}-{between.mark}"
    if catalogue.folders(_KNOWN).get("", "") == mark:
        return ()
    known, illegible = content.read_known(root)
    catalogue.note_known(exported(between, known))
    catalogue.looked(_KNOWN, {"": "" if illegible else mark})
    return illegible


def _record(settings: Settings, landings: Iterable[Landing], *, unfinished: bool) -> None:
    """What this run, or one that was killed, has put into `content/` into the archive's record; else it costs nothing."""
    begun = content.is_recorded(settings.content)
    owed = unfinished and (begun or (settings.content / "saved").is_dir())
    if owed or any(one.verdict != "known" for one in landings) or (settings.seal and not begun):
        content.record(settings.content)


def _opened(between: Border, catalogue: Catalogue) -> tuple[Archive, tuple[Finding, ...]]:
    settings = between.settings
    outlets, unread = content.read_outlets(settings.content)
    standing, unknown = content.read_standing(settings.content)
    site = site_values(settings, catalogue, standing, outlets.get(settings.furniture))
    remarks = [*unread, *unknown]
    if settings.furniture and settings.furniture not in outlets:
        known = ", ".join(sorted(outlets)) or "none yet"
        remarks.append(
            Finding(
                "outlet-unknown",
                "archive.toml",
                f"furniture: there is no profile of {settings.furniture!r}; known: {known}",
            )
        )
    return Archive(settings, between, catalogue, theme.load(settings, site), standing), tuple(remarks)


def _report(
    catalogue: Catalogue, landings: Iterable[Landing], findings: Iterable[Finding], published: Published | None = None
) -> Report:
    landed = tuple(landings)
    remarks = {*findings, *(one for landing in landed for one in landing.findings)}
    return Report(
        landed,
        catalogue.lists.total(),
        tuple(sorted(remarks, key=lambda one: (one.where, one.code, one.message))),
        published,
    )
