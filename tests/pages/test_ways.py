"""Finding one's way: the front page's blocks, lists in an order of their own, what stands beside a list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any

import pytest

from generator.catalogue import Lists, Placed, Row
from tests.pages.conftest import Shelve
from tests.samples import TryOut, tree


def page(archive: TryOut, path: str) -> str:
    return (archive.root / "site" / path).read_text("utf-8")


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def block(html: str, heading: str) -> str:
    """The words from one heading of a page to the next."""
    return words(html).partition(f" {heading} ")[2]


def settings(archive: TryOut, more: str) -> None:
    (archive.root / "archive.toml").write_text(f'title = "Tides"\nlanguage = "en"\npage_size = 5\n{more}\n', "utf-8")


def test_this_day_is_that_of_the_archive_s_newest_story(archive: TryOut, shelve: Shelve) -> None:
    shelve("Ferry sails", "2025-03-18")
    for year in range(2015, 2024, 2):
        shelve(f"Quay in {year}", f"{year}-03-18")
    shelve("Another day", "2023-03-19")
    archive.build()
    shown = block(page(archive, "index.html"), "On this day").partition(" Harbour ")[0]
    assert "March 18, 2025, in the years before" in shown
    assert re.findall(r"Quay in (\d+)", shown) == ["2023", "2021", "2019", "2017", "2015"]
    assert "Another day" not in shown


def test_what_was_saved_last_is_told_even_if_it_is_old(archive: TryOut, shelve: Shelve) -> None:
    for number in range(20):
        shelve(f"Story {number}", f"2024-05-{number + 1:02}", saved="2024-06-01")
    shelve("Found in a drawer", "1998-01-02", saved="2025-02-01")
    archive.build()
    assert block(page(archive, "index.html"), "Newest additions").startswith("Found in a drawer")


def test_the_most_read_are_listed_by_the_views_that_pages_state_of_all_time_and_of_each_year(
    archive: TryOut, shelve: Shelve
) -> None:
    shelve("Little read", "2024-01-01", views=3)
    shelve("Much read", "2024-01-02", views=1500)
    shelve("Read last year", "2023-01-02", views=40)
    shelve("Nobody counted", "2024-01-03")
    archive.build()
    assert re.findall(r"\d*,?\d+ views?", words(page(archive, "hot/index.html"))) == [
        "1,500 views",
        "40 views",
        "3 views",
    ]
    of_year = words(page(archive, "hot/page-2024.html"))
    assert "Much read" in of_year
    assert "Read last year" not in of_year
    assert "Nobody counted" not in of_year
    assert 'href="../../../hot/index.html"' in page(archive, "2024/01/03/nobody-counted.html").replace(
        "../../../../", "../../../"
    )


def test_an_archive_without_views_has_no_list_of_the_most_read(archive: TryOut, shelve: Shelve) -> None:
    shelve("Ferry sails")
    archive.build()
    assert not (archive.root / "site/hot").exists()
    assert not (archive.root / "site/printed").exists()


def test_a_story_that_several_outlets_print_within_days_is_one_of_the_most_printed(
    archive: TryOut, shelve: Shelve
) -> None:
    shelve("Library opens its doors again", "2024-04-23")
    shelve("Library opens: its doors, again", "2024-04-25", publisher="The Post")
    shelve("Tide tables for the week", "2024-01-01")
    shelve("Tide tables for the week", "2024-06-01", publisher="The Post")
    shelve("Weather", "2024-04-23")
    shelve("Weather", "2024-04-23", publisher="The Post")
    shelve("Saved by three readers", "2024-02-02", copies=3)
    archive.build()
    shown = words(page(archive, "printed/index.html"))
    assert "Library opens its doors again 2 outlets 2 captures The Ledger" in shown
    assert "Also in The Post" in shown
    assert "Saved by three readers 3 captures" in shown
    assert shown.index("Library") < shown.index("Saved by")
    assert "Tide tables" not in shown
    assert "Weather" not in shown


def test_stories_that_new_pages_list_are_recommended_if_they_are_held(archive: TryOut, shelve: Shelve) -> None:
    shelve("Old bell rings", "2001-01-01")
    for number in range(16):
        shelve(f"Story {number}", f"2024-05-{number + 1:02}", seen=("Old bell rings", "Never saved"))
    archive.build()
    shown = block(page(archive, "index.html"), "Recommended")
    assert shown.startswith("Old bell rings")
    assert "Never saved" not in shown


def test_a_list_says_what_its_newest_stories_are_tagged_with_and_how_many_each_year_has(
    archive: TryOut, shelve: Shelve
) -> None:
    shelve("One", "2023-01-01", tags=("Ferry", "Night"))
    shelve("Two", "2024-01-01", tags=("Ferry", "Night", "Quay"))
    shelve("Three", "2024-01-02", tags=("Bell",))
    archive.build()
    ferry = page(archive, "tags/ferry/index.html")
    assert block(ferry, "Often together with").startswith("Night Quay")
    assert "Bell" not in words(ferry).partition("Often together")[2]
    bar = r'<span class="bar-(\d+)"></span>(\d+) <span class="hidden">(\d) articles?</span>'
    assert re.findall(bar, page(archive, "sections/harbour/index.html")) == [("6", "2023", "1"), ("12", "2024", "2")]


def test_an_index_of_very_many_names_has_a_page_for_each_letter(
    archive: TryOut, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pages.facets.MANY", 3)
    shelve("One", tags=("重庆", "厦门", "Bell", "Quay", "7"))
    archive.build()
    index = page(archive, "tags/index.html")
    assert re.findall(r"letter-(\w+)\.html", index) == ["other", "b", "c", "q", "x"]
    assert "重庆" in page(archive, "tags/letter-c.html")
    assert "厦门" in page(archive, "tags/letter-x.html")
    assert 'aria-current="page">C<' in page(archive, "tags/letter-c.html")


def test_provinces_stand_by_the_part_of_the_country_that_they_lie_in(archive: TryOut, shelve: Shelve) -> None:
    for number, name in enumerate(("广东", "北京市", "新疆维吾尔自治区", "河北", "上海", "Harbour Bend")):
        shelve(f"Story {number}", region=name)
    archive.build()
    shown = words(page(archive, "regions/index.html").partition("<main")[2])
    assert (
        "North China 北京市 1 河北 1 East China 上海 1 South China 广东 1 Northwest 新疆维吾尔自治区 1 H Harbour Bend 1"
        in shown
    )


def test_blocks_that_are_not_asked_for_are_not_shown(archive: TryOut, shelve: Shelve) -> None:
    settings(archive, 'url = "https://tides.example/"\nblocks = ["channels"]')
    shelve("Much read", views=1500)
    archive.build()
    assert "Most read" not in words(page(archive, "index.html").partition("<main")[2])
    assert "qr" not in page(archive, "index.html").partition("<main")[2]
    assert not (archive.root / "site/feeds").exists()
    settings(archive, 'url = "https://tides.example/"')
    archive.build()
    assert 'class="qr"' in page(archive, "index.html")
    assert "feed.xml" in page(archive, "feeds/index.html")


def test_what_an_outlet_offered_leads_to_what_the_archive_has_in_its_place(archive: TryOut, shelve: Shelve) -> None:
    outlet = archive.root / "content/outlets/ledger.example.md"
    outlet.parent.mkdir(parents=True)
    links = (
        '[{"name": "Become a member", "url": "https://ledger.example/join"}, {"name": "Our team"}, {"name": "Contact"}]'
    )
    outlet.write_text(
        f'---\nkey: "ledger.example"\nname: "The Ledger"\nstanding: {links}\nlicences: ["Licence 7"]\n---\n', "utf-8"
    )
    settings(archive, 'furniture = "ledger.example"')
    shelve("Ferry sails", byline=("Ann Reed",))
    archive.build()
    foot = page(archive, "index.html").partition("<footer")[2]
    assert re.search(r'href="[^"]*feeds/index.html">Become a member<', foot)
    assert re.search(r'href="[^"]*people/index.html">Our team<', foot)
    assert "<li>Contact</li>" in foot
    assert "Licence 7" in foot
    settings(archive, 'furniture = "ledger.example"\nblocks = ["standing"]')
    archive.build()
    foot = page(archive, "index.html").partition("<footer")[2]
    assert 'href="https://ledger.example/join"' in foot
    assert "Licence 7" not in foot


def test_step_by_step_or_at_once_the_ways_are_the_same(archive: TryOut, shelve: Shelve) -> None:
    stories: list[tuple[str, str, dict[str, Any]]] = [
        ("Library opens its doors again", "2023-04-23", {"views": 7, "tags": ("A", "B")}),
        ("Library opens its doors again", "2023-04-24", {"publisher": "The Post", "tags": ("B",), "copies": 2}),
        ("Old bell rings for the last time", "2019-04-23", {"views": 900, "seen": ("Library opens its doors again",)}),
        ("Ferry sails into the evening", "2024-04-23", {"tags": ("A", "C"), "saved": "2024-05-01"}),
        ("Quay is full of herring", "2021-01-01", {"tags": ("a", "C"), "views": 20, "saved": "2024-07-01"}),
    ]  # fmt: skip
    settings(archive, "")
    for headline, day, fields in stories:
        shelve(headline, day, **fields)
        archive.build()
    grown = tree(archive.root / "site")
    for folder in ("site", ".backfile"):
        for file in sorted((archive.root / folder).rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() else file.unlink()
    archive.build()
    assert tree(archive.root / "site") == grown


def test_what_a_list_shows_is_asked_of_the_catalogue_only_for_pages_that_are_stale(
    archive: TryOut, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings(archive, "")
    for number in range(30):
        shelve(f"Story {number}", f"20{number:02}-05-01", section="Harbour")
    archive.build()
    asked: list[int] = []

    def counted(lists: Lists, places: Sequence[Placed]) -> tuple[Row, ...]:
        asked.append(len(places))
        return rows(lists, places)

    rows = Lists.rows
    monkeypatch.setattr(Lists, "rows", counted)
    archive.build()
    assert asked == []
    shelve("The newest", "2029-05-02", section="Harbour")
    archive.build()
    assert 0 < sum(asked) < 30
