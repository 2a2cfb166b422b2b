"""Text copies: what a browser's select-all copy of a news page says, and plain articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import document, textcopy
from generator.model import Capture, Claim, Origin
from generator.textcopy import Copy, lines

PORTAL = """江城晚报网
网站首页 社会新闻深度报道乡村振兴生态环境健康养生 会员登录
法治在线文化·旅游科技前沿人物·专访关于我们免责声明
  • 北京
  • 上海
  • 广东
  • 四川
  • 湖北
  • 湖南
  • 江苏
  • 浙江
江城晚报网 > 社会新闻 > 老码头换新颜 江边步道年底开放

老码头换新颜 江边步道年底开放

来源:江城日报 | 时间:2024-06-02 09:15:40 | 点击:86

6月1日,记者从市住建局了解到,老码头改造工程已完成七成,沿江三公里步道将在年底前向市民开放,沿途设有六处观景台。

旧仓库变身展览馆

两座建于上世纪五十年代的仓库将被保留下来,改造为展示航运历史的展览馆,内部将陈列老照片和旧船模型。

△施工中的江边步道(资料图)

负责人介绍,改造中尽量使用原有的青砖和木梁,新增部分一律采用钢结构,以便今后拆换。

车位仍然紧张

公交线路将加密

附近居民最关心的是停车问题。住建局表示,步道两端各建一处停车场,共有车位三百二十个,公交线路也会相应增加班次。

施工方列出的工期为:

六月完成护岸加固;

九月完成步道铺装。

市民可以通过热线反映意见,工程指挥部每周五集中答复,并在入口处张贴公告。

责任编辑:林晓


【作者:】

文章评论
评论
全部评论
更多推荐

城北菜市场搬迁新址 摊位增加一倍

城北菜市场本周完成搬迁,新址位于体育馆东侧,摊位由原来的一百二十个增加到二百四十个,并设有冷藏间...

三条公交线路下月调整走向

自下月起,三条公交线路将调整走向,以配合地铁四号线的施工,市民可提前查询站点变化情况并留意站牌公告...

2024
06/02
09:15
浏览量: 86
大字号
分享
今日热点
图书馆夜间开放首日迎来上千名读者

图书馆夜间开放首日迎来上千名读者

南山桃园进入采摘季

南山桃园进入采摘季


友情链接

  • 江城电视台
  • 江城文艺网
  • 江城电视台
  • 关于我们         联系我们         免责声明

    • 扫码看全网内容

    地址:江城市沿江路8号 联系电话:027-5550123
    网站备案/许可证工信部:鄂ICP备2099000001号 鄂公网安备 42019902000001号
    江城晚报网http://www.jcwb.example/提供本地新闻及生活资讯
    江城晚报网坚持服务市民、记录城市的宗旨，与读者一同见证江城的变化。"""

ENGLISH = """Harbour ferry returns after two years

By Ada Lindqvist and Sam Okoro
12 March 2023

The harbour ferry will sail again from Monday, two years after a storm broke its only pier and left the island with a bus.

The council paid for the repairs from its own reserves, and the company has promised eight crossings a day.

What it will cost

A single crossing costs four crowns, and children travel free until the end of the summer holidays.

Share

# not a heading, and *not* emphasis: the sign on the pier reads [open] since Friday.
"""


def read(words: str, url: str | None = None) -> Copy:
    capture = Capture(words.encode("utf-8", "surrogatepass"), Origin("copy.txt", ""), "text/plain", "utf-8", url)
    return textcopy.read(document.read(capture))


@pytest.fixture(scope="module")
def portal() -> Copy:
    return read(PORTAL)


def values(copy: Copy, field: str) -> list[tuple[str, ...]]:
    return [claim.values for claim in copy.claims if claim.field == field]


def test_the_breadcrumb_tells_the_headline_the_section_and_the_publisher(portal: Copy) -> None:
    assert values(portal, "headline") == [("老码头换新颜 江边步道年底开放",)]
    assert values(portal, "breadcrumb") == [("江城晚报网", "社会新闻")]
    assert values(portal, "section") == [("社会新闻",)]
    assert values(portal, "publisher") == [("江城晚报网",)]


def test_the_line_of_facts_tells_source_time_and_views(portal: Copy) -> None:
    assert values(portal, "source") == [("江城日报",)]
    assert values(portal, "published") == [("2024-06-02T09:15:40",)]
    assert values(portal, "views") == [("86",)]
    assert values(portal, "editors") == [("林晓",)]


def test_an_author_label_without_a_name_gives_no_byline(portal: Copy) -> None:
    assert [claim.confidence for claim in portal.claims if claim.field == "byline" and any(claim.values)] == []


def test_the_body_holds_paragraphs_subheads_and_the_caption_in_order(portal: Copy) -> None:
    blocks = portal.body.markdown.split("\n\n")
    assert blocks[0].startswith("6月1日")
    assert [block for block in blocks if block.startswith("## ")] == [
        "## 旧仓库变身展览馆",
        "## 车位仍然紧张",
        "## 公交线路将加密",
    ]
    assert blocks[3] == "![施工中的江边步道(资料图)]()"
    assert "六月完成护岸加固;" in blocks
    assert blocks[-1].endswith("张贴公告。")


def test_nothing_of_the_frame_stands_in_the_body(portal: Copy) -> None:
    for words in ("网站首页", "责任编辑", "作者", "评论", "菜市场", "浏览量", "友情链接", "ICP", "点击"):
        assert words not in portal.body.markdown


def test_a_caption_is_a_picture_without_address_and_its_credit_stands_apart(portal: Copy) -> None:
    (picture,) = portal.body.pictures
    assert (picture.src, picture.caption, picture.credit) == (None, "施工中的江边步道(资料图)", "资料图")
    assert "步道(资料图)" not in portal.body.text


def test_listed_stories_are_seen_once_with_their_excerpts(portal: Copy) -> None:
    assert [(story.list, story.headline) for story in portal.seen] == [
        ("更多推荐", "城北菜市场搬迁新址 摊位增加一倍"),
        ("更多推荐", "三条公交线路下月调整走向"),
        ("今日热点", "图书馆夜间开放首日迎来上千名读者"),
        ("今日热点", "南山桃园进入采摘季"),
    ]
    assert [bool(story.excerpt) for story in portal.seen] == [True, True, False, False]


def test_a_story_in_two_lists_is_seen_in_both() -> None:
    head, _, rest = PORTAL.partition("今日热点\n")
    copy = read(
        f"{head}今日热点\n三条公交线路下月调整走向\n三条公交线路下月调整走向\n{rest}\n更多推荐\n三条公交线路下月调整走向\n"
    )
    again = [story.list for story in copy.seen if story.headline == "三条公交线路下月调整走向"]
    assert again == list(dict.fromkeys(again))
    assert len(again) >= 2


def test_the_outlets_profile_is_read_from_the_frame(portal: Copy) -> None:
    outlet = portal.outlet
    assert outlet is not None
    assert (outlet.key, outlet.name, outlet.url) == ("jcwb.example", "江城晚报网", "http://www.jcwb.example/")
    assert [link.name for link in outlet.channels] == [
        "社会新闻", "深度报道", "乡村振兴", "生态环境", "健康养生", "法治在线", "文化·旅游", "科技前沿", "人物·专访",
    ]  # fmt: skip
    assert [link.name for link in outlet.regions] == ["北京", "上海", "广东", "四川", "湖北", "湖南", "江苏", "浙江"]
    assert [link.name for link in outlet.friends] == ["江城电视台", "江城文艺网"]
    assert [link.name for link in outlet.standing] == ["关于我们", "免责声明", "联系我们"]
    assert outlet.licences == ("鄂ICP备2099000001号", "鄂公网安备 42019902000001号")
    assert outlet.address == ("地址:江城市沿江路8号 联系电话:027-5550123",)
    assert len(outlet.about) == 2


def test_a_plain_article_gives_headline_byline_date_and_paragraphs() -> None:
    copy = read(ENGLISH)
    assert values(copy, "headline") == [("Harbour ferry returns after two years",)]
    assert values(copy, "byline") == [("Ada Lindqvist", "Sam Okoro")]
    assert values(copy, "published") == [("2023-03-12",)]
    assert copy.body.markdown.startswith("The harbour ferry will sail again")
    assert "## What it will cost" in copy.body.markdown
    assert copy.outlet is None
    assert copy.seen == ()


def test_markdown_in_a_text_copy_is_kept_as_text() -> None:
    markdown = read(ENGLISH).body.markdown
    assert r"\# not a heading, and \*not\* emphasis" in markdown
    assert "Share" not in markdown


def test_lines_wrapped_by_hand_are_joined_again() -> None:
    wrapped = (
        "A short title\n\n"
        "The old bridge over the river was closed for the whole of last year, and\n"
        "people on both banks had to take the long way round by the motorway, which\n"
        "added half an hour to every journey and made the little town very quiet\n"
        "indeed.\n\nNow it is open."
    )
    assert read(wrapped).body.text.split("\n")[0].endswith("made the little town very quiet indeed.")


def test_chinese_lines_wrapped_by_hand_are_joined_without_blanks() -> None:
    words = "老城区的石板路修好了沿街的铺面陆续开门游人慢慢多了起来早市也比从前热闹了许多" * 3
    wrapped = "石板路修好了\n\n" + "\n".join(words[at : at + 30] for at in range(0, len(words), 30)) + "。"
    assert read(wrapped).body.text == words + "。"


def test_paragraphs_on_lines_of_their_own_stay_apart() -> None:
    text = "标题在这里\n第一段说的是春天的事情,写得不短,有头有尾,并且以句号结束,读来完整。\n第二段短些。\n第三段说的是秋天,同样写得有头有尾,也以句号结束。"
    assert read(text).body.text.count("\n") == 2


@pytest.mark.parametrize(
    "words",
    [
        "",
        "\n\n\n",
        "一",
        "only words",
        "。",
        "•",
        "> > >",
        "A > B",
        "\x00\u202e\u2028",
        "更多推荐",
        "来源:",
        "【作者:】",
    ],
)
def test_odd_texts_give_something_and_never_raise(words: str) -> None:
    copy = read(words)
    assert isinstance(copy.body.markdown, str)


def test_one_paragraph_alone_is_the_body() -> None:
    assert read(
        "Just one sentence that somebody kept without any title at all, long enough to be prose."
    ).body.text.startswith("Just one")


PIECES = st.sampled_from(
    [*PORTAL.split("\n"), *ENGLISH.split("\n"), "", "", "© 2020 A. B.", "Related", "http://a.example/"]
)


@given(st.lists(PIECES, max_size=30).map("\n".join))
def test_no_order_of_lines_raises(words: str) -> None:
    read(words)


@given(st.text(max_size=300))
def test_no_text_raises(words: str) -> None:
    read(words)


def stated(words, headline, *, whole=False):
    claim = Claim("headline", (headline,), "text:title", 0.97)
    return textcopy.read(
        document.read(Capture(words.encode(), Origin("a.txt", "0"), "text/plain", claims=(claim,), whole=whole))
    )


PROSE = (
    "The ferry between the two banks sails again on Monday, the harbour board said, after two years without any boat."
)


def test_a_headline_that_is_known_is_found_in_the_text_and_not_looked_for():
    copy = stated(
        f"Menu\nHome\n\nFerry returns\nA kicker that is longer than the headline\n\n{PROSE}\n", "Ferry returns"
    )
    assert copy.body.text.endswith(PROSE)
    assert "Menu" not in copy.body.text


def test_below_a_headline_that_stands_elsewhere_the_text_begins_at_its_first_line():
    copy = stated(f"By Jane Roe\n18 March 2022\n\nA short first line\n\n{PROSE}\n", "Ferry returns")
    assert copy.body.text == f"A short first line\n{PROSE}"
    assert {claim.field for claim in copy.claims} >= {"byline", "published"}


def test_a_copy_that_is_the_story_alone_is_all_body_but_its_headline():
    lines = ["Ferry returns", "By Jane Roe", PROSE, "Related", "Another story", "Copyright 2022"]
    assert stated("\n\n".join(lines), "Ferry returns", whole=True).body.text == "\n".join(lines[1:])


def test_lines_behind_the_limit_are_not_left_without_a_word() -> None:
    many = "2024-06-02\n" * lines.MAX_LINES
    copy = read(f"{many}The ferry sails again on Monday, and the harbour master has rung the bell.")
    assert [one.code for one in copy.findings] == ["markup-limit"]
    assert read(PORTAL).findings == ()
