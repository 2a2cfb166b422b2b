"""What a real browser says: axe-core's rules, sideways scrolling, shifts of the layout, and whom the page asks."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.reading.gauge import WIDTHS, Found, Place

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCHEMES = {
    "light": {"color_scheme": "light", "contrast": "no-preference"},
    "dark": {"color_scheme": "dark", "contrast": "no-preference"},
    "light, more contrast": {"color_scheme": "light", "contrast": "more"},
    "dark, more contrast": {"color_scheme": "dark", "contrast": "more"},
}
_RUN = """async () => {
  const said = await axe.run(document, {resultTypes: ['violations'], iframes: false});
  return said.violations.map(one => [one.id, one.nodes.length, one.nodes[0].target.join(' '), one.nodes[0].failureSummary]);
}"""
_SHIFTS = """() => new Promise(done => {
  let total = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) total += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  scrollTo(0, document.body.scrollHeight);
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(total), 50)));
})"""
_OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"
_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def browser() -> str:
    """The machine's Chromium."""
    return next(filter(None, map(shutil.which, NAMES)))


def measure(places: Sequence[Place], schemes: Sequence[str], found: Found) -> None:
    """Every page in every scheme and width, from the disk."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not everybody has it

    axe = AXE.read_text("utf-8")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        for place in places:
            page = chromium.new_page()
            _look(page, place, axe, schemes, found)
            page.close()
        chromium.close()


def _look(page: Page, place: Place, axe: str, schemes: Sequence[str], found: Found) -> None:
    base = place.site.as_uri()
    asked: list[str] = []
    page.on("request", lambda one: None if one.url.startswith((base, "data:")) else asked.append(one.url))
    shift, widest, violations = 0.0, 0, 0
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(place.file.as_uri(), wait_until="load")
        shift = max(shift, page.evaluate(_SHIFTS))
        page.evaluate(_OPEN)
        needed, there = page.evaluate(_WIDTHS)
        widest = max(widest, needed - there)
        if needed > there:
            found.miss("scroll", place, f"at {width} the page needs {needed}")
        page.evaluate(axe)
        for scheme in schemes:
            page.emulate_media(**SCHEMES[scheme])  # type: ignore[arg-type]
            for name, count, target, why in page.evaluate(_RUN):
                violations += count
                told = " ".join(why.split())
                found.miss("axe", place, f"{name} ({count}) at {width}, {scheme}: {target}: {told}")
        page.emulate_media(**SCHEMES["light"])  # type: ignore[arg-type]
    if round(shift, 3) > 0:  # as Lighthouse and the browsers' own reports count it
        found.miss("layout shift", place, f"{shift:.4f}")
    for url in sorted({*asked}):
        found.miss("foreign request", place, url)
    found.tell(place, "axe", violations)
    found.tell(place, "scroll", widest)
    found.tell(place, "shift", f"{shift:.3f}".rstrip("0").rstrip("."))
    found.tell(place, "foreign", len(asked))
