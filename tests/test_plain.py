"""Nouns travel as plain values and come back the same."""

import pytest

from generator.model import Article, Held, Link, Moment, Outlet, Picture, Seen
from generator.plain import back, plain


def test_unknowns_and_empties_are_left_out() -> None:
    assert plain(Seen("A bridge")) == {"headline": "A bridge"}


def test_every_kind_of_value_comes_back() -> None:
    held = Held("saved/x.html", "ab" * 32, captured=Moment.parse("2025-03-18T21:04+08:00"))
    assert back(Held, plain(held)) == held
    outlet = Outlet(
        "news.example", channels=(Link("Harbour", "https://news.example/h"), Link("Sky")), licences=("No 1",)
    )
    assert back(Outlet, plain(outlet)) == outlet
    assert back(tuple[Picture, ...], plain((Picture(None, "A boat"),))) == (Picture(None, "A boat"),)


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (tuple[str, ...], "harbour", "expected a list"),
        (Moment, "yesterday", "not a date or time"),
        (int, "many", "expected a number"),
        (int, True, "expected a number"),
        (str, True, "expected text"),
        (str, ["a"], "expected text"),
        (int, float("inf"), "expected a number"),
        (float, float("inf"), "expected a number up to"),
        (int, 10**60, "expected a number up to"),
        (Held, [], "expected a mapping of file, sha256"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_is_expected(kind: object, value: object, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        back(kind, value)


def test_numbers_may_stand_as_text() -> None:
    from generator.plain import hints

    assert back(hints(Article)["views"], "149") == 149
