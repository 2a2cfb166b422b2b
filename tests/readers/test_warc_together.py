"""The web archives in one file complete each other: pages seen again, pictures that only the first crawl fetched."""

from __future__ import annotations

import io
from base64 import b32encode
from hashlib import sha1
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.readers.warc import again, revisits, shelf
from generator.readers.warc.streams import Stream
from tests.doors import PICTURE
from tests.readers import archives
from tests.readers.archives import Door, Item, told
from tests.readers.test_wacz import wacz_of
from tests.samples import Sample

STORY = Sample()
FRONT = STORY.html.replace("<p class='byline'>", "<img src='/quay.png' width='640' height='400'><p class='byline'>")
QUAY = "https://www.ledger.example/quay.png"
DIGEST = f"sha1:{b32encode(sha1(STORY.html.encode()).digest()).decode()}"
MAY, JUNE = "2024-05-06T07:08:09Z", "2024-06-07T08:09:10Z"


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(tmp_path)


def crawl(
    kind: str, url: str, body: bytes = b"", media_type: str = "text/html", moment: str = MAY, *, packed: bool = True
) -> bytes:
    """A WARC of one record; a revisit names the page by its digest."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    http = StatusAndHeaders("200 OK", [("Content-Type", media_type)], protocol="HTTP/1.1")
    if kind == "revisit":
        record = writer.create_revisit_record(url, DIGEST, url, MAY, http_headers=http)
    else:
        stated = {"WARC-Date": moment}
        record = writer.create_warc_record(url, kind, io.BytesIO(body), http_headers=http, warc_headers_dict=stated)
    record.rec_headers.replace_header("WARC-Date", moment)
    writer.write_record(record)
    record.raw_stream.close()
    return file.getvalue()


PAGE = crawl("response", STORY.url, STORY.html.encode())
AGAIN = crawl("revisit", STORY.url, moment=JUNE)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("warcs", [("page", "again"), ("again", "page")], ids=["page first", "revisit first"])
def test_a_page_that_another_warc_of_the_wacz_saw_again_is_two_captures(
    door: Door, warcs: tuple[str, str], *, packed: bool
) -> None:
    made = {
        "page": crawl("response", STORY.url, STORY.html.encode(), packed=packed),
        "again": crawl("revisit", STORY.url, moment=JUNE, packed=packed),
    }
    captures, findings = door(
        "crawl.wacz", wacz_of({f"{place}.warc.gz": made[name] for place, name in enumerate(warcs)})
    )
    found = {str(one.captured)[:7]: (one.origin.member.split("/")[1], one.body) for one in captures}
    body = STORY.html.encode()
    assert found == {
        "2024-05": (f"{warcs.index('page')}.warc.gz", body),
        "2024-06": (f"{warcs.index('again')}.warc.gz", body),
    }
    assert not findings


@pytest.mark.parametrize("how", ["zip", "tar", "tar.gz"])
def test_so_it_is_with_the_warcs_of_a_zip_or_a_tar(door: Door, how: str) -> None:
    files = {"a.warc.gz": PAGE, "b.warc.gz": AGAIN}
    if how == "zip":
        raw = archives.zipped([Item(name.encode(), data) for name, data in files.items()])
    else:
        raw = archives.taped(files.items(), how.partition(".")[2])
    captures, findings = door(f"crawl.{how}", raw)
    assert [str(one.captured)[:7] for one in captures] == ["2024-05", "2024-06"]
    assert not findings


def test_a_frame_that_an_earlier_warc_saw_again_is_no_page_either(door: Door) -> None:
    url, frame = "https://www.ledger.example/tides.html", b"<p>High water at noon, and again at midnight.</p>"
    page = STORY.html.replace("</article>", f"</article><iframe src='{url}'></iframe>").encode()
    pages = crawl("response", STORY.url, page) + crawl("response", url, frame)
    again = crawl("revisit", url, moment=JUNE)
    captures, findings = door("crawl.wacz", wacz_of({"a.warc.gz": again, "b.warc.gz": pages}))
    assert [one.body for one in captures] == [page]
    assert [one.message for one in findings] == [
        "documents that were left as they are loaded as a piece of another page: 2"
    ]
    assert door("all.warc.gz", pages + again)[0][0].body == page


def test_a_page_that_none_of_them_holds_is_told_with_its_archive(door: Door) -> None:
    unknown = crawl("revisit", "https://www.ledger.example/tram.html", moment=JUNE, packed=False).replace(
        DIGEST.encode(), b"sha1:" + b"A" * 32
    )
    captures, findings = door("crawl.wacz", wacz_of({"a.warc.gz": PAGE, "b.warc": unknown}))
    assert [str(one.captured)[:7] for one in captures] == ["2024-05"]
    assert ("record-incomplete", "crawl.wacz#archive/b.warc") in told(findings)


@pytest.mark.parametrize("packed", [True, False])
def test_a_picture_that_only_an_earlier_warc_holds_is_with_the_page(door: Door, *, packed: bool) -> None:
    picture = crawl("response", QUAY, PICTURE, "image/png", packed=packed)
    front = crawl("response", STORY.url, FRONT.encode(), packed=packed)
    captures, _ = door("crawl.wacz", wacz_of({"a.warc": picture, "b.warc": front, "c.warc": front}))
    assert [[part.body for part in one.parts] for one in captures] == [[PICTURE], [PICTURE]]


def test_files_put_in_together_do_not_change_what_one_of_them_gives(door: Door) -> None:
    alone = door("b.warc.gz", AGAIN)
    door("a.warc.gz", PAGE)
    assert door("b.warc.gz", AGAIN) == alone
    assert told(alone[1]) == [("record-incomplete", "b.warc.gz")]


def test_of_many_archives_in_one_file_only_the_last_are_looked_through_and_what_that_costs_is_told(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisits, "MAX_ARCHIVES", 2)
    monkeypatch.setattr(revisits, "HELD_BYTES", 0)
    other = crawl("response", "https://www.ledger.example/tram.html", STORY.html.replace("ferry", "tram").encode())
    near = wacz_of({"a.warc.gz": PAGE, "b.warc.gz": AGAIN})
    far = wacz_of({"a.warc.gz": PAGE, "b.warc.gz": other, "c.warc.gz": AGAIN})
    assert (len(door("near.wacz", near)[0]), told(door("near.wacz", near)[1])) == (2, [])
    captures, findings = door("far.wacz", far)
    assert len(captures) == 2
    assert [(one.code, one.where) for one in findings] == [("record-incomplete", "far.wacz#archive/c.warc.gz")]
    assert "were not found in this file: 1; it holds more than is looked through" in findings[0].message


def test_what_waits_for_a_later_archive_has_a_limit_in_bytes_and_the_rest_is_told(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "OPEN_BYTES", 1)
    captures, findings = door("crawl.wacz", wacz_of({"a.warc.gz": AGAIN, "b.warc.gz": AGAIN, "c.warc.gz": PAGE}))
    assert sorted(str(one.captured)[:7] for one in captures) == ["2024-05", "2024-06"]
    assert told(findings) == [("record-incomplete", "crawl.wacz#archive/b.warc.gz")]


def test_what_waits_is_looked_up_in_so_many_archives_and_no_more(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    other = crawl("response", "https://www.ledger.example/tram.html", STORY.html.replace("ferry", "tram").encode())
    crawled = wacz_of({"a.warc.gz": AGAIN, "b.warc.gz": other, "c.warc.gz": other, "d.warc.gz": PAGE})
    monkeypatch.setattr(shelf, "MAX_CHANCES", 3)
    assert len(door("near.wacz", crawled)[0]) == 4
    monkeypatch.setattr(shelf, "MAX_CHANCES", 2)
    captures, findings = door("far.wacz", crawled)
    assert (len(captures), told(findings)) == (3, [("record-incomplete", "far.wacz#archive/a.warc.gz")])


def test_places_of_pictures_in_earlier_archives_have_a_limit_in_all(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = crawl("response", QUAY, PICTURE, "image/png", packed=False)
    front = crawl("response", STORY.url, FRONT.encode(), packed=False)
    crawled = wacz_of({"a.warc": picture, "b.warc": front})
    monkeypatch.setattr(shelf, "MAX_PLACES", 0)
    captures, _ = door("crawl.wacz", crawled)
    assert [one.parts for one in captures] == [()]


def test_a_picture_without_bytes_takes_its_share_of_what_is_held() -> None:
    file = io.BytesIO()
    held = again.Pictures(again.Again(file, Stream(file)))
    for number in range(3):
        held.add(f"{QUAY}?{number}", b"", None, 1)
    held.add(QUAY, b"four", None, 1)
    held.add(QUAY, b"", None, 2)
    assert held.size == 4 * again.PICTURE_BYTES
    held.forget(before=2, enough=0)
    assert held.size == again.PICTURE_BYTES
