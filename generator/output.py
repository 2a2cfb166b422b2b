"""The only room that writes or deletes in `site/`: whole files or none, and nothing that Backfile did not make.

A file is compared before it is written, written aside, and renamed. A folder that Backfile did not begin is refused.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from generator.errors import OutputError

MARK = ".nojekyll"
MARK_TEXT = b"This folder is made by Backfile: everything in it is made anew or removed by the next build.\n"
_ASIDE = ".new~"
_GENERATOR = b'<meta name="generator" content="Backfile'
_HEAD = 8_192
_OURS = re.compile(
    r"(.*/)?feed\.(xml|json)|sitemap\.xml|sitemaps/[^/]+\.xml|robots\.txt|static/[^/]*-[0-9a-f]{8}\.(css|js)|static/icon\.svg"
    r"|data/seal\.json|data/seal/(?:tile|articles)/.*|data/seal/checkpoint(?:\.sig|\.tsr)?"
    r"|media/[0-9a-f]{2}/[0-9a-f]{64}\.[a-z0-9]+|.*\.new~"
)


class Output:
    """One site's folder."""

    def __init__(self, folder: Path) -> None:
        """Begin or go on with the site in `folder`. Raises OutputError where the folder holds somebody else's files."""
        self.folder = folder
        mark = folder / MARK
        try:
            ours = is_site(folder)
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
        if path.startswith("/") or ".." in path.split("/"):
            raise OutputError(f"{path}: leads out of the site", "mend the address in the article's front matter")
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

    def prune(self, planned: Container[str], known: Container[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Remove what is ours and no longer planned, and folders left empty. Raises OutputError.

        Returns the paths removed and those of files that are not ours, sorted. Ours is what is `known` to have been written,
        and what shows that Backfile made it.
        """
        removed: list[str] = []
        strangers: list[str] = []
        try:
            for file in self._files():
                path = file.relative_to(self.folder).as_posix()
                if path == MARK or path in planned:
                    continue
                if path in known or _is_ours(path, file):
                    file.unlink(missing_ok=True)
                    removed.append(path)
                else:
                    strangers.append(path)
            for folder in {(self.folder / path).parent for path in removed}:
                _remove_empty(folder, self.folder)
        except OSError as error:
            raise OutputError(
                f"{self.folder.name}/: cannot be tidied: {error.strerror}", "is the folder writable?"
            ) from error
        return tuple(sorted(removed)), tuple(sorted(strangers))

    def _files(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.folder):
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            yield from (Path(folder) / name for name in (*names, *links))


def clean(folder: Path, cache: Path) -> tuple[int, tuple[str, ...]]:
    """Remove a site that Backfile made, and the caches. Raises OutputError for a folder that is no site.

    Returns the number of files removed, and the paths of files in the site that are not ours: they stay.
    """
    removed = 0
    strangers: tuple[str, ...] = ()
    try:
        if folder.exists():
            gone, strangers = Output(folder).prune(frozenset(), frozenset())
            removed = len(gone)
            if not strangers:
                (folder / MARK).unlink()
                folder.rmdir()
        if cache.exists():
            removed += sum(1 for file in cache.rglob("*") if file.is_file())
            shutil.rmtree(cache)
    except OSError as error:
        raise OutputError(
            f"{error.filename}: cannot be removed: {error.strerror}", "is the folder writable?"
        ) from error
    return removed, strangers


def is_site(folder: Path) -> bool:
    """Whether Backfile built a site in that folder."""
    try:
        return (folder / MARK).read_bytes() == MARK_TEXT
    except OSError:
        return False


def _is_ours(path: str, file: Path) -> bool:
    """Whether a file shows that Backfile made it; for the time when nothing else is known of the site any more."""
    if _OURS.fullmatch(path):
        return True
    if not path.endswith(".html") or file.is_symlink():
        return False
    with file.open("rb") as page:
        return _GENERATOR in page.read(_HEAD)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
