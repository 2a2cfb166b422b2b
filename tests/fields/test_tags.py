"""Tags: which of the lists that a page states is its story's, and what in it is no tag."""

from __future__ import annotations

import json

from generator import document, fields
from generator.model import Capture, Origin


def tags(head: str = "", foot: str = "") -> tuple[str, ...]:
    page = f"<html><head>{head}</head><body><article><h1>Night ferry sails again</h1><p>It left at eleven.</p>{foot}</article></body></html>"
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))).values("tags")


def keywords(*names: str) -> str:
    story = {"@type": "NewsArticle", "headline": "Night ferry sails again", "keywords": names}
    return f'<script type="application/ld+json">{json.dumps(story)}</script>'


def test_the_sections_name_before_the_topics_is_no_tag() -> None:
    foot = "<div class='article-tags'><a href='/news'>News</a> <a href='/f'>Ferries</a> <a href='/s'>Storms</a></div>"
    stated = "<meta property='article:tag' content='Ferries'><meta property='article:tag' content='Storms'>"
    assert tags(stated, foot) == ("Ferries", "Storms")
    assert tags("", foot) == ("News", "Ferries", "Storms")


def test_marks_that_a_content_system_sets_for_itself_are_no_tags() -> None:
    marks = ("editors_pick", "front-page", "Uncategorized", "未分类", "Startseite", "tweeten")
    assert tags(keywords(*marks, "ferries", "Storms")) == ("ferries", "Storms")


def test_a_label_among_the_links_is_no_tag() -> None:
    foot = "<div class='article-tags'><a href='/n'>News -</a> <a href='/f'>Ferries</a> <a href='/s'>Storms</a></div>"
    assert tags("", foot) == ("Ferries", "Storms")


def test_a_stated_list_is_believed_before_a_single_printed_name() -> None:
    foot = "<div class='article-tags'><a href='/f'>Ferries</a></div>"
    assert tags(keywords("harbour", "ferries", "storms"), foot) == ("harbour", "ferries", "storms")


def test_a_hash_is_no_part_of_a_tag() -> None:
    assert tags("", "<ul><li><a href='/f'>#Ferries</a></li><li><a href='/s'>#Storms</a></li></ul>") == (
        "Ferries",
        "Storms",
    )


def test_a_list_of_the_sites_name_and_sections_is_no_storys() -> None:
    sections = "".join(f"<a href='/{name}'>{name}</a>" for name in ("Harbour", "Market", "Culture", "Sport"))
    page = (
        "<html><head><meta property='og:site_name' content='Gannet Gazette'><meta name='keywords' content='{}'></head>"
        f"<body><nav>{sections}</nav><article><h1>Night ferry sails again</h1><p>It left at eleven.</p></article></body></html>"
    )

    def stated(words: str) -> tuple[str, ...]:
        capture = Capture(page.format(words).encode(), Origin("a.html", "0"))
        return fields.settle(fields.claims(document.read(capture))).values("tags")

    assert stated("Gannet, Gazette, Harbour, Market, Culture, Sport") == ()
    assert stated("Gannet, night ferry, Harbour, storms, piles") == (
        "Gannet",
        "night ferry",
        "Harbour",
        "storms",
        "piles",
    )


def test_a_blogs_categories_are_no_tags_where_it_has_tags() -> None:
    foot = "<footer><a rel='category tag' href='/c'>Town</a>{}</footer>"
    assert tags("", foot.format("<a rel='tag' href='/f'>Ferries</a> <a rel='tag' href='/s'>Storms</a>")) == (
        "Ferries",
        "Storms",
    )
    assert tags("", foot.format("")) == ("Town",)


def test_the_headlines_single_words_are_no_tags() -> None:
    assert tags(keywords("Night", "ferry", "sails", "again")) == ()
    assert tags(keywords("ferry", "harbour")) == ("ferry", "harbour")


def test_a_sentence_is_no_tag() -> None:
    assert tags(keywords("It sails on all days but Sunday.", "ferries", "storms")) == ("ferries", "storms")


def test_what_an_advertising_system_is_told_is_no_tag() -> None:
    assert tags(keywords("brand-ledger", "category-shipping", "ferries", "storms")) == ("ferries", "storms")


def test_a_headline_in_chinese_is_no_tag() -> None:
    assert tags(keywords("清淤", "白鹭湾区公布本年度河道清淤计划五月完成", "渡口")) == ("清淤", "渡口")
