"""Which address is the story's where a page was saved in another dress: as AMP, for printing, for telephones."""

from __future__ import annotations

import pytest

from generator import document
from generator.model import Capture, Origin

STORY = "https://www.ledger.example/2022/night-ferry/"


def url(saved: str | None, own: str | None = None, inside: str = "", html: str = "") -> str | None:
    link = f'<link rel="canonical" href="{own}">' if own else ""
    page = f"<!doctype html><html {html}><head>{link}</head><body><p>Words about the ferry.</p>{inside}</body></html>"
    return document.read(Capture(page.encode(), Origin("a.html", "0" * 64), url=saved)).url


@pytest.mark.parametrize(
    "saved",
    [
        "https://m.ledger.example/2022/night-ferry/",
        "https://mobile.ledger.example/2022/night-ferry/",
        "https://amp.ledger.example/2022/night-ferry/",
        "https://www.ledger.example/2022/night-ferry/amp/",
        "https://www.ledger.example/amp/2022/night-ferry/",
        "https://www.ledger.example/2022/night-ferry.amp.html",
        "https://www.ledger.example/2022/night-ferry/?amp",
        "https://www.ledger.example/2022/night-ferry/?amp=1",
        "https://www.ledger.example/2022/night-ferry/?outputType=amp",
        "https://www.ledger.example/2022/night-ferry/?print=1",
        "https://www.ledger.example/2022/night-ferry/print/",
        "https://www.ledger.example/print/2022/night-ferry/",
        "https://www.ledger.example/2022/night-ferry-druck.html",
        "https://www.ledger.example/printarticle.php?id=7",
        "https://www.ledger.example/2022/night-ferry/?pagewanted=print",
    ],
)
def test_a_page_in_another_dress_is_known_by_its_own_address(saved: str) -> None:
    assert url(saved, STORY) == STORY


@pytest.mark.parametrize("mark", ["amp", "⚡", 'lang="en" amp=""'])
def test_a_page_that_says_it_is_amp_is_known_by_its_own_address_wherever_it_stood(mark: str) -> None:
    assert url("https://www.ledger.example/a/7", STORY, html=mark) == STORY
    assert url("https://www.ledger.example/a/7", STORY) == "https://www.ledger.example/a/7"


@pytest.mark.parametrize(
    ("saved", "own"),
    [
        ("https://m.ledger.example/2022/night-ferry/", "https://www.courier.example/2022/night-ferry/"),  # another site
        ("https://ledger.portal.example/amp/night-ferry/", "https://other.portal.example/night-ferry/"),
        ("https://m.ledger.example/2022/night-ferry/", "https://www.ledger.example/"),  # the front page
        ("https://www.ledger.example/2022/night-ferry/?page=1", STORY),  # no other dress
        ("https://www.ledger.example/2022/stamp/", STORY),
        ("https://www.ledger.example/blueprint/7", STORY),
        ("https://www.ledger.example/2022/?type=story", STORY),
    ],
)
def test_a_page_moves_no_story_to_another_site_nor_to_the_front(saved: str, own: str) -> None:
    assert url(saved, own) == saved


@pytest.mark.parametrize(
    "line",
    [
        f"<p>Find this article at: <br>{STORY}</p>",
        f"<p>Find this article at:</p><p>{STORY}</p>",
        f"<p>Article printed from The Ledger: https://www.ledger.example</p><p>URL to article: {STORY}</p>",
        f"<div>Source URL: <a href='x'>{STORY}</a></div>",
        f"<p>本文网址：{STORY}</p>",
        f"<p>Clipped from: <a href='{STORY}'>{STORY}</a></p>",
    ],
)
def test_a_page_made_for_printing_prints_its_address(line: str) -> None:
    assert url(None, None, f"<p>{'words ' * 20}</p>{line}") == STORY
    assert url("https://www.ledger.example/print.php?id=7", None, line) == STORY
    assert url("https://www.courier.example/print.php?id=7", None, line) == "https://www.courier.example/print.php?id=7"
    assert url("https://www.ledger.example/a/7", None, line) == "https://www.ledger.example/a/7"


def test_an_address_that_a_story_only_mentions_is_not_its_own() -> None:
    assert url(None, None, f"<p>The council wrote at {STORY} what it thinks.</p>") is None
    assert url(None, None, "<p>Source: https://www.courier.example/a</p>") is None


def test_a_page_shown_by_somebodys_own_machine_is_known_by_its_own_address() -> None:
    assert url("http://localhost:8000/a.html", STORY) == STORY
    assert url("http://127.0.0.1/a.html", STORY) == STORY
    assert url("http://127.0.0.1/a.html") == "http://127.0.0.1/a.html"


def test_an_archives_own_address_is_never_the_pages() -> None:
    assert url(None, "https://archive.ph/AbCdE") is None
    assert url(None, f"https://web.archive.org/web/20220401093000/{STORY}") == STORY
    assert (
        url("https://m.ledger.example/2022/night-ferry/", "/2022/night-ferry/")
        == "https://m.ledger.example/2022/night-ferry/"
    )
