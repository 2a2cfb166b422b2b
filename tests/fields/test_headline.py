"""The headline as the page prints it: above the story, not in the way to it, nor in the head of the site."""

from __future__ import annotations

import pytest

from generator import document, fields
from generator.model import Capture, Origin

TEXT = "<p>Harbour engineers drove forty new piles into the mud over the winter, and the town paid for half.</p>" * 2


def read(body: str, head: str = "") -> fields.Settled:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))


def headline(body: str, head: str = "") -> str | None:
    return read(body, head).value("headline")


@pytest.mark.parametrize(
    "trail",
    [
        "<ul><li><a href='/'>Home</a></li><li><a href='/h'>Harbour</a></li><li><h1>{}</h1></li></ul>",
        "<div><a href='/'>Home</a> <a href='/h'>Harbour</a> <h1>{}</h1></div>",
        "<div class='page-breadcrumbs'><span><h1>{}</h1></span></div>",
        "<nav><h1>{}</h1></nav>",
    ],
)
def test_a_heading_in_a_breadcrumb_gives_way_to_the_one_above_the_story(trail: str) -> None:
    said = "Ferry Gannet Point: night boat returns after eighteen months"
    body = f"{trail.format(said)}<article><h2>The night boat is back at Gannet Point</h2>{TEXT}</article>"
    assert headline(body, f"<title>{said} - The Ledger</title>") == "The night boat is back at Gannet Point"


def test_a_heading_in_a_breadcrumb_stays_where_no_other_speaks_of_the_same() -> None:
    trail = "<nav><h1>Night ferry sails again</h1></nav>"
    assert (
        headline(f"{trail}<article>{TEXT}<h2>Opening hours of the museum</h2></article>") == "Night ferry sails again"
    )


def test_two_links_before_a_heading_alone_make_no_breadcrumb_of_it() -> None:
    body = f"<header class='story'><a href='/h'>Harbour</a><a href='/f'>Ferries</a><h1>Night ferry sails again</h1></header>{TEXT}"
    assert headline(body) == "Night ferry sails again"


def test_what_is_printed_is_believed_where_data_put_it_in_other_words() -> None:
    head = "<meta property='og:title' content='Gannet Point night ferry: timetable and tickets'>"
    body = f"<article><h1>Night ferry returns to Gannet Point after the storm</h1>{TEXT}</article>"
    assert headline(body, head) == "Night ferry returns to Gannet Point after the storm"


def test_the_statement_that_lost_is_kept_with_its_basis() -> None:
    head = "<meta property='og:title' content='Gannet Point night ferry: timetable and tickets'>"
    settled = read(f"<article><h1>Night ferry returns to Gannet Point</h1>{TEXT}</article>", head)
    lost = [one for one in settled.claims if one.field == "headline" and one.basis == "meta:og:title"]
    assert [one.value for one in lost] == ["Gannet Point night ferry: timetable and tickets"]
    assert lost[0].confidence < settled.winners["headline"].confidence


def test_a_title_that_a_stray_quote_cut_short_gives_way_to_the_whole_one() -> None:
    head = (
        '<title>Mayor calls the new pier "unsafe" | The Ledger</title>'
        '<meta property="og:site_name" content="The Ledger"><meta property="og:title" content="Mayor calls the new pier ">'
    )
    assert headline(f'<h2>Mayor calls the new pier "unsafe"</h2>{TEXT}', head) == 'Mayor calls the new pier "unsafe"'


def test_the_head_of_a_story_is_not_the_head_of_the_site() -> None:
    head = "<meta property='og:title' content='Gannet Point ferry back in service and it is lovely'>"
    body = f"<header class='article-hero'><h1>Step aboard the ferry of Gannet Point</h1></header>{TEXT}"
    assert headline(body, head) == "Step aboard the ferry of Gannet Point"


def test_a_blogs_name_in_a_heading_gives_way_to_the_storys_title_below() -> None:
    head = "<title>The Harbour Notebook: Night ferry sails again after the storm</title>"
    body = f"<header><h1>The Harbour Notebook</h1></header><h2>Night ferry sails again after the storm</h2>{TEXT}"
    assert headline(body, head) == "Night ferry sails again after the storm"


def test_without_a_heading_the_element_called_title_is_read() -> None:
    head = "<title>市场行情--港口夜间轮渡恢复通航方便居民出行</title>"
    body = f"<div class='title-text'>港口夜间轮渡恢复通航方便居民出行</div>{TEXT}"
    assert headline(body, head) == "港口夜间轮渡恢复通航方便居民出行"


def test_readings_beside_characters_are_no_part_of_the_headline() -> None:
    head = "<title>港の夜の船がまた出る</title>"
    body = f"<article><h1><ruby>港<rt>みなと</rt></ruby>の<ruby>夜<rt>よる</rt></ruby>の<ruby>船<rt>ふね</rt></ruby>がまた出る</h1>{TEXT}</article>"
    assert headline(body, head) == "港の夜の船がまた出る"


def test_a_style_sheet_within_a_heading_is_no_text() -> None:
    body = f"<article><h1><style>.css-1 {{color: red}}</style><span>Night ferry sails again</span></h1>{TEXT}</article>"
    assert headline(body) == "Night ferry sails again"


def test_a_line_above_the_headline_in_the_same_element_is_the_kicker() -> None:
    head = "<title>Storm damage: Night ferry sails again - The Ledger</title><meta property='og:title' content='Night ferry sails again'>"
    body = f"<article><h1><span>Storm damage</span><span>Night ferry sails again</span></h1>{TEXT}</article>"
    assert headline(body, head) == "Night ferry sails again"


def test_a_second_half_of_a_headline_before_the_sites_name_is_kept() -> None:
    head = "<title>Town buys back the old ferry - Ratepayers carry the cost - Ledger</title><meta property='og:site_name' content='Ledger'>"
    assert headline(TEXT, head) == "Town buys back the old ferry - Ratepayers carry the cost"


def test_a_heading_of_which_a_title_is_the_same_behind_a_kicker_is_believed_before_another_title() -> None:
    other = "Ferry sails again after mayor's quarrel with the harbour board"
    head = f"<meta property='og:title' content='After new quarrel: The night ferry sails again'><title>{other}</title>"
    head += f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{other}"}}</script>'
    assert (
        headline(f"<article><h2>The night ferry sails again</h2>{TEXT}</article>", head)
        == "The night ferry sails again"
    )


def test_a_layout_with_a_sidebar_is_no_sidebar() -> None:
    for layout in ("content-sidebar-wrap", "pagewithsidebar", "with-sidebar"):
        body = f"<div class='{layout}'><div><h1>Night ferry sails again</h1>{TEXT}</div></div>"
        assert headline(body, "<title>Trips around the bay</title>") == "Night ferry sails again"


def test_a_small_heading_above_the_date_is_the_headline_of_a_page_that_is_called_like_its_section() -> None:
    body = "<div><h3>首页 - 协会动态</h3></div><div><h5>滨海湿地观鸟年会在白鹭湾举行</h5><div><b>发布时间：2031-05-18</b></div><p>年会持续三天。</p></div>"
    assert headline(body, "<title>协会动态--白鹭湾观鸟协会</title>") == "滨海湿地观鸟年会在白鹭湾举行"
    assert headline(body, "<title>湿地年会开幕--白鹭湾观鸟协会</title>") != "滨海湿地观鸟年会在白鹭湾举行"


def test_a_heading_that_is_the_link_home_is_the_sites_name_and_not_the_storys() -> None:
    body = "<h1><a href='/' title='Quay Notes'>Quay Notes</a></h1><h3 class='entry-title'>Night ferry sails again</h3>"
    title = "<title>Night ferry sails again : Quay Notes | News of the coast | Founded 2005</title>"
    assert headline(f"{body}{TEXT}", title) == "Night ferry sails again"


def test_a_heading_that_ends_a_title_which_begins_with_the_site_is_the_storys() -> None:
    body = "<h1><a href='index.html'>Quay Notes</a></h1><h2>Search the notes</h2><h2>The night ferry sails again</h2>"
    title = "<title>Quay Notes » Blog archive » The night ferry sails again</title>"
    assert headline(f"{body}{TEXT}", title) == "The night ferry sails again"


def test_a_heading_that_links_home_stays_where_there_is_no_other() -> None:
    assert headline(f"<h1><a href='/'>Why we print the tides</a></h1>{TEXT}") == "Why we print the tides"


def test_a_heading_that_its_class_calls_the_storys_is_believed_before_what_is_written_for_search_engines() -> None:
    other = "The best tide tables of the year compared"
    head = f"<title>{other}</title><meta property='og:title' content='{other}'>"
    head += f'<script type="application/ld+json">{{"@type": "Article", "headline": "{other}"}}</script>'
    body = f"<article><h1 class='entry-title'>Buying advice: how to know when the water comes</h1>{TEXT}</article>"
    assert headline(body, head) == "Buying advice: how to know when the water comes"
    many = f"<article><h1 class='entry-title'>Who repairs the quay</h1>{TEXT}</article>"
    assert headline(body + many, head) == other


def test_an_alternative_headline_is_not_the_headline() -> None:
    body = "<h1 itemprop='alternativeHeadline'>Harbour mistakes</h1><h2 itemprop='headline'>Five mistakes of harbour towns, and how to mend them</h2>"
    assert headline(body + TEXT, "<title>Harbour mistakes | Ledger</title>") == (
        "Five mistakes of harbour towns, and how to mend them"
    )


def test_the_kicker_is_the_one_by_the_headline_and_not_another_storys() -> None:
    other = "<section><div><p class='kicker'>Storm damage</p><h2>Quay closed to lorries</h2></div></section>"
    own = "<header><p class='kicker'>Night boats</p><h1>Ferry sails again after the winter</h1></header>"
    page = f"<div><div>{other}</div><main><div><article>{{}}{TEXT}</article></div></main></div>"
    assert read(page.format(own)).value("kicker") == "Night boats"
    assert read(page.format("<header><h1>Ferry sails again after the winter</h1></header>")).value("kicker") is None
