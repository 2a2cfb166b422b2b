"""An archive to try things out in, the command as a person would call it, and one browser for all tests that drive one."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from generator import cli
from tests.samples import Ran, Run, TryOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HINT = "no Chromium was found: apt-get install chromium, or .venv/bin/playwright install chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# No test is timed: a busy machine must not fail one. Speed lives in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what the pages in tests/extract/pages are read as anew"
    )


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, or playwright's. Without one the tests are skipped, or fail where one is required."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        own = next((path for name in NAMES if (path := shutil.which(name))), None)
        try:
            browser = playwright.chromium.launch(executable_path=own, args=FLAGS)
        except Error as error:
            if own or os.environ.get("BACKFILE_REQUIRE_BROWSER") == "1":
                pytest.fail(f"{own or HINT}\n{error}", pytrace=False)
            pytest.skip(HINT)
        yield browser
        browser.close()
