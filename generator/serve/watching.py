"""Watches what a site is made of, and builds again when it changes: `archive.toml`, `content/`, `templates/`.

A build may write into `content/` itself. What counts is therefore not that something happened but that the archive is
not as the last build left it, so that a build never answers to its own work.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import watch

from generator import text
from generator.config import FILE
from generator.errors import BackfileError

FOLDERS = ("content", "templates")
ROUNDS = 3  # builds in a row while the archive keeps changing under them
LOOK_SECONDS = 1.0  # how soon a folder that comes, goes or is replaced is noticed
MAX_DEPTH = 64


def follow(
    root: Path,
    seen: str,
    rebuild: Callable[[], bool],
    *,
    changed: Callable[[], None],
    on_event: Callable[[str], None],
    ended: threading.Event,
) -> None:
    """Build again whenever the archive differs from the fingerprint `seen`, until `ended`; at once where that is `""`.

    `changed` is called when a build has changed the site.
    """
    news: queue.SimpleQueue[None] = queue.SimpleQueue()
    if not seen:
        news.put(None)
    for name in (FILE, *FOLDERS):
        threading.Thread(
            target=_watch, args=(root, name, news, on_event, ended), name=f"watching {name}", daemon=True
        ).start()
    while not ended.is_set():
        try:
            news.get(timeout=LOOK_SECONDS / 2)
        except queue.Empty:
            continue
        if fingerprint(root) != seen:
            seen = _built(root, rebuild, changed, on_event)


def fingerprint(root: Path) -> str:
    """A digest of names, sizes and times of all that a site is made of; hidden files and editors' copies are left out."""
    # a digest in place of a folder's names: what is kept does not grow with the archive
    return text.digest(_state(root / FILE), *(_folder_digest(root / name, MAX_DEPTH) for name in FOLDERS))


def _built(
    root: Path, rebuild: Callable[[], bool], changed: Callable[[], None], on_event: Callable[[str], None]
) -> str:
    for _ in range(ROUNDS):
        before = fingerprint(root)
        try:
            if rebuild():
                changed()
                on_event("built again")
        except BackfileError as error:
            on_event(str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours must be told, and must not end the watching
            on_event(f"the build failed: {type(error).__name__}: {error}")
        after = fingerprint(root)
        if before == after:
            return after
    on_event("the archive kept changing while it was built: save once more if something is missing")
    return after


def _watch(
    root: Path, name: str, news: queue.SimpleQueue[None], on_event: Callable[[str], None], ended: threading.Event
) -> None:
    single = name == FILE  # editors replace a file by renaming: watch its folder, but only that
    folder = root if single else root / name
    try:
        while not ended.is_set():
            for changes in _changes(folder, ended, recursive=not single):
                if not single or not changes or any(Path(path).name == name for path in changes):
                    news.put(None)
            ended.wait(LOOK_SECONDS)
            news.put(None)  # the folder came, went or was replaced
    except (OSError, RuntimeError) as error:
        on_event(f"{name} cannot be watched: {error}\nhint: changes there are seen with the next one elsewhere")


def _changes(folder: Path, ended: threading.Event, *, recursive: bool) -> Iterator[list[str]]:
    """Paths that may have changed, until the folder is no longer the one that is watched.

    The first may be an empty list: what happened while the watching began is not known.
    """
    watched = _state(folder, whole=False)
    if not watched:
        return
    begun = False
    for changes in watch(
        folder.resolve(),
        watch_filter=None,  # the fingerprint leaves out what does not count
        stop_event=ended,
        rust_timeout=int(LOOK_SECONDS * 1000),
        yield_on_timeout=True,
        recursive=recursive,
        ignore_permission_denied=True,
        raise_interrupt=False,
    ):
        if changes or not begun:
            begun = True
            yield [path for _, path in sorted(changes)]
        elif _state(folder, whole=False) != watched:
            return


def _folder_digest(folder: Path, depth: int) -> str:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # gone, or never there
        return ""
    lines = []
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir(follow_symlinks=False):
            lines.append(f"{entry.name}/{_folder_digest(Path(entry.path), depth - 1) if depth else ''}")
        else:
            lines.append(f"{entry.name} {_state(Path(entry.path))}")
    return text.digest(*lines)


def _state(path: Path, *, whole: bool = True) -> str:
    try:
        state = path.stat()
    except OSError:
        return ""
    return f"{state.st_ino} {state.st_size} {state.st_mtime_ns}" if whole else f"{state.st_dev} {state.st_ino}"
