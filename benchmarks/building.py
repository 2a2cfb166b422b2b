"""Builds measured side by side, in turns, in one run: ours, Hugo's over the same articles, and `tar` writing the same files.

Each build is a process of its own: seconds by the clock, seconds of work (its own and its children's), and the memory
of the largest process. Medians of the rounds. Nothing is deleted before the end: for half a minute after that, ext4 takes
twice as long to make a file, whoever makes it.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.articles import EXTRA, SECTIONS, Story, newest, put, put_for_hugo, story

ADDED, FIRST = "one article added", "the first of its day added"
HUGO = Path(__file__).with_name("peers") / "hugo"
BACKFILE = (sys.executable, "-c", "from generator.cli import main; main()")


class Run(NamedTuple):
    """What a process took."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Added:
    """An article that is added to those there are."""

    work: str
    story: Story


@dataclass(frozen=True)
class Contender:
    """Somebody who builds a site: how, from where, and where to."""

    name: str
    root: Path
    command: tuple[str, ...]
    site: Path
    made: tuple[str, ...]
    put: Callable[[Path, Story], Path]
    added: tuple[Added, ...]

    def build(self) -> Run:
        return run(self.command, self.root)

    def clear(self, aside: Path) -> None:
        """Put what was built before out of the way."""
        for name in self.made:
            if (self.root / name).exists():
                (self.root / name).rename(aside / f"{self.name}-{name}")


def measured(size: int, rounds: int, hugo: str | None) -> dict[str, object]:
    """The figures of one size: for each contender and each work its medians, and what lies in the site then."""
    with folder() as root:
        contenders = [_ours(root / "ours", size), *([_hugo(root / "hugo", size, hugo)] if hugo else [])]
        runs: dict[str, list[Run]] = {}
        changed: dict[str, int] = {}
        for number in range(rounds):
            for work, found in _round(root / f"round-{number}", contenders, changed):
                runs.setdefault(work, []).append(found)
        sites = {one.name: _weighed(one.site) for one in contenders}
    return {
        "articles": size,
        "rounds": rounds,
        "runs": {work: median(found) for work, found in runs.items()},
        "changed": changed,
        "files": {name: files for name, (files, _) in sites.items()},
        "bytes": {name: size for name, (_, size) in sites.items()},
    }


def _round(aside: Path, contenders: list[Contender], changed: dict[str, int]) -> Iterator[tuple[str, Run]]:
    aside.mkdir()
    for one in contenders:
        one.clear(aside)
    os.sync()
    for one in contenders:
        yield f"{one.name}: clean build", one.build()
    tape, taken = aside / "site.tar", aside / "taken"
    run(("tar", "cf", str(tape), "-C", str(contenders[0].site), "."), aside)
    taken.mkdir()
    yield "tar x of the same files", run(("tar", "xf", str(tape), "-C", str(taken)), aside)
    for one in contenders:
        yield f"{one.name}: unchanged", one.build()
    for one in contenders:
        for added in one.added:
            work = f"{one.name}: {added.work}"
            before = {} if work in changed else _digests(one.site)
            new = one.put(one.root, added.story)
            yield work, one.build()
            if before:
                changed[work] = len(set(_digests(one.site).items()) - set(before.items()))
            new.unlink()
            if added is not one.added[-1]:
                one.build()


def _ours(root: Path, size: int) -> Contender:
    set_up(root)
    for number in range(size):
        put(root / "content", story(number))
    command = (*BACKFILE, "--archive", str(root), "build", "--quiet")
    extra = story(EXTRA)
    added = (Added(ADDED, replace(extra, when=newest(size))), Added(FIRST, extra))
    return Contender(
        "Backfile", root, command, root / "site", ("site", ".backfile"), lambda at, one: put(at / "content", one), added
    )


def set_up(root: Path) -> None:
    """An archive without articles."""
    root.mkdir()
    (root / "archive.toml").write_text('title = "Benchmark"\nlanguage = "en"\nurl = "https://bench.example/"\n')


def _hugo(root: Path, size: int, program: str) -> Contender:
    shutil.copytree(HUGO, root)
    for name in SECTIONS:
        desk = root / "content/desk" / name.lower() / "_index.md"
        desk.parent.mkdir(parents=True)
        desk.write_text(f'---\ntitle: "{name}"\noutputs: ["html", "rss"]\n---\n')
    for number in range(size):
        put_for_hugo(root / "content/posts", story(number))
    added = (Added(ADDED, replace(story(EXTRA), when=newest(size))),)
    made = ("public", "resources")
    return Contender(
        "Hugo",
        root,
        (program, "--quiet"),
        root / "public",
        made,
        lambda at, one: put_for_hugo(at / "content/posts", one),
        added,
    )


# Runs a command and says what it took. The system counts a process's memory from that of whoever began it, so a small one does.
_STARTER = """
import json, os, sys, time
begun = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - begun
print(json.dumps([os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def run(command: tuple[str, ...], root: Path, statuses: tuple[int, ...] = (0,), err: int | None = None) -> Run:
    """Run a command to its end. One that fails is an error: half a build is not a fast one."""
    starter = (sys.executable, "-S", "-E", "-c", _STARTER, *command)
    # a program that is installed has been compiled
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    said = subprocess.run(starter, cwd=root, env=env, stdout=subprocess.PIPE, stderr=err, check=True).stdout
    status, *took = json.loads(said)
    if status not in statuses:
        raise SystemExit(f"{' '.join(command)}: status {status}")
    return Run(*took)


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(runs: list[Run]) -> dict[str, float]:
    return {name: round(statistics.median(getattr(one, name) for one in runs), 3) for name in Run._fields}


def _digests(site: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(site)): blake2b(file.read_bytes(), digest_size=8).digest()
        for file in site.rglob("*")
        if file.is_file()
    }


def _weighed(site: Path) -> tuple[int, int]:
    sizes = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    return len(sizes), sum(sizes)


@contextmanager
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)
