"""Slugs, names and digests: readable, safe everywhere, and the same for ever."""

import re
import unicodedata
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator import text


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Ferry returns with a later last boat", "ferry-returns-with-a-later-last-boat"),
        ("夜航渡轮试运行 末班船延至23时", "ye-hang-du-lun-shi-yun-xing-mo-ban-chuan-yan-zhi-23-shi"),
        ("Über Äpfel & Öl", "uber-apfel-ol"),
        ("متحف الفنار", "mthf-lfnr"),
        ("서울의 봄", "seoului-bom"),
        ("CON", "con-x"),
        ("index", "index-x"),
        ("…！？", "x"),
        ("", "x"),
    ],
)
def test_slugs_can_be_read(headline: str, slug: str) -> None:
    assert text.slug(headline, otherwise="x") == slug


@given(st.text())
def test_a_slug_is_safe_in_any_address_and_on_any_disk(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text.slug(name))
    assert len(text.slug(name)) <= text.SLUG_LENGTH + 2
    assert text.slug(text.slug(name)) == text.slug(name)


def test_names_that_read_alike_never_meet_at_one_address() -> None:
    assert text.name_slug("港口") != text.name_slug("港扣")
    assert text.name_slug("C++") != text.name_slug("C")


def test_a_plain_name_is_its_own_address() -> None:
    assert text.name_slug("City Desk") == "city-desk"


def test_width_and_case_do_not_make_another_name() -> None:
    assert text.name_slug("ＡＩ") == text.name_slug("ai") == "ai"


@given(st.text(min_size=1))
def test_a_file_name_is_safe_on_every_file_system(name: str) -> None:
    safe = text.file_name(name)
    assert not set(safe) & set('<>:"/\\|?*')
    assert safe == safe.strip(" .")
    assert not safe.startswith(("-", "~", "."))
    assert len(safe.encode()) <= 255
    assert unicodedata.is_normalized("NFC", safe)
    assert text.file_name(safe) == safe


def test_a_long_file_name_keeps_its_ending_and_stays_apart_from_its_like() -> None:
    one, other = (text.file_name(f"{'潮' * 100}{tail}.html") for tail in "ab")
    assert one.endswith(".html")
    assert one != other


def test_digests_are_framed() -> None:
    assert text.digest("ab", "c") != text.digest("a", "bc")


def test_digests_never_change() -> None:
    assert text.short("港口", b"\x00") == "71c550a19d0947cb"


def test_a_line_has_no_breaks_controls_or_direction_marks() -> None:
    assert text.line("A\u2028bridge\x07 \u202ereopens\x85 today ") == "A bridge reopens today"


def test_cutting_ends_at_a_word() -> None:
    assert text.cut("The harbour reopens on Monday after nine weekends", 30) == "The harbour reopens on…"
    assert text.cut("港口将在本月底前重新开放，工程师说", 10) == "港口将在本月底前重…"
    assert text.cut("short", 10) == "short"


def test_a_paragraph_without_its_marks() -> None:
    assert text.unmark(r"The **harbour** \*reopens\*, [says](https://a.example/x) the _council_.") == (
        "The harbour *reopens*, says the council."
    )


@given(st.text(st.sampled_from("ab é\u0301\t\n\r\x0b\x1c\x1f\x85\xa0\u200b\u200f\u2028\u202e\u2003\ufeff한")))
def test_a_line_is_the_same_by_its_short_way_as_by_the_long_one(words: str) -> None:
    long = "".join(one for one in text.clean(words) if one not in "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e")
    assert text.line(words) == text.squeeze(long)


@given(st.text(st.sampled_from("abhtps:/?#;.&=%é"), min_size=1))
def test_a_whole_address_is_left_as_joining_would_leave_it(rest: str) -> None:
    for address in (rest, f"https://{rest}", f"http://news.example/{rest}"):
        try:
            joined = urljoin("https://other.example/a/b", address)
        except ValueError:
            continue
        assert text.absolute(address, "https://other.example/a/b") == joined


def test_whether_a_name_holds_a_pattern_is_looked_up_once() -> None:
    asked: list[str] = []

    class Pattern:
        def search(self, name: str) -> object:
            asked.append(name)
            return re.search("menu", name)

    is_menu = text.met(Pattern())  # type: ignore[arg-type]
    assert [is_menu(name) for name in ("top menu", "story", "top menu")] == [True, False, True]
    assert asked == ["top menu", "story"]


@given(st.text(), st.integers(0, 0x10FFFF), st.sampled_from(["&#{};", "&#{}", "&#00{};", "&#x{:x};", "&#X0{:X} "]))
def test_what_is_parseable_gives_a_tree_that_may_be_written_to(words: str, sign: int, form: str) -> None:
    markup = f"<p>{words}{form.format(sign)}{chr(sign)}</p>"
    root = html.document_fromstring(f"<div>.</div>{text.parseable(markup)}")
    root.text = "".join(map(str, root.itertext()))


@pytest.mark.parametrize("markup", ["&#8217;&#x1F600;&#9;&#13;&#x20;&#160;", "&#", "&#x;", "a\tb\n&amp;#1;"])
def test_what_is_parseable_says_the_same(markup: str) -> None:
    assert text.parseable(markup) == markup
