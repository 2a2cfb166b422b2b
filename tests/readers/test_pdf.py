"""PDF prints: a browser's with tags and without, other people's PDFs, and what cannot be read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Moment
from generator.readers import pdf
from generator.readers.copies import printed, radicals, sheets, tagged
from tests.readers import prints
from tests.readers.copying import article, capture, found, harmless
from tests.readers.prints import Put, paragraph
from tests.samples import FERRY

# Chromium 156 printed this of tests.samples.Sample, with a subhead and a list behind it: --headless --print-to-pdf
CHROMIUM = (Path(__file__).parent / "data" / "chromium-print.pdf").read_bytes()
URL = "https://www.ledger.example/2022/03/18/night-ferry/"
TEXT = "\n\n".join(FERRY)
TITLE = "Night ferry sails again from Friday"


def firefox(pages: int = 1) -> bytes:
    """What Firefox prints: the title and the address above, the number of the page and the moment below; no tags."""
    made = []
    for page in range(pages):
        sheet = [Put(TITLE, 820, 30, 8), Put(URL, 820, 360, 8)]
        sheet += [Put(TITLE, 770, size=22)] if page == 0 else []
        for number, words in enumerate(FERRY[page::pages]):
            sheet += paragraph(words, 730 - 90 * number)
        made.append([*sheet, Put(f"{page + 1} of {pages}", 20, 30, 8), Put("20/03/2022, 17:05", 20, 500, 8)])
    return prints.pdf(
        made, {"Title": TITLE, "Producer": "Mozilla Firefox 128", "CreationDate": "D:20220320170512+01'00'"}
    )


def test_a_print_of_chromiums_is_the_page_again():
    one = capture(pdf, CHROMIUM, "a.pdf")
    assert one.url == URL.replace("https", "http")
    assert one.captured == Moment.parse("2026-11-23T05:07:46+00:00")
    read = extract(one).article
    assert read is not None
    assert (read.headline, read.byline, read.publisher, read.language) == (TITLE, ("Jane Roe",), "The Ledger", "en")
    assert read.body == (
        f"{TEXT}\n\n## What comes next\n\nThe [council](https://www.ledger.example/council) will meet again in April to count the "
        "passengers.\n\n- One more boat on Sundays\n- A shelter at the pier"
    )


def test_without_its_tags_a_print_is_read_by_its_places(monkeypatch):
    monkeypatch.setattr(tagged, "MIN_TAGGED", 2.0)
    one = capture(pdf, CHROMIUM, "a.pdf")
    assert b"<h1>Night ferry sails again from Friday</h1>" in one.body
    assert b"<h2>What comes next</h2>" in one.body
    assert b"11/23/26" not in one.body
    read = extract(one).article
    assert read is not None
    assert read.body.startswith(TEXT)
    assert "The [council](https://www.ledger.example/council) will meet" in read.body


def test_a_print_of_firefoxes_loses_its_edges_and_keeps_its_text():
    one = capture(pdf, firefox(2), "a.pdf")
    assert (one.url, one.captured) == (URL, Moment.parse("2022-03-20T17:05:12+01:00"))
    read = extract(one).article
    assert read is not None
    assert read.headline == TITLE
    assert sorted(read.body.split("\n\n")) == sorted(FERRY)


def test_a_paragraph_that_runs_over_the_page_is_one():
    lines = paragraph(FERRY[0], 100)
    raw = prints.pdf(
        [
            [Put(TITLE, 700, size=22), *paragraph(FERRY[1], 600), *lines[:1]],
            [*[Put(one.words, 780 - 13 * n) for n, one in enumerate(lines[1:])], *paragraph(FERRY[2], 600)],
        ]
    )
    assert FERRY[0] in article(pdf, raw, "a.pdf").body


@pytest.mark.parametrize(
    ("one", "two", "joined"),
    [
        ("the old", "harbour", "the old harbour"),
        ("a well-", "known boat", "a well-known boat"),
        ("the har\u2010", "bour", "the harbour"),
        ("横跨河湾的", "老桥", "横跨河湾的老桥"),
        ("桥面加宽", "1.2米", "桥面加宽 1.2米"),
        ("", "x", "x"),
    ],
)
def test_lines_of_a_paragraph_are_joined(one, two, joined):
    assert printed.joined(one, two) == joined


def test_signs_that_only_look_like_letters_are_the_letters():
    assert radicals.plain("⽼桥⻔⼾⺠ ﬁrst \u00adword") == "老桥门户民 first word"


def test_the_creation_of_another_pdf_is_no_moment_of_saving():
    about = {
        "Title": "Press release",
        "Author": "Jane Roe",
        "Producer": "LibreOffice 7.4",
        "CreationDate": "D:20220318060000Z",
    }
    raw = prints.pdf([[Put(TITLE, 770, size=22), *paragraph(TEXT, 730)]], about)
    one = capture(pdf, raw, "a.pdf")
    assert (one.url, one.captured) == (None, None)
    assert {claim.basis: claim.confidence < 0.5 for claim in one.claims} == {
        "pdf:Author": True,
        "pdf:CreationDate": True,
    }


def test_an_address_that_was_cut_short_is_not_believed():
    raw = prints.pdf(
        [
            [
                Put("https://www.ledger.example/2022/03/18/nig...", 820, 300, 8),
                Put(TITLE, 770, size=22),
                *paragraph(TEXT, 730),
            ]
        ]
    )
    assert capture(pdf, raw, "a.pdf").url is None


# ---- what cannot be read ------------------------------------------------------------------------------------------------


def remark(raw: bytes) -> Finding:
    (one,) = found(pdf, raw, "a.pdf")
    assert isinstance(one, Finding)
    return one


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    said = remark(CHROMIUM)
    assert (said.code, said.where) == ("extra-missing", "a.pdf")
    assert "pip install 'backfile[pdf]'" in said.message


def test_a_pypdf_that_bounds_nothing_is_none(monkeypatch):
    monkeypatch.delattr("pypdf.apply_configuration")
    assert remark(CHROMIUM).code == "extra-missing"


def test_pypdf_is_not_loaded_before_a_pdf_is_read():
    code = "import sys; import generator.readers; sys.exit('pypdf' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_password_that_is_empty_opens_and_another_is_asked_for():
    raw = prints.pdf([[Put(TITLE, 770, size=22), *paragraph(TEXT, 730)]])
    assert FERRY[0] in article(pdf, prints.encrypted(raw, ""), "a.pdf").body
    said = remark(prints.encrypted(raw, "secret"))
    assert said.code == "encrypted"


def test_a_scan_is_said_to_hold_no_text():
    said = remark(prints.pdf([[Put("1", 20, 300, 8)], []]))
    assert said.code == "no-body"
    assert "recognised" in said.message


def test_pages_beyond_the_limit_are_left_and_said_to_be(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_PAGES", 2)
    *remarks, one = found(pdf, firefox(4), "a.pdf")
    assert isinstance(one, Capture)
    assert [str(said) for said in remarks] == [
        "a.pdf: warning: it has 4 pages; those after page 2 were left [archive-damaged]"
    ]


def test_a_page_that_holds_too_much_is_left(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_OPERATIONS", 60)  # of all pages together
    got = found(pdf, firefox(4), "a.pdf")
    assert any(isinstance(one, Finding) and "more than is read" in one.message for one in got)


@pytest.mark.parametrize(("part", "pages"), [(0.0, 0), (0.25, 1), (0.5, 2), (0.75, 4)])
def test_of_a_print_that_is_cut_short_the_pages_that_are_left_are_read(part, pages):
    whole = firefox(4)
    got = found(pdf, whole[: max(9, int(len(whole) * part))], "a.pdf")
    assert isinstance(got[0], Finding)
    bodies = [one.body.decode() for one in got if isinstance(one, Capture)]
    assert sum(words[:40] in "".join(bodies) for words in FERRY) >= pages - 1
    assert got[0].code == ("archive-damaged" if pages else "file-unreadable")


@pytest.mark.parametrize("part", [0.1, 0.25, 0.5, 0.75, 0.95])
def test_what_lost_its_fonts_is_not_taken_for_text(part):
    for one in found(pdf, CHROMIUM[: int(len(CHROMIUM) * part)], "a.pdf"):
        assert isinstance(one, Finding) or "\ufffd" not in one.body.decode()  # type: ignore[union-attr]


LOOPS = {
    "a page that is its own parent": (b"/Parent 2 0 R", b"/Parent 5 0 R"),
    "a tree that holds itself": (b"/Kids [5 0 R", b"/Kids [2 0 R"),
    "contents that are the page": (b"/Contents 6 0 R", b"/Contents 5 0 R"),
    "a length that is not": (b"/Length ", b"/Length 99999999"),
    "a count that is not": (b"/Count 1", b"/Count 999999999"),
    "a font that is the page": (b"/F1 3 0 R", b"/F1 5 0 R"),
    "a sheet without a size": (b"[0 0 595 842]", b"[0 0 0 0]"),
    "a size that is no number": (b"[0 0 595 842]", b"[(a) (b) (c)]"),
    "a stream that refers to itself": (b"/Length ", b"/Length 6 0 R %"),
    "a start that points nowhere": (b"startxref\n", b"startxref\n9999999"),
    "a start that points to itself": (b"/Root 1 0 R", b"/Root 1 0 R /Prev 15"),
    "no root": (b"/Root 1 0 R", b"/Roof 1 0 R"),
}


@pytest.mark.parametrize(("old", "new"), LOOPS.values(), ids=LOOPS.keys())
def test_a_file_that_means_harm_comes_to_an_end(old, new):
    assert harmless(pdf, firefox().replace(old, new), "a.pdf")


def test_a_stream_that_unpacks_without_end_is_left():
    import zlib

    bomb = zlib.compress(b"BT (x) Tj ET " * 6_000_000)
    raw = firefox()
    start, end = raw.index(b"<< /Length"), raw.index(b"endstream")
    harmless(
        pdf,
        raw[:start] + b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(bomb) + bomb + b"\n" + raw[end:],
        "a.pdf",
    )


def test_reading_the_file_over_and_over_comes_to_an_end():
    counted = sheets._Counted(b"x" * 100_000)
    with pytest.raises(sheets._Enough):
        [counted.read() for _ in range(sheets.READ_TIMES + 2) if counted.seek(0) == 0]


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_anywhere_gives_captures_or_remarks(data):
    raw = bytearray(firefox())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 12))] = data.draw(
            st.sampled_from(
                [b"", b"<<", b">>", b"5 0 R", b"[", b"(", b"99999", b"/K", b"endobj", b"\x00", b"BDC", b"Tj", b"nan"]
            )
        )
    assert harmless(pdf, bytes(raw), "a.pdf")


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_bytes_give_remarks(data):
    assert harmless(pdf, b"%PDF-1.4\n" + data, "a.pdf")


def test_only_a_pdf_is_taken():
    assert pdf.accepts(b"%PDF-1.7\n", "a")
    assert not pdf.accepts(b"<html>%PDF-1.7</html>", "a.pdf")
    assert not pdf.accepts(b"", "a.pdf")


# ---- a real browser -----------------------------------------------------------------------------------------------------

CHINESE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>老桥重开 - 河湾日报</title><body><h1>老桥修缮完工 本周六恢复通行</h1>
<p>来源：河湾日报　2024-05-12 08:30</p><p>{}</p><p>{}</p></body></html>"""
HAN = (
    "经过十四个月的施工，横跨河湾的老桥将于本周六上午恢复通行，市政部门表示桥面加宽了1.2米，两侧新设了自行车道和行人护栏，夜间照明也全部更换。",
    "施工方介绍，桥墩采用了原石料，共更换木桩40根。“我们尽量保留原来的样子。”项目负责人说，门面和民居都没有动。",
)


@pytest.mark.browser
def test_chinese_is_read_as_it_is_written(chromium, tmp_path):
    source = tmp_path / "a.html"
    source.write_text(CHINESE.format(*HAN), "utf-8")
    page = chromium.new_page()
    page.goto(source.as_uri())
    read = article(pdf, page.pdf(), "a.pdf")
    page.close()
    assert (read.headline, read.source, str(read.published)) == (
        "老桥修缮完工 本周六恢复通行",
        "河湾日报",
        "2024-05-12T08:30",
    )
    assert read.body == "\n\n".join(HAN)
