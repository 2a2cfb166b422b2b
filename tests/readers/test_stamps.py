"""What tools and web archives write into a page: its address, and the moment of saving or of the copy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Moment
from generator.readers import stamps
from generator.readers.stamps import Stated
from tests import copies

URL = "https://paper.example/2024/a?b=1&c=2"
ESCAPED = "https://paper.example/2024/a?b=1&amp;c=2"
AT = "2024-03-05T09:30:00+00:00"
LATER = "Sat Nov 02 2024 20:08:27 GMT+0100 (Central European Standard Time)"
WORDS = "<html><head><title>Quay</title></head><body><p>Words about the quay.</p></body></html>"


def stated(page: str) -> Stated:
    return stamps.stated(page.encode())


def singlefile(url: str, date: str, page: str = WORDS) -> str:
    return page.replace("<head", f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {date}\n--><head", 1)


def moment(stamp: str | None) -> Moment | None:
    return Moment.parse(stamp) if stamp else None


@pytest.mark.parametrize(
    ("page", "url", "captured"),
    [
        (f"<!DOCTYPE html>\n<!-- saved from url=(0036){URL} -->\n{WORDS}", URL, None),
        (singlefile(URL, "Tue Mar 05 2024 10:30:00 GMT+0100 (CET)"), URL, "2024-03-05T10:30:00+01:00"),
        (singlefile(URL, "火 3月 05 2024 18:30:00 GMT+0900 (日本標準時)"), URL, "2024-03-05T18:30:00+09:00"),
        (singlefile("javascript:alert(1)", "Tue Mar 05 2024 09:30:00 GMT+0000 (UTC)"), None, AT),
        (singlefile(URL, "one fine day in the spring"), URL, None),
        (
            "<!-- Mirrored from paper.example/a.html by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 05 Mar 2024 09:30:00 GMT -->" + WORDS,
            "http://paper.example/a.html",
            AT,
        ),
        (f"<!-- Saved from {URL} at 2024-03-05T09:30:00Z using monolith v2.8.1 -->" + WORDS, URL, "2024-03-05T09:30:00Z"),
        (f"<!-- OriginalSrc: {URL} -->" + WORDS, URL, None),
        (
            (f'<head><meta name="savepage-url" content="{ESCAPED}"><meta name="savepage-title" content="Quay">'
            '<meta name="savepage-date" content="Tue Mar 05 2024 09:30:00 GMT+0000 (Greenwich Mean Time)"></head>'),
            URL,
            AT,
        ),
        (f'<html data-scrapbook-source="{ESCAPED}" data-scrapbook-create="20240305093000123"><body>', URL, AT),
        (
            (f'<head><meta name="exporter-version" content="Evernote 10"><meta name="created" content="2024-03-05 10:30:00 +0100">'
            f'<meta name="source-url" content="{ESCAPED}"></head>'),
            URL,
            "2024-03-05T10:30:00+01:00",
        ),
        (f'<head><meta itemprop="created" content="20240305T093000Z"><meta itemprop="source-url" content="{ESCAPED}"></head>', URL, AT),
        ('<head><meta name="created" content="2024-03-05 10:30:00 +0100"></head>', None, None),
        (WORDS, None, None),
    ],
    ids="browser singlefile japanese script-address no-date httrack monolith maoxian savepage scrapbook evernote evernote-10 created nothing".split(),  # noqa: SIM905
)  # fmt: skip
def test_a_tool_states_the_address_and_the_moment(page: str, url: str | None, captured: str | None) -> None:
    assert stated(page) == Stated(url, moment(captured))


def test_save_page_we_speaks_behind_all_its_own_scripts() -> None:
    far = "<script>" + "x" * 60_000 + "</script>"
    assert stated(f'<head>{far}<meta name="savepage-url" content="{ESCAPED}"></head>{WORDS * 100}').url == URL


@pytest.mark.parametrize(
    "page",
    [
        copies.wayback(),
        copies.wayback_relative(),
        copies.wayback_2010(),
        copies.wayback_2007(),
        copies.pywb(),
        copies.today(),
        copies.today(quoted=False),
        copies.google(),
        copies.google(old=True),
        copies.linked(),
    ],
    ids="wayback relative 2010 2007 pywb today today-bare google google-old linked".split(),  # noqa: SIM905
)
def test_a_copy_in_an_archive_has_its_own_address_and_moment(page: str) -> None:
    assert stated(page) == Stated(copies.URL, Moment.parse(copies.MOMENT))


@pytest.mark.parametrize(
    "address",
    [f"https://web.archive.org/web/{copies.STAMP}/{copies.URL}", f"https://archive.ph/2022.04.01-093000/{copies.URL}"],
)
def test_a_copy_saved_again_keeps_the_moment_of_the_copy_not_of_the_saving(address: str) -> None:
    assert stated(singlefile(address, LATER)) == Stated(copies.URL, Moment.parse(copies.MOMENT))
    assert stated(f"<!-- saved from url=(0099){address} -->{WORDS}") == Stated(copies.URL, Moment.parse(copies.MOMENT))


def test_an_archives_short_address_gives_way_to_what_its_page_says_however_far_down() -> None:
    style = "<style>" + "a{color:red}" * 8_000 + "</style>"
    page = singlefile(
        "https://archive.ph/AbCdE", LATER, copies.today(quoted=False).replace("</head>", f"{style}</head>")
    )
    assert stated(page) == Stated(copies.URL, Moment.parse(copies.MOMENT))


def test_an_archives_address_that_nothing_explains_is_nobodys() -> None:
    assert stated(singlefile("https://archive.ph/AbCdE", LATER)) == Stated(None, None)


def test_a_page_seen_through_a_viewer_of_amp_pages_keeps_the_moment_of_saving() -> None:
    page = singlefile("https://www.google.com/amp/s/paper.example/a/amp/", "Tue Mar 05 2024 09:30:00 GMT+0000 (UTC)")
    assert stated(page) == Stated("https://paper.example/a/amp/", Moment.parse(AT))


def test_the_index_beside_a_page_of_scrapbooks_or_maffs_tells_its_address() -> None:
    scrapbook = f"id\t20240305093000\ntype\t\ntitle\tQuay\nsource\t{URL}\n"
    assert stamps.indexed(scrapbook.encode()) == Stated(URL, Moment.parse("2024-03-05T09:30:00"))
    maff = (
        '<RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#"><RDF:Description RDF:about="urn:root">'
        f'<MAF:originalurl RDF:resource="{ESCAPED}"/><MAF:archivetime RDF:resource="Tue, 05 Mar 2024 09:30:00 +0000"/></RDF:Description></RDF:RDF>'
    )
    assert stamps.indexed(maff.encode()) == Stated(URL, Moment.parse(AT))
    assert stamps.indexed(b"\xff\x00nothing of the kind") == Stated()


@given(
    st.sampled_from(["Page saved with SingleFile", "saved from url=(1)", '"savepage-url"', "webpage capture archive."]),
    st.binary(max_size=300),
)
def test_no_bytes_raise(mark: str, rest: bytes) -> None:
    stamps.stated(f"<!-- {mark}".encode() + rest + b"-->")
    stamps.stated(b"\xff\xfe" + rest)
    stamps.indexed(rest)
