"""One browser for all tests that drive one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HINT = "no Chromium was found: apt-get install chromium, or .venv/bin/playwright install chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


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
