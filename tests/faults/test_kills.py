"""Whoever ends `add` or `build` at any moment damages nothing, and the next run finishes the work."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each trial is a fork")
def test_a_kill_at_any_moment_does_no_harm() -> None:
    # in a process of its own: one without threads may fork
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.killing", str(KILLS)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert f"kills: {KILLS} of {KILLS} harmless" in done.stdout
