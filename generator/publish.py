"""Pages into files: render what is stale, write what differs, remove what is no longer planned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.errors import Finding
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
    findings: tuple[Finding, ...] = ()


def publish(archive: Archive, output: Output, step: Callable[[], None]) -> Published:
    """Bring the site in `output` up to date, page by page. `step` is told of each one that is done."""
    site = str(output.folder.resolve())
    known = archive.catalogue.written(site)
    planned: set[str] = set()
    twins: list[str] = []
    rendered = written = 0
    for page in plan(archive):
        if page.path in planned:
            twins.append(page.path)
            continue
        planned.add(page.path)
        if known.get(page.path) == (page.key, output.stamp(page.path)):
            continue
        rendered += 1
        written += output.write(page.path, _bytes(archive, page))
        archive.catalogue.wrote(site, page.path, page.key, output.stamp(page.path) or "")
        if rendered % COMMIT_EVERY == 0:
            archive.catalogue.commit()
        step()
    removed, strangers = output.prune(planned, known)
    archive.catalogue.unwrote(site, known.keys() - planned)
    findings = (
        *(Finding("address-taken", path) for path in twins),
        *(Finding("site-stranger", f"{output.folder.name}/{path}") for path in strangers),
    )
    return Published(len(planned), rendered, written, len(removed), findings)


def _bytes(archive: Archive, page: Page) -> bytes:
    if page.template:
        return archive.theme.render(page.path, page.template, page.make())
    data: bytes = page.make()["bytes"]
    return data
