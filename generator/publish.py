"""Pages into files: look at what was touched, render what is stale, write what differs, remove what is no longer planned.

Pages are rendered in processes of their own where there are many; what is planned, and what is known to be written, stays
with one. The bytes are the same however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import NamedTuple, NoReturn, TypeVar

from generator.catalogue import SiteLog
from generator.errors import Finding, OutputError
from generator.model import Page
from generator.output import Output
from generator.pages import Archive, Shelf, Unit, assumptions, plan, sealed, snapshots
from generator.workers import Mapper

T = TypeVar("T")
R = TypeVar("R")

BATCH = 32  # pages that travel to a process together
HEAVY = 8  # times a page: a file that is copied, or a picture that is made
COMMIT_EVERY = 16  # batches: a killed build has lost at most so many keys


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the site: counts of files."""

    pages: int
    rendered: int
    written: int
    removed: int
    findings: tuple[Finding, ...] = ()


def publish(archive: Archive, output: Output, mapper: Mapper, step: Callable[[], None]) -> Published:
    """Bring the site in `output` up to date. `step` is told of each page that is done."""
    site = str(output.folder.resolve())
    log = archive.catalogue.site_log(site)
    known, found = archive.catalogue.folders(site), output.folders()
    changed = {*(name for name, mark in found.items() if known.get(name) != mark), *(known.keys() - found.keys())}
    touched = {unit for name in sorted(changed) for unit in log.damaged(name, output.files(name))}
    stamp = assumptions(archive)
    work = _Work(archive, log, output, mapper, step)
    if log.stamp != stamp or not work.bring({*touched, *log.touched()}):
        log.again()
        work.bring_all()
    changed |= work.folders
    strangers = _tidied(log, output, changed)
    archive.catalogue.looked(site, {name: "" if name in strangers else output.mark(name) for name in sorted(changed)})
    log.complete(stamp)
    findings = (
        *work.remarks,
        *(Finding("address-taken", path) for path in work.twins),
        *(Finding("site-stranger", f"{output.folder.name}/{path}") for paths in strangers.values() for path in paths),
    )
    return Published(log.count(), work.rendered, work.written, work.removed, findings)


def _tidied(log: SiteLog, output: Output, folders: Iterable[str]) -> Mapping[str, list[str]]:
    """Remove what Backfile made and nobody knows of any more; the files that are somebody else's, by folder."""
    strangers: dict[str, list[str]] = {}
    for folder in sorted(folders):
        unknown = log.unknown(folder, output.files(folder))
        output.remove(path for path in unknown if output.is_ours(path))
        others = [path for path in unknown if output.holds(path)]
        if others:
            strangers[folder] = others
    return strangers


class _Work:
    """One build's way through the plan, and what it comes to."""

    def __init__(
        self, archive: Archive, log: SiteLog, output: Output, mapper: Mapper, step: Callable[[], None]
    ) -> None:
        self._archive, self._log, self._output = archive, log, output
        self._mapper, self._step = mapper, step
        self.rendered = self.written = self.removed = 0
        self.twins: list[str] = []
        self.remarks: list[Finding] = []
        self.folders: set[str] = set()

    def bring(self, touched: set[Unit]) -> bool:
        """Bring the units up to date that something touched; False where an address changed hands, and all have to be looked at."""
        moved: list[Unit] = []
        self._render(self._stale(plan(self._archive, touched), moved), self._mapper)
        if not moved:
            self._add_on(touched)
        return not moved

    def bring_all(self) -> None:
        """Bring every unit up to date, and remove the pages of those that are no more."""
        self.twins = []
        self._render(self._stale(plan(self._archive), None), self._mapper)
        self._add_on(None)
        self._remove(self._log.all_left())

    def _add_on(self, touched: set[Unit] | None) -> None:
        """What is asked for besides, in this process: the captured pages, and the seal, which speaks of all others' bytes."""
        archive, log = self._archive, self._log
        if archive.settings.snapshots != "off" and (touched is None or touched):
            pages = snapshots.plan(archive, lambda path, key: log.key(path) == key, self.remarks.append)
            self._render(self._stale(iter([(snapshots.UNIT, pages)]), []), _here)
        changed = touched is None or sealed.UNIT in touched or self.rendered or self.removed
        if archive.settings.seal and (changed or log.key(sealed.ROOT) != sealed.key(archive)):
            units = iter([(sealed.UNIT, sealed.plan(archive, log.digest))])
            self._render(self._stale(units, []), _here)

    def _render(self, pages: Iterator[Page], mapper: Mapper) -> None:
        pressed = partial(_pressed, self._archive.shelf, self._output)
        for number, done in enumerate(mapper(pressed, _batches(pages), _lost), 1):
            for one in done:
                self._log.wrote(one.path, one.key, one.stamp, one.digest)
                self.rendered += 1
                self.written += one.new
                self.folders.add(one.path.rpartition("/")[0])
                self.remarks += (remark for remark in one.remarks if remark not in self.remarks)
                self._step()
            if number % COMMIT_EVERY == 0:
                self._archive.catalogue.commit()

    def _stale(self, units: Iterator[tuple[Unit, Iterator[Page]]], moved: list[Unit] | None) -> Iterator[Page]:
        """The pages that have to be rendered. What has left a unit goes with it, unless every unit is looked at."""
        for unit, pages in units:
            for page in pages:
                state = self._log.plan(unit, page.path, page.key)
                if state == "taken":
                    self.twins.append(page.path)
                elif state == "moved" and moved is not None:
                    moved.append(unit)
                elif state != "fresh":
                    yield page.fetched()
            if moved is not None:
                self._remove(self._log.left(unit))

    def _remove(self, paths: tuple[str, ...]) -> None:
        self.removed += len(self._output.remove(paths))
        self._log.removed(paths)
        self.folders |= {path.rpartition("/")[0] for path in paths}


class _Printed(NamedTuple):
    """A page that lies in the site: under which key, its file's stamp, its sha256, and whether its bytes are new there."""

    path: str
    key: str
    stamp: str
    digest: str
    new: bool
    remarks: tuple[Finding, ...]


def _pressed(shelf: Shelf, output: Output, pages: tuple[Page, ...]) -> list[_Printed]:
    """Render and write pages, in whatever process."""
    return [_press(shelf, output, page) for page in pages]


def _press(shelf: Shelf, output: Output, page: Page) -> _Printed:
    values = page.make(shelf)
    data: bytes = shelf.theme.render(page.path, page.template, values) if page.template else values["bytes"]
    new, stamp = output.write(page.path, data)
    return _Printed(page.path, page.key, stamp, sha256(data).hexdigest(), new, values.get("remarks", ()))


def _here(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:  # noqa: ARG001
    """A mapper that stays in this process."""
    return map(function, items)


def _lost(pages: tuple[Page, ...], why: str) -> NoReturn:
    raise OutputError(f"{pages[0].path} and others: {why}", "the next build goes on from here: try --workers 0")


def _batches(pages: Iterator[Page]) -> Iterator[tuple[Page, ...]]:
    batch: list[Page] = []
    weight = 0
    for page in pages:
        batch.append(page)
        weight += 1 if page.template else HEAVY
        if weight >= BATCH:
            yield tuple(batch)
            batch, weight = [], 0
    if batch:
        yield tuple(batch)
