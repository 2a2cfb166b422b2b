"""The sample site in a real browser: from the disk and from a server, on every width, in light and dark, with nobody else asked."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from generator import serve
from generator.config import parse
from generator.errors import BusyError
from tests.browser.hosts import Host

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parent.parent.parent
WIDTHS = (320, 360, 768, 1280)  # the first is a screen of 1280 at 400 %
PATIENCE = 20.0
KIND = re.compile(r'<body class="([^"]*)"')
LANGUAGE = re.compile(r'<article class="article"[^>]* lang="([^"]*)"')


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive of this repository, copied and built by the command."""
    archive = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "archive.toml", archive)
    shutil.copytree(ROOT / "content", archive / "content")
    command = [
        sys.executable,
        "-c",
        "from generator.cli import main; main()",
        "--archive",
        str(archive),
        "build",
        "--workers",
        "1",
    ]
    built = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False
    )
    assert (archive / "site" / "index.html").is_file(), built.stderr
    return archive / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The sample site on a server."""
    with served(site) as base:
        yield base


class Built:
    """A site that lies built on the disk, and another run at work on it; `change` says whether it did anything to it."""

    url = ""

    def __init__(self, change: Callable[[], bool] | None = None) -> None:
        self._change = change

    def refresh(self, changed: Collection[Path] | None) -> bool:  # noqa: ARG002 - what changed may not be known: `change` looks
        return self._change is not None and self._change()

    def page(self, path: str) -> bytes | None:
        raise BusyError(path, "wait")


class served:  # noqa: N801 - used as a verb
    """`serve` in a thread; as a context it gives the address."""

    def __init__(self, site: Path, root: Path | None = None, source: serve.Source | None = None) -> None:
        self._stop = threading.Event()
        events: SimpleQueue[str] = SimpleQueue()
        self._events = events
        self._thread = threading.Thread(
            target=serve.serve,
            args=(parse({}, root or site.parent), source or Built()),
            kwargs={"port": 0, "on_event": events.put, "stop": self._stop, "site": site},
        )

    def __enter__(self) -> str:
        self._thread.start()
        return self._events.get(timeout=PATIENCE).split()[-1]

    def __exit__(self, *args: object) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)


def representatives(site: Path) -> list[str]:
    """Of each kind of page the first and the longest, and an article in each language."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for file in sorted(site.rglob("*.html")):
        source = file.read_text(encoding="utf-8")
        name = file.relative_to(site).as_posix()
        for pattern in (KIND, LANGUAGE):
            found = pattern.search(source)
            groups.setdefault(f"{pattern.pattern}{found[1] if found else ''}", []).append((len(source), name))
    chosen = {name for group in groups.values() for _, name in (group[0], max(group))}
    return sorted(chosen | {"index.html", "404.html"})


def test_an_article_in_each_language_is_among_the_pages_that_are_looked_at(site: Path) -> None:
    sources = [(site / name).read_text(encoding="utf-8") for name in representatives(site)]
    assert {found[1] for one in sources if (found := LANGUAGE.search(one))} >= {"ar", "en", "zh-Hant"}


def story_in(site: Path) -> str:
    return next(name for name in representatives(site) if 'class="story' in (site / name).read_text(encoding="utf-8"))


def watched(page: Page, base: str) -> list[str]:
    """What the page complains of, asks others for, or does not get; filled while it loads."""
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(f"says {said.text}") if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(f"throws {error}"))
    page.on("response", lambda answer: troubles.append(f"lacks {answer.url}") if answer.status >= 400 else None)
    page.on("requestfailed", lambda request: troubles.append(f"lacks {request.url}") if not given_up(request) else None)
    page.on(
        "request",
        lambda request: None if request.url.startswith((base, "data:")) else troubles.append(f"asks {request.url}"),
    )
    return troubles


def given_up(request: Request) -> bool:
    """Whether the browser itself went on to the next page before the answer came."""
    return request.failure == "net::ERR_ABORTED"


@pytest.fixture(scope="session")
def ways(site: Path, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Where the same files may lie: the preview, a folder of a host, the disk, and a disk after a move."""
    below = tmp_path_factory.mktemp("host")
    shutil.copytree(site, below / "some" / "repo")
    moved = tmp_path_factory.mktemp("Moved elsewhere") / "旧报 & #1 100%"
    shutil.copytree(site, moved)
    host = Host(below, "some/repo/")
    yield {
        "the preview": address,
        "a folder of a host": host.base,
        "the disk": f"{site.as_uri()}/",
        "a folder that was moved": f"{moved.as_uri()}/",
    }
    host.stop()


@pytest.mark.parametrize("way", ["the preview", "a folder of a host", "the disk", "a folder that was moved"])
def test_every_kind_of_page_loads_without_a_complaint_and_asks_nobody_else(
    chromium: Browser, site: Path, ways: dict[str, str], way: str
) -> None:
    page = chromium.new_page()
    troubles = watched(page, ways[way])
    for name in representatives(site):
        page.goto(ways[way] + name, wait_until="load")
        assert page.title(), name
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", name  # the style is there
    page.close()
    assert troubles == []


@pytest.mark.parametrize("way", ["a folder of a host", "a folder that was moved"])
def test_one_finds_the_way_from_the_front_page_to_a_story_and_back(
    chromium: Browser, ways: dict[str, str], way: str
) -> None:
    page = chromium.new_page()
    troubles = watched(page, ways[way])
    page.goto(f"{ways[way]}index.html")
    story = page.locator("main article a[href]").first
    headline = story.inner_text()
    story.click()
    assert page.inner_text("h1") == headline
    page.locator(".facts time").first.click()
    assert page.url.endswith("/index.html")
    page.locator("a[rel=home]").click()
    assert page.url == f"{ways[way]}index.html"
    page.close()
    assert troubles == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_kind_of_page_scrolls_sideways(chromium: Browser, site: Path, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 800})
    too_wide = []
    for name in representatives(site):
        page.goto(f"{site.as_uri()}/{name}", wait_until="load")
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > page.evaluate("document.documentElement.clientWidth"):
            too_wide.append(f"{name} needs {needed}")
    page.close()
    assert too_wide == []


def test_the_counts_of_a_chart_stand_above_its_bars_and_are_told(chromium: Browser, site: Path) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 800})
    page.goto((site / "index.html").as_uri())
    bar = page.locator(".chart a").first
    count, drawn = bar.locator(".count").bounding_box(), bar.locator("[class^=bar-]").bounding_box()
    assert count
    assert drawn
    assert count["y"] + count["height"] <= drawn["y"]
    assert drawn["width"] > 20
    assert re.search(r'link "\d{4} \d+ ', bar.aria_snapshot())
    page.close()


def test_the_style_applies_from_the_disk_in_light_and_in_dark(chromium: Browser, site: Path) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme)
        page.goto(f"{site.as_uri()}/index.html")
        colours.append(
            page.evaluate(
                "getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor"
            )
        )
        assert page.evaluate("document.styleSheets.length") == 1
        page.close()
    assert len(set(colours)) == 2


def test_everything_can_be_read_without_scripts(chromium: Browser, site: Path) -> None:
    without, running = (chromium.new_page(java_script_enabled=on) for on in (False, True))
    for name in representatives(site):
        for page in (without, running):
            page.goto(f"{site.as_uri()}/{name}", wait_until="load")
        assert without.locator("h1").first.is_visible(), name
        assert without.locator("button").count() == 0, name  # what does nothing is not there
        assert words(without) >= words(running), name  # a script adds buttons, and no word of the archive
    without.close()
    running.close()


def words(page: Page) -> set[str]:
    """Each heading, paragraph and link of the page, whether it is folded away or not."""
    return {one.strip() for one in page.locator("h1, h2, h3, p, main a[href]:not([href^=mailto])").all_text_contents()}


def test_what_is_folded_away_opens_without_scripts(chromium: Browser, site: Path) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{site.as_uri()}/{first_story(site)}")
    folded = page.locator("details > :nth-child(2)").last
    assert not folded.is_visible()
    page.locator("details > summary").last.click()
    assert folded.is_visible()
    page.close()


def first_story(site: Path) -> str:
    return next(name for name in representatives(site) if 'class="story' in (site / name).read_text(encoding="utf-8"))


FOCUSABLE = """() => [...document.querySelectorAll('a[href], button, summary, input, select, [tabindex="0"]')]
  .filter(one => one.tabIndex >= 0).filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled).length"""
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.dataset.seen = '1';
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  return {tag: one.outerHTML.slice(0, 80), marked, seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight};
}"""


def kinds_for_the_keyboard(site: Path) -> list[str]:
    """Of each kind of page the shortest: a key has to be pressed for each of its links."""
    shortest: dict[str, tuple[int, str]] = {}
    for name in representatives(site):
        source = (site / name).read_text(encoding="utf-8")
        found = KIND.search(source)
        kind = found[1] if found else ""
        shortest[kind] = min(shortest.get(kind, (len(source), name)), (len(source), name))
    return sorted(name for _, name in shortest.values())


def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(chromium: Browser, site: Path) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    for name in kinds_for_the_keyboard(site):
        page.goto(f"{site.as_uri()}/{name}", wait_until="load")
        for _ in range(page.evaluate(FOCUSABLE)):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            assert at, name
            assert at["marked"], f"{name}: {at['tag']} does not show that it has the focus"
            assert at["seen"], f"{name}: {at['tag']} has the focus out of sight"
        assert page.evaluate("document.querySelectorAll('[data-seen]').length") == page.evaluate(FOCUSABLE), name
    page.close()


def test_the_keyboard_skips_to_the_text_opens_what_is_folded_and_closes_what_it_opened(
    chromium: Browser, site: Path
) -> None:
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/{first_story(site)}")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.locator("summary").last.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").last.get_attribute("open") is not None
    opener = page.locator(".look > button")
    opener.focus()
    page.keyboard.press("Space")
    assert page.locator("#look").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#look").is_visible()
    assert opener.evaluate("one => one === document.activeElement")
    page.close()


@pytest.mark.parametrize("way", ["file", "http"])
def test_what_a_reader_sets_is_worn_at_once_and_on_the_next_page(
    chromium: Browser, site: Path, address: str, way: str
) -> None:
    base = f"{site.as_uri()}/" if way == "file" else address
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    troubles = watched(page, base)
    page.goto(f"{base}index.html")
    by_day = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("Tab")  # the way past the navigation comes first
    page.locator(".look > button").focus()
    page.keyboard.press("Enter")
    for value in ("dark", "more", "2"):
        page.locator(f".panel button[value='{value}']").press("Enter")
    assert page.locator(".panel button[aria-pressed=true]").count() == 3
    page.keyboard.press("Escape")
    assert page.locator(".panel").is_hidden()
    assert page.evaluate("document.activeElement.ariaExpanded") == "false"
    page.goto(base + story_in(site))
    worn = page.evaluate("({...document.documentElement.dataset})")
    assert worn == {"scheme": "dark", "contrast": "more", "size": "2"}
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != by_day
    context.close()
    assert troubles == []


def test_a_page_that_one_comes_back_to_wears_what_was_set_since(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/index.html")
    page.evaluate("localStorage.setItem('backfile-scheme', 'dark')")  # as the next page does
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert page.locator(".panel button[value=dark]").get_attribute("aria-pressed") == "true"
    page.evaluate("localStorage.clear()")
    page.close()


def test_what_is_set_stands_before_the_page_has_a_body(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}index.html")
    page.evaluate("localStorage.setItem('backfile-scheme', 'dark')")
    page.add_init_script(
        "new MutationObserver(() => { if (document.body) window.early ??= document.documentElement.dataset.scheme })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.reload()
    assert page.evaluate("window.early") == "dark"
    context.close()


def test_a_story_can_be_passed_on(chromium: Browser, site: Path) -> None:
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/{story_in(site)}")
    assert page.locator(".tools button").count() >= 2
    copier = page.locator(".tools button").first
    assert copier.get_attribute("aria-live") == "polite"  # before it has anything to tell
    sent = page.locator(".tools a").get_attribute("href")
    assert re.match(r"mailto:\?subject=.+&body=file%3A", sent or "")
    page.close()


def test_the_browser_reloads_when_the_site_was_built_again(chromium: Browser, tmp_path: Path, site: Path) -> None:
    from playwright.sync_api import expect

    shown = shutil.copytree(site, tmp_path / "site")
    news = tmp_path / "content" / "new.md"
    news.parent.mkdir()

    def rebuild() -> bool:
        index = shown / "index.html"
        before = index.read_text("utf-8")
        after = re.sub("<title>.*?</title>", "<title>built again</title>", before)
        if not news.exists() or after == before:
            return False
        index.write_text(after, "utf-8")
        return True

    with served(shown, tmp_path, Built(rebuild)) as base:
        page = chromium.new_page()
        troubles = watched(page, base)
        with page.expect_response(lambda response: "/__backfile/events" in response.url):
            page.goto(f"{base}index.html")
        news.write_text("new", encoding="utf-8")
        expect(page).to_have_title("built again", timeout=PATIENCE * 1000)
        page.close()
    assert troubles == []
