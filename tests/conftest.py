"""An archive to try things out in, and the command as a person would call it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from generator import cli
from tests.samples import Ran, Run, TryOut

# No test is timed: a busy machine must not fail one. Speed lives in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def archive(tmp_path: Path) -> TryOut:
    root = tmp_path / "archive"
    root.mkdir()
    (root / "archive.toml").write_text('title = "Tide archive"\nlanguage = "en"\npage_size = 5\nseal = true\n', "utf-8")
    return TryOut(root)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call `backfile` in this process."""

    def call(*words: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["backfile", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ending:
            cli.main()
        said = capsys.readouterr()
        status = ending.value.code
        return Ran(status if isinstance(status, int) else 1, said.out, said.err)

    return call
