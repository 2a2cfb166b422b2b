"""Pictures of every kind of page, to be looked at: `python -m benchmarks.reading.shots FOLDER [LANGUAGE]`.

One sheet for each kind: three widths, in light above and in dark below, as far as a first look goes.
"""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from benchmarks.reading import sample
from benchmarks.reading.browser import SCHEMES, browser
from benchmarks.reading.gauge import WIDTHS, Place

HEIGHT = 1400
GAP = 24
KINDS = (
    *("front", "article zh", "article en", "article rtl", "year", "month", "day", "dates"),
    *("tags", "all tags", "sections", "regions", "all regions", "sources", "people", "all people", "known", "standing"),
    *("known outlet", "most read", "most printed", "feeds", "withheld", "snapshot", "404"),
)


def main(folder: Path, language: str) -> None:
    """Write the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as play:
        places = {one.kind: one for one in sample.places(sample.build(language, Path(work) / language), language)}
        chromium = play.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for kind in (one for one in KINDS if one in places):
            sheet(chromium, places[kind]).save(folder / f"{kind.replace(' ', '-')}.png")
        chromium.close()


def sheet(chromium: Browser, place: Place) -> Image.Image:
    whole = Image.new("RGB", (sum(WIDTHS) + GAP * 4, HEIGHT * 2 + GAP * 3), "#888")
    for row, scheme in enumerate(("light", "dark")):
        left = GAP
        for width in WIDTHS:
            page = chromium.new_page(viewport={"width": width, "height": HEIGHT}, **SCHEMES[scheme])  # type: ignore[arg-type]
            page.goto(place.file.as_uri())
            whole.paste(Image.open(BytesIO(page.screenshot())), (left, GAP + row * (HEIGHT + GAP)))
            left += width + GAP
            page.close()
    return whole


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "zh-Hans")
