"""Live reload: the page waits for the next build, and a build never answers to its own work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

import pytest

from generator.errors import ContentError
from generator.serve import live, watching
from generator.serve.watching import fingerprint, follow

PATIENCE = 10.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("content/saved", "templates"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "archive.toml").write_text('title = "Harbour"\n', encoding="utf-8")
    return tmp_path


class Following:
    """`follow` in a thread, with what it did."""

    def __init__(self, root: Path, rebuild: Callable[[], bool]) -> None:
        self.root = root
        self.builds: SimpleQueue[str] = SimpleQueue()
        self.events: SimpleQueue[str] = SimpleQueue()
        self.changes = 0
        self._rebuild = rebuild
        self._ended = threading.Event()
        self._thread = threading.Thread(
            target=follow,
            args=(root, fingerprint(root), self._build),
            kwargs={"changed": self._changed, "on_event": self.events.put, "ended": self._ended},
        )

    def _build(self) -> bool:
        try:
            return self._rebuild()
        finally:
            self.builds.put("built")

    def _changed(self) -> None:
        self.changes += 1

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self._ended.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def wait(self) -> None:
        self.builds.get(timeout=PATIENCE)

    def no_more(self) -> bool:
        try:
            self.builds.get(timeout=0.4)
        except Empty:
            return True
        return False


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.1)


@pytest.mark.parametrize(
    "name", ["archive.toml", "content/saved/new.html", "content/deep/er/new.md", "templates/article.html"]
)
def test_a_change_builds_once(root: Path, name: str) -> None:
    with Following(root, lambda: True) as following:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("changed", encoding="utf-8")
        following.wait()
        assert following.no_more()
        assert following.changes == 1
        assert following.events.get(timeout=PATIENCE) == "built again"


def test_a_file_replaced_by_renaming_is_seen(root: Path) -> None:
    with Following(root, lambda: True) as following:
        (root / "aside").write_text('title = "Port"\n', encoding="utf-8")
        (root / "aside").replace(root / "archive.toml")
        following.wait()


@pytest.mark.parametrize("name", ["site/index.html", "notes.txt", "content/.hidden", "templates/article.html~"])
def test_what_is_none_of_the_site_s_sources_builds_nothing(root: Path, name: str) -> None:
    with Following(root, lambda: True) as following:
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
        assert following.no_more()


def test_a_build_that_writes_into_content_does_not_answer_to_itself(root: Path) -> None:
    def build() -> bool:
        (root / "content" / "articles.md").write_text("made", encoding="utf-8")
        return True

    with Following(root, build) as following:
        (root / "content" / "saved" / "new.html").write_text("x", encoding="utf-8")
        following.wait()
        while not following.no_more():
            pass
        assert following.changes <= watching.ROUNDS


def test_what_is_saved_during_a_build_is_built_too(root: Path) -> None:
    saved: list[str] = []

    def build() -> bool:
        if not saved:
            saved.append("once")
            (root / "content" / "saved" / "meanwhile.html").write_text("x", encoding="utf-8")
        return True

    with Following(root, build) as following:
        (root / "content" / "saved" / "new.html").write_text("x", encoding="utf-8")
        following.wait()
        following.wait()
        assert following.no_more()


def test_a_build_that_fails_is_told_and_the_next_one_counts(root: Path) -> None:
    failures: list[Exception] = [ContentError("a.md: cannot be read", "mend it"), RuntimeError("ours")]

    def build() -> bool:
        if failures:
            raise failures.pop(0)
        return True

    with Following(root, build) as following:
        told = []
        for number in range(3):
            (root / "templates" / "article.html").write_text(f"{number:03d}", encoding="utf-8")
            following.wait()
            told.append(following.events.get(timeout=PATIENCE))
        assert told == ["a.md: cannot be read\nhint: mend it", "the build failed: RuntimeError: ours", "built again"]
        assert following.changes == 1


def test_a_build_without_effect_reloads_nothing(root: Path) -> None:
    with Following(root, lambda: False) as following:
        (root / "archive.toml").write_text("# a remark", encoding="utf-8")
        following.wait()
        assert following.no_more()
        assert following.changes == 0


def test_a_folder_that_comes_later_is_watched(root: Path) -> None:
    (root / "templates").rmdir()
    with Following(root, lambda: True) as following:
        (root / "templates").mkdir()
        (root / "templates" / "a.html").write_text("1", encoding="utf-8")
        following.wait()
        while not following.no_more():
            pass
        (root / "templates" / "a.html").write_text("twelve", encoding="utf-8")
        following.wait()


def test_the_fingerprint_tells_names_and_contents_apart(root: Path) -> None:
    prints = [fingerprint(root)]
    (root / "content" / "a").write_text("1", encoding="utf-8")
    prints.append(fingerprint(root))
    (root / "content" / "a").rename(root / "content" / "b")
    prints.append(fingerprint(root))
    (root / "content" / "b").rename(root / "templates" / "b")
    prints.append(fingerprint(root))
    assert len(set(prints)) == 4
    assert fingerprint(root) == prints[-1]


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
