"""Pages saved by Safari: the page and its pictures out of a property list, whole, cut or hostile."""

from __future__ import annotations

import io
import plistlib
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Origin
from generator.readers import _plist, webarchive
from generator.readers.found import alone
from tests.samples import Sample

URL = "https://www.ledger.example/2022/03/18/night-ferry/"
PNG = b"\x89PNG\r\n\x1a\n" + b"quay" * 40
PAGE = (
    Sample()
    .html.replace("</article>", '<p><img src="quay.png"> <img src="/frame.png?a=1&amp;b=2"></p></article>')
    .encode()
)
FORMATS = [plistlib.FMT_BINARY, plistlib.FMT_XML]


def resource(body=PAGE, url=URL, kind="text/html", charset="UTF-8"):
    return {
        "WebResourceData": body,
        "WebResourceURL": url,
        "WebResourceMIMEType": kind,
        "WebResourceTextEncodingName": charset,
    }


def picture(url, body=PNG):
    return {
        "WebResourceData": body,
        "WebResourceURL": url,
        "WebResourceMIMEType": "image/png",
        "WebResourceResponse": b"bplist00",
    }


FRAME = {
    "WebMainResource": resource(b"<p>a frame</p>"),
    "WebSubresources": [picture("https://www.ledger.example/frame.png?a=1&b=2")],
}
ARCHIVE = {
    "WebMainResource": resource(),
    "WebSubresources": [picture(URL + "quay.png"), resource(b"p{}", URL + "a.css", "text/css")],
}


def saved(archive, form=plistlib.FMT_BINARY):
    return plistlib.dumps(archive, fmt=form, sort_keys=False)


def read(raw):
    return list(webarchive.read(io.BytesIO(raw), Origin("night.webarchive", "0" * 64), alone))


def only(raw):
    (capture,) = read(raw)
    assert isinstance(capture, Capture)
    return capture


def codes(raw):
    return [one.code for one in read(raw) if isinstance(one, Finding)]


def objects(*items, root=0):
    """A binary property list of these objects, whose references are four bytes wide."""
    table, offsets = b"bplist00", []
    for item in items:
        offsets.append(len(table))
        table += item
    ends = b"".join(struct.pack(">I", offset) for offset in offsets)
    return table + ends + struct.pack(">6xBBQQQ", 4, 4, len(items), root, len(table))


@pytest.mark.parametrize("form", FORMATS)
def test_the_page_has_its_address_its_charset_and_its_pictures(form):
    capture = only(saved(ARCHIVE | {"WebSubframeArchives": [FRAME]}, form))
    assert (capture.body, capture.url, capture.charset, capture.captured) == (PAGE, URL, "UTF-8", None)
    assert [(one.name, one.body, one.file) for one in capture.parts] == [
        ("quay.png", PNG, ""),
        ("/frame.png?a=1&b=2", PNG, ""),
    ]
    article = extract(capture).article
    assert article is not None
    assert (article.headline, article.url) == ("Night ferry sails again from Friday", URL)


@pytest.mark.parametrize(
    ("head", "name", "taken"),
    [
        (saved(ARCHIVE), "a.webarchive", True),
        (saved(ARCHIVE), "a.html", True),
        (saved(ARCHIVE, plistlib.FMT_XML), "a", True),
        (b"bplist00", "a.webarchive", True),
        (saved({"Label": "x"}), "a.plist", False),
        (saved({"Label": "x"}, plistlib.FMT_XML), "a.xml", False),
        (PAGE, "a.webarchive", False),
        (b"<p>WebMainResource</p>", "a.html", False),
        (b"", "a.webarchive", False),
    ],
)
def test_a_web_archive_is_told_from_other_lists_and_from_markup(head, name, taken):
    assert webarchive.accepts(head[:4096], name) is taken


@pytest.mark.parametrize(
    ("url", "held"),
    [("file:///Users/jane/a.html", None), ("about:blank", None), ("", None), ("http://[", None), (URL, URL)],
)
def test_only_an_address_of_the_web_is_the_pages(url, held):
    assert only(saved({"WebMainResource": resource(b"<p>words</p>", url)})).url == held


def test_a_copy_of_a_web_archive_has_the_address_and_the_moment_of_the_copy():
    capture = only(saved({"WebMainResource": resource(url=f"https://web.archive.org/web/20220319081500/{URL}")}))
    assert (capture.url, str(capture.captured)) == (URL, "2022-03-19T08:15:00+00:00")


def test_a_text_is_a_text():
    capture = only(saved({"WebMainResource": resource(b"Words of the story.", kind="text/plain")}))
    assert (capture.media_type, capture.parts) == ("text/plain", ())


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        ({"WebMainResource": resource(PNG, kind="image/png")}, "the archive holds no page: its main part is image/png"),
        ({"WebMainResource": resource(b"")}, "the archive holds no page: it holds no main part"),
        ({"WebMainResource": "words"}, "the archive holds no page: it holds no main part"),
        ({}, "the archive holds no page: it holds no main part"),
        (["words"], "the archive holds no page: it holds no main part"),
    ],
)
@pytest.mark.parametrize("form", FORMATS)
def test_an_archive_without_a_page_says_what_it_holds(archive, said, form):
    (finding,) = read(saved(archive, form))
    assert isinstance(finding, Finding)
    assert (finding.code, finding.where, finding.message) == ("not-a-page", "night.webarchive", said)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_an_archive_cut_at_a_quarter_gives_what_is_there_and_says_that_it_is_cut(form, quarter):
    styles = [resource(f"p{number}{{}}".encode() * 90, f"{URL}{number}.css", "text/css") for number in range(60)]
    whole = saved(ARCHIVE | {"WebSubresources": [*ARCHIVE["WebSubresources"], *styles]}, form)
    capture, finding = read(whole[: len(whole) * quarter // 4])
    assert isinstance(capture, Capture)
    assert (capture.body, capture.url) == (PAGE, URL)
    assert [one.name for one in capture.parts][:1] == ["quay.png"]
    assert isinstance(finding, Finding)
    assert finding.code == "archive-damaged"


@pytest.mark.parametrize("form", FORMATS)
def test_a_page_that_is_cut_itself_keeps_its_beginning(form):
    raw = saved({"WebMainResource": resource(PAGE * 3)}, form)
    capture = next(one for one in read(raw[: len(raw) // 2]) if isinstance(one, Capture))
    assert capture.body.startswith(PAGE)


def test_bytes_behind_the_end_do_not_hide_the_page():
    assert next(one for one in read(saved(ARCHIVE) + b"\r\n" * 40) if isinstance(one, Capture)).body == PAGE


@pytest.mark.parametrize(
    "raw",
    [
        objects(b"\xd1" + struct.pack(">II", 1, 0), b"\x51x"),  # a dictionary that holds itself
        objects(b"\xa2" + struct.pack(">II", 0, 0)),  # and a list
        objects(b"\xa1" + struct.pack(">I", 4_000_000_000)),
        objects(b"\x4f\x13" + b"\xff" * 8),  # data without end
        objects(b"\x5f\x1f"),
        objects(b"\x33" + b"\xff" * 8, root=0),  # a day that no calendar has
        objects(b"\x14" + b"\xff" * 16),
        objects(b"\x70", b"\x10"),
        objects(b"\x08", root=7),
        b"bplist00",
        b"bplist00" + b"\xff" * 200,
    ],
)
def test_lists_that_name_themselves_or_nothing_are_read_as_nothing(raw):
    assert set(codes(raw)) <= {"not-a-page", "archive-damaged", "archive-limit"}
    assert codes(raw)


def test_a_list_that_unfolds_beyond_measure_is_left():
    doubling = [b"\xaa" + struct.pack(">I", number + 1) * 10 for number in range(11)]
    assert codes(objects(*doubling, b"\x51x")) == ["not-a-page", "archive-limit"]


def test_a_list_that_unfolds_to_more_than_could_lie_in_it_is_left_at_once():
    found = _plist.load(objects(b"\xa2" + struct.pack(">II", 0, 0)))
    assert found.value is None
    assert found.limited is not None
    assert int(found.limited.split()[4]) < 1_000


def test_a_cut_list_is_tried_with_every_width_of_reference_though_one_unfolds_beyond_measure():
    wide = (
        b"bplist00" + b"\xd4" + struct.pack(">8H", *[1] * 8) + b"\x51x"
    )  # read as narrow ones, they name their own list
    found = _plist.load(wide)
    assert (found.value, found.damage) == ({"x": "x"}, "its end is cut off or damaged")


def test_data_that_are_named_again_and_again_are_not_copied_beyond_measure(monkeypatch):
    monkeypatch.setattr(_plist, "MAX_BYTES", 100_000)
    data = b"\x4f\x11" + struct.pack(">H", 50_000) + bytes(50_000)
    assert codes(objects(b"\xa3" + struct.pack(">III", 1, 1, 1), data)) == ["not-a-page", "archive-limit"]


def test_entities_are_refused_and_what_stood_before_is_kept():
    declared = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>&a;</key></dict></plist>'
    assert codes(declared) == ["not-a-page", "archive-limit"]


def test_odd_values_beside_the_page_do_not_hide_it():
    odd = (
        "<date>yesterday</date><integer>"
        + "9" * 5_000
        + "</integer><real>x</real><array>"
        + "<array>" * 50
        + "</array>" * 51
    )
    text = saved(ARCHIVE, plistlib.FMT_XML).decode().replace("<dict>", f"<dict><key>odd</key>{odd}", 1)
    assert only(text.encode()).body == PAGE


def test_a_charset_that_nobody_knows_is_a_damage():
    assert codes(b'<?xml version="1.0" encoding="tidal"?><plist><dict/></plist>') == ["not-a-page", "archive-damaged"]


GOOD = saved({"WebMainResource": resource(b"<img src=quay.png>"), "WebSubresources": [picture(URL + "quay.png")]})
GOOD_XML = saved(
    {"WebMainResource": resource(b"<img src=quay.png>"), "WebSubresources": [picture(URL + "quay.png")]},
    plistlib.FMT_XML,
)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_captures_or_findings(raw):
    for given_raw in (raw, b"bplist00" + raw, b"<plist>" + raw):
        webarchive.accepts(given_raw, "a.webarchive")
        assert all(isinstance(one, Capture | Finding) for one in read(given_raw))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([GOOD, GOOD_XML]), st.floats(0, 1), st.integers(0, 40), st.binary(max_size=30))
def test_any_damage_to_a_good_file_gives_captures_or_findings(good, share, gone, put):
    place = int(share * len(good))
    raw = good[:place] + put + good[place + gone :]
    assert all(isinstance(one, Capture | Finding) for one in read(raw))
    assert all(isinstance(one, Capture | Finding) for one in read(good[:place]))


@pytest.mark.parametrize("fmt", FORMATS)
def test_where_a_page_is_nothing_but_frames_the_one_with_the_story_is_the_page(fmt):
    shell = resource(
        b"<html><body><iframe src='/2022/03/18/night-ferry/'></iframe></body></html>", "https://www.ledger.example/"
    )
    inner = {"WebMainResource": resource(PAGE.decode().encode("utf-16-le"), charset="utf-16le")}
    raw = plistlib.dumps({"WebMainResource": shell, "WebSubframeArchives": [FRAME, inner]}, fmt=fmt)
    (found,) = webarchive.read(io.BytesIO(raw), Origin("night.webarchive", "0" * 64), alone)
    assert isinstance(found, Capture)
    assert (found.url, found.charset) == (URL, "utf-16le")
    assert found.body.decode("utf-16-le").encode() == PAGE
