"""What stands around and between the paragraphs of a story and is none of it; and what looks like it and is."""

from __future__ import annotations

import json

import pytest

from tests.body.test_body import LOREM, page, paragraphs, read

STORY = paragraphs(*LOREM)
TEXT = "\n".join(LOREM)


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>We may earn a commission when you buy through the links in this story.</p>",
        "<p>Die so gekennzeichneten Links sind Affiliate-Links.</p>",
        "<p>Gastbeiträge müssen nicht der Meinung der Redaktion entsprechen.</p>",
        "<p>Get the tide tables right to your inbox every Friday.</p>",
        "<p>See more: <a href='/boats'>Boats that go to the island</a></p>",
        "<p>Puedes ver: <a href='/boats'>Los barcos que van a la isla este verano</a></p>",
        "<p>老城的灯塔今年又亮了，守塔人讲述他的三十年。【详细】</p>",
        '<div class="disclaimer"><p>The Shore is a member of the coast trust.</p></div>',
        '<p class="imagedescription">The causeway at low tide, seen from the north.</p>',
        '<p><span class="sr-only">Opens in a new window.</span></p>',
        '<span class="reading-time">Two minutes to read.</span>',
        f'<div><ul><li><a href="/other"><h3>Boats</h3><p>{LOREM[0].replace("lighthouse", "harbour")}</p></a></li></ul></div>',
        '<div itemprop="keywords">causeway, island, storm</div>',
        '<div itemprop="dateModified">2024-03-05T09:30:00+01:00</div>',
    ],
)
def test_what_is_not_of_the_story_is_left_out_between_its_paragraphs(furniture: str) -> None:
    found = read(page(paragraphs(*LOREM[:2]) + furniture + paragraphs(*LOREM[2:])))
    assert found.text == TEXT


@pytest.mark.parametrize(
    "ending",
    [
        "<p>Crédits photos : Agence du Port</p>",
        "<p>Temas</p>",
        "<p>Anke Deich anke@shore.example</p>",
        f"<p>Copyright © 2024 The Shore. All rights reserved.</p><p>{'Transcripts are made by hand and may differ from what was said. ' * 4}</p>",
    ],
)
def test_what_closes_the_page_is_left_out(ending: str) -> None:
    assert read(page(STORY + ending)).text == TEXT


@pytest.mark.parametrize(
    "kept",
    [
        "© iStock is what the sign on the pier says, and nobody on the island knows why it was put there in the first place.",
        "The mayor said that she can be reached at mayor@shore.example by anybody who has seen the boat that went missing.",
        "The commission that the council may earn from the ferry company was a matter of long debate on Tuesday evening.",
    ],
)
def test_a_paragraph_of_the_story_with_the_same_words_stays(kept: str) -> None:
    found = read(page(paragraphs(*LOREM[:2], kept, *LOREM[2:])))
    assert kept in found.text


def test_a_line_of_facts_above_the_story_may_begin_with_the_day() -> None:
    facts = "<p>05/03/2024 - Publicado por: Ana Cais - Categoria: Porto - Tags: barco, ilha</p>"
    assert read(page(f"<h1>Causeway closed</h1>{facts}{STORY}")).text == TEXT


def test_a_post_stays_as_a_quote_whatever_the_box_around_it_is_called() -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>The causeway is closed until Friday. '
        'Take the boat.</p>— Harbour office <a href="https://posts.example/1">5 March</a></blockquote></div>'
    )
    found = read(page(paragraphs(*LOREM[:2]) + post + paragraphs(*LOREM[2:])))
    assert "> The causeway is closed until Friday." in found.markdown


def test_the_story_again_for_machines_is_not_read_twice() -> None:
    story = [*LOREM, *(one.replace("the", "this") for one in LOREM)]
    again = f'<div itemprop="articleBody">{" ".join(story)}</div>'
    assert read(page(paragraphs(*story) + again)).text == "\n".join(story)


def test_a_story_that_repeats_itself_is_kept_as_it_is() -> None:
    story = [LOREM[0], LOREM[1], LOREM[0], LOREM[2], LOREM[0], LOREM[3]]
    assert read(page(paragraphs(*story))).text == "\n".join(story)


def test_a_story_told_in_captions_is_text() -> None:
    slides = "".join(
        f"<figure><img src='/{number}.jpg'><figcaption><p>{one}</p></figcaption></figure>"
        for number, one in enumerate(LOREM)
    )
    assert all(one in read(page(f"<p>Four views of the shore.</p>{slides}")).text for one in LOREM)


def test_captions_in_what_only_a_script_holds_are_no_text() -> None:
    markup = f"<div class='caption'><p>The causeway at low tide.</p></div>{paragraphs(*LOREM, *LOREM)}"
    state = json.dumps({"article": {"title": "Causeway closed", "url": "/1", "contentHtml": markup}})
    found = read(f'<html><body><div id="app"></div><script type="application/json">{state}</script></body></html>')
    assert LOREM[0] in found.text
    assert "low tide" not in found.text


def test_the_editors_name_closes_a_story_before_a_longer_list_of_others() -> None:
    story = "渡轮停航的消息下午传到码头，市民在雨中等了很久，直到晚上才有船来接他们回到对岸的老城。"
    others = "".join(
        f"<p>{number}号码头的故事：老城的灯塔今年又亮了起来，守塔人讲述他三十年的经历，邻居们都来听。</p>"
        for number in range(7)
    )
    found = read(
        page(f"<h1>渡轮今晚停航</h1>{paragraphs(*[story] * 4)}<p>责任编辑：沈渡口</p>{others}"), "渡轮今晚停航"
    )
    assert found.text == "\n".join([story] * 4)


def test_what_lies_outside_of_the_story_and_its_headline_is_not_looked_at() -> None:
    beside = "<div class='corner'><p>The tide is at its lowest shortly after noon on every second Friday.</p></div>"
    story = f"<div class='main'><h1>The causeway</h1><div>{paragraphs(*(LOREM * 3))}</div></div>"
    found = read(f"<html><body>{beside}<div>{story}</div>{beside}</body></html>")
    assert "tide is at its lowest" not in found.text
    assert found.text.startswith(LOREM[0])


def test_text_that_is_in_no_paragraphs_is_read_from_the_whole_page() -> None:
    lines = "<br><br>".join(one.replace("lighthouse", "light") * 2 for one in LOREM)
    boxed = f"<div><h1>The causeway</h1><p>{LOREM[0]}</p><p>{LOREM[1] * 3}</p></div>"
    found = read(f"<html><body><div>{lines}</div>{boxed}</body></html>")
    assert LOREM[2].replace("lighthouse", "light") in found.text
