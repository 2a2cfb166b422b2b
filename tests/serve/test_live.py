"""Live reload: the page waits for the next build, and a build never answers to its own work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Self

import pytest

from generator.errors import BusyError, ContentError
from generator.serve import live, watching
from generator.serve.watching import follow

PATIENCE = 10.0

Refresh = Callable[[Collection[Path]], bool]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/saved", "templates"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "archive.toml").write_text('title = "Harbour"\n', encoding="utf-8")
    return tmp_path


class Following:
    """`follow` in a thread, with what it did."""

    def __init__(self, root: Path, refresh: Refresh) -> None:
        self.root = root
        self.told: SimpleQueue[Collection[Path]] = SimpleQueue()
        self.begun: SimpleQueue[str] = SimpleQueue()
        self.events: SimpleQueue[str] = SimpleQueue()
        self.changes = 0
        self._refresh = refresh
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=follow,
            args=(root, self._taken),
            kwargs={"changed": self._changed, "on_event": self.events.put, "ended": self._ended},
        )

    def _taken(self, paths: Collection[Path] | None) -> bool:
        if paths is None:
            self.begun.put("somewhere")
            return False
        try:
            return self._refresh(paths)
        finally:
            self.told.put(paths)

    def _changed(self) -> None:
        self.changes += 1

    def __enter__(self) -> Self:
        self._thread.start()
        self.begun.get(timeout=PATIENCE)  # each watch says so when it has begun, some of them together
        while not quiet(self.begun):
            pass
        return self

    def __exit__(self, *args: object) -> None:
        self._ended.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def wait(self) -> set[str]:
        """The paths, in the archive, that were told next."""
        paths = self.told.get(timeout=PATIENCE)
        return {path.relative_to(self.root).as_posix() for path in paths}

    def no_more(self) -> bool:
        return quiet(self.told)


def quiet(queue: SimpleQueue[Any]) -> bool:
    """Whether nothing comes for a while; what does come is taken."""
    try:
        queue.get(timeout=0.4)
    except Empty:
        return True
    return False


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.1)


@pytest.mark.parametrize(
    "name", ["archive.toml", "content/saved/new.html", "content/articles/2025/03/18-a.md", "templates/article.html"]
)
def test_a_change_is_told_by_its_path(root: Path, name: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    with Following(root, lambda _: True) as following:
        (root / name).write_text("changed", encoding="utf-8")
        assert name in following.wait()
        assert following.events.get(timeout=PATIENCE) == "changed"
        assert following.changes >= 1


def test_a_file_replaced_by_renaming_is_seen(root: Path) -> None:
    with Following(root, lambda _: True) as following:
        (root / "aside").write_text('title = "Port"\n', encoding="utf-8")
        (root / "aside").replace(root / "archive.toml")
        assert following.wait() == {"archive.toml"}


@pytest.mark.parametrize("name", ["site/index.html", "notes.txt", "content/.hidden", "templates/article.html~"])
def test_what_is_none_of_the_site_s_sources_is_no_news(root: Path, name: str) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    with Following(root, lambda _: True) as following:
        (root / name).write_text("x", encoding="utf-8")
        (root / "archive.toml").write_text('title = "Port"\n', encoding="utf-8")
        assert following.wait() == {"archive.toml"}
        assert following.no_more()


def test_what_was_written_while_it_was_taken_in_is_told_too(root: Path) -> None:
    def refresh(paths: Collection[Path]) -> bool:
        if any(path.name == "new.html" for path in paths):
            (root / "content" / "made.md").write_text("made", encoding="utf-8")
        return False

    with Following(root, refresh) as following:
        (root / "content" / "saved" / "new.html").write_text("x", encoding="utf-8")
        seen = following.wait()
        while "content/made.md" not in seen:
            seen |= following.wait()
        assert following.no_more()
        assert following.changes == 0


def test_what_fails_is_told_and_the_next_one_counts(root: Path) -> None:
    failures: list[Exception] = [ContentError("a.md: cannot be read", "mend it"), RuntimeError("ours")]

    def refresh(_: Collection[Path]) -> bool:
        if failures:
            raise failures.pop(0)
        return True

    with Following(root, refresh) as following:
        for remark in (
            "a.md: cannot be read\nhint: mend it",
            "the archive could not be read: RuntimeError: ours",
            "changed",
        ):
            (root / "templates" / "article.html").write_text(remark, encoding="utf-8")
            assert following.events.get(timeout=PATIENCE) == remark
            while not following.no_more():
                pass


def test_an_archive_that_another_run_holds_is_looked_at_again(root: Path) -> None:
    busy = [BusyError("another backfile is at work", "wait")] * 3

    def refresh(_: Collection[Path]) -> bool:
        if busy:
            raise busy.pop()
        return True

    with Following(root, refresh) as following:
        (root / "content" / "a.md").write_text("x", encoding="utf-8")
        assert following.events.get(timeout=PATIENCE) == "changed"
        assert not busy


def test_a_folder_that_comes_later_is_watched(root: Path) -> None:
    (root / "templates").rmdir()
    with Following(root, lambda _: True) as following:
        (root / "templates").mkdir()
        following.begun.get(timeout=PATIENCE)
        while not quiet(following.begun):
            pass
        (root / "templates" / "a.html").write_text("twelve", encoding="utf-8")
        assert following.wait() == {"templates/a.html"}


def test_a_page_waits_until_the_site_is_newer_than_itself() -> None:
    reloads = live.Reloads()
    woken: SimpleQueue[int] = SimpleQueue()
    waiting = threading.Thread(target=lambda: woken.put(reloads.wait(0, PATIENCE)))
    waiting.start()
    reloads.bump()
    assert woken.get(timeout=PATIENCE) == 1
    waiting.join(PATIENCE)
    assert reloads.wait(0, PATIENCE) == 1
    reloads.close()
    assert reloads.wait(1, PATIENCE) == 1


def test_the_script_names_the_version_it_was_given() -> None:
    assert b"/__backfile/events?since=7" in live.script(7)


def test_the_script_goes_before_the_last_end_of_the_body() -> None:
    assert live.live(b"<p>&lt;/body></BODY ></html>").endswith(b"defer></script></BODY ></html>")
    assert live.live(b"no end").endswith(b"defer></script>")
