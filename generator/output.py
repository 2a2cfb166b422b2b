"""The only room that writes or deletes in `site/`: whole files or none, and nothing that Backfile did not make.

A file is compared before it is written, written aside, and renamed. A folder that Backfile did not begin is refused.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from generator import stamps
from generator.errors import OutputError
from generator.images import STEM

MARK = ".nojekyll"
MARK_TEXT = b"This folder is made by Backfile: everything in it is made anew or removed by the next build.\n"
ASIDE = ".new~"  # the end of the name of a file that is being written
_GENERATOR = b'<meta name="generator" content="Backfile'
_HEAD = 8_192
_OURS = re.compile(
    r"(.*/)?feed\.(xml|json)|sitemap\.xml|sitemaps/[^/]+\.xml|robots\.txt|sw\.js|manifest\.webmanifest|static/[^/]*-[0-9a-f]{8}\.(css|js)|static/icon\.svg"
    r"|data/seal\.json|data/seal/(?:tile|articles)/.*|data/seal/checkpoint(?:\.sig|\.tsr)?"
    rf"|{STEM}(?:-\d+)?\.[a-z0-9]+|.*" + re.escape(ASIDE)
)

Looked = Callable[[], dict[str, str]]  # folders with their marks, as `stamps.folders` gives them


class Output:
    """One site's folder."""

    def __init__(self, folder: Path, looked: Looked | None = None) -> None:
        """Begin or go on with the site in `folder`; `looked` gives its folders where somebody looks through them already.

        Raises OutputError where the folder holds somebody else's files.
        """
        self.folder = folder
        self._looked = looked
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

    def write(self, path: str, data: bytes) -> tuple[bool, str]:
        """Put a page in place: whether its bytes are new there, and the stamp of its file. Raises OutputError."""
        if path.startswith("/") or ".." in path.split("/"):
            raise OutputError(f"{path}: leads out of the site", "mend the address in the article's front matter")
        file = f"{self.folder}/{path}"
        try:
            same = _same(file, data)
            return (False, same) if same else (True, _put(str(self.folder), file, data))
        except OSError as error:
            raise OutputError(
                f"{path}: cannot be written: {error.strerror}",
                "is the disk full, the folder writable? the next build goes on from here",
            ) from error

    def folders(self) -> dict[str, str]:
        """Every folder of the site with a mark that changes when anything in it does. Raises OutputError."""
        with self._looking():
            looked, self._looked = self._looked, None  # once: after that something may have been written
            return looked() if looked else dict(stamps.folders(self.folder))

    def files(self, folder: str) -> dict[str, str]:
        """The names in one folder with the stamps of their files; hidden ones left out. Raises OutputError."""
        with self._looking():
            return stamps.files(self.folder / folder)

    def mark(self, folder: str) -> str:
        """The mark of one folder. Raises OutputError."""
        with self._looking():
            return stamps.folder(self.folder / folder)

    def holds(self, path: str) -> bool:
        """Whether anything lies there."""
        return os.path.lexists(self.folder / path)

    def remove(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Remove pages that are no longer planned, and folders left empty; returns those that were there. Raises OutputError."""
        removed: list[str] = []
        try:
            for path in paths:
                file = self.folder / path
                if file.is_symlink() or file.is_file():
                    file.unlink()
                    removed.append(path)
            for folder in sorted({(self.folder / path).parent for path in removed}):
                _remove_empty(folder, self.folder)
        except OSError as error:
            raise OutputError(
                f"{self.folder.name}/: cannot be tidied: {error.strerror}", "is the folder writable?"
            ) from error
        return tuple(removed)

    def is_ours(self, path: str) -> bool:
        """Whether a file shows that Backfile made it; for the time when nothing else is known of the site any more."""
        file = self.folder / path
        if _OURS.fullmatch(path):
            return True
        if not path.endswith(".html") or file.is_symlink():
            return False
        with file.open("rb") as page:
            return _GENERATOR in page.read(_HEAD)

    @contextmanager
    def _looking(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputError(
                f"{self.folder.name}/: cannot be read: {error.strerror}", "mend the folder's permissions"
            ) from error


def _same(file: str, data: bytes) -> str:
    """The stamp of a file that holds these bytes already, or nothing."""
    try:
        with open(file, "rb", buffering=0) as there:  # noqa: PTH123 - called once a page: half the price of a Path
            state = os.fstat(there.fileno())
            return stamps.of(state) if state.st_size == len(data) and there.read(len(data) + 1) == data else ""
    except (FileNotFoundError, NotADirectoryError):
        return ""


def _put(root: str, file: str, data: bytes) -> str:
    """Write aside, then rename: the old page or the new one lies there, whenever the process dies.

    Aside is one place for all: ext4 takes half as long again to find room in a folder that was begun a moment ago.
    """
    name = f"{os.getpid()}{ASIDE}"
    aside = f"{root}/{name}"
    try:
        return _moved(aside, file, data)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    os.unlink(aside)  # noqa: PTH108
    folder = file.rpartition("/")[0]  # lies on another disk
    return _moved(f"{folder}/{name}", file, data)


def _moved(aside: str, file: str, data: bytes) -> str:
    """The stamp of a file that was written aside and renamed."""
    with open(aside, "wb", buffering=0) as new:  # noqa: PTH123
        written = new.write(data)
        while written < len(data):  # a full disk takes a part first
            written += new.write(data[written:])
        state = os.fstat(new.fileno())
    try:
        os.replace(aside, file)  # noqa: PTH105
    except FileNotFoundError:
        os.makedirs(os.path.dirname(file), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(aside, file)  # noqa: PTH105
    return stamps.of(state)


def looking(folder: Path) -> AbstractContextManager[Looked]:
    """Begin to look through a site's folders while something else is done: nothing may be written there before it is asked."""
    return stamps.folders_beside(folder)


def clean(folder: Path, cache: Path) -> tuple[int, tuple[str, ...]]:
    """Remove a site that Backfile made, and the caches. Raises OutputError for a folder that is no site.

    Returns the number of files removed, and the paths of files in the site that are not ours: they stay.
    """
    removed = 0
    strangers: tuple[str, ...] = ()
    try:
        if folder.exists():
            output = Output(folder)
            paths = [
                file.relative_to(folder).as_posix()
                for file in _files(folder)
                if file.name != MARK or file.parent != folder
            ]
            gone = output.remove(path for path in sorted(paths) if output.is_ours(path))
            strangers = tuple(sorted({*paths} - {*gone}))
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


def _files(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        yield from (Path(folder) / name for name in (*names, *links))


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
