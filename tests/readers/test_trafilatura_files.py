"""Articles as the extractors write them: Trafilatura's seven formats, JSON of its neighbours, lists and lines of them."""

from __future__ import annotations

import io
import json

import pytest
import trafilatura
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import readers
from generator.errors import Finding
from generator.extract import extract
from generator.model import Capture, Origin
from generator.readers import articlefiles, articlelists, exports, html, plain
from generator.readers.found import alone
from tests.readers.copying import article, capture, found, harmless
from tests.samples import FERRY, Sample

TEXT = "\n\n".join(FERRY)
MORE = (
    '<h2>What comes next</h2><p>The <a href="https://www.ledger.example/council">council</a> will meet <b>again</b>.</p>'
    "<ul><li>One more boat on Sundays</li><li>A shelter at the pier</li></ul>"
    "<table><tr><th>Boat</th><th>Leaves</th></tr><tr><td>One</td><td>10:00</td></tr></table></article>"
)
PAGE = Sample().html.replace("</article>", MORE)
FORMATS = {
    "txt": plain,
    "json": articlefiles,
    "xml": articlefiles,
    "xmltei": articlefiles,
    "csv": articlelists,
    "html": articlefiles,
}


def written(kind: str, *, marked: bool) -> bytes:
    """The page as Trafilatura writes it, with what it knows of it."""
    out = trafilatura.extract(
        PAGE, output_format=kind, with_metadata=True, include_formatting=marked, include_links=marked, url=Sample().url
    )
    assert out
    return out.encode()


@pytest.mark.parametrize("marked", [False, True])
@pytest.mark.parametrize("kind", list(FORMATS))
def test_what_trafilatura_wrote_is_read_back(kind, marked):
    data, name = written(kind, marked=marked), f"a.{kind if kind in ('txt', 'json', 'csv', 'html') else 'xml'}"
    takers = [reader for reader in readers.READERS if reader.accepts(data[:4096], name)]
    assert takers[0] is FORMATS[kind]
    read = article(FORMATS[kind], data, name)
    assert (read.headline, str(read.published), read.url) == (Sample().headline, "2022-03-18", Sample().url)
    if kind != "csv":  # which has no column for these
        assert (read.byline, read.tags, read.section, read.publisher) == (
            ("Jane Roe",),
            ("ferry", "harbour"),
            "Harbour",
            "The Ledger",
        )
    assert read.body.startswith(TEXT)
    assert "- One more boat on Sundays\n- A shelter at the pier" in read.body
    assert "| One | 10:00 |" in read.body
    assert read.body.count("What comes next") == 1
    if marked and kind != "json":
        assert "## What comes next" in read.body
        assert "[council](https://www.ledger.example/council)" in read.body


def test_what_trafilatura_says_stands_beside_the_page():
    claims = {claim.field: claim.basis for claim in capture(articlefiles, written("xml", marked=False), "a.xml").claims}
    assert claims["headline"] == "trafilatura:title"
    assert claims["published"] == "trafilatura:date"


def test_a_header_that_is_no_yaml_is_read_line_by_line():
    old = f"---\ntitle: Ferry: sails again\nauthor: Jane Roe; John Doe\nurl: {Sample().url}\nhostname: ledger.example\ndate: 2022-03-18\ncategories: []\ntags: ['ferry', 'quay']\nfingerprint: Tm90aGluZw==\n---\n"
    read = article(plain, old + "\n".join(FERRY), "a.txt")
    assert (read.headline, read.byline, read.tags) == (
        "Ferry: sails again",
        ("Jane Roe", "John Doe"),
        ("ferry", "quay"),
    )
    assert read.body == TEXT


# ---- neighbours ---------------------------------------------------------------------------------------------------------

NEIGHBOURS = {
    "news-please": {
        "authors": ["Jane Roe"], "date_download": "2022-03-20 08:00:00", "date_modify": None, "date_publish": "2022-03-18 06:00:00",
        "description": "After the storm of the year before last.", "filename": "x.json", "image_url": None, "language": "en", "localpath": None,
        "maintext": "\n".join(FERRY), "source_domain": "www.ledger.example", "text": None, "title": "Night ferry sails", "url": Sample().url,
    },
    "newspaper": {
        "title": "Night ferry sails", "text": TEXT, "authors": ["Jane Roe"], "publish_date": "2022-03-18 06:00:00", "url": Sample().url,
        "source_url": "https://www.ledger.example", "top_image": "https://www.ledger.example/a.jpg", "keywords": ["guessed"],
    },
    "newspaper, its text first": {
        "title": "Night ferry sails", "text": TEXT * 8, "authors": ["Jane Roe"], "publish_date": "2022-03-18T06:00:00", "url": Sample().url,
    },
    "goose": {
        "meta": {"description": "After the storm of the year before last.", "lang": "en", "canonical": Sample().url}, "domain": "www.ledger.example",
        "title": "Night ferry sails", "cleaned_text": TEXT, "opengraph": {}, "tags": ["ferry"], "authors": ["Jane Roe"], "publish_date": "2022-03-18",
    },
    "readability": {
        "title": "Night ferry sails", "byline": "By Jane Roe", "dir": None, "lang": "en", "length": 700, "excerpt": "After the storm.", "url": Sample().url,
        "content": "<div>" + "".join(f"<p>{one}</p>" for one in FERRY) + "</div>", "textContent": TEXT, "siteName": "The Ledger",
        "publishedTime": "2022-03-18T06:00:00-04:00",
    },
    "mercury": {
        "title": "Night ferry sails", "author": "Jane Roe", "date_published": "2022-03-18T06:00:00.000Z", "dek": None, "lead_image_url": None,
        "content": "".join(f"<p>{one}</p>" for one in FERRY), "url": Sample().url, "domain": "www.ledger.example", "word_count": 120,
    },
    "schema": {
        "@type": "NewsArticle", "headline": "Night ferry sails", "datePublished": "2022-03-18", "author": [{"@type": "Person", "name": "Jane Roe"}],
        "publisher": {"name": "The Ledger"}, "mainEntityOfPage": Sample().url, "articleBody": TEXT,
    },
}  # fmt: skip


@pytest.mark.parametrize("record", NEIGHBOURS.values(), ids=NEIGHBOURS.keys())
def test_json_of_other_extractors_is_known_by_its_names(record):
    read = article(articlefiles, json.dumps(record, indent=1), "a.json")
    assert (read.headline, read.byline, read.url) == ("Night ferry sails", ("Jane Roe",), Sample().url)
    assert str(read.published).startswith("2022-03-18")
    assert read.body.startswith(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "A list", "items": [1, 2]}',
        '{"name": "x", "version": "1.0", "description": "no article"}',
        '[{"is_archived": 1, "title": "T", "url": "https://a.example/b", "content": "<p>x</p>", "domain_name": "a.example"}]',
        '{"version": "https://jsonfeed.org/version/1.1", "title": "A feed", "items": []}',
        "[1, 2, 3]", "{}", "<rss version='2.0'><channel><title>x</title></channel></rss>", "<html><head><meta name='x'></head></html>",
        '<?xml version="1.0"?><document><p>x</p></document>', "a\tb\tc\td\te\tf\tg\n", '{"a": {"title": "x"}}',
    ],
)  # fmt: skip
def test_other_json_xml_and_tables_are_not_taken(data):
    raw = data.encode()
    assert not articlefiles.accepts(raw, "a.json")
    assert not articlelists.accepts(raw, "a.json")


def test_no_export_of_a_collection_is_taken_for_an_article():
    pocket = json.dumps(
        [
            {
                "is_archived": 0,
                "is_starred": 0,
                "title": "T",
                "url": Sample().url,
                "content": "<p>x</p>",
                "created_at": "2024-01-01",
                "domain_name": "x",
            }
        ]
    )
    takers = [reader for reader in readers.READERS if reader.accepts(pocket.encode()[:4096], "a.json")]
    assert takers[:1] in ([exports], [])


# ---- many in one file ---------------------------------------------------------------------------------------------------


def test_json_lines_are_read_one_by_one_and_a_damaged_line_costs_itself():
    lines = [json.dumps(one) for one in NEIGHBOURS.values()]
    lines.insert(2, "{broken")
    lines.insert(4, '{"title": "no text"}')
    got = found(articlelists, "\n".join(lines), "articles.jsonl")
    assert [one.origin.member for one in got if isinstance(one, Capture)] == [
        f"line-{n}" for n in (1, 2, 4, 6, 7, 8, 9)
    ]
    assert [str(one).partition(":")[0] for one in got if isinstance(one, Finding)] == [
        "articles.jsonl#line-3",
        "articles.jsonl#line-5",
    ]


def test_a_list_in_json_is_read_one_by_one():
    got = found(articlelists, json.dumps([*NEIGHBOURS.values()], indent=2), "articles.json")
    assert [one.origin.member for one in got if isinstance(one, Capture)] == ["1", "2", "3", "4", "5", "6", "7"]


def test_trafilaturas_lines_are_read_one_by_one():
    row = written("csv", marked=False)
    got = found(
        articlelists,
        row + b"https://a.example/b\tnull\t0123456789abcdef\ta.example\tNo text\tnull\t2024-01-01\tnull\tnull\n" + row,
        "a.csv",
    )
    assert [one.origin.member for one in got if isinstance(one, Capture)] == ["row-1", "row-3"]
    assert [one.code for one in got if isinstance(one, Finding)] == ["member-unreadable"]


def test_the_columns_of_older_versions_are_found_by_what_is_in_them():
    row = f"{Sample().url}\tbG9uZyBmaW5nZXJwcmludCBvbGQ=\tledger.example\tNight ferry\t2022-03-18\t{FERRY[0]}\tnull\n"
    read = article(articlelists, row, "a.csv")
    assert (read.headline, str(read.published), read.body) == ("Night ferry", "2022-03-18", FERRY[0])


def test_a_line_that_never_ends_is_left(monkeypatch):
    monkeypatch.setattr(articlelists, "MAX_LINE", 2_000)
    lines = [
        json.dumps(NEIGHBOURS["goose"]),
        json.dumps(NEIGHBOURS["newspaper, its text first"]),
        json.dumps(NEIGHBOURS["goose"]),
    ]
    got = found(articlelists, "\n".join(lines), "a.jsonl")
    assert [getattr(one, "code", "capture") for one in got] == ["capture", "archive-limit", "capture"]


def test_remarks_on_a_file_of_rubbish_are_counted_not_listed():
    lines = [json.dumps(NEIGHBOURS["goose"]), *["{"] * 300]
    got = found(articlelists, "\n".join(lines), "a.jsonl")
    assert len(got) == 1 + articlelists.MAX_REMARKS + 1
    assert str(got[-1]).endswith("200 more entries of the file could not be read [archive-damaged]")


# ---- damage -------------------------------------------------------------------------------------------------------------


def test_json_that_is_cut_short_is_said_to_be():
    (remark, page) = found(articlefiles, written("json", marked=False)[:900], "a.json")
    assert isinstance(remark, Finding)
    assert remark.code == "archive-damaged"
    assert isinstance(page, Capture)
    assert FERRY[0].encode() in page.body


def test_xml_that_is_cut_short_gives_what_stands_before_the_cut():
    whole = written("xml", marked=False)
    read = extract(capture(articlefiles, whole[: whole.index(b"Two hundred")], "a.xml")).article
    assert read is not None
    assert (read.headline, read.body) == (Sample().headline, "\n\n".join(FERRY[:3]))


def test_no_entity_of_a_document_is_resolved():
    bomb = b'<!DOCTYPE doc [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    whole = written("xml", marked=False).replace(b"Two hundred", b"&b;&c;Two hundred")
    for data in (whole, bomb + whole):
        for one in articlefiles.read(io.BytesIO(data), Origin("a.xml", "0"), alone):
            assert not isinstance(one, Capture) or (b"aaaaaaaaaa" not in one.body and b"root:" not in one.body)


SEEDS = [(articlefiles, written(kind, marked=True)) for kind in ("json", "xml", "xmltei", "html")] + [
    (articlelists, written("csv", marked=True)),
    (articlelists, "\n".join(map(json.dumps, NEIGHBOURS.values())).encode()),
]


@given(st.sampled_from(SEEDS), st.integers(0, 4), st.binary(max_size=8), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_files_cut_short_or_damaged_give_captures_or_remarks(seed, quarter, noise, place):
    reader, whole = seed
    cut = whole[: len(whole) * quarter // 4]
    at = int(place * len(cut))
    harmless(reader, cut[:at] + noise + cut[at:], "a.jsonl")


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_captures_or_remarks(data):
    harmless(articlefiles, data, "a.json")
    harmless(articlelists, data, "a.jsonl")


def test_a_page_of_html_is_left_to_the_reader_of_pages():
    assert not articlefiles.accepts(PAGE.encode()[:4096], "a.html")
    assert html.accepts(PAGE.encode()[:4096], "a.html")
