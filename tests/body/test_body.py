"""The main text of saved pages: what is kept, what is dropped, where the pictures stand."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import body, document
from generator.body import Body, subheads, trim
from generator.body.blocks import Block, Run, heading, paragraph
from generator.body.credits import caption, caption_line
from generator.body.media import part
from generator.model import Capture, Origin

LOREM = (
    "The lighthouse keeper said that nobody had crossed the causeway since the storm, although two fishermen tried on Sunday.",
    "The council will decide next month whether the stones are to be replaced, a job that would take the whole of a summer.",
    "Until then a small boat carries the post, the bread and whoever does not mind getting wet on the way to the island.",
    "Visitors are asked to leave their cars at the old station, from where a path along the shore leads to the landing stage.",
)
GIF = base64.b64encode(b"GIF89a" + bytes(1_000)).decode()


def page(inside: str, head: str = "") -> str:
    return f'<html lang="en"><head><title>Causeway closed - The Shore</title>{head}</head><body><main><article>{inside}</article></main></body></html>'


def read(
    markup: str, headline: str | None = "Causeway closed", url: str | None = "https://shore.example/2020/causeway.html"
) -> Body:
    return body.read(
        document.read(Capture(markup.encode("utf-8", "replace"), Origin("page.html", ""), url=url)), headline
    )


def paragraphs(*words: str) -> str:
    return "".join(f"<p>{one}</p>" for one in words)


def test_paragraphs_come_out_in_order_without_the_headline() -> None:
    found = read(page("<h1>Causeway closed</h1>" + paragraphs(*LOREM)))
    assert found.text.split("\n") == list(LOREM)
    assert "Causeway closed" not in found.markdown


def test_subheads_links_and_emphasis_become_markdown() -> None:
    inside = (
        paragraphs(LOREM[0])
        + "<h2>What comes next</h2>"
        + f'<p>{LOREM[1]} See <a href="plan.html">the plan</a> and <b>the costs</b>.</p>'
        + paragraphs(*LOREM[2:])
    )
    found = read(page(inside))
    assert "## What comes next" in found.markdown
    assert "[the plan](https://shore.example/2020/plan.html)" in found.markdown
    assert "**the costs**" in found.markdown


def test_a_link_with_another_scheme_is_only_its_words() -> None:
    found = read(
        page(paragraphs(*LOREM[:3]) + f'<p>{LOREM[3]} <a href="javascript:alert(1)">Press here</a> please.</p>')
    )
    assert "Press here" in found.markdown
    assert "javascript" not in found.markdown


def test_a_relative_link_stands_on_the_pages_base() -> None:
    found = read(
        page(
            paragraphs(*LOREM) + f'<p>{LOREM[0]} More in <a href="b.html">the second part</a>, next week.</p>',
            '<base href="https://other.example/x/">',
        )
    )
    assert "(https://other.example/x/b.html)" in found.markdown


def test_a_wholly_bold_short_paragraph_is_a_subhead() -> None:
    found = read(
        page(
            paragraphs(LOREM[0], LOREM[1])
            + "<p><strong>A boat for the bread</strong></p>"
            + paragraphs(LOREM[2], LOREM[3])
        )
    )
    assert "## A boat for the bread" in found.markdown


@pytest.mark.parametrize(
    "around",
    ["<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>", "<ol><li><span>{}</span><ul><li>One</li></ul></li></ol>"],
)
def test_words_that_are_marked_differently_stay_apart_where_a_blank_parts_them(around: str) -> None:
    inside = 'Have a <b>whole ticket</b> <em>before</em> you <a href="/x">come</a> <a href="/y">on board</a> again, as the old keeper told everybody who asked him on the quay.'
    found = read(page(paragraphs(*LOREM[:3]) + around.format(inside) + paragraphs(LOREM[3])))
    assert (
        "**whole ticket** *before* you [come](https://shore.example/x) [on board](https://shore.example/y) again"
        in found.markdown
    )


def test_cells_that_span_more_than_any_table_are_single_ones() -> None:
    rows = "".join(f"<tr>{'<td rowspan=1000 colspan=1000>crossing</td>' * 5}</tr>" for _ in range(20))
    found = read(page(paragraphs(*LOREM[:3]) + f"<table>{rows}</table>" + paragraphs(LOREM[3])))
    assert found.text.count("crossing") == 100
    assert len(found.text) < 5_000
    assert LOREM[3] in found.text


def test_lists_and_tables_keep_their_shape() -> None:
    rows = "<table><tr><th>Month</th><th>Crossings</th></tr><tr><td>May</td><td>31</td></tr><tr><td>June</td><td>28</td></tr></table>"
    inside = (
        paragraphs(*LOREM)
        + "<ul><li>bring a coat for the crossing</li><li>bring a lamp for the way back</li></ul>"
        + rows
        + paragraphs(LOREM[0][::-1])
    )
    found = read(page(inside))
    assert "- bring a coat for the crossing\n- bring a lamp" in found.markdown
    assert "| May | 31 |" in found.markdown


def test_readers_comments_and_lists_of_other_stories_are_left_out() -> None:
    after = "<h3>Related articles</h3><ul><li><a href='/a'>A storm warning for the northern coast tonight</a></li><li><a href='/b'>Why the old harbour is silting up again</a></li></ul>"
    found = read(
        page(paragraphs(*LOREM) + after + "<h3>Comments</h3><p>I crossed it in 1970 and never looked back at all.</p>")
    )
    assert found.text.split("\n") == list(LOREM)


def test_a_picture_stands_behind_the_paragraph_before_it_with_its_caption() -> None:
    figure = '<figure><img src="/img/cause.jpg" width="800" height="400"><figcaption>The causeway at low tide. Photo: Ida Holm</figcaption></figure>'
    found = read(page(paragraphs(LOREM[0], LOREM[1]) + figure + paragraphs(LOREM[2], LOREM[3])))
    blocks = found.markdown.split("\n\n")
    assert blocks[2] == "![The causeway at low tide. Photo: Ida Holm](https://shore.example/img/cause.jpg)"
    assert found.pictures[0].credit == "Ida Holm"
    assert "low tide" not in found.text


def test_lazy_pictures_and_sets_of_sizes_give_the_real_address() -> None:
    inside = (
        paragraphs(LOREM[0])
        + '<p><img src="data:image/gif;base64,R0lGOD" data-src="/real.jpg"></p>'
        + paragraphs(LOREM[1])
    )
    inside += '<p><img srcset="/s.jpg 320w, /l.jpg 1200w"></p>' + paragraphs(LOREM[2], LOREM[3])
    assert [picture.src for picture in read(page(inside)).pictures] == [
        "https://shore.example/real.jpg",
        "https://shore.example/l.jpg",
    ]


def test_icons_avatars_and_tracking_dots_are_no_pictures() -> None:
    inside = (
        paragraphs(LOREM[0])
        + '<img src="/dot.gif" width="1" height="1"><img class="avatar" src="/me.jpg"><img src="/share-icon.png">'
        + '<img src="/img/leer.gif" alt="Edited by four people"><img src="/e/ShowKey/?v=pl"><img src="/s/1x1.gif">'
        + paragraphs(*LOREM[1:])
    )
    assert read(page(inside)).pictures == ()


def test_a_picture_inside_the_page_becomes_a_part_named_by_its_digest() -> None:
    found = read(
        page(paragraphs(LOREM[0], LOREM[1]) + f'<p><img src="data:image/png;base64,{GIF}"></p>' + paragraphs(LOREM[2]))
    )
    (held,) = found.media
    assert held.media_type == "image/gif"
    assert held.name.startswith("media/")
    assert found.pictures[0].src == held.name
    assert f"]({held.name})" in found.markdown


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:text/html,<script>",
        "data:",
        "data:image/png;base64,!!!!",
        "http://a/b",
        "data:image/png;base64," + "A" * 10,
    ],
)
def test_what_is_no_picture_by_its_bytes_is_no_part(address: str) -> None:
    assert part(address) is None


def test_the_caption_of_a_picture_that_did_not_come_with_the_page_is_kept() -> None:
    missing = "<figure><img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='><figcaption>The boat at low tide</figcaption></figure>"
    found = read(page(paragraphs(*LOREM[:2]) + missing + paragraphs(*LOREM[2:])))
    assert [(one.src, one.caption) for one in found.pictures] == [(None, "The boat at low tide")]
    assert "The boat at low tide" not in found.text


def test_chinese_captions_and_plain_subheads_are_recognised() -> None:
    texts = (
        "市图书馆昨天重新开放,读者一早就在门口排起了长队,馆方表示将延长开放时间至晚上九点。",
        "新馆增设了儿童阅览区和自习室,座位比从前多出一倍,并配有储物柜和饮水设备,环境更加舒适。",
        "馆长说,今后每个月都会举办读书活动,邀请作者和读者面对面交流,市民可以免费报名参加。",
    )
    inside = paragraphs(texts[0], "座位多出一倍", texts[1], "△读者在门口排队(资料图)", texts[2], "责任编辑:王小明")
    found = read(page(inside), "图书馆重新开放")
    assert "## 座位多出一倍" in found.markdown
    assert "![读者在门口排队(资料图)]()" in found.markdown
    assert "责任编辑" not in found.markdown
    assert found.text == f"{texts[0]}\n座位多出一倍\n{texts[1]}\n{texts[2]}"


def test_the_pages_own_data_stand_in_where_the_page_shows_too_little() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(LOREM * 3)})
    found = read(
        f'<html><head><script type="application/ld+json">{data}</script></head><body><p>{LOREM[0]}</p></body></html>'
    )
    assert found.text.count("\n") == 11


def test_a_page_without_text_has_an_empty_body() -> None:
    assert read("<html><body></body></html>") == Body("", "")
    assert read("") == Body("", "")


def test_a_page_of_divs_is_read_by_its_densest_part() -> None:
    inside = "".join(f"<div>{one}</div>" for one in LOREM)
    assert LOREM[2] in read(f"<html><body><div class='x'>{inside}</div></body></html>").text


def test_text_that_only_a_script_holds_is_read_from_its_data() -> None:
    data = json.dumps({"content": paragraphs(*LOREM)}).replace("<", "\\u003c")
    found = read(f"<html><body><div id='app'></div><script>window.state = {data};</script></body></html>")
    assert found.text.split("\n") == list(LOREM)


def test_the_editors_name_closes_a_chinese_story() -> None:
    text = "市图书馆昨天重新开放,读者一早就在门口排起了长队,馆方表示将延长开放时间至晚上九点。"
    after = "".join(f"<li>城里另外一条新闻的标题第{number}条 2020-01-02 10:11</li>" for number in range(9))
    found = read(
        page(paragraphs(text, text[::-1], text + text, "责任编辑:王小明") + f"<p>作者最近文章</p><ul>{after}</ul>"),
        "图书馆开放",
    )
    assert found.text.endswith(text + text)


def test_boxes_that_point_elsewhere_are_left_out() -> None:
    box = "<div class='link-card'><a href='/b'><h4>Why the old harbour is silting up again</h4></a></div>"
    assert "silting" not in read(page(paragraphs(*LOREM[:2]) + box + paragraphs(*LOREM[2:]))).text


def test_a_page_of_very_many_elements_is_still_read() -> None:
    found = read(f"<html><body>{'<b>x</b>' * 50_000}<div>{paragraphs(*LOREM)}</div></body></html>")
    assert LOREM[3] in found.text


def test_facts_are_known_from_prose() -> None:
    for words in (
        "2024-01-02 10:11",
        "Published: 3 May 2021",
        "责任编辑：王小明",
        "（编辑：李四）",
        "By Jane Roe",
        "来源：新华社",
        "-Aktualisiert am",
        "Last updated:",
    ):
        assert trim.is_fact(words), words
    for words in (
        LOREM[0],
        "In 2024 the sea rose by a metre.",
        "编辑部的灯亮了一夜,大家都没有走。",
        "By Friday the storm had passed.",
    ):
        assert not trim.is_fact(words), words


def test_three_short_lines_are_a_list_and_no_subheads() -> None:
    text = "这是一个足够长的段落,里面有逗号也有句号,用来说明前后的情况,读者看了就会明白。"
    lines = (
        paragraph(text),
        paragraph("第一条短句"),
        paragraph("第二条短句"),
        paragraph("第三条短句"),
        paragraph(text),
        paragraph(text),
    )
    assert all(block.kind == "paragraph" for block in subheads.promote(lines, bold_only=False))


@pytest.mark.parametrize(
    ("words", "credit"),
    [
        ("△ 大桥通车(资料图)", "资料图"),
        ("新馆外景。张三 摄", "张三"),
        ("渡船驶过退潮后的堤路 贺小舟 摄", "贺小舟"),
        ("读者在新馆看书 本报记者 贺小舟 摄", "贺小舟"),
        ("大桥合龙。某某社记者张三、李四摄", "某某社 张三、李四"),
        ("渔船归港（江城镇供图）", "江城镇"),
        ("图为渔港，图片由受访者提供。", "受访者"),
        ("港内（海辺署提供）", "海辺署"),
        ("مبنى المنارة (تصوير: ليلى النور)", "ليلى النور"),
        ("ورشة قديمة (أرشيف الصحيفة)", "الصحيفة"),
        ("The span at low water. Drawing: Shore graphics desk", "Shore graphics desk"),
        ("A chart (Illustration: Jo Roe)", "Jo Roe"),
        ("Ein Boot (Foto: Erna Roe/dpa)", "Erna Roe/dpa"),
        ("Credit : Photo: Ada Berg", "Ada Berg"),
        ("Copyright © 2019 The Shore. All rights reserved", None),
        ("The boat (left) and the pier (right)", None),
        ("工人在码头忙着装卸张三摄", None),
        ("图片来源：视觉中国", "视觉中国"),
        ("The pier. Photo: Ada Berg", "Ada Berg"),
        ("The pier (Getty Images)", "Getty Images"),
        ("The pier at noon", None),
    ],
)
def test_credits_are_read_from_captions(words: str, credit: str | None) -> None:
    assert caption(words)[1] == credit


def test_a_caption_keeps_its_words_but_not_its_mark() -> None:
    assert caption("△大桥通车(资料图)")[0] == "大桥通车(资料图)"
    assert caption_line("△大桥通车(资料图)")
    assert not caption_line("大桥昨天通车。")


@pytest.mark.parametrize("name", ["lead", "standfirst", "article__dek", "subheadline"])
def test_a_standfirst_printed_below_the_headline_is_not_in_the_body(name: str) -> None:
    inside = f'<h1>Causeway closed</h1><p class="{name}">{LOREM[0]}</p><div class="text">{paragraphs(*LOREM[1:])}</div>'
    markup = document.read(Capture(page(inside).encode(), Origin("page.html", "")))
    assert body.read(markup, "Causeway closed", LOREM[0]).text.split("\n") == list(LOREM[1:])


@pytest.mark.parametrize(
    "inside",
    [
        "<h1>Causeway closed</h1>" + paragraphs(*LOREM),
        f'<h1>Causeway closed</h1><p class="lead">{LOREM[0]}</p>' + paragraphs(*LOREM[1:]),
        f"<h1>Causeway closed</h1><p>{LOREM[0]}</p><div>{paragraphs(*LOREM[1:])}</div>",
    ],
)
def test_a_first_paragraph_that_the_description_repeats_stays_in_the_body(inside: str) -> None:
    markup = document.read(Capture(page(inside).encode(), Origin("page.html", "")))
    assert body.read(markup, "Causeway closed", LOREM[0]).text.split("\n") == list(LOREM)


def test_what_readers_pressed_below_a_story_is_no_part_of_it() -> None:
    below = "<p><i>9</i></p><p><i>0</i></p><p><a href='#respond'>Cancel reply</a></p>"
    assert read(page(paragraphs(*LOREM) + below)).text.split("\n") == list(LOREM)


def test_buttons_and_lists_of_dated_stories_are_left_out() -> None:
    dated = "".join(f"<li>Harbour note number {number} 2019-03-0{number} 08:58:39</li>" for number in range(1, 5))
    inside = f"<p>Expand</p><p>Load more</p>{paragraphs(*LOREM)}<p>$$ARTICLE_AD$$</p><ul>{dated}</ul>"
    assert read(page(inside)).text.split("\n") == list(LOREM)


def test_names_and_signs_that_only_html_knows_cost_no_story() -> None:
    inside = "<ul><li>Bread &#1; post <b>for</b> <i>all</i> who stayed on the island over the winter.</li></ul>"
    for around in ("<di\"v x='&#2;'>{}</di\"v>", "<div a\"b=1 1=2 class='a&#3;'>{}</div>", "{}"):
        markup = page(around.format(paragraphs(*LOREM) * 3)).replace("<article>", "<article>" + inside)
        assert LOREM[0] in read(markup).text


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class=related>",
        "</div>",
        "<img src=x.jpg>",
        "<figure>",
        "<figcaption>",
        "<table><tr><td>",
        "<ul><li>",
        "<h2>",
        "<a href='http://['>",
        "<br>",
        "<!--",
        "-->",
        "<base href='http://['>",
        "<img srcset=', ,'>",
        "<picture><source srcset='a b c'>",
        "<blockquote>",
        "<pre>",
        "<script>",
        "&#0;",
        "Comments",
        "图为",
        *LOREM,
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_no_markup_raises(markup: str) -> None:
    read(markup)


@given(st.text(max_size=200), st.text(max_size=20))
def test_no_text_raises(words: str, headline: str) -> None:
    read(page(paragraphs(words, *LOREM)), headline)


BLOCKS = st.recursive(
    st.builds(
        lambda kind, words: Block(kind, (Run(words),)),
        st.sampled_from(["paragraph", "heading", "code"]),
        st.text(max_size=20),
    ),
    lambda inner: st.builds(
        lambda kind, children: Block(kind, children=tuple(children)),
        st.sampled_from(["list", "item", "quote", "table", "row"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(BLOCKS, max_size=5))
def test_any_shape_of_blocks_can_be_written(blocks: list[Block]) -> None:
    body.compose([heading("x"), *blocks])


def test_a_headline_printed_below_the_story_in_two_elements_ends_as_its_head() -> None:
    story = paragraphs(*LOREM)
    again = "<h2><span>Causeway</span><span>Closed to all</span></h2><p>Nobody has crossed it since the storm.</p>"
    found = read(page(f"{story}{again}"), "Causeway: Closed to all")
    assert "CausewayClosed" not in found.text
    assert all(one in found.text for one in LOREM)


def test_a_standfirst_that_stands_in_the_text_as_a_subhead_is_printed_once() -> None:
    said = "Nobody has crossed the causeway since the storm, and the council is in no hurry to mend it"
    markup = page(f"<div><h1>Causeway closed</h1></div><div><h2>{said}</h2>{paragraphs(*LOREM)}</div>")
    found = document.read(Capture(markup.encode(), Origin("page.html", "")))
    assert said not in body.read(found, "Causeway closed", said).markdown
    assert said in body.read(found, "Causeway closed", None).markdown


def test_words_in_elements_of_the_sites_own_stay_in_their_line() -> None:
    item = "<li><b>1.</b> <x-name>Peel S</x-name>, <x-name>Quay A</x-name>. Tides of the northern bay, a review of forty years.</li>"
    found = read(page(f"{paragraphs(*LOREM)}<h2>Sources</h2><ul>{item * 3}</ul>{paragraphs(*LOREM[::-1])}"))
    assert "Peel S, Quay A. Tides of the northern bay" in found.text


def test_two_line_breaks_part_paragraphs_and_one_does_not() -> None:
    text = f"{LOREM[0]}<br>\n <br/><b>{LOREM[1][:20]}</b>{LOREM[1][20:]}<br>{LOREM[2]}<br><br><br>{LOREM[3]}"
    found = read(page(f"<p>{text}</p>{paragraphs(*LOREM[::-1])}"))
    assert found.text.split("\n")[:3] == [LOREM[0], f"{LOREM[1]} {LOREM[2]}", LOREM[3]]
    assert f"{LOREM[1][20:]}  \n{LOREM[2]}\n\n{LOREM[3]}" in found.markdown


def test_empty_paragraphs_part_loose_text() -> None:
    text = f"{LOREM[0]}<p></p>{LOREM[1][:30]}<a href='/x'>{LOREM[1][30:40]}</a>{LOREM[1][40:]}<p></p><p></p>{LOREM[2]}"
    found = read(page(f"<h1>Causeway closed</h1><div class='note-text'>{text}</div>"))
    assert found.text.split("\n") == list(LOREM[:3])


def test_an_embedded_post_is_a_quote_with_its_link_whatever_is_around_it() -> None:
    post = "<p>Nobody at sea tonight.<br><br>Who goes out, goes alone.</p>&mdash; Jane Roe (@jroe) <a href='https://twitter.com/jroe/status/1'>March 18, 2031</a>"
    embed = f"<div class='embed-twitter'><blockquote class='twitter-tweet'>{post}</blockquote></div>"
    found = read(page(f"<h1>Causeway closed</h1>{paragraphs(*LOREM[:2])}{embed}{paragraphs(*LOREM[2:])}"))
    assert "> Nobody at sea tonight.\n>\n> Who goes out, goes alone.\n>\n> — Jane Roe" in found.markdown
    assert "https://twitter.com/jroe/status/1" in found.markdown
    assert found.text.index("Nobody at sea") > found.text.index(LOREM[1])


@pytest.mark.parametrize("line", ["13", "18.02.2031, 10:27 | Law and order | Comment now"])
def test_how_often_it_was_read_and_a_line_of_date_section_and_button_are_none_of_the_story(line: str) -> None:
    found = read(page(f"<h1>Causeway closed</h1><p><em>{line}</em></p>{paragraphs(*LOREM)}"))
    assert found.text.split("\n") == list(LOREM)


@pytest.mark.parametrize("line", ["渡口新闻记者 陈一舟 林小满", "执笔/潮声、鸥鸣", "白鹭湾日报通讯员：苏海宁"])
def test_a_line_of_reporters_names_above_a_chinese_story_is_none_of_it(line: str) -> None:
    story = "白鹭湾区今天公布了本年度的清淤计划，全区二十三条河道将在五月底前全部完成清理，并由各镇街负责日常管护。"
    found = read(
        page(f"<h1>清淤计划公布</h1><p><strong>{line}</strong></p><p>{story}</p><p>{story[::-1]}</p>"), "清淤计划公布"
    )
    assert line not in found.text
    assert story in found.text


def test_a_list_of_buttons_below_the_story_is_none_of_it() -> None:
    story = "".join(
        f"<p>白鹭湾区今天公布了第{number}号清淤计划，全区二十三条河道将在五月底前全部完成清理。</p>"
        for number in "一二三"
    )
    assert (
        "评论"
        not in read(page(f"<h1>清淤计划公布</h1>{story}<ul><li>评论</li><li>分享</li></ul>"), "清淤计划公布").text
    )


def test_a_part_of_the_story_that_is_called_a_teaser_is_text_and_what_leads_elsewhere_is_none() -> None:
    boxed = "".join(f"<div><p>{one}</p></div>" for one in LOREM[:2])
    other = f'<h3><a href="/other">Another boat</a></h3>{paragraphs(LOREM[0][::-1], LOREM[1][::-1])}'
    inside = f'<div class="teaser-content">{boxed}</div>{paragraphs(*LOREM[2:])}<div class="teaser">{other}</div>'
    assert read(page(inside)).text.split("\n") == list(LOREM)


def test_a_standfirst_is_printed_once_though_a_keyword_before_it_is_parted_in_one_place_only() -> None:
    said = "Nobody has crossed the causeway since the storm, and the council is in no hurry to mend it."
    inside = f'<h1>Causeway closed</h1><h3><span class="keyword">Harbour</span>{said}</h3>{paragraphs(*LOREM)}'
    markup = document.read(Capture(page(inside).encode(), Origin("page.html", "")))
    assert said in body.read(markup, "Causeway closed", None).text
    assert said not in body.read(markup, "Causeway closed", f"Harbour {said}").text


def test_a_subhead_that_asks_what_the_headline_asks_does_not_begin_the_story() -> None:
    asked = "Who will mend the causeway, and when?"
    inside = f"<h1>The causeway: {asked}</h1>{paragraphs(LOREM[0])}<h2>{asked}</h2>{paragraphs(*LOREM[1:])}"
    markup = document.read(Capture(page(inside).encode(), Origin("page.html", "")))
    assert body.read(markup, f"The causeway: {asked}").text.split("\n") == [LOREM[0], asked, *LOREM[1:]]
