"""What an index lists is read whatever it is; what is no page, or no address, is not taken."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.wayback.index import Row, _read, _Said

NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def said(*rows: list[str], names: list[str] = NAMES) -> _Said:
    found = _read(json.dumps([names, *rows]).encode())
    assert found is not None
    return found


def row(**more: str) -> list[str]:
    values = {
        "urlkey": "example,tidenews)/a", "timestamp": "20100301120000", "original": "http://tidenews.example/a", "mimetype": "text/html",
        "statuscode": "200", "digest": "ABC", "length": "1200", **more,
    }  # fmt: skip
    return [values[name] for name in NAMES]


def test_a_capture_is_read_by_the_names_of_its_columns() -> None:
    turned = list(reversed(NAMES))
    found = said(list(reversed(row())), names=turned)
    assert found.rows == (Row("20100301120000", "http://tidenews.example/a", "200", "ABC", 1200),)


def test_a_capture_listed_twice_is_one() -> None:
    assert len(said(row(), row()).rows) == 1


def test_what_was_seen_again_unchanged_has_no_status_of_its_own() -> None:
    assert said(row(mimetype="warc/revisit", statuscode="-")).rows[0].status == ""


def test_a_length_that_is_not_known_is_none() -> None:
    assert said(row(length="-")).rows[0].length == 0


@pytest.mark.parametrize(
    "odd",
    [
        {"statuscode": "404"}, {"statuscode": "302"}, {"mimetype": "image/png"}, {"mimetype": "application/rss+xml"}, {"timestamp": "2010"},
        {"timestamp": "2010030112000x"}, {"original": "http://mailto:editor@tidenews.example/"}, {"original": "http://data:image/gif;base64,R0"},
        {"original": "http://<<editor@tidenews.example>>/"}, {"original": "javascript:void(0)"}, {"original": "http://nohost"},
        {"original": "http://tidenews.example/a b"}, {"original": "http://tidenews.example:x/"}, {"original": "http://" + "a" * 5000 + ".example/"},
    ],
)  # fmt: skip
def test_what_is_no_capture_of_a_page_is_counted_only(odd: dict[str, str]) -> None:
    found = said(row(**odd))
    assert (found.rows, found.captures) == ((), 1)


@pytest.mark.parametrize("port", ["http://tidenews.example:80/a", "https://tidenews.example:443/a"])
def test_a_port_that_says_nothing_is_left_out(port: str) -> None:
    assert said(row(original=port)).rows[0].url == port.replace(":80", "").replace(":443", "")


def test_the_key_to_go_on_with_stands_behind_an_empty_row() -> None:
    found = _read(json.dumps([NAMES, row(), [], ["example%2Ctidenews%29%2Fa+20100301120001"]]).encode())
    assert found is not None
    assert (found.goes_on, found.captures) == ("example%2Ctidenews%29%2Fa+20100301120001", 1)


@pytest.mark.parametrize("nothing", [b"", b"\n", b"[]", b'{"message": "No Captures found"}'])
def test_nothing_is_nothing_however_it_is_said(nothing: bytes) -> None:
    found = _read(nothing)
    assert found is not None
    assert (found.rows, found.captures, found.goes_on) == ((), 0, "")


@pytest.mark.parametrize(
    "rubbish",
    [b"<html>503</html>", b'[["urlkey"', b"[1,2]", b'{"a": 1}', b'"x"', b"[[1],[[]]]x", b"\xff\xfe", b"[" * 9999],
)
def test_rubbish_is_no_answer(rubbish: bytes) -> None:
    assert _read(rubbish) is None


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=20,
)


@given(st.binary(max_size=300) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_anything_at_all_is_read_or_refused(body: bytes) -> None:
    found = _read(body)
    assert found is None or isinstance(found, _Said)


@given(st.integers(0, 400))
def test_an_answer_that_was_cut_short_is_never_taken_for_a_whole_one(end: int) -> None:
    whole = json.dumps([NAMES, row(), row(timestamp="20110301120000"), [], ["key"]]).encode()
    found = _read(whole[:end])
    assert found is None or end >= len(whole) or not end
