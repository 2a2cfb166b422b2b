"""The style in a real browser, in languages beside and inside each other: whose face, whose leading, which way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.config import LookSettings
from generator.theme import look
from generator.theme.words import dirof

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

STYLE = (Path(__file__).parents[2] / "templates/static/site.css").read_text("utf-8")
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ja", "ko", "ar", "hi")
WAYS = '<nav class="ways"><ul><li class="previous"><a>1</a><li class="next"><a>2</a></ul></nav>'
TAGS = f'<section class="tags"><h2>Tags</h2><ul>{"<li><a>dyke</a></li>" * 3}</ul></section>'
ARROWS = """() => [['previous', '::before'], ['next', '::after']].map(([which, side]) =>
  getComputedStyle(document.querySelector('.ways .' + which), side).content.match(/[\\u2190\\u2192]/)[0]).join('')"""
LEADING = "one => parseFloat(getComputedStyle(one).lineHeight) / parseFloat(getComputedStyle(one).fontSize)"


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


def tongue(language: str) -> str:
    return f'lang="{language}" dir="{dirof(language)}"'


def show(page: Page, language: str, main: str, set_: LookSettings | None = None, more: str = "") -> None:
    """A story's page in `language` around `main`, worn as `[look]` has it."""
    added = look.style(set_ or LookSettings()).decode()
    page.set_content(
        f"<!doctype html><html {tongue(language)}><style>{STYLE}{added}{more}</style><body class=story><main>{main}</main>"
    )


def face(page: Page, selector: str) -> str:
    return str(page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).fontFamily"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_faces_that_an_archive_sets_are_worn_in_every_language(page: Page, language: str) -> None:
    chosen = LookSettings(serif="Quayside, serif", sans="Harbour, sans-serif")
    show(page, language, f'<p class="meta">1</p><article lang="zh"><h1>2</h1></article>{WAYS}', chosen)
    assert {face(page, one) for one in ("main", "article", "h1")} == {"Quayside, serif"}
    assert {face(page, one) for one in (".meta", ".ways")} == {"Harbour, sans-serif"}


def test_each_language_has_faces_of_its_own_inside_another(page: Page) -> None:
    show(page, "en", "<p>1</p>" + "".join(f'<h2 {tongue(one)} id="{one}"><i>2</i></h2>' for one in LANGUAGES[1:]))
    faces = [face(page, "p"), *(face(page, f"#{one} i") for one in LANGUAGES[1:])]
    assert len(set(faces)) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_storys_paragraphs_have_the_leading_of_its_language_or_what_is_set(page: Page, language: str) -> None:
    story = f'<article {tongue(language)}><h1>1</h1><div class="body"><p>2<sup>3</sup></p></div></article>'
    wanted = {"en": 1.65, "ar": 2, "hi": 1.9}.get(language, 1.85)
    show(page, "en", story)
    assert page.locator("p").evaluate(LEADING) == pytest.approx(wanted, abs=0.01)
    assert page.locator("sup").evaluate(LEADING) == 0
    show(page, "en", story, more="[lang] { --leading: 2.5 }")
    assert page.locator("p").evaluate(LEADING) == pytest.approx(2.5, abs=0.01)


@pytest.mark.parametrize(("archive", "arrows"), [("en", "←→"), ("ar", "→←")])
@pytest.mark.parametrize("story", ["en", "ar"])
def test_arrows_point_along_the_row_that_they_stand_in(page: Page, archive: str, story: str, arrows: str) -> None:
    show(page, archive, f"<article {tongue(story)}><footer {tongue(archive)}>{WAYS}</footer></article>")
    assert page.evaluate(ARROWS) == arrows


def test_the_tags_of_a_story_stand_in_a_row(page: Page) -> None:
    show(page, "zh-Hans", TAGS)
    assert page.evaluate("new Set([...document.querySelectorAll('.tags li')].map(one => one.offsetTop)).size") == 1
