"""Exports that are cut, broken or hostile: one finding for what is damaged, the rest read, and never an exception."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Origin, Seen
from generator.readers import exports
from generator.readers.exports import pieces, records, rows, window
from generator.readers.exports.damage import Damage
from generator.readers.found import Member, alone
from tests.readers import exports_samples as samples
from tests.readers.exports_samples import GIF, TEXT, URL, WALLABAG_ENTRY

ORIGIN = Origin("export", "digest")


def raw(export: Any) -> bytes:
    return export.encode() if isinstance(export, str) else json.dumps(export).encode()


GOOD = {
    "wallabag.json": raw([WALLABAG_ENTRY, samples.WALLABAG_FAILED]), "wallabag.csv": raw(samples.WALLABAG_CSV), "wallabag.xml": raw(samples.WALLABAG_XML),
    "old.json": raw([samples.WALLABAG_1]), "metadata_0_to_20.json": raw(samples.OMNIVORE), "info.json": raw(samples.READECK),
    "karakeep.json": raw(samples.KARAKEEP_FULL), "backup.json": raw(samples.LINKWARDEN), "pocket.csv": raw(samples.POCKET_CSV),
    "ril_export.html": raw(samples.POCKET_HTML), "instapaper.csv": raw(samples.INSTAPAPER), "bookmarks.html": raw(samples.BOOKMARKS),
    "zotero.csv": raw(samples.ZOTERO_CSV), "zotero.rdf": raw(samples.ZOTERO_RDF), "csl.json": raw(samples.CSL), "notes.enex": raw(samples.ENEX),
    "index.json": raw(samples.ARCHIVEBOX), "index.jsonl": raw(samples.ARCHIVEBOX_LINES), "wechat.html": raw(samples.WECHAT),
    "weixin.html": raw(samples.WECHAT_RAW),
}  # fmt: skip


def test_no_other_reader_takes_an_export_first():
    for name, export in GOOD.items():
        taken = [one for one in readers.READERS if one.accepts(export[: exports.HEAD], name)]
        assert taken[0] is exports, name


def near(address: str) -> bytes | None:
    return GIF if address.endswith(".gif") else TEXT.encode() if address.endswith(".html") else None


def read(export: bytes, name: str = "export.json") -> list[Any]:
    """What a reader finds, with everything that is said about it made into text."""
    found = list(exports.read(io.BytesIO(export), Origin(name, "digest"), near))
    assert all(isinstance(one, Capture | Seen | Finding | Member) for one in found)
    str(found).encode("utf-8")
    return found


def wallabag(*titles: str) -> list[dict[str, Any]]:
    return [
        {**WALLABAG_ENTRY, "id": number, "title": title, "url": f"{URL}{number}"} for number, title in enumerate(titles)
    ]


@pytest.mark.parametrize("name", GOOD)
def test_an_export_that_is_cut_short_gives_what_comes_before(name):
    export = GOOD[name]
    whole = [one for one in read(export, name) if not isinstance(one, Finding)]
    for quarter in (1, 2, 3):
        cut = export[: len(export) * quarter // 4]
        found = read(cut, name) if exports.accepts(cut[: exports.HEAD], name) else []
        assert len([one for one in found if not isinstance(one, Finding)]) <= len(whole)
    assert exports.accepts(export[: exports.HEAD], name)


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        (lambda text: text.replace('"title": "two"', '"title" "two"'), ["member-unreadable"]),
        (lambda text: text.replace('"title": "two"', '"title": "two'), ["member-unreadable"]),
        (lambda text: text.replace('"title": "two", ', '"title": "two", }, '), ["member-unreadable"]),
        (lambda text: text.replace('"title": "two"', '"title": [{"two"'), ["member-unreadable"]),
        (lambda text: text.replace('"title": "two"', '"title": "tw\xffo"'), ["charset-replaced"]),
        (lambda text: text.replace('"title": "two"', '"title": "tw\no"'), []),
        (lambda text: text[:-700], ["archive-damaged"]),
        (lambda text: text[:-1], ["archive-damaged"]),
    ],
)
def test_a_damaged_object_costs_itself_only(damage, codes):
    text = damage(json.dumps(wallabag("one", "two", "three", "four")))
    found = read(text.encode("latin-1"))
    assert [one.code for one in found if isinstance(one, Finding)] == codes
    titles = [one.claims[0].value for one in found if isinstance(one, Capture)]
    assert titles[0] == "one"
    assert titles[-1] in ("four", "three")
    assert len(titles) >= 3


def test_a_row_with_a_stray_quotation_mark_costs_itself_only():
    table = f'title,url,time_added,tags,status\nOne,{URL}1,1,,unread\n"Two,{URL}2,1,,unread\nThree,{URL}3,1,,unread\n'
    found = read(table.encode(), "pocket.csv")
    assert [one.code for one in found if isinstance(one, Finding)] == ["member-unreadable"]
    assert [one.headline for one in found if isinstance(one, Seen)] == ["One", "Two", "Three"]


def test_a_damaged_note_costs_itself_only():
    export = samples.enex_notes("one", "two", "three").replace("<title>two</title>", "<title>two</titel>")
    found = read(export.encode(), "notes.enex")
    assert [type(one).__name__ for one in found] == ["Capture", "Finding", "Capture"]
    assert found[1].code == "member-unreadable"
    assert f"byte {export.index('<note><title>two')}" in found[1].text


def test_of_a_note_without_its_end_there_is_what_stands():
    found = read(samples.enex_notes("one", "two")[:-60].encode(), "notes.enex")
    assert [type(one).__name__ for one in found] == ["Capture", "Capture", "Finding"]
    assert found[2].code == "archive-damaged"


def test_a_note_without_its_end_among_others_is_told():
    export = (
        samples.enex_notes("one", "two", "three")
        .replace("</note>", "", 2)
        .replace("</content>", "</content></note>", 1)
    )
    found = read(export.encode(), "notes.enex")
    assert [type(one).__name__ for one in found] == ["Capture", "Capture", "Finding", "Capture"]


def test_notes_whose_list_has_no_end_are_told_to_be_cut():
    found = read(samples.enex_notes("one", "two").partition("</en-export>")[0].encode(), "notes.enex")
    assert [type(one).__name__ for one in found] == ["Capture", "Capture", "Finding"]


def test_entities_of_the_documents_own_are_never_resolved():
    bomb = '<!DOCTYPE en-export [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    export = samples.enex_notes("one &b; &x;").replace("<en-export", f"{bomb}<en-export")
    (capture,) = read(export.encode(), "notes.enex")
    assert capture.claims[0].value == "one &b; &x;"
    library = samples.ZOTERO_RDF.replace("<rdf:RDF", f"{bomb.replace('en-export', 'rdf:RDF')}<rdf:RDF", 1).replace(
        "Lost page", "&b;&x;"
    )
    assert [one.headline for one in read(library.encode(), "a.rdf") if isinstance(one, Seen)][-1] == "&b;&x;"


def test_markup_that_opens_for_ever_is_no_burden():
    deep = "<a>" * 100_000
    for export in (
        "[" * 100_000, '[{"is_archived":1,"is_starred":0,"title":"x","url":"y","z":' + "[" * 100_000, '[{"a":' * 50_000,
        samples.ZOTERO_RDF.replace("Lost page", deep), samples.WALLABAG_XML.replace("<id>12</id>", deep),
        samples.BOOKMARKS + '<DT><A HREF="' + "<DT>" * 50_000, samples.POCKET_HTML + "<li><a " + '"' * 50_001,
    ):  # fmt: skip
        read(export.encode())


def test_lists_nested_too_deep_are_left():
    stream = io.BytesIO(b'{"a":' * 100 + b"[")
    assert [one.code for one in records.stream(stream) if isinstance(one, Damage)] == ["archive-limit"]


def test_an_object_too_long_is_left_and_the_next_ones_read(monkeypatch):
    monkeypatch.setattr(records, "MAX_RECORD", 4_000)
    monkeypatch.setattr(window, "CHUNK", 1_000)
    entries = wallabag("one", "two", "three")
    entries[1]["content"] = "x" * 20_000
    found = list(records.stream(io.BytesIO(json.dumps(entries).encode())))
    assert [one["title"] if isinstance(one, dict) else one.code for one in found] == [
        "one",
        "member-unreadable",
        "three",
    ]


def test_a_piece_too_long_is_left_and_the_next_ones_read(monkeypatch):
    monkeypatch.setattr(pieces, "MAX_PIECE", 2_000)
    monkeypatch.setattr(window, "CHUNK", 500)
    export = b"<note>one</note><note>" + b"x" * 9_000 + b"</note><note>three</note>"
    found = list(pieces.stream(io.BytesIO(export), exports.evernote._MARK))
    assert [one.code if isinstance(one, Damage) else one[1] for one in found] == [
        b"<note>one</note>",
        "archive-limit",
        b"<note>three</note>",
    ]


def test_names_that_lead_out_of_the_export_lead_nowhere():
    asked: list[str] = []
    entry = {**samples.OMNIVORE[0], "slug": "../../etc/passwd"}
    list(exports.read(io.BytesIO(raw([entry])), ORIGIN, asked.append))
    assert asked == []


def test_addresses_that_are_none_of_the_web_are_no_addresses():
    for url in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://tide.example/",
        "http://",
        "//tide.example/",
        "http://[::1",
        7,
        None,
        ["x"],
    ):
        (finding,) = read(raw([{**samples.WALLABAG_FAILED, "url": url, "given_url": url}]))
        assert finding.code == "file-skipped"


def test_an_export_without_entries_is_said_to_be_none():
    assert [one.code for one in read(samples.POCKET_CSV.split("\n", maxsplit=1)[0].encode())] == ["not-a-page"]


def test_titles_are_text_in_the_page_that_is_made():
    (capture,) = read(raw(wallabag('<script>alert("1")</script></title>')))
    assert b"<script>" not in capture.body


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_change_of_an_export_gives_captures_or_findings(name, data):
    export = GOOD[name]
    place = data.draw(st.integers(0, len(export)))
    end = data.draw(st.integers(place, min(len(export), place + 40)))
    changed = export[:place] + data.draw(st.binary(max_size=12)) + export[end:]
    tool = next(tool for tool in exports.TOOLS if tool.accepts(export[: exports.HEAD], name))
    for one in tool.read(io.BytesIO(changed), Origin(name, "digest"), near):
        str(one).encode("utf-8")


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(exports.TOOLS))
def test_any_bytes_give_captures_or_findings(junk, tool):
    tool.accepts(junk, "export.json")
    for one in tool.read(io.BytesIO(junk), ORIGIN, alone):
        str(one).encode("utf-8")
    read(junk)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.dictionaries(st.text(max_size=8), json_values, max_size=4), max_size=5),
    st.sampled_from([None, 1]),
    st.integers(1, 50),
)
def test_the_objects_of_a_list_come_out_as_they_went_in(objects, indent, chunk):
    export = json.dumps(objects, indent=indent, ensure_ascii=False).encode("utf-8", "replace")
    before, window.CHUNK = window.CHUNK, chunk
    try:
        found = list(records.stream(io.BytesIO(export)))
    finally:
        window.CHUNK = before
    assert found == json.loads(export)


cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r\ufeff"), max_size=12)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5), st.integers(1, 50))
def test_the_rows_of_a_table_come_out_as_they_went_in(table, chunk):
    quoted = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in [("one", "two"), *table]
    )
    before, window.CHUNK = window.CHUNK, chunk
    try:
        found = list(rows.stream(io.BytesIO(quoted.encode()), ","))
    finally:
        window.CHUNK = before
    expected = [{"one": one, "two": two} for one, two in table if one or two]
    assert [row for row in found if not isinstance(row, Damage)] == expected
