"""A site with `offline = true` in a real browser, below a folder of its host: read once, it is read again without its server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.hosts import Host
from tests.drawn import png
from tests.samples import Sample, TryOut

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FERRY = "2022/03/18/night-ferry-sails-again-from-friday.html"
PATIENCE = 1_000  # frames
KEPT = """async () => {
  const kept = {};
  for (const name of await caches.keys()) {
    kept[name.split(' ').at(-1)] = (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname);
  }
  return kept;
}"""


@pytest.fixture
def host(archive: TryOut, request: pytest.FixtureRequest) -> Iterator[Host]:
    """The address of what it holds back at first may be given to it."""
    (archive.root / "archive.toml").write_text('title = "Tide"\nlanguage = "en"\noffline = true\n', "utf-8")
    page = Sample().html.replace("</article>", '<p><img src="boat.png" alt="The boat"></p></article>')
    heap = archive.save("ferry.html", page).parent
    (heap / "ferry_files").mkdir()
    (heap / "ferry_files" / "boat.png").write_bytes(png(300, 200))
    archive.save("ferry.html", page.replace("boat.png", "ferry_files/boat.png"))
    archive.add(heap / "ferry.html")
    archive.build(archive.root / "host" / "some" / "repo")
    host = Host(archive.root / "host", "some/repo/", getattr(request, "param", ""))
    yield host
    host.stop()


def first_visit(page: Page, host: Host, path: str) -> None:
    """Read a page, and wait until it is kept: the worker comes to be while it is read, with or without its pictures."""
    page.goto(host.base + path, wait_until="domcontentloaded")
    until(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    until(page, lambda: f"/some/repo/{path}" in page.evaluate(KEPT).get("pages", []))


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Ask again while the browser works. (The page's policy forbids what Playwright's own waiting does.)"""
    for _ in range(PATIENCE):
        if holds():
            return
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    pytest.fail("the browser never came to it")


def change(file: Path, old: str, new: str) -> None:
    """Write another text to a file of the host, and a later time: HTTP knows whole seconds alone."""
    later = file.stat().st_mtime + 10
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    os.utime(file, (later, later))


def test_a_page_that_was_read_loads_again_when_the_server_is_gone(chromium: Browser, host: Host) -> None:
    page = chromium.new_page()
    first_visit(page, host, FERRY)
    until(page, lambda: bool(page.evaluate(KEPT).get("pictures")))
    host.stop()
    page.reload(wait_until="load")
    assert page.inner_text("h1") == "Night ferry sails again from Friday"
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 0
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 0
    page.goto(host.base, wait_until="load")  # the front page is kept from the first visit on
    assert page.inner_text("h1") == "Tide"
    page.context.close()


@pytest.mark.parametrize("host", [".png"], indirect=True)
def test_a_picture_that_comes_after_the_worker_on_a_slow_line_is_kept(chromium: Browser, host: Host) -> None:
    page = chromium.new_page()
    first_visit(page, host, FERRY)
    assert not page.evaluate(KEPT).get("pictures")
    host.let_go.set()
    until(page, lambda: bool(page.evaluate(KEPT).get("pictures")))
    page.context.close()


def test_a_page_that_was_not_read_gives_the_list_of_those_that_were(chromium: Browser, host: Host) -> None:
    page = chromium.new_page()
    first_visit(page, host, FERRY)
    host.stop()
    page.goto(f"{host.base}2022/index.html", wait_until="load")
    assert page.url == f"{host.base}offline.html"
    page.get_by_role("link", name="Night ferry sails again from Friday").click()
    page.wait_for_url(f"**/{FERRY}")
    assert page.inner_text("h1") == "Night ferry sails again from Friday"
    page.context.close()


def test_with_a_server_a_changed_page_is_shown_and_an_old_store_of_this_site_alone_is_dropped(
    chromium: Browser, host: Host, archive: TryOut
) -> None:
    page = chromium.new_page()
    first_visit(page, host, FERRY)
    names = page.evaluate("caches.open('somebody else').then(() => caches.keys())")
    site = archive.root / "host/some/repo"
    change(site / FERRY, "Night ferry sails again from Friday</h1>", "Corrected</h1>")
    page.reload(wait_until="load")
    assert page.inner_text("h1") == "Corrected"
    version = next(name.split()[-2] for name in names if name.endswith(" shell"))
    change(site / "sw.js", version, "another")
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")
    until(page, lambda: not any(f" {version} " in name for name in page.evaluate("caches.keys()")))
    assert "somebody else" in page.evaluate("caches.keys()")
    page.context.close()


def test_nothing_is_asked_of_anybody_else_and_nothing_complains(chromium: Browser, host: Host) -> None:
    page = chromium.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.context.on("request", lambda one: asked.append(one.url) if not one.url.startswith(host.base) else None)
    first_visit(page, host, FERRY)
    assert (said, asked) == ([], [])
    page.context.close()
