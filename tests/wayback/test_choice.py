"""Of each page the right capture is asked for, and no page twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.wayback.choice import Plan, address_key, plan
from generator.wayback.index import Row
from generator.wayback.wanted import Wanted

WANTED = Wanted("tidenews.example")


def row(time: str, digest: str, path: str = "/a", status: str = "200") -> Row:
    url = path if "://" in path else f"http://tidenews.example{path}"
    return Row(time.ljust(14, "0"), url, status, digest, 100)


def chosen(*rows: Row, wanted: Wanted = WANTED) -> list[list[str]]:
    return [[found.digest for found in one.rows] for one in plan(rows, wanted).addresses]


def test_the_earliest_comes_first() -> None:
    assert chosen(row("2012", "C"), row("2010", "A"), row("2011", "B")) == [["A", "B", "C"]]


def test_what_was_soon_seen_again_unchanged_comes_before_what_was_not() -> None:
    assert chosen(row("20100101", "A"), row("20100103", "B"), row("20100201", "B"), row("2015", "C")) == [
        ["B", "A", "C"]
    ]


def test_what_was_seen_again_long_after_does_not() -> None:
    # years later it may be the page that says that the paper is no more
    assert chosen(row("20100101", "A"), row("20150103", "B"), row("20150201", "B")) == [["A", "B"]]


def test_the_nearest_comes_first_where_that_is_wanted() -> None:
    rows = (row("2010", "A"), row("2012", "B"), row("2017", "C"))
    assert chosen(*rows, wanted=replace(WANTED, near="20130101000000")) == [["B", "A", "C"]]


def test_a_capture_with_a_body_stands_for_those_without() -> None:
    rows = (row("2010", "A", status=""), row("2011", "A"))
    assert [one.rows[0].time[:4] for one in plan(rows, WANTED).addresses] == ["2011"]


def test_no_more_than_three_are_tried_but_where_every_version_is_wanted() -> None:
    rows = [row(f"201{number}", str(number)) for number in range(6)]
    assert chosen(*rows) == [["0", "1", "2"]]
    assert chosen(*rows, wanted=replace(WANTED, every_version=True)) == [["0", "1", "2", "3", "4", "5"]]


def test_the_same_bytes_are_asked_for_at_one_address() -> None:
    found = plan([row("2010", "A", "/a"), row("2011", "A", "/print/a"), row("2012", "B", "/b")], WANTED)
    assert [one.rows[0].url for one in found.addresses] == ["http://tidenews.example/a", "http://tidenews.example/b"]
    assert found.passed == {"alike": 1}


def test_an_error_that_two_pages_shared_once_hides_neither() -> None:
    rows = (row("2010", "E", "/a"), row("2010", "E", "/b"), row("2011", "A", "/a"), row("2011", "B", "/b"))
    assert chosen(*rows) == [["E", "A"], ["B"]]


def test_bytes_that_stand_everywhere_are_no_pages_own() -> None:
    rows = [row("2010", "X", f"/{number}") for number in range(20)]
    found = plan([*rows, row("2011", "A", "/7")], WANTED)
    assert [[one.digest for one in address.rows] for address in found.addresses] == [["X"], ["A"]]
    assert (found.addresses[0].alike, found.passed) == (20 - 1, {"alike": 18})


def test_captures_without_a_digest_are_each_their_own() -> None:
    assert chosen(row("2010", ""), row("2011", "")) == [["", ""]]


def test_the_order_is_that_of_time() -> None:
    rows = [row("2012", "A", "/a"), row("2010", "B", "/z"), row("2011", "C", "/m")]
    assert chosen(*rows) == [["B"], ["C"], ["A"]]
    assert chosen(*reversed(rows)) == chosen(*rows)


@pytest.mark.parametrize(
    "path",
    [
        "/robots.txt",
        "/feed/",
        "/news/rss",
        "/a.xml",
        "/wp-json/x",
        "/app.js",
        "/pic.JPG",
        "/atom.php",
        "/wp-login.php",
        "/comments/feed",
    ],
)
def test_what_is_no_page_is_passed_over(path: str) -> None:
    assert plan([row("2010", "A", path)], WANTED) == Plan((), {"no page": 1})


@pytest.mark.parametrize(
    "path", ["/feeding-the-gulls", "/news/rss-explained", "/show.php?f=a.js", "/2010/story.html", "/a.asp?x=1.jpg"]
)
def test_what_only_looks_like_none_is_not(path: str) -> None:
    assert len(plan([row("2010", "A", path)], WANTED).addresses) == 1


def test_other_hosts_times_and_paths_are_passed_over() -> None:
    rows = (
        row("2010", "A", "http://old.tidenews.example/a"),
        row("2010", "B", "http://nottidenews.example/a"),
        row("2008", "C", "/news/0"),
        row("2010", "D", "/sport/"),
        row("2010", "E", "http://www2.tidenews.example/News/1"),
    )
    found = plan(rows, replace(WANTED, since="2009", path="/news"))
    assert [one.rows[0].digest for one in found.addresses] == ["E"]
    assert found.passed == {"another host": 2, "another time": 1, "another path": 1}
    assert len(plan(rows, replace(WANTED, subdomains=True)).addresses) == 4


@pytest.mark.parametrize(
    "other",
    [
        "https://tidenews.example/a", "http://www.tidenews.example/a", "http://tidenews.example:80/a", "http://tidenews.example/a/",
        "http://tidenews.example/a#top", "http://tidenews.example/a?utm_source=x&fbclid=1", "http://tidenews.example/a;jsessionid=0A1B",
    ],
)  # fmt: skip
def test_one_page_has_one_key(other: str) -> None:
    assert address_key(other) == address_key("http://tidenews.example/a")


def test_what_names_the_page_stays_in_its_key() -> None:
    first = address_key("http://tidenews.example/show.php?id=1&sid=2")
    assert first == address_key("https://www.tidenews.example/show.php?sid=2&id=1&utm_medium=mail")
    assert first != address_key("http://tidenews.example/show.php?id=2&sid=2")
    assert address_key("http://tidenews.example/s?t=%C4%E3") != address_key("http://tidenews.example/s?t=%BA%C3")
