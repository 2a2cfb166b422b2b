"""A category in front of a headline goes where the page tells that it is one, and stays where nothing tells."""

from __future__ import annotations

import pytest

from generator import document, fields
from generator.model import Capture, Origin

TEXT = "<p>Harbour engineers drove forty new piles into the mud over the winter, and the town paid for half.</p>" * 2


def read(heading: str, head: str = "", above: str = "") -> tuple[str | None, str | None]:
    page = f"<html><head>{head}</head><body>{above}<article><h1>{heading}</h1>{TEXT}</article></body></html>"
    settled = fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0")))))
    return settled.value("kicker"), settled.value("headline")


SECTION = "<meta property='article:section' content='{}'>"
STATED = "<meta property='og:title' content='{}'>"


@pytest.mark.parametrize(
    ("heading", "head", "above", "kicker", "headline"),
    [
        ("[要闻] 白鹭湾新码头今日启用", SECTION.format("要闻"), "", "要闻", "白鹭湾新码头今日启用"),
        ("【深度】白鹭湾新码头今日启用", STATED.format("白鹭湾新码头今日启用"), "", "深度", "白鹭湾新码头今日启用"),
        ("【深度】白鹭湾新码头今日启用", "<title>白鹭湾新码头今日启用 - 深度报道 - 鸥鸣日报</title>", "", "深度", "白鹭湾新码头今日启用"),
        ("[Video] Night ferry sails again", "", "<div class='breadcrumb'><a href='/'>Home</a> &gt; <a href='/v'>Video</a></div>", "Video", "Night ferry sails again"),
        ("Opinion | The night ferry was never safe", SECTION.format("Opinion"), "", "Opinion", "The night ferry was never safe"),
        ("<a href='/city'>[City]</a> <span>Night ferry sails again</span>", "<title>Night ferry sails again - The Ledger</title>", "", "City", "Night ferry sails again"),
        ("<span class='label label--green'>News</span><span>&nbsp;</span>Night ferry sails again", STATED.format("News - Night ferry sails again"), "", "News", "Night ferry sails again"),
    ],
)  # fmt: skip
def test_the_page_tells_that_a_category_stands_in_front(
    heading: str, head: str, above: str, kicker: str, headline: str
) -> None:
    assert read(heading, head, above) == (kicker, headline)


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        ("【深度】白鹭湾新码头今日启用", ""),
        ("【深度】白鹭湾新码头今日启用", SECTION.format("要闻") + STATED.format("【深度】白鹭湾新码头今日启用")),
        ("[sic] Night ferry sails again", SECTION.format("Harbour")),
        (
            "Budget 3.0 | The night ferry costs four million",
            "<title>Budget 3.0 | The night ferry costs four million</title>",
        ),
        ("Weather | Gannet Point", SECTION.format("Harbour")),
        ("(Not) a night ferry for everybody", ""),
        (
            "<span class='roof'>Harbour:</span> Night ferry sails again",
            STATED.format("Harbour: Night ferry sails again"),
        ),
    ],
)
def test_what_nothing_tells_apart_is_the_headlines_own(heading: str, head: str) -> None:
    plain = heading.replace("<span class='roof'>", "").replace("</span>", "")
    assert read(heading, head)[1] == plain


def test_a_headline_of_one_word_is_no_category_of_the_section_behind_it() -> None:
    head = SECTION.format("Weather") + "<title>Weather | Gannet Point</title>" + STATED.format("Weather")
    assert read("Weather", head)[1] == "Weather"
