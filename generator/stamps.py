"""What tells a changed file or folder from an unchanged one without reading it. Reads names, sizes and times, nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

_BESIDE = (
    "import json, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from generator import stamps;"
    "json.dump(list(stamps.folders(Path(sys.argv[2]))), sys.stdout)"
)
_MASK = 2**64 - 1
# it went while we looked, or was never there, or is another thing by now
_GONE = (FileNotFoundError, NotADirectoryError)


def of(state: os.stat_result) -> str:
    """A file's stamp: size and time of change."""
    return f"{state.st_size}-{state.st_mtime_ns}"


def folders(root: Path) -> Iterator[tuple[str, str]]:
    """Every folder below `root`, itself first as `""`, with a mark over the names, sizes and times of what lies in it.

    The mark is a sum, so no order matters, and a hundred thousand files cost little more than the system's own answers.
    Hidden names are left out, links are not followed. Raises OSError where a folder cannot be read.
    """
    waiting = [""]
    while waiting:
        name = waiting.pop()
        try:
            mark, within = _looked(f"{root}/{name}" if name else str(root))
        except _GONE:
            continue
        waiting += (f"{name}/{one}" if name else one for one in within)
        yield name, mark


@contextmanager
def folders_beside(root: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Begin to look through the folders in a process of its own; what it gives waits for it, and gives what `folders` does.

    A thread would not do: to look is as much Python's work as the system's. Raises OSError as `folders` does.
    """
    command = (sys.executable, "-S", "-E", "-c", _BESIDE, str(Path(__file__).parents[1]), str(root))
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:  # no room for another process: then here
        yield lambda: dict(folders(root))
        return

    def found() -> dict[str, str]:
        told, _ = process.communicate()
        return dict(json.loads(told)) if process.returncode == 0 else dict(folders(root))

    with process:
        try:
            yield found
        finally:
            process.kill()  # where nobody has asked


def folder(place: Path) -> str:
    """The mark of one folder; `""` where there is none. Raises OSError."""
    try:
        return _looked(str(place))[0]
    except _GONE:
        return ""


def _looked(place: str) -> tuple[str, list[str]]:
    """A folder's mark and the names of its folders."""
    within: list[str] = []
    total = count = 0
    with _entries(place) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                within.append(name)
                continue
            state = entry.stat(follow_symlinks=False)
            total += hash(
                (state.st_ino, state.st_size, state.st_mtime_ns, crc32(name.encode(errors="surrogateescape")))
            )
            count += 1
    return f"{count}-{total & _MASK:x}", within


def files(folder: Path, *, links: bool = True) -> dict[str, str]:
    """The names in one folder that are no folders, with their stamps, sorted; hidden ones left out, links where asked.

    Raises OSError.
    """
    try:
        with _entries(str(folder)) as entries:
            found = {
                entry.name: of(entry.stat(follow_symlinks=False))
                for entry in entries
                if not entry.name.startswith(".")
                and not entry.is_dir(follow_symlinks=False)
                and (links or not entry.is_symlink())
            }
    except _GONE:
        return {}
    return dict(sorted(found.items()))


@contextmanager
def _entries(place: str) -> Iterator[Iterator[os.DirEntry[str]]]:
    """What lies in a folder, seen from inside where the system can: it need not go all the way there for each name."""
    if os.scandir not in os.supports_fd:
        with os.scandir(place) as entries:
            yield entries
        return
    inside = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(inside) as entries:
            yield entries
    finally:
        os.close(inside)
