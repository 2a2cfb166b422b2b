"""The site as it would be built now, a page at a time: made when it is asked for, from the catalogue, and never written.

So an archive of any size can be looked at once it has been catalogued, and an edit is seen as soon as its article has been read.
What only a whole build can make, the proofs and the captured pages, is shown as the last build left it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import pages, pipeline
from generator.catalogue import Catalogue
from generator.config import Settings
from generator.errors import BusyError, Finding
from generator.pages import Archive
from generator.workers import Workers

BUILT = ("data/", "snapshots/")
PATIENCE_SECONDS = 2.0  # that a page waits for the catalogue; then the last build has to do

Told = Callable[[tuple[Finding, ...]], None]


class Preview:
    """One archive, ready to show any page of its site. May be asked from several threads."""

    def __init__(
        self, load: Callable[[], Settings], workers: Workers, today: Callable[[], date | None], told: Told
    ) -> None:
        """`load` reads the settings; `told` hears what is wrong in the archive whenever all of it was looked at."""
        self._load, self._workers, self._today, self._told = load, workers, today, told
        self._one = threading.Lock()  # the catalogue's lock is between processes
        self._settings = load()
        self._archive: Archive | None = None
        self._shown: object = None  # what pages show besides what the catalogue holds

    @property
    def url(self) -> str:
        """The address that the site will have; `""` where that is unknown."""
        return self._settings.url

    def refresh(self, changed: Collection[Path] | None = None) -> bool:
        """Take in what has changed, these paths or whatever it was; whether any page may look different for it.

        Raises BackfileError, and shows what it did before.
        """
        only = self._folders(changed) if changed is not None and self._archive else None
        with self._one:
            settings = self._settings if only else self._load()
            with Catalogue(settings.cache) as catalogue:
                archive, _, findings = pipeline.ready(
                    settings, catalogue, self._workers, pipeline.Quiet(), self._today(), only
                )
                wrong = (*findings, *catalogue.findings()) if only is None else findings
                if self._archive and archive.theme == self._archive.theme:
                    archive = replace(archive, theme=self._archive.theme)  # with the templates that it has compiled
                shown = pages.assumptions(archive), archive.standing
                news = catalogue.touched or shown != self._shown
            self._settings, self._archive, self._shown = settings, archive, shown
        self._told(tuple(sorted({*wrong})))
        return news

    def page(self, path: str) -> bytes | None:
        """The bytes at a path of the site; None where there are none.

        Raises BusyError where another process holds the archive or nothing has been read of it yet, TemplateError.
        """
        if path.startswith(BUILT):
            return self._built(path)
        if not self._one.acquire(timeout=PATIENCE_SECONDS):
            raise BusyError("the archive is being read", "wait until it is done, then look again")
        try:
            if self._archive is None:
                raise BusyError("the archive has not been read yet", "wait until it is done, then look again")
            with Catalogue(self._settings.cache) as catalogue:
                archive = replace(self._archive, catalogue=catalogue)
                page = pages.at(archive, path)
        finally:
            self._one.release()
        if page is None:
            return None
        values = page.make(archive.shelf)  # which needs no catalogue: pictures are made side by side
        data: bytes = archive.theme.render(page.path, page.template, values) if page.template else values["bytes"]
        return data

    def _built(self, path: str) -> bytes | None:
        site = self._settings.site.resolve()
        file = (site / path).resolve()
        return file.read_bytes() if file.is_relative_to(site) and file.is_file() else None

    def _folders(self, changed: Collection[Path]) -> frozenset[str] | None:
        """The folders of `content/` in which articles alone have changed; None where something else may have."""
        root = self._settings.content.resolve()
        inside = [path.relative_to(root) for path in changed if path.is_relative_to(root)]
        if len(inside) < len(changed) or not all(one.parts[0] == "articles" and one.suffix == ".md" for one in inside):
            return None
        return frozenset(one.parent.as_posix() for one in inside) or None
