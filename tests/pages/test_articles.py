"""What an article's page says about how it knows."""

from generator.model import Article, Claim, Moment
from generator.pages.articles import _evidence

PAGE = Claim("published", ("2025-03-18T11:30:28",), "zh:时间", 0.9, "时间:2025-03-18 11:30:28")
PATH = Claim("published", ("2025-03-18",), "url:path", 0.6)
OTHER = Claim("published", ("2019-01-01",), "meta:date", 0.95)


def rows(published: str | None, *claims: Claim) -> list[tuple[str, str, bool, bool]]:
    """Value, basis, chosen, agrees."""
    article = Article("1", "Ferry", "", published=Moment.parse(published) if published else None, evidence=claims)
    (field,) = _evidence(article)
    return [(claim["value"], claim["basis"], claim["chosen"], claim["agrees"]) for claim in field["claims"]]


def test_the_claim_that_says_what_the_article_says_is_chosen_and_a_vaguer_one_agrees() -> None:
    assert rows("2025-03-18T11:30:28", PATH, PAGE) == [
        ("2025-03-18T11:30:28", "zh:时间", True, True),
        ("2025-03-18", "url:path", False, True),
    ]


def test_another_value_is_rejected() -> None:
    assert rows("2025-03-18T11:30:28", OTHER, PAGE)[1] == ("2019-01-01", "meta:date", False, False)


def test_what_a_person_wrote_is_chosen_over_every_claim() -> None:
    assert rows("2025-03-20", PAGE, PATH)[0] == ("2025-03-20", "archive", True, True)


def test_of_a_field_that_is_unknown_nothing_is_chosen() -> None:
    assert rows(None, Claim("published", (), "zh:时间", 0.0, "时间:")) == [("", "zh:时间", False, False)]
