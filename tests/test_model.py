"""Moments keep what was stated; findings name their code."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import CODES, BackfileError, Finding
from generator.model import Moment


def test_a_bare_date_keeps_no_clock() -> None:
    moment = Moment.parse("2025-03-18")
    assert moment.precision == "day"
    assert str(moment) == "2025-03-18"


def test_a_time_without_a_zone_stays_without_one() -> None:
    moment = Moment.parse("2025-03-18 11:30:28")
    assert moment.at.tzinfo is None
    assert str(moment) == "2025-03-18T11:30:28"


def test_a_stated_offset_is_kept_and_never_moves_the_day() -> None:
    moment = Moment.parse("2025-03-18T00:30+0800")
    assert str(moment) == "2025-03-18T00:30+08:00"
    assert moment.day == "2025-03-18"
    assert moment.instant().day == 17


def test_an_assumed_zone_counts_only_where_none_is_stated() -> None:
    shanghai = timedelta(hours=8)
    assert Moment.parse("2025-03-18T08:00").instant(shanghai).hour == 0
    assert Moment.parse("2025-03-18T08:00Z").instant(shanghai).hour == 8


@pytest.mark.parametrize("stated", ["", "18.03.2025", "2025-13-01", "2025-03-18T25:00", "2025-03-18T11:30+8"])
def test_what_is_no_iso_date_is_refused(stated: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Moment.parse(stated)


zones = st.one_of(st.none(), st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))))


@given(st.datetimes(min_value=datetime(1000, 1, 1)), zones, st.sampled_from(["day", "minute", "second"]))  # noqa: DTZ001
def test_writing_and_parsing_are_inverse(at: datetime, zone: timezone | None, precision: str) -> None:
    at = at.replace(microsecond=0)
    moment = {
        "day": lambda: Moment(at.replace(hour=0, minute=0, second=0), "day"),
        "minute": lambda: Moment(at.replace(second=0, tzinfo=zone), "minute"),
        "second": lambda: Moment(at.replace(tzinfo=zone), "second"),
    }[precision]()
    assert Moment.parse(str(moment)) == moment


def test_a_finding_says_where_what_and_its_code() -> None:
    assert (
        str(Finding("no-published", "saved/x.html"))
        == "saved/x.html: warning: no date of publication was found [no-published]"
    )


def test_a_finding_of_an_unknown_code_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        Finding("no-such-code", "saved/x.html")


def test_codes_are_in_order_so_that_a_person_finds_them() -> None:
    assert list(CODES) == sorted(CODES)


def test_an_error_survives_a_process_pool() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(BackfileError("what is wrong", "what to do")))
    assert str(error) == "what is wrong\nhint: what to do"
