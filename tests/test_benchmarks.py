"""What is published of speed is what was measured, and both sides build the same articles."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import articles, building, extraction, phases, results
from generator import content


def test_results_chart_and_reckoning_are_those_of_the_figures() -> None:
    figures = json.loads(results.FIGURES.read_text("utf-8"))
    assert results.RESULTS.read_text("utf-8") == results.page(figures)
    document = results.SCALE.read_text("utf-8")
    assert document == results.scaled(document, figures)
    assert document.count(results.BEGIN) == document.count(results.END) == 1
    assert results.CHART.read_text("utf-8") == results.chart(figures)


def test_an_article_is_the_same_whenever_it_is_made_and_for_whomever(tmp_path: Path) -> None:
    one = articles.story(7)
    assert one == articles.story(7) != articles.story(8)
    articles.put(tmp_path / "ours", one)
    theirs = articles.put_for_hugo(tmp_path / "theirs", one).read_text("utf-8")
    (name,) = content.every_article(tmp_path / "ours")[0]
    held = content.read_article(tmp_path / "ours", name).article
    assert held is not None
    assert (held.headline, held.body, held.tags) == (one.headline, one.body, one.tags)
    assert theirs.endswith(f"---\n\n{one.body}\n")
    assert json.dumps(one.headline, ensure_ascii=False) in theirs


def test_a_command_that_fails_is_no_fast_one(tmp_path: Path) -> None:
    fails = (sys.executable, "-c", "raise SystemExit(2)")
    with pytest.raises(SystemExit, match="status 2"):
        extraction.called([*fails], str(tmp_path))
    with pytest.raises(SystemExit, match="status 2"):
        building.run(fails, tmp_path)


def test_time_within_a_part_is_taken_out_of_the_one_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "process_time", lambda: now[0])

    def passes(seconds: float, *within: Callable[[], object]) -> str:
        now[0] += seconds
        for one in within:
            one()
        return "done"

    clock = phases.Clock()
    inner = clock.watched("inner", lambda: passes(3))
    outer = clock.watched("outer", lambda: passes(10, inner, inner))
    given = clock.watched("given", lambda: (passes(5) for _ in range(2)))
    assert [outer(), *given(), passes(1)] == ["done"] * 4
    clock.turn(None)
    assert clock.spent == {"outer": 10, "inner": 6, "given": 10, phases.REST: 1}


def test_a_builds_parts_are_all_met_and_make_up_the_whole() -> None:
    found = phases.measured(3)
    assert set(found) == {phases.REST, *(part for part, _, _ in phases.PARTS)}
    assert all(value > 0 for value in found.values())
