"""Measures how well the site reads, by other people's tools, and fails where a target is missed.

    python -m benchmarks.reading                          the sample archive in every language of the interface
    python -m benchmarks.reading --only axe,vnu           some gauges: axe (with scrolling and shifts), vnu, weights,
                                                          stylelint, filling, lighthouse
    python -m benchmarks.reading --languages en,ar --kinds front,year
    python -m benchmarks.reading SITE                     a site that is built already

Needs Chromium, Java 11 and Node 20; the tools come from npm once, at the versions of package-lock.json. Lighthouse takes
half a minute a page, so it looks at the first language alone; so does what times how templates are filled, on a quiet machine.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading import browser, filling, sample, tools, weights
from benchmarks.reading.gauge import Found, Place

GAUGES = ("axe", "vnu", "weights", "stylelint", "filling", "lighthouse")
COLUMNS = (
    *(
        "axe",
        "vnu",
        "acce",
        "best",
        "seo",
        "perf",
        "scroll",
        "shift",
        "foreign",
        "beyond text",
        "first view",
        "ms to fill",
        "ms for its text",
    ),
)


def main() -> None:
    """Print the table, then every miss; exit 1 where there is one."""
    asked = _asked()
    tools.install()
    found = Found()
    with tempfile.TemporaryDirectory() as folder:
        places = _places(asked, Path(folder))
        if "weights" in asked.only:
            weights.measure(places, found)
        if "vnu" in asked.only:
            tools.nu(places, found)
        if "stylelint" in asked.only:
            tools.styles(sample.ROOT / "templates" / "static", found)
        if "axe" in asked.only:
            browser.measure(places, asked.schemes, found)
        if "filling" in asked.only and not asked.site:
            filling.measure(places, found)
        if "lighthouse" in asked.only:
            tools.lighthouse([one for one in places if one.language == places[0].language], found)
    _print(found)
    sys.exit(1 if found.misses else 0)


def _asked() -> argparse.Namespace:
    def words(text: str) -> list[str]:
        return text.split(",")

    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__.split("\n")[0])
    parser.add_argument("site", nargs="?", type=Path)
    parser.add_argument("--only", type=words, default=list(GAUGES), metavar="GAUGE,...")
    parser.add_argument("--languages", type=words, default=sample.languages(), metavar="LANGUAGE,...")
    parser.add_argument("--kinds", type=words, default=[], metavar="KIND,...")
    parser.add_argument("--schemes", type=words, default=list(browser.SCHEMES), metavar="SCHEME,...")
    asked = parser.parse_args()
    unknown = {*asked.only} - {*GAUGES} | {*asked.schemes} - {*browser.SCHEMES}
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return asked


def _places(asked: argparse.Namespace, folder: Path) -> Sequence[Place]:
    if asked.site:
        places = list(sample.places(asked.site.resolve(), "site"))
    else:
        sites = {language: sample.build(language, folder / language) for language in asked.languages}
        places = [place for language, site in sites.items() for place in sample.places(site, language)]
    chosen = [one for one in places if not asked.kinds or one.kind in asked.kinds]
    if not chosen:
        sys.exit(f"there are no such pages; kinds are {', '.join(sorted({one.kind for one in places}))}")
    return chosen


def _print(found: Found) -> None:
    shown = [name for name in COLUMNS if any(name in row for row in found.figures.values())]
    print("| language | page | " + " | ".join(shown) + " |")
    print("|---|---|" + "--:|" * len(shown))
    for place, row in found.figures.items():
        print(f"| {place.language} | {place.kind} | " + " | ".join(row.get(name, "") for name in shown) + " |")
    print(f"\n{len(found.misses)} misses")
    for miss in found.misses:
        print(f"- {miss}")


if __name__ == "__main__":
    main()
