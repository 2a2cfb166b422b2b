"""The pictures that a page names, by addresses that an archive can be asked for."""

from __future__ import annotations

from generator import document
from generator.model import Capture, Origin
from generator.wayback.pictures import MAX_PICTURES, named

URL = "http://tidenews.example/2010/ferry.html"


def found(markup: str) -> tuple[str, ...]:
    return named(document.read(Capture(markup.encode(), Origin("a", ""), url=URL)), URL)


def test_addresses_are_those_that_the_page_means() -> None:
    assert found(
        "<html><body><img src='quay.jpg'><img src='/pic/boat.png#x'><img src='//cdn.example/a.webp'></body></html>"
    ) == (
        "http://tidenews.example/2010/quay.jpg",
        "http://tidenews.example/pic/boat.png",
        "http://cdn.example/a.webp",
    )


def test_a_base_of_its_own_is_heeded() -> None:
    assert found("<html><head><base href='/pics/'></head><body><img src='a.jpg'></body></html>") == (
        "http://tidenews.example/pics/a.jpg",
    )


def test_pictures_that_come_later_are_found_and_the_largest_of_a_set() -> None:
    markup = "<img data-src='/a.jpg' src='data:image/gif;base64,R0'><picture><source srcset='/s.jpg 320w, /l.jpg 1280w'></picture>"
    assert found(f"<html><body>{markup}</body></html>") == (
        "http://tidenews.example/a.jpg",
        "http://tidenews.example/l.jpg",
    )


def test_what_is_no_picture_of_a_story_is_left() -> None:
    markup = "<img src='/spy.gif' width=1 height=1><img src='logo.svg'><img src=''><img src='javascript:x'><img src='/count.php?x'>"
    assert found(f"<html><body>{markup}</body></html>") == ()


def test_there_is_an_end_to_it() -> None:
    assert (
        len(found("<html><body>" + "".join(f"<img src='/{number}.jpg'>" for number in range(999)) + "</body></html>"))
        == MAX_PICTURES
    )
