"""The built-in theme: every page renders in every language, and no page trusts what it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from generator.config import LANGUAGES
from generator.theme import CSP, Theme

Load = Callable[..., Theme]
Pages = dict[str, tuple[str, str, dict[str, Any]]]


def rendered(theme: Theme, pages: Pages, name: str) -> str:
    return theme.render(*pages[name]).decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url", ["", "https://bend.example/archive/"])
def test_every_page_renders(load: Load, pages: Pages, furniture: dict[str, Any], language: str, url: str) -> None:
    for changes in ({}, {"furniture": furniture}):
        theme = load(language, url=url, **changes)
        for name in pages:
            assert rendered(theme, pages, name), name


def test_every_page_keeps_foreign_code_out(load: Load, pages: Pages, furniture: dict[str, Any]) -> None:
    theme = load(furniture=furniture)
    for name, (path, _, _) in pages.items():
        page = rendered(theme, pages, name)
        assert "javascript:" not in page, name
        assert "<returns>" not in page
        if path.endswith(".html"):
            assert len(re.findall("<h1[ >]", page)) == 1, name
            assert page.index(f'<meta http-equiv="Content-Security-Policy" content="{CSP}">') < page.index("<link")
            own = r' src="(?:\.\./)*static/site-[0-9a-f]{8}\.js"></script>'
            assert not re.search(rf"<script(?! type=\"application/ld\+json\"|{own})|\sstyle=|\son\w+=", page)


def test_a_page_loads_nothing_from_elsewhere(load: Load, pages: Pages) -> None:
    theme = load(url="https://bend.example/archive/")
    for name in pages:
        page = rendered(theme, pages, name)
        loaded = re.findall(
            r'<(?:img|script)[^>]* src="([^"]*)"|<link rel="(?:icon|stylesheet)"[^>]* href="([^"]*)"', page
        )
        assert not [one for pair in loaded for one in pair if one.startswith(("http", "//"))]


def test_an_article_shows_where_it_stood_and_how_that_is_known(load: Load, pages: Pages) -> None:
    page = rendered(load(url="https://bend.example/"), pages, "article")
    for piece in (
        '<time datetime="2025-03-18T06:10">March 18, 2025, 06:10</time>', '<time datetime="2025-03-19">March 19, 2025</time>',
        '<time datetime="2025-05-22T03:04:05+00:00">May 22, 2025, 03:04:05 GMT+00:00</time>', "1,234", "cd" * 32,
        "content/saved/ferry.html", "&lt;i&gt;At last.&lt;/i&gt;", "Most read</h3>", "html:h1", "<s>Boat</s>", "weather",
        'lang="zh-Hans"', '<meta property="og:type" content="article">', '<meta name="citation_author" content="Ann Reed">',
        '<meta name="citation_publication_date" content="2025/03/18">', f'src="../../../media/ab/{"ab" * 32}.png"',
        f'content="https://bend.example/media/ab/{"ab" * 32}.png"', "All rights stay with The Bend.",
    ):  # fmt: skip
        assert piece in page, piece
    assert "All rights" in page


def test_a_claim_is_struck_out_only_where_it_says_something_else(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "article")
    assert "<s>Ferry</s>" not in page
    assert "<td>Ferry<td><code>html:h1</code> 0.90<q>Ferry &lt;b&gt;</q><code>jsonld:headline</code> 0.80\n" in page
    assert "<s>Boat</s><td><code>html:title</code> 0.20, <code>line:first</code> 0.10\n" in page
    assert "<td>Barge<td>set in this archive\n" in page


def test_stories_that_are_held_lead_to_their_page_here_and_are_not_called_missing(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "article")
    held, _, unheld = page.partition('<details class="seen">')
    assert "<h2>In this archive</h2>" in re.sub(r' lang="en"', "", held)
    assert held.count('<a href="../../../2025/03/17/ice.html">Ice out</a>') == 1
    assert "Ice out" not in unheld
    assert "Known, not held: 2 stories" in unheld


def test_versions_are_told_apart_by_when_they_were_saved(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "article")
    assert re.search(r'<b>Newest</b>.*?Saved <time datetime="2025-06-01T10:00">', page, re.DOTALL)
    assert 'Changed <time datetime="2025-03-20">' in page
    assert re.search(
        r'<p class="older" lang="en">This is an earlier version of the page\. <a href="../../../2025/03/18/ferry.html">See the newest version</a>',
        page,
    )
    assert 'class="older"' not in rendered(load(), pages, "article with nothing")


def test_a_reprint_names_where_it_stood_and_whom_it_credits(load: Load, pages: Pages) -> None:
    path, template, data = pages["list"]
    one = data["entries"][0]
    wire = one | {
        "summary": replace(one["summary"], publisher="The Bend", source="Wire"),
        "source": {"name": "Wire", "path": "sources/wire/index.html"},
        "publisher": "The Bend",
    }
    page = " ".join(load().render(path, template, data | {"entries": [wire]}).decode().split())
    assert '<span><bdi>The Bend</bdi> · from <bdi><a href="../../sources/wire/index.html">Wire</a></bdi></span>' in page
    assert "from" not in rendered(load(), pages, "list").partition("<main")[2]


def test_an_article_written_from_right_to_left_turns_its_page_but_not_the_interface(load: Load, pages: Pages) -> None:
    path, template, data = pages["article"]
    page = load().render(path, template, data | {"article": replace(data["article"], language="ar")}).decode()
    for piece in (
        '<ol lang="ar" dir="rtl">', '<article class="article" lang="ar" dir="rtl">', '<dl class="facts" lang="en" dir="ltr">',
        '<footer class="after" lang="en" dir="ltr">', '<section class="tags" lang="ar" dir="rtl"><h2 lang="en">',
    ):  # fmt: skip
        assert piece in page, piece


def test_a_section_s_heading_stands_on_the_side_of_its_stories(load: Load, pages: Pages) -> None:
    path, template, data = pages["front"]
    entry = data["newest"][0]
    arabic = entry | {"summary": replace(entry["summary"], language="ar")}
    for entries, expected in (([arabic], '<h2 lang="ar" dir="rtl"><a '), ([arabic, entry], "<h2><a ")):
        section = data["sections"][0] | {"entries": entries}
        assert expected in load().render(path, template, data | {"sections": [section]}).decode()


def test_what_an_archive_leaves_out_of_its_front_page_leaves_no_empty_box(load: Load, pages: Pages) -> None:
    path, template, data = pages["front"]
    data |= {"this_day": [], "lately": []}
    assert '<div class="desks">' in load().render(path, template, data).decode()
    page = load(blocks=[]).render(path, template, data).decode()
    assert "desks" not in page
    assert not re.search(r"<(div|section|ol)[^>]*>\s*</\1>", page.replace('<div class="take">', ""))


@pytest.mark.parametrize("name", ["front", "list"])
def test_a_chart_says_its_counts_to_the_eye_and_to_the_ear(load: Load, pages: Pages, name: str) -> None:
    page = rendered(load(), pages, name)
    bar = '<span class="bar-12"></span>2024 <span class="hidden">over 10 articles</span>'
    assert f'{bar}<span class="count" aria-hidden="true">10+</span></a>' in page
    assert '<span class="bar-0"></span>2025 <span class="hidden">0 articles</span></span>' in page


def test_a_saved_page_in_its_frame_keeps_the_direction_of_its_story(load: Load, pages: Pages) -> None:
    story = replace(pages["article"][2]["article"], language="ar")
    data = {"article": story, "held": story.captures[0], "path": "2025/03/18/ferry.html", "captured_path": "x.html"}
    page = load().render("snapshots/ferry.html", "snapshot.html", {"title": None, **data}).decode()
    assert '<h1 lang="ar" dir="rtl"><a ' in page
    assert '<meta name="description" content="The saved page, ' in page


@pytest.mark.parametrize("name", ["lost", "offline", "withheld", "withheld without a word", "front", "list", "article"])
def test_every_page_says_in_its_head_what_it_is(load: Load, pages: Pages, name: str) -> None:
    found = re.findall('<meta name="description" content="([^"]*)">', rendered(load(), pages, name))
    assert len(found) == 1
    assert len(found[0]) > 5


def test_the_front_page_leads_to_all_names(load: Load, pages: Pages) -> None:
    assert '<a href="tags/index.html">All tags</a>' in rendered(load(), pages, "front")


def test_a_month_says_its_order_and_where_the_rest_of_a_day_is(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "month")
    assert "Earliest first" in page
    assert '<a href="../../2025/03/18/index.html">All articles of this day</a>' in page


def test_the_original_is_linked_when_its_address_is_one_of_the_web(load: Load, pages: Pages) -> None:
    path, template, data = pages["article"]
    assert (
        'rel="original'
        not in load().render(path, template, data | {"article": pages["article with nothing"][2]["article"]}).decode()
    )
    page = rendered(load(), pages, "article")
    assert '<a href="https://bend.example/1" rel="original external">' in page


def test_an_article_costs_little_beside_its_text(load: Load, pages: Pages) -> None:
    assert len(rendered(load(), pages, "article with nothing").encode()) < 4_000


def test_what_a_period_is_called_is_up_to_the_language(load: Load, pages: Pages) -> None:
    chinese = rendered(load("zh-Hans"), pages, "day")
    for piece in (
        "<title>2025年3月18日 · ",
        ">2025年3月</a>",
        '<a rel="prev" href="../../../2025/03/17/index.html">2025年3月17日</a>',
    ):
        assert piece in chinese
    assert "<h1>Undated</h1>" in rendered(load(), pages, "undated")
    assert "<h1>Tags</h1>" in rendered(load(), pages, "index")
    assert "River · 2024" in rendered(load(), pages, "list, a finished page")
    assert "over 200 articles" in rendered(load(), pages, "list")


def test_the_outlet_shows_as_it_did(load: Load, pages: Pages, furniture: dict[str, Any]) -> None:
    theme = load(furniture=furniture)
    story, front = rendered(theme, pages, "article"), rendered(theme, pages, "front")
    for piece in ('r/index.html">River</a>', "Licence 7", "1 Quay", "<li>Contact</li>"):
        assert piece in story
        assert piece in front
    for piece in (
        "https://bend.example/upper",
        "<li>Trap</li>",
    ):  # where the outlet had them: a story's page is for the story
        assert piece not in story
        assert piece in front


def test_a_story_says_what_stands_next_to_it_and_how_to_cite_it(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "article")
    near = '<a rel="prev" href="../../../2025/03/17/ice.html" lang="ar" dir="rtl">Ice &lt;out&gt;</a>'
    for piece in (
        near, '<a rel="next" href="../../../2025/03/17/ice.html" lang="zh-Hans">', '<li lang="ar" dir="rtl"><a ', "<p>It went.</p>",
        "<dt>Reading time</dt><dd>1 minute</dd>", "<dt>BibTeX<dd><p>@online{1,\n  title = {Ferry &lt;returns&gt;}\n}</p>",
    ):  # fmt: skip
        assert piece in page, piece
    bare = rendered(load(), pages, "article with nothing")
    for name in ("ways", "related", "cite", "stamp", "evidence", "comments", "seen"):
        assert f'class="{name}"' not in bare


def test_a_page_s_address_is_drawn_where_that_is_asked_for(load: Load, pages: Pages) -> None:
    page = rendered(load(), pages, "article")
    assert page.count('<p class="stamp"><svg ') == 1
    assert "<span>https://bend.example/archive/2025/03/18/ferry.html</span>" in page


def test_a_lost_page_finds_its_style_sheet_from_any_depth(load: Load, pages: Pages) -> None:
    assert 'rel="stylesheet" href="/archive/static/site-' in rendered(
        load(url="https://bend.example/archive/"), pages, "lost"
    )
    assert 'rel="stylesheet" href="static/site-' in rendered(load(), pages, "lost")


def test_pages_ask_not_to_be_indexed_unless_told_otherwise(load: Load, pages: Pages) -> None:
    assert '<meta name="robots" content="noindex">' in rendered(load(), pages, "front")
    assert "noindex" not in rendered(load(robots="index"), pages, "front")
    assert "noindex" in rendered(load(robots="index"), pages, "lost")


def test_feeds_and_maps_can_be_read_by_machines(load: Load, pages: Pages) -> None:
    theme = load(url="https://bend.example/")
    for name in ("Atom", "sitemap", "sitemap index"):
        etree.fromstring(rendered(theme, pages, name).encode())
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = etree.fromstring(rendered(theme, pages, "Atom").encode())
    assert feed.xpath("string(a:title)", namespaces=atom) == "Bend & <archive>"
    assert feed.xpath("string(a:entry/a:link/@href)", namespaces=atom) == "https://bend.example/2025/03/18/ferry.html"
    # text that readers may take for markup is escaped as markup, and says that it is
    assert feed.xpath("string(a:entry/a:summary)", namespaces=atom) == "&lt;/script&gt;]]&gt;"
    assert feed.xpath("string(a:entry/a:summary/@type)", namespaces=atom) == "html"
    read = json.loads(rendered(theme, pages, "JSON Feed"))
    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["items"][0]["url"] == "https://bend.example/2025/03/18/ferry.html"
    assert "external_url" not in read["items"][0]


def test_the_map_of_the_site_is_named_where_robots_look(load: Load) -> None:
    theme = load(url="https://bend.example/", robots="index")
    assert b"Sitemap: https://bend.example/sitemap.xml" in theme.render(
        "robots.txt", "robots.txt", {"sitemap": "sitemap.xml"}
    )
    assert theme.render("robots.txt", "robots.txt", {}) == b"User-agent: *\nDisallow:\n"
