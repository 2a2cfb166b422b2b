"""Watches what a site is made of, and has it taken in when it changes: `archive.toml`, `content/`, `templates/`.

What is told is which paths changed, so that an edit in a large archive costs what it costs in a small one. Whoever takes
it in may write into `content/` himself: that is told too, and nothing of it is news to him.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from watchfiles import watch

from generator.config import FILE
from generator.errors import BackfileError, BusyError

FOLDERS = ("content", "templates")
LOOK_SECONDS = (
    1.0  # how soon a folder that comes, goes or is replaced is noticed, and an archive in use looked at again
)

Refresh = Callable[[Collection[Path] | None], bool]
News = queue.SimpleQueue[Collection[Path] | None]  # None: nobody knows what


def follow(
    root: Path,
    refresh: Refresh,
    *,
    changed: Callable[[], None],
    on_event: Callable[[str], None],
    ended: threading.Event,
) -> None:
    """Have taken in whatever changes in the archive, until `ended`; `changed` is called when pages may look different for it."""
    news: News = queue.SimpleQueue()
    for name in (FILE, *FOLDERS):
        threading.Thread(
            target=_watch, args=(root, name, news, on_event, ended), name=f"watching {name}", daemon=True
        ).start()
    waiting: list[Collection[Path] | None] = []
    while not ended.is_set():
        waiting += _arrived(news)
        if waiting:
            paths = None if None in waiting else frozenset(path for one in waiting if one for path in one)
            if _taken_in(paths, refresh, changed, on_event):
                waiting = []


def _arrived(news: News) -> Iterator[Collection[Path] | None]:
    try:
        yield news.get(timeout=LOOK_SECONDS / 2)
        while True:
            yield news.get_nowait()
    except queue.Empty:
        return


def _taken_in(
    paths: Collection[Path] | None, refresh: Refresh, changed: Callable[[], None], on_event: Callable[[str], None]
) -> bool:
    """Whether it was taken in, or never will be: an archive that another run holds is looked at again."""
    try:
        if refresh(paths):
            changed()
            on_event("changed")
    except BusyError:
        return False
    except BackfileError as error:
        on_event(str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours must be told, and must not end the watching
        on_event(f"the archive could not be read: {type(error).__name__}: {error}")
    return True


def _counts(path: Path) -> bool:
    """Whether it is no hidden file and no editor's copy."""
    return not any(part.startswith(".") or part.endswith("~") for part in path.parts)


def _watch(root: Path, name: str, news: News, on_event: Callable[[str], None], ended: threading.Event) -> None:
    single = name == FILE  # editors replace a file by renaming: watch its folder, but only that
    folder = (root if single else root / name).resolve()
    try:
        while not ended.is_set():
            before = _identity(folder)
            for changes in _changes(folder, ended, recursive=not single):
                counting = [path for path in changes if path.name == name or not single]
                if not changes:
                    news.put(None)
                elif told := [path for path in counting if _counts(path.relative_to(folder))]:
                    news.put(told)
            ended.wait(LOOK_SECONDS)
            if _identity(folder) != before:  # it came, went or was replaced
                news.put(None)
    except (OSError, RuntimeError) as error:
        on_event(f"{name} cannot be watched: {error}\nhint: changes there are seen with the next one elsewhere")


def _changes(folder: Path, ended: threading.Event, *, recursive: bool) -> Iterator[list[Path]]:
    """Paths that may have changed, until the folder is no longer the one that is watched.

    The first may be an empty list: what happened while the watching began is not known.
    """
    watched = _identity(folder)
    if not watched:
        return
    begun = False
    for changes in watch(
        folder,
        watch_filter=None,  # what does not count is left out by us
        stop_event=ended,
        rust_timeout=int(LOOK_SECONDS * 1000),
        yield_on_timeout=True,
        recursive=recursive,
        ignore_permission_denied=True,
        raise_interrupt=False,
    ):
        if changes or not begun:
            begun = True
            yield [Path(path) for _, path in sorted(changes)]
        elif _identity(folder) != watched:
            return


def _identity(folder: Path) -> str:
    try:
        state = folder.stat()
    except OSError:
        return ""
    return f"{state.st_dev} {state.st_ino}"
