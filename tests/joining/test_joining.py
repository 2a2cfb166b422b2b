"""Two captures of one story make one article: the fuller text, the best pictures, every capture. Two versions never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.joining import join
from generator.model import Article, Held, Moment, Picture
from tests.samples import FERRY

URL = "https://www.ledger.example/ferry.html"
MORNING, EVENING, LATER = (Moment.parse(f"2022-03-{day}T09:00:00Z") for day in ("18", "19", "25"))
HELD = "media/ab/" + "ab" * 32 + ".jpg"


def told(*paragraphs: str, file: str = "saved/one.html", **rest: object) -> Article:
    """An article of one capture."""
    page, captured = rest.pop("page", None), rest.get("captured")
    capture = Held(file, file.encode().hex().ljust(64, "0"), url=URL, page=page, captured=captured)  # type: ignore[arg-type]
    values: dict[str, object] = {"id": file, "headline": "Night ferry sails again", "url": URL, "captures": (capture,)}
    return Article(**{**values, "body": "\n\n".join(paragraphs), **rest})  # type: ignore[arg-type]


def paragraphs(article: Article) -> list[str]:
    return [block for block in article.body.split("\n\n") if not block.startswith("<!--")]


def test_the_fuller_text_is_kept_whichever_comes_first() -> None:
    short, long = told(*FERRY[:3]), told(*FERRY, file="saved/two.html")
    for held, new in ((short, long), (long, short)):
        joined = join(held, new)
        assert joined is not None
        assert paragraphs(joined.article) == list(FERRY)
        assert {one.file for one in joined.article.captures} == {"saved/one.html", "saved/two.html"}
        assert "fuller" in joined.why
        assert [claim.snippet for claim in joined.article.evidence if claim.field == "body"] == [joined.why]


def test_a_text_that_says_something_else_is_another_version() -> None:
    changed = told(FERRY[0].replace("eighteen", "sixteen"), *FERRY[1:], file="saved/two.html")
    assert join(told(*FERRY), changed) is None


def test_a_text_that_grew_within_a_day_joins_and_one_that_grew_later_is_another_version() -> None:
    first = told(*FERRY[:3], captured=MORNING)
    assert join(first, told(*FERRY, file="saved/two.html", captured=EVENING)) is not None
    assert join(first, told(*FERRY, file="saved/two.html", captured=LATER)) is None


def test_scraps_that_a_format_leaves_do_not_make_a_version() -> None:
    copy = told(*FERRY, "Share this page", file="saved/two.txt", captured=LATER)
    joined = join(told(*FERRY, captured=MORNING), copy)
    assert joined is not None


def test_a_copy_without_an_address_joins_by_its_headline() -> None:
    copy = told(*(line.upper() for line in FERRY), file="saved/two.txt", url=None)
    joined = join(told(*FERRY), copy)
    assert joined is not None
    assert joined.article.url == URL
    assert join(told(*FERRY), replace(copy, headline="Another story", body="Other words.")) is None


def test_what_only_the_other_capture_knows_is_taken_over() -> None:
    held = told(*FERRY, byline=("Jane Roe",))
    joined = join(held, told(*FERRY, file="saved/two.html", byline=("J. Roe",), section="Harbour"))
    assert joined is not None
    assert joined.article.byline == ("Jane Roe",)
    assert joined.article.section == "Harbour"


def test_pictures_that_one_capture_holds_stand_in_the_others_text() -> None:
    text = told(FERRY[0], "![Quay](https://www.ledger.example/quay.jpg)", *FERRY[1:])
    shown = told(FERRY[0], f"![Quay]({HELD})", *FERRY[1:3], file="saved/two.mhtml", pictures=(Picture(HELD, "Quay"),))
    for held, new in ((text, shown), (shown, text)):
        joined = join(held, new)
        assert joined is not None
        assert paragraphs(joined.article) == [FERRY[0], f"![Quay]({HELD})", *FERRY[1:]]
        assert joined.article.pictures == (Picture(HELD, "Quay"),)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_pages_of_one_story_stand_in_their_order_however_they_came(order: tuple[int, ...]) -> None:
    pages = {
        n: told(FERRY[n], file=f"saved/{n}.html", page=n, headline=f"Night ferry sails again ({n})") for n in order
    }
    article = pages[order[0]]
    for number in order[1:]:
        joined = join(article, pages[number])
        assert joined is not None
        article = joined.article
    assert paragraphs(article) == [FERRY[1], FERRY[2], FERRY[3]]
    assert [one.page for one in article.captures] == [1, 2, 3]
    assert article.headline == "Night ferry sails again (1)"
    again = join(article, pages[2])
    assert again is not None
    assert again.article == article


def test_a_capture_of_the_whole_story_takes_the_place_of_its_pages() -> None:
    joined = join(told(FERRY[0], page=1), told(FERRY[1], file="saved/2.html", page=2))
    assert joined is not None
    whole = join(joined.article, told(*FERRY, file="saved/print.html"))
    assert whole is not None
    assert whole.article.body == "\n\n".join(FERRY)
    late = join(whole.article, told(FERRY[2], file="saved/3.html", page=3))
    assert late is not None
    assert late.article.body == whole.article.body
    assert len(late.article.captures) == 4


def test_a_page_joins_the_first_that_did_not_say_that_it_is_one() -> None:
    joined = join(told(FERRY[0]), told(FERRY[1], file="saved/2.html", page=2))
    assert joined is not None
    assert paragraphs(joined.article) == [FERRY[0], FERRY[1]]


@given(st.lists(st.sampled_from(FERRY), min_size=1, max_size=6), st.lists(st.text(max_size=90), max_size=5))
def test_joining_again_changes_nothing_and_loses_no_capture(one: list[str], other: list[str]) -> None:
    held, new = told(*one), told(*one, *other, file="saved/two.html")
    joined = join(held, new)
    if joined is not None:
        assert len(joined.article.captures) == 2
        again = join(joined.article, new)
        assert again is not None
        assert again.article == joined.article
