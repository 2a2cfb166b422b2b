"""Labels, names and dates in the languages of the news: each with a line as papers of it print them, in our own words."""

from __future__ import annotations

import pytest

from generator import document, fields, phrases
from generator.fields import moments, names
from generator.fields.lines import line_claims
from generator.model import Capture, Origin
from generator.phrases.heads import head
from generator.text import fold


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        ("Autor: Jan Przystań", {"byline": ("Jan Przystań",)}),
        ("Opublikowano: 12 maja 2024, 10:30", {"published": ("2024-05-12T10:30",)}),
        ("Door Anke de Kade", {"byline": ("Anke de Kade",)}),
        ("Laatst bijgewerkt: 3 mrt. 2023 om 09:05", {"modified": ("2023-03-03T09:05",)}),
        ("Publicerad: 12 maj 2024 kl. 10.30", {"published": ("2024-05-12T10:30",)}),
        ("Publikováno: 1. září 2024 v 8:15", {"published": ("2024-09-01T08:15",)}),
        ("Автор: Оксана Причал", {"byline": ("Оксана Причал",)}),
        ("Оновлено: 3 лютого 2023", {"modified": ("2023-02-03",)}),
        ("Πηγή: Κύμα Νέα", {"source": ("Κύμα Νέα",)}),
        ("Δημοσίευση: 12 Μαΐου 2024, 10:30", {"published": ("2024-05-12T10:30",)}),
        ("Güncellenme Tarihi: 3 Ağu 2023 09:05", {"modified": ("2023-08-03T09:05",)}),
        ("Penulis: Sari Dermaga", {"byline": ("Sari Dermaga",)}),
        ("Nguồn: Báo Bến Cảng", {"source": ("Báo Bến Cảng",)}),
        ("Ngày đăng: 12 tháng 5 năm 2024", {"published": ("2024-05-12",)}),
        ("מאת: דנה נמל", {"byline": ("דנה נמל",)}),
        ("מאת דנה נמל", {"byline": ("דנה נמל",)}),
        ("עודכן: 3 בפברואר 2023, 10:30", {"modified": ("2023-02-03T10:30",)}),
        ("نویسنده: مینا بندری", {"byline": ("مینا بندری",)}),
        ("تاریخ انتشار: ۲۳ اردیبهشت ۱۴۰۳ - ۱۰:۳۰", {"published": ("2024-05-12T10:30",)}),
        ("منبع: موج نو", {"source": ("موج نو",)}),
        ("تحریر: سارہ ساحلی", {"byline": ("سارہ ساحلی",)}),
        ("تاریخ اشاعت: 12 مئی 2024", {"published": ("2024-05-12",)}),
        ("โดย: มานะ ท่าเรือ", {"byline": ("มานะ ท่าเรือ",)}),
        ("เผยแพร่: 12 พ.ค. 2567 10:30 น.", {"published": ("2024-05-12T10:30",)}),
        ("ที่มา: ข่าวท่าเรือ", {"source": ("ข่าวท่าเรือ",)}),
        ("লেখক: মিতা বন্দর", {"byline": ("মিতা বন্দর",)}),
        ("প্রকাশ: ১২ ফেব্রুয়ারি ২০২৩, ১০:৩০", {"published": ("2023-02-12T10:30",)}),
        ("எழுதியவர்: கலா துறை", {"byline": ("கலா துறை",)}),
        ("வெளியிடப்பட்டது: 3 பிப்ரவரி 2023", {"published": ("2023-02-03",)}),
        ("Autorius: Rasa Prieplauka", {"byline": ("Rasa Prieplauka",)}),
        ("Atnaujinta: 2024 m. gegužės 12 d.", {"modified": ("2024-05-12",)}),
        ("Publicēts: 2024. gada 12. maijs", {"published": ("2024-05-12",)}),
        ("Avaldatud: 3. veebruar 2023", {"published": ("2023-02-03",)}),
        ("Höfundur: Anna Bryggja", {"byline": ("Anna Bryggja",)}),
        ("Publikované: 12. mája 2024", {"published": ("2024-05-12",)}),
        ("Avtor: Nina Pristan", {"byline": ("Nina Pristan",)}),
        ("Ажурирано: 12. мај 2024. 10:30", {"modified": ("2024-05-12T10:30",)}),
        ("Аутор: Јована Лука", {"byline": ("Јована Лука",)}),
        ("Publicat: 12 d'abril del 2024", {"published": ("2024-04-12",)}),
        ("Diterbitkan: 3 Ogos 2023", {"published": ("2023-08-03",)}),
        ("Müəllif: Leyla Liman", {"byline": ("Leyla Liman",)}),
        ("Жарияланған: 12 мамыр 2024", {"published": ("2024-05-12",)}),
        ("Հեղինակ՝ Աննա Նավահանգիստ", {}),
        ("Հեղինակ: Աննա Նավահանգիստ", {"byline": ("Աննա Նավահանգիստ",)}),
        ("ავტორი: ნინო ნავსადგური", {"byline": ("ნინო ნავსადგური",)}),
        ("लेखक: मीरा बंदर", {"byline": ("मीरा बंदर",)}),
        ("ప్రచురణ: 12 మే 2024", {"published": ("2024-05-12",)}),
    ],
)
def test_a_label_of_the_language_says_what_follows(line: str, statements: dict[str, tuple[str, ...]]) -> None:
    got = {claim.field: claim.values for claim in line_claims(line)}
    assert {field: got.get(field) for field in statements} == statements


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("12 พฤษภาคม 2567", "2024-05-12"),
        ("12 พฤษภาคม 2024", "2024-05-12"),
        ("วันที่ ๑๒ พฤษภาคม พ.ศ. ๒๕๖๗", "2024-05-12"),
        ("12 พ.ค. 67", "2024-05-12"),
        ("12/05/2567 10:30", "2024-05-12T10:30"),
        ("۱۴۰۳/۰۲/۲۳ ۱۰:۳۰", "2024-05-12T10:30"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20"),
        ("۱ فروردین ۱۴۰۴", "2025-03-21"),
        ("یکشنبه ۱۲ مه ۲۰۲۴", "2024-05-12"),
        ("3 غشت 2023", "2023-08-03"),
        ("3 جانفي 2023", "2023-01-03"),
        ("3 февр. 2023", "2023-02-03"),
        ("民國113年5月12日", "2024-05-12"),
        ("中華民國 113 年 5 月 12 日", "2024-05-12"),
        ("二〇二四年五月十二日", "2024-05-12"),
        ("二〇二四年十月三十一日", "2024-10-31"),
        ("2024年5月12日 午後3時5分", "2024-05-12T15:05"),
        ("၁၂ မေ ၂၀၂၄", "2024-05-12"),
        ("១២ ឧសភា ២០២៤", "2024-05-12"),
        ("12 मे 2024", "2024-05-12"),
        ("Chủ nhật, 12/5/2024, 10:30 (GMT+7)", "2024-05-12T10:30+07:00"),
    ],
)
def test_dates_in_other_digits_and_calendars_are_read(written: str, meant: str) -> None:
    assert str(moments.parse(written)) == meant


@pytest.mark.parametrize(
    "written", ["Nr. 1403/02/23", "۳۱ مهر ۱۴۰۳", "۳۰ اسفند ۱۴۰۲", "二〇二四年十三月十二日", "12 ربيع الأول 1446"]
)
def test_what_is_no_day_of_any_calendar_gives_none(written: str) -> None:
    assert moments.parse(written) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Baca juga", "related"), ("Læs også", "related"), ("Przeczytaj też", "related"), ("Διαβάστε επίσης", "related"), ("קראו גם", "related"),
        ("بیشتر بخوانید", "related"), ("مزید پڑھیں", "related"), ("ข่าวที่เกี่ยวข้อง", "related"), ("আরও পড়ুন", "related"), ("மேலும் படிக்க", "related"),
        ("Taip pat skaitykite", "related"), ("Lasi arī", "related"), ("Loe ka", "related"), ("Čítajte aj", "related"), ("Pročitajte još", "related"),
        ("Llegeix també", "related"), ("הנקראות ביותר", "hot"), ("پربازدیدترین", "hot"), ("ยอดนิยม", "hot"), ("সর্বাধিক পঠিত", "hot"),
    ],
)  # fmt: skip
def test_heads_over_other_stories_are_known(line: str, kind: str) -> None:
    assert head(line) == kind


@pytest.mark.parametrize(
    "name", ["דנה נמל", "مینا بندری", "มานะ ท่าเรือ", "মিতা বন্দর", "கலா துறை", "أحمد المرفأ", "ნინო ნავსადგური", "मीरा बंदर"]
)
def test_a_name_in_a_script_without_capitals_is_read_from_a_byline(name: str) -> None:
    page = f"<html><head><title>{name} 7</title></head><body><article><h1>108 {name}</h1><span class='author'>{name}</span><p>1.</p></article></body></html>"
    settled = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))
    assert settled.values("byline") == (name,)


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_a_language_names_all_months_and_what_another_means_by_one_is_its_own_there(language: str) -> None:
    months = phrases._table(language).get("month", ())
    assert len(months) in {0, 12, 24}
    for number, written in enumerate(months, start=1):
        for name in written.split("|"):
            assert phrases.months(language)[fold(name).rstrip(".")] == number
            assert phrases.months().get(fold(name).rstrip("."), number) == number


@pytest.mark.parametrize(
    "body",
    [
        "Ministerstvo dopravy",
        "Quay Harbour Council",
        "Uniwersytet Morski",
        "Deutscher Hafenverband",
        "Министерство портов",
        "Ulaştırma Bakanlığı",
    ],
)
def test_a_ministry_a_council_and_a_university_are_no_persons(body: str) -> None:
    assert names.split(body) == ()


@pytest.mark.parametrize(
    "tag",
    [
        "Bez kategorii",
        "Без рубрики",
        "미분류",
        "Uncategorised",
        "Voir plus",
        "ニュース一覧へ",
        "Show more topics",
        "查看更多",
    ],
)
def test_what_a_content_system_or_a_button_puts_among_the_tags_is_none(tag: str) -> None:
    page = f"<html><head><meta property='article:tag' content='harbour'><meta property='article:tag' content='{tag}'></head><body><h1>Night ferry sails</h1></body></html>"
    settled = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))
    assert settled.values("tags") == ("harbour",)


@pytest.mark.parametrize(
    ("opening", "region"),
    [("GANNET POINT", "Gannet Point"), ("URGENT", None), ("EN VIVO", None), ("ESCLUSIVO", None), ("LIVEBLOG", None)],
)
def test_what_kind_of_piece_it_is_stands_where_a_place_would_and_is_none(opening: str, region: str | None) -> None:
    page = f"<html><body><h1>Night ferry sails</h1><p>{opening} — The night ferry sails again from Friday, the council said after its meeting.</p></body></html>"
    settled = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))
    assert settled.value("region") == region


@pytest.mark.parametrize(
    ("line", "source"),
    [("Source: Photo Ada Quill", None), ("Source: Bild am Kai", "Bild am Kai")],
)
def test_the_credit_of_a_picture_is_no_source_but_a_paper_may_be_called_so(line: str, source: str | None) -> None:
    assert next((claim.value for claim in line_claims(line) if claim.field == "source"), None) == source
