"""Pages into files: render what is stale, write what differs, remove what is no longer planned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from generator.errors import Finding
from generator.model import Page
from generator.output import Output
from generator.pages import Archive, plan, sealed, snapshots

COMMIT_EVERY = 500  # pages: a killed build has lost at most so many keys


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the site: counts of files."""

    pages: int
    rendered: int
    written: int
    removed: int
    findings: tuple[Finding, ...] = ()


def publish(archive: Archive, output: Output, step: Callable[[], None]) -> Published:
    """Bring the site in `output` up to date, page by page. `step` is told of each one that is done."""
    run = _Run(archive, output, step)
    run.bring(plan(archive))
    run.bring(snapshots.plan(archive, run.is_fresh, run.remarks.append))
    run.bring_seal()
    removed, strangers = output.prune(run.planned, run.known)
    archive.catalogue.unwrote(run.site, run.known.keys() - run.planned)
    findings = (
        *run.remarks,
        *(Finding("address-taken", path) for path in run.twins),
        *(Finding("site-stranger", f"{output.folder.name}/{path}") for path in strangers),
    )
    return Published(len(run.planned), run.rendered, run.written, len(removed), findings)


class _Run:
    """One way through the pages: what was planned so far, and what had to be done."""

    def __init__(self, archive: Archive, output: Output, step: Callable[[], None]) -> None:
        self.site = str(output.folder.resolve())
        self.known = archive.catalogue.written(self.site)
        self.planned: set[str] = set()
        self.twins: list[str] = []
        self.remarks: list[Finding] = []
        self.rendered = self.written = 0
        self._archive = archive
        self._output = output
        self._step = step

    def bring(self, pages: Iterable[Page]) -> None:
        """Render and write those of the pages that are stale."""
        for page in pages:
            if page.path in self.planned:
                self.twins.append(page.path)
                continue
            self.planned.add(page.path)
            if not self.is_fresh(page.path, page.key):
                self._render(page)

    def bring_seal(self) -> None:
        """The seal's own files, after all others: it speaks of their bytes. Where those stay, it does too, unread."""
        parts = {path for path in self.known if sealed.is_part(path)}
        key = sealed.key(self._archive)
        same = not self.rendered and self.known.keys() - self.planned == parts and self.is_fresh(sealed.ROOT, key)
        if same and all(self.is_fresh(path, self.known[path][0]) for path in parts):
            self.planned |= parts
            return
        digests = self._archive.catalogue.digests(self.site)
        self.bring(sealed.plan(self._archive, {path: digests[path] for path in digests if path in self.planned}))

    def is_fresh(self, path: str, key: str) -> bool:
        """Whether the file that was written under that key is still there."""
        return self.known.get(path) == (key, self._output.stamp(path))

    def _render(self, page: Page) -> None:
        data = _bytes(self._archive, page)
        self.rendered += 1
        self.written += self._output.write(page.path, data)
        stamp = self._output.stamp(page.path) or ""
        self._archive.catalogue.wrote(self.site, page.path, page.key, stamp, sha256(data).hexdigest())
        if self.rendered % COMMIT_EVERY == 0:
            self._archive.catalogue.commit()
        self._step()


def _bytes(archive: Archive, page: Page) -> bytes:
    if page.template:
        return archive.theme.render(page.path, page.template, page.make())
    data: bytes = page.make()["bytes"]
    return data
