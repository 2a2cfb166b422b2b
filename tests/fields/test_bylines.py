"""Who wrote a story: where pages print it, and what stands there that is nobody."""

import pytest

from tests.fields.test_fields import linked, settled

STORY = "The night ferry sails again from Friday, the harbour council said after its meeting, and both piers reopen with it."


def byline(body, head="", **more):
    return settled(head, f"<h1>Night ferry returns</h1>{body}", **more).values("byline")


@pytest.mark.parametrize(
    ("body", "people"),
    [
        (f"<p>By</p><p>Ada Quill</p><p>{STORY}</p>", ("Ada Quill",)),
        (f"<p>Auteur : Ada Quill</p><p>{STORY}</p>", ("Ada Quill",)),
        (f"<p>By Ada Quill Published in Harbour March 5, 2024 2:24 pm</p><p>{STORY}</p>", ("Ada Quill",)),
        (f"<p class='author'>Jens Mole im Gespräch mit Anke Deich</p><p>{STORY}</p>", ("Jens Mole", "Anke Deich")),
        (f"<p class='byline'>Gazette-Reporterin Anke Deich</p><p>{STORY}</p>", ("Anke Deich",)),
        (f"<div class='author-date'><b>Datum:</b> 5.3.2024 <b>Autor:</b> Jens Mole</div><p>{STORY}</p>", ("Jens Mole",)),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_labelled(body, people):
    assert byline(body) == people


def test_a_story_may_be_signed_at_its_end():
    assert byline(f"<p>{STORY}</p><p><b>Ada Quill</b></p><div>Ticker</div>") == ("Ada Quill",)


def test_a_name_between_paragraphs_is_a_subhead_and_no_signature():
    assert byline(f"<p>{STORY}</p><p><b>Ada Quill</b></p><p>{STORY}</p>") == ()


def test_a_label_far_below_the_headline_is_believed_where_no_other_line_says_otherwise():
    story = f"<p>{STORY}</p>" * 40
    assert byline(f"{story}<ul><li><b>Autorin</b>: Anke Deich</li></ul>") == ("Anke Deich",)
    assert byline(f"{story}<ul><li>Autorin: Anke Deich</li><li>Autor: Jens Mole</li></ul>") == ()


def test_a_sign_in_the_data_gives_way_to_the_name_that_is_printed():
    assert byline(f"<p>{STORY}</p><p>Von Anke Deich</p>", linked(headline="Night ferry returns", author={"name": "GG"})) == ("Anke Deich",)  # fmt: skip


def test_a_second_author_is_kept_where_the_page_names_both_twice():
    head = linked(headline="Night ferry returns", author={"name": "Ada Quill"})
    both = '<meta name="author" content="Ada Quill, Tom Reed">'
    assert byline(f"<p class='byline'>By Ada Quill and Tom Reed</p><p>{STORY}</p>", head + both) == (
        "Ada Quill",
        "Tom Reed",
    )
    assert byline(f"<p>{STORY}</p>", head + both) == ("Ada Quill",)


def test_an_agency_in_the_byline_is_the_source_and_stands_for_the_author():
    got = settled(body=f"<h1>Night ferry returns</h1><p>Por Agencia EFE</p><p>{STORY}</p>")
    assert (got.values("byline"), got.value("source")) == (("Agencia EFE",), "Agencia EFE")


def test_a_newsroom_is_believed_before_the_sites_own_name():
    head = (
        '<meta property="og:site_name" content="The Gannet Gazette"><meta name="author" content="The Gannet Gazette">'
    )
    assert byline(f"<p>By Harbour Desk Team</p><p>{STORY}</p>", head) == ("Harbour Desk Team",)
    assert byline(f"<p>{STORY}</p>", head) == ("The Gannet Gazette",)


def test_a_newsroom_in_the_byline_stands_where_nobody_is_named():
    assert byline(f"<span class='author'>Redaktion</span><p>{STORY}</p>", lang="de") == ("Redaktion",)


def test_the_sites_own_name_far_below_is_no_statement():
    head = '<meta property="og:site_name" content="Gannet Gazette">'
    found = settled(head, f"<h1>Night ferry returns</h1>{f'<p>{STORY}</p>' * 40}<p>Author: Gannet Gazette</p>")
    assert not [claim for claim in found.claims if claim.field == "byline" and claim.confidence and not claim.values]


@pytest.mark.parametrize("words", ["Unsubscribe", "Share", "DATE", "View profile"])
def test_a_button_is_no_author(words):
    assert byline(f"<span class='author'>{words}</span><p>{STORY}</p>") == ()


@pytest.mark.parametrize(
    ("body", "people"),
    [
        ("<p>【文/海滨网专栏作者 陆一文】</p><p>渡轮停航的消息下午传到码头。</p>", ("陆一文",)),
        ("<p>渡轮停航的消息下午传到码头。（张小舟）</p>", ("张小舟",)),
        ("<p>图为停在码头的渡轮。（张小舟摄）</p>", ()),
        ("<div><span>张小舟</span><span>2024-03-05 14:27:02</span></div>", ("张小舟",)),
    ],
)
def test_chinese_stories_are_signed_in_brackets_or_before_the_time(body, people):
    found = settled(body=f"<h1>渡轮今晚停航一夜</h1>{body}", lang="zh")
    assert found.values("byline") == people


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("<span class='a_source'>海滨日报</span><span>2024-03-05 07:48</span>", "海滨日报"),
        ("<strong class='profile_nickname'>渡口小报</strong>", "渡口小报"),
        ('<script>window.DATA = {"media": "渡口小报", "id": 7}</script>', "渡口小报"),
        ("<span class='source'>2024-03-05 来源</span>", None),
    ],
)
def test_an_outlet_without_a_label_is_the_source_where_the_page_calls_it_so(body, source):
    found = settled(
        body=f"<h1>渡轮今晚停航一夜</h1>{body}<p>消息下午传到码头。</p>", lang="zh", url="https://portal.example/1"
    )
    assert found.value("source") == source


def test_a_body_is_no_person_whatever_words_its_name_joins():
    assert byline("", linked(headline="Night ferry returns", author="Ministerium für Häfen und Fähren")) == (
        "Ministerium für Häfen und Fähren",
    )
    assert byline("", linked(headline="Night ferry returns", author="Ada Quill and Tom Reed")) == (
        "Ada Quill",
        "Tom Reed",
    )


def test_signs_before_the_names_of_who_wrote_and_who_took_pictures_are_no_names():
    assert byline("<p class='author'>图 王小船 李渡口</p>", lang="zh") == ("王小船", "李渡口")


def test_the_company_that_made_the_site_wrote_no_story():
    assert byline(f"<p>{STORY}</p>", "<meta name='author' content='Kai & Welle GmbH'>") == ()
    assert byline(f"<p>{STORY}</p>", "<meta name='author' content='Presseamt Hafen'>") == ("Presseamt Hafen",)


def test_a_label_in_the_middle_of_a_sentence_names_nobody_where_a_sentence_follows():
    links = "<p><a href='/f'>Die Lieblingsfilme der Redaktion: Die können wir uns immer wieder anschauen</a></p>"
    assert settled("", f"<h1>Nachtfähre fährt wieder</h1><p>{STORY}</p>{links}").values("editors") == ()
    assert settled(
        "", f"<h1>Nachtfähre fährt wieder</h1><p>Text: Ada Quill, Redaktion: Jens Mole</p><p>{STORY}</p>"
    ).values("editors") == ("Jens Mole",)


def test_whoever_brings_the_advertisements_wrote_no_story():
    assert byline(f"<p>{STORY}</p><p>by Taboolaby Taboola</p>") == ()
