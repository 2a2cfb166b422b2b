"""ZIPs of saved pages: what is read out of them, whatever their names are in, and what is said about the rest."""

import io
import shutil
import struct
import subprocess
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import Finding
from generator.model import Moment
from generator.readers import zips
from generator.readers.found import Member
from generator.readers.packed import bundle, unpacking
from tests.readers import archives
from tests.readers.archives import DEVICE, LINK, LOCKED, PNG, UTF8, Door, Item, names, told
from tests.samples import Sample

PAGE = Sample().html.encode()
OTHER = Sample(headline="Bridge closed for the winter").html.encode()
PICTURED = PAGE.replace(b"</article>", b"<img src='story_files/pic.png'></article>")


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)


def test_each_page_of_a_zipped_folder_is_read_and_named(door):
    captures, findings = door(
        "heap.zip", archives.zipped([Item(b"2024/a.html", PAGE), Item(b"b.html", OTHER, method=0)])
    )
    assert names(captures) == ["2024/a.html", "b.html"]
    assert [capture.body for capture in captures] == [PAGE, OTHER]
    assert findings == []


def test_pictures_come_from_beside_the_page_inside_the_zip(door):
    items = [
        Item(b"d/story_files/pic.png", PNG),
        Item(b"d/story.html", PICTURED),
        Item(b"d/story_files/frame.html", OTHER),
    ]
    captures, findings = door("heap.zip", archives.zipped(items))
    assert names(captures) == ["d/story.html"]
    assert [(part.name, part.body) for part in captures[0].parts] == [("story_files/pic.png", PNG)]
    assert findings == []


def test_what_systems_leave_behind_is_passed_over_in_silence_and_hidden_files_are_named(door):
    items = [
        Item(b"__MACOSX/._a.html", PAGE),
        Item(b".DS_Store", b"\0" * 99),
        Item(b"x/._a.html", PAGE),
        Item(b"Thumbs.db", PAGE),
    ]
    captures, findings = door(
        "heap.zip", archives.zipped([*items, Item(b".cache/a.html", PAGE), Item(b"a.html", PAGE)])
    )
    assert names(captures) == ["a.html"]
    assert told(findings) == [("file-skipped", "heap.zip#.cache/a.html")]


@pytest.mark.parametrize(
    ("charset", "word"),
    [
        ("gb18030", "港口渡轮恢复通航"),
        ("cp932", "港のフェリーが再開"),
        ("big5", "港口渡輪恢復通航"),
        ("cp949", "부산항 여객선 운항 재개"),
        ("cp437", "Übersicht über Fähren"),
        ("cp866", "Паром снова ходит"),
        ("utf-8", "港口渡轮"),
    ],
)
def test_names_are_read_in_the_charset_that_they_are_in(door, charset, word):
    page = PAGE.replace(b"</article>", f"<img src='{word}_files/pic.png'></article>".encode())
    items = [Item(f"{word}.html".encode(charset), page), Item(f"{word}_files/pic.png".encode(charset), PNG)]
    captures, _ = door("heap.zip", archives.zipped(items))
    assert names(captures) == [f"{word}.html"]
    assert len(captures[0].parts) == 1


def test_a_name_in_utf8_says_so_by_its_flag_or_in_info_zips_own_field(door):
    raw = "渡轮.html".encode("gb18030")
    extra = struct.pack("<2HBL", 0x7075, 5 + len("ferry é.html".encode()), 1, zlib.crc32(raw)) + "ferry é.html".encode()
    stale = struct.pack("<2HBL", 0x7075, 5 + 5, 1, 7) + b"x.htm"
    items = [Item("fähre.html".encode(), PAGE, flags=UTF8), Item(raw, PAGE, extra=extra), Item(raw, PAGE, extra=stale)]
    assert names(door("heap.zip", archives.zipped(items))[0]) == ["fähre.html", "ferry é.html", "渡轮.html"]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (b"/etc/page.html", "etc/page.html"),
        (b"C:\\saved\\page.html", "saved/page.html"),
        (b"a//./b/../page.html", "a/page.html"),
        (b"index.html/child.html", "index.html/child.html"),
        (b"a\tb\x1b.html", "a\ufffdb\ufffd.html"),
    ],
)
def test_strange_spellings_are_put_right(door, name, read):
    captures, findings = door("heap.zip", archives.zipped([Item(name, PAGE)]))
    assert names(captures) == [read]
    assert findings == []


@pytest.mark.parametrize(
    "name", [b"../../page.html", b"..\\..\\page.html", b"a/../../b.html", b"page.html\0.jpg.html", b"", b"x" * 5000]
)
def test_what_cannot_be_meant_is_left_and_named_and_the_rest_is_read(door, name):
    captures, findings = door("heap.zip", archives.zipped([Item(name, PAGE), Item(b"good.html", OTHER)]))
    assert names(captures) == ["good.html"]
    assert [finding.code for finding in findings] == ["member-unsafe"]


def test_links_and_devices_are_left_but_a_link_to_a_picture_in_the_archive_is_followed(door):
    items = [
        Item(b"out.html", b"../../etc/passwd", mode=LINK),
        Item(b"dev.html", b"", mode=DEVICE),
        Item(b"story.html", PICTURED),
        Item(b"story_files/pic.png", b"../shared/one.png", mode=LINK),
        Item(b"shared/one.png", PNG),
        Item(b"again.html", b"story.html", mode=LINK),
    ]
    captures, findings = door("heap.zip", archives.zipped(items))
    assert names(captures) == ["story.html"]
    assert [part.body for part in captures[0].parts] == [PNG]
    assert told(findings) == [("member-unsafe", "heap.zip#out.html"), ("member-unsafe", "heap.zip#dev.html")]


def test_members_of_one_name_are_all_read_and_told_apart(door):
    items = [Item(b"index.html", PAGE), Item(b"index.html", OTHER), Item(b"INDEX.html", PAGE)]
    captures, findings = door("heap.zip", archives.zipped(items))
    assert names(captures) == ["index.html", "index~2.html", "INDEX.html"]
    assert captures[1].body == OTHER
    assert findings == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Item(b"bad.html", PAGE, flags=LOCKED), "encrypted"),
        (Item(b"bad.html", PAGE, method=99), "encrypted"),
        (Item(b"bad.html", PAGE, method=9), "member-unreadable"),
        (Item(b"bad.html", PAGE, crc=1), "member-unreadable"),
        (Item(b"bad.html", PAGE, method=0, crc=1), "member-unreadable"),
        (Item(b"bad.html", PAGE, size=len(PAGE) - 5), "member-unreadable"),
        (Item(b"bad.html", PAGE, size=len(PAGE) + 5), "member-unreadable"),
        (Item(b"bad.html", PAGE, method=0, size=5), "member-unreadable"),
        (Item(b"bad.html", PAGE, raw=b"\xff" * 99), "member-unreadable"),
        (Item(b"bad.html", PAGE, method=14, raw=b"\0\0\5\0\xff" + bytes(99)), "member-unreadable"),
    ],
)
def test_a_member_that_cannot_be_read_is_named_and_the_rest_is_read(door, bad, code):
    captures, findings = door("heap.zip", archives.zipped([Item(b"a.html", PAGE), bad, Item(b"c.html", OTHER)]))
    assert names(captures) == ["a.html", "c.html"]
    assert told(findings) == [(code, "heap.zip#bad.html")]


def test_a_picture_that_cannot_be_unpacked_is_named_and_its_page_is_read(door):
    items = [Item(b"story.html", PICTURED), Item(b"story_files/pic.png", PNG, crc=5)]
    captures, findings = door("heap.zip", archives.zipped(items))
    assert captures[0].parts == ()
    assert told(findings) == [("member-unreadable", "heap.zip#story_files/pic.png")]


def test_a_name_that_differs_between_header_and_directory_stops_nothing(door):
    assert names(door("heap.zip", archives.zipped([Item(b"a.html", PAGE, local=b"../../x.html")]))[0]) == ["a.html"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("streamed", [False, True])
def test_zips_of_every_common_making_are_read(door, method, streamed):
    assert names(door("heap.zip", made(method, streamed=streamed))[0]) == [f"s/{number}.html" for number in range(8)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_a_zip_that_was_cut_gives_what_stood_before_the_cut(door, method, quarter):
    whole = made(method)
    captures, findings = door("heap.zip", whole[: min(len(whole) * quarter // 4, len(whole) - 5)])
    assert len(captures) == 2 * quarter
    assert findings[0].code == "archive-damaged"
    assert quarter == 4 or any(f"byte {len(whole) * quarter // 4}" in finding.message for finding in findings)


def test_a_streamed_zip_without_its_directory_is_measured_by_unpacking(door):
    whole = made(zipfile.ZIP_DEFLATED, streamed=True)
    captures, findings = door("heap.zip", whole[: whole.index(b"PK\1\2")])
    assert len(captures) == 8
    assert [finding.code for finding in findings] == ["archive-damaged"]


def test_a_broken_record_in_the_directory_makes_the_members_be_looked_for(door):
    whole = bytearray(made(zipfile.ZIP_DEFLATED))
    second = whole.index(b"PK\1\2", whole.index(b"PK\1\2") + 1)
    whole[second : second + 4] = b"XXXX"
    captures, findings = door("heap.zip", bytes(whole))
    assert len(captures) == 8
    assert findings[0].code == "archive-damaged"


def test_bytes_before_and_behind_a_zip_do_not_matter(door):
    whole = made(zipfile.ZIP_DEFLATED)
    for data in (
        b"#!/bin/sh\n" * 30 + whole,
        whole + b"-->\n</html>" * 9,
        archives.zipped([Item(b"a.html", PAGE)], b"MZ" * 99),
    ):
        assert len(door("heap.zip", data)[0]) in (1, 8)


@pytest.mark.parametrize("comment", [b"PK\5\6" + bytes(18), b"PK\5\6" + bytes(18) + b"tail"])
def test_a_comment_that_looks_like_an_empty_directory_hides_no_member(door, comment):
    whole = made(zipfile.ZIP_DEFLATED)
    data = whole[:-2] + struct.pack("<H", len(comment)) + comment
    assert len(door("heap.zip", data)[0]) == 8
    assert len(door("heap.zip", whole[: whole.index(b"PK\1\2")] + comment)[0]) == 8


def test_zip64_is_read(door):
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.html", "w", force_zip64=True) as member,
    ):
        member.write(PAGE)
    whole = target.getvalue()
    start, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    ending64 = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, end - start, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    tail = whole[end : end + 8] + b"\xff" * 12 + b"\0\0"
    assert names(door("heap.zip", whole[:end] + ending64 + locator + tail)[0]) == ["a.html"]


def test_bombs_are_not_unpacked(door):
    flat = Item(b"big.html", b" " * 20_000_000)
    captures, findings = door("heap.zip", archives.zipped([flat, Item(b"a.html", PAGE)]))
    assert names(captures) == ["a.html"]
    assert told(findings) == [("archive-limit", "heap.zip#big.html")]


def test_members_that_share_their_bytes_are_left(door):
    whole = bytearray(archives.zipped([Item(b"a.html", PAGE), Item(b"b.html", PAGE), Item(b"c.html", PAGE)]))
    records = [at for at in range(len(whole)) if whole[at : at + 4] == b"PK\1\2"]
    struct.pack_into("<L", whole, records[1] + 42, 0)  # the second begins where the first does
    captures, findings = door("heap.zip", bytes(whole))
    assert names(captures) == ["a.html", "c.html"]
    assert told(findings) == [("member-unreadable", "heap.zip#b.html")]


@pytest.mark.parametrize("at", [-5, 2**40, 2**64 - 1])
def test_a_link_whose_place_lies_outside_the_file_is_left(door, at):
    whole = bytearray(archives.zipped([Item(b"l.html", b"x", mode=LINK, extra=struct.pack("<2HQ", 1, 8, at % 2**64))]))
    record = whole.index(b"PK\1\2")
    struct.pack_into("<L", whole, record + 42, 0xFFFFFFFF)
    captures, findings = door("heap.zip", bytes(whole))
    assert captures == []
    assert [finding.code for finding in findings] == ["member-unreadable"]


def test_what_comes_out_of_an_archive_has_a_limit_with_all_that_is_nested_in_it(door, monkeypatch):
    monkeypatch.setattr(unpacking, "SPARE_BYTES", 3 * len(PAGE))
    monkeypatch.setattr(unpacking, "RATIO", 0)
    monkeypatch.setattr(bundle, "RATIO", 1_000)
    inner = archives.zipped([Item(f"{number}.html".encode(), PAGE) for number in range(9)])
    captures, findings = door("heap.zip", archives.zipped([Item(b"in.zip", inner), Item(b"in2.zip", inner)]))
    assert len(captures) < 3
    assert "archive-limit" in {finding.code for finding in findings}


def test_archives_in_archives_are_read_three_deep_and_no_deeper(door):
    data = archives.zipped([Item(b"page.html", PAGE)])
    for depth in range(3):
        captures, findings = door("heap.zip", data)
        assert names(captures) == [f"{'in.zip/' * depth}page.html"]
        assert findings == []
        data = archives.zipped([Item(b"in.zip", data, method=8 * (depth % 2))])
    captures, findings = door("heap.zip", archives.zipped([Item(b"in.zip", data)]))
    assert captures == []
    assert [finding.code for finding in findings] == ["archive-limit"]


def test_many_findings_of_one_kind_are_cut_short(door):
    items = [Item(f"{number}.html".encode(), PAGE, flags=LOCKED) for number in range(100)]
    _, findings = door("heap.zip", archives.zipped(items))
    assert len(findings) == bundle.MAX_ALIKE + 1
    assert findings[-1] == Finding("encrypted", "heap.zip", "80 more like this, the last of them heap.zip#99.html")


def test_more_members_than_the_limit_are_left_and_said_to_be(door, monkeypatch):
    monkeypatch.setattr(zips, "MAX_MEMBERS", 5)
    captures, findings = door("heap.zip", made(zipfile.ZIP_DEFLATED))
    assert len(captures) == 5
    assert told(findings) == [("archive-limit", "heap.zip")]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("a.docx", b"word/document.xml"),
        ("a.zip", b"mimetype"),
        ("a.bin", b"[Content_Types].xml"),
        ("a.apk", b"classes.dex"),
        ("a.EPUB", b"x"),
    ],
)
def test_other_formats_that_are_zips_are_left_alone(name, first):
    head = archives.zipped([Item(first, b"application/epub+zip", method=0)])[:4096]
    assert not zips.accepts(head, name)


def test_an_office_document_under_the_name_of_a_zip_is_no_archive_of_pages(door):
    items = [Item(b"docs/page.html", PAGE), Item(b"META-INF/MANIFEST.MF", b"x")]
    captures, findings = door("heap.zip", archives.zipped(items))
    assert captures == []
    assert [finding.code for finding in findings] == ["not-a-page"]


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3" * 99, b"PK\3\4" + b"\xff" * 99, archives.zipped([]), archives.zipped([Item(b"a.png", PNG)])]
)
def test_a_zip_without_pages_is_no_page(door, data):
    captures, findings = door("heap.zip", data)
    assert captures == []
    assert {finding.code for finding in findings} <= {"not-a-page", "archive-damaged"}
    assert findings


def test_maff_states_address_and_moment_of_each_page(door):
    rdf = b"""<?xml version="1.0"?><RDF:RDF xmlns:MAF="http://maf.mozdev.org/metadata/rdf#" xmlns:RDF="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <RDF:Description RDF:about="urn:root"><MAF:originalurl RDF:resource="https://tide.example/a?x=1&amp;y=2"/>
    <MAF:title RDF:resource="Ferry &quot;sails&quot; again"/><MAF:archivetime RDF:resource="Thu, 20 Mar 2014 10:15:00 +0100"/>
    <MAF:indexfilename RDF:resource="main.html"/><MAF:charset RDF:resource="UTF-8"/></RDF:Description></RDF:RDF>"""
    page = PAGE.replace(b"</article>", b"<img src='index_files/pic.png'></article>")
    items = [
        Item(b"139/main.html", page), Item(b"139/index.rdf", rdf), Item(b"139/index_files/frame.html", OTHER),
        Item(b"139/index_files/pic.png", PNG), Item(b"140/index.html", OTHER), Item(b"140/index.rdf", b"<rdf/>"),
    ]  # fmt: skip
    captures, findings = door("tabs.maff", archives.zipped(items))
    assert names(captures) == ["139/main.html", "140/index.html"]
    assert captures[0].url == "https://tide.example/a?x=1&y=2"
    assert captures[0].captured == Moment.parse("2014-03-20T10:15:00+01:00")
    assert [(claim.field, claim.value, claim.basis) for claim in captures[0].claims] == [
        ("headline", 'Ferry "sails" again', "maff:title")
    ]
    assert len(captures[0].parts) == 1
    assert findings == []


def test_singlefiles_zip_states_address_and_moment_and_its_frames_are_no_pages(door):
    manifest = b'{"originalUrl": "https://tide.example/a", "title": "Ferry", "archiveTime": "2024-05-06T07:08:09.123Z", "indexFilename": "index.html"}'
    items = [
        Item(b"index.html", PAGE), Item(b"manifest.json", manifest), Item(b"frames/0/index.html", OTHER),
        Item(b"frames/0/manifest.json", manifest), Item(b"pages/2/index.html", OTHER), Item(b"pages/2/manifest.json", manifest),
        Item(b"other/another.html", OTHER),
    ]  # fmt: skip
    captures, _ = door("page.zip", archives.zipped(items))
    assert names(captures) == ["index.html", "pages/2/index.html", "other/another.html"]
    assert {(capture.url, str(capture.captured)) for capture in captures[:2]} == {
        ("https://tide.example/a", "2024-05-06T07:08:09+00:00")
    }


@pytest.mark.parametrize(
    "manifest",
    [
        b"{",
        b"[" * 100_000,
        b'{"name": "app"}',
        b'{"originalUrl": 5}',
        b'{"originalUrl": "https://x.example/", "indexFilename": "../x"}',
    ],
)
def test_a_manifest_of_another_kind_describes_nothing(door, manifest):
    captures, findings = door(
        "page.zip", archives.zipped([Item(b"index.html", PAGE), Item(b"manifest.json", manifest)])
    )
    assert names(captures) == ["index.html"]
    assert findings == []


def test_a_stored_file_is_a_window_and_a_compressed_one_can_be_begun_again():
    data = bytes(range(256)) * 999
    whole = archives.zipped([Item(b"a.warc", data, method=0), Item(b"b.warc", data)])
    members = [one for one in archives.straight(zips, whole) if isinstance(one, Member)]
    for one in members:
        for at in (0, 99_999, 5, len(data) - 3):
            assert one.file.seek(at) == at
            assert one.file.read(9) == data[at : at + 9]
        assert one.file.seek(0, io.SEEK_END) == len(data) == one.size


@pytest.mark.skipif(not shutil.which("zip"), reason="needs Info-ZIP's zip")
def test_info_zips_own_archive_is_read(door, tmp_path):
    heap = tmp_path / "heap"
    (heap / "渡轮_files").mkdir(parents=True)
    (heap / "渡轮.html").write_bytes(PAGE.replace(b"</article>", "<img src='渡轮_files/pic.png'></article>".encode()))
    (heap / "渡轮_files" / "pic.png").write_bytes(PNG)
    (heap / "link.html").symlink_to("/etc/hostname")
    subprocess.run(["zip", "-qry", "../heap.zip", "."], cwd=heap, check=True)
    captures, findings = door("made.zip", (tmp_path / "heap.zip").read_bytes())
    assert names(captures) == ["渡轮.html"]
    assert len(captures[0].parts) == 1
    assert told(findings) == [("member-unsafe", "made.zip#link.html")]


SEED = archives.zipped(
    [
        Item(b"a.html", PICTURED), Item(b"story_files/pic.png", PNG), Item(b"m/manifest.json", b'{"originalUrl": "https://x.example/"}'),
        Item(b"m/index.html", PAGE, method=0), Item(b"in.zip", archives.zipped([Item(b"x.html", PAGE)])),
    ]
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_mutation_of_a_zip_gives_members_or_findings(data):
    raw = bytearray(SEED)
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    archives.straight(zips, bytes(raw[: data.draw(st.integers(0, len(raw)))]))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\3\4", b"PK\5\6", b"PK\1\2"]))
def test_any_bytes_give_members_or_findings(raw, start):
    archives.straight(zips, start + raw)
    zips.accepts(start + raw, "heap.zip")


def made(method: int, *, streamed: bool = False) -> bytes:
    """A ZIP of eight pages by the standard library, which does not go back in it where it is streamed."""
    target = io.BytesIO()
    out = Unseekable(target) if streamed else target
    with zipfile.ZipFile(out, "w", method) as archive:
        for number in range(8):
            archive.writestr(f"s/{number}.html", PAGE)
    return target.getvalue()


class Unseekable(io.RawIOBase):
    """A file to which one can only add."""

    def __init__(self, target: io.BytesIO) -> None:
        self.target = target

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self.target.write(data)
