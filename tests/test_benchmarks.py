"""What is published of speed is what was measured, and both sides build the same articles."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks import articles, building, extraction, results
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
