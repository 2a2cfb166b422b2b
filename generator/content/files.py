"""Writing in `content/`: aside first, then renamed; and walking it in a fixed order, following no links."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator import stamps, text
from generator.errors import ContentError

ASIDE = ".backfile-new"  # the end of the name, hidden, of a file that is being written


def write(file: Path, data: bytes) -> None:
    """Put the file in place whole or not at all. Raises ContentError."""
    aside = file.with_name(f".{text.short(file.name)}{ASIDE}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(data)
        aside.replace(file)
    except OSError as error:
        with suppress(OSError):  # where a file stands in the folder's way
            aside.unlink(missing_ok=True)
        raise ContentError(
            f"{file.name}: cannot be written: {error.strerror}", f"is {file.parent.name}/ writable, the disk full?"
        ) from error


def remove(root: Path, places: Iterable[str]) -> None:
    """Remove files below a folder for good, with the folders that this leaves empty. Raises ContentError."""
    for place in places:
        file = root / place
        try:
            file.unlink(missing_ok=True)
            folder = file.parent
            while folder != root and not any(folder.iterdir()):
                folder.rmdir()
                folder = folder.parent
        except OSError as error:
            raise ContentError(
                f"{place}: cannot be removed: {error.strerror}", "mend the permissions of content/"
            ) from error


def sweep(folder: Path) -> None:
    """Remove what a killed run left half written: our files aside, whose names are ours alone."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(ASIDE):
                with suppress(OSError):  # what cannot be removed does no harm
                    Path(place, name).unlink()


@contextmanager
def looking(folder: Path) -> Iterator[None]:
    """Look into a folder, or folders below it. Raises ContentError where one cannot be read; what is not there is no fault."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        place = Path(os.fsdecode(error.filename or folder)).name
        raise ContentError(
            f"{shown(place)}/: cannot be read: {error.strerror}", "mend the folder's permissions"
        ) from error


def walk(folder: Path, suffix: str = "") -> Iterator[Path]:
    """The regular files below `folder` whose names end in `suffix`, sorted, hidden ones and links left out. Raises ContentError."""
    try:
        with looking(folder):
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), suffix)
        elif entry.is_file(follow_symlinks=False) and entry.name.endswith(suffix):
            yield Path(entry.path)


def is_text(name: str) -> bool:
    """Whether a name on disk is text at all (UTF-8)."""
    return name.isascii() or shown(name) == name


def shown(name: str) -> str:
    """A name on disk as it can be printed and stored."""
    return name.encode("utf-8", "replace").decode()


def stamp(file: Path) -> str:
    """What tells a changed file from an unchanged one without reading it: size and time of change."""
    return stamps.of(file.stat())
