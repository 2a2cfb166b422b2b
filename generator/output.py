"""The only room that writes or deletes in `site/`: whole files or none, and nothing that Backfile did not make.

A file is compared before it is written, written aside, and renamed. A folder that Backfile did not begin is refused.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Container
from pathlib import Path

from generator.errors import OutputError

MARK = ".nojekyll"
MARK_TEXT = b"This folder is made by Backfile: everything in it is made anew or removed by the next build.\n"
_ASIDE = ".new~"


class Output:
    """One site's folder."""

    def __init__(self, folder: Path) -> None:
        """Begin or go on with the site in `folder`. Raises OutputError where the folder holds somebody else's files."""
        self.folder = folder
        mark = folder / MARK
        try:
            ours = mark.is_file() and mark.read_bytes() == MARK_TEXT
            if not ours and folder.exists() and any(folder.iterdir()):
                raise OutputError(
                    f"{folder.name}/ holds files that Backfile did not make",
                    "choose another folder with --output, or empty it",
                )
            if not ours:
                folder.mkdir(parents=True, exist_ok=True)
                mark.write_bytes(MARK_TEXT)
        except OSError as error:
            raise OutputError(
                f"{folder.name}/: cannot be written: {error.strerror}", "is the folder writable?"
            ) from error

    def stamp(self, path: str) -> str | None:
        """What tells a changed file from an unchanged one without reading it; None where there is none."""
        try:
            state = os.stat(self.folder / path)  # noqa: PTH116 - called once a page: twice as fast as Path.stat
        except OSError:
            return None
        return f"{state.st_size}-{state.st_mtime_ns}"

    def write(self, path: str, data: bytes) -> bool:
        """Put a page in place; False where the same bytes are there already. Raises OutputError."""
        file = self.folder / path
        aside = file.with_name(file.name[:100] + _ASIDE)
        try:
            if file.is_file() and file.stat().st_size == len(data) and file.read_bytes() == data:
                return False
            file.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(data)
            aside.replace(file)
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}",
                "is the disk full, the folder writable? the next build goes on from here",
            ) from error
        return True

    def prune(self, planned: Container[str]) -> tuple[str, ...]:
        """Remove every file that is not planned, and folders left empty; returns the paths removed, sorted."""
        removed: list[str] = []
        for folder, _, names in os.walk(self.folder, topdown=False):
            here = Path(folder)
            for name in sorted(names):
                path = (here / name).relative_to(self.folder).as_posix()
                if path != MARK and path not in planned:
                    (here / name).unlink(missing_ok=True)
                    removed.append(path)
            if here != self.folder and not any(here.iterdir()):
                here.rmdir()
        return tuple(sorted(removed))


def clean(folder: Path, cache: Path) -> int:
    """Remove a site that Backfile made, and the caches; returns the number of files. Raises OutputError for others' files."""
    removed = 0
    if folder.exists():
        output = Output(folder)  # refuses what is not ours
        removed = len(output.prune(frozenset())) + 1
        (folder / MARK).unlink()
        folder.rmdir()
    if cache.exists():
        removed += sum(1 for file in cache.rglob("*") if file.is_file())
        shutil.rmtree(cache)
    return removed
