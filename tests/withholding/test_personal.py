"""Personal data known by their form, in several languages; every number here is made up or reserved for examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article
from generator.withholding.personal import redact

KINDS = ("phones", "emails", "id-numbers")


def inked(
    body: str, language: str | None = "zh-Hans", kinds: tuple[str, ...] = KINDS, words: tuple[str, ...] = ()
) -> str:
    return redact(Article("1", "x", body), language, kinds, words).value.body


@pytest.mark.parametrize(
    ("language", "body", "left"),
    [
        ("zh-Hans", "请致电13800138000或138-0013-8000。", "请致电██或██。"),
        ("zh-Hans", "联系电话：010-88886666转12，客服400-810-0000", "联系电话：██，客服██"),
        ("zh-Hans", "电话１３８００１３８０００", "电话██"),
        ("zh-Hans", "电话138\u200b00138000，或138**0013**8000", "电话██，或██"),
        ("zh-Hant", "電話：2345 6789，手機0912-345-678", "電話：██，手機██"),
        ("zh-Hans", "身份证11010519491231002X", "身份证██"),
        ("zh-Hant", "身分證A123456789，香港G123456(A)", "身分證██，香港██"),
        ("en", "Call (212) 555-0142 or 020 7946 0958.", "Call ██ or ██."),
        ("en", "SSN 078-05-1120, NI QQ 12 34 56 C, AB 12 34 56 C", "SSN ██, NI QQ 12 34 56 C, ██"),
        ("en", "write to jane\\_roe@ledger.example, or jane(at)ledger.example", "write to ██, or ██"),
        ("en", "[Write to us](mailto:jane@ledger.example) or [call](tel:+442079460958)", "Write to us or call"),
        ("en", "<mailto:jane@ledger.example>!", "!"),
        ("en", "from abroad +44 20 7946 0958", "from abroad ██"),
        ("es", "DNI 12345678Z, tel. 612 345 678", "DNI ██, tel. ██"),
        ("fr", "Tél. 01 99 00 12 34", "Tél. ██"),
        ("pt", "CPF 111.444.777-35, tel. (11) 99999-1234", "CPF ██, tel. ██"),
        ("de", "Tel. 030 / 23125 000", "Tel. ██"),
        ("ja", "電話03-1234-5678まで", "電話██まで"),
        ("ko", "전화 02-1234-5678, 900101-1234567", "전화 ██, ██"),
        ("ru", "тел. 8 (495) 123-45-67", "тел. ██"),
        ("nl", "IBAN GB82 WEST 1234 5698 7654 32", "IBAN ██"),
        (None, "Call (212) 555-0142, 13800138000", "Call ██, ██"),
    ],
)
def test_personal_data_are_blacked_out(language: str | None, body: str, left: str) -> None:
    assert inked(body, language) == left


@pytest.mark.parametrize(
    "body",
    [
        "2025年03月18日11:30:28，点击12345678次，票价1380元",
        "编号110105194912310021",  # no check digit fits
        "[页](https://x.example/2025/13800138000.html)，https://x.example/13800138000",
        "ISBN 978-7-02-000220-7，GB 18030-2022",
        "![图](media/ab/13800138000138001380001380001380001380001380001380001380001380001.png)",
        "比分 138-0013",
    ],
)
def test_other_numbers_stay(body: str) -> None:
    assert inked(body) == body


def test_only_the_kinds_that_were_asked_for_are_blacked_out() -> None:
    assert inked("13800138000, a@b.example", kinds=("emails",)) == "13800138000, ██"


def test_a_persons_words_are_found_across_marks_lines_and_spellings() -> None:
    body = "Mr **Jane**\nRoe said; JANE ROE; Jane&#32;Roe; [this](https://x.example/jane-roe/) and Jane\\-Roe."
    left = inked(body, "en", (), ("Jane Roe",))
    assert "roe" not in left.lower().replace("jane\\-roe", "")
    assert left.count("██") == 3


def test_what_was_found_is_counted_by_kind() -> None:
    article = Article("1", "13800138000", "13800138001 a@b.example")
    assert redact(article, "zh", KINDS, ()).counts == ((1, "emails"), (2, "phones"))


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.text("ab1 \\*&;", min_size=1, max_size=6))
def test_no_text_is_so_odd_that_a_word_shows_through(around: str, word: str) -> None:
    """Whatever stands around it, once it is blacked out the word cannot be read any more."""
    body = f"{around}\n\nSecretWord{around}"
    assert "secretword" not in inked(body, None, KINDS, ("SecretWord", word)).lower()
