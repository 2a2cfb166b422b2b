"""Words that are withheld are found in the site in whatever file and writing they are left, and nothing else is."""

from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
import zstandard

from generator.check import leaks
from generator.check.leaks import needles
from generator.content import Withheld, write_withheld
from generator.errors import Finding
from generator.model import Article, Moment, Picture
from generator.withholding import border
from tests.samples import Run, TryOut
from tests.withholding.archives import put

SECRET = "the harbour master's letter was burnt on the quay"
HAN = "港务局长的信在码头被当众烧毁"
MEDIUM = "media/{0}/{1}.png"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"pixels"
WITHHELD = Article(
    "4f0c1d2e3a5b6978",
    "Letter burnt",
    f"On Tuesday {SECRET}, & nobody saw it.\n\n{HAN}。",
    permalink="2025/03/18/letter-burnt",
    published=Moment.parse("2025-03-18"),
)
SHOWN = Article("5f0c1d2e3a5b6978", "Ferry sails", "On Tuesday the night ferry sailed, & nobody saw it.")


def zipped(body: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OEBPS/chapter.xhtml", body)
    return held.getvalue()


@pytest.fixture
def site(archive: TryOut) -> Path:
    put(archive, WITHHELD, SHOWN)
    write_withheld(archive.settings.content, {WITHHELD.id: Withheld(reason="Asked for", permalink=WITHHELD.permalink)})
    place = archive.root / "site"
    place.mkdir()
    return place


@pytest.fixture
def look(archive: TryOut) -> Callable[[], tuple[Finding, ...]]:
    ledger = {WITHHELD.id: Withheld(permalink=WITHHELD.permalink)}
    return lambda: leaks(border(archive.settings, ledger, None), archive.root / "site")


Look = Callable[[], tuple[Finding, ...]]


def test_a_site_that_keeps_what_is_withheld_has_none(archive: TryOut, site: Path, look: Look) -> None:
    site.rmdir()
    archive.build()
    assert (site / f"{WITHHELD.permalink}.html").is_file()
    assert look() == ()


WAYS: dict[str, tuple[str, bytes]] = {
    "as it is": ("a.txt", SECRET.encode()),
    "in a name": (f"{HAN}.txt", b""),
    "hidden": (".old/a.html~", SECRET.encode()),
    "in capitals, spaced and broken": ("a.html", SECRET.upper().replace(" ", " \r\n ").encode()),
    "in full width": ("a.html", "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in SECRET).encode()),
    "with what nobody sees in it": ("a.html", "\u00ad".join(SECRET).encode()),
    "among tags": ("a.html", b"<p>the <b>harbour</b> <i>mas</i>ter&#39;s let<wbr>ter"),
    "between paragraphs": ("a.html", b"<li>the harbour</li><li>master's letter</li>"),
    "word by word in a list": ("a.html", "".join(f"<li>{word}</li>" for word in SECRET.split()).encode()),
    "in an attribute": ("a.html", f'<img alt="{html.escape(SECRET)}">'.encode()),
    "as entities": ("a.html", "".join(f"&#x{ord(c):x};" for c in HAN).encode()),
    "as JSON": ("a.json", json.dumps({"t": HAN}).encode()),
    "as JSON in HTML": ("a.html", html.escape(json.dumps(HAN)).encode()),
    "as HTML in JSON": ("a.json", json.dumps("".join(f"&#{ord(c)};" for c in SECRET)).encode()),
    "as a script": ("a.js", "".join(f"\\x{ord(c):02x}" for c in SECRET).encode()),
    "as a script of its day": ("a.js", "".join(f"\\u{{{ord(c):x}}}" for c in HAN).encode()),
    "as style": ("a.css", "".join(f"\\{ord(c):x} " for c in HAN).encode()),
    "in an address": ("a.html", f'<a href="x?t={quote(HAN)}">'.encode()),
    "in an address of an address": ("a.html", quote(quote(SECRET)).encode()),
    "in another charset": ("a.html", HAN.encode("gb18030")),
    "in wide characters": ("a.txt", HAN.encode("utf-16")),
    "gzipped": ("a.json.gz", gzip.compress(SECRET.encode())),
    "gzipped twice, in a ZIP": ("a.epub", zipped(gzip.compress(gzip.compress(SECRET.encode())))),
    "as bzip2": ("a.bz2", bz2.compress(SECRET.encode())),
    "as xz": ("a.xz", lzma.compress(SECRET.encode())),
    "as Zstandard": ("a.zst", zstandard.ZstdCompressor().compress(SECRET.encode())),
    "as Brotli": ("a.js.br", brotli.compress(SECRET.encode())),
    "in a PDF": ("a.pdf", b"%PDF-1.7\nstream\r\n" + zlib.compress(SECRET.encode()) + b"\nendstream"),
    "in a picture's remarks": ("a.png", b"\x89PNG\r\n\x1a\ntEXt" + SECRET.encode()),
    "inline": ("a.html", b'<iframe src="data:text/html;base64,' + base64.b64encode(SECRET.encode()) + b'">'),
    "behind a great deal else": ("a.txt", b"x " * 499_990 + SECRET.encode()),
    "a run of twelve and no more": ("a.txt", SECRET[4:16].encode()),
    "a short headline, whole": ("a.txt", b"letter burnt"),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_withheld_is_found_in_whatever_writing(site: Path, look: Look, way: str) -> None:
    name, body = WAYS[way]
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_bytes(body)
    found = look()
    assert {(one.code, one.where) for one in found} == {("leak", name)}
    assert WITHHELD.id in found[0].message
    assert not any(word in found[0].message for word in ("harbour", "港", "burnt"))  # the message may be public


@pytest.mark.parametrize(
    "words",
    [
        SECRET[4:15],
        "On Tuesday the n",
        "& nobody saw it.",
        WITHHELD.permalink,
        "letter-burnt",
        "harbour master",
        "信在码头",
    ],
    ids=["eleven characters", "another article's", "of both", "the notice's address", "its end", "fourteen", "four"],
)
def test_what_something_shown_holds_or_is_shorter_than_a_run_is_no_leak(site: Path, look: Look, words: str) -> None:
    (site / "a.txt").write_text(words, "utf-8")
    leak = words == "harbour master"
    assert bool(look()) is leak


def test_what_comes_about_by_what_stands_beside_what_is_no_leak(site: Path, look: Look) -> None:
    (site / "a.html").write_text("<name>Old Harbour</name><title>Master's lamp</title>", "utf-8")
    (site / "b.html").write_text("<q>Old Harbour</q><code>Master's lamp</code>", "utf-8")
    assert look() == ()


def test_the_day_and_the_citation_of_a_shown_story_are_no_leak(archive: TryOut, site: Path, look: Look) -> None:
    day = Moment.parse("2025-03-18T10:20:00+08:00")
    secret = replace(WITHHELD, body="Printed on March 18, 2025. Ann Moran. The Ferry was never paid for.")
    put(archive, secret, replace(SHOWN, headline="The Ferry sails", byline=("Ann Moran",), published=day))
    (site / "a.html").write_text(
        "<p>March 18, 2025</p><dd>Ann Moran. The Ferry sails[EB/OL]. (2025-03-18).</dd>", "utf-8"
    )
    assert look() == ()
    (site / "b.html").write_text("<p>The Ferry was never paid for</p>", "utf-8")
    assert [one.where for one in look()] == ["b.html"]


def test_a_picture_is_known_by_its_bytes_under_any_name(archive: TryOut) -> None:
    from hashlib import sha256

    name = MEDIUM.format("ab", sha256(PICTURE).hexdigest())
    held = Article("1", "Withheld by its picture", "x", pictures=(Picture(name),), permalink="2025/01/01/x")
    put(archive, held)
    site = archive.root / "site"
    site.mkdir()
    look = border(archive.settings, {"1": Withheld()}, None)
    (site / "a.bin").write_bytes(PICTURE)
    (site / "b.html").write_bytes(b"data:image/png;base64," + base64.b64encode(PICTURE))
    assert [(one.where, one.message) for one in leaks(look, site)] == [
        ("a.bin", "a file that only 1 holds"),
        ("b.html", "a file that only 1 holds"),
    ]


def test_a_smaller_picture_of_one_that_is_withheld_is_known_by_its_name(archive: TryOut) -> None:
    from hashlib import sha256

    digest = sha256(PICTURE).hexdigest()
    held = Article("1", "Withheld", "x", pictures=(Picture(MEDIUM.format("ab", digest)),), permalink="2025/01/01/x")
    put(archive, held)
    smaller = archive.root / "site" / "media" / "ab" / f"{digest}-480.avif"
    smaller.parent.mkdir(parents=True)
    smaller.write_bytes(b"other bytes")
    look = border(archive.settings, {"1": Withheld()}, None)
    assert [one.where for one in leaks(look, archive.root / "site")] == [f"media/ab/{digest}-480.avif"]


def test_a_picture_that_was_purged_is_known_by_the_digest_in_the_ledger(archive: TryOut) -> None:
    from hashlib import sha256

    site = archive.root / "site"
    site.mkdir()
    (site / "a.png").write_bytes(PICTURE)
    entry = Withheld(purged=(f"{sha256(PICTURE).hexdigest()}  content/media/x.png",))
    assert [one.code for one in leaks(border(archive.settings, {"1": entry}, None), site)] == ["leak"]


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("a.parquet", b"PAR1....PAR1", "member-unreadable"),
        ("a.gz", b"\x1f\x8b\x08damaged", "member-unreadable"),
        ("a.zip", b"PK\x03\x04damaged", "member-unreadable"),
    ],
)
def test_what_cannot_be_looked_into_is_told(site: Path, look: Look, name: str, body: bytes, code: str) -> None:
    (site / name).write_bytes(body)
    assert [(one.code, one.where) for one in look()] == [(code, name)]


def test_any_number_of_processes_finds_the_same_in_the_same_order(archive: TryOut, site: Path, look: Look) -> None:
    for number in range(9):
        (site / f"{number}.txt").write_text(SECRET if number % 2 else "nothing", "utf-8")
    between = border(archive.settings, {WITHHELD.id: Withheld(permalink=WITHHELD.permalink)}, None)
    found = look()
    assert [one.where for one in found] == ["1.txt", "3.txt", "5.txt", "7.txt"]
    assert leaks(between, site, 2) == found


def test_a_file_that_takes_too_long_is_told_and_the_others_are_looked_through(
    archive: TryOut, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        (site / f"{number}.txt").write_text(SECRET, "utf-8")
    (site / "large.txt").write_text("no word of it & <b>nothing</b> " * 1_000_000, "utf-8")
    monkeypatch.setattr(import_module("generator.check.leaks"), "LOOK_SECONDS", 2.0)  # the door hides the room
    between = border(archive.settings, {WITHHELD.id: Withheld(permalink=WITHHELD.permalink)}, None)
    found = leaks(between, site, 1)
    assert [one.where for one in found if one.code == "leak"] == [f"{number}.txt" for number in range(5)]
    assert [(one.code, one.where, one.message) for one in found[:1]] == [
        ("file-unreadable", "large.txt", "it takes more than 2 seconds: not looked through")
    ]


def test_an_archive_that_withholds_much_is_gone_through_in_batches(
    site: Path, look: Look, monkeypatch: pytest.MonkeyPatch, archive: TryOut
) -> None:
    monkeypatch.setattr(needles, "MAX_RUNS", 10)
    (site / "a.txt").write_text(SECRET, "utf-8")
    assert [one.where for one in look()] == ["a.txt"]


def test_an_article_that_cannot_be_read_may_hold_anything_and_is_told(run: Run, archive: TryOut, site: Path) -> None:
    site.rmdir()
    archive.build()
    assert run("--archive", archive.root, "check", "--leaks").status == 0
    (archive.root / "content/articles/broken.md").write_text("no front matter", "utf-8")
    said = run("--archive", archive.root, "check", "--leaks")
    assert (said.status, "content/articles/broken.md: error: " in said.err) == (1, True)
