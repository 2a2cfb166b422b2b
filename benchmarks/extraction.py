"""Scores what Backfile reads from saved pages against what people found in them, and its speed against Trafilatura's.

    python -m benchmarks.extraction FOLDER             the scores, all pages together and by corpus
    python -m benchmarks.extraction FOLDER --speed     the times, too
    python -m benchmarks.extraction FOLDER --misses byline    the pages that miss most in one field, with both values

FOLDER holds `truth.jsonl`, an object a line: `id`, `corpus`, `path` (of the page, relative to FOLDER, HTML or packed by gzip),
`url`, and what is known of the page: `title`, `dek`, `authors`, `published` (ISO 8601), `site_name`, `tags`, `body`,
`with_segments`, `without_segments` (pieces that the text must hold, and must not), `source`, `editors`. What is left out is
unknown and not scored. What was not found counts as wrong. Words are compared folded: case, width and punctuation do not count.

    body      rows of four words (of four signs where a script sets no blanks) that the text has and the truth has: precision and
              recall of each page, F1 of their means. The standfirst may lead the text or be missing from it.
    segments  F1 over all pieces
    headline  the same words; "near" is an F1 of the words of at least 0.8
    day, minute   of publication: the same calendar day; the same instant, where the truth has a time of day
    authors, tags, editors   F1 of the two sets, mean over the pages
    publisher, source        one name holds the other
    standfirst               one holds the other, or near

Speed: for each page, process time of reading it whole by `extract` and by Trafilatura's `bare_extraction` as it comes (which looks
for the text and for no field), in turns; then the two command lines over all pages, each with as many processes as it takes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from generator import text
from generator.extract import as_json, extract
from generator.model import Capture, Moment, Origin

ROW = 4
NEAR = 0.8
SHOWN = 20
TELLING = (0, 1)  # 1 tells of pages without a story
PAIRED = 200  # pages
_SIGNS = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+")

Row = dict[str, Any]
Score = dict[str, float]
COLUMNS = (
    "body", "segments", "headline", "near", "day", "minute", "authors", "tags", "publisher", "standfirst", "source", "editors",
)  # fmt: skip


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--speed", action="store_true")
    asked.add_argument("--misses", choices=COLUMNS)
    wanted = asked.parse_args()
    rows = [json.loads(line) for line in (wanted.folder / "truth.jsonl").read_text("utf-8").splitlines() if line]
    found = {row["id"]: as_json(extract(capture(wanted.folder, row))) for row in rows}
    scores = {row["id"]: dict(score(row, found[row["id"]])) for row in rows}
    table(rows, scores)
    if wanted.misses:
        misses(rows, found, scores, wanted.misses)
    if wanted.speed:
        paired(wanted.folder, rows)
        command_lines(wanted.folder, rows)


def capture(folder: Path, row: Row) -> Capture:
    """The page as it was saved, with the address that the truth knows."""
    raw = (folder / row["path"]).read_bytes()
    body = gzip.decompress(raw) if row["path"].endswith(".gz") else raw
    return Capture(body, Origin(f"{row['id']}.html", text.digest(body)), url=row.get("url"))


# ---- scores ------------------------------------------------------------------------------------------------------------


def score(truth: Row, found: Row) -> Iterator[tuple[str, float]]:
    """One page's score in each field that the truth knows; of the body precision and recall, of segments counts."""
    body = found["body_text"] or ""
    if truth.get("body"):
        both = [truth["body"], *([f"{truth['dek']}\n{truth['body']}"] if truth.get("dek") else [])]
        hits, shown, true = max((overlap(one, body) for one in both), key=lambda one: one[0] / max(1, one[1] + one[2]))
        if shown:
            yield "precision", hits / shown
        yield "recall", hits / true if true else 0.0
        yield "body", 2 * hits / (shown + true) if shown + true else 0.0
    if truth.get("with_segments"):
        flat = text.squeeze(body)
        kept = [text.squeeze(one) in flat for one in truth["with_segments"]]
        left = [text.squeeze(one) in flat for one in truth.get("without_segments", ())]
        yield from (("kept", float(sum(kept))), ("lost", float(len(kept) - sum(kept))), ("foreign", float(sum(left))))
    if truth.get("title"):
        near = alike(words(truth["title"]), words(found["headline"]))
        yield "headline", float(words(truth["title"]) == words(found["headline"]))
        yield "near", float(near >= NEAR)
    if truth.get("published"):
        yield from moments(truth["published"], found["published"])
    for field, name in (("authors", "byline"), ("tags", "tags"), ("editors", "editors")):
        if truth.get(field):
            yield field, shared(names(truth[field]), names(found[name]))
    for field, known, name in (("publisher", "site_name", "publisher"), ("source", "source", "source")):
        if truth.get(known):
            one, other = "".join(words(truth[known])), "".join(words(found[name]))
            yield field, float(bool(other) and (one in other or other in one))
    if truth.get("dek"):
        yield "standfirst", float(says(words(truth["dek"]), words(found["standfirst"])))


def overlap(true: str, shown: str) -> tuple[int, int, int]:
    """How many rows of words both texts have, how many the shown one has, how many the true one."""
    one, other = rows_of(true), rows_of(shown)
    return (one & other).total(), other.total(), one.total()


def rows_of(words_in: str) -> Counter[tuple[str, ...]]:
    found = _WORD.findall(words_in)
    return Counter(tuple(found[at : at + ROW]) for at in range(max(1, len(found) - ROW + 1)) if found)


def words(value: str | None) -> list[str]:
    return _WORD.findall(text.fold(value or ""))


def names(values: Iterable[str]) -> set[str]:
    return {text.fold(one).strip(" .,;:|") for one in values} - {""}


def alike(one: list[str], other: list[str]) -> float:
    both = (Counter(one) & Counter(other)).total()
    return 2 * both / (len(one) + len(other)) if one and other else 0.0


def shared(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def says(true: list[str], shown: list[str]) -> bool:
    one, other = "".join(true), "".join(shown)
    return bool(shown) and (one in other or (len(shown) > ROW and other in one) or alike(true, shown) >= NEAR)


def moments(true: str, shown: str | None) -> Iterator[tuple[str, float]]:
    """Whether the day is right, and the minute where the truth has one."""
    stated = Moment.parse(true)
    found = Moment.parse(shown) if shown else None
    timed = found is not None and found.precision != "day"
    same = found is not None and timed and bool(clocks(stated, found) & clocks(found, stated))
    yield "day", float(found is not None and (found.day in days(stated) or stated.day in days(found) or same))
    if stated.precision != "day":
        yield "minute", float(same)


def clocks(moment: Moment, other: Moment) -> set[datetime]:
    """The minute in UTC where both state a zone; otherwise the minute as stated, and in UTC as far as that is known."""
    minute = moment.at.replace(second=0, microsecond=0)
    if minute.tzinfo is None:
        return {minute}
    utc = minute.astimezone(UTC).replace(tzinfo=None)
    return {utc} if other.at.tzinfo else {utc, minute.replace(tzinfo=None)}


def days(moment: Moment) -> set[str]:
    """The day as stated, and the day in UTC where the zone is known."""
    return {moment.day} | ({moment.at.astimezone(UTC).date().isoformat()} if moment.at.tzinfo else set())


def table(rows: list[Row], scores: dict[str, Score]) -> None:
    groups: dict[str, list[Score]] = defaultdict(list)
    for row in rows:
        groups[row.get("corpus") or "pages"].append(scores[row["id"]])
    print(f"{'corpus':<20}{'pages':>7}" + "".join(f"{name:>11}" for name in COLUMNS))
    for name, pages in (*sorted(groups.items()), ("all", [one for group in groups.values() for one in group])):
        cells = (mean(pages, column) for column in COLUMNS)
        print(f"{name:<20}{len(pages):>7}" + "".join(f"{'-' if one is None else f'{one:.4f}':>11}" for one in cells))


def mean(pages: list[Score], column: str) -> float | None:
    if column == "segments":
        kept, lost, foreign = (sum(one.get(name, 0.0) for one in pages) for name in ("kept", "lost", "foreign"))
        return 2 * kept / (2 * kept + lost + foreign) if kept + lost else None
    if column == "body":
        known = [one for one in pages if "recall" in one]
        if not known:
            return None
        precision = statistics.fmean([one["precision"] for one in known if "precision" in one] or [0.0])
        recall = statistics.fmean(one["recall"] for one in known)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    values = [one[column] for one in pages if column in one]
    return statistics.fmean(values) if values else None


def misses(rows: list[Row], found: dict[str, Row], scores: dict[str, Score], field: str) -> None:
    """The worst pages of one field."""
    own = {
        "authors": ("authors", "byline"),
        "publisher": ("site_name", "publisher"),
        "standfirst": ("dek", "standfirst"),
    }
    dated = dict.fromkeys(("day", "minute"), ("published", "published"))
    known, name = (own | dated | {"headline": ("title", "headline"), "near": ("title", "headline")}).get(
        field, (field, field)
    )
    scored = [(scores[row["id"]][field], row) for row in rows if field in scores[row["id"]]]
    for value, row in sorted(scored, key=lambda one: (one[0], one[1]["id"]))[:SHOWN]:
        print(f"\n{value:.3f} {row['id']} {row.get('url') or ''}")
        if field != "body":
            print(f"      truth {row[known]!r}\n      found {found[row['id']][name]!r}")


# ---- speed -------------------------------------------------------------------------------------------------------------


def paired(folder: Path, rows: list[Row]) -> None:
    """Each page by both, in turns."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - only the speed needs it

    pages = [capture(folder, row) for row in rows[:: max(1, len(rows) // PAIRED)]]
    for page in pages[:5]:  # imports and caches are nobody's speed
        extract(page)
        bare_extraction(page.body)
    ours: list[float] = []
    theirs: list[float] = []
    for number, page in enumerate(pages):
        works: list[tuple[list[float], Callable[[], object]]] = [
            (ours, partial(extract, page)),
            (theirs, partial(bare_extraction, page.body)),
        ]
        for times, work in works if number % 2 else reversed(works):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
    each = statistics.median(one / other for one, other in zip(ours, theirs, strict=True) if other)
    print(
        f"\n{len(pages)} pages: {1000 * sum(ours) / len(pages):.1f} ms a page, {sum(ours) / sum(theirs):.2f} times bare_extraction's "
        f"{1000 * sum(theirs) / len(pages):.1f} ms; median of the pages' ratios {each:.2f}"
    )


def command_lines(folder: Path, rows: list[Row]) -> None:
    """Both commands over all pages, as a person would call them."""
    here = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name, "pages")
        pages.mkdir()
        for row in rows:
            (pages / f"{row['id']}.html").write_bytes(capture(folder, row).body)
        mine = [here / "backfile", "extract", pages, "--jsonl", "--quiet"]
        theirs = [here / "trafilatura", "--input-dir", pages, "--output-dir", Path(name, "out"), "--json"]
        figures = [called(command, name) for command in (mine, theirs)]
        if not any(Path(name, "out").rglob("*.json")):  # Python's own failures have the status 1, too
            raise SystemExit(f"{theirs[0]} wrote nothing")
    for shown, (wall, used) in zip(("backfile extract --jsonl", "trafilatura --json"), figures, strict=True):
        print(f"{shown:<26} {len(rows) / wall:>7.1f} pages/s, {1000 * used / len(rows):>6.1f} ms of processor a page")
    (wall, used), (other_wall, other_used) = figures
    print(f"{other_wall / wall:.2f} times as fast by the clock, {other_used / used:.2f} times by processor time")


def called(command: list[object], folder: str) -> tuple[float, float]:
    """Seconds by the clock, and of processor time in all the command's processes. One that fails is no fast one."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with Path(folder, "printed").open("wb") as out:
        ran = subprocess.run(
            list(map(str, command)), stdout=out, stderr=subprocess.DEVNULL, env=os.environ, check=False
        )
    if ran.returncode not in TELLING:
        raise SystemExit(f"{' '.join(map(str, command))}: status {ran.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return time.perf_counter() - begun, used


if __name__ == "__main__":
    main()
