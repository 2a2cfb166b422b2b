"""Pages into files: render what is stale, write what differs, remove what is no longer planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.errors import OutputError
from generator.model import Page
from generator.output import Output
from generator.pages import Archive, plan

COMMIT_EVERY = 500  # pages: a killed build has lost at most so many keys


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did to the site: counts of files."""

    pages: int
    rendered: int
    written: int
    removed: int


def publish(archive: Archive, output: Output, stage: Callable[[int], None], step: Callable[[], None]) -> Published:
    """Bring the site in `output` up to date. `stage` is told how many pages are stale, `step` each one done."""
    site = str(output.folder.resolve())
    known = archive.catalogue.written(site)
    planned: set[str] = set()
    stale: list[Page] = []
    for page in plan(archive):
        if page.path in planned:
            raise OutputError(f"{page.path}: two pages claim this address", "rename one of them in its front matter")
        planned.add(page.path)
        if known.get(page.path) != (page.key, output.stamp(page.path)):
            stale.append(page)
    stage(len(stale))
    written = 0
    for number, page in enumerate(stale, 1):
        written += output.write(page.path, _bytes(archive, page))
        archive.catalogue.wrote(site, page.path, page.key, output.stamp(page.path) or "")
        if number % COMMIT_EVERY == 0:
            archive.catalogue.commit()
        step()
    removed = output.prune(planned)
    archive.catalogue.unwrote(site, known.keys() - planned)
    return Published(len(planned), len(stale), written, len(removed))


def _bytes(archive: Archive, page: Page) -> bytes:
    if page.template:
        return archive.theme.render(page.path, page.template, page.make())
    data: bytes = page.make()["bytes"]
    return data
