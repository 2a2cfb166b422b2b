"""The frame around a saved story: the outlet's profile, and stories seen in lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import document, furniture
from generator.furniture import Furniture, lines, sites
from generator.model import Capture, Origin

PROVINCES = ("北京", "上海", "广东", "四川", "湖北", "湖南", "江苏", "浙江", "云南")
PAGE = f"""<html><head><meta property="og:site_name" content="江城晚报网"></head><body>
<div class="nav"><a href="/">首页</a><a href="/news/">要闻</a><a href="/city/">城事</a><a href="/sport/">体育</a><a href="/book/">读书</a><a href="http://ads.example/">广告</a></div>
<ul>{"".join(f'<li><a href="/{n}/">{name}</a></li>' for n, name in enumerate(PROVINCES))}</ul>
<h1>江边步道年底开放</h1><p>市民期待已久的江边步道将在年底前开放,沿途设有六处观景台和两座小型展览馆。</p>
<div class="more"><h3>更多推荐</h3><ul>
<li><a href="/a/1.html"><img src="1.jpg"></a><a href="/a/1.html">城北菜市场搬迁新址</a><p>城北菜市场本周完成搬迁,新址位于体育馆东侧,摊位增加一倍,并设有冷藏间。</p></li>
<li><a href="/a/2.html">三条公交线路下月调整走向</a></li>
<li><a href="/a/2.html#top">三条公交线路下月调整走向</a></li>
<li><a href="javascript:void(0)">这一条不是网页上的文章地址</a></li>
<li><a href="/x/story.html">江边步道年底开放</a></li>
</ul></div>
<div><b>今日热点</b><div><a href="/a/3.html">1. 图书馆夜间开放首日迎来上千名读者</a><a href="/a/4.html">南山桃园进入采摘季</a></div></div>
<div class="links"><h4>友情链接</h4><a href="http://tv.example/">江城电视台</a><a href="http://art.example/">江城文艺网</a><a href="http://tv.example/">江城电视台</a></div>
<footer><a href="/about.html">关于我们</a><a href="/contact.html">联系我们</a><p>地址:江城市沿江路8号 联系电话:027-5550123</p>
<p>鄂ICP备2099000001号 鄂公网安备 42019902000001号</p><p>江城晚报网坚持服务市民、记录城市的宗旨,与读者一同见证江城的变化。</p></footer>
</body></html>"""


def read(
    markup: str, headline: str | None = None, url: str | None = "http://www.jcwb.example/x/story.html"
) -> Furniture:
    return furniture.read(
        document.read(Capture(markup.encode("utf-8", "replace"), Origin("page.html", ""), url=url)), headline
    )


@pytest.fixture(scope="module")
def portal() -> Furniture:
    return read(PAGE, "江边步道年底开放")


def test_stories_are_seen_once_with_list_address_and_excerpt(portal: Furniture) -> None:
    assert [(story.list, story.headline, story.url) for story in portal.seen] == [
        ("更多推荐", "城北菜市场搬迁新址", "http://www.jcwb.example/a/1.html"),
        ("更多推荐", "三条公交线路下月调整走向", "http://www.jcwb.example/a/2.html"),
        ("今日热点", "图书馆夜间开放首日迎来上千名读者", "http://www.jcwb.example/a/3.html"),
        ("今日热点", "南山桃园进入采摘季", "http://www.jcwb.example/a/4.html"),
    ]
    assert (portal.seen[0].excerpt or "").startswith("城北菜市场本周完成搬迁")


def test_the_story_itself_is_not_seen(portal: Furniture) -> None:
    assert "江边步道年底开放" not in [story.headline for story in portal.seen]


def test_the_profile_holds_name_channels_regions_and_friends(portal: Furniture) -> None:
    outlet = portal.outlet
    assert outlet is not None
    assert (outlet.key, outlet.name, outlet.url) == ("jcwb.example", "江城晚报网", "http://www.jcwb.example/")
    assert [link.name for link in outlet.channels] == ["要闻", "城事", "体育", "读书"]
    assert [link.name for link in outlet.regions] == list(PROVINCES)
    assert [link.name for link in outlet.friends] == ["江城电视台", "江城文艺网"]
    assert [(link.name, link.url) for link in outlet.standing] == [
        ("关于我们", "http://www.jcwb.example/about.html"),
        ("联系我们", "http://www.jcwb.example/contact.html"),
    ]


def test_the_profile_holds_licences_address_and_what_the_outlet_says_of_itself(portal: Furniture) -> None:
    outlet = portal.outlet
    assert outlet is not None
    assert outlet.licences == ("鄂ICP备2099000001号", "鄂公网安备 42019902000001号")
    assert outlet.address == ("地址:江城市沿江路8号 联系电话:027-5550123",)
    assert [line[:9] for line in outlet.about] == ["江城晚报网坚持服务"]


def test_english_lists_are_seen_too() -> None:
    items = "<li><a href='/1'>A ferry returns to the harbour after two years</a></li><li><a href='/2'>Council votes to close the northern causeway</a></li>"
    found = read(f"<body><section><h2>Most read</h2><ol>{items}</ol></section></body>")
    assert [story.list for story in found.seen] == ["Most read", "Most read"]


def test_a_head_may_say_when_the_list_was_counted() -> None:
    items = "<li><a href='/1'>A ferry returns to the harbour after two years</a></li><li><a href='/2'>Council votes to close the northern causeway</a></li>"
    for head in ("Most read this week", "Most popular now", "Trending today", "Lo más leído de la semana"):
        found = read(
            f"<body><main><article><p>x</p></article><aside><h2>{head}</h2><ol>{items}</ol></aside></main></body>"
        )
        assert [story.list for story in found.seen] == [head, head]


def test_an_excerpt_may_stand_behind_the_heading_that_holds_the_link() -> None:
    found = read(
        "<div class=more><h3>更多推荐</h3>"
        "<h4><a href='/a/1.html'>城北菜市场搬迁到新的地址</a></h4><p>城北菜市场本周完成搬迁，新址位于体育馆的东侧，摊位比过去增加一倍。</p>"
        "<h4><a href='/a/2.html'>三条公交线路下月调整走向</a></h4>"
        "<h4><a href='/a/3.html'>南山桃园今天进入采摘季节</a></h4><p>南山脚下的桃园今年结得早，第一批桃子本周开摘，比去年早了整整八天。</p></div>"
    )
    assert [(story.excerpt or "")[:5] for story in found.seen] == ["城北菜市场", "", "南山脚下的"]


def test_each_list_is_whole_and_holds_a_story_once() -> None:
    one = "<a href='/a/1.html'>城北菜市场搬迁到新的地址</a>"
    pictured = "<a href='/a/1.html'><img src='1.jpg' alt='城北菜市场搬迁到新的地址'></a>"
    two = "<a href='/a/2.html'>三条公交线路下月调整走向</a>"
    found = read(
        f"<div><h3>相关阅读</h3><p>{one}</p><p>{two}</p></div><div><h3>今日热点</h3>{two}{pictured}{one}{two}</div>"
    )
    assert [(story.list, story.url and story.url[-6]) for story in found.seen] == [
        ("相关阅读", "1"),
        ("相关阅读", "2"),
        ("今日热点", "2"),
        ("今日热点", "1"),
    ]


@pytest.mark.parametrize(
    ("line", "licence"),
    [
        ("备案：样张ICP备00000001号", "样张ICP备00000001号"),
        ("网站备案鄂ICP备2099000001号", "鄂ICP备2099000001号"),
        ("样张公网安备00000000000001号", "样张公网安备00000000000001号"),
    ],
)
def test_a_licence_keeps_its_whole_prefix(line: str, licence: str) -> None:
    assert lines.licences(line) == (licence,)


def test_a_line_with_an_address_says_nothing_else_of_the_outlet() -> None:
    found = read(
        '<meta property="og:site_name" content="江城晚报网"><p>鄂ICP备2099000001号</p><p>江城晚报网 地址:江城市沿江路8号 联系电话:027-5550123</p>'
    )
    assert found.outlet is not None
    assert len(found.outlet.address) == 1
    assert found.outlet.about == ()


def test_a_page_without_address_and_name_has_no_outlet() -> None:
    assert read("<p>nothing</p>", url=None).outlet is None


def test_a_name_alone_names_the_outlet() -> None:
    found = read('<meta property="og:site_name" content="The Shore"><p>x</p>', url=None)
    assert found.outlet is not None
    assert found.outlet.key == "the-shore"


def test_run_on_channel_names_are_parted_only_where_known_names_prove_it() -> None:
    assert lines.split_names("深度报道社会新闻文化·旅游甲乙丙丁") == ("深度报道", "社会新闻", "文化·旅游", "甲乙丙丁")
    assert lines.split_names("甲乙丙丁戊己庚辛壬癸子丑") == ("甲乙丙丁戊己庚辛壬癸子丑",)
    assert lines.split_names("World | Our town  Sport") == ("World", "Our town", "Sport")


def test_licences_are_read_as_printed_and_in_order() -> None:
    line = "信息网络传播视听节目许可证:0199999号 鄂ICP备2099000001号-2 鄂公网安备 42019902000001号"
    assert lines.licences(line) == (
        "信息网络传播视听节目许可证:0199999号",
        "鄂ICP备2099000001号-2",
        "鄂公网安备 42019902000001号",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("北京", "region"),
        ("关于我们", "standing"),
        ("About us", "standing"),
        ("首页", "action"),
        ("Log in", "action"),
        ("读书", "channel"),
    ],
)
def test_names_in_a_frame_have_kinds(name: str, kind: str) -> None:
    assert lines.kind(name) == kind


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.a.example/x", "a.example"),
        ("http://B.example:80/", "b.example"),
        ("ftp://a.example/", None),
        ("http://[", None),
        ("", None),
        (None, None),
        ("a.example", None),
    ],
)
def test_hosts_are_read_from_web_addresses_only(url: str | None, host: str | None) -> None:
    assert sites.host(url) == host


def test_a_site_covers_its_subdomains_but_not_its_neighbours() -> None:
    assert sites.same("http://news.a.example/", "http://a.example/")
    assert not sites.same("http://a.example/", "http://b.example/")


PIECES = st.sampled_from(
    [
        "<a href='http://['>",
        "</a>",
        "<div class=nav>",
        "</div>",
        "<h3>Related</h3>",
        "<b>今日热点</b>",
        "<ul><li>",
        "<a href=/x>A headline of some length here</a>",
        "友情链接",
        "<footer>",
        "©",
        "<nav>",
        "<a href=//>",
        "<p>text</p>",
        "<style>x</style>",
        "<svg><style>.a{}</style>",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_raises(markup: str) -> None:
    read(markup, "A headline")


@given(st.text(max_size=300))
def test_no_line_raises(words: str) -> None:
    lines.licences(words)
    lines.split_names(words)
    lines.is_address(words)
    lines.url(words)
    lines.kind(words)
