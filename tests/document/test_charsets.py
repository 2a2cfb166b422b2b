"""Every charset in which news has been written: stated, missing, wrongly stated, mixed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import document
from generator.document import Document, _decode, _mixed
from generator.model import Capture, Origin

SIMPLIFIED = "港口将在月底前重新开放，工程师说损坏比预期小，渔民表示欢迎。昨天下午，市政府宣布，轮渡将恢复运行。"
TRADITIONAL = "港口將在月底前重新開放，工程師說損壞比預期小，漁民表示歡迎。昨天下午，市政府宣布，輪渡將恢復運行。"
JAPANESE = "港は今月末までに再開されると、技術者が火曜日に述べた。漁師たちは歓迎している。"
KOREAN = "항구는 이달 말까지 다시 열릴 것이라고 기술자들이 화요일 말했다. 어부들은 환영했다."
RUSSIAN = "Порт откроется до конца месяца, сказали инженеры во вторник вечером."
UKRAINIAN = "Порт відкриється до кінця місяця, сказали інженери у вівторок. Їжак є."
CZECH = "Přístav bude znovu otevřen do konce měsíce, řekli inženýři. Žluťoučký kůň."
GERMAN = "Der Hafen öffnet für Schiffe – übermorgen früh, „sagt“ der Käptn."
GREEK = "Το λιμάνι θα ανοίξει ξανά πριν από το τέλος του μήνα, είπαν οι μηχανικοί."
TURKISH = "Liman ay sonundan önce yeniden açılacak, dedi mühendisler. Şöyle ığdır."
HEBREW = "הנמל ייפתח מחדש לפני סוף החודש, אמרו המהנדסים ביום שלישי בערב."
ARABIC = "سيعاد فتح الميناء قبل نهاية الشهر، كما قال المهندسون يوم الثلاثاء."
LITHUANIAN = "Uostas vėl bus atidarytas iki mėnesio pabaigos, sakė inžinieriai. Šįmet žuvų."
THAI = "ท่าเรือจะเปิดอีกครั้งก่อนสิ้นเดือน วิศวกรกล่าวเมื่อวันอังคาร"

# the codec that wrote the text, and what pages of the time stated
TEXTS = [
    (SIMPLIFIED, "gb2312", "gb2312"), (SIMPLIFIED, "gbk", "GBK"), (SIMPLIFIED, "gb18030", "gb18030"), (SIMPLIFIED, "utf-8", "utf8"),
    (SIMPLIFIED, "hz", "hz-gb-2312"),
    (TRADITIONAL, "big5", "big5"), (TRADITIONAL, "big5hkscs", "big5-hkscs"),
    (JAPANESE, "cp932", "Shift_JIS"), (JAPANESE, "cp932", "x-sjis"), (JAPANESE, "euc_jp", "EUC-JP"), (JAPANESE, "iso2022_jp", "iso-2022-jp"),
    (KOREAN, "iso2022_kr", "iso-2022-kr"), (KOREAN, "cp949", "euc-kr"), (KOREAN, "cp949", "ks_c_5601-1987"),
    (RUSSIAN, "cp1251", "windows-1251"), (RUSSIAN, "koi8-r", "koi8-r"), (UKRAINIAN, "koi8-u", "koi8-u"), (RUSSIAN, "iso8859-5", "iso-8859-5"),
    (CZECH, "cp1250", "windows-1250"), (CZECH, "iso8859-2", "iso-8859-2"), (GERMAN, "cp1252", "iso-8859-1"), (GREEK, "cp1253", "windows-1253"),
    (TURKISH, "cp1254", "iso-8859-9"), (HEBREW, "cp1255", "windows-1255"), (ARABIC, "cp1256", "windows-1256"),
    (LITHUANIAN, "cp1257", "windows-1257"), (THAI, "cp874", "tis-620"),
]  # fmt: skip
NAMES = [f"{codec}-{label}" for _, codec, label in TEXTS]


def page(*runs: bytes, charset: str = "", html: str = "") -> bytes:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return (
        f"<html {html}><head>{meta}<title>x</title></head><body>".encode()
        + b"".join(b"<p>" + run + b"</p>" for run in runs)
        + b"</body></html>"
    )


def windows(byte: int) -> str:
    """What browsers make of a byte in windows-1252: holes are controls."""
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


def read(raw: bytes, stated: str | None = None) -> Document:
    return document.read(Capture(raw, Origin("a.html", "0" * 64), charset=stated))


def codes(found: Document) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(("text", "codec", "label"), TEXTS, ids=NAMES)
def test_a_charset_that_the_page_states_is_read(text: str, codec: str, label: str) -> None:
    found = read(page(*[text.encode(codec)] * 3, charset=label))
    assert found.lines == (text,) * 3
    assert codes(found) == []


@pytest.mark.parametrize(("text", "codec", "label"), TEXTS, ids=NAMES)
def test_a_charset_that_the_container_states_is_read(text: str, codec: str, label: str) -> None:
    assert read(page(text.encode(codec)), stated=label).lines == (text,)


@pytest.mark.parametrize(("text", "codec", "label"), TEXTS, ids=NAMES)
def test_a_charset_that_nothing_states_is_found(text: str, codec: str, label: str) -> None:
    assert read(page(*[text.encode(codec)] * 5)).lines == (text,) * 5


@pytest.mark.parametrize(("text", "codec", "label"), TEXTS, ids=NAMES)
def test_a_page_that_wrongly_says_it_is_in_utf_8_is_read_and_remarked(text: str, codec: str, label: str) -> None:
    found = read(page(*[text.encode(codec)] * 5, charset="utf-8"))
    assert found.lines == (text,) * 5
    assert codes(found) == ([] if codec == "utf-8" else ["charset-mended"])


@pytest.mark.parametrize(
    ("text", "codec", "stated"),
    [
        (SIMPLIFIED, "utf-8", "gb2312"),
        (SIMPLIFIED, "gbk", "big5"),
        (SIMPLIFIED, "gbk", "iso-8859-1"),
        (SIMPLIFIED, "gbk", "us-ascii"),
        (TRADITIONAL, "big5", "gb2312"),
        (JAPANESE, "euc_jp", "shift_jis"),
        (JAPANESE, "cp932", "euc-jp"),
        (JAPANESE, "iso2022_jp", "shift_jis"),
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (GERMAN, "utf-8", "windows-1252"),
    ],
)
def test_a_charset_that_is_wrongly_stated_is_mended_and_remarked(text: str, codec: str, stated: str) -> None:
    found = read(page(*[text.encode(codec)] * 5, charset=stated))
    assert found.lines == (text,) * 5
    assert codes(found) == ["charset-mended"]


@pytest.mark.parametrize(
    ("stated", "runs"),
    [
        ("utf-8", ((SIMPLIFIED, "utf-8"),) * 5 + (("页脚的广告", "gbk"),)),
        ("gb2312", ((SIMPLIFIED, "utf-8"),) * 5 + (("页脚的广告", "gbk"),)),
        ("gb2312", ((SIMPLIFIED, "gbk"),) * 5 + (("页脚的广告和链接", "utf-8"),)),
        ("utf-8", ((SIMPLIFIED, "utf-8"), (SIMPLIFIED, "gbk"))),
        ("utf-8", ((TRADITIONAL, "utf-8"),) * 3 + ((TRADITIONAL, "big5"),)),
        ("utf-8", ((JAPANESE, "utf-8"),) * 3 + ((JAPANESE, "cp932"),)),
        ("utf-8", ((KOREAN, "utf-8"),) * 3 + ((KOREAN, "cp949"),)),
        ("utf-8", ((GERMAN, "utf-8"),) * 3 + ((GERMAN, "cp1252"),)),
    ],
)
def test_a_run_of_text_in_another_charset_than_the_page_is_read_in_its_own(
    stated: str, runs: tuple[tuple[str, str], ...]
) -> None:
    found = read(page(*(text.encode(codec) for text, codec in runs), charset=stated))
    assert found.lines == tuple(text for text, _ in runs)
    assert "charset-replaced" not in codes(found)


def test_a_byte_that_could_be_anything_is_replaced_and_remarked() -> None:
    found = read(page(GERMAN.encode(), b"one \xff stray \xc3 byte", charset="utf-8"))
    assert found.lines == (GERMAN, "one \ufffd stray \ufffd byte")
    assert codes(found) == ["charset-replaced"]


@pytest.mark.parametrize("through", ["latin-1", "cp1252"])
@pytest.mark.parametrize(
    "text", [SIMPLIFIED.replace("，", "、"), "Der Hafen öffnet für Schiffe, übermorgen früh, für größere Kähne; " * 4]
)
def test_a_text_that_was_encoded_twice_is_decoded_twice(text: str, through: str) -> None:
    raw = text.encode()
    misread = raw.decode("latin-1") if through == "latin-1" else "".join(map(windows, raw))
    twice = misread.encode()
    found = read(page(*[twice] * 4, charset="utf-8"))
    assert found.lines == (" ".join(text.split()),) * 4
    assert codes(found) == ["charset-mended"]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8", "cp932", "cp1251"])
def test_nul_in_any_charset_is_dropped(codec: str) -> None:
    text = {"cp932": JAPANESE, "cp1251": RUSSIAN}.get(codec, SIMPLIFIED)
    raw = b"\x00".join(text[at : at + 5].encode(codec) for at in range(0, len(text), 5))
    assert read(page(*[raw] * 3, charset=codec)).lines == (text,) * 3


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("stated", ["", "gb2312", "utf-16"])
def test_a_mark_at_the_beginning_or_nul_in_every_other_place_says_more_than_any_statement(
    codec: str, stated: str
) -> None:
    raw = f"<!doctype html>\n{page(SIMPLIFIED.encode(), charset=stated, html='lang=zh-CN').decode()}".encode(codec)
    assert read(raw, stated="iso-8859-1").lines == (SIMPLIFIED,)


def test_signs_outside_the_first_plane_and_of_hong_kong_are_read() -> None:
    assert read(page("𠮷野家㐂".encode("gb18030"), SIMPLIFIED.encode("gbk"), charset="gb2312")).lines[0] == "𠮷野家㐂"
    assert (
        read(page("佢哋話咗嘅".encode("big5hkscs"), TRADITIONAL.encode("big5"), charset="big5")).lines[0]
        == "佢哋話咗嘅"
    )


def test_a_quote_that_was_never_closed_does_not_swallow_the_page() -> None:
    raw = b'<!-- -->\n<meta http-equiv="Content-Type" content="text/html; charset=utf\n<title>Quay</title><body><p>The quay is open.</p>'
    assert read(raw).lines == ("The quay is open.",)


@pytest.mark.parametrize("label", ["utf-7", "hex", "idna", "rot13", "no-such-charset", "\u202e", "", "x" * 5_000])
def test_a_charset_that_is_none_is_not_believed(label: str) -> None:
    assert read(page(GERMAN.encode()), stated=label).lines == (GERMAN,)


@pytest.mark.parametrize("stated", ["utf-8", "gb2312"])
def test_a_long_run_without_a_break_is_read_in_one_go(stated: str) -> None:
    script = b"<script>" + b"x=1;" * 400_000 + b"</script>"
    found = read(page(script, *[GERMAN.encode()] * 9, b"one \xff byte", charset=stated))
    assert GERMAN in found.lines


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_any_text_in_utf_8_comes_back_as_it_is(text: str) -> None:
    assert _decode.decode(text.encode(), "utf-8").text == text.removeprefix("\ufeff") or _mixed.is_twice(text.encode())


@given(st.binary(max_size=400), st.sampled_from(["utf-8", "gb18030", "big5", "euc-jp", "iso-2022-jp", "cp1252", None]))
def test_no_bytes_raise_in_any_charset(raw: bytes, stated: str | None) -> None:
    found = _decode.decode(raw, stated)
    assert "\x00" not in found.text
    _mixed.from_utf8(raw)
    _mixed.from_wide(raw, "gb18030")


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r", "iso8859-5", "cp866"])
def test_a_russian_page_that_states_no_charset_is_read_in_the_one_that_it_is_in(codec: str) -> None:
    assert read(page(*[RUSSIAN.encode(codec)] * 3, html="lang=ru")).lines == (RUSSIAN,) * 3


@pytest.mark.parametrize(
    ("text", "codec", "lang"),
    [(UKRAINIAN, "cp1251", "uk"), (UKRAINIAN, "koi8-u", "uk"), (CZECH, "cp1250", "cs"), (CZECH, "iso8859-2", "cs")],
)
def test_the_pages_language_alone_does_not_decide_on_its_charset(text: str, codec: str, lang: str) -> None:
    assert read(page(*[text.encode(codec)] * 3, html=f"lang={lang}")).lines == (text,) * 3


@pytest.mark.parametrize("halves", ["&#55357;&#56994;", "&#xD83D;&#xDEA2;", "&#xd83d;&#56994;"])
def test_a_character_written_as_its_two_halves_is_one(halves: str) -> None:
    assert read(page(f"The ship {halves} sails.".encode())).lines == ("The ship 🚢 sails.",)
    assert "56994" not in read(page(b"&#55000;&#56994;")).lines[0]


@pytest.mark.parametrize(("text", "codec"), [(SIMPLIFIED, "gbk"), (TRADITIONAL, "big5")])
def test_a_chinese_page_that_states_no_charset_is_read_in_the_one_that_it_is_in(text: str, codec: str) -> None:
    assert read(page(*[text.encode(codec)] * 3, html="lang=zh-Hant")).lines == (text,) * 3
