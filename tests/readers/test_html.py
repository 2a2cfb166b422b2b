"""Pages saved as HTML, with the pictures that lie beside them, alone and in mirrors of whole sites."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Moment, Origin
from generator.readers import html, mirrors, parts
from generator.readers.found import alone
from tests import drawn
from tests.samples import Sample

FERRY, QUAY, BOAT = drawn.png(seed=1), drawn.jpeg(seed=2), drawn.gif(seed=3)
PLAIN = Sample(url="").html.replace('<meta property="og:url" content="">\n', "")


def page(inside: str, head: str = "") -> bytes:
    return PLAIN.replace("</head>", f"{head}</head>").replace("</h1>", f"</h1>{inside}").encode()


def saved(root: Path, files: dict[str, bytes]) -> None:
    for name, body in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(body)


def only(root: Path, name: str) -> Capture:
    captures, findings = readers.captures(root / name, name)
    assert findings == ()
    (capture,) = captures
    return capture


def named(capture: Capture) -> list[tuple[str, str]]:
    return [(part.name, part.file) for part in capture.parts]


def test_a_complete_page_brings_the_pictures_from_its_folder_under_the_names_that_it_uses(tmp_path: Path) -> None:
    body = page(
        '<img src="./Night%20ferry_files/ferry.png"><img data-src=\'Night ferry_files/quay.jpg\' src="data:image/gif;base64,AAAA">'
        '<picture><source srcset="Night%20ferry_files/boat.gif 320w, https://img.ledger.example/boat,large.webp 900w"></picture>'
        '<img src="Night ferry_files/lost.png"><img src="Night ferry_files/script.js.download">'
    )
    folder = "Night ferry_files"
    saved(
        tmp_path,
        {"Night ferry.html": body, f"{folder}/ferry.png": FERRY, f"{folder}/quay.jpg": QUAY, f"{folder}/boat.gif": BOAT, f"{folder}/script.js.download": b"alert(1)"},
    )  # fmt: skip
    capture = only(tmp_path, "Night ferry.html")
    assert named(capture) == [
        ("./Night%20ferry_files/ferry.png", "./Night ferry_files/ferry.png"),
        ("Night ferry_files/quay.jpg", "Night ferry_files/quay.jpg"),
        ("Night%20ferry_files/boat.gif", "Night ferry_files/boat.gif"),
    ]
    assert [part.body for part in capture.parts] == [FERRY, QUAY, BOAT]
    assert [part.media_type for part in capture.parts] == ["image/png", "image/jpeg", "image/gif"]


def test_what_is_called_a_picture_and_is_none_does_not_come_along(tmp_path: Path) -> None:
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    saved(
        tmp_path,
        {
            "a.html": page('<img src="a_files/a.svg"><img src="a_files/b.png">'),
            "a_files/a.svg": drawing,
            "a_files/b.png": drawing,
        },
    )
    assert only(tmp_path, "a.html").parts == ()


def test_a_page_reaches_nothing_outside_the_folder_that_was_searched(tmp_path: Path) -> None:
    saved(
        tmp_path,
        {"secret.png": FERRY, "heap/a.html": page('<img src="../secret.png"><img src="/secret.png"><img src="l.png">')},
    )
    (tmp_path / "heap/l.png").symlink_to(tmp_path / "secret.png")
    assert only(tmp_path / "heap", "a.html").parts == ()


def test_a_base_is_where_relative_names_begin(tmp_path: Path) -> None:
    saved(tmp_path, {"a.html": page('<img src="ferry.png">', '<base href="shown/">'), "shown/ferry.png": FERRY})
    assert named(only(tmp_path, "a.html")) == [("ferry.png", "shown/ferry.png")]


# ---- mirrors -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("www.ledger.example/2022/03/18/index.html", "//www.ledger.example/2022/03/18/"),
        ("mirror/www.ledger.example/2022/night-ferry.html", "//www.ledger.example/2022/night-ferry.html"),
        ("ledger.example/index.html@p=12.html", "//ledger.example/?p=12"),
        ("ledger.example/index.html?p=12", "//ledger.example/?p=12"),
        ("ledger.example/story.php?id=5&r=a%2Fb.html", "//ledger.example/story.php?id=5&r=a/b"),
        ("ledger.example/story.php.html", "//ledger.example/story.php"),
        ("ledger.example+8080/a/index.htm", "//ledger.example:8080/a/"),
        ("ledger.example/港口/a b.html", "//ledger.example/%E6%B8%AF%E5%8F%A3/a%20b.html"),
        ("heap/https%3A%2F%2Fwww.ledger.example%2F2022%2Fnight%3Fp%3D1.html", "//www.ledger.example/2022/night?p=1"),
    ],
)
def test_the_place_in_a_mirror_tells_the_address(path: str, address: str) -> None:
    mirror = mirrors.find(path)
    assert mirror is not None
    assert mirror.address == address


@pytest.mark.parametrize(
    "path",
    [
        "a.html",
        "2022/a.html",
        "Night ferry_files/frame.html",
        "notes.md/a.html",
        "site.backup/a.html",
        "v1.2/a.html",
        "..",
        "",
        "./../x.html",
        "my.files/a.html",
    ],
)
def test_a_folder_that_is_no_host_tells_nothing(path: str) -> None:
    assert mirrors.find(path) is None


def test_a_mirrored_page_finds_its_pictures_from_the_root_of_its_host_and_of_others(tmp_path: Path) -> None:
    body = page(
        '<img src="/img/ferry.png"><img src="//img.ledger.example/quay.jpg?w=800"><img src="https://www.ledger.example/boat.gif"><img src="../lost.png">'
    )
    root = "mirrors/www.ledger.example"
    saved(
        tmp_path,
        {f"{root}/2022/03/index.html": body, f"{root}/img/ferry.png": FERRY, "mirrors/img.ledger.example/quay.jpg?w=800": QUAY, f"{root}/boat.gif": BOAT},
    )  # fmt: skip
    capture = only(tmp_path, f"{root}/2022/03/index.html")
    assert [part.body for part in capture.parts] == [FERRY, QUAY, BOAT]
    assert capture.parts[0].file == "../../../www.ledger.example/img/ferry.png"
    assert (capture.url, capture.captured) == ("https://www.ledger.example/2022/03/", None)
    assert [(claim.field, claim.value, claim.basis) for claim in capture.claims] == [
        ("url", capture.url, "path:mirror")
    ]


def test_a_mirror_without_folders_for_hosts_finds_pictures_by_climbing(tmp_path: Path) -> None:
    saved(tmp_path, {"2022/03/18/index.html": page('<img src="/img/ferry.png">'), "img/ferry.png": FERRY})
    capture = only(tmp_path, "2022/03/18/index.html")
    assert named(capture) == [("/img/ferry.png", "../../../img/ferry.png")]
    assert capture.url is None


def test_a_page_that_states_its_own_address_on_the_mirrored_host_knows_better_than_its_place(tmp_path: Path) -> None:
    told = page("", '<link rel="canonical" href="https://www.ledger.example/2022/03/18/night-ferry/">')
    saved(tmp_path, {"www.ledger.example/story.php?id=5.html": told})
    capture = only(tmp_path, "www.ledger.example/story.php?id=5.html")
    assert (capture.url, capture.claims) == (None, ())


def test_a_mirror_of_an_archive_holds_copies(tmp_path: Path) -> None:
    place = "web.archive.org/web/20220401093000/http:/www.ledger.example/night.html"
    saved(tmp_path, {place: page("")})
    capture = only(tmp_path, place)
    assert capture.url == "http://www.ledger.example/night.html"
    assert capture.captured == Moment.parse("2022-04-01T09:30:00+00:00")


def test_the_tools_own_files_in_a_mirror_are_passed_over_with_a_remark(tmp_path: Path) -> None:
    index = b"<html><head><title>Local index - HTTrack Website Copier</title></head><body><p>Index of locally available sites</p></body></html>"
    moved = b'<HTML><!-- Mirrored from ledger.example/a by HTTrack Website Copier/3.x --><HEAD><META HTTP-EQUIV="Refresh" CONTENT="0; URL=b.html"><TITLE>Page has moved</TITLE></HEAD></HTML>'
    saved(
        tmp_path,
        {
            "index.html": index, "hts-log.txt": b"HTTrack log: all is well today in this long line of words", "cookies.txt": b"# Netscape HTTP Cookie File",
            "hts-cache/doit.log": b"words", "ledger.example/robots.txt": b"User-agent: *\nDisallow: /private", "ledger.example/a.html": moved,
            "ledger.example/b.html": page(""), "wget-log": b"words of wget",
        },
    )  # fmt: skip
    files, remarks = readers.discover([tmp_path])
    assert [name for _, name in files] == ["index.html", "ledger.example/a.html", "ledger.example/b.html"]
    assert {finding.where for finding in remarks} == {
        "cookies.txt",
        "hts-cache",
        "hts-log.txt",
        "ledger.example/robots.txt",
        "wget-log",
    }
    for body in (index, moved):
        (remark,) = html.read(io.BytesIO(body), Origin("ledger.example/a.html", "0" * 64), alone)
        assert isinstance(remark, Finding)
        assert (remark.code, remark.where) == ("file-skipped", "ledger.example/a.html")


def test_a_page_that_says_itself_that_it_has_moved_is_a_page() -> None:
    assert not mirrors.own_page(
        b"<html><head><title>Page has moved</title></head><body>The harbour page has moved to the new quay."
    )


class _Site(BaseHTTPRequestHandler):
    """A site in a proxy: wget asks it for any host's pages."""

    def do_GET(self) -> None:
        kind, body = (
            ("image/png", FERRY)
            if ".png" in self.path
            else ("text/html", page('<img src="/img/ferry.png?w=800"><img src="//img.ledger.example/a%20b.png">'))
        )
        if "robots" in self.path:
            kind, body = "text/plain", b""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _proxy() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Site) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not on this machine")
@pytest.mark.parametrize(
    ("options", "file"),
    [
        (("--span-hosts",), "www.ledger.example/story.php?id=5"),
        (("--span-hosts", "--convert-links", "--adjust-extension"), "www.ledger.example/story.php?id=5.html"),
        (("--span-hosts", "--convert-links", "--adjust-extension", "--restrict-file-names=windows"), "www.ledger.example/story.php@id=5.html"),
        (("--no-host-directories",), "story.php?id=5"),
    ],
    ids=["plain", "converted", "windows", "no-hosts"],
)  # fmt: skip
def test_what_wget_mirrors_is_read_with_its_pictures_and_address(
    tmp_path: Path, options: tuple[str, ...], file: str
) -> None:
    with _proxy() as address:
        call = [
            "wget",
            "--quiet",
            "--force-directories",
            "--page-requisites",
            f"--directory-prefix={tmp_path}",
            *options,
        ]
        subprocess.run(
            [*call, "http://www.ledger.example/story.php?id=5"],
            env={**os.environ, "http_proxy": address},
            check=True,
            timeout=60,
        )
    capture = only(tmp_path, file)
    alone_here = "--no-host-directories" in options
    assert len(capture.parts) == (1 if alone_here else 2)
    assert {part.body for part in capture.parts} == {FERRY}
    assert capture.url == (None if alone_here else "http://www.ledger.example/story.php?id=5")


# ---- pages with something behind them ------------------------------------------------------------------------------------


def test_a_page_that_is_the_cover_of_a_zip_gives_what_is_in_it() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("index.html", page('<img src="images/0.png">'))
        archive.writestr("images/0.png", FERRY)
    cover = b"<!doctype html><html><head><meta charset=utf-8><title>z</title></head><body><script>unzip()</script><!--"
    body = cover + held.getvalue() + b"-->"
    assert html.accepts(body[:4096], "a.html")
    (member,) = html.read(io.BytesIO(body), Origin("a.html", "0" * 64), alone)
    assert not isinstance(member, Capture)


def test_the_index_beside_a_page_tells_where_it_was_saved_from(tmp_path: Path) -> None:
    saved(
        tmp_path,
        {
            "data/1/index.html": page(""),
            "data/1/index.dat": b"id\t20240305093000\nsource\thttps://www.ledger.example/a\n",
        },
    )
    capture = only(tmp_path, "data/1/index.html")
    assert (capture.url, capture.captured) == ("https://www.ledger.example/a", Moment.parse("2024-03-05T09:30:00"))


# ---- limits ----------------------------------------------------------------------------------------------------------------


def test_parts_end_at_a_number_and_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"".join(b'<img src="p%d.png">' % number for number in range(400))
    assert len(parts.gather(body, lambda _: FERRY)) == parts.MAX_PARTS
    monkeypatch.setattr(parts, "MAX_BYTES", len(FERRY) * 3)
    assert len(parts.gather(body, lambda _: FERRY)) == 3


@pytest.mark.parametrize("name", ["//[quay]/a.png", "http://[/a.png", "//]", "https://[::1/a.png"])
def test_a_name_with_brackets_that_are_no_hosts_leads_nowhere(tmp_path: Path, name: str) -> None:
    saved(tmp_path, {"www.ledger.example/a.html": page(f'<img src="{name}">', f'<base href="{name}">')})
    assert only(tmp_path, "www.ledger.example/a.html").parts == ()
    assert mirrors.find("https%3A%2F%2F[quay%2Fa.html") is None
    assert mirrors.find("https%3A%2F%2F.html") is None


def test_what_never_lies_beside_the_page_is_soon_no_longer_looked_for() -> None:
    asked: list[str] = []

    def near(address: str) -> bytes | None:
        asked.append(address)
        return FERRY if address.startswith("held/") else None

    body = b"".join(
        b'<img src="https://img.example/%d.png"><img src="held/%d.png">' % (number, number) for number in range(150)
    )
    assert len(parts.gather(body, near)) == 150
    assert sum(address.startswith("https:") for address in asked) == parts.MISSES


@pytest.mark.parametrize(
    "body",
    [
        b"<img " * 50_000,
        b'<img src="' + b"a" * 200_000,
        b"<meta content=image " * 20_000,
        b"background:" * 50_000,
        b"<base " * 50_000,
        b"<!-- Page saved with SingleFile " * 20_000,
        b"<link rel=memento " * 20_000,
        b'<input name="q"' * 20_000 + b"webpage capture archive.",
    ],
)
def test_markup_made_to_be_slow_is_read(body: bytes) -> None:
    (capture,) = html.read(io.BytesIO(body), Origin("a.html", "0" * 64), alone)
    assert isinstance(capture, Capture)


@given(st.binary(max_size=600), st.text(max_size=80))
def test_any_bytes_anywhere_give_captures_or_remarks(body: bytes, path: str) -> None:
    for start in (b"", b"<html><img src=", b"<base href=", b"<!doctype html>PK\x03\x04"):
        list(html.read(io.BytesIO(start + body), Origin(path, "0" * 64), lambda _: body))


@given(st.data())
def test_a_damaged_page_is_still_a_page(data: st.DataObject) -> None:
    whole = page('<img src="a_files/a.png">', '<base href="x/">')
    cut = data.draw(st.integers(0, len(whole)))
    flipped = bytearray(whole[:cut] or b"<html>")
    flipped[data.draw(st.integers(0, len(flipped) - 1))] = data.draw(st.integers(0, 255))
    (capture,) = html.read(io.BytesIO(bytes(flipped)), Origin("www.ledger.example/a.html", "0" * 64), lambda _: FERRY)
    assert isinstance(capture, Capture)
