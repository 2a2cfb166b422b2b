"""Whether words that are withheld are left in a site: no run of twelve characters that only they hold, in any file.

What is looked for is what articles hold and no article shows: all of a withheld one, the rest of one that is shown in
part, words that were blacked out. It is taken from `content/` anew and looked for in the bytes of the site, so that it
proves what the build did. Exact: nothing is hashed or sampled away. Never tells the words, for its output may be public.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from generator import content
from generator.check.leaks.needles import Kept, batches
from generator.check.leaks.unpacked import Odd, files, unpacked
from generator.check.leaks.views import views
from generator.errors import Finding
from generator.withholding import Border
from generator.workers import Workers, eased, mapper, near

MAX_FINDINGS = 500
# of one file, and of what is looked for in it: the largest that can be published takes minutes
LOOK_SECONDS = 1_200.0
LOOK_BYTES = 4_000_000_000


def leaks(border: Border, site: Path, workers: Workers = 0) -> tuple[Finding, ...]:
    """Each file of the site that gives away something withheld, and whose; and what could not be looked for or into."""
    many = eased(near(mapper(workers, LOOK_SECONDS, LOOK_BYTES)))
    articles, odd = content.every_article(border.settings.content)
    found = [*odd]
    for kept in batches(border, articles):
        for within in many(partial(_in_file, kept, site), files(site), _lost):
            found += within
            if len(found) > MAX_FINDINGS:
                return tuple(sorted(set(found))[:MAX_FINDINGS])
    return tuple(sorted(set(found)))


def _in_file(kept: Kept, site: Path, path: str) -> tuple[Finding, ...]:
    return tuple(_found(kept, site, path))


def _lost(path: str, why: str) -> tuple[Finding, ...]:
    return (Finding("file-unreadable", path, f"{why}: not looked through"),)


def _found(kept: Kept, site: Path, path: str) -> Iterator[Finding]:
    runs: set[str] = set()
    pictures: set[str] = set()
    for name in views(path):
        runs |= kept.runs_in(name)
    for blob in unpacked(site / path):
        if isinstance(blob, Odd):
            yield Finding(blob.code, path, blob.why)
            continue
        pictures |= kept.files_in(blob)
        for text in blob.texts():
            for view in views(text):
                runs |= kept.runs_in(view)
    for owner, field, count in kept.owners(runs):
        yield Finding("leak", path, f"{count} runs of characters that only {owner} holds, the first in its {field}")
    for owner in sorted(pictures):
        yield Finding("leak", path, f"a file that only {owner} holds")
