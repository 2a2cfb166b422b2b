"""The tools that come from npm, at the versions of package-lock.json: the Nu checker, Lighthouse, stylelint."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.reading import served
from benchmarks.reading.browser import browser
from benchmarks.reading.gauge import Found, Place

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
CATEGORIES = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
# what a notice, a frame around a saved page and a lost page keep from search engines on purpose
UNLISTED = (
    "withheld",
    "snapshot",
    "404",
)  # and the frame's policy lets no tool ask for robots.txt from inside the page
# The checker takes structured data for a script. To browsers a block of data is none: HTML's "prepare the script element"
# ends at an unknown type, before it comes to the policy. No browser complains, as the browser tests see.
MISTAKEN = ("Inline script violates Content Security Policy",)


def install() -> None:
    """Fetch them once; the scripts that packages would run while they are installed do not run."""
    if not (MODULES / ".package-lock.json").is_file():
        _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"])


def nu(places: Sequence[Place], found: Found) -> None:
    """Every page through the Nu HTML checker, asked of a server, for a policy speaks of origins: errors and warnings."""
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    for site in sorted({place.site for place in places}):
        with served.site(site) as base:
            by_url = {base + place.path: place for place in places if place.site == site}
            said = _run(
                [
                    "java",
                    "-Dnu.validator.servlet.allow-forbidden-hosts=true",
                    "-jar",
                    str(jar),
                    "--format",
                    "json",
                    "--exit-zero-always",
                    "--stdout",
                    *by_url,
                ]
            )
        counts: Counter[Place] = Counter()
        for one in json.loads(said)["messages"]:
            if not one["message"].startswith(MISTAKEN):
                place = by_url[one["url"]]
                counts[place] += 1
                told = f"{one['message']}: {one.get('extract', '').strip()[:120]!r}"
                found.miss("vnu", place, f"line {one.get('lastLine')}: {told}")
        for place in by_url.values():
            found.tell(place, "vnu", counts[place])


def styles(folder: Path, found: Found) -> None:
    """The theme's own style sheets by stylelint's standard rules."""
    files = sorted(str(file) for file in folder.glob("*.css"))
    command = ["node", str(MODULES / "stylelint" / "bin" / "stylelint.mjs"), "--formatter", "json", *files]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, encoding="utf-8", check=False)
    for file in json.loads(done.stderr or done.stdout):
        for one in file["warnings"]:
            found.miss("stylelint", Path(file["source"]).name, f"line {one['line']}: {one['text']}")


def lighthouse(places: Sequence[Place], found: Found) -> None:
    """Every page as Lighthouse sees a phone on a slow line: four scores."""
    for site in sorted({place.site for place in places}):
        with served.site(site) as base:
            for place in (one for one in places if one.site == site):
                _score(place, _audited(place, base), found)


def _audited(place: Place, base: str) -> Any:
    command = ["node", str(MODULES / "lighthouse" / "cli" / "index.js"), base + place.path, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--chrome-flags=--headless=new --no-sandbox"]
    if place.kind in UNLISTED:
        command.append(
            "--skip-audits=is-crawlable,robots-txt" if place.kind == "snapshot" else "--skip-audits=is-crawlable"
        )
    return json.loads(_run(command))


def _score(place: Place, told: Any, found: Found) -> None:
    if "runtimeError" in told:
        found.miss("lighthouse", place, told["runtimeError"]["message"])
        return
    for name, least in CATEGORIES.items():
        category = told["categories"][name]
        score = round((category["score"] or 0) * 100)
        found.tell(place, name[:4], score)
        if score < least:
            lost = [
                one["id"]
                for one in category["auditRefs"]
                if one["weight"] and told["audits"][one["id"]]["score"] not in (1, None)
            ]
            found.miss("lighthouse", place, f"{name} {score}, for {', '.join(lost)}")


def _run(command: list[str]) -> str:
    surroundings = os.environ | {"CHROME_PATH": browser()}
    done = subprocess.run(
        command, cwd=HERE, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:4])}: {done.stderr[-2000:]}")
    return done.stdout
