"""What each tool's export gives: right address, right moment, right headline, right tags; the text whole."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator import readers
from generator.extract import extract
from generator.model import Capture, Origin, Seen
from generator.readers import exports
from generator.readers.exports import beside
from generator.readers.found import Member, alone
from tests.readers import exports_samples as samples
from tests.readers.exports_samples import ARTICLE, GIF, OTHER, TITLE, URL
from tests.samples import FERRY, Sample

Near = Callable[[str], bytes | None]


def found(export, name: str = "export.json", near: Near = alone) -> list[Any]:
    raw = (
        export.encode()
        if isinstance(export, str)
        else export
        if isinstance(export, bytes)
        else json.dumps(export).encode()
    )
    assert exports.accepts(raw[: exports.HEAD], name)
    return list(exports.read(io.BytesIO(raw), Origin(name, "digest"), near))


def said(claims, field: str) -> tuple[str, ...]:
    return next((claim.values for claim in claims if claim.field == field), ())


PUBLISHED = "2022-03-18T06:00:00-04:00"
IN_UTC = "2022-03-18T10:00:00+00:00"
TAGS = ("ferry", "harbour")
OMNIVORE = {"content/night-ferry-192.html": ARTICLE.encode()}
READECK = {"container/index.html": f"<html><body>{ARTICLE}</body></html>".encode()}
SNAPSHOT = {
    "readability/content.html": ARTICLE.encode(),
    "readability/article.json": json.dumps(samples.READABILITY).encode(),
}

WHOLE = [
    ("wallabag", [samples.WALLABAG_ENTRY], {}, "2022-03-19T20:15:00+01:00", PUBLISHED, TAGS),
    ("wallabag 1", [samples.WALLABAG_1], {}, "None", "", TAGS),
    ("wallabag CSV", samples.WALLABAG_CSV, {}, "2022-03-19", "", TAGS),
    ("wallabag XML", samples.WALLABAG_XML, {}, "2022-03-19T20:15:00+01:00", PUBLISHED, TAGS),
    ("Omnivore", samples.OMNIVORE, OMNIVORE, "2022-03-19T19:15:00+00:00", IN_UTC, TAGS),
    ("Readeck", samples.READECK, READECK, "2022-03-19T20:15:00+01:00", PUBLISHED, TAGS),
    ("Karakeep", samples.KARAKEEP_FULL, {}, "2022-03-19T19:16:00+00:00", IN_UTC, ("ferry",)),
    ("Linkwarden", samples.LINKWARDEN, {}, "2022-03-19T19:16:00+00:00", "", TAGS),
    ("Evernote", samples.ENEX, {}, "2022-03-19T19:15:00+00:00", "", TAGS),
    ("ArchiveBox", samples.ARCHIVEBOX, SNAPSHOT, "2022-03-19T19:15:09+00:00", PUBLISHED, TAGS),
]


@pytest.mark.parametrize(
    ("tool", "export", "beside", "saved", "published", "tags"), WHOLE, ids=[row[0] for row in WHOLE]
)
def test_an_entry_with_its_text_is_a_page_with_what_the_tool_says(tool, export, beside, saved, published, tags):
    capture = next(one for one in found(export, near=beside.get) if isinstance(one, Capture))
    assert (capture.url, str(capture.captured)) == (URL, saved)
    assert said(capture.claims, "headline") == (TITLE,)
    assert "".join(said(capture.claims, "published")) == published
    assert said(capture.claims, "tags") == tags
    article = extract(capture).article
    assert article is not None
    assert article.headline == TITLE
    assert [paragraph in article.body for paragraph in FERRY] == [True] * 4
    assert article.tags == tags
    if tool not in ("Linkwarden", "Evernote"):
        assert "## The timetable" in article.body
        assert "- Last boat at eleven" in article.body


@pytest.mark.parametrize(
    ("tool", "export", "count"),
    [
        ("wallabag", [samples.WALLABAG_FAILED], 1),
        ("Omnivore", samples.OMNIVORE, 2),
        ("Readeck", samples.READECK, 1),
        ("Karakeep", samples.KARAKEEP, 1),
        ("Linkwarden", samples.LINKWARDEN, 1),
        ("Pocket", samples.POCKET_CSV, 2),
        ("Pocket", samples.POCKET_HTML, 2),
        ("Instapaper", samples.INSTAPAPER, 1),
        ("Raindrop", samples.RAINDROP, 1),
        ("Matter", samples.MATTER, 1),
        ("bookmarks", samples.BOOKMARKS, 1),
        ("Zotero", samples.ZOTERO_CSV, 1),
        ("Zotero", samples.ZOTERO_RDF, 2),
        ("Zotero", samples.CSL, 1),
        ("ArchiveBox", samples.ARCHIVEBOX, 1),
    ],
)
def test_an_entry_with_a_link_only_is_a_story_known_but_not_held(tool, export, count):
    ghosts = [one for one in found(export) if isinstance(one, Seen)]
    assert len(ghosts) == count
    assert {ghost.list for ghost in ghosts} == {tool}
    assert {ghost.url for ghost in ghosts} <= {URL, OTHER}


def test_the_names_and_words_of_ghosts_are_read_out_of_quotes_and_entities():
    (instapaper,) = found(samples.INSTAPAPER)
    assert (instapaper.headline, instapaper.excerpt) == (f"{TITLE}, says council", "The landing stage stands again")
    (raindrop,) = found(samples.RAINDROP)
    assert raindrop.excerpt == 'The landing stage "stands" again'
    assert [ghost.headline for ghost in found(samples.POCKET_HTML)] == [TITLE, "Tides & quays"]
    assert [ghost.headline for ghost in found(samples.POCKET_CSV)] == [TITLE, OTHER]
    (bookmark,) = found(samples.BOOKMARKS)
    assert (bookmark.headline, bookmark.excerpt) == (TITLE, "The landing stage stands again")


def test_an_entry_is_named_by_its_place_in_the_export():
    capture = found([samples.WALLABAG_ENTRY])[0]
    assert capture.origin == Origin("export.json", "digest", "12")
    inside = next(
        exports.read(
            io.BytesIO(json.dumps([samples.WALLABAG_ENTRY]).encode()), Origin("a.zip", "digest", "wallabag.json"), alone
        )
    )
    assert isinstance(inside, Capture)
    assert inside.origin.member == "wallabag.json/12"


def test_a_text_that_wallabag_could_not_fetch_is_no_text():
    assert isinstance(found([samples.WALLABAG_FAILED])[0], Seen)


def test_a_picture_that_the_tool_shows_stands_in_for_those_that_the_text_has_not():
    capture = found([samples.WALLABAG_ENTRY])[0]
    article = extract(capture).article
    assert article is not None
    assert [picture.src for picture in article.pictures] == ["https://www.ledger.example/ferry.jpg"]


def test_pictures_inside_a_note_travel_with_it():
    capture = found(samples.ENEX, "notes.enex")[0]
    assert [(part.media_type, part.body, part.file) for part in capture.parts] == [("image/gif", GIF, "")]
    assert capture.parts[0].name.encode() in capture.body


@pytest.mark.parametrize("export", [samples.POCKET_CSV, samples.POCKET_HTML, samples.RAINDROP, samples.BOOKMARKS])
def test_a_ghost_carries_when_its_link_was_saved_and_its_tags(export):
    ghost = next(one for one in found(export) if isinstance(one, Seen))
    assert str(ghost.saved) in {"2022-03-19T19:15:00+00:00", "2022-03-19T19:15:00Z"}
    assert ghost.tags == ("ferry", "harbour")


def test_pictures_beside_a_bookmark_of_readecks_travel_with_it():
    beside = {
        "container/index.html": f'<html><body><p><img src="./_resources/a.gif"></p>{ARTICLE}</body></html>'.encode(),
        "container/./_resources/a.gif": GIF,
    }
    capture = found(samples.READECK, "info.json", beside.get)[0]
    assert [(part.name, part.body) for part in capture.parts] == [("./_resources/a.gif", GIF)]


def test_notes_of_ones_own_are_left():
    assert [one.code for one in found(samples.ENEX) if not isinstance(one, Capture)] == ["file-skipped"]
    assert [one.code for one in found(samples.KARAKEEP) if not isinstance(one, Seen)] == ["file-skipped"]


def test_a_snapshot_of_zotero_is_a_page_of_its_own_with_what_the_library_says():
    member, ghost = found(samples.ZOTERO_RDF, "library.rdf", {"files/5/Night ferry.html": b"<html>page</html>"}.get)
    assert isinstance(member, Member)
    assert (member.name, member.url, str(member.captured)) == (
        "files/5/Night ferry.html",
        URL,
        "2022-03-19T19:15:00+00:00",
    )
    assert {claim.field: claim.values for claim in member.claims} == {
        "headline": (TITLE,), "byline": ("Jane Roe",), "published": ("2022-03-18",), "publisher": ("The Ledger",),
        "section": ("Harbour",), "tags": TAGS,
    }  # fmt: skip
    assert ghost == Seen("Lost page", None, OTHER, "Zotero")


def test_the_best_page_of_a_snapshot_is_taken():
    whole, text, warc = {"singlefile.html": b"<html>"}, SNAPSHOT, {"warc/1647717301.warc.gz": b"\x1f\x8b"}
    for held, place, saved in (
        ({**whole, **text, **warc}, "singlefile.html", "2022-03-19T19:15:07+00:00"),
        ({**text, **warc}, "warc/1647717301.warc.gz", "2022-03-19T19:15:01+00:00"),
        (text, "readability/content.html", "2022-03-19T19:15:09+00:00"),
    ):
        (one,) = found(samples.ARCHIVEBOX, "1647717300.0/index.json", held.get)
        assert (one.name if isinstance(one, Member) else one.origin.member) == place
        assert (one.url, str(one.captured)) == (URL, saved)
    (newer,) = found(samples.ARCHIVEBOX_LINES, "index.jsonl", {"singlefile/singlefile.html": b"<html>"}.get)
    assert (newer.name, newer.url, str(newer.captured)) == (
        "singlefile/singlefile.html",
        URL,
        "2022-03-19T19:15:00+00:00",
    )


@pytest.mark.parametrize(
    ("page", "url"), [(samples.WECHAT, None), (samples.WECHAT_RENDERED, "https://mp.weixin.qq.com/s/AbCdEf")]
)
def test_a_page_of_wechats_keeps_what_its_scripts_would_have_shown(page, url):
    capture = found(page, "index.html", {"./assets/17001.gif": GIF}.get)[0]
    assert capture.url == url
    article = extract(capture).article
    assert article is not None
    assert (article.headline, article.publisher, article.byline) == ("夜航渡轮周五复航", "潮汐日报", ("林小舟",))
    assert str(article.published) == "2022-03-18T11:30"
    assert "十八个月前的一场风暴之后" in article.body
    assert "原文地址" not in article.body
    assert len(capture.parts) == (page is samples.WECHAT)


def test_a_page_of_wechats_says_in_its_scripts_who_published_it_and_when():
    capture = found(samples.WECHAT_RAW, "article.html")[0]
    assert capture.url == "https://mp.weixin.qq.com/s?__biz=MzA3&mid=1&sn=ab#rd"
    article = extract(capture).article
    assert article is not None
    assert (article.headline, article.publisher, str(article.published)) == (
        "夜航渡轮周五复航",
        "潮汐日报",
        "2022-03-18T11:30:00+08:00",
    )


def test_what_merely_looks_like_an_export_is_left_to_others():
    page = Sample().html.encode()
    for head, name in (
        (page, "index.json"), (b"", "a.enex"), (b"[]", "bookmarks.json"), (b'{"title": "a", "url": "b"}', "index.json"),
        (b"title,url\na,b", "a.csv"), (b'[{"id": 1, "type": "webpage", "name": "x"}]', "a.json"), (b"<rdf:RDF><item/></rdf:RDF>", "a.rdf"),
        (b'{"name": "a", "version": "1.0", "bookmarks": []}', "package.json"), (b"\x89PNG\r\n", "ril_export.html"),
    ):  # fmt: skip
        assert not exports.accepts(head[: exports.HEAD], name)


def test_a_folder_of_each_kind_is_read_through_its_door(tmp_path: Path):
    page = Sample(head='<meta name="x" content="y">').html
    for name, text in (
        ("omnivore/metadata_0_to_20.json", json.dumps(samples.OMNIVORE)), ("omnivore/content/night-ferry-192.html", ARTICLE),
        ("readeck/bookmarks/R3/info.json", json.dumps(samples.READECK)), ("readeck/bookmarks/R3/container/index.html", ARTICLE),
        ("zotero/library.rdf", samples.ZOTERO_RDF), ("zotero/files/5/Night ferry.html", page),
        ("abox/1647717300.0/index.json", json.dumps(samples.ARCHIVEBOX)), ("abox/1647717300.0/singlefile.html", page),
    ):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    for name, member, tags in (
        ("omnivore/metadata_0_to_20.json", "content/night-ferry-192.html", TAGS), ("readeck/bookmarks/R3/info.json", "R3ad3ck", TAGS),
        ("zotero/library.rdf", "files/5/Night ferry.html", TAGS), ("abox/1647717300.0/index.json", "singlefile.html", TAGS),
    ):  # fmt: skip
        captures, findings = readers.captures(tmp_path / name, name)
        assert [(one.origin.path, one.origin.member, one.url) for one in captures] == [(name, member, URL)]
        assert findings == ()
        article = extract(captures[0]).article
        assert article is not None
        assert (article.headline, article.tags) == (TITLE, tags)


def test_what_is_read_through_another_file_is_known_by_names():
    def left(*names: str):
        found = beside.held(frozenset(names))
        return (sorted(found.doors), sorted(found.left)) if found else None

    assert left("index.json", "index.html", "singlefile.html", "warc") == (
        ["index.json"],
        ["index.html", "singlefile.html", "warc"],
    )
    assert left("index.jsonl", "index.json", "dom") == (["index.jsonl"], ["dom", "index.json"])
    assert left("metadata_0_to_20.json", "content", "highlights", "notes.html") == (
        ["metadata_0_to_20.json"],
        ["content", "highlights"],
    )
    assert left("info.json", "container") == (["info.json"], ["container"])
    assert left("My Library.rdf", "files", "a.html") == (["My Library.rdf"], ["files"])
    assert left("index.json", "index.html", "favicon.ico") is None
    assert left("index.html", "files") is None
