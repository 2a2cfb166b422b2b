"""Copies in web archives: known by their addresses, and by what archives write into pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import mementos
from generator.mementos import Memento
from generator.model import Moment
from tests import copies
from tests.samples import Sample

DATED = Moment.parse(copies.MOMENT)


@pytest.mark.parametrize(
    ("address", "url", "captured"),
    [
        (f"https://web.archive.org/web/{copies.STAMP}/{copies.URL}", copies.URL, DATED),
        (f"https://web.archive.org/web/{copies.STAMP}im_/http://ledger.example:80/a.jpg", "http://ledger.example/a.jpg", DATED),
        (f"http://web.archive.org/web/{copies.STAMP}/ledger.example/a", "http://ledger.example/a", DATED),
        (f"https://web.archive.org/web/{copies.STAMP}/http:/ledger.example/a", "http://ledger.example/a", DATED),
        (f"https://web.archive.org/web/{copies.STAMP}/https%3A//ledger.example/a", "https://ledger.example/a", DATED),
        ("https://web.archive.org/web/20220401/https://ledger.example/", "https://ledger.example/", Moment.parse("2022-04-01")),
        ("https://web.archive.org/web/2022/https://ledger.example/", "https://ledger.example/", None),
        ("https://web.archive.org/web/https://ledger.example/", "https://ledger.example/", None),
        ("https://archive.ph/2022.04.01-093000/https://ledger.example/a?b=1", "https://ledger.example/a?b=1", DATED),
        ("https://archive.is/newest/https://ledger.example/a", "https://ledger.example/a", None),
        ("https://archive.ph/o/AbCdE/https://ledger.example/a", "https://ledger.example/a", None),
        (f"https://arquivo.example/noFrame/replay/{copies.STAMP}/http://ledger.example/", "http://ledger.example/", DATED),
        (f"http://localhost:8080/mine/{copies.STAMP}mp_/{copies.URL}", copies.URL, DATED),
        (f"http://localhost:8080/mine/mp_/{copies.URL}", copies.URL, None),
        (
            f"https://web.archive.org/web/20240101000000/https://web.archive.org/web/{copies.STAMP}/{copies.URL}",
            copies.URL,
            DATED,
        ),
        (
            "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://ledger.example/a+&cd=1&hl=de",
            "https://ledger.example/a",
            None,
        ),
        ("https://www-ledger-example.cdn.ampproject.org/c/s/www.ledger.example/a.amp", "https://www.ledger.example/a.amp", None),
        ("https://www.google.com/amp/s/www.ledger.example/a/amp/", "https://www.ledger.example/a/amp/", None),
    ],
)  # fmt: skip
def test_the_address_of_a_copy_tells_whose_it_is_and_when(address: str, url: str, captured: Moment | None) -> None:
    assert mementos.of(address) == Memento(url, captured)


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        copies.URL,
        "https://ledger.example/2022/04/01/20220401093000/",
        "https://archive.ph/AbCdE",
        "javascript:alert(1)",
        "file:///web/20220401093000/http://ledger.example/",
        "https://web.archive.org/web/20220401093000/javascript:alert(1)",
        "https://web.archive.org/web/20220401093000/https://ledger.example/<script>",
    ],
)
def test_any_other_address_is_nobodys_copy(address: str | None) -> None:
    assert mementos.of(address) is None


def test_a_moment_that_there_never_was_is_not_believed() -> None:
    assert mementos.of("https://web.archive.org/web/20229999999999/https://ledger.example/") == Memento(
        "https://ledger.example/"
    )


@pytest.mark.parametrize(
    ("page", "url", "captured"),
    [
        (copies.wayback(), copies.URL, DATED),
        (copies.wayback_relative(), copies.URL, DATED),
        (copies.wayback_2010(), copies.URL, DATED),
        (copies.wayback_2007(), copies.URL, DATED),
        (copies.pywb(), copies.URL, DATED),
        (copies.today(), copies.URL, DATED),
        (copies.today(quoted=False), copies.URL, DATED),
        (copies.google(), copies.URL, DATED),
        (copies.google(old=True), copies.URL, DATED),
        (copies.bing(), copies.URL, Moment.parse("2022-04-01")),
        (copies.baidu(), copies.URL, Moment.parse("2022-04-01")),
        (copies.linked(), copies.URL, DATED),
    ],
    ids="wayback relative 2010 2007 pywb today today-bare google google-old bing baidu linked".split(),  # noqa: SIM905
)
def test_what_an_archive_writes_into_a_page_tells_the_same(page: str, url: str, captured: Moment) -> None:
    assert mementos.stated(page) == Memento(url, captured)


@pytest.mark.parametrize(
    "page",
    [
        Sample().html,
        "<p>A memento of the storm: the harbour master keeps a plank, and a copy of <a href='https://x.example/'>the log</a>.</p>",
        "<p>The page is gone; see <a href='https://web.archive.org/web/20220401093000/https://x.example/'>the archive</a>.</p>",
    ],
)
def test_a_story_that_only_speaks_of_archives_is_no_copy(page: str) -> None:
    assert mementos.stated(page) is None


def test_the_hosts_of_archives_are_known_and_their_own_pages_are_not_copies() -> None:
    assert mementos.is_archive("https://archive.ph/AbCdE")
    assert mementos.is_archive("https://web.archive.org/web/2022/https://ledger.example/")
    assert not mementos.is_archive("https://blog.archive.org/2022/04/01/news/")
    assert not mementos.is_archive("https://myarchive.ph.example/")
    assert not mementos.is_archive("https://[broken")


@given(st.text(max_size=400))
def test_no_text_raises(words: str) -> None:
    mementos.of(f"https://web.archive.org/web/{words}")
    mementos.of(words)
    mementos.is_archive(words)
    for mark in ("wm-ipp", "webpage capture archive.", "bd_snap", "b_cpb", "memento", "sWayBackCGI"):
        mementos.stated(f"{mark}{words}<a href=https://x.example/{words}>")
