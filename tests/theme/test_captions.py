"""Whom a picture's caption credits: an element of its own, and not a word of the caption is lost."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.theme import html
from generator.theme.captions import captioned

HELD = f"media/ab/{'ab' * 32}.png"


@pytest.mark.parametrize(
    ("caption", "credit", "marked"),
    [
        ("新桥通车当日的南岸(资料图)", "资料图", "(资料图)"),
        ("合唱团在渔港广场演出 邵青 摄", "邵青", "邵青 摄"),
        ("新桥通车 通讯社记者邵青摄", "通讯社 邵青", "通讯社记者邵青摄"),
        ("新桥通车。图片来源：渡口社", "渡口社", "图片来源：渡口社"),
        ("新桥通车图/邵青", "邵青", "邵青"),
        ("The ferry at the quay. Photo: Ann Lee / Bend Press", "Ann Lee / Bend Press", "Photo: Ann Lee / Bend Press"),
        ("The ferry at the quay. Photo by Ann Lee", "Ann Lee", "Photo by Ann Lee"),
        ("The ferry at dusk Photo: Ann Lee", "Ann Lee", "Photo: Ann Lee"),
        ("The ferry at dusk © Bend Press", "Bend Press", "© Bend Press"),
        ("المنارة القديمة (تصوير: هالة)", "هالة", "(تصوير: هالة)"),
        ("Ann Lee", "Ann Lee", "Ann Lee"),
    ],
)
def test_the_end_of_a_caption_that_credits_somebody_is_marked(caption: str, credit: str, marked: str) -> None:
    assert captioned(caption, credit) == f'{caption.removesuffix(marked)}<small class="credit">{marked}</small>'


def test_a_credit_that_the_caption_does_not_state_stands_behind_it() -> None:
    assert captioned("The ferry", "Ann & Ben") == 'The ferry <small class="credit">Ann &amp; Ben</small>'
    assert captioned("", "Ann Lee") == '<small class="credit">Ann Lee</small>'


def test_a_name_among_the_words_is_no_credit_of_its_own() -> None:
    assert captioned("Ann Lee opens the new bridge on Friday", "Ann Lee") == "Ann Lee opens the new bridge on Friday"


@given(st.text(), st.none() | st.text())
def test_no_word_of_a_caption_is_lost_or_told_twice(words: str, credit: str | None) -> None:
    found = captioned(words, credit)
    bare = re.sub(r'<small class="credit">|</small>', "", found)
    assert bare in (escape(words), f"{escape(words)} {escape(' '.join((credit or '').split()))}".lstrip())
    assert found.count("<small") <= 1


@pytest.mark.parametrize("src", [HELD, "https://bend.example/boat.jpg", ""])
def test_a_figure_s_caption_marks_the_credit_that_the_article_knows(src: str) -> None:
    caption = "The ferry. Photo: Ann Lee"
    shown = html(f"![{caption}]({src})", pictures={src or caption: {"credit": "Ann Lee"}})
    assert '<figcaption>The ferry. <small class="credit">Photo: Ann Lee</small>' in shown
    assert "small" not in html(f"![{caption}]({src})")


def test_saved_markup_cannot_make_itself_a_credit() -> None:
    assert html('x <small class="credit">Ann</small>') == "<p>x Ann</p>"


def test_a_credit_is_text() -> None:
    shown = html(f"![x]({HELD})", pictures={HELD: {"credit": '<img src=x onerror="alert(1)">'}})
    assert '<small class="credit">&lt;img src=x onerror="alert(1)"&gt;</small>' in shown
