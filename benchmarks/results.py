"""Figures into RESULTS.md, a chart and the reckoning of docs/scale.md: pure, so the same figures give the same bytes.

python -m benchmarks.results      writes them anew from figures.json, and the reckoning in docs/scale.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FIGURES, RESULTS = HERE / "figures.json", HERE / "RESULTS.md"
CHART = HERE.parent / "docs" / "images" / "speed.svg"
SCALE = HERE.parent / "docs" / "scale.md"
BEGIN, END = "<!-- reckoned by benchmarks/results.py -->\n", "<!-- end -->\n"
# Each step with the figure it takes, and the figure that says for how many of a page's files or articles it is taken.
STEPS = (
    ("opening it in its WARC", "ms: opening a page in a WARC"),
    ("making an article of it", "ms: making an article of it"),
    (
        "sending it to a Dask cluster, with the scheduler's part",
        "ms: sending it by way of Dask, and its scheduler's part",
    ),
    ("landing it: the one writer", "ms: landing it (the one writer)"),
    ("recording an article's file", "ms: the record, a file"),
    ("building its pages", "ms: building, an article"),
    ("looking at it again in a build that finds nothing new", "ms: building again, an article"),
)
SIZES = (
    ("as saved", "bytes a page, as saved"),
    ("in `content/articles/`", "bytes an article, in content/articles"),
    ("in `site/`", "bytes an article, in site/"),
)
MILLION = 1_000_000
WORKS = ("clean build", "unchanged", "one article added", "the first of its day added")
NAMES = ("Backfile", "Hugo")
COLOURS = {"Backfile": "#0b6e4f", "Hugo": "#b5651d"}
LABEL, BAR, ROW, PANEL = 170, 400, 22, 30


def main() -> None:
    """Write them."""
    figures = json.loads(FIGURES.read_text("utf-8"))
    SCALE.write_text(scaled(SCALE.read_text("utf-8"), figures), "utf-8")
    RESULTS.write_text(page(figures), "utf-8")
    CHART.write_text(chart(figures), "utf-8")


def page(figures: dict[str, Any]) -> str:
    """All figures as Markdown."""
    lines = [
        "# Results",
        "",
        "Written by `make bench RECORD=yes`; what is measured, and how, stands at the top of the scripts beside this file. Both",
        "sides build the same articles, made up by `articles.py`, in turns, in one run; each figure is the median of its rounds. Ratios travel",
        "better than seconds. *Work* is processor time, of the process and its children; *memory* is that of its largest process.",
        "",
        *(f"- {name}: {value}" for name, value in figures["about"].items()),
        "",
        "![Seconds of work, Backfile and Hugo](../docs/images/speed.svg)",
        "",
        *(line for size in _sizes(figures) for line in _building(size)),
        *(_phases(figures["phases"]) if "phases" in figures else ()),
        *(_journey(figures["journey"]) if "journey" in figures else ()),
        *(_percore(figures["percore"]) if "percore" in figures else ()),
    ]
    return "\n".join(lines).rstrip() + "\n"


def table(size: dict[str, Any]) -> list[str]:
    """The rows of one size: they are printed, too."""
    runs, rows = size["runs"], []
    for work in (one for one in WORKS if f"Backfile: {one}" in runs):
        ours = runs[f"Backfile: {work}"]
        for name in NAMES:
            one = runs.get(f"{name}: {work}")
            if one:
                files = size["files"][name] if work == WORKS[0] else size["changed"].get(f"{name}: {work}")
                rows.append(_row(work, name, one, ours, f"{files:,}" if files else ""))
        if work == WORKS[0]:
            rows.append(
                _row(
                    "tar x of the same files",
                    "tar",
                    runs["tar x of the same files"],
                    ours,
                    f"{size['files']['Backfile']:,}",
                )
            )
    return rows


def chart(figures: dict[str, Any]) -> str:
    """Bars for the work of each build: a scale of its own for each, and the seconds beside each bar."""
    parts: list[str] = []
    y = 8
    for size in _sizes(figures):
        for work in (WORKS[0], WORKS[2]):
            bars = [
                (name, size["runs"][f"{name}: {work}"]["cpu"]) for name in NAMES if f"{name}: {work}" in size["runs"]
            ]
            parts.append(
                f'<text x="0" y="{y + 14}" font-weight="600">{size["articles"]:,} articles: {escape(work)}</text>'
            )
            y += ROW
            for name, seconds in bars:
                wide = max(1, round(BAR * seconds / max(each for _, each in bars)))
                parts.append(f'<text x="12" y="{y + 14}">{name}</text>')
                parts.append(
                    f'<rect x="{LABEL - 80}" y="{y + 2}" width="{wide}" height="{ROW - 6}" fill="{COLOURS[name]}"/>'
                )
                parts.append(f'<text x="{LABEL - 72 + wide}" y="{y + 14}">{seconds:,.1f} s</text>')
                y += ROW
            y += PANEL - ROW
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LABEL + BAR} {y}" width="{LABEL + BAR}" height="{y}" '
        'role="img" font-family="sans-serif" font-size="13" fill="#222">'
    )
    title = "<title>Seconds of processor time, Backfile and Hugo, over the same articles</title>"
    return "\n".join([head, title, '<rect width="100%" height="100%" fill="#fff"/>', *parts, "</svg>"]) + "\n"


def scaled(document: str, figures: dict[str, Any]) -> str:
    """The document with the reckoning in its place."""
    before, _, rest = document.partition(BEGIN)
    return (
        f"{before}{BEGIN}\n"
        + "\n".join(_reckoned(figures["percore"]["figures"]))
        + f"\n\n{END}"
        + rest.partition(END)[2]
    )


def _reckoned(found: dict[str, float]) -> Iterator[str]:
    yield "| a page | milliseconds of one core | pages a second | a million, hours of one core | a hundred million |"
    yield "|---|---|---|---|---|"
    for shown, name in STEPS:
        hours = found[name] * MILLION / 3_600_000
        yield f"| {shown} | {found[name]:,.2f} | {1000 / found[name]:,.0f} | {hours:,.1f} | {hours * 100:,.0f} |"
    yield ""
    yield "| a page | bytes | a million, GB | a hundred million, GB |"
    yield "|---|---|---|---|"
    for shown, name in SIZES:
        yield f"| {shown} | {found[name]:,.0f} | {found[name] / 1000:,.1f} | {found[name] / 10:,.0f} |"


def _sizes(figures: dict[str, Any]) -> list[dict[str, Any]]:
    return [figures["sizes"][key] for key in sorted(figures["sizes"], key=int)]


def _row(work: str, name: str, one: dict[str, float], ours: dict[str, float], files: str) -> str:
    ratio = f"{one['cpu'] / ours['cpu']:.2f}" if one is not ours else "1"
    memory = f"{one['memory']:,.0f}" if name in NAMES else ""
    return f"| {work} | {name} | {one['wall']:,.2f} | {one['cpu']:,.2f} | {ratio} | {memory} | {files} |"


HEAD = (
    "| work | by | seconds | work, seconds | times ours | memory, MB | files |",
    "|---|---|---|---|---|---|---|",
)


def _building(size: dict[str, Any]) -> Iterator[str]:
    yield f"## {size['articles']:,} articles"
    yield ""
    yield from (*HEAD, *table(size), "")
    for name in NAMES:
        if name in size["files"]:
            each = size["bytes"][name] / size["articles"]
            yield f"- {name}'s site: {size['files'][name]:,} files, {size['bytes'][name] / 1e6:,.1f} MB, {each:,.0f} bytes an article"
    yield f"- rounds: {size['rounds']}; load of the machine before and after: {size.get('load', 'not noted')}"
    yield ""


def _phases(found: dict[str, Any]) -> Iterator[str]:
    parts = found["parts"]
    yield "## Where a clean build's time goes"
    yield ""
    yield "| part, in one process | ms of work an article | of all |"
    yield "|---|---|---|"
    yield from (f"| {part} | {value:,.2f} | {value / sum(parts.values()):.0%} |" for part, value in parts.items())
    yield f"| all | {sum(parts.values()):,.2f} | |"
    yield ""
    yield f"- {found['articles']:,} articles, with all their lists; load of the machine before and after: {found['load']}"
    yield ""


def _journey(found: dict[str, Any]) -> Iterator[str]:
    yield f"## From {found['pages']:,} saved pages to a site"
    yield ""
    yield "| step | seconds | work, seconds | memory, MB |"
    yield "|---|---|---|---|"
    for name, one in found["runs"].items():
        yield f"| {name} | {one['wall']:,.1f} | {one['cpu']:,.1f} | {one['memory']:,.0f} |"
    yield ""
    yield f"- pages: {found['where']}; load of the machine before and after: {found.get('load', 'not noted')}"
    runs = found["runs"]
    if "hugo" in runs:
        ours, theirs = (
            sum(runs[step]["cpu"] for step in steps)
            for steps in (("backfile add", "backfile build"), ("trafilatura", "hugo"))
        )
        yield f"- work of Trafilatura's command line and Hugo, times ours: {theirs / ours:.2f}"
    yield ""


def _percore(found: dict[str, Any]) -> Iterator[str]:
    yield "## What a page costs one core"
    yield ""
    yield "| | |"
    yield "|---|---|"
    yield from (f"| {name} | {value:,.2f} |" for name, value in found["figures"].items())
    yield ""
    yield f"- pages: {found['where']}; [docs/scale.md](../docs/scale.md) reckons with these figures"
    yield ""


if __name__ == "__main__":
    main()
