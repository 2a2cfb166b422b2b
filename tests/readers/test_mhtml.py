"""Pages saved as one MIME message: which part is the page, where it stood, when it was saved, which pictures are its."""

from __future__ import annotations

import base64
import io
import quopri
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Moment, Origin
from generator.readers import _mime, mhtml
from generator.readers.found import alone
from tests.samples import Sample

# as Chromium 156 wrote it, of a page in GBK with two pictures, a style and a frame that a local server gave it
CHROMIUM = (Path(__file__).parent / "data" / "chromium.mhtml").read_bytes()
PAGE = Sample().html.encode()
URL = "https://www.ledger.example/2022/03/18/night-ferry/"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + zlib.compress(b"quay" * 40) + b"IEND\xaeB`\x82"
TOP = {"MIME-Version": "1.0", "Content-Type": 'multipart/related; type="text/html"; boundary="=_b"'}


def part(body=PAGE, kind="text/html; charset=utf-8", **fields):
    """One part: headers by name, `_` for `-`, and the body as it stands in the file."""
    names = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in names.items() if value)
    return head.encode() + b"\r\n" + body


def picture(**fields):
    return part(base64.encodebytes(PNG), "image/png", Content_Transfer_Encoding="base64", **fields)


def saved(*parts, close=True, boundary="=_b", **fields):
    """A whole file of these parts."""
    names = TOP | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in names.items()).encode()
    inner = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    return head + b"\r\n" + inner + (b"--" + boundary.encode() + b"--\r\n" if close else b"")


def read(raw, member=""):
    return list(mhtml.read(io.BytesIO(raw), Origin("night.mhtml", "0" * 64, member), alone))


def only(raw):
    """The one capture of a file that there is nothing to say about."""
    (capture,) = read(raw)
    assert isinstance(capture, Capture)
    return capture


def codes(raw):
    return [one.code for one in read(raw) if isinstance(one, Finding)]


def names(capture):
    return [one.name for one in capture.parts]


def test_what_chromium_saves_gives_the_page_its_address_its_moment_and_its_pictures():
    capture = only(CHROMIUM)
    assert capture.url == "http://tide.example/2023/06/ferry.html#top"
    assert str(capture.captured) == "2026-11-23T04:06:23+00:00"
    assert names(capture) == ["http://tide.example/2023/06/slip.png", "ramp.png"]
    assert {one.media_type for one in capture.parts} == {"image/png"}
    assert {one.file for one in capture.parts} == {""}
    article = extract(capture).article
    assert article is not None
    assert article.headline == "夜间渡轮周五复航"
    assert article.url == "http://tide.example/2023/06/ferry.html"
    assert "四十根" in article.body
    assert "订阅" not in article.body  # a frame is not the page


@pytest.mark.parametrize("name", ["a.mhtml", "a.MHT", "a.html", "a.txt", "a", "a.eml"])
def test_what_chromium_saves_is_known_by_its_bytes(name):
    assert mhtml.accepts(CHROMIUM[:4096], name)


@pytest.mark.parametrize(
    ("head", "name", "taken"),
    [
        (PAGE, "a.mht", False),
        (b"", "a.mht", False),
        (b"Night ferry: sails again\n\nWords of the story.", "a.txt", False),
        (b"Date: 18 March 2022\nFrom: the harbour\n\nWords.", "a.txt", False),
        (b"From: <Saved by WebKit>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "a.txt", True),
        (b"Content-Type: multipart/related; boundary=b\nContent-Location: http://x.example/\n\n", "a", True),
        (b"\xef\xbb\xbf\r\n\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "a", True),
        (b"------=_NextPart_0\r\nContent-Type: text/html\r\n\r\n<p>", "a.mht", True),
        (b"------=_NextPart_0\r\nContent-Type: text/html\r\n\r\n<p>", "a.txt", False),
        (b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n<p>", "a", False),
        (b"Received: by x\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a", False),
        (b"Received: by x\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a.mht", True),
        (b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/related\n\n", "a.eml", False),
        ("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>".encode("utf-16"), "a.mht", True),
    ],
)
def test_a_saved_page_is_told_from_markup_text_and_sent_mail(head, name, taken):
    assert mhtml.accepts(head, name) is taken


def test_each_way_of_writing_bytes_down_gives_the_same_page():
    ways = {
        "quoted-printable": quopri.encodestring(PAGE),
        "BASE64 ": base64.encodebytes(PAGE),
        "8bit": PAGE,
        "binary": PAGE,
        "": PAGE,
    }
    for way, body in ways.items():
        assert only(saved(part(body, Content_Transfer_Encoding=way))).body.rstrip() == PAGE.rstrip()


def test_a_page_that_is_stated_as_encoded_and_is_not_is_taken_as_it_is():
    assert only(saved(part(Content_Transfer_Encoding="quoted-printable"))).body == PAGE


def test_soft_line_breaks_may_have_blanks_behind_them_and_any_line_end():
    body = b'<p title=3D"quay">The night fer= \r\nry sails.</p></html>'
    for raw in (saved(part(body, Content_Transfer_Encoding="quoted-printable")),):
        for newline in (b"\r\n", b"\n", b"\r", b"\r\r\n"):
            assert b'<p title="quay">The night ferry sails.</p>' in only(raw.replace(b"\r\n", newline)).body


@pytest.mark.parametrize("newline", [b"\n", b"\r", b"\r\r\n"])
@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n\n \r\n"])
def test_line_ends_and_blank_lines_above_change_nothing(newline, before):
    raw = before + saved(part(b"<html><p>words</p></html>", Content_Location=URL), picture(Content_ID="<a>")).replace(
        b"\r\n", newline
    )
    capture = only(raw)
    assert (capture.body, capture.url) == (b"<html><p>words</p></html>", URL)


def test_a_file_that_an_editor_saved_as_utf_16_is_read():
    assert only(saved(part(Content_Location=URL)).decode().encode("utf-16")).body == PAGE


def test_a_missing_closing_boundary_is_no_fault_where_the_page_is_whole():
    assert only(saved(part(), close=False)).body.strip() == PAGE.strip()
    assert only(saved(part(), picture(Content_Location="a.png"), close=False)).body == PAGE


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_file_cut_at_a_quarter_gives_what_is_there_and_says_that_it_is_cut(quarter):
    raw = CHROMIUM[: len(CHROMIUM) * quarter // 4]
    captures = [one for one in read(raw) if isinstance(one, Capture)]
    assert codes(raw) == ["archive-damaged"]
    assert len(captures) == 1
    assert "停航".encode("gbk") in captures[0].body


def test_the_place_of_a_cut_is_named():
    whole = saved(part(), picture(Content_Location="a.png"))
    (finding,) = [one for one in read(whole[:-80], member="zip/a") if isinstance(one, Finding)]
    assert finding.where == "night.mhtml#zip/a"
    assert finding.message.startswith("the file ends inside part 2 (image/png, from byte ")
    stump = saved(part(), close=False) + b"--="
    assert [one.message[:29] for one in read(stump) if isinstance(one, Finding)] == ["the file ends behind part 1 ("]


def test_a_cut_picture_in_base64_keeps_its_beginning():
    body = base64.b64encode(PNG)[:-7]
    page = part(b'<html><img src="a.png"></html>', Content_Location="http://x.example/")
    raw = saved(
        page, part(body, "image/png", Content_Transfer_Encoding="base64", Content_Location="http://x.example/a.png")
    )
    assert only(raw).parts[0].body == PNG[:-6]


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ('boundary="=_b"', "=_b"),
        ("boundary=--b--", "--b--"),
        ('boundary="one two"', "one two"),
        ('BOUNDARY = "=_b"', "=_b"),
        ('boundary="=_b', "=_b"),
        ("boundary*0=one;\r\n boundary*1=two", "onetwo"),
        ("", "=_b"),
        ("boundary=another", "=_b"),
    ],
)
def test_a_boundary_is_read_as_it_is_meant_and_guessed_where_it_is_not_stated(stated, written):
    raw = saved(part(), picture(), boundary=written, Content_Type=f"multipart/related;\r\n\t{stated}")
    assert only(raw).body == PAGE


def test_a_boundary_that_begins_like_another_is_another():
    inner = b'Content-Type: multipart/alternative; boundary="=_b1"\r\n\r\n--=_b1\r\n' + part() + b"\r\n--=_b1--\r\n"
    raw = saved(part(b"words", "text/plain"), inner, picture(Content_Location="x"))
    assert only(raw).body == PAGE


def test_parts_behind_a_boundary_that_closes_too_early_are_read():
    early = saved(part(b"words", "text/plain")) + saved(part())[saved(part()).index(b"\r\n\r\n") + 2 :]
    assert only(early).body == PAGE


def test_an_old_message_that_is_nothing_but_the_page():
    raw = b'From: <Saved by Microsoft Internet Explorer 5>\r\nContent-Type: text/html;\r\n\tcharset="gb2312"\r\n'
    raw += (
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: http://tide.example/a.htm\r\n\r\n"
        + quopri.encodestring(PAGE)
    )
    capture = only(raw)
    assert (capture.body, capture.url, capture.charset) == (PAGE, "http://tide.example/a.htm", "gb2312")


def test_headers_that_were_lost_above_the_first_boundary_are_not_missed():
    raw = saved(part(Content_Location=URL))
    assert only(raw[raw.index(b"--=_b") :]).url == URL


def test_the_part_that_start_names_is_the_page():
    raw = saved(
        part(b"<p>a frame</p>", Content_ID="<op.1@x>"),
        part(Content_ID="<op.2@x>"),
        Content_Type="multipart/related; start=<op.2@x>; boundary==_b",
    )
    assert only(raw).body == PAGE


def test_the_part_at_the_address_of_the_whole_is_the_page():
    frame = part(b"<p>an advertisement</p>", Content_Location="https://ads.example/")
    assert only(saved(frame, part(Content_Location=URL), Snapshot_Content_Location=URL)).body == PAGE
    assert only(saved(frame, part(Content_Location=URL), Content_Location=URL)).body == PAGE
    assert only(saved(picture(), part(Content_Location=URL))).body == PAGE


def test_a_page_without_a_media_type_or_with_a_sloppy_one_is_known_by_its_bytes():
    assert only(saved(part(kind=""))).body == PAGE
    assert only(saved(part(kind='text/html charset="koi8-r"'))).charset == "koi8-r"
    assert only(saved(part(kind="application/xhtml+xml"))).media_type == "text/html"
    assert only(saved(part(b"Words of the story.", "text/plain"))).media_type == "text/plain"


@pytest.mark.parametrize(
    ("whole", "own", "url"),
    [
        (URL, "https://other.example/", URL),
        ("", URL, URL),
        ("file:///C:/pages/a.htm", URL, URL),
        ("file:///C:/pages/a.htm", "file:///C:/pages/a.htm", None),
        ("javascript:alert(1)", "javascript:alert(1)", None),
        ("", "cid:frame-1@mhtml.blink", None),
        ("http://[", "", None),
        ("https://tide.example/search?a=1&copy=2&lt=3", "", "https://tide.example/search?a=1&copy=2&lt=3"),
        ("https://tide.example/a/long/\r\n address", "", "https://tide.example/a/long/address"),
        ("=?utf-8?Q?https://tide.example/=E6=BD=AE?=", "", "https://tide.example/潮"),
    ],
)
def test_the_address_is_that_of_the_web_which_the_file_states(whole, own, url):
    assert only(saved(part(Content_Location=own), Snapshot_Content_Location=whole)).url == url


def test_a_copy_of_a_web_archive_has_the_address_and_the_moment_of_the_copy():
    copied = f"https://web.archive.org/web/20220319081500/{URL}"
    capture = only(
        saved(part(Content_Location=copied), Snapshot_Content_Location=copied, Date="Fri, 2 Feb 2024 10:00:00 GMT")
    )
    assert (capture.url, str(capture.captured)) == (URL, "2022-03-19T08:15:00+00:00")


def test_a_page_that_had_been_saved_before_keeps_the_stamp_in_it():
    stamped = f"<!-- saved from url=(0050){URL} -->\r\n".encode() + PAGE
    assert only(saved(part(stamped, Content_Location="file:///C:/a.htm"))).url == URL


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Tue, 5 Mar 2024 09:30:00 -0000", "2024-03-05T09:30:00+00:00"),
        ("Tue, 5 Mar 2024 09:30:00 GMT", "2024-03-05T09:30:00+00:00"),
        ("Tue, 5 Mar 2024 09:30:00 +0800", "2024-03-05T09:30:00+08:00"),
        ("Tue, 05 Mar 2024\r\n 09:30:00 +0800 (CST)", "2024-03-05T09:30:00+08:00"),
        ("Tue, Mar 05 2024 09:30:00 GMT+0900", "2024-03-05T09:30:00+09:00"),
        ("Tue, 5 Mar 2024 09:30:00", "2024-03-05T09:30:00"),
        ("Thu, 1 Jan 1970 00:00:00 GMT", None),
        ("yesterday", None),
        ("Tue, 99 Mar 99999 99:99:99 +9999", None),
    ],
)
def test_the_moment_of_saving_keeps_its_offset(date, moment):
    assert only(saved(part(), Date=date)).captured == (Moment.parse(moment) if moment else None)


CHINESE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>夜间渡轮复航</p></html>'
)


@pytest.mark.parametrize(
    ("body", "kind", "charset"),
    [
        (CHINESE.encode("gbk"), "text/html", None),
        (CHINESE.encode("gbk"), "text/html; charset=gb2312", "gb2312"),
        (CHINESE.encode("gbk"), "text/html; charset=us-ascii", None),
        (CHINESE.encode("gbk"), "text/html; charset=iso-8859-1", None),
        (CHINESE.encode("big5", "replace"), "text/html; charset=big5", "big5"),
        ("<html><p>caf\xe9</p></html>".encode("cp1252"), "text/html; charset=windows-1252", "windows-1252"),
        (
            '<html><meta charset="utf-8"><p>caf\xe9</p></html>'.encode("cp1252"),
            "text/html; charset=iso-8859-1",
            "iso-8859-1",
        ),
        ("<p>Пароход</p></html>".encode("cp1251"), "text/html; charset=windows-1251", "windows-1251"),
    ],
)
def test_the_part_states_the_charset_unless_it_states_what_those_state_who_do_not_know(body, kind, charset):
    assert only(saved(part(body, kind))).charset == charset


@pytest.mark.parametrize(
    ("named", "fields"),
    [
        ("cid:quay@x", {"Content_ID": "<quay@x>"}),
        ("CID:quay%40x", {"Content_ID": "<quay@x>"}),
        ("http://x.example/2022/a.png", {"Content_Location": "http://x.example/2022/a.png"}),
        ("a.png", {"Content_Location": "http://x.example/2022/a.png"}),
        ("./a.png#top", {"Content_Location": "http://x.example/2022/a.png"}),
        ("/2022/a.png", {"Content_Location": "http://x.example/2022/a.png"}),
        ("//x.example/2022/a.png", {"Content_Location": "http://x.example/2022/a.png"}),
        ("a.png", {"Content_Location": "a.png"}),
        ("a.png?width=300", {"Content_Location": "http://x.example/2022/a.png"}),
        ("a.png", {"Content_Location": "a.png", "Content_Base": "http://x.example/2022/"}),
        ("the quay.png", {"Content_Location": "http://x.example/2022/the%20quay.png"}),
        ("%E6%BD%AE.png", {"Content_Location": "=?utf-8?B?aHR0cDovL3guZXhhbXBsZS8yMDIyL+a9ri5wbmc=?="}),
        ("mhtml:file://C:\\a.mht!http://x.example/b.png", {"Content_Location": "http://x.example/b.png"}),
        ("a.png", {"Content_Disposition": 'inline; filename="a.png"'}),
    ],
)
def test_a_picture_is_found_however_page_and_part_name_it(named, fields):
    page = part(f'<html><img src="{named}"></html>'.encode(), Content_Location="http://x.example/2022/page.htm")
    capture = only(saved(page, picture(**fields)))
    assert [(one.name, one.body, one.file) for one in capture.parts] == [(named, PNG, "")]


def test_a_picture_of_a_page_on_a_disk_is_found():
    page = part(b'<html><img src="page_files\\a.png"></html>', Content_Location="file:///C:\\pages\\page.htm")
    assert names(only(saved(page, picture(Content_Location="file:///C:/pages/page_files/a.png")))) == [
        "page_files\\a.png"
    ]


def test_the_base_in_the_page_counts_before_its_address():
    page = part(
        b'<html><base target=x href="/img/"><img src="a.png"></html>', Content_Location="http://x.example/2022/page.htm"
    )
    assert names(only(saved(page, picture(Content_Location="http://x.example/img/a.png")))) == ["a.png"]


def test_many_pictures_that_did_not_come_along_hide_none_that_did():
    lazy = "".join(f'<img src="https://x.example/{number}.png">' for number in range(300))
    page = part(f'<html>{lazy}<img src="https://x.example/a.png"></html>'.encode())
    assert names(only(saved(page, picture(Content_Location="https://x.example/a.png")))) == ["https://x.example/a.png"]


def test_what_is_no_picture_by_its_bytes_is_left():
    script = part(b"<svg onload=alert(1)></svg>", "image/png", Content_Location="http://x.example/a.png")
    page = part(b'<html><img src="http://x.example/a.png"></html>')
    assert only(saved(page, script)).parts == ()


def test_a_picture_that_is_named_like_a_place_on_the_disk_is_a_name_and_nothing_else():
    page = part(b'<html><img src="../../../../etc/a.png"></html>', Content_Location=URL)
    (held,) = only(saved(page, picture(Content_Location="../../../../etc/a.png"))).parts
    assert (held.name, held.file, held.body) == ("../../../../etc/a.png", "", PNG)


def test_a_page_inside_a_message_inside_a_message_is_found_and_no_deeper():
    inner = saved(part(Content_Location=URL))
    for depth in range(4):
        raw = saved(
            part(inner, "message/rfc822"), boundary=f"b{depth}", Content_Type=f"multipart/mixed; boundary=b{depth}"
        )
        assert (codes(raw) == []) is (depth < 2)
        inner = raw


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (saved(picture()), "1 part (image/png)"),
        (
            saved(picture(), part(b"p{}", "text/css"), part(b" ", "text/html")),
            "3 parts (image/png, text/css, text/html)",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "1 part (multipart/related)"),
    ],
)
def test_a_file_without_a_page_says_what_it_holds(raw, said):
    finding = read(raw)[0]
    assert isinstance(finding, Finding)
    assert (finding.code, finding.message) == ("not-a-page", f"the file holds no HTML part: {said}")


def test_parts_beyond_number_are_left_and_the_page_is_read(monkeypatch):
    monkeypatch.setattr(_mime, "MAX_LEAVES", 50)
    raw = saved(part(), *[part(b"<p>ad</p>") for _ in range(50)])
    assert codes(raw) == ["archive-limit"]
    assert isinstance(read(raw)[0], Capture)


def test_parts_nested_beyond_measure_are_left():
    raw = part()
    for depth in range(1_000):
        mark = f"b{depth}".encode()
        raw = (
            b'Content-Type: multipart/related; boundary="'
            + mark
            + b'"\r\n\r\n--'
            + mark
            + b"\r\n"
            + raw
            + b"\r\n--"
            + mark
            + b"--\r\n"
        )
    assert codes(raw) == ["not-a-page", "archive-limit"]


def test_lines_like_boundaries_beyond_number_end_the_reading(monkeypatch):
    monkeypatch.setattr(_mime, "MAX_FALSE", 50)
    assert codes(saved(part(), part(b"\r\n--=_bx" * 60))) == ["archive-limit"]


GOOD = saved(part(Content_Location=URL), picture(Content_ID="<a@b>"), Date="Tue, 5 Mar 2024 09:30:00 +0800")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_give_captures_or_findings(raw):
    for given_raw in (raw, b"Content-Type: multipart/related; boundary=b\n\n--b\n" + raw):
        mhtml.accepts(given_raw, "a.mht")
        assert all(isinstance(one, Capture | Finding) for one in read(given_raw))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=30))
def test_any_damage_to_a_good_file_gives_captures_or_findings(place, gone, put):
    raw = GOOD[:place] + put + GOOD[place + gone :]
    mhtml.accepts(raw[:4096], "a.mht")
    assert all(isinstance(one, Capture | Finding) for one in read(raw))
    assert all(isinstance(one, Capture | Finding) for one in read(GOOD[:place]))


NAV = part(
    b"<html><body><a href='/'>Home</a> <a href='/sport'>Sport</a></body></html>",
    Content_Location="https://www.ledger.example/nav",
)


@pytest.mark.parametrize("shell", [
    b"<html><head><title>The Ledger</title></head><frameset cols='20,*'><frame src='/nav'><frame src='%s'></frameset></html>",
    b'<html><body><h1>Ledger</h1><iframe width=9 src="%s"></iframe></body></html>',
])  # fmt: skip
@pytest.mark.parametrize("place", [URL, "cid:story@ledger"])
def test_where_a_page_is_nothing_but_frames_the_one_with_the_story_is_the_page(shell, place):
    top = part(shell % place.encode(), Content_Location="https://www.ledger.example/")
    raw = saved(
        top,
        NAV,
        part(Content_Location=URL, Content_ID="<story@ledger>"),
        Snapshot_Content_Location="https://www.ledger.example/",
    )
    found = only(raw)
    assert (found.body, found.url) == (PAGE, URL)


def test_a_frame_takes_no_page_of_its_own_its_place():
    page = PAGE.replace(b"</article>", b"<iframe src='/nav'></iframe></article>")
    assert only(saved(part(page, Content_Location=URL), NAV)).body == page
    shell = b"<frameset><frame src='/nav'><frame src='/elsewhere'></frameset>"
    assert only(saved(part(shell, Content_Location=URL), NAV)).body == shell
    loop = b"<frameset><frame src='/loop'></frameset>"
    assert only(saved(part(loop, Content_Location="https://www.ledger.example/loop"))).body == loop
