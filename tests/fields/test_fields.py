"""Whole pages: which statements are made, and which of them win."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import document, fields
from generator.model import Capture, Claim, Moment, Origin

URL = "https://www.gazette.example/harbour/2024/03/05/ferry"


def page(head="", body="", url=URL, lang="en"):
    whole = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    return document.read(Capture(whole.encode(), Origin("a.html", "0" * 64), url=url))


def settled(head="", body="", captured=None, **more):
    return fields.settle(fields.claims(page(head, body, **more)), captured)


def linked(**data):
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **data})}</script>'


def test_structured_data_are_believed_first():
    got = settled(
        linked(
            headline="Night ferry returns", datePublished="2024-03-05T09:30:00+01:00", dateModified="2024-03-06T08:00:00+01:00",
            author=[{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Tom Reed"}], publisher={"name": "The Gannet Gazette"},
            description="The crossing is open again after eighteen months.", keywords=["ferry", "harbour"], articleSection="Harbour", inLanguage="en-GB",
        ),
        "<h1>Night ferry returns</h1><p>By Somebody Else</p>",
    )  # fmt: skip
    assert got.value("headline") == "Night ferry returns"
    assert got.values("byline") == ("Ada Quill", "Tom Reed")
    assert got.value("publisher") == "The Gannet Gazette"
    assert str(got.moment("published")) == "2024-03-05T09:30:00+01:00"
    assert str(got.moment("modified")) == "2024-03-06T08:00:00+01:00"
    assert got.value("standfirst") == "The crossing is open again after eighteen months."
    assert got.values("tags") == ("ferry", "harbour")
    assert got.value("section") == "Harbour"
    assert got.value("language") == "en"


def test_the_losers_are_kept_behind_the_winner():
    got = settled(
        linked(headline="One", datePublished="2024-03-05"), "<h1>One</h1><time datetime='2024-03-04'>4 March</time>"
    )
    days = [claim.value for claim in got.claims if claim.field == "published"]
    assert days[0] == "2024-03-05"
    assert "2024-03-04" in days


def test_data_about_another_story_is_not_read():
    other = linked(
        headline="Another story altogether",
        url="https://www.gazette.example/other",
        author={"name": "Wrong Person"},
        datePublished="2001-01-01",
    )
    own = linked(headline="Night ferry returns", url=URL, author={"name": "Ada Quill"}, datePublished="2024-03-05")
    got = settled(other + own + '<meta property="og:title" content="Night ferry returns">')
    assert got.values("byline") == ("Ada Quill",)
    assert got.value("published") == "2024-03-05"


def test_an_author_may_be_a_reference():
    graph = {
        "@graph": [
            {"@type": "Article", "headline": "Night ferry returns", "author": {"@id": "#ada"}},
            {"@type": "Person", "@id": "#ada", "name": "Ada Quill"},
        ]
    }
    assert settled(f'<script type="application/ld+json">{json.dumps(graph)}</script>').values("byline") == (
        "Ada Quill",
    )


@pytest.mark.parametrize(
    "title",
    [
        "Night ferry returns | Gannet Gazette",
        "Night ferry returns - Harbour - Gannet Gazette",
        "Gannet Gazette: Night ferry returns",
        "Night ferry returns – gazette.example",
        "Night ferry returns",
    ],
)
def test_the_sites_name_is_cut_from_the_title(title):
    head = f'<title>{title}</title><meta property="og:site_name" content="Gannet Gazette">'
    assert settled(head, "<h1>Night ferry returns</h1>").value("headline") == "Night ferry returns"


def test_a_chinese_title_loses_the_outlets_name_without_any_other_evidence():
    assert (
        settled("<title>港口重新开放 渔民表示欢迎-海滨新闻网</title>", "<p>正文</p>", url=None, lang="zh").value(
            "headline"
        )
        == "港口重新开放 渔民表示欢迎"
    )
    assert (
        settled("<title>港口重新开放 渔民表示欢迎-海滨新闻网</title>", "<p>正文</p>", url=None, lang="zh").value(
            "publisher"
        )
        == "海滨新闻网"
    )


def test_a_headline_with_a_dash_stays_whole():
    assert (
        settled(
            "<title>Ferry – and the town that missed it</title>", "<h1>Ferry – and the town that missed it</h1>"
        ).value("headline")
        == "Ferry – and the town that missed it"
    )


def test_a_kicker_inside_the_heading_is_told_apart():
    got = settled(body='<h1><span class="kicker">Gannet Point</span> <span>Night ferry returns</span></h1><p>Words</p>')
    assert got.value("headline") == "Night ferry returns"
    assert got.value("kicker") == "Gannet Point"


CHINESE = """
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="/gk">港口</a></div>
<h1>港口将在月底前重新开放</h1>
<div class="info">来源：海滨日报 | 时间：2024-03-05 11:30:28 | 点击：149</div>
<p>工程师说损坏比预期小，渔民表示欢迎，商户也希望夜间航班早日恢复，市民可以提前购票。</p>
<p>责任编辑：沈渡口</p><p>【作者：】</p>
<h3>相关阅读</h3><ul><li>别处的新闻 时间：2025-01-01 来源：别处网</li></ul>
"""


def test_the_visible_lines_of_a_chinese_page_are_enough():
    got = settled(body=CHINESE, url=None, lang="zh-CN")
    assert got.value("headline") == "港口将在月底前重新开放"
    assert got.value("source") == "海滨日报"
    assert str(got.moment("published")) == "2024-03-05T11:30:28"
    assert got.value("views") == "149"
    assert got.values("editors") == ("沈渡口",)
    assert got.values("byline") == ()
    assert got.values("breadcrumb") == ("首页", "港口")
    assert got.value("section") == "港口"
    assert got.value("language") == "zh-Hans"


def test_a_way_printed_above_the_headline_is_a_breadcrumb():
    got = settled(
        body="<div class=pos><a>海滨新闻网</a> &gt; <a>海滨要闻</a> &gt; 港口将在月底前重新开放</div><h1>港口将在月底前重新开放</h1>",
        url=None,
        lang="zh",
    )
    assert got.values("breadcrumb") == ("海滨新闻网", "海滨要闻")
    assert got.value("section") == "海滨要闻"
    assert got.value("publisher") == "海滨新闻网"


def test_the_script_of_chinese_is_seen_in_its_letters():
    assert (
        settled(body="<p>" + "港口將在本月底前重新開放，工程師說損壞比預期小。" * 3, lang="zh").value("language")
        == "zh-Hant"
    )


def test_a_language_that_the_letters_rule_out_does_not_win():
    assert (
        settled(body="<p>" + "Порт снова откроется до конца месяца, сказали инженеры. " * 4, lang="en").value(
            "language"
        )
        == "ru"
    )


def test_an_agency_stands_where_nobody_else_is_named_and_is_never_a_person():
    assert settled(linked(headline="A", author="dpa")).values("byline") == ("dpa",)
    both = settled(linked(headline="A", author="dpa"), '<h1>A</h1><a rel="author" href="/ada">Ada Quill</a>')
    assert both.values("byline") == ("Ada Quill",)


def test_the_day_in_the_address_is_weak_evidence():
    got = settled(body="<h1>Ferry</h1>")
    assert str(got.moment("published")) == "2024-03-05"
    assert settled(linked(headline="F", datePublished="2024-03-04")).value("published") == "2024-03-04"


def test_a_time_lends_its_clock_to_the_winning_day():
    got = settled(
        linked(headline="Ferry", datePublished="2024-03-05"),
        '<h1>Ferry</h1><time datetime="2024-03-05T09:30:00+01:00">9.30</time>',
    )
    assert str(got.moment("published")) == "2024-03-05T09:30:00+01:00"


def test_a_time_in_utc_gets_back_the_clock_that_the_page_prints():
    late = linked(headline="Ferry", datePublished="2024-03-06T00:47:31Z")
    got = settled(late, "<h1>Ferry</h1><p>Published March 5, 2024 6:47 PM</p>")
    assert str(got.moment("published")) == "2024-03-05T18:47:31-06:00"
    assert "2024-03-06T00:47:31+00:00" in [claim.value for claim in got.claims]
    assert settled(late, "<h1>Ferry</h1>").value("published") == "2024-03-06T00:47:31+00:00"


@pytest.mark.parametrize(
    "stated", ["1970-01-01T00:00:00Z", "2031-01-01", "9999-12-31T23:59:59Z", "0000-00-00", "next week"]
)
def test_an_impossible_moment_never_wins(stated):
    captured = Moment.parse("2024-03-06T10:00:00+00:00")
    got = settled(
        linked(headline="Ferry", datePublished=stated),
        "<h1>Ferry</h1>",
        captured=captured,
        url="https://gazette.example/a",
    )
    assert "published" not in got.winners


def test_tags_are_keywords_only():
    tags = [
        "ferry",
        "Gannet Gazette",
        "Night ferry returns",
        "x" * 80,
        "ferry",
        "https://gazette.example",
        "section:harbour",
        "harbour",
    ]
    got = settled(
        linked(headline="Night ferry returns", keywords=tags, publisher={"name": "Gannet Gazette"}),
        "<h1>Night ferry returns</h1>",
    )
    assert got.values("tags") == ("ferry", "harbour")


def test_the_sites_name_is_no_tag_even_where_only_the_title_tells_it():
    got = settled(
        '<meta name="keywords" content="海滨新闻网"><title>港口重新开放 渔民表示欢迎_海滨新闻网</title>',
        url=None,
        lang="zh",
    )
    assert got.values("tags") == ()


def test_a_label_behind_the_time_is_no_source():
    got = settled(
        body="<h1>港口将在月底前重新开放</h1><p>2024-03-05 10:20 更新于 2024-03-05 15:02</p>", url=None, lang="zh"
    )
    assert got.value("source") is None


def test_agreement_of_another_kind_of_evidence_decides_between_near_equals():
    one, two = Claim("region", ("A",), "meta:x", 0.7), Claim("region", ("B",), "jsonld:x", 0.69)
    third = Claim("region", ("B",), "html:x", 0.3)
    assert fields.settle([one, two]).value("region") == "A"
    assert fields.settle([one, two, third]).value("region") == "B"


claim_values = st.builds(
    Claim,
    st.sampled_from(["headline", "published", "byline", "views"]),
    st.lists(st.sampled_from(["2024-03-05", "2024-03-05T09:30", "x", "y"]), max_size=2).map(tuple),
    st.sampled_from(["meta:a", "jsonld:b", "html:c"]),
    st.floats(0, 1),
)


@given(st.lists(claim_values, max_size=12))
def test_settling_loses_no_claim_and_winners_come_first(claims):
    got = fields.settle(claims)
    assert sorted(map(repr, got.claims)) == sorted(map(repr, claims))
    for field, winner in got.winners.items():
        assert next(claim for claim in got.claims if claim.field == field) == winner
        assert winner.values
    assert fields.settle(got.claims).winners.keys() == got.winners.keys()


MARKUP = "<h1 class='author' itemprop='author headline'>By <a rel=author>\"'&lt;</a></h1><time datetime='2024-99'>责任编辑：|</time><meta property='og:title' content='| - |'><title> - | </title>"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *MARKUP.replace(">", ">\n").splitlines(),
                "来源：",
                "2024-03-05",
                "By ",
                "</div>",
                "<div class=breadcrumb>",
                "\U0001f6a2",
                "\u202e",
            ]
        ),
        max_size=14,
    )
)
def test_no_page_raises(pieces):
    text = "".join(pieces)
    got = fields.settle(fields.claims(page(text, text)))
    assert all(0 <= claim.confidence <= 1 for claim in got.claims)


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        True,
        [],
        {},
        "",
        [None, {"name": None}],
        {"name": [1, {"@value": 3}]},
        [[["a"]]],
        {"@id": 5},
        "x" * 5000,
    ],
)
@pytest.mark.parametrize(
    "key",
    [
        "headline",
        "author",
        "publisher",
        "datePublished",
        "keywords",
        "articleSection",
        "mainEntityOfPage",
        "@type",
        "comment",
        "interactionStatistic",
        "url",
        "@id",
        "license",
        "contentLocation",
    ],
)
def test_structured_data_of_any_shape_never_raise(key, value):
    got = settled(
        linked(**{"headline": "Ferry", key: value})
        + f'<script type="application/ld+json">{json.dumps({"@type": "BreadcrumbList", "itemListElement": [value, {"item": value, "position": value, "name": value}]})}</script>',
        "<h1>Ferry</h1>",
    )
    assert got.value("headline")


@pytest.mark.parametrize(
    ("dateline", "place"),
    [("OLD HARBOUR", "Old Harbour"), ("GANNET POINT, Maine", "Gannet Point, Maine"), ("ST. JOHN'S", "St. John's")],
)
def test_a_dateline_in_capitals_is_a_place_as_it_is_written(dateline, place):
    got = settled(
        body=f"<h1>Ferry</h1><p>{dateline} — The night ferry sails again from Friday, the council said after its meeting.</p>"
    )
    assert got.value("region") == place


def test_a_rubric_in_capitals_is_no_place():
    said = "what is known of the night ferry, of the new quay, and of the storm that took the old one."
    body = f"<h1>Ferry</h1><p>ALL THAT THE COUNCIL HAS SAID — {said}</p><p>MAPS — Where the ferry goes, and where it went before the storm took the quay.</p>"
    assert settled(body=body).value("region") is None


def test_correspondents_stand_beside_the_reporters_that_the_data_name():
    body = "<h1>渡轮今晚停航一夜</h1><p class='byline'>本报记者 张三、李四 通讯员 王小舟</p><p>渡轮停航的消息下午传到码头。</p>"
    author = [{"@type": "Person", "name": "张三"}, {"@type": "Person", "name": "李四"}]
    found = settled(linked(headline="渡轮今晚停航一夜", author=author), body, lang="zh")
    assert found.values("byline") == ("张三", "李四", "王小舟")


def test_buttons_and_marks_of_the_system_are_no_tags():
    found = settled('<meta name="keywords" content="@river,【纠错】,タグ一覧へ,Show more,ferry,harbour">')
    assert found.values("tags") == ("ferry", "harbour")


def test_a_description_loses_the_headline_that_stands_before_it():
    said = "港口今天早上重新开放，渡轮照常开行，市民排起了长队。"
    head = f'<meta property="og:title" content="港口重新开放渡轮照常开行"><meta name="description" content="港口重新开放渡轮照常开行 ---{said}">'
    assert settled(head, "<h1>港口重新开放渡轮照常开行</h1>").value("standfirst") == said


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Copyright 2014", "shore.example"),
        ("Copyright (c) 2019 – The Shore", "The Shore"),
        ("The Shore (www.shore.example)", "The Shore"),
    ],
)
def test_a_claim_of_copyright_is_no_name_of_a_publisher(stated, name):
    found = settled(f'<meta name="copyright" content="{stated}">', url="https://shore.example/a")
    assert found.value("publisher") == name


@pytest.mark.parametrize("slot", ["- Destacado 1", "Homepage", "> Harbour"])
def test_a_place_on_the_front_page_is_no_section(slot):
    assert settled(f'<meta property="article:section" content="{slot}">').value("section") is None


def test_an_outlet_with_its_town_is_no_person():
    found = settled('<meta name="author" content="shore.example, Harbourtown, Norland">')
    assert found.values("byline") == ("shore.example",)


@pytest.mark.parametrize("headline", ["Good news for sailors", "--- Breaking --- news"])
def test_a_headline_that_holds_the_word_of_the_host_is_no_name_of_the_site(headline):
    head = f'<title>{headline}</title><meta property="og:title" content="{headline}">'
    got = settled(head, f"<h1>{headline}</h1><p>The night ferry sails again.</p>", url="https://news.example/1")
    assert got.value("headline") == headline


def test_a_page_that_is_called_like_its_site_still_has_its_heading() -> None:
    page = "<title>Harbour Ledger</title><body><div><h1>Harbour Ledger</h1><p>Words of the page.</p></div></body>"
    capture = Capture(f"<html>{page}</html>".encode(), Origin("a.html", "0"), url="https://harbourledger.example/")
    assert fields.settle(fields.claims(document.read(capture))).value("headline") == "Harbour Ledger"


def test_a_headline_that_prints_an_entity_keeps_it():
    """A page about markup: what its heading spells out is no mistake of escaping."""
    got = settled(
        '<meta property="og:title" content="What &amp;amp;nbsp; is for">' + linked(headline="What &amp;nbsp; is for"),
        "<h1>What &amp;amp;nbsp; is for</h1>",
    )
    assert got.value("headline") == "What &amp;nbsp; is for"
    assert settled('<meta property="og:title" content="Quay &amp;amp; Sons">', "<h1>Quay &amp; Sons</h1>").value("headline") == "Quay & Sons"  # fmt: skip


def test_what_a_template_leaves_hanging_is_no_part_of_a_headline():
    assert (
        settled("<title>Ferry timetable -</title>", "<h1>Ferry timetable – </h1>").value("headline")
        == "Ferry timetable"
    )


@pytest.mark.parametrize("section", ["Night ferry returns", "gazette.example"])
def test_neither_the_headline_nor_the_site_is_a_section(section):
    assert settled(linked(headline="Night ferry returns", articleSection=section)).value("section") is None


@pytest.mark.parametrize(
    ("label", "place"), [("TV-TIPP", None), ("BREAKING NEWS", None), ("GANNET POINT, Maine", "Gannet Point, Maine")]
)
def test_a_label_in_capitals_is_no_place(label, place):
    line = (
        f"{label} – The night ferry sails again from Friday, eighteen months after the storm, the harbour office says."
    )
    assert settled("", f"<h1>Night ferry returns</h1><p>{line}</p>").value("region") == place


@pytest.mark.parametrize(
    ("named", "source"), [("Foto Ada Quill", None), ("Bild: Ada Quill", None), ("Bild am Sonntag", "Bild am Sonntag")]
)
def test_who_took_a_picture_is_no_source(named, source):
    stated = f'<meta name=source content="{named}">'
    assert settled(stated, "<h1>Night ferry returns</h1>").value("source") == source
    printed = f"<h1>夜航渡轮复航</h1><p>来源：{named}</p>"
    assert settled("", printed, lang="zh").value("source") == source


def test_a_menu_beside_the_breadcrumb_is_no_way_and_neither_is_the_story_under_another_title():
    way = "<ul class='crumbs'><li><a href='/t'>Teams</a></li></ul>"
    menu = "<ul><li><a href='/t/m'>Men</a></li><li><a href='/t/w'>Women</a></li><li><a href='/t/y'>Youth</a></li></ul>"
    body = f"<div class='breadcrumbs'>{way}<div>{menu}</div></div><h1>Training camp called off</h1><p>It was to begin in May.</p>"
    assert settled("", body).values("breadcrumb") == ("Teams",)
    steps = [
        {"@type": "ListItem", "position": at, "name": name}
        for at, name in enumerate(("Home", "Teams", "No camp in May this year"))
    ]
    head = f'<title>No camp in May this year</title><script type="application/ld+json">{json.dumps({"@type": "BreadcrumbList", "itemListElement": steps})}</script>'
    assert settled(head, "<h1>Training camp called off</h1><p>It was to begin in May.</p>").values("breadcrumb") == (
        "Home",
        "Teams",
    )


def test_a_way_of_nothing_but_the_front_page_or_of_unfilled_places_is_none():
    body = "<div class='breadcrumb'>{}</div><h1>Training camp called off</h1><p>It was to begin in May.</p>"
    assert settled("", body.format("<a href='/'>Home</a>")).values("breadcrumb") == ()
    assert settled("", body.format("<a href='/'>Home</a><a href='/t'>Teams</a><a>null</a>")).values("breadcrumb") == (
        "Home",
        "Teams",
    )
