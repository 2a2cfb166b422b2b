"""From saved pages to a built site: `backfile add` and `build`, against Trafilatura's command line and Hugo's over what it wrote.

What Trafilatura writes is given the ending and the front matter that Hugo's templates want; that does not count.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from benchmarks.building import BACKFILE, HUGO, Run, folder, median, run, set_up

LONGEST = 60  # of a tag or a desk, of which Hugo makes a file's name
TRAFILATURA = (
    *(sys.executable, "-c", "from trafilatura.cli import main; main()"),
    *("--input-dir", "pages", "--output-dir", "content/posts", "--markdown", "--with-metadata"),
)


def measured(pages: Path, rounds: int, hugo: str | None) -> dict[str, object]:
    """Medians of each step over a folder of pages, in turns."""
    runs: dict[str, list[Run]] = {}
    with folder() as root:
        heap = root / "pages"
        count = flat(pages, heap)
        for number in range(rounds):
            places = root / f"ours-{number}", root / f"theirs-{number}"
            for step, found in (*_ours(places[0], heap), *(_theirs(places[1], heap, hugo) if hugo else ())):
                runs.setdefault(step, []).append(found)
    return {"pages": count, "rounds": rounds, "runs": {step: median(found) for step, found in runs.items()}}


def _ours(root: Path, heap: Path) -> Iterator[tuple[str, Run]]:
    set_up(root)
    here = (*BACKFILE, "--archive", str(root))
    # status 1 tells of pages without a story
    yield "backfile add", run((*here, "add", "--quiet", str(heap)), root, statuses=(0, 1), err=subprocess.DEVNULL)
    yield "backfile build", run((*here, "build", "--quiet"), root, statuses=(0, 1), err=subprocess.DEVNULL)


def _theirs(root: Path, heap: Path, hugo: str) -> Iterator[tuple[str, Run]]:
    shutil.copytree(HUGO, root)
    (root / "pages").symlink_to(heap)
    command = (*TRAFILATURA, "--parallel", str(os.cpu_count() or 1))
    yield "trafilatura", run(command, root, statuses=(0, 1), err=subprocess.DEVNULL)
    for file in sorted((root / "content/posts").rglob("*.txt")):
        _for_hugo(file)
    yield "hugo", run((hugo, "--quiet"), root)


def _for_hugo(file: Path) -> None:
    """Its front matter under the names that the templates know."""
    text = file.read_text("utf-8")
    _, raw, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
    try:
        found = yaml.safe_load(raw) or {}
    except yaml.YAMLError:
        found = {}
    named = {
        "title": found.get("title") or file.stem, "date": found.get("date"), "tags": _short(found.get("tags")),
        "desk": _short(found.get("categories")), "source": [found.get("sitename") or found.get("hostname") or "unknown"],
        "author": found.get("author"), "original_url": found.get("url"), "description": found.get("description"),
    }  # fmt: skip
    lines = "\n".join(f"{name}: {json.dumps(value, default=str)}" for name, value in named.items() if value)
    file.with_suffix(".md").write_text(f"---\n{lines}\n---\n\n{body}", "utf-8")
    file.unlink()


def _short(names: Iterable[str] | None) -> list[str]:
    return [name for name in names or () if len(str(name)) <= LONGEST]


def flat(pages: Path, heap: Path) -> int:
    """The pages in one folder, unpacked, each with a name of its own."""
    heap.mkdir()
    count = 0
    for file in sorted(one for one in pages.rglob("*") if one.name.endswith((".html", ".htm", ".html.gz"))):
        data = file.read_bytes()
        (heap / f"{count:05}.html").write_bytes(gzip.decompress(data) if file.suffix == ".gz" else data)
        count += 1
    return count
