"""Plain texts: reader views, clippings with the address, mails, text browsers' dumps, labelled heads in many languages, charsets."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.extract import extract
from generator.model import Moment
from generator.readers import plain
from generator.readers.copies import dates, texts
from tests.readers.copying import article, capture, harmless
from tests.samples import FERRY

URL = "https://www.ledger.example/2022/03/18/night-ferry/"
TEXT = "\n\n".join(FERRY)
WRAPPED = "\n\n".join(textwrap.fill(one, 72) for one in FERRY)
HEADLINE = "Night ferry sails again from Friday"
HAN = "记者从市住建局了解到，老码头改造工程已完成七成，沿江三公里步道将在年底前向市民开放，沿途设有六处观景台，夜间也有照明。"


@pytest.mark.parametrize(
    ("copy", "byline"),
    [
        (f"ledger.example\n{HEADLINE}\nJane Roe\n4–5 minutes\n\n{TEXT}", ("Jane Roe",)),
        (f"{HEADLINE}\n\nBy Jane Roe\n\n3 min read\n\n{TEXT}", ("Jane Roe",)),
        (f"www.ledger.example\n{HEADLINE}\n4 minutes de lecture\n\n{TEXT}", ()),
        (f"{HEADLINE}\n5 Minuten Lesezeit\n\n{TEXT}", ()),
        (f"{HEADLINE}\n3 分钟\n\n{TEXT}", ()),
    ],
)
def test_a_reader_view_is_told_by_the_time_that_reading_takes(copy, byline):
    read = article(plain, copy, "a.txt")
    assert (read.headline, read.byline, read.body) == (HEADLINE, byline, TEXT)


@pytest.mark.parametrize(
    "copy",
    [
        f"{URL}\n\n{HEADLINE}\n\n{TEXT}\n",
        f"{HEADLINE}\n\n{TEXT}\n\n{URL}\n",
        f"URL: {URL}\n\n{HEADLINE}\n\n{TEXT}",
        f"{HEADLINE}\n\n{TEXT}\n\nSource: {URL}\n",
        f"{HEADLINE}\n\n{TEXT}\n\n原文链接：{URL}\n",
        f"来源：{URL}\n{HEADLINE}\n\n{TEXT}",
        f"{HEADLINE}\n<{URL}>\n\n{TEXT}",
        f"{HEADLINE}\n\n{TEXT}\n\nQuelle: {URL}\n",
    ],
)
def test_the_address_beside_a_clipping_is_the_storys(copy):
    read = article(plain, copy, "a.txt")
    assert (read.url, read.headline, read.body) == (URL, HEADLINE, TEXT)
    assert str(read.published) == "2022-03-18"  # the day in the address


@pytest.mark.parametrize(
    "copy",
    [
        f"{HEADLINE}\n\n{TEXT}\n\nhttps://www.ledger.example/\n",
        f"{HEADLINE}\n\n{TEXT}\n\n{URL}\nhttps://www.ledger.example/2022/03/19/other/\n",
        f"{HEADLINE}\n\n{TEXT}\n\nRead more at {URL} about the boats of the harbour and the quay and the people\n",
        f"{HEADLINE}\n\n{TEXT}\n\njavascript:alert(1)\n",
    ],
)
def test_other_addresses_are_not_the_storys(copy):
    assert capture(plain, copy, "a.txt").url is None


@pytest.mark.parametrize(
    ("head", "byline", "published", "source"),
    [
        (f"Title: {HEADLINE}\nAuthor: Jane Roe\nDate: 18 March 2022", ("Jane Roe",), "2022-03-18", None),
        (
            f"Titel: {HEADLINE}\nAutor: Jane Roe\nDatum: 18. März 2022\nQuelle: Tageblatt",
            ("Jane Roe",),
            "2022-03-18",
            "Tageblatt",
        ),
        (f"Titre: {HEADLINE}\nAuteur: Jane Roe\nDate: 18 mars 2022", ("Jane Roe",), "2022-03-18", None),
        (f"Título: {HEADLINE}\nAutora: Jane Roe\nFecha: 18 de marzo de 2022", ("Jane Roe",), "2022-03-18", None),
        (f"Заголовок: {HEADLINE}\nАвтор: Jane Roe\nДата: 18.03.2022", ("Jane Roe",), "2022-03-18", None),
        (
            f"标题：{HEADLINE}\n作者：林晓\n来源：江城日报\n时间：2022-03-18 09:15",
            ("林晓",),
            "2022-03-18T09:15",
            "江城日报",
        ),
        (f"タイトル：{HEADLINE}\n著者：山田太郎\n日付：2022年3月18日", ("山田太郎",), "2022-03-18", None),
        (f"제목: {HEADLINE}\n기자: 김철수\n날짜: 2022.03.18", ("김철수",), "2022-03-18", None),
    ],
)
def test_a_head_of_labelled_lines_is_read_in_many_languages(head, byline, published, source):
    read = article(plain, f"{head}\n\n{WRAPPED}\n", "a.txt")
    assert (read.headline, read.byline, str(read.published), read.source) == (HEADLINE, byline, published, source)
    assert read.body == TEXT


@pytest.mark.parametrize(
    ("head", "captured"),
    [
        (f"From: Jane Roe <jane@mail.example>\nTo: me@mail.example\nDate: Fri, 18 Mar 2022 10:00:00 +0100\nSubject: Fwd: {HEADLINE}", "2022-03-18T10:00:00+01:00"),
        (f"-----Ursprüngliche Nachricht-----\nVon: Jane Roe\nGesendet: Freitag, 18. März 2022 10:00\nAn: ich\nBetreff: WG: {HEADLINE}", "2022-03-18T10:00"),
        (f"---------- Forwarded message ---------\nDe : Jane Roe\nDate : 18 mars 2022 à 10:00\nObjet : TR: {HEADLINE}", "2022-03-18T10:00"),
        (f"发件人：林晓\n日期：2022年3月18日 10:00\n主题：转发：{HEADLINE}", "2022-03-18T10:00"),
    ],
)  # fmt: skip
def test_a_mail_saved_as_text_tells_when_it_was_sent_and_not_who_wrote_the_story(head, captured):
    one = capture(plain, f"{head}\n\n{WRAPPED}\n\n{URL}\n", "a.txt")
    assert (one.captured, one.url) == (Moment.parse(captured), URL)
    read = extract(one).article
    assert read is not None
    assert (read.headline, read.byline, read.body) == (HEADLINE, (), TEXT)


def test_a_text_browsers_numbers_and_links_are_taken_out():
    shown = TEXT.replace("old harbour", "[5]old harbour").replace("The last boat", "[6]The last boat")
    dump = "\n\n".join(
        textwrap.fill(one, 72, initial_indent="   ", subsequent_indent="   ") for one in shown.split("\n\n")
    )
    links = "".join(f"   {number}. https://www.ledger.example/{number}\n" for number in range(1, 7))
    copy = f"   #[1]The Ledger RSS\n\n   [2]Home [3]Harbour\n\n{HEADLINE}\n\n   By [4]Jane Roe\n\n{dump}\n\nReferences\n\n   Visible links:\n{links}"
    read = article(plain, copy, "a.txt")
    assert (read.headline, read.byline, read.body) == (HEADLINE, ("Jane Roe",), TEXT)


def test_numbers_in_brackets_stay_where_no_list_of_links_follows():
    assert "[1]" in article(plain, f"{HEADLINE}\n\n{FERRY[0]} [1]\n\n{TEXT}\n", "a.txt").body.replace("\\", "")


def test_lines_wrapped_by_hand_are_paragraphs_again():
    assert article(plain, f"{HEADLINE}\n\n{WRAPPED}\n", "a.txt").body == TEXT


def test_a_text_without_any_head_is_left_as_it_is():
    raw = f"{HEADLINE}\n\n{TEXT}\n".encode()
    one = capture(plain, raw, "a.txt")
    assert (one.body, one.charset, one.claims, one.whole) == (raw, None, (), False)
    assert texts.split(raw.decode()) is None


@pytest.mark.parametrize(
    ("head", "headline"),
    [
        ("---\ntitle: Hacked\nslug: ../../../tmp/x\npermalink: /../x.html\n---\n", "Hacked"),
        ("---\ntitle: !!python/object/apply:os.system ['true']\n---\n", "Quay reopens"),
        ("+++\ntitle = 'x'\naliases = ['/../../evil']\n+++\n", "x"),
        ("---\ntitle: never closed\n", "never closed"),
        ("---\na: &a [x,x]\nb: [*a,*a]\n---\n", "Quay reopens"),
    ],
)
def test_front_matter_in_a_text_is_no_part_of_it(head, headline):
    read = article(plain, f"{head}\nQuay reopens\n\n{TEXT}\n", "a.txt")
    assert read.headline == headline
    assert read.body.endswith(TEXT)
    assert "---" not in read.body
    assert "+++" not in read.body


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_texts_are_read_in_every_charset(charset):
    copy = f"老码头换新颜 江边步道年底开放\n\n{HAN}\n\n{HAN[::-1]}\n\n原文链接：https://www.jcwb.example/news/1.html\n"
    read = article(plain, copy.encode(charset), "a.txt")
    assert (read.headline, read.url) == ("老码头换新颜 江边步道年底开放", "https://www.jcwb.example/news/1.html")
    assert read.body.startswith(HAN)


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("big5", "記者從市政府了解到，老碼頭改造工程已完成七成，沿江三公里步道將在年底前向市民開放，沿途設有六處觀景台。"),
        ("shift_jis", "港の古い橋は十四か月の工事を終え、土曜日の朝から再び通れるようになると市が発表した。歩道も広くなった。"),
        ("euc_kr", "항구의 낡은 다리가 열네 달 동안의 공사를 마치고 토요일 아침부터 다시 열린다고 시가 밝혔다. 보도도 넓어졌다."),
        ("cp1251", "Старый мост в гавани вновь откроется в субботу утром после четырнадцати месяцев ремонта, сообщили в мэрии города."),
    ],
)  # fmt: skip
def test_texts_in_the_charsets_of_their_countries_are_read(charset, words):
    copy = "\n\n".join((words, words[::-1], words))
    assert words in article(plain, copy.encode(charset), "a.txt").body.replace("\\", "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-03-05T10:00:00 (UTC +01:00)", "2024-03-05T10:00:00+01:00"),
        ("1970-01-01 00:00Z", "1970-01-01T00:00+00:00"),
        ("March 5, 2024 10:30 AM", "2024-03-05T10:30"),
        ("[[2024-03-05]]", "2024-03-05"),
        ("2024年3月5日 下午3:20", "2024-03-05T15:20"),
        ("1709628600", "2024-03-05T08:50:00+00:00"),
        ("05.03.2024, 17:20", "2024-03-05T17:20"),
        ("13/5/2024", "2024-05-13"),
        ("3/5/2024", None),  # the third of May or the fifth of March
        ("2024-13-45", None),
        ("on a day in 2024", None),
    ],
)
def test_dates_are_read_as_they_are_stated_or_not_at_all(written, read):
    found = dates.moment(written)
    assert (str(found) if found else None) == read


@given(st.text(max_size=90))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_the_reading_of_dates_raise(written):
    dates.moment(written)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_captures_or_remarks(data):
    harmless(plain, data, "a.txt")


LINES = st.sampled_from(
    ["From: a", "Subject: b", "Date: 2024-01-01", "3 min read", "References", " 1. https://a.example/", "[1]x", URL, "---", "title: x", "", "Words.", "+++", "来源：x", "\x00"]
)  # fmt: skip


@given(st.lists(LINES, max_size=14))
@settings(max_examples=80, deadline=None)
def test_heads_in_any_order_give_captures(lines):
    harmless(plain, "\n".join(lines).encode(), "a.txt")
