"""`add` and `build`, killed at a random moment, and what must hold then: used by a test, and at length by a benchmark.

    python -m tests.faults.killing 200

Each trial brings a built archive to new content in a process of its own, which the system ends without a word at a moment
drawn from the time that the work takes. Then every page of the site is the old one or the new one, no file in `content/`
is damaged or lost, and doing it once more gives the archive that an undisturbed run gives, byte by byte.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from generator import config, content, pipeline
from generator.intake import Stated
from tests.samples import FERRY, Sample, tree

SEED = 20_250_318
TOML = 'title = "Kill archive"\nlanguage = "en"\npage_size = 5\nurl = "https://kill.example/"\n'


def story(number: int, text: str = "") -> str:
    return replace(
        Sample(),
        headline=f"Harbour story {number}",
        published=f"2024-0{1 + number % 9}-11T10:00:00+01:00",
        url=f"https://www.ledger.example/{number}",
        paragraphs=(text or f"Story number {number} begins at the quay. {FERRY[0]}", *FERRY[1:]),
    ).html


class Trials:
    """An archive before and after a change, and as many kills in between as are asked for."""

    def __init__(self, root: Path) -> None:
        self.live, self.before, self.heap = root / "live", root / "before", root / "heap"
        self.heap.mkdir()
        self.live.mkdir()
        (self.live / "archive.toml").write_text(TOML)
        self._save(range(6))
        self._run()
        self._save(range(4, 9))
        (self.heap / "4.html").write_text(story(4, f"Another text of story 4. {FERRY[1]}"))
        edited = next((self.live / "content/articles").rglob("*-harbour-story-0.md"))
        edited.write_text(edited.read_text() + "\nA person wrote this.\n")
        next((self.live / "content/articles").rglob("*-harbour-story-1.md")).unlink()
        (self.live / "content/saved/1.html").unlink()
        shutil.copytree(self.live, self.before)
        begun = time.perf_counter()
        self._run()
        self.seconds = time.perf_counter() - begun
        self.old, self.new = tree(self.before), tree(self.live)
        self.ours = {name for name in self.new if name.startswith(("content/", "site/"))}

    def one(self, after: float) -> str:
        """Kill the work after so many seconds; what was seen wrong, or where it stood."""
        shutil.rmtree(self.live)
        shutil.copytree(self.before, self.live)
        child = os.fork()
        if child == 0:
            signal.setitimer(signal.ITIMER_REAL, after)  # its signal ends the process, as SIGKILL does
            failed = 1
            try:
                self._run()
                failed = 0
            finally:
                os._exit(failed)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if ended > 0:
            return "WRONG: the work failed by itself"
        now = tree(self.live)
        wrong = self._damage(now)
        self._run()
        healed = tree(self.live)
        wrong += [f"not as an undisturbed run: {name}" for name in self._differing(healed)]
        if wrong:
            return f"WRONG: {wrong[0]}"
        if ended == 0:
            return "done before"
        return "in the site" if any(now.get(name) != self.old.get(name) for name in self._site()) else "before the site"

    def _damage(self, now: dict[str, bytes]) -> list[str]:
        wrong = [f"half a page: {name}" for name in self._site() if now.get(name) not in self._states(name)]
        wrong += [f"lost: {name}" for name in self.old if name.startswith("content/") and name not in now]
        for name, raw in now.items():
            if name.startswith("content/saved/") and name in self.new and raw not in self._states(name):
                wrong.append(f"half an original: {name}")
            elif name.startswith("content/articles/") and not Path(name).name.startswith("."):
                held = content.read_article(self.live / "content", name.removeprefix("content/"))
                if held.article is None or (not held.intact and raw != self.old.get(name)):
                    wrong.append(f"half an article: {name}")
        return wrong

    def _states(self, name: str) -> tuple[bytes | None, bytes | None]:
        return self.old.get(name), self.new.get(name)

    def _differing(self, healed: dict[str, bytes]) -> list[str]:
        ours = {name for name in healed if name.startswith(("content/", "site/"))}
        return sorted(name for name in ours | self.ours if healed.get(name) != self.new.get(name))

    def _site(self) -> list[str]:
        return [name for name in {**self.old, **self.new} if name.startswith("site/")]

    def _save(self, numbers: range) -> None:
        for number in numbers:
            (self.heap / f"{number}.html").write_text(story(number))

    def _run(self) -> None:
        settings = config.load(self.live)
        heap = sorted(self.heap.iterdir())
        pipeline.add(settings, heap, Stated(), 0, pipeline.Quiet())
        pipeline.build(settings, None, 0, pipeline.Quiet())


def main(count: int) -> bool:
    """Print what became of so many kills, and whether all was well."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        trials = Trials(Path(folder))
        seen = Counter(trials.one(rng.uniform(0.0, trials.seconds * 1.1)) for _ in range(count))
    good = sum(number for what, number in seen.items() if not what.startswith("WRONG"))
    lines = [f"kills: {good} of {count} harmless", *(f"{number:>6} {what}" for what, number in seen.most_common())]
    sys.stdout.write("\n".join(lines) + "\n")
    return good == count


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1])) else 1)
