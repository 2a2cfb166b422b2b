"""What an article's page says about how it knows."""

from dataclasses import replace

import pytest

from generator.model import Article, Claim, Moment
from generator.pages.articles import _changed, _evidence, _minutes, _standfirst

PAGE = Claim("published", ("2025-03-18T11:30:28",), "zh:时间", 0.9, "时间:2025-03-18 11:30:28")
PATH = Claim("published", ("2025-03-18",), "url:path", 0.6)
OTHER = Claim("published", ("2019-01-01",), "meta:date", 0.95)


def rows(published: str | None, *claims: Claim) -> list[tuple[str, bool, list[str]]]:
    """Value, whether it is used, and what states it."""
    article = Article("1", "Ferry", "", published=Moment.parse(published) if published else None, evidence=claims)
    (field,) = _evidence(article)
    return [(row["value"], row["used"], [basis for basis, *_ in row["bases"]]) for row in field["rows"]]


def test_what_the_article_says_comes_first_with_all_that_agrees_and_a_vaguer_one_agrees() -> None:
    assert rows("2025-03-18T11:30:28", PATH, PAGE) == [("2025-03-18T11:30:28", True, ["zh:时间", "url:path"])]


def test_other_values_are_rejected_each_by_itself() -> None:
    assert rows("2025-03-18T11:30:28", OTHER, PAGE, replace(OTHER, basis="line:date")) == [
        ("2025-03-18T11:30:28", True, ["zh:时间"]),
        ("2019-01-01", False, ["meta:date", "line:date"]),
    ]


def test_what_a_person_wrote_is_chosen_over_every_claim() -> None:
    assert rows("2025-03-20", PAGE, PATH)[0] == ("2025-03-20", True, [""])


def test_of_a_field_that_is_unknown_nothing_is_chosen() -> None:
    assert rows(None, Claim("published", (), "zh:时间", 0.0, "时间:")) == [("", False, ["zh:时间"])]


def test_the_words_of_a_page_are_given_once_and_not_where_they_are_the_value() -> None:
    claims = [replace(PAGE, snippet=words, basis=words) for words in ("2025-03-18T11:30:28", "printed", "printed")]
    (field,) = _evidence(
        Article("1", "Ferry", "", published=Moment.parse("2025-03-18T11:30:28"), evidence=tuple(claims))
    )
    assert [words for _, _, words, _ in field["rows"][0]["bases"]] == ["", "printed", ""]


@pytest.mark.parametrize(
    ("body", "minutes"),
    [("", 1), ("word " * 1150, 5), ("渡轮今晚八时起停航，" * 225, 5), ("كلمة " * 690, 3), ("渡轮 " * 20, 1)],
)
def test_reading_takes_as_long_as_words_or_characters_say(body: str, minutes: int) -> None:
    assert _minutes(body) == minutes


@pytest.mark.parametrize(
    ("standfirst", "body", "shown"),
    [
        ("The ferry sails again.", "It had lain at the quay since May.", True),
        ("The ferry sails again…", "**The [ferry](https://a.example)** sails again, the office says.", False),
        ("港务处今日宣布渡轮复航 班次如下", "港务处今日宣布：渡轮复航，班次如下", True),
        ("港务处今日宣布渡轮复航班次如下", "港务处今日宣布 渡轮复航 班次如下：早八时。", False),
        ("", "The ferry sails again.", False),
        ("The ferry sails again.", "![The quay](media/a.png)\n\n**The ferry sails again.**", False),
    ],
)
def test_a_standfirst_that_only_begins_the_text_is_not_shown_twice(standfirst: str, body: str, shown: bool) -> None:  # noqa: FBT001
    assert bool(_standfirst(Article("1", "Ferry", body, standfirst=standfirst))) is shown


@pytest.mark.parametrize(
    ("published", "modified", "shown"),
    [
        ("2031-03-18T11:30:00+08:00", "2031-03-18T09:00:00+00:00", True),
        ("2031-03-18T11:30:00+08:00", "2031-03-18T03:30:40+00:00", False),
        ("2031-03-18T11:30:00+08:00", "2031-03-11T17:00:00+08:00", False),
        ("2031-03-18", "2031-03-18T17:00:00+08:00", False),
        ("2031-03-18T11:30", "2031-03-19", True),
        (None, "2031-03-19", True),
        ("2031-03-18", None, False),
    ],
)
def test_a_change_is_shown_where_it_came_after_the_story(
    published: str | None,
    modified: str | None,
    shown: bool,  # noqa: FBT001
) -> None:
    first, last = (Moment.parse(one) if one else None for one in (published, modified))
    assert bool(_changed(Article("1", "Ferry", "", published=first, modified=last))) is shown
