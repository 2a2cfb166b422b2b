"""Whatever an archive holds and whatever of it is withheld: no run of twelve characters of that is left in the site."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from generator.check import leaks
from generator.content import Withheld, read_withheld, write_withheld
from generator.model import Article, Comment, Moment, Picture, Seen
from generator.withholding import border
from tests.samples import TryOut
from tests.withholding.archives import left_over, put

SHARED = "All rights of this page remain with the harbour office."


def words(seed: str, count: int, *, han: bool) -> str:
    """Words that nobody else has said."""
    digests = (sha256(f"{seed} {number}".encode()).digest() for number in range(count))
    if han:
        return "，".join("".join(chr(0x4E00 + byte * 50) for byte in digest[:8]) for digest in digests)
    return " ".join("".join(chr(97 + byte % 26) for byte in digest[:6]) for digest in digests)


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    """Articles that list one another, with headlines and excerpts as lists have them."""
    made: list[Article] = []
    for number in range(draw(st.integers(2, 5))):
        han = draw(st.booleans())
        body = [words(f"{number} body {part}", 12, han=han) for part in range(draw(st.integers(1, 3)))]
        made.append(
            Article(
                id=f"{number:016x}",
                headline=words(f"{number} headline", 4, han=han),
                body="\n\n".join([*body, SHARED]),
                standfirst=draw(st.sampled_from([None, words(f"{number} standfirst", 6, han=han), f"{body[0][:40]}…"])),
                byline=(words(f"{number} name", 2, han=False),),
                tags=(draw(st.sampled_from(["harbour", words(f"{number} tag", 2, han=han)])),),
                section=draw(st.sampled_from([None, "News"])),
                published=draw(st.sampled_from([None, Moment.parse("2025-03-18"), Moment.parse("2025-04-01T10:00")])),
                url=draw(st.sampled_from([None, f"https://tide.example/{number % 3}"])),
                comments=tuple(
                    Comment("Reader", words(f"{number} comment", 9, han=han)) for _ in range(draw(st.integers(0, 1)))
                ),
                pictures=(Picture("https://tide.example/x.png", words(f"{number} caption", 5, han=han)),),
            )
        )
    return [_listing(one, draw(st.lists(st.sampled_from(made), max_size=3)), draw) for one in made]


def _listing(article: Article, others: list[Article], draw: st.DrawFn) -> Article:
    cut = draw(st.integers(16, 60))
    forms = {
        "headline": lambda one: Seen(one.headline),
        "cut": lambda one: Seen(f"{one.headline[:16]}…", url=one.url),
        "around": lambda one: Seen(f"LIVE | {one.headline} (3)"),
        "excerpt": lambda one: Seen(one.headline, f"{one.body[:cut]}…", one.url),
        "quoted": lambda one: Seen(words("ghost", 2, han=False), f"“{one.body[:60]}”"),
    }
    seen = tuple(forms[draw(st.sampled_from(sorted(forms)))](one) for one in others if one.id != article.id)
    return replace(article, seen=(*seen, Seen(words(f"{article.id} ghost", 4, han=False))))


@settings(max_examples=8, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # a smaller archive says no more
@given(articles(), st.data())
def test_nothing_that_is_withheld_is_left_and_both_hands_agree(made: list[Article], data: st.DataObject) -> None:
    taken = data.draw(st.lists(st.sampled_from(made), unique_by=lambda one: one.id, max_size=2))
    urls = {one.url for one in taken if one.url}
    withheld = [one for one in made if one in taken or one.url in urls]
    with tempfile.TemporaryDirectory() as folder:
        archive = TryOut(Path(folder))
        (archive.root / "archive.toml").write_text('language = "en"\nurl = "https://tide.example/archive/"\n', "utf-8")
        put(archive, *made)
        archive.build()
        write_withheld(archive.settings.content, {one.id: Withheld(url=one.url or "") for one in taken})
        archive.build()
        site = archive.root / "site"
        assert left_over(site, withheld, [one for one in made if one not in withheld]) == []
        ledger = read_withheld(archive.settings.content)
        assert leaks(border(archive.settings, ledger, None, withheld), site) == ()
        shown = [one for one in made if one not in withheld]
        for one in withheld[:1]:  # and a leak is seen by both
            (site / "leak.txt").write_text(one.body, "utf-8")
            assert left_over(site, withheld, shown) != []
            assert {found.where for found in leaks(border(archive.settings, ledger, None, withheld), site)} == {
                "leak.txt"
            }
