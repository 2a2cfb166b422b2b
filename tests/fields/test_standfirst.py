"""The standfirst as the page prints it; never a caption, a notice, a box of news that bears the same name."""

from __future__ import annotations

import pytest

from generator import document, fields
from generator.model import Capture, Origin

SAID = "The late boat comes back eighteen months after the storm. Shop owners on the quay had asked for it."


def of(page: str) -> str | None:
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))).value(
        "standfirst"
    )


def standfirst(below: str) -> str | None:
    page = (
        f'<html><head><meta property="og:description" content="{SAID}"></head><body><article><h1>Night ferry sails again</h1>'
        f"{below}<p>Harbour engineers drove forty new piles into the mud over the winter.</p></article></body></html>"
    )
    return of(page)


def test_a_place_before_the_description_belongs_to_it() -> None:
    assert standfirst(f"<p>Gannet Point. {SAID}</p>") == f"Gannet Point. {SAID}"
    assert standfirst(f"<div><span><p>Gannet Point: {SAID}</p></span></div>") == f"Gannet Point: {SAID}"
    assert standfirst(f"<p>{{style}} {SAID}</p>") == SAID


@pytest.mark.parametrize(
    "other",
    [
        "<div class='lead-text'>The new landing stage by night, seen from the old quay. © Ledger / Jane Roe</div>",
        "<figure><div class='lead-text'>The new landing stage by night, seen from the old quay</div></figure>",
        "<div class='lead-text'>Subscribe to the Ledger today and get the first month for one crown only</div>",
        "<div class='lead-text'>6:52 Bridge closed for repairs 6:24 Market moves indoors 6:18 Library open</div>",
        f"<div class='lead-text'>Harbour Night ferry sails again {SAID} 18 March</div>",
    ],
)
def test_another_text_that_is_called_so_is_none(other: str) -> None:
    assert standfirst(other) == SAID


NEAR = "The night ferry is back eighteen months after the storm, and the quay is glad of it."
REST = "<p class='t'>Harbour engineers drove forty new piles into the mud.</p><p class='t'>The town paid for half of them, the rest came from the county.</p>"


def placed(below: str, rest: str = REST) -> str | None:
    page = f"<html><body><article><h1>Night ferry sails again</h1>{below}{rest}</article></body></html>"
    return of(page)


@pytest.mark.parametrize(
    "below",
    [
        f"<p class='x1'>{NEAR}</p>",
        f"<h2>{NEAR}</h2>",
        f"<div><span>{NEAR}</span></div>",
        f"<p class='t'><b>{NEAR}</b></p>",
        f"<div>By Jane Roe</div><time>18 March 2025, 11:30</time><figure><figcaption>{REST}</figcaption></figure><p>{NEAR}</p>",
        f"<div class='story-caption'>The landing stage by night, seen from the old ferry</div><p class='x1'>{NEAR}</p>",
        f"<h2>The ferry sails again by night, as it used to</h2><p class='x1'>{NEAR}</p>",
    ],
)
def test_the_text_below_the_headline_that_is_set_unlike_the_rest_is_the_standfirst(below: str) -> None:
    assert placed(below) == NEAR


@pytest.mark.parametrize(
    "below",
    [
        f"<p class='t'>{NEAR}</p>",
        f"<p class='t drop-cap'>{NEAR}</p>",
        f"<p><a href='/one'>{NEAR}</a></p>",
        "<p class='x1'>By Jane Roe of the ferry desk, 18 March 2025 at 11:30</p>",
    ],
)
def test_the_first_paragraph_a_link_or_a_byline_is_no_standfirst(below: str) -> None:
    assert placed(below) is None


def test_a_short_list_that_sums_the_story_up_is_the_standfirst() -> None:
    points = ("The night ferry is back after the storm.", "The quay has waited for eighteen months.")
    below = "".join(f"<li>{one}</li>" for one in points)
    assert placed(f"<ul>{below}</ul>") == " ".join(points)


def test_a_deck_is_preferred_to_a_summary_above_it() -> None:
    deck = "Crossing to Gannet Point costs two crowns by ferry"
    assert placed(f"<div class='x1'>{NEAR}</div><h2 class='deck'>{deck}</h2>") == deck


def test_a_notice_that_shares_no_word_with_the_story_yields_to_what_is_stated() -> None:
    notice = "<div class='x1'>You read this page for free. Become a member today, and help us to go on.</div>"
    assert standfirst(notice) == SAID


@pytest.mark.parametrize("label", ["摘要：", "【核心提示】", "[导读]", "内容提要: "])
def test_a_summary_behind_its_label_is_believed_before_the_description(label: str) -> None:
    said = "白鹭湾夜间渡轮停航十八个月后恢复，码头商户盼望已久。"
    assert standfirst(f"<div>{label}{said}</div>") == said
    assert standfirst(f"<p>{label}</p>") == SAID
    assert standfirst("<p>导读课程将于下周开始，欢迎各界读者报名参加。</p>") == SAID


def test_the_lines_below_a_korean_headline_are_one_standfirst() -> None:
    lines = "폭풍 이후 18개월 만에 재개<br>부두 상인들 &quot;오래 기다렸다&quot;<br>요금은 그대로 유지"
    assert (
        standfirst(f"<h2 class='sub-tit'>{lines}</h2>")
        == '폭풍 이후 18개월 만에 재개 부두 상인들 "오래 기다렸다" 요금은 그대로 유지'
    )


def test_a_box_with_a_picture_that_is_called_so_is_none() -> None:
    figure = (
        "<figure><img src='q.jpg'><div>The new landing stage by night, seen from the old quay, in March</div></figure>"
    )
    assert standfirst(f"<div class='article-lead'>{figure}</div>") == SAID


def test_the_description_behind_name_and_date_is_the_standfirst_without_them() -> None:
    below = f"<p class='meta'><em>Red. / </em><em>18.3.2031</em> <strong>{SAID}</strong></p>"
    aside = "<p class='i'><em>The night ferry is the subject of two earlier stories, which the Ledger printed in the spring.</em></p>"
    assert standfirst(below + aside) == SAID


def test_what_stands_in_one_box_with_the_headline_and_speaks_of_the_story_goes_before_a_description_of_the_site() -> (
    None
):
    said = "Town and county pay for the piles at Gannet Point, engineers begin in winter"
    story = (
        "<p>Harbour engineers drove forty new piles into the mud at Gannet Point. The town paid for half of them.</p>"
        * 2
    )
    site = "<meta name='description' content='All that is new on the coast: weather, tides, markets and more.'>"
    page = f"<html><head>{site}</head><body><hgroup><h1>Night ferry sails again</h1><h2>{said}</h2></hgroup><div>{story}</div></body></html>"
    assert of(page) == said


@pytest.mark.parametrize(
    "said",
    [
        "Quay News",
        "night-ferry,the town of gannet,news of gannet",
        "This post contains references to products from our advertisers.",
    ],
)
def test_a_name_keywords_or_a_notice_are_no_standfirst(said: str) -> None:
    page = f"<html><head><meta name='description' content='{said}'></head><body><h1>Night ferry sails again</h1><p>It left at eleven.</p></body></html>"
    assert of(page) is None


def test_who_wrote_it_and_when_is_no_standfirst() -> None:
    assert standfirst("<p class='by'>Jane van der Roe | Published 4 months ago</p>") == SAID


def test_a_deck_that_speaks_as_the_headline_does_is_one() -> None:
    deck = "The night ferry sails once more, and the quay that has waited for it again and again is glad"
    assert standfirst(f"<h2 class='dek'>{deck}</h2>{REST}") == deck


def test_tags_that_a_description_was_stored_with_are_no_words_of_it() -> None:
    page = f"<html><head><meta name='description' content='&lt;p&gt;{SAID}&lt;/p&gt;'></head><body><h1>Night ferry</h1>{REST}</body></html>"
    assert of(page) == SAID
    kept = "Where a < b and c > d, the harbour engineers wrote, nobody can say what will hold."
    assert of(page.replace(SAID, kept.replace("<", "&lt;").replace(">", "&gt;"))) == kept
