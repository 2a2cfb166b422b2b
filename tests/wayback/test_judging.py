"""What is no page is known by what it is, and a story is never taken for it."""

from __future__ import annotations

import pytest

from generator import document
from generator.model import Capture, Origin
from generator.wayback.judging import _table, flaw
from tests.samples import FERRY, Sample

URL = "http://tidenews.example/2010/03/ferry"
NEWS = "".join(f"<li><a href='/n/{number}'>Council meets again, number {number}</a></li>" for number in range(40))
TEASER = f"<div class=teaser><p>{FERRY[0]}</p></div>"


def judged(markup: str, url: str = URL, charset: str = "utf-8") -> str | None:
    body = markup.encode(charset)
    page = document.read(Capture(body, Origin("a", ""), url=url))
    return flaw(page, len(body), url)


def page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title><style>{'a{}' * 200}</style></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found", "Page not found | Tide News", "Tide News - Page Not Found", "Error 404 (Not Found)!!1", "Tide News: 404",
        "找不到页面 - 潮水新闻", "您访问的页面不存在_潮水新闻网", "ページが見つかりません｜潮新聞", "페이지를 찾을 수 없습니다 - 조류뉴스", "Seite nicht gefunden – Gezeiten",
        "Page introuvable | La Marée", "Página no encontrada | La Marea", "Страница не найдена — Прилив", "الصفحة غير موجودة | أخبار المد",
    ],
)  # fmt: skip
def test_a_title_that_says_not_found_says_it_whatever_else_the_page_shows(title: str) -> None:
    assert judged(page(title, f"<ul>{NEWS}</ul>{TEASER}")) == "not-found"


@pytest.mark.parametrize(
    "line",
    [
        "Sorry, the page you requested could not be found.", "对不起，您访问的页面不存在！", "該文章不存在", "お探しのページは見つかりませんでした。",
        "La página que busca no existe", "Запрашиваемая страница не найдена", "Aradığınız sayfa bulunamadı.", "404",
    ],
)  # fmt: skip
def test_a_line_of_its_own_says_it_where_the_page_has_no_paragraph(line: str) -> None:
    assert judged(page("Tide News", f"<ul>{NEWS}</ul><div>{line}</div>")) == "not-found"


def test_a_page_is_read_in_its_own_charset() -> None:
    body = page(
        "潮水新闻",
        "<meta charset=gb2312><h2>对不起，您访问的页面不存在</h2>"
        + NEWS.replace("Council meets again", "议会再次开会"),
    )
    assert judged(body, charset="gb18030") == "not-found"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>tidenews.example</h1><p>This domain may be for sale by its owner!</p>",
        "<h2>Buy this domain</h2><ul><li>Ferries<li>Harbours<li>Cheap flights</ul>",
        "<div>此域名可出售</div>", "<p>このドメインは販売中です</p>", "<p>Diese Domain steht zum Verkauf!</p>", "<p>Домен продаётся</p>",
        "<script src='//img.sedoparking.com/templates/bg.js'></script><ul><li>Ferries<li>Harbours</ul>",
        "<iframe src='http://www.parkingcrew.net/x?d=tidenews.example'></iframe><p>Related links</p>",
    ],
)  # fmt: skip
def test_a_parked_domain_is_known(body: str) -> None:
    assert judged(page("tidenews.example", body)) == "parked"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Account Suspended", "<p>Contact your host</p>"), ("Just a moment...", "<p>Checking your browser</p>"), ("Tide News", "<h1>503 Service Unavailable</h1>"),
        ("Database Error", "<p>Error establishing a database connection</p>"), ("潮水新闻", "<p>网站维护中</p>"), ("Welcome to nginx!", "<p>If you see this page</p>"),
    ],
)  # fmt: skip
def test_an_error_is_known(title: str, body: str) -> None:
    assert judged(page(title, body)) == "error-page"


@pytest.mark.parametrize(
    ("head", "verdict"),
    [
        ("<meta http-equiv='Refresh' content='0;URL=http://www.tidenews.example/'>", "home"),
        ("<meta http-equiv=refresh content=\"5; url='/index.html'\">", "home"),
        ("<script>window.location.href = '/';</script>", "home"),
        ("<script>location.replace('http://other.example/new')</script>", "moved"),
        ("<meta http-equiv='refresh' content='300'>", None),
        ("<meta http-equiv='refresh' content='300; url=http://tidenews.example/2010/03/ferry'>", None),
    ],
)
def test_a_page_that_only_leads_elsewhere_is_known(head: str, verdict: str | None) -> None:
    assert (
        judged(
            page(
                "Tide News",
                f"{head}<p>You are being taken to the page in a moment, please wait for it here a little.</p>",
            )
        )
        == verdict
    )


def test_the_front_page_is_no_way_to_itself() -> None:
    assert (
        judged(page("Tide News", "<script>location='/home.html'</script><p>Welcome</p>"), "http://tidenews.example/")
        == "moved"
    )


@pytest.mark.parametrize("markup", ["", " ", "<html></html>", "<p>ok</p>", "<!-- -->", "\x00"])
def test_next_to_nothing_is_nothing(markup: str) -> None:
    assert judged(markup) == "tiny"


@pytest.mark.parametrize(
    "sample",
    [
        Sample(),
        Sample(headline="Page not found: why the archive of the harbour office is empty"),
        Sample(headline="This domain is for sale, says the council, and sells its web address"),
        Sample(headline="Under construction"),
        Sample(headline="Access denied"),
        Sample(paragraphs=("The office says: page not found.", *FERRY)),
        Sample(paragraphs=FERRY, head="<script src='//sedo.com/x.js'></script>"),
        Sample(head="<script>function go(){ if (old) location.href = '/old'; }</script>"),
    ],
)
def test_a_story_is_a_story(sample: Sample) -> None:
    assert judged(sample.html) is None


def test_a_short_notice_is_a_story() -> None:
    assert (
        judged(
            page(
                "Ferry cancelled | Tide News",
                f"<h1>Ferry cancelled</h1><p>No boats today because of the storm.</p><ul>{NEWS}</ul>",
            )
        )
        is None
    )


def test_signs_are_listed_once_and_by_language() -> None:
    for kind in ("not-found", "parked", "error-page"):
        known = _table()[kind]
        assert {"any", "en", "zh", "ja", "ko", "de", "fr", "es", "ru", "ar"} <= known.keys()
        assert [words for words in known.values() if not words] == []
