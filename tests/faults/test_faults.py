"""Full disks, damaged catalogues, content that changes meanwhile, two at once: told, harmless, and healed by the next run."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.catalogue import Catalogue
from generator.errors import BackfileError, BusyError, ContentError, OutputError
from generator.intake import Stated
from tests.samples import FERRY, Run, Sample, TryOut, tree

EVERY = 6  # of the moments at which something is written, one in so many is tried


class Interrupting(pipeline.Quiet):
    """Progress that does something at its n-th step."""

    def __init__(self, number: int, what: Callable[[], object]) -> None:
        self._left, self._what = number, what

    def step(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._what()


def stocked(archive: TryOut, count: int = 3) -> TryOut:
    for number in range(count):
        sample = replace(Sample(), headline=f"Harbour story {number}", url=f"https://www.ledger.example/{number}",
                         paragraphs=(f"Story {number} begins at the quay. {FERRY[0]}", *FERRY[1:]))  # fmt: skip
        archive.save(f"{number}.html", sample)
    return archive


def both(archive: TryOut, progress: pipeline.Progress | None = None) -> None:
    """What a person does: add the heap, build the site."""
    step = progress or pipeline.Quiet()
    pipeline.add(archive.settings, [archive.root.parent / "heap"], Stated(), 0, step)
    pipeline.build(archive.settings, None, 0, step)


def ours(archive: TryOut) -> dict[str, bytes]:
    return {name: data for name, data in tree(archive.root).items() if name.startswith(("content/", "site/"))}


@pytest.fixture
def undisturbed(archive: TryOut, tmp_path: Path) -> dict[str, bytes]:
    """What the archive is when nothing goes wrong."""
    other = TryOut(tmp_path / "undisturbed" / "archive")
    other.root.mkdir(parents=True)
    (other.root / "archive.toml").write_bytes((archive.root / "archive.toml").read_bytes())
    both(stocked(other))
    return ours(other)


@contextmanager
def failing(number: int) -> Iterator[list[str]]:
    """The `number`-th time that something is written, the disk is full, and stays so; yields what was written until then."""
    seen: list[str] = []

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Path, *words: Any, **named: Any) -> Any:
            spared = "templates" in path.parts  # compiled ones that cannot be kept are made again, and nobody is told
            if not spared:
                seen.append(path.name)
            if len(seen) + spared > number:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(path, *words, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in ("write_bytes", "replace", "mkdir"):
            patch.setattr(Path, name, guarded(getattr(Path, name)))
        yield seen


def test_a_disk_that_is_full_at_any_moment_is_told_and_does_no_harm(
    archive: TryOut, undisturbed: dict[str, bytes]
) -> None:
    stocked(archive)
    with failing(1_000_000) as seen:
        both(archive)
    moments = range(1, len(seen), EVERY)
    assert len(moments) > 5
    for number in moments:
        for part in ("content", "site", ".backfile"):
            remove(archive.root / part)
        with failing(number), pytest.raises(BackfileError, match=r"cannot be (written|made)"):
            both(archive)
        gc.collect()  # the failure's frames hold a list half read, and with it the lock: a process that ends frees both
        assert all(undisturbed[name] == data for name, data in ours(archive).items() if not aside(name))
        both(archive)
        assert ours(archive) == undisturbed


def test_a_disk_that_is_full_for_the_catalogue_is_told_with_what_to_do(
    archive: TryOut, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    stocked(archive)

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "take_in", full)
        with pytest.raises(OutputError, match="database or disk is full") as caught:
            both(archive)
    assert "room" in caught.value.hint
    both(archive)
    assert ours(archive) == undisturbed


@pytest.mark.parametrize("step", [1, 3, 5, 20])
def test_ctrl_c_at_any_step_leaves_an_archive_that_the_next_run_finishes(
    archive: TryOut, undisturbed: dict[str, bytes], step: int
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both(stocked(archive), Interrupting(step, interrupt))
    both(archive)
    assert ours(archive) == undisturbed


@pytest.mark.parametrize("damage", ["half", "empty", "garbage", "other version", "gone"])
def test_a_damaged_catalogue_changes_nothing_in_the_site(
    archive: TryOut, undisturbed: dict[str, bytes], damage: str
) -> None:
    both(stocked(archive))
    file = archive.root / ".backfile/catalogue.sqlite"
    raw = file.read_bytes()
    if damage == "other version":
        with sqlite3.connect(file) as db:
            db.execute("PRAGMA user_version = 1")
        db.close()
    elif damage == "gone":
        remove(archive.root / ".backfile")
    else:
        file.write_bytes({"half": raw[: len(raw) // 2], "empty": b"", "garbage": bytes(range(256)) * 64}[damage])
    stamps = {path: path.stat().st_mtime_ns for path in (archive.root / "site").rglob("*.html")}
    both(archive)
    assert ours(archive) == undisturbed
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_content_that_changes_while_the_site_is_built_is_shown_by_the_next_build(
    archive: TryOut, tmp_path: Path
) -> None:
    both(stocked(archive))
    first, second, third = sorted((archive.root / "content/articles").rglob("*.md"))
    remove(archive.root / "site")

    def meanwhile() -> None:
        first.write_text(first.read_text("utf-8") + "\nA late word.\n", "utf-8")
        second.unlink()
        third.write_bytes(third.read_bytes()[:200])

    with suppress(ContentError):  # it says so where a page can no longer be made
        pipeline.build(archive.settings, None, 0, Interrupting(1, meanwhile))
    archive.build()
    grown = ours(archive)
    remove(archive.root / "site")
    remove(archive.root / ".backfile")
    archive.build()
    assert ours(archive) == grown
    assert any(b"A late word." in data for name, data in grown.items() if name.startswith("site/"))


@pytest.mark.parametrize("moment", [0, 4_102_444_800])
def test_a_clock_that_jumps_changes_no_page(archive: TryOut, undisturbed: dict[str, bytes], moment: int) -> None:
    both(stocked(archive))
    for file in archive.root.rglob("*"):
        os.utime(file, (moment, moment))
    both(archive)
    assert ours(archive) == undisturbed


def test_a_second_build_says_that_another_is_at_work_and_touches_nothing(archive: TryOut, run: Run) -> None:
    both(stocked(archive))
    before = ours(archive)
    with Catalogue(archive.settings.cache):
        with pytest.raises(BusyError):
            both(archive)
        ended = run("--archive", archive.root, "build")
    assert (ended.status, ended.out) == (2, "")
    assert "another backfile is at work" in ended.err
    assert ours(archive) == before
    both(archive)
    assert ours(archive) == before


def test_what_a_killed_run_left_half_written_is_swept_away_by_the_next(archive: TryOut) -> None:
    both(stocked(archive))
    before = ours(archive)
    left = [
        archive.root / "content/saved/.0123456789abcdef.backfile-new",
        archive.root / "content/articles/2022/03/.0123.backfile-new",
        archive.root / "site/4711.new~",
        archive.root / "site/2022/4711.new~",
    ]
    for file in left:
        file.write_bytes(b"half")
    catalogue = Catalogue(archive.settings.cache)
    with pytest.raises(KeyboardInterrupt), catalogue:
        raise KeyboardInterrupt
    mine = archive.root / "content/saved/.renewed"
    mine.write_bytes(b"a person's")
    archive.build()
    assert ours(archive) == {**before, "content/saved/.renewed": b"a person's"}


def aside(name: str) -> bool:
    return name.endswith((".backfile-new", ".new", ".new~"))


def remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def test_what_a_killed_run_took_in_is_recorded_by_the_next(
    archive: TryOut, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    stocked(archive)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_record", killed)
        with pytest.raises(KeyboardInterrupt):
            both(archive)
    both(archive)
    assert ours(archive) == undisturbed
