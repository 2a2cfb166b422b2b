"""Newsletters kept as mail: what the envelope says of the story, which address is the letter's own, what is attached."""

from __future__ import annotations

import base64
import io
import quopri
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Origin
from generator.readers import eml, mhtml
from generator.readers.found import Member, alone
from generator.text import line
from tests.samples import FERRY, Sample

WORDS = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY)
LETTER = f"<html><body><h2>The Harbour Letter</h2>{WORDS}</body></html>"
PNG = b"\x89PNG\r\n\x1a\n" + b"quay" * 40 + b"IEND\xaeB`\x82"
FIRST, SECOND = (base64.b64encode(half).decode() for half in ("夜间渡轮".encode()[:4], "夜间渡轮".encode()[4:]))
ENVELOPE = {
    "Received": "from mx.tide.example by mail.example; Fri, 18 Mar 2022 06:00:09 -0400",
    "From": '"Tide News" <letters@tide.example>',
    "To": "reader@example.org",
    "Subject": "Night ferry sails again from Friday",
    "Date": "Fri, 18 Mar 2022 06:00:00 -0400",
    "List-Unsubscribe": "<https://tide.example/leave>",
    "MIME-Version": "1.0",
}


def letter(body: str | bytes = LETTER, kind="text/html; charset=utf-8", **fields):
    """A letter of one part; `_` stands for `-`, and a field that is None is left out."""
    names = ENVELOPE | {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in fields.items()}
    head = b"".join(
        name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()) + b"\r\n"
        for name, value in names.items()
        if value is not None
    )
    return head + b"\r\n" + (body if isinstance(body, bytes) else body.encode())


def mixed(*parts, kind="mixed", **fields):
    """A letter of several parts, each with its own headers."""
    return letter(
        b"".join(b"--m\r\n" + one + b"\r\n" for one in parts) + b"--m--\r\n", f"multipart/{kind}; boundary=m", **fields
    )


def part(body: bytes, kind: str, **fields):
    head = "".join(
        f"{name.replace('_', '-')}: {value}\r\n" for name, value in ({"Content_Type": kind} | fields).items()
    )
    return head.encode() + b"\r\n" + body


def attached(body: bytes, name: str, kind="application/octet-stream"):
    return part(
        base64.encodebytes(body),
        kind,
        Content_Transfer_Encoding="base64",
        Content_Disposition=f'attachment; filename="{name}"',
    )


HTML = part(LETTER.encode(), "text/html; charset=utf-8")


def read(raw):
    return list(eml.read(io.BytesIO(raw), Origin("night.eml", "0" * 64), alone))


def only(raw):
    (capture,) = read(raw)
    assert isinstance(capture, Capture)
    return capture


def claims(raw):
    return {one.field: (one.value, one.basis, one.confidence) for one in only(raw).claims}


def test_a_letter_was_published_by_its_sender_when_it_was_sent_under_its_subject():
    capture = only(letter())
    assert claims(letter()) == {
        "headline": ("Night ferry sails again from Friday", "eml:subject", 0.66),
        "publisher": ("Tide News", "eml:from", 0.6),
        "published": ("2022-03-18T06:00:00-04:00", "eml:date", 0.84),
    }
    assert str(capture.captured) == "2022-03-18T06:00:00-04:00"
    article = extract(capture).article
    assert article is not None
    assert (article.publisher, str(article.published)) == ("Tide News", "2022-03-18T06:00:00-04:00")
    assert "forty new piles" in article.body


@pytest.mark.parametrize(
    ("head", "name", "taken"),
    [
        (letter(), "a.eml", True),
        (letter(), "a", True),
        (letter(), "a.html", True),
        (b"From: a@b.example\nSubject: x\n\nwords", "a.eml", True),
        (b"1024\nFrom: a@b.example\nSubject: x\n\nwords", "a.emlx", True),
        (b"From: a@b.example\nSubject: x\n\nwords", "a.txt", False),
        (b"From: a@b.example\nTo: c@d.example\nMIME-Version: 1.0\n\nwords", "a.txt", True),
        (b"From the harbour: the night ferry sails again.", "a.txt", False),
        (b"<html><p>From: a@b.example</p></html>", "a.eml", False),
        (b"", "a.eml", False),
    ],
)
def test_sent_mail_is_told_from_markup_and_text(head, name, taken):
    assert eml.accepts(head, name) is taken
    assert not mhtml.accepts(head, name)


@pytest.mark.parametrize(
    ("subject", "headline"),
    [
        ("=?utf-8?Q?Night_ferry_=E2=80=93_again?=", "Night ferry – again"),
        ("=?utf-8?B?5aSc6Ze0?=\r\n =?utf-8?B?5rih6L2u?=", "夜间渡轮"),
        ("=?GB2312?B?0rm85A==?= =?gb2312?B?tsnC1g==?=", "夜间渡轮"),
        (f"=?utf-8?B?{FIRST}?= =?UTF-8?B?{SECOND}?=", "夜间渡轮"),
        ("The =?iso-8859-1?Q?caf=E9?= reopens", "The café reopens"),
        ("=?iso-2022-jp?B?GyRCOUEkLDMrJC8bKEI=?=", "港が開く"),
        ("夜间渡轮", "夜间渡轮"),
        ("夜间渡轮".encode("gbk"), "夜间渡轮"),
        ("Ferry\r\n\tsails", "Ferry sails"),
        ("=?nonsense?Q?words?=", "words"),
        ("=?utf-8?X?words?=", "=?utf-8?X?words?="),
        ("=?utf-8?B?TmlnaHQNClgtRXZpbDogMQ==?=", "Night X-Evil: 1"),
    ],
)
def test_a_subject_is_decoded(subject, headline):
    assert claims(letter(Subject=subject))["headline"][0] == headline


def test_a_subject_without_a_charset_is_in_that_of_the_letter():
    raw = letter("<p>Паром</p>".encode("koi8-r"), "text/html; charset=koi8-r", Subject="Паром".encode("koi8-r"))
    assert claims(raw)["headline"][0] == "Паром"


@pytest.mark.parametrize("before", ["Fwd: ", "FW: ", "转发：", "WG: ", "Re: Fwd: ", "Re[2]: "])
def test_of_a_letter_that_a_friend_passed_on_neither_sender_nor_day_are_the_outlets(before):
    known = claims(letter(Subject=f"{before}Night ferry", List_Unsubscribe=None))
    assert known == {"headline": ("Night ferry", "eml:subject", eml.FORWARDED)}


def test_a_list_that_writes_like_a_friend_is_still_a_list():
    assert "publisher" in claims(letter(Subject="Re: your morning"))


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ('"Tide News" <a@tide.example>', "Tide News"),
        ("Tide News <a@tide.example>", "Tide News"),
        ("a@tide.example (Tide News)", "Tide News"),
        ("=?utf-8?B?5r2u5rGQ5paw6Ze7?= <a@tide.example>", "潮汐新闻"),
        ("潮汐新闻 <a@tide.example>".encode("gbk"), "潮汐新闻"),
        ("a@tide.example", None),
        ('"a@tide.example" <a@tide.example>', None),
        ("(" * 5_000, None),
        ("", None),
    ],
)
def test_the_sender_has_a_name_or_is_not_believed(sender, name):
    known = claims(letter(From=sender))
    assert (known["publisher"][0] if "publisher" in known else None) == name


def linked(href, words="View in browser"):
    return letter(f'<html><p><a class="x" href="{href}"><span>{words}</span></a></p>{WORDS}</html>')


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        (linked("https://tide.example/letters/night-ferry"), "https://tide.example/letters/night-ferry"),
        (
            linked("https://tide.example/p/ferry?utm_source=mail&amp;utm_medium=x"),
            "https://tide.example/p/ferry?utm_source=mail&utm_medium=x",
        ),
        (linked("https://tide.example/p/ferry", "在浏览器中查看"), "https://tide.example/p/ferry"),
        (linked("https://tide.example/p/ferry", "Im Browser ansehen"), "https://tide.example/p/ferry"),
        (linked("https://tide.example/p/ferry", "All our letters"), None),
        (linked("https://tide.example/"), None),
        (linked("https://tide.example/letter?reader=4711"), None),
        (linked("https://click.tide.example/night-ferry"), None),
        (linked("https://tide.example/r/eyJhbGciOiJIUzI1NiJ9abc123def456"), None),
        (linked("https://tide.example/v/3f2504e0-4f89-11d3-9a0c-0305e82c3301"), None),
        (linked("javascript:alert(1)"), None),
        (linked("https://["), None),
        (
            letter(Archived_At="<https://lists.example/archives/list/tide/message/ABC123/>"),
            "https://lists.example/archives/list/tide/message/ABC123/",
        ),
        (letter(List_Archive="<https://tide.example/letters>"), None),
        (
            letter("View this post on the web at https://tide.example/p/ferry\n\nWords of the letter.", "text/plain"),
            "https://tide.example/p/ferry",
        ),
    ],
)
def test_only_the_public_page_of_this_letter_is_its_address(raw, url):
    assert only(raw).url == url


def test_the_longest_html_is_the_letter_and_text_stands_in_for_it():
    stub = part(b"<html><body></body></html>", "text/html")
    text = part(b"Words of the letter.", "text/plain; charset=utf-8")
    assert only(mixed(text, HTML, kind="alternative")).body.decode() == LETTER
    assert only(mixed(stub, HTML)).body.decode() == LETTER
    plain = only(mixed(text, part(PNG, "image/png")))
    assert (plain.body, plain.media_type, plain.parts) == (b"Words of the letter.", "text/plain", ())
    assert claims(letter("Words.", "text/plain"))["headline"][2] == 0.84


def test_the_letter_is_decoded_and_its_charset_stated():
    body = quopri.encodestring("<html><p>Ferry – again</p></html>".encode("cp1252"))
    capture = only(letter(body, "text/html; charset=windows-1252", Content_Transfer_Encoding="quoted-printable"))
    assert (capture.body.decode("cp1252"), capture.charset) == ("<html><p>Ferry – again</p></html>", "windows-1252")


def test_pictures_in_the_letter_travel_with_it():
    page = part(b'<html><img src="cid:quay@tide"><img src="https://tide.example/dot.png"></html>', "text/html")
    raw = mixed(
        page,
        part(base64.encodebytes(PNG), "image/png", Content_ID="<quay@tide>", Content_Transfer_Encoding="base64"),
        kind="related",
    )
    assert [(one.name, one.body) for one in only(raw).parts] == [("cid:quay@tide", PNG)]


def test_saved_pages_that_are_attached_are_files_of_their_own():
    page, mht = Sample().html.encode(), b"Snapshot-Content-Location: http://x.example/\r\n\r\n"
    raw = mixed(
        HTML,
        attached(page, "../../night ferry.html"),
        attached(b"%PDF-1.7", "print", "application/pdf"),
        attached(mht, "page.mht"),
        attached(b"PK\x03\x04", "ledger.docx"),
        attached(PNG, "quay.png", "image/png"),
    )
    capture, *members = read(raw)
    assert isinstance(capture, Capture)
    assert capture.body.decode() == LETTER
    assert [(one.name, one.size) for one in members if isinstance(one, Member)] == [
        ("2-night ferry.html", len(page)),
        ("3-print.pdf", 8),
        ("4-page.mht", len(mht)),
    ]
    assert [one.file.read() for one in members if isinstance(one, Member)] == [page, b"%PDF-1.7", mht]


def test_a_covering_note_is_no_story():
    raw = mixed(part(b"See the page that I attach.", "text/plain"), attached(Sample().html.encode(), "a.html"))
    assert [type(one) for one in read(raw)] == [Member]


def test_letters_in_a_letter_are_read_to_a_depth_and_named():
    inner = letter(Subject="Inside")
    found = read(mixed(HTML, part(inner, "message/rfc822"), attached(inner, "old.eml")))
    captures = [one for one in found if isinstance(one, Capture)]
    assert [one.origin.member for one in captures] == ["", "2-part.eml", "3-old.eml"]
    assert [one.claims[0].value for one in captures] == ["Night ferry sails again from Friday", "Inside", "Inside"]
    deep = letter()
    for _ in range(9):
        deep = letter(deep, "message/rfc822")
    assert [one.code for one in read(deep) if isinstance(one, Finding)] == ["archive-limit"]


def test_attachments_beyond_number_are_left(monkeypatch):
    monkeypatch.setattr(eml, "MAX_ATTACHED", 3)
    found = read(mixed(HTML, *[attached(b"<html>", f"{number}.html") for number in range(6)]))
    assert [type(one) for one in found] == [Capture, Member, Member, Member, Finding]


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        (letter(b"", "text/html"), ["not-a-page"]),
        (mixed(part(PNG, "image/png")), ["not-a-page"]),
        (
            mixed(
                part(b"Version: 1", "application/pgp-encrypted"),
                part(b"...", "application/octet-stream"),
                kind="encrypted",
            ),
            ["encrypted"],
        ),
        (letter(base64.encodebytes(b"sealed"), "application/pkcs7-mime; smime-type=enveloped-data"), ["encrypted"]),
    ],
)
def test_a_letter_without_words_says_so(raw, codes):
    assert [one.code for one in read(raw) if isinstance(one, Finding)] == codes


def test_what_apples_mail_program_puts_around_a_letter_is_taken_off():
    inner = letter()
    capture = only(f"{len(inner)}\n".encode() + inner + b"<?xml version='1.0'?><plist><dict/></plist>")
    assert capture.body.decode() == LETTER


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_letter_cut_at_a_quarter_gives_what_is_there(quarter):
    raw = mixed(HTML, attached(Sample().html.encode() * 3, "a.html"))
    found = read(raw[: len(raw) * quarter // 4])
    assert isinstance(found[0], Capture)
    assert [one.code for one in found if isinstance(one, Finding)] == ["archive-damaged"]


GOOD = mixed(
    HTML,
    attached(b"<html>", "a.html"),
    part(letter(Subject="Inside"), "message/rfc822"),
    Archived_At="<http://x.example/a>",
)


READABLE = st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x9FFF), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(READABLE, READABLE, st.binary(max_size=200), st.sampled_from(["base64", "quoted-printable", "8bit"]))
def test_what_the_standard_library_writes_is_read_back(subject, words, page, encoding):
    written = EmailMessage()
    written["From"], written["Subject"], written["Date"] = (
        "Tide <a@tide.example>",
        subject,
        "Fri, 18 Mar 2022 06:00:00 -0400",
    )
    written.set_content("A text.")
    written.add_alternative(f"<p>{words}</p>{WORDS}", subtype="html", cte=encoding)
    written.add_attachment(page, "application", "octet-stream", filename="page.html")
    capture, member = read(written.as_bytes())
    assert isinstance(capture, Capture)
    assert isinstance(member, Member)
    assert capture.body.decode(capture.charset or "utf-8").strip("\n") == f"<p>{words}</p>{WORDS}"
    assert [one.value for one in capture.claims if one.field == "headline"] == [line(subject)] * bool(line(subject))
    assert (member.name, member.file.read()) == ("3-page.html", page)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_give_captures_members_or_findings(raw):
    for given_raw in (raw, b"From: a\nSubject: " + raw, letter(raw)):
        eml.accepts(given_raw, "a.eml")
        assert all(isinstance(one, Capture | Finding | Member) for one in read(given_raw))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=30))
def test_any_damage_to_a_good_letter_gives_captures_members_or_findings(place, gone, put):
    raw = GOOD[:place] + put + GOOD[place + gone :]
    eml.accepts(raw[:4096], "a.eml")
    assert all(isinstance(one, Capture | Finding | Member) for one in read(raw))
    assert all(isinstance(one, Capture | Finding | Member) for one in read(GOOD[:place]))
