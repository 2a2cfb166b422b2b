"""Dates, numbers and texts in the languages of the interface."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import LANGUAGES
from generator.fields.settling import FIELDS
from generator.model import Moment
from generator.pages.archive import KINDS
from generator.pages.areas import _AREAS as AREAS
from generator.theme.words import Words, dirof

TEMPLATES = Path(__file__).parents[2] / "templates"
SCRIPT = TEMPLATES / "static" / "site.js"
FORMS = ("zero", "one", "two", "few", "many", "other")
# reckoned by templates from the name of a field, a list or a part of a country
RECKONED = {
    *(f"area_{name}" for name in AREAS),
    *(f"field_{name}" for name in (*FIELDS, "body")),  # of captures that were joined, the body states whose it is
    *(f"kind_{name}" for name in (*KINDS, "dates", "hot", "known", "printed", "undated")),
}


def words(language: str) -> Words:
    return Words(language, tomllib.loads((TEMPLATES / f"locales/{language}.toml").read_text("utf-8")))


SHOWN = [
    ("en", "2025-03-18", "March 18, 2025"),
    ("en", "2025-03-18T06:05", "March 18, 2025, 06:05"),
    ("en", "2025-03-18T16:05:09", "March 18, 2025, 16:05:09"),
    ("en", "2025-03-18T23:30:28+08:00", "March 18, 2025, 23:30:28 GMT+08:00"),
    ("zh-Hans", "2025-03-18", "2025年3月18日"),
    ("zh-Hans", "2025-03-18T06:05", "2025年3月18日 06:05"),
    ("zh-Hans", "2025-03-18T11:30:28+08:00", "2025年3月18日 11:30:28 GMT+08:00"),
    ("en", "2025-03-18T11:30-04:00", "March 18, 2025, 11:30 GMT−04:00"),
    ("zh-Hant", "2025-03-18", "2025年3月18日"),
    ("zh-Hant", "2025-03-18T11:30:28", "2025年3月18日 11:30:28"),
    ("ar", "2025-03-18", "18 مارس 2025"),
    ("ar", "2025-03-18T06:05", "18 مارس 2025، 06:05"),
    ("hi", "2025-03-18", "18 मार्च 2025"),
    ("hi", "2025-03-18T16:05:09", "18 मार्च 2025, 16:05:09"),
]


@pytest.mark.parametrize(("language", "stated", "shown"), SHOWN)
def test_a_moment_is_shown_as_precisely_as_it_was_stated(language: str, stated: str, shown: str) -> None:
    assert words(language).when(Moment.parse(stated)) == shown


def test_a_moment_can_be_shown_without_its_clock() -> None:
    assert words("en").when(Moment.parse("2025-03-18T23:30:28+08:00"), clock=False) == "March 18, 2025"


@given(st.datetimes(timezones=st.none() | st.timezones()), st.sampled_from(LANGUAGES))
def test_the_day_shown_is_the_day_stated(at: object, language: str) -> None:
    moment = Moment(at, "minute")  # type: ignore[arg-type]
    assert str(moment.at.day) in re.findall(r"\d+", words(language).when(moment))


def test_what_one_language_calls_a_month_is_not_what_another_does() -> None:
    assert [words(name).month_name(3) for name in ("zh-Hant", "zh-Hans", "zh-Hant", "en")] == [
        "3月",
        "三月",
        "3月",
        "March",
    ]


def test_years_months_and_weekdays_have_names() -> None:
    english, chinese = words("en"), words("zh-Hans")
    assert (english.year_name(2025), chinese.year_name(2025)) == ("2025", "2025年")
    assert (english.month_name(3), chinese.month_name(3)) == ("March", "三月")
    assert (english.month_name(3, 2025), chinese.month_name(3, 2025)) == ("March 2025", "2025年3月")
    assert (english.weekday(0, "wide"), chinese.weekday(6)) == ("Monday", "周日")


def test_a_period_is_written_out_and_any_other_name_stays() -> None:
    chinese = words("zh-Hans")
    assert [chinese.period(name) for name in ("2025", "2025-03", "2025-03-18", "2025-3x", "渡船", None)] == [
        "2025年", "2025年3月", "2025年3月18日", "2025-3x", "渡船", "",
    ]  # fmt: skip


def test_a_number_chooses_the_form_of_its_text() -> None:
    assert words("en").t("articles", n=1) == "1 article"
    assert words("en").t("articles", n=1234) == "1,234 articles"
    assert words("zh-Hans").t("articles", n=1) == "1 篇报道"


def test_a_text_that_is_not_there_is_an_error_or_what_stands_in() -> None:
    with pytest.raises(KeyError, match=r"no text 'nonsense' in locales/en\.toml"):
        words("en").t("nonsense")
    assert words("en").t("field_weather", otherwise="weather") == "weather"


def test_all_languages_have_the_same_texts_with_the_same_places_to_fill() -> None:
    english = words("en").texts
    for language in LANGUAGES:
        texts = {key: set(re.findall(r"\{\w+\}", text)) for key, text in words(language).texts.items()}
        forms = {key for key in texts if (parts := key.rpartition("_"))[2] in FORMS and f"{parts[0]}_other" in texts}
        assert sorted(texts.keys() - forms) == sorted(english.keys() - forms), language
        assert {key for key in forms if key.endswith("_other")} == {
            key for key in english if key.endswith("_other") and f"{key[:-6]}_one" in english
        }
        for key, places in texts.items():
            wanted = set(re.findall(r"\{\w+\}", english[f"{key.rpartition('_')[0]}_other" if key in forms else key]))
            assert places == wanted or (key in forms and places == wanted - {"{n}"}), key


def test_a_number_has_the_form_that_its_language_gives_it() -> None:
    arabic = words("ar")
    assert [arabic.t("articles", n=number) for number in (0, 1, 2, 3, 11, 100)] == [
        "لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال",
    ]  # fmt: skip
    assert words("hi").t("articles", n=0) == "0 लेख"


def used() -> set[str]:
    """The names of all texts that the templates ask for."""
    names: set[str] = set()
    for file in TEMPLATES.glob("*.*"):
        for name, follows in re.findall(r'\bt\("(\w+)"(, n=)?', file.read_text("utf-8")):
            names |= {f"{name}_one", f"{name}_other"} if follows else {name}
    names |= {f"script_{name}" for name in re.findall(r"\bwords\.(\w+)", SCRIPT.read_text("utf-8"))}
    return names - {"area_", "field_", "kind_"} | RECKONED


def test_every_text_that_a_template_asks_for_exists() -> None:
    assert sorted(used() - set(words("en").texts)) == []


def test_no_text_is_left_over() -> None:
    chosen = {f"script_{name}" for name in re.findall(r"\w+", SCRIPT.read_text("utf-8"))}
    assert sorted(set(words("en").texts) - used() - chosen - {"picture_elsewhere"}) == []


@pytest.mark.parametrize(
    ("language", "way"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("ug", "rtl"), ("ug-Latn", "ltr"), ("az-Arab", "rtl"), ("zh-Hans", "ltr"), ("", "ltr"), (None, "ltr")],
)  # fmt: skip
def test_a_language_has_its_direction(language: str | None, way: str) -> None:
    assert dirof(language) == way
