"""Dates as pages print them, and that what is stated stays as stated."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import document, fields
from generator.fields import moments
from generator.model import Capture, Moment, Origin


def parsed(written, **more):
    found = moments.parse(written, **more)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-03-05T09:30:00Z", "2024-03-05T09:30:00+00:00"),
        ("2024-03-05T23:30:00-08:00", "2024-03-05T23:30:00-08:00"),
        ("2024-03-05T09:30:00.1234567+0100", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05 09:30", "2024-03-05T09:30"),
        ("2024-03-05", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("20240305T093000Z", "2024-03-05T09:30:00+00:00"),
        ("1709631000", "2024-03-05T09:30:00+00:00"),
        ("1709631000000", "2024-03-05T09:30:00+00:00"),
        ("Tue, 05 Mar 2024 09:30:00 +0000", "2024-03-05T09:30:00+00:00"),
        ("Tue Mar 05 2024 09:30:00 GMT+0100 (CET)", "2024-03-05T09:30:00+01:00"),
        ("Tue Mar  5 09:30:00 2024", "2024-03-05T09:30:00"),
        ("Tue Mar 05 09:30:00 UTC 2024", "2024-03-05T09:30:00+00:00"),
        ("Tue Mar 05 09:30:00 +0100 2024", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05 10:00 PST", "2024-03-05T10:00-08:00"),
        ("Mar 5, 2024 9:05 PM EST", "2024-03-05T21:05-05:00"),
        ("March 5, 2024", "2024-03-05"),
        ("Tuesday, 5th of March 2024 at 4:30 pm", "2024-03-05T16:30"),
        ("12:15 am, 5 March 2024", "2024-03-05T00:15"),
        ("5. März 2024, 11.30 Uhr", "2024-03-05T11:30"),
        ("05.03.2024, 11:30 Uhr", "2024-03-05T11:30"),
        ("le 5 mars 2024 à 11h30", "2024-03-05T11:30"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("05/03/2024 às 11h30", "2024-03-05T11:30"),
        ("5 марта 2024, 11:30", "2024-03-05T11:30"),
        ("٥ مارس ٢٠٢٤", "2024-03-05"),
        ("2024年3月5日 11:30:28", "2024-03-05T11:30:28"),
        ("2024年03月05日 下午3:05", "2024-03-05T15:05"),
        ("令和6年3月5日", "2024-03-05"),
        ("2024. 3. 5. 오후 2:07", "2024-03-05T14:07"),
        ("２０２４／０３／０５　１１：３０", "2024-03-05T11:30"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_stated(written, meant):
    assert str(moments.parse(written)) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "0000-00-00",
        "2024-02-30T10:00:00Z",
        "2024-13-01",
        "-0044-03-15T00:00:00Z",
        "9" * 20,
        "9999-12-31",
        "5 Smarch 2024",
        "R6.3.10",
        "x" * 500,
    ],
)
def test_what_is_no_date_gives_none(written):
    assert moments.parse(written) is None


def test_a_bare_date_keeps_no_clock():
    assert parsed("5 March 2024").precision == "day"
    assert parsed("2024-03-10T24:00:00Z").precision == "day"


def test_the_order_of_day_and_month_is_told_where_it_cannot_be_seen():
    assert parsed("03/04/2024").day == "2024-04-03"
    assert parsed("03/04/2024", month_first=True).day == "2024-03-04"
    assert parsed("25/04/2024", month_first=True).day == "2024-04-25"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/03/05/ferry", "2024-03-05"),
        ("/news/20240305/a.html", "2024-03-05"),
        ("/2024-03/05/c_1.htm", "2024-03-05"),
        ("/n1/2024/0305/c1-1.html", "2024-03-05"),
        ("/coast/2024/03/240305-ferry/", "2024-03-05"),
        ("/coast/2024/03/240405-ferry/", None),
        ("/a/123456789", None),
        ("/2024/13/40/", None),
    ],
)
def test_an_address_may_carry_the_day(path, day):
    found = moments.in_path(path)
    assert (found.day if found else None) == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-13 * 60, 13 * 60))  # noqa: DTZ001
def test_what_a_moment_writes_is_read_back(at, minutes):
    moment = Moment(at.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes))))
    assert moments.parse(str(moment)) == moment


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120))
def test_no_text_raises(text):
    moments.parse(text)
    moments.in_path(text)


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("18. listopada 2022.", "hr", "2022-10-18"),
        ("18 listopada 2022", "pl", "2022-11-18"),
        ("18. listopad 2022", "cs", "2022-11-18"),
        ("18 листопада 2022", "uk", "2022-11-18"),
        ("18 lip 2022", "pl", "2022-07-18"),
        ("18. lip 2022.", "hr", "2022-06-18"),
        ("18. srp 2022", "cs", "2022-08-18"),
        ("18. srp 2022.", "hr", "2022-07-18"),
        ("18. lipnja 2022.", None, "2022-06-18"),
        ("18 listopada 2022", None, None),
        ("18 March 2022", "hr", "2022-03-18"),
    ],
)
def test_a_month_is_the_one_that_its_language_means(written: str, language: str | None, day: str | None) -> None:
    found = moments.parse(written, language=language)
    assert (str(found) if found else None) == day


@pytest.mark.parametrize(("language", "day"), [("hr", "2022-10-18"), ("pl-PL", "2022-11-18")])
@pytest.mark.parametrize(
    "line", ["<time>{}</time>", "<p>{}, 14:05</p>", "<p>Autor: Ana Luka, {}</p>", "<div class='date'>{}</div>"]
)
def test_a_page_is_read_with_the_months_of_its_own_language(line: str, language: str, day: str) -> None:
    page = f"<html lang='{language}'><body><h1>Most je otvoren</h1>{line.format('18. listopada 2022.')}<p>Tekst.</p></body></html>"
    found = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))).moment(
        "published"
    )
    assert str(found)[:10] == day
