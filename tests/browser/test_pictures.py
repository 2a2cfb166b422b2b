"""Smaller pictures in a real browser: the smallest that fits is taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.pages.test_pictures import FERRY, take_in
from tests.samples import TryOut
from tests.test_thumbnails import photograph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

PICTURE = "document.querySelector('.body img')"


@pytest.fixture
def site(archive: TryOut) -> Path:
    take_in(archive, photograph(2000, 1200)).build()
    return archive.root / "site"


@pytest.mark.parametrize(
    ("width", "finest", "taken"), [(360, 1, "-480.avif"), (360, 2, "-800.avif"), (1280, 2, "-1280.avif")]
)
def test_the_smallest_that_fills_the_screen_is_taken(
    chromium: Browser, site: Path, width: int, finest: int, taken: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800}, device_scale_factor=finest)
    page.goto(f"{site.as_uri()}/{FERRY}", wait_until="load")
    page.evaluate(f"{PICTURE}.scrollIntoView()")
    page.evaluate(f"{PICTURE}.decode()")
    assert page.evaluate(f"{PICTURE}.currentSrc").endswith(taken)
    page.close()
