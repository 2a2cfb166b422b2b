"""Pages out of web archives and caches read as the pages that they are copies of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import document
from generator.document import Document
from generator.extract import extract
from generator.model import Capture, Moment, Origin, Part
from tests import copies, drawn
from tests.samples import FERRY

COPIES = {
    "wayback": copies.wayback(),
    "wayback-relative": copies.wayback_relative(),
    "wayback-2010": copies.wayback_2010(),
    "wayback-2007": copies.wayback_2007(),
    "pywb": copies.pywb(),
    "archive.today": copies.today(),
    "archive.today-singlefile": copies.today(quoted=False),
    "google": copies.google(),
    "google-old": copies.google(old=True),
    "bing": copies.bing(),
    "baidu": copies.baidu(),
    "memento": copies.linked(),
}


def capture(page: str, url: str | None = None) -> Capture:
    return Capture(page.encode(), Origin("a.html", "0" * 64), url=url)


def read(page: str, url: str | None = None) -> Document:
    return document.read(capture(page, url))


@pytest.mark.parametrize("page", COPIES.values(), ids=COPIES)
def test_a_copy_is_read_as_the_page_itself(page: str) -> None:
    article = extract(capture(page)).article
    assert article is not None
    assert article.headline == "Night ferry sails again from Friday"
    assert article.url == copies.URL
    assert article.outlet == "ledger.example"
    assert (article.captured and article.captured.day) == "2022-04-01"
    assert str(article.published) != copies.MOMENT
    assert [picture.src for picture in article.pictures] == [copies.PICTURE]
    assert article.body.count("\n\n") == len(FERRY)  # the picture, and the story's paragraphs: no banner
    assert f"[a storm]({copies.LINK})" in article.body
    assert all(FERRY[number] in article.body for number in range(3))
    for word in ("archive.org", "archive.ph", "captures", "snapshot", "cache", "快照"):
        assert word not in article.body


@pytest.mark.parametrize("page", COPIES.values(), ids=COPIES)
def test_nothing_that_the_page_says_of_itself_is_an_archives_address(page: str) -> None:
    read_page = read(page)
    told = (
        read_page.url,
        *(one for many in read_page.meta.values() for one in many),
        str(read_page.data),
        *read_page.lines,
    )
    assert not [
        one for one in told if one and any(host in one for host in ("archive.", "localhost:8080", "googleusercontent"))
    ]


@pytest.mark.parametrize(
    "url",
    [
        f"https://web.archive.org/web/{copies.STAMP}/{copies.URL}",
        f"https://archive.ph/2022.04.01-093000/{copies.URL}",
        f"http://localhost:8080/mine/{copies.STAMP}mp_/{copies.URL}",
    ],
)
def test_an_address_of_a_copy_that_a_container_states_is_the_pages_with_the_copys_moment(url: str) -> None:
    saved = replace(capture(copies.page(), url), captured=Moment.parse("2024-11-02T20:08:27Z"))
    page = document.read(saved)
    assert page.url == copies.URL
    assert page.capture.captured == Moment.parse(copies.MOMENT)


def test_an_archives_address_that_nothing_explains_is_not_the_pages() -> None:
    assert read("<p>Words about the quay and the ferry.</p>", "https://archive.ph/AbCdE").url is None


def test_a_copy_that_singlefile_saved_without_the_toolbar_has_its_addresses_back() -> None:
    stamp = f"<!--\n Page saved with SingleFile \n url: https://web.archive.org/web/{copies.STAMP}/{copies.URL} \n saved date: Sat Nov 02 2024 20:08:27 GMT+0100 (CET)\n-->"
    page = copies.rewritten(copies.page(), copies.WAYBACK).replace("<head>", f"<head>{stamp}")
    article = extract(capture(page, copies.URL)).article
    assert article is not None
    assert copies.LINK in article.body
    assert "archive.org" not in article.body


def test_parts_of_a_copy_are_found_under_the_addresses_that_the_page_has_again() -> None:
    name = f"{copies.WAYBACK}{copies.STAMP}im_/{copies.PICTURE}"
    held = replace(capture(copies.wayback()), parts=(Part(name, "image/png", drawn.png()),))
    extraction = extract(held)
    assert extraction.article is not None
    assert [(picture.src or "")[:6] for picture in extraction.article.pictures] == ["media/"]
    assert len(extraction.media) == 1


def test_a_story_that_cites_archives_keeps_its_links() -> None:
    cited = f"https://web.archive.org/web/{copies.STAMP}/https://council.example/minutes"
    page = copies.page().replace(copies.LINK, cited)
    article = extract(capture(page)).article
    assert article is not None
    assert cited in article.body
    assert article.url == copies.URL
    assert article.captured is None


def test_a_copy_of_a_copy_loses_one_archive_at_a_time() -> None:
    cited = f"https://web.archive.org/web/20190101000000/{copies.LINK}"
    page = copies.wayback().replace(
        f"{copies.WAYBACK}{copies.STAMP}/{copies.LINK}", f"{copies.WAYBACK}{copies.STAMP}/{cited}"
    )
    article = extract(capture(page)).article
    assert article is not None
    assert cited in article.body


@given(st.text(max_size=300), st.sampled_from(list(COPIES.values())), st.integers(0, 3_000))
def test_no_copy_raises_wherever_it_is_cut_or_spoilt(noise: str, page: str, at: int) -> None:
    read(page[:at] + noise + page[at:])
    read(page[:at])
    read(page[at:] + noise)
