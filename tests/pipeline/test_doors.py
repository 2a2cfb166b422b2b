"""A folder with one story in each of the ways in which people keep pages gives one article each; the same story, one in all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator import content
from generator.model import Article
from generator.text import fold_url
from tests.doors import DOORS, Door
from tests.samples import FERRY, Sample, TryOut

PLACES = (
    "Gannet Point", "Lantern Quay", "Otter Creek", "Heron Bay", "Cormorant Isle", "Plover Sands", "Curlew Head", "Teal Harbour", "Egret Mole",
    "Tern Island", "Avocet Lock", "Petrel Rock", "Skua Sound", "Dunlin Flats", "Knot Landing", "Ruff Ferry", "Snipe Bridge", "Wigeon Weir", "Smew Pier",
    "Gadwall Gut", "Pintail Point", "Scoter Shoal", "Merganser Mill", "Fulmar Fort", "Gannet Stack",
    "Brent Bank", "Eider Edge", "Grebe Gate", "Shag Shore", "Whimbrel Wharf", "Osprey Oaks", "Bittern Bight",
)  # fmt: skip


def story(number: int) -> Sample:
    """A story of its own, about another place."""
    place = PLACES[number]
    return Sample(
        headline=f"Night ferry to {place} sails again",
        url=f"https://www.ledger.example/2022/{place.lower().replace(' ', '-')}/",
        paragraphs=tuple(f"{paragraph} So it was told at {place}." for paragraph in FERRY),
    )


def keep(archive: TryOut, door: Door, told: Sample, folder: str = "") -> None:
    for name, body in door.files(told).items():
        archive.save(f"{folder}{name}", body)


def articles(archive: TryOut) -> list[Article]:
    held = (content.read_article(archive.settings.content, f"articles/{name}").article for name in archive.articles())
    return [one for one in held if one is not None]


@pytest.mark.parametrize("way", DOORS)
def test_each_way_gives_one_article_with_its_address_and_time(archive: TryOut, way: str) -> None:
    door, told = DOORS[way], story(0)
    keep(archive, door, told)
    report = archive.add(archive.root.parent / "heap")
    assert report.verdicts["added"] == 1, [str(one) for one in report.findings]
    assert [str(one) for one in report.findings if one.severity == "error"] == []
    (article,) = articles(archive)
    assert article.headline == told.headline
    assert fold_url(article.url or "") == ("" if "address" in door.lacks else fold_url(told.url))
    assert (str(article.captured) if article.captured else None) == door.captured
    assert str(article.published).startswith("2022-03-18") or "day" in door.lacks
    assert all(paragraph in article.body for paragraph in told.paragraphs)
    assert article.byline == (told.author,) or "byline" in door.lacks


@pytest.mark.parametrize("way", ["complete page", "MHTML", "WARC", "WACZ", "ZIP", "tar"])
def test_pictures_that_came_with_the_page_are_held(archive: TryOut, way: str) -> None:
    keep(archive, DOORS[way], story(0))
    archive.add(archive.root.parent / "heap")
    (article,) = articles(archive)
    assert [(picture.src or "")[:6] for picture in article.pictures] == ["media/"]
    assert len(list((archive.root / "content/media").rglob("*.png"))) == 1


def test_all_ways_in_one_heap_give_one_article_each(archive: TryOut) -> None:
    for number, (way, door) in enumerate(DOORS.items()):
        keep(archive, door, story(number), f"{way.replace(' ', '-')}/")
    report = archive.add(archive.root.parent / "heap")
    assert report.verdicts["added"] == len(DOORS), [str(one) for one in report.findings]
    assert {one.headline for one in articles(archive)} == {story(number).headline for number in range(len(DOORS))}
    assert archive.build().published
    (archive.root / ".backfile/catalogue.sqlite").unlink()
    assert set(archive.build().verdicts) <= {"known"}
    assert len(articles(archive)) == len(DOORS)


def test_one_story_in_all_ways_is_one_article_with_all_its_captures(archive: TryOut) -> None:
    told = replace(story(0), head="")
    for way, door in DOORS.items():
        keep(archive, door, told, f"{way.replace(' ', '-')}/")
    report = archive.add(archive.root.parent / "heap")
    assert [one.headline for one in articles(archive)] == [told.headline], report.verdicts
    (article,) = articles(archive)
    assert len(article.captures) >= len(DOORS) - 1
    assert fold_url(article.url or "") == fold_url(told.url)
    assert article.byline == (told.author,)
    assert any((picture.src or "").startswith("media/") for picture in article.pictures)
