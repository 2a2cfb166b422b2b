"""What of an article passes the border: all, an excerpt, its link, a notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from generator.config import Settings, parse
from generator.content import Withheld
from generator.model import Article, Claim, Comment, Held, Moment, Picture, Seen
from generator.withholding import Notice, Shown, border, own_words
from generator.withholding.border import Border

MEDIUM = "media/ab/" + "ab" * 32 + ".png"
BODY = (
    "The pilots of the estuary met on Monday behind closed doors & agreed\\* to leave at low tide.\n\n"
    f"![Pilots on the quay]({MEDIUM})\n\nA second paragraph that nobody has paid for."
)
STORY = Article(
    id="4f0c1d2e3a5b6978",
    headline="Pilots vote in secret",
    body=BODY,
    permalink="2025/03/18/pilots-vote-in-secret",
    kicker="Harbour",
    standfirst=None,
    byline=("Mara Quill",),
    outlet="tide.example",
    published=Moment.parse("2025-03-18"),
    url="https://www.tide.example/pilots",
    comments=(Comment("Reader", "I was there and saw it"),),
    pictures=(Picture(MEDIUM, "Pilots on the quay"),),
    seen=(Seen("Ice in the harbour", "The ice came overnight."),),
    captures=(Held("saved/pilots.html", "0" * 64),),
    evidence=(
        Claim("headline", ("Pilots vote in secret",), "meta:og:title", 0.9, "Pilots vote in secret - Tide"),
        Claim("body", ("a.html",), "trafilatura", 0.9, "The pilots of the estuary"),
    ),
)
OTHER_VERSION = replace(STORY, id="5f0c1d2e3a5b6978", permalink="2025/03/18/pilots-vote-in-secret-2")


def between(
    entries: dict[str, Withheld] | None = None,
    *,
    today: date | None = None,
    settings: Settings | None = None,
    hidden: tuple[Article, ...] = (),
) -> Border:
    return border(settings or Settings(), entries or {}, today, hidden)


def shown(settings: dict[str, object], article: Article = STORY) -> Article:
    found = between(settings=parse(settings, Settings().root)).shown(article)
    assert isinstance(found, Shown)
    return found.article


def test_where_nothing_is_withheld_an_article_passes_as_it_is() -> None:
    assert between().shown(STORY) == Shown(STORY)
    assert between().mark == ""


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param({"4f0c1d2e3a5b6978": Withheld(reason="Asked for")}, id="by id"),
        pytest.param({"0": Withheld(reason="Asked for", permalink=STORY.permalink)}, id="by permalink"),
        pytest.param({"0": Withheld(reason="Asked for", url="http://tide.example/pilots/")}, id="by address"),
    ],
)
def test_a_withheld_article_is_a_notice_without_a_word_of_it(entry: dict[str, Withheld]) -> None:
    assert between(entry).shown(STORY) == Notice(STORY.permalink, "Asked for")


def test_other_versions_of_the_address_are_withheld_too_unless_one_is_meant() -> None:
    assert isinstance(between({STORY.id: Withheld(url=STORY.url or "")}).shown(OTHER_VERSION), Notice)
    assert isinstance(between({STORY.id: Withheld(permalink=STORY.permalink)}).shown(OTHER_VERSION), Shown)


@pytest.mark.parametrize(("day", "kind"), [(None, Notice), (date(2026, 12, 31), Notice), (date(2027, 1, 1), Shown)])
def test_an_embargo_holds_until_its_day_has_come_and_where_no_day_is_known(day: date | None, kind: type) -> None:
    assert isinstance(between({STORY.id: Withheld(until=date(2027, 1, 1))}, today=day).shown(STORY), kind)


def test_of_an_excerpt_nothing_is_left_but_the_first_words_and_the_facts() -> None:
    left = shown({"outlets": {"tide.example": {"show": "excerpt"}}})
    assert (
        left.body
        == "The pilots of the estuary met on Monday behind closed doors &#38; agreed&#42; to leave at low tide&#46;"
    )
    assert (left.headline, left.kicker, left.byline, left.url) == (
        STORY.headline,
        "Harbour",
        ("Mara Quill",),
        STORY.url,
    )
    assert (left.comments, left.pictures) == ((), ())
    assert left.seen == (Seen("Ice in the harbour"),)
    assert [(claim.field, claim.snippet) for claim in left.evidence] == [("headline", "")]


def test_a_summary_stands_for_the_text_and_is_cut_where_it_is_long() -> None:
    left = shown({"show": "excerpt"}, replace(STORY, standfirst="Tide after tide " * 60))
    assert left.body == ""
    assert left.standfirst is not None
    assert len(left.standfirst) <= 300


def test_of_a_link_not_even_the_first_words_are_left() -> None:
    left = shown({"show": "link"})
    assert (left.body, left.standfirst, left.kicker) == ("", None, None)
    assert (left.headline, left.url) == (STORY.headline, STORY.url)


def test_the_article_goes_before_its_outlet_and_that_before_the_archive() -> None:
    settings: dict[str, object] = {"show": "link", "outlets": {"tide.example": {"show": "excerpt"}}}
    assert shown(settings).body.startswith("The pilots")
    assert shown(settings, replace(STORY, outlet="other.example")).body == ""
    assert shown(settings, replace(STORY, show="full")) == replace(STORY, show="full")


def test_words_are_blacked_out_wherever_they_stand_and_counted() -> None:
    found = between({STORY.id: Withheld(redact=("pilots", "Nobody at all"))}).shown(STORY)
    assert isinstance(found, Shown)
    assert not any("pilots" in words.lower() for _, words in own_words(found.article))
    assert found.article.url is None  # the address says it, too
    assert not found.whole
    assert [(one.code, one.text) for one in found.findings] == [
        ("redacted", "blacked out texts: 9"),
        ("redaction-missing", "1 of 2 texts to black out are not in the article"),
    ]


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(Seen("Something else", url="http://tide.example/pilots/#top"), id="by address"),
        pytest.param(Seen("Pilots vote, in secret!"), id="by headline"),
        pytest.param(Seen("Pilots vote in se…"), id="by a headline cut short"),
        pytest.param(Seen("LIVE: Pilots vote in secret (3)"), id="by a headline with more around it"),
        pytest.param(Seen("Untitled", "(Reuters) The pilots of the estuary met on Monday"), id="by a quotation"),
    ],
)
def test_a_list_around_another_article_does_not_name_a_withheld_story(seen: Seen) -> None:
    kept = Seen("Ice in the harbour", url="https://tide.example/ice")
    lists = between({STORY.id: Withheld()}, hidden=(STORY,)).listed((kept, seen))
    assert lists == (kept,)


def test_a_story_that_shares_a_few_words_is_another_story() -> None:
    seen = (Seen("The pilots of tomorrow"), Seen("A second paragraph"), Seen("Pilots"))
    assert between({STORY.id: Withheld()}, hidden=(STORY,)).listed(seen) == seen


def test_a_quotation_in_chinese_is_known_by_fewer_letters() -> None:
    held = replace(
        STORY, headline="引航员密会", body="全港引航员周一闭门开会，决定退潮时集体离岗，港务局对此拒绝置评。"
    )
    said = (Seen("快讯", "据悉，决定退潮时集体离岗，港务局昨晚回应"), Seen("港务局拒绝涨价"))
    assert between({STORY.id: Withheld()}, hidden=(held,)).listed(said) == said[1:]


def test_the_mark_changes_with_all_that_decides_what_is_shown() -> None:
    marks = [
        between().mark,
        between({"a": Withheld()}).mark,
        between({"a": Withheld(reason="b")}).mark,
        between(settings=parse({"show": "link"}, Settings().root)).mark,
        between(settings=parse({"redact": ["phones"]}, Settings().root)).mark,
        between(settings=parse({"outlets": {"tide.example": {"show": "link"}}}, Settings().root)).mark,
        between({STORY.id: Withheld()}, hidden=(STORY,)).mark,
        between({STORY.id: Withheld()}).mark,
    ]
    assert len(set(marks)) == len(marks)
