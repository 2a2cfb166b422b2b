"""WACZ: its WARCs are read where they lie, and its lists say what of them is a page and what it is called."""

import gzip
import json
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers import wacz, zips
from tests.readers import archives
from tests.readers.archives import Door, Item, told
from tests.samples import Sample

FERRY, BRIDGE = "https://tide.example/ferry", "https://www.tide.example/bridge/?from=a#top"
PAGE = Sample().html.encode()
OTHER = Sample(headline="Bridge closed for the winter").html.encode()
FRAME = (
    b"<!doctype html><html><head><title>An advertisement</title></head><body><p>"
    + b"Buy a boat of us and sail it to the pier. " * 30
    + b"</p></body></html>"
)


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)


def warc(*pages: tuple[str, bytes], day: str = "2024-05-06") -> bytes:
    """A WARC with one response for each page."""
    records = []
    for number, (url, body) in enumerate(pages):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Date: {day}T07:08:09Z\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(records)


def listed(*pages: dict[str, object]) -> bytes:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}, *pages]
    return "\n".join(json.dumps(line) for line in lines).encode()


def wacz_of(warcs: dict[str, bytes], pages: bytes = b"", table: object = None, *more: Item) -> bytes:
    items = [Item(f"archive/{name}".encode(), data, method=0) for name, data in warcs.items()]
    if table is None:
        resources = [
            {
                "name": item.name.decode(),
                "path": item.name.decode(),
                "hash": f"sha256:{sha256(item.data).hexdigest()}",
                "bytes": 1,
            }
            for item in items
        ]
        table = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}
    items += [Item(b"pages/pages.jsonl", pages)] if pages else []
    return archives.zipped([*items, Item(b"datapackage.json", json.dumps(table).encode()), *more])


def test_each_warc_in_a_wacz_is_read_and_the_lists_give_the_headlines(door):
    pages = listed({"url": FERRY, "ts": "2024-05-06T07:08:05Z", "title": "Night ferry sails again – The Tide"})
    extra = Item(b"pages/extraPages.jsonl", listed({"url": BRIDGE, "ts": 1714979289000, "title": "Bridge closed"}))
    data = wacz_of({"a.warc.gz": warc((FERRY, PAGE)), "b.warc.gz": warc((BRIDGE, OTHER))}, pages, None, extra)
    captures, findings = door("crawl.wacz", data)
    assert [capture.url for capture in captures] == [FERRY, BRIDGE]
    assert [capture.origin.member.rpartition("/")[0] for capture in captures] == [
        "archive/a.warc.gz",
        "archive/b.warc.gz",
    ]
    assert [[claim.value for claim in capture.claims if claim.basis == "wacz:title"] for capture in captures] == [
        ["Night ferry sails again – The Tide"],
        ["Bridge closed"],
    ]
    assert findings == []


def test_the_title_listed_nearest_to_the_moment_of_capture_is_taken(door):
    pages = listed(
        {"url": FERRY, "ts": "2019-01-01T00:00:00Z", "title": "An older headline"},
        {"url": "http://www.tide.example/ferry/", "ts": "2024-05-06T07:08:00Z", "title": "The newer headline"},
        {"url": FERRY, "ts": "nonsense", "title": "A headline of no day"},
    )
    captures, _ = door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, pages))
    assert [claim.value for claim in captures[0].claims if claim.basis == "wacz:title"] == ["The newer headline"]


def test_what_no_list_names_is_no_page_unless_its_title_is_listed(door):
    pages = listed(
        {"url": FERRY, "title": "x"},
        {"url": "https://t.example/s/1", "title": "Bridge closed for the winter – The Ledger"},
    )
    data = wacz_of({"a.warc.gz": warc((FERRY, PAGE), ("https://ads.example/1", FRAME), (BRIDGE, OTHER))}, pages)
    captures, findings = door("crawl.wacz", data)
    assert [capture.url for capture in captures] == [FERRY, BRIDGE]
    assert "crawl.wacz: info: 1 captures stand in no list of pages, as frames do; they were left [file-skipped]" in map(
        str, findings
    )


def test_a_list_that_names_nothing_of_what_is_there_is_not_believed(door):
    captures, findings = door(
        "crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, FRAME))}, listed({"url": "https://else.example/"}))
    )
    assert [capture.url for capture in captures] == [FERRY]
    assert findings == []


@pytest.mark.parametrize(
    "pages",
    [
        b"",
        b"{}\n\xff\xfe\x00\n{\n",
        listed({"url": "https://else.example/"}) + b"\n{broken",
        b"[" * 200_000,
        listed({"url": 5, "title": []}, {"url": "http://[", "ts": 10**400}),
    ],
)
def test_a_list_that_is_missing_or_broken_leaves_no_page_out(door, pages):
    captures, _ = door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, pages))
    assert [capture.url for capture in captures] == [FERRY]


def test_a_very_long_list_leaves_no_page_out(door, monkeypatch):
    monkeypatch.setattr(wacz, "MAX_LISTED", 1)
    pages = listed({"url": "https://else.example/"}, {"url": FERRY, "title": "x"})
    assert len(door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE), (BRIDGE, OTHER))}, pages))[0]) == 2


def test_bytes_that_are_not_those_of_the_table_are_said_and_read_all_the_same(door):
    table = {"wacz_version": "1.1.1", "resources": [{"path": "archive/a.warc.gz", "hash": "sha256:" + "0" * 64}]}
    captures, findings = door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, b"", table))
    assert len(captures) == 1
    assert told(findings) == [("digest-differs", "crawl.wacz#archive/a.warc.gz")]


def test_what_the_table_names_and_the_archive_has_not_is_said(door):
    table = {
        "wacz_version": "1",
        "resources": [{"path": "archive/b.warc.gz", "hash": "sha256:00"}, {"path": "../x", "hash": "md5:1"}, 7],
    }
    captures, findings = door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, b"", table))
    assert len(captures) == 1
    assert told(findings) == [("member-unreadable", "crawl.wacz#archive/b.warc.gz")]


@pytest.mark.parametrize("table", [[], {}, {"resources": 5}, {"resources": [[], {"path": 1}]}, "x"])
def test_a_table_that_means_nothing_stops_nothing(door, table):
    assert len(door("crawl.wacz", wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, listed({"url": FERRY}), table))[0]) == 1


def test_a_wacz_of_waczs_is_read(door):
    inner = wacz_of({"a.warc.gz": warc((FERRY, PAGE))}, listed({"url": FERRY, "title": "Inner title"}))
    table = {"profile": "multi-wacz-package", "resources": [{"path": "one.wacz", "hash": "sha256:00"}]}
    outer = archives.zipped([Item(b"datapackage.json", json.dumps(table).encode()), Item(b"one.wacz", inner, method=0)])
    captures, findings = door("all.wacz", outer)
    assert [capture.origin.member.rpartition("/")[0] for capture in captures] == ["one.wacz/archive/a.warc.gz"]
    assert [claim.value for claim in captures[0].claims] == ["Inner title"]
    assert told(findings) == [("digest-differs", "all.wacz#one.wacz")]


def test_a_compressed_warc_is_read_as_well(door):
    data = archives.zipped(
        [Item(b"archive/a.warc.gz", warc((FERRY, PAGE))), Item(b"pages/pages.jsonl", listed({"url": FERRY}))]
    )
    assert [capture.url for capture in door("crawl.wacz", data)[0]] == [FERRY]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_wacz_that_was_cut_gives_what_stood_before_the_cut(door, quarter):
    whole = wacz_of({"a.warc.gz": warc(*((f"{FERRY}/{number}", PAGE) for number in range(8)))})
    captures, findings = door("crawl.wacz", whole[: len(whole) * quarter // 4])
    assert len(captures) >= quarter
    assert "archive-damaged" in {finding.code for finding in findings}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_mutation_of_a_wacz_gives_members_or_findings(data):
    pages = listed({"url": FERRY, "ts": "2024-05-06T07:08:05Z", "title": "Night ferry"})
    raw = bytearray(wacz_of({"a.warc.gz": b"WARC/1.1\r\n\r\n" * 9}, pages))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    archives.straight(zips, bytes(raw))
