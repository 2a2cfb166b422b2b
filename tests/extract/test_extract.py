"""A capture read whole: the article, what is said about it, and the object that the command prints."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import fields
from generator.errors import CODES
from generator.extract import address, as_json, extract
from generator.model import Capture, Moment, Origin

PARAGRAPHS = [
    "The night ferry between Gannet Point and the old harbour will sail again from Friday, eighteen months after a storm tore the landing stage away.",
    "Engineers drove forty new piles into the mud over the winter, and the council paid for a wider ramp so that nobody has to wait for the tide.",
    "The last boat now leaves at eleven, two hours later than before, which shop owners on the quay had asked for since the evening market moved.",
]
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Night ferry returns | Gannet Gazette</title>
<meta property="og:site_name" content="Gannet Gazette"><meta property="article:published_time" content="2024-03-05T09:30:00+01:00">
<meta name="author" content="Ada Quill"></head><body><article><h1>Night ferry returns</h1>
<p>{"</p><p>".join(PARAGRAPHS)}</p></article></body></html>"""
KEYS = [
    "path", "member", "media_type", "url", "captured", "headline", "kicker", "standfirst", "byline", "editors", "source", "publisher", "outlet", "published", "modified",
    "section", "breadcrumb", "region", "tags", "language", "rights", "views", "body", "body_text", "pictures", "comments", "seen", "evidence", "findings",
]  # fmt: skip


def read(body, **more):
    return extract(Capture(body if isinstance(body, bytes) else body.encode(), Origin("day/a.html", "ab" * 32), **more))


def codes(extraction):
    return [finding.code for finding in extraction.findings]


def test_a_page_becomes_an_article():
    got = read(
        PAGE, url="https://www.gazette.example/a?utm_source=x&id=1#top", captured=Moment.parse("2024-03-06T10:00:00Z")
    )
    article = got.article
    assert codes(got) == []
    assert (article.headline, article.byline, article.publisher, article.outlet) == (
        "Night ferry returns",
        ("Ada Quill",),
        "Gannet Gazette",
        "gazette.example",
    )
    assert str(article.published) == "2024-03-05T09:30:00+01:00"
    assert article.url == "https://www.gazette.example/a?id=1"
    assert article.permalink == ""
    assert [held.sha256 for held in article.captures] == ["ab" * 32]
    assert all(words in article.body for words in PARAGRAPHS)


def test_the_id_is_that_of_the_text_at_its_address():
    one, again, elsewhere = (
        read(PAGE, url="https://a.example/x"),
        read(PAGE + " ", url="https://a.example/x#y"),
        read(PAGE, url="https://b.example/x"),
    )
    assert one.article.id == again.article.id
    assert one.article.id != elsewhere.article.id


def test_the_object_has_all_its_keys_whatever_is_known():
    assert list(as_json(read(PAGE))) == KEYS
    assert list(as_json(read(""))) == KEYS
    assert json.loads(json.dumps(as_json(read(PAGE)))) == as_json(read(PAGE))


def test_the_plain_body_has_a_block_a_line_and_no_headline():
    assert as_json(read(PAGE))["body_text"].splitlines() == PARAGRAPHS


@pytest.mark.parametrize("tag", ["p class='standfirst'", "h2 class='subtitle'"])
def test_the_plain_body_begins_with_the_standfirst_where_the_page_prints_one_apart_from_the_text(tag):
    said = "Eighteen months after the storm the boats are back, and they sail until eleven."
    page = PAGE.replace("<h1>", "<header><h1>").replace("</h1>", f"</h1><{tag}>{said}</{tag.split()[0]}></header>")
    assert as_json(read(page))["standfirst"] == said
    assert as_json(read(page))["body_text"].splitlines() == [said, *PARAGRAPHS]
    assert said not in as_json(read(page))["body"]


def test_a_standfirst_that_is_only_stated_or_stands_in_the_text_is_not_put_before_the_plain_body():
    said = "Eighteen months after the storm the boats are back, and they sail until eleven."
    stated = PAGE.replace("</head>", f"<meta name='description' content='{said}'></head>")
    repeated = PAGE.replace("</h1>", f"</h1><p class='standfirst'>{PARAGRAPHS[0]}</p>")
    assert as_json(read(stated))["body_text"].splitlines() == PARAGRAPHS
    assert as_json(read(repeated))["body_text"].splitlines() == PARAGRAPHS


def test_evidence_names_the_chosen_claim():
    evidence = as_json(read(PAGE))["evidence"]
    assert [one["value"] for one in evidence["published"] if one["chosen"]] == ["2024-03-05T09:30:00+01:00"]
    assert all(
        set(one) == {"value", "basis", "confidence", "snippet", "chosen"}
        for found in evidence.values()
        for one in found
    )


def test_a_page_without_text_is_no_article_and_says_so():
    got = read("<html><body></body></html>")
    assert got.article is None
    assert codes(got) == ["no-body"]
    assert as_json(got)["headline"] is None


def test_a_page_without_headline_or_date_is_an_article_with_remarks():
    got = read("<html><body><article><p>" + "</p><p>".join(PARAGRAPHS) + "</p></article></body></html>")
    assert codes(got) == ["no-headline", "no-published"]
    assert got.article.headline.startswith("The night ferry between Gannet Point")


def test_a_text_copy_is_read_too():
    got = read(
        "夜间渡轮周五复航\n\n来源：海滨日报 | 时间：2024-03-05 11:30:28 | 点击：149\n\n"
        + "工程师说损坏比预期小，渔民表示欢迎，商户也希望夜间航班早日恢复。\n\n" * 4
        + "责任编辑：沈渡口\n",
        media_type="text/plain",
    )
    article = got.article
    assert (article.headline, article.source, article.views, article.editors) == (
        "夜间渡轮周五复航",
        "海滨日报",
        149,
        ("沈渡口",),
    )
    assert str(article.published) == "2024-03-05T11:30:28"
    assert article.language == "zh-Hans"


def test_a_fault_of_ours_becomes_a_finding_with_its_place(monkeypatch):
    def broken(page):
        raise LookupError("secret words of the page")

    monkeypatch.setattr(fields, "claims", broken)
    got = read(PAGE)
    assert codes(got) == ["extract-failed"]
    assert got.findings[0].message.startswith("LookupError in extract.py:")
    assert "secret" not in got.findings[0].message


def test_an_address_loses_only_what_says_where_the_reader_came_from():
    assert address("https://a.example/x?id=1&utm_medium=m&fbclid=2&b=%20#frag") == "https://a.example/x?id=1&b=+"
    assert address("https://a.example/x?a=%20b") == "https://a.example/x?a=%20b"
    assert address(None) is None


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["text/html", "text/plain"]))
def test_no_bytes_fail(body, media_type):
    got = read(body, media_type=media_type)
    assert "extract-failed" not in codes(got)
    assert set(codes(got)) <= set(CODES)
    json.dumps(as_json(got))
