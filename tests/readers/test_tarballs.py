"""Tars of saved pages, plain and compressed: what is read, which pictures find their page, what is said of the rest."""

import gzip
import io
import shutil
import subprocess
import tarfile

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers import compressed, tarballs
from generator.readers.packed import taped, unpacking
from generator.readers.packed.bundle import MAX_ALIKE, Entry
from tests.readers import archives
from tests.readers.archives import PNG, Door, Item, names, told
from tests.samples import Sample

PAGE = Sample().html.encode()
OTHER = Sample(headline="Bridge closed for the winter").html.encode()
PICTURED = PAGE.replace(b"</article>", b"<img src='story_files/pic.png'></article>")
HOWS = ("", "gz", "bz2", "xz", "zst")


@pytest.fixture
def door(tmp_path):
    return Door(tmp_path)


def packed(how: str, *items: tuple[str, bytes]) -> bytes:
    return zstandard.compress(archives.taped(items)) if how == "zst" else archives.taped(items, how)


def special(kind: bytes, name: str, target: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("how", HOWS)
def test_each_page_of_a_tar_is_read_with_the_pictures_that_lie_beside_it(door, how):
    before = [("d/story_files/pic.png", PNG), ("d/story.html", PICTURED), ("d/story_files/frame.html", OTHER)]
    for items in (before, before[::-1]):
        captures, findings = door(f"heap.tar.{how}", packed(how, *items, ("./b.html", OTHER)))
        assert sorted(names(captures)) == ["b.html", "d/story.html"]
        assert [len(capture.parts) for capture in captures if capture.origin.member == "d/story.html"] == [1]
        assert findings == []


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_tar_that_was_cut_gives_what_stood_before_the_cut(door, how, quarter):
    whole = packed(how, *((f"{number}.html", PAGE + bytes(range(32, 127)) * 99 * number) for number in range(8)))
    captures, findings = door(f"heap.tar.{how}", whole[: len(whole) * quarter // 4])
    assert len(captures) < 8
    assert captures or how
    assert "archive-damaged" in {finding.code for finding in findings}
    assert all(capture.body.startswith(PAGE) for capture in captures)


def test_a_cut_between_two_members_is_noticed(door):
    whole = archives.taped([("a.html", PAGE), ("b.html", OTHER)])
    captures, findings = door("heap.tar", whole[: whole.index(b"b.html")])
    assert names(captures) == ["a.html"]
    assert told(findings) == [("archive-damaged", "heap.tar")]


def test_a_damaged_header_is_skipped_up_to_the_next_good_one(door):
    whole = bytearray(archives.taped([("a.html", PAGE), ("b.html", OTHER), ("c.html", PAGE)]))
    whole[whole.index(b"b.html") + 150] ^= 0xFF
    captures, findings = door("heap.tar", bytes(whole))
    assert names(captures) == ["a.html", "c.html"]
    assert told(findings) == [("archive-damaged", "heap.tar")]
    assert str(whole.index(b"b.html")) in findings[0].message


@pytest.mark.parametrize("how", ["", "gz"])
def test_links_devices_and_names_that_lead_out_are_left(door, how):
    left = [
        special(tarfile.SYMTYPE, "out.html", "/etc/passwd"),
        special(tarfile.LNKTYPE, "hard.html", "elsewhere.html"),
        special(tarfile.CHRTYPE, "device.html"),
        special(tarfile.FIFOTYPE, "pipe.html"),
    ]
    silent = [special(tarfile.DIRTYPE, "folder.html"), special(tarfile.LNKTYPE, "same.html", "good.html")]
    raw = b"".join(left + silent) + archives.taped(
        [("good.html", PAGE), ("../bad.html", OTHER), ("/etc/page.html", OTHER)]
    )
    captures, findings = door("heap.tar", gzip.compress(raw) if how else raw)
    assert names(captures) == ["good.html", "etc/page.html"]
    assert told(findings) == [
        ("member-unsafe", f"heap.tar#{name}")
        for name in ("out.html", "hard.html", "device.html", "pipe.html", "../bad.html")
    ]


def test_long_names_are_read_in_both_manners(door):
    name = "/".join(["a folder of some length"] * 20) + "/渡轮.html"
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        target = io.BytesIO()
        with tarfile.open(fileobj=target, mode="w", format=form) as archive:
            info = tarfile.TarInfo(name)
            info.size = len(PAGE)
            archive.addfile(info, io.BytesIO(PAGE))
        assert names(door("heap.tar", target.getvalue())[0]) == [name]


def test_names_in_an_old_charset_are_read(door):
    whole = archives.taped([("XXXXXX.html", PAGE)])
    old = whole[:512].replace(b"XXXXXX", "渡轮港".encode("gb18030"))
    old = old[:148] + b" " * 8 + old[156:]
    raw = old[:148] + b"%06o\0 " % sum(old) + old[156:] + whole[512:]
    assert names(door("heap.tar", raw)[0]) == ["渡轮港.html"]


def test_members_of_one_name_are_all_read_and_told_apart(door):
    for how in HOWS:
        captures, _ = door(f"heap.tar.{how}", packed(how, ("a.html", PAGE), ("a.html", OTHER)))
        assert names(captures) == ["a.html", "a~2.html"]


def test_an_extended_header_of_gigabytes_is_not_read(door):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8 * 1024**3
    captures, findings = door("heap.tar", info.tobuf(tarfile.GNU_FORMAT) + b"9999999 path=" + bytes(1011))
    assert captures == []
    assert "archive-damaged" in {finding.code for finding in findings}


def extended(path: str) -> bytes:
    record = f" path={path}\n"
    raw = f"{len(record) + 2}{record}".encode()
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, len(raw)
    return info.tobuf(tarfile.USTAR_FORMAT) + raw.ljust(512, b"\0")


@pytest.mark.parametrize("how", ["", "gz"])
def test_headers_about_a_member_without_end_are_left_and_the_member_is_read(door, how):
    many = b"".join(extended(f"{number:04}.html") for number in range(300)) + archives.taped([("a.html", PAGE)])
    captures, findings = door(f"heap.tar{how and '.gz'}", gzip.compress(many) if how else many)
    assert names(captures) == [f"{taped.MAX_EXTENDED - 1:04}.html"]
    assert {finding.code for finding in findings} == {"archive-damaged"}
    assert len(findings) == MAX_ALIKE + 1


def test_headers_about_a_member_are_read_up_to_their_limit_together(door, monkeypatch):
    monkeypatch.setattr(taped, "MAX_HEADER_BYTES", 40)
    raw = (
        extended("1.html")
        + extended("2.html")
        + extended("3.html")
        + archives.taped([("a.html", PAGE), ("b.html", OTHER)])
    )
    captures, findings = door("heap.tar", raw)
    assert names(captures) == ["2.html", "b.html"]
    assert "40 bytes are read" in str(findings[0])


def test_records_of_an_extended_header_that_lie_are_left():
    assert dict(taped._records(b"12 path=a.b\n30 size=9\n")) == {"path": "a.b"}
    assert dict(taped._records(b"0 path=a\n")) == {}
    assert dict(taped._records(b"99999999 path=a\n")) == {}


def test_a_sparse_file_is_left_and_named(door):
    info = tarfile.TarInfo("sparse.html")
    info.type, info.size = tarfile.GNUTYPE_SPARSE, 512
    raw = info.tobuf(tarfile.GNU_FORMAT) + bytes(512) + archives.taped([("a.html", PAGE)])
    captures, findings = door("heap.tar", raw)
    assert names(captures) == ["a.html"]
    assert told(findings) == [("member-unreadable", "heap.tar#sparse.html")]


def test_a_large_member_of_a_compressed_tar_is_read_as_it_runs_past(door, monkeypatch):
    monkeypatch.setattr(tarballs, "HELD_BYTES", 1_000)
    inner = archives.taped([("in.html", OTHER)])
    captures, findings = door("heap.tar.gz", packed("gz", ("a.html", PAGE), ("in.tar", inner), ("z.html", PAGE)))
    assert names(captures) == ["a.html", "in.tar/in.html", "z.html"]
    assert findings == []


def test_a_page_in_a_stream_waits_for_its_pictures_so_long_and_no_longer(door, monkeypatch):
    filler = [(f"filler/{number}.html", OTHER) for number in range(40)]
    items = [("story.html", PICTURED), *filler, ("story_files/pic.png", PNG)]
    captures, _ = door("heap.tar.gz", packed("gz", *items))
    assert {capture.origin.member: len(capture.parts) for capture in captures}["story.html"] == 1
    monkeypatch.setattr(tarballs, "AHEAD_BYTES", 20 * len(OTHER))
    captures, _ = door("heap.tar.gz", packed("gz", *items))
    assert len(captures) == 41
    assert {capture.origin.member: len(capture.parts) for capture in captures}["story.html"] == 0


def test_a_stream_holds_so_much_and_no_more(monkeypatch):
    monkeypatch.setattr(tarballs, "AHEAD_BYTES", 50_000)
    monkeypatch.setattr(tarballs, "BEHIND_BYTES", 30_000)
    queue = tarballs._Queue()
    for number in range(500):
        entry = Entry(f"{number}.html", 0, 1, 1)
        queue.put(tarballs._Held(entry, bytes(number % 5_000), waits=True))
        list(queue.ripe(tarballs.AHEAD_BYTES))
        assert sum(held.cost for held in queue.held.values()) <= 80_000
        assert len(queue.by_name) == len(queue.held)


@pytest.mark.skipif(not shutil.which("tar"), reason="needs tar")
def test_the_real_tars_archive_is_read(door, tmp_path):
    heap = tmp_path / "heap" / ("deep" * 40) / ("er" * 30)
    (heap / "story_files").mkdir(parents=True)
    (heap / "story.html").write_bytes(PICTURED)
    (heap / "story_files" / "pic.png").write_bytes(PNG)
    (heap / "link.html").symlink_to("story.html")
    for options in (["-cf"], ["--format=posix", "-czf"], ["-cJf"]):
        subprocess.run(["tar", *options, "../made.tar", "."], cwd=tmp_path / "heap", check=True)
        captures, findings = door("copy.tar", (tmp_path / "made.tar").read_bytes())
        assert [name.rpartition("/")[2] for name in names(captures)] == ["story.html"]
        assert len(captures[0].parts) == 1
        assert findings == []


def test_a_bomb_in_a_compressed_tar_stops_at_the_limit(door, monkeypatch):
    monkeypatch.setattr(unpacking, "SPARE_BYTES", 100_000)
    monkeypatch.setattr(unpacking, "RATIO", 1)
    captures, findings = door(
        "heap.tgz", packed("gz", ("a.html", PAGE), ("b.html", b" " * 5_000_000), ("c.html", PAGE))
    )
    assert captures == []
    assert [finding.code for finding in findings] == ["archive-limit"]


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_any_mutation_of_a_tar_gives_members_or_findings(data):
    how = data.draw(st.sampled_from(["", "gz"]))
    raw = bytearray(packed(how, ("a.html", PICTURED), ("story_files/pic.png", PNG), ("b" * 200, PAGE)))
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    raw = raw[: data.draw(st.integers(0, len(raw)))]
    archives.straight(compressed if how else tarballs, bytes(raw))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=1500))
def test_any_bytes_give_members_or_findings(raw):
    archives.straight(tarballs, raw)
    tarballs.accepts(raw, "x")


def test_a_tar_in_a_zip_and_a_zip_in_a_tar_are_read(door):
    inner = archives.zipped([Item(b"a.html", PAGE)])
    for how in HOWS:
        assert names(door(f"heap.tar.{how}", packed(how, ("in.zip", inner)))[0]) == ["in.zip/a.html"]
        outer = archives.zipped([Item(b"in.tar", packed(how, ("a.html", PAGE)))])
        assert names(door("heap.zip", outer)[0]) == ["in.tar/a.html"]
