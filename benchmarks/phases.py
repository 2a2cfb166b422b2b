"""Where the time of a clean build goes: processor time of each part, in one process, nested parts taken out of those around them.

    python -m benchmarks.phases [ARTICLES]      4,000 articles, unless told otherwise

What is left when a part is thought away is the least that a build would cost without it.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks.articles import put, story
from benchmarks.building import folder, set_up
from generator import config, pipeline, publish
from generator.catalogue import Catalogue
from generator.catalogue.sitelog import SiteLog
from generator.output import Output
from generator.theme import markup
from generator.theme.engine import Theme
from generator.withholding import Border

ARTICLES = 4_000
REST = "the rest: keys, digests, what a page shows"
# each with what is called for it; of a generator, what it takes until it gives the next one
PARTS: tuple[tuple[str, object, str], ...] = (
    ("reading articles and cataloguing them", pipeline, "ready"),
    ("planning: which pages, and what stands beside each", publish, "_batches"),
    ("reading an article again for its page", Border, "read"),
    ("Markdown to safe HTML", markup, "html"),
    ("filling templates: Jinja", Theme, "render"),
    ("comparing, writing, renaming files", Output, "write"),
    ("noting what was written", SiteLog, "wrote"),
    ("noting what was written", Catalogue, "commit"),
)


class Clock:
    """Processor time by part: only one part's runs at a time."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open = [REST]
        self._since = time.process_time()

    def turn(self, part: str | None) -> None:
        """Go over to a part, or back to the one around it."""
        now = time.process_time()
        self.spent[self._open[-1]] += now - self._since
        self._since = now
        if part is None:
            self._open.pop()
        else:
            self._open.append(part)

    def watched(self, part: str, called: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed; a generator is timed whenever it is asked for more."""

        def run(*given: Any, **named: Any) -> Any:
            self.turn(part)
            try:
                found = called(*given, **named)
            finally:
                self.turn(None)
            return self._each(part, found) if isinstance(found, Iterator) else found

        return run

    def _each(self, part: str, items: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while True:
            self.turn(part)
            try:
                one = next(items, end)
            finally:
                self.turn(None)
            if one is end:
                return
            yield one


def main(count: int) -> None:
    """Print the table."""
    for part, value in measured(count).items():
        print(f"{part:<58} {value:>8.2f}")


def measured(count: int) -> dict[str, float]:
    """Milliseconds an article, by part, the largest first."""
    with folder() as root:
        set_up(root / "archive")
        for number in range(count):
            put(root / "archive/content", story(number))
        spent = _spent(root / "archive")
    parts = sorted(spent.items(), key=lambda one: one[1], reverse=True)
    return {part: round(1000 * seconds / count, 3) for part, seconds in parts}


def _spent(root: Path) -> dict[str, float]:
    clock = Clock()
    patches = [mock.patch.object(place, name, clock.watched(part, getattr(place, name))) for part, place, name in PARTS]
    for patch in patches:
        patch.start()
    try:
        pipeline.build(config.load(root), None, 0, pipeline.Quiet())
    finally:
        mock.patch.stopall()
    clock.turn(None)
    return dict(clock.spent)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ARTICLES)
