"""Pages that lay out a short story by tables and line breaks: its paragraphs are told apart, and what stands around it is left."""

from __future__ import annotations

from generator import document
from generator.body import choice
from generator.body.blocks import paragraph
from generator.model import Capture, Origin
from tests.body.test_body import read

STORY = (
    "连日来，白鹭湾区各镇街抢抓晴好天气，组织干部群众清理河道淤泥，疏通排水沟渠，为汛期做好准备。",
    "记者在鸥鸣镇看到，三台挖掘机正在作业，二十多名志愿者手持铁锹清理岸边杂草，忙得热火朝天。",
    "据了解，全区计划在五月底前完成全部清淤任务，并建立长效管护机制，确保河道畅通、群众安心。",
)
FACTS = "白鹭湾传媒网　2031-04-18 10:12:33　来源：白鹭湾日报　作者：陈一舟　编辑：林小满"


def laid_out(text: str) -> str:
    return (
        "<html><body><table><tr><td>您当前的位置：<a href='/'>首页</a> &gt; <a href='/ms'>民生</a></td></tr></table>"
        "<table><tr><td><div>白鹭湾区清理河道备战汛期</div></td></tr>"
        f"<tr><td align='center'>{FACTS}</td></tr><tr><td>{text}</td></tr></table><p>【打印】【关闭】</p></body></html>"
    )


def test_lines_in_a_cell_are_the_storys_paragraphs() -> None:
    assert read(laid_out("<br>　　".join(STORY)), "白鹭湾区清理河道备战汛期").text.split("\n") == list(STORY)


def test_elements_in_a_cell_are_the_storys_paragraphs() -> None:
    story = "".join(f"<div>{one}</div>" for one in STORY)
    assert read(laid_out(story), "白鹭湾区清理河道备战汛期").text.split("\n") == list(STORY)


def test_a_table_of_numbers_stays_a_table() -> None:
    rows = "".join(f"<tr><td>Gannet Point pier {number}</td><td>{number * 17}</td></tr>" for number in range(30))
    text = "<p>The harbour office has counted the boats that called at each of the piers in the bay last year, and found more than it had hoped for.</p>"
    shown = read(f"<html><body><h1>Boats by pier</h1>{text}<table>{rows}</table></body></html>", "Boats by pier")
    assert "| Gannet Point pier 7 | 119 |" in shown.markdown


def test_a_short_story_is_told_from_the_links_around_it_by_the_pages_description() -> None:
    story = "白鹭湾区今天公布了本年度的清淤计划，全区二十三条河道将在五月底前全部完成清理，并由各镇街负责日常管护。"
    above = "<div>上一篇：<a href='/1'>码头扩建工程今日开工</a></div>"
    head = f"<head><meta name='description' content='{story[:48]}'></head>"
    markup = f"<html>{head}<body>{above}<div><div>{story}</div></div><div>点击量 116876</div></body></html>"
    page = document.read(Capture(markup.encode(), Origin("page.html", "")))
    heap = (paragraph(f"上一篇：码头扩建工程今日开工 {story} 点击量 116876"),)
    assert [one.words for one in choice._described(page, page.tree, heap)] == [story]
    beside = (*heap, *map(paragraph, ("清淤计划", "记者在现场看到，河道已经疏通。", "全部任务五月底前完成。")))
    assert choice._described(page, page.tree, beside) == beside
