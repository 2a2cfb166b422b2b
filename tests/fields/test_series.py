"""A page is one of several only if its address is numbered and it links to its neighbours as pages."""

from __future__ import annotations

import pytest

from generator import document
from generator.fields import series
from generator.fields.series import Series
from generator.model import Capture, Origin

BASE = "https://www.ledger.example/news/"


def read(url: str, *links: tuple[str, str]) -> Series | None:
    anchors = "".join(f'<a href="{href}">{words}</a> ' for href, words in links)
    page = (
        f"<html><body><article><h1>Night ferry</h1><p>Words of the story.</p></article><p>{anchors}</p></body></html>"
    )
    return series.read(document.read(Capture(page.encode(), Origin("a.html", "0"), url=url)))


@pytest.mark.parametrize(
    ("url", "links", "number", "first"),
    [
        ("ferry.html", [("ferry_2.html", "2"), ("ferry_3.html", "3")], 1, "ferry.html"),
        ("ferry_2.html", [("ferry.html", "上一页"), ("ferry_3.html", "下一页")], 2, "ferry.html"),
        ("ferry-3.shtml", [("ferry.shtml", "1"), ("ferry-2.shtml", "2")], 3, "ferry.shtml"),
        ("t20220318_88_2.htm", [("t20220318_88.htm", "首页"), ("t20220318_88_1.htm", "1")], 2, "t20220318_88.htm"),
        ("ferry_1.html", [("ferry_2.html", "Nächste Seite »")], 1, "ferry.html"),
        ("ferry?page=2", [("ferry", "1"), ("ferry?page=3", "3")], 2, "ferry"),
        ("ferry?id=7&page=2", [("ferry?id=7", "Précédent")], 2, "ferry?id=7"),
        ("ferry/2/", [("ferry/", "1")], 2, "ferry/"),
        ("ferry/page/2", [("../../ferry/", "Previous page")], 2, "ferry/"),
    ],
)
def test_the_number_and_the_first_page(url: str, links: list[tuple[str, str]], number: int, first: str) -> None:
    absolute = [(BASE + href.removeprefix("../../"), words) for href, words in links]
    assert read(BASE + url, *absolute) == Series(number, BASE + first)


def test_the_next_page_may_be_named_by_rel_alone() -> None:
    page = b'<html><head><link rel="next" href="ferry?page=2"></head><body><p>Words of the story.</p></body></html>'
    capture = Capture(page, Origin("a.html", "0"), url=f"{BASE}ferry")
    assert series.read(document.read(capture)) == Series(1, f"{BASE}ferry")


@pytest.mark.parametrize(
    ("url", "links"),
    [
        ("ferry_2.html", []),
        ("ferry_2.html", [("bridge.html", "1"), ("bridge_3.html", "3")]),
        ("ferry_2.html", [("ferry.html", "The night ferry sails again")]),
        ("2022/03/18/", [("2022/03/17/", "17"), ("2022/03/", "March")]),
        ("2022-03-18.html", [("2022-03-17.html", "上一页")]),
        ("ferry.html", [("ferry.html", "1")]),
        ("ferry.html", [("other_2.html", "2")]),
        ("ferry_00.html", [("ferry.html", "1")]),
        ("ferry?page=two", [("ferry", "1")]),
    ],
)
def test_a_number_in_the_address_is_not_enough(url: str, links: list[tuple[str, str]]) -> None:
    assert read(BASE + url, *((BASE + href, words) for href, words in links)) is None


def test_a_page_without_an_address_is_whole() -> None:
    page = b"<html><body><p>Words.</p><a href='a_2.html'>2</a></body></html>"
    assert series.read(document.read(Capture(page, Origin("a.html", "0")))) is None
