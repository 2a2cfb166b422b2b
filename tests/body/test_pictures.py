"""Pictures that came with the page are held; of those that an element names the best is taken."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from types import MappingProxyType

import pytest

from generator import body, document
from generator.body import Body
from generator.model import Capture, Origin, Part
from tests import drawn
from tests.samples import FERRY, Sample

URL = Sample().url
REMOTE = "https://img.ledger.example/ferry.jpg"
LARGE, MIDDLE, THUMB, DOT = drawn.jpeg(1200, 800), drawn.png(640, 400), drawn.png(96, 64), drawn.gif(1, 1)


def data(raw: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def read(picture: str, held: Mapping[str, bytes] = MappingProxyType({}), head: str = "") -> Body:
    """The body of the story with markup below its headline, and with parts by the names that the markup uses."""
    html = Sample(head=head).html.replace("</h1>", f"</h1>{picture}")
    parts = tuple(Part(name, "image/png", raw, f"beside/{name}") for name, raw in held.items())
    page = document.read(Capture(html.encode(), Origin("a.html", "0" * 64), url=URL, parts=parts))
    return body.read(page, Sample().headline)


def shown(read_body: Body) -> list[str | None]:
    return [picture.src for picture in read_body.pictures]


def held(read_body: Body) -> list[bytes]:
    assert [part.name for part in read_body.media] == sorted(
        src for src in shown(read_body) if src and src.startswith("media/")
    )
    return [part.body for part in read_body.media]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="f/a.png">',
        f'<img src="f/a.png" data-src="{REMOTE}" srcset="{REMOTE} 900w">',
        f'<img src="{REMOTE}" data-src="f/a.png">',
        f'<img src="{REMOTE}" srcset="{REMOTE} 2000w, f/a.png 640w">',
        f'<picture><source srcset="f/a.png 1x, {REMOTE} 2x"><img src="{REMOTE}"></picture>',
        '<amp-img src="f/a.png" layout="responsive"><noscript><img src="f/a.png"></noscript></amp-img>',
        f'<img src="{data(THUMB)}" data-src="f/a.png">',
        '<img src="f/a.png" alt="x"><noscript><img src="f/a.png"></noscript>',
    ],
)
def test_a_picture_that_came_with_the_page_is_held_wherever_the_element_names_it(markup: str) -> None:
    found = read(markup, {"f/a.png": MIDDLE})
    assert held(found) == [MIDDLE]
    assert [part.file for part in found.media] == ["beside/f/a.png"]
    assert found.markdown.startswith("![](media/")


def test_the_largest_that_came_is_taken() -> None:
    found = read(
        '<img src="s.png" srcset="m.png 640w, l.png 1200w" data-src="t.png">',
        {"s.png": THUMB, "m.png": MIDDLE, "l.png": LARGE, "t.png": DOT},
    )
    assert held(found) == [LARGE]


@pytest.mark.parametrize("small", [THUMB, drawn.jpeg(20, 12), drawn.webp(40, 30), drawn.avif(100, 60)])
def test_a_thumbnail_does_not_take_the_place_of_the_pictures_address(small: bytes) -> None:
    assert shown(read(f'<img src="t.png" data-src="{REMOTE}">', {"t.png": small})) == [REMOTE]
    assert shown(read(f'<img src="{data(small)}" srcset="{REMOTE} 900w">')) == [REMOTE]
    assert shown(read(f'<img src="{data(small)}"><noscript><img src="{REMOTE}"></noscript>')) == [REMOTE]


def test_a_small_picture_that_is_all_there_is_is_held_and_an_icon_is_none() -> None:
    assert held(read('<img src="t.png">', {"t.png": drawn.png(120, 100)})) == [drawn.png(120, 100)]
    assert shown(read('<img src="t.png">', {"t.png": drawn.png(60, 60)})) == []
    assert shown(read('<img src="t.png">', {"t.png": drawn.png(600, 4)})) == []


@pytest.mark.parametrize(
    "raw", [b"<svg><script>alert(1)</script></svg>" * 40, b"BM" + b"\x00" * 2_000, drawn.png()[:300], b""]
)
def test_what_may_not_be_shown_is_not_held_and_a_name_beside_the_page_is_no_address(raw: bytes) -> None:
    found = read(
        '<figure><img src="Night ferry_files/a.png"><figcaption>The ferry at the quay</figcaption></figure>',
        {"Night ferry_files/a.png": raw},
    )
    assert found.media == ()
    assert [(one.src, one.caption) for one in found.pictures] == [(None, "The ferry at the quay")]


def test_a_relative_name_that_no_browser_made_is_an_address() -> None:
    assert shown(read('<img src="../a.jpg">')) == ["https://www.ledger.example/2022/03/18/a.jpg"]
    assert shown(read('<img src="./page_files/a.jpg">')) == []


def test_too_large_a_picture_keeps_its_address() -> None:
    assert shown(read('<img src="/a.jpg">', {"/a.jpg": drawn.jpeg() + b"\x00" * 5_000_000})) == [
        "https://www.ledger.example/a.jpg"
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f'<img src="data:," data-savepage-currentsrc="{REMOTE}">',
        f'<img src="" data-savepage-src="{REMOTE}">',
        f'<img src="data:image/gif;base64,AAAA" data-sf-original-src="{REMOTE}">',
        f'<img src="https://archive.ph/AbCdE/1.jpg" old-src="{REMOTE}">',
        f'<img src="https://archive.ph/AbCdE/1.jpg" currentsourceurl="{REMOTE}">',
        f'<div><span class="lazy"></span></div><noscript><img src="{REMOTE}" width="640"></noscript>',
    ],
)
def test_the_address_that_a_tool_or_a_script_set_aside_is_the_pictures(markup: str) -> None:
    assert shown(read(markup)) == [REMOTE]


def test_a_dot_that_counts_readers_without_scripts_is_no_picture() -> None:
    dots = '<noscript><img src="https://count.example/p?c=1"><img src="https://count.example/p.gif"><img width="1" height="1" src="https://count.example/p.jpg"></noscript>'
    assert shown(read(dots)) == []


def test_the_picture_that_the_page_wants_shown_is_the_one_behind_its_headline() -> None:
    wanted = f'<meta property="og:image" content="{REMOTE}?w=1200">'
    behind = '<div class="hero" style="height:40vh;background-image:url(\'https://img.ledger.example/ferry-800x600.jpg\')"></div>'
    assert shown(read(behind, head=wanted)) == ["https://img.ledger.example/ferry-800x600.jpg"]
    assert shown(read(behind)) == []
    assert shown(read("", head=wanted)) == []  # nobody saw it in the page
    beside = behind.replace("https://img.ledger.example/", "f/")
    assert held(read(beside, {"f/ferry-800x600.jpg": MIDDLE}, wanted)) == [MIDDLE]


def test_an_advertisement_is_known_by_its_files_name_not_by_the_pages() -> None:
    name = "Ads and banners of 1920_files"
    assert len(read(f'<img src="{name}/quay.png">', {f"{name}/quay.png": MIDDLE}).media) == 1
    assert read(f'<img src="{name}/logo.png">', {f"{name}/logo.png": MIDDLE}).media == ()


def test_a_picture_of_many_sources_has_its_caption_and_its_largest() -> None:
    sources = "".join(
        f'<source media="(min-width: {side}px)" srcset="/w{side}.jpg {side}w">'
        for side in (1600, 1200, 800, 600, 400, 300)
    )
    figure = f'<figure><picture>{sources}<img src="/s.jpg" width="300" height="200"></picture><figcaption>The ferry at the quay</figcaption></figure>'
    (one,) = read(figure).pictures
    assert (one.src, one.caption) == ("https://www.ledger.example/w1600.jpg", "The ferry at the quay")


def test_each_picture_is_held_once_and_all_text_is_there() -> None:
    found = read(
        '<img src="a.png"><img src="b.png"><p>Some words between the two of them, long enough to be read.</p>',
        {"a.png": MIDDLE, "b.png": MIDDLE},
    )
    assert held(found) == [MIDDLE]
    assert all(paragraph in found.text for paragraph in FERRY)


def test_a_paragraph_that_a_caption_begins_with_stays_and_a_caption_printed_once_more_goes() -> None:
    first = "The causeway was closed on Monday, after a part of it had been washed away by the storm."
    more = f"{first} Two fishermen tried it on Sunday all the same, and had to be fetched back by boat. (Jane Roe)"
    figure = f'<figure><img src="/pier.jpg" width="900"><figcaption>{more}</figcaption></figure>'
    told = read(f"{figure}<p>{first}</p>")
    assert first in told.text.split("\n")
    assert [one.caption for one in told.pictures] == [more]
    again = read(f"{figure}<p>{more}</p>")
    assert more not in again.text.split("\n")
    assert [one.caption for one in again.pictures] == [more]


def test_a_logo_by_the_pages_rights_is_no_picture_of_the_story() -> None:
    foot = "<div class='copyright'><img src='/logo-large.jpg' width='300'><p class='copyright-text'>渡口传媒 版权所有 2031</p></div>"
    assert [one.caption for one in read(f"<p>Nobody at sea tonight.</p>{foot}").pictures] == []


QUAY, PIER = "The new quay, seen from the pier.", "Harbour engineers at low tide."


@pytest.mark.parametrize(
    ("markup", "captions"),
    [
        (
            f'<figure><img src="/a.jpg"><p class="caption">{QUAY}</p><figcaption class="caption source">Photo: Jane Roe</figcaption></figure>',
            [f"{QUAY} Photo: Jane Roe"],
        ),
        (
            f'<figure><img src="/a.jpg"><figcaption>{QUAY}</figcaption><div class="caption narrow">{QUAY}</div></figure>',
            [QUAY],
        ),
        (
            f'<div><a href="/large"><img src="/a.jpg"></a><span class="tagline">{QUAY}<span class="credits">Jane Roe</span></span></div>',
            [f"{QUAY} Jane Roe"],
        ),
        (
            f'<figure><button class="button--enlarge"><img src="/a.jpg"></button><div class="caption">{QUAY}</div></figure>',
            [QUAY],
        ),
    ],
)
def test_a_caption_is_read_whole_however_its_parts_are_laid_out(markup: str, captions: list[str]) -> None:
    assert [one.caption for one in read(markup).pictures] == captions


def test_a_caption_belongs_to_the_picture_that_stands_next_to_it() -> None:
    between = "<p>Nobody had thought that the new piles would be of use so soon, least of all in winter.</p>"
    one, two = '<div><img src="/a.jpg"></div>', '<div><img src="/b.jpg"></div>'
    after = f'<div>{one}{between}{two}<p class="caption">{PIER}</p></div>'
    assert [(found.src, found.caption) for found in read(after).pictures] == [
        ("https://www.ledger.example/a.jpg", None),
        ("https://www.ledger.example/b.jpg", PIER),
    ]
    above = f'<div><p class="caption">{PIER}</p>{one}{between}{two}</div>'
    assert [found.caption for found in read(above).pictures] == [PIER, None]
    lazy = f'<div><img src="/a.jpg" class="lazy"><noscript><img src="/a.jpg"></noscript><p class="caption">{PIER}</p></div>'
    assert [found.caption for found in read(lazy).pictures] == [PIER]


def test_a_portrait_of_the_author_does_not_take_the_place_of_the_storys_picture() -> None:
    author = '<div><img src="/people/roe-196.png"></div>'
    hero = f'<figure><img src="/quay.jpg"><figcaption>{QUAY}</figcaption></figure>'
    assert [one.caption for one in read(author + hero).pictures] == [None, QUAY]
    assert shown(read(author)) == ["https://www.ledger.example/people/roe-196.png"]


def test_a_picture_that_is_shown_twice_stands_where_it_has_its_caption() -> None:
    hero = f'<figure><img src="/quay.jpg"><figcaption>{QUAY}</figcaption></figure>'
    html = Sample().html.replace("<h1>", '<img src="/quay.jpg" class="wide"><h1>').replace("</h1>", f"</h1>{hero}")
    page = document.read(Capture(html.encode(), Origin("a.html", "0" * 64), url=URL))
    assert [one.caption for one in body.read(page, Sample().headline).pictures] == [QUAY]


def test_what_has_a_caption_may_be_called_whatever_it_shows_and_a_placeholder_may_not() -> None:
    hero = f'<figure><img src="/harbour_advertisement_1950.jpg"><figcaption>{QUAY}</figcaption></figure>'
    assert [one.caption for one in read(hero).pictures] == [QUAY]
    for name in ("grey-placeholder.png", "outlet-logo.png"):
        assert shown(read(hero.replace("harbour_advertisement_1950.jpg", name))) == []


def test_a_square_cut_is_a_picture_and_a_single_dot_is_none() -> None:
    assert shown(read('<img src="/image/1x1-640/quay.jpg">')) == ["https://www.ledger.example/image/1x1-640/quay.jpg"]
    assert shown(read('<img src="/pixel/1x1.jpg">')) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" + "<img>" * 3_000 + '<p class="caption">a</p>' * 5 + "</div>",
        "<figure>" + '<img src="/x.jpg">' * 3_000 + '<p class="caption">a</p>' * 5 + "</figure>",
    ],
)
def test_a_story_among_thousands_of_pictures_around_one_caption_is_read(markup: str) -> None:
    assert all(paragraph in read(markup).text for paragraph in FERRY)
