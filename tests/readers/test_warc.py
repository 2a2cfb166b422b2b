"""WARC: pages with their pictures out of any archive, damaged ones as far as they go, never an exception."""

from __future__ import annotations

import gzip
import io
import random
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers import _within, warc
from generator.readers.found import Found, alone
from generator.readers.warc import again, documents, markup, members, records, revisits
from tests.doors import PICTURE
from tests.samples import Sample

STORY = Sample()
PAGE = STORY.html.replace(
    "<p class='byline'>", "<img src='/quay.png' width='640' height='400'><p class='byline'>"
).encode()
QUAY = "https://www.ledger.example/quay.png"


def archive(
    *records: tuple[str, str, str, bytes, dict[str, str]], gzipped: bool = True, status: str = "200 OK"
) -> bytes:
    """A WARC of responses: type, address, media type, body, further HTTP headers."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzipped)
    for kind, url, media_type, body, headers in records:
        http = StatusAndHeaders(status, [("Content-Type", media_type), *headers.items()], protocol="HTTP/1.1")
        stated = {"WARC-Date": "2024-05-06T07:08:09Z"}
        record = writer.create_warc_record(
            url, kind, io.BytesIO(body), http_headers=http if kind == "response" else None,
            warc_content_type=None if kind == "response" else media_type, warc_headers_dict=stated,
        )  # fmt: skip
        writer.write_record(record)
        record.raw_stream.close()
    return file.getvalue()


def page(body: bytes = PAGE, url: str = STORY.url, **headers: str) -> tuple[str, str, str, bytes, dict[str, str]]:
    return (
        "response",
        url,
        "text/html; charset=utf-8",
        body,
        {name.replace("_", "-"): value for name, value in headers.items()},
    )


def read(raw: bytes) -> tuple[list[Capture], list[Finding]]:
    found: list[Found] = list(warc.read(io.BytesIO(raw), Origin("crawl.warc.gz", "0" * 64), alone))
    return [one for one in found if isinstance(one, Capture)], [one for one in found if isinstance(one, Finding)]


@pytest.mark.parametrize("gzipped", [True, False])
def test_a_page_comes_with_its_address_moment_record_and_pictures(*, gzipped: bool) -> None:
    raw = archive(page(), ("response", QUAY, "image/png", PICTURE, {}), gzipped=gzipped)
    assert warc.accepts(raw[:4096], "crawl.bin")
    (found,), findings = read(raw)
    assert not findings
    assert (found.body, found.url, str(found.captured)) == (PAGE, STORY.url, "2024-05-06T07:08:09+00:00")
    assert found.charset == "utf-8"
    assert found.origin.member.startswith("urn:uuid:")
    assert [(part.name, part.media_type, part.body) for part in found.parts] == [("/quay.png", "image/png", PICTURE)]


def _chunked(body: bytes) -> bytes:
    pieces = (body[at : at + 500] for at in range(0, len(body), 500))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (zlib.compress(PAGE, wbits=-15), {"Content_Encoding": "deflate"}),
        (brotli.compress(PAGE), {"Content_Encoding": "br"}),
        (zstandard.ZstdCompressor().compress(PAGE), {"Content_Encoding": "zstd"}),
        (_chunked(PAGE), {"Transfer_Encoding": "chunked"}),
        (_chunked(gzip.compress(PAGE)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
    ],
    ids=["gzip", "deflate", "raw deflate", "br", "zstd", "chunked", "chunked gzip", "not gzip", "not chunked"],
)
def test_a_body_is_unpacked_as_it_was_packed_whatever_the_header_says(body: bytes, headers: dict[str, str]) -> None:
    (found,), _ = read(archive(page(body, **headers)))
    assert found.body == PAGE


@pytest.mark.parametrize("bits", [31, 15], ids=["gzip", "deflate"])
def test_of_a_damaged_body_all_that_stands_before_the_damage_is_read(bits: int) -> None:
    work = zlib.compressobj(9, zlib.DEFLATED, bits)
    whole = work.compress(PAGE) + work.flush()
    coding = {"Content_Encoding": "gzip" if bits == 31 else "deflate"}
    half = len(whole) // 2
    (found,), findings = read(archive(page(whole[:half] + b"\xff" * 40 + whole[half + 40 :], **coding)))
    assert len(found.body) > len(PAGE) // 4
    assert PAGE[:200] == found.body[:200]
    assert [one.code for one in findings] == ["record-incomplete"]


@pytest.mark.parametrize("size", [0, 100_000, 1_500_000])
def test_a_member_whose_checksum_alone_is_wrong_loses_nothing(size: int) -> None:
    noise = random.Random(7).randbytes(size).hex().encode()  # so that the member fills several readings
    body = PAGE.replace(b"</article>", b"<!-- " + noise + b" --></article>")
    first, second = archive(page(body)), archive(page(url=f"{STORY.url}2"))
    captures, findings = read(first[:-8] + b"\1\2\3\4" + first[-4:] + second)
    assert [one.body for one in captures] == [body, PAGE]
    assert [one.code for one in findings] == ["archive-damaged"]


def test_a_page_that_is_not_all_there_is_read_and_named() -> None:
    short = archive(page(PAGE[:-500], Content_Length=str(len(PAGE))))
    (found,), findings = read(short)
    assert found.body == PAGE[:-500]
    assert [one.code for one in findings] == ["record-incomplete"]
    segment = archive(page(PAGE[:-500]), gzipped=False).replace(b"WARC-Type:", b"WARC-Segment-Number: 1\r\nWARC-Type:")
    assert [one.code for one in read(segment)[1]] == ["record-incomplete"]


def test_only_pages_become_captures() -> None:
    raw = archive(
        page(),
        ("response", f"{STORY.url}data.json", "application/json", b'{"a": 1}', {}),
        ("response", f"{STORY.url}style.css", "text/css", b"p { color: red }", {}),
        ("response", "https://www.ledger.example/robots.txt", "text/plain", b"User-agent: *", {}),
    )
    assert len(read(raw)[0]) == 1


@pytest.mark.parametrize("status", ["404 Not Found", "301 Moved Permanently", "500 Internal Server Error"])
def test_what_the_server_refused_is_no_page(status: str) -> None:
    assert read(archive(page(), status=status))[0] == []


def test_a_resource_is_a_page_as_well() -> None:
    (found,), _ = read(archive(("resource", STORY.url, "text/html", PAGE, {})))
    assert (found.body, found.url) == (PAGE, STORY.url)


def test_a_wrong_digest_is_told_and_the_page_is_read() -> None:
    raw = archive(page(), gzipped=False).replace(b"Night ferry", b"Might ferry")
    (found,), findings = read(raw)
    assert b"Might ferry" in found.body
    assert {finding.code for finding in findings} == {"digest-differs"}


@pytest.mark.parametrize("quarter", [1, 2, 3])
@pytest.mark.parametrize("gzipped", [True, False])
def test_a_file_cut_short_gives_what_is_there_and_says_where(quarter: int, *, gzipped: bool) -> None:
    stories = [page(url=f"{STORY.url}{number}") for number in range(8)]
    raw = archive(*stories, gzipped=gzipped)
    captures, findings = read(raw[: len(raw) * quarter // 4 - 99])
    assert len(captures) >= 2 * quarter - 1
    damage = [finding for finding in findings if finding.code == "archive-damaged"]
    assert damage
    assert all("offset" in finding.message for finding in damage)


def test_rubbish_between_two_records_costs_neither() -> None:
    raw = archive(page(url=f"{STORY.url}1")) + b"rubbish " * 20 + archive(page(url=f"{STORY.url}2"))
    captures, findings = read(raw)
    assert [one.url for one in captures] == [f"{STORY.url}1", f"{STORY.url}2"]
    assert [finding.code for finding in findings] == ["archive-damaged"]


def test_one_gzip_stream_around_everything_is_read_too() -> None:
    raw = archive(page(url=f"{STORY.url}1"), page(url=f"{STORY.url}2"), gzipped=False)
    assert len(read(gzip.compress(raw))[0]) == 2


def test_a_record_that_inflates_without_end_is_cut_and_the_next_is_read() -> None:
    bomb = gzip.compress(b"<html>" + bytes(200_000_000), 9)
    captures, findings = read(archive(page(bomb, Content_Encoding="gzip"), page(url=f"{STORY.url}2")))
    assert f"{STORY.url}2" in [one.url for one in captures]
    assert findings


def _mutated() -> Iterator[bytes]:
    yield archive(page(), ("response", QUAY, "image/png", PICTURE[:300], {}))
    yield archive(page(), gzipped=False)


SEEDS = tuple(_mutated())


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=6)), max_size=6),
    st.binary(max_size=80),
)
def test_any_bytes_give_captures_or_findings(seed: bytes, changes: list[tuple[int, bytes]], tail: bytes) -> None:
    raw = bytearray(seed)
    for at, new in changes:
        raw[at : at + len(new)] = new
    read(bytes(raw) + tail)
    read(tail)
    warc.accepts(tail, "a.warc")


@pytest.mark.parametrize("gzipped", [True, False])
@pytest.mark.parametrize("first", [True, False])
def test_a_picture_that_many_pages_show_is_with_each_of_them(*, gzipped: bool, first: bool) -> None:
    pages = [page(PAGE, f"https://www.ledger.example/{number}.html") for number in range(4)]
    picture: tuple[str, str, str, bytes, dict[str, str]] = ("response", QUAY, "image/png", PICTURE, {})
    captures, remarks = read(archive(*([picture, *pages] if first else [*pages, picture]), gzipped=gzipped))
    assert [[part.body for part in one.parts] for one in captures] == [[PICTURE]] * 4
    assert not remarks


def test_a_picture_whose_record_states_a_wrong_length_is_read_to_its_end() -> None:
    raw = archive(("response", QUAY, "image/png", PICTURE, {}), page(), gzipped=False)
    length = re.search(rb"Content-Length: (\d+)", raw)
    assert length
    wrong = raw[: length.start(1)] + b"%d" % (int(length[1]) - 40) + raw[length.end(1) :]
    captures, remarks = read(wrong)
    assert [part.body for part in captures[0].parts] == [PICTURE]
    assert [one.code for one in remarks] == ["archive-damaged"]


def test_a_picture_on_a_bad_place_of_the_disk_costs_the_picture_only() -> None:
    raw = archive(("response", QUAY, "image/png", bytes(PICTURE) + bytes(200_000), {}), page(), page(), gzipped=False)

    class Worn(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if (size or 0) > 100_000:  # the picture; the file is gone through in smaller steps
                raise OSError(5, "Input/output error")
            return super().read(size)

    found = list(warc.read(Worn(raw), Origin("crawl.warc", "0" * 64), alone))
    assert [one.parts for one in found if isinstance(one, Capture)] == [(), ()]


WORDS = st.text("abcXYZ019-_.~%&=,+@:/?#; \t\u00e9", max_size=30)


@given(
    st.lists(
        st.tuples(st.sampled_from(["WARC-Date", "warc-date", "X", "A b", "WARC-Concurrent-To"]), WORDS), max_size=6
    )
)
def test_a_head_is_read_at_a_glance_as_warcio_reads_it(fields: list[tuple[str, str]]) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    head = f"WARC/1.1\r\n{lines}\r\n".encode()
    expected = [(name, value) for name, value in records._any(head) if name]
    if records._USUAL_HEAD.fullmatch(head):
        assert [(name, value.rstrip()) for name, value in records._USUAL_FIELD.findall(head.decode())] == expected


def test_the_head_that_every_tool_writes_is_read_at_a_glance() -> None:
    head = archive(page(), gzipped=False).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert records._USUAL_HEAD.fullmatch(head)
    assert records._USUAL_FIELD.findall(head.decode()) == records._any(head)


@given(
    st.sampled_from(["https://ledger.example/a/b.html", "http://ledger.example:8080", "https://ledger.example/?q=/"]),
    WORDS,
)
def test_an_address_from_the_root_is_joined_at_a_glance_as_the_standard_says(base: str, rest: str) -> None:
    address = f"/{rest}"
    expected = urljoin(base, address)
    assert again.joined(base, address) == (expected if expected.startswith("http") else None)


def test_an_address_that_is_no_utf_8_is_read_as_latin_1() -> None:
    raw = archive(page(url="https://www.ledger.example/quay"), gzipped=False)
    captures, _ = read(raw.replace(b".example/quay\r\n", b".example/qua\xff\r\n"))
    assert [one.url for one in captures] == ["https://www.ledger.example/qua\xff"]


@given(st.sampled_from(["http://", "https://www.", "HTTPS://"]), WORDS)
def test_an_address_is_known_at_a_glance_by_the_key_that_a_long_look_gives_it(begin: str, rest: str) -> None:
    address = f"{begin}ledger.example/{rest.partition('#')[0]}"
    assert again.key(address) == again.key(f"{address}#with-a-fragment-nothing-is-told-at-a-glance")


STEPS = st.sampled_from(
    [
        "web",
        "http",
        "www.",
        "amp",
        "camp",
        "cache",
        "archive",
        "ampproject.org",
        "2024",
        "20240102",
        "/",
        ".",
        "-",
        "Quay",
    ]
)


@given(st.lists(STEPS, max_size=8).map("".join))
def test_an_address_that_is_no_copys_at_a_glance_is_none_at_a_long_look(rest: str) -> None:
    address = f"https://ledger.example/{rest}"
    if not documents._copied(address.partition("://")[2].lower()):
        assert _within.stated((address,), b"").url == address


def test_a_page_that_is_no_longer_held_is_read_again_for_its_revisit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisits, "HELD_BYTES", 0)
    raw = io.BytesIO()
    writer = WARCWriter(raw, gzip=True)
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    first = writer.create_warc_record(STORY.url, "response", io.BytesIO(PAGE), http_headers=http)
    writer.write_record(first)
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    seen = writer.create_revisit_record(STORY.url, digest, STORY.url, "2024-05-06T07:08:09Z", http_headers=http)
    seen.rec_headers.replace_header("WARC-Date", "2025-01-02T03:04:05Z")
    writer.write_record(seen)
    for record in (first, seen):
        record.raw_stream.close()
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(raw.getvalue())
    found, remarks = readers.captures(file, file.name)
    assert [one.body for one in found] == [PAGE, PAGE]
    assert str(found[1].captured).startswith("2025-01-02")
    assert not remarks


@pytest.mark.parametrize(
    ("markup_", "text"),
    [
        (b"<p>Quay <b>opens</b></p>", b"Quayopens"),
        (b"<title>Quay</title><script>if (a < b) {}</script>on <i>Tuesday", b"onTuesday"),
        (b"<SVG><text>Quay</text></svg>&nbsp;opens<style>p { }", b"opens"),
        (b"<scripted>Quay", b"Quay"),
        (b"<noscript><p>Quay", b""),
        (b"<NoScript>Quay</NOSCRIPT><section>opens<template>x</template><Iframe>y</iframe>", b"opens"),
    ],
)
def test_the_text_that_a_reader_would_see_is_counted(markup_: bytes, text: bytes) -> None:
    assert markup.seen(b"<html>" + markup_, 1_000) == len(text)


def test_members_packed_beyond_measure_are_cut_once_they_have_come_to_too_much_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(members, "SPARE_BYTES", 3 * 1024 * 1024)
    zeros = bytes(2 * 1024 * 1024)
    bomb = ("response", "https://www.ledger.example/bomb", "application/x-zeros", zeros, dict[str, str]())
    captures, findings = read(archive(bomb, page()))
    assert (len(captures), findings) == (1, [])
    captures, findings = read(archive(bomb, bomb, page(), bomb, page(url=f"{STORY.url}2")))
    assert [one.url for one in captures] == [STORY.url, f"{STORY.url}2"]
    assert [one.code for one in findings] == ["archive-limit"] * 2
