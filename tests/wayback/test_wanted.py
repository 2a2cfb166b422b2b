"""What a person types is what is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.errors import UsageError
from generator.wayback import wanted


@pytest.mark.parametrize(
    ("said", "host", "path", "below"),
    [
        ("tidenews.example", "tidenews.example", "", False),
        ("www.TideNews.example", "tidenews.example", "", False),
        ("http://www.tidenews.example/", "tidenews.example", "", False),
        ("https://tidenews.example:8080/2014/", "tidenews.example", "/2014/", False),
        ("tidenews.example/news/*", "tidenews.example", "/news/", False),
        ("*.tidenews.example", "tidenews.example", "", True),
        ("https://web.archive.org/web/2014*/http://www.tidenews.example/news/", "tidenews.example", "/news/", False),
        ("https://web.archive.org/web/20140301120000/tidenews.example", "tidenews.example", "", False),
        ("潮水.example", "xn--1rwt2e.example", "", False),
    ],
)
def test_a_site_is_named_as_people_name_it(said: str, host: str, path: str, below: bool) -> None:  # noqa: FBT001
    found = wanted(said)
    assert (found.host, found.path, found.subdomains) == (host, path, below)


@pytest.mark.parametrize(
    "said", ["", "news", "http://", "two words.example", "http://[::1", "a..example", "-", "../etc"]
)
def test_what_is_no_host_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="not a host"):
        wanted(said)


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("2008", "2008"),
        ("2008-05", "200805"),
        ("2008-05-17", "20080517"),
        ("20080517203000", "20080517203000"),
        ("2008-05-17T20:30:00+02:00", "20080517183000"),
        ("", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(said: str, digits: str) -> None:
    assert wanted("tidenews.example", since=said).since == digits


@pytest.mark.parametrize(
    "said", ["yesterday", "2008-13", "2008-02-30", "08", "200", "20081", "2008-05-17T", "99999999999999"]
)
def test_what_is_no_date_is_refused(said: str) -> None:
    with pytest.raises(UsageError, match="--to"):
        wanted("tidenews.example", until=said)


def test_bounds_take_in_all_of_what_they_name() -> None:
    found = wanted("tidenews.example", since="2008-05", until="2009")
    assert [
        found.within(time) for time in ("20080430235959", "20080501000000", "20091231235959", "20100101000000")
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert replace(found, since="", until="").within("19960101000000")


def test_bounds_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(UsageError, match="lies after"):
        wanted("tidenews.example", since="2010", until="2008-05")


def test_a_path_is_given_alone_or_as_an_address() -> None:
    assert wanted("tidenews.example", match="news/*").path == "/news/"
    assert wanted("tidenews.example", match="http://www.tidenews.example/show.php?id=").path == "/show.php?id="
    with pytest.raises(UsageError, match="not an address on"):
        wanted("tidenews.example", match="http://other.example/news/")


def test_a_date_to_be_near_to_is_completed() -> None:
    assert wanted("tidenews.example", near="2012-06").near == "20120601000000"
