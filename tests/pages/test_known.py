"""Stories known but not held grow at one end, as every list does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generator import content, pages
from generator.model import Moment, Page, Seen
from generator.pages import known, ranked
from generator.pages.archive import Archive
from tests.pages.conftest import Shelve
from tests.samples import TryOut, tree


def ghost(headline: str, day: str | None) -> Seen:
    return Seen(headline, url=f"https://ledger.example/{headline}", saved=Moment.parse(day) if day else None)


def shown(archive: TryOut) -> dict[str, bytes]:
    """The pages of the one host, by their names."""
    pages = {path: data for path, data in tree(archive.root / "site").items() if path.startswith("known/ledger")}
    return {path.rpartition("/")[2]: data for path, data in pages.items()}


def test_a_host_with_many_has_a_page_for_each_year_that_is_over_and_a_newcomer_changes_the_index_alone(
    archive: TryOut, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pages.known.ON_PAGE", 2)
    shelve("Ferry sails")
    stories = [ghost("a", "2022-01-01"), ghost("b", "2023-05-01"), ghost("c", "2022-02-01"), ghost("d", None)]
    content.keep_known(archive.root / "content", tuple(stories))
    archive.build()
    before = shown(archive)
    assert sorted(before) == ["index.html", "page-2022.html", "page-undated.html"]
    assert b">b" in before["index.html"]
    assert b'rel="next" href="../../known/' in before["index.html"]
    assert before["page-2022.html"].index(b">c") < before["page-2022.html"].index(b">a")
    content.keep_known(archive.root / "content", (ghost("e", "2023-06-01"),))
    archive.build()
    after = shown(archive)
    assert [name for name in before if after[name] != before[name]] == ["index.html"]


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs in which the lists of stories known but not held were planned."""
    found: list[str] = []

    def seen(archive: Archive, name: str) -> Iterator[Page]:
        found.append(name)
        yield from known.plan(archive, name)

    monkeypatch.setattr(pages, "UNITS", {**pages.UNITS, "known": seen})
    return found


def test_the_lists_are_planned_only_when_they_or_what_they_list_have_changed(
    archive: TryOut, shelve: Shelve, planned: list[str]
) -> None:
    root = archive.root / "content"
    content.keep_known(root, (ghost("a", "2022-01-01"),))
    shelve("Market moves")
    archive.build()
    assert sorted(planned) == ["", "ledger.example"]
    planned.clear()
    archive.build()
    shelve("Ferry sails", url="https://ledger.example/other")
    archive.build()
    assert planned == []
    content.keep_known(root, (ghost("b", "2022-01-01"),))
    archive.build()
    assert sorted(planned) == ["", "ledger.example"]
    planned.clear()
    shelve("A story that was only known", url="https://ledger.example/a")
    archive.build()
    assert sorted(planned) == ["", "ledger.example"]
    assert b'href="../../2025/03/18/a-story-that-was-only-known.html"' in shown(archive)["index.html"]
    planned.clear()
    next((archive.root / "site/known").glob("ledger*/index.html")).unlink()
    archive.build()
    assert sorted(planned) == ["", "ledger.example"]
    assert sorted(shown(archive)) == ["index.html"]
    (root / "known/ledger.example.jsonl").unlink()
    archive.build()
    assert not (archive.root / "site/known").exists()


def test_what_an_outlet_s_articles_list_is_known_until_it_is_held(archive: TryOut, shelve: Shelve) -> None:
    def listed(headline: str, host: str = "www.ledger.example", **more: Any) -> Seen:
        return Seen(headline, url=f"https://{host}/{headline}", **more)

    seen = (
        listed("Fog", excerpt="A teaser", published=Moment.parse("2025-03-01")),
        listed("Ice", "sport.ledger.example"),
        listed("Cheap shoes", "shoes.example"),
        Seen("A headline alone", list="Most read"),
        Seen("Fog"),
    )
    moment = Moment.parse("2025-03-20T09:00")
    shelve("Ferry sails", outlet="ledger.example", seen=seen, captured=moment)
    archive.build()
    page = shown(archive)["index.html"].decode()
    places = [page.index(f">{headline}") for headline in ("Ice", "A headline alone", "Fog")]
    assert places == sorted(places)
    assert "Cheap shoes" not in page
    assert page.count('<a href="../../2025/03/18/ferry-sails.html">listed here</a>') == 2
    assert '<a href="../../2025/03/18/ferry-sails.html">Most read</a>' in page
    assert "3" in (archive.root / "site/known/index.html").read_text("utf-8")
    shelve("Fog at last", url="https://ledger.example/Fog", outlet="ledger.example")
    archive.build()
    assert ">Fog" not in shown(archive)["index.html"].decode()
    before = shown(archive)
    shelve("Another story", outlet="ledger.example", seen=seen[1:], captured=Moment.parse("2025-04-01"))
    archive.build()
    assert shown(archive) == before


def test_an_archive_of_which_all_that_it_lists_is_held_has_no_such_pages(archive: TryOut, shelve: Shelve) -> None:
    shelve("Fog", outlet="ledger.example", url="https://ledger.example/fog")
    shelve("Ferry sails", outlet="ledger.example", seen=(Seen("Fog", url="https://ledger.example/fog"),))
    archive.build()
    assert not (archive.root / "site/known").exists()
    assert b"known/index.html" not in (archive.root / "site/index.html").read_bytes()


def test_a_line_that_cannot_be_read_is_told_by_every_build(archive: TryOut, shelve: Shelve) -> None:
    shelve("Ferry sails")
    file = archive.root / "content/known/ledger.example.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("no JSON\n")
    for _ in range(2):
        assert [one.code for one in archive.build().findings] == ["known-unreadable"]


def test_what_several_pages_show_is_looked_for_once_in_a_build(
    archive: TryOut, shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Archive] = []
    look = ranked.first_printed

    def seen(one: Archive) -> list[ranked.Carried]:
        asked.append(one)
        return look(one)

    monkeypatch.setattr(ranked, "first_printed", seen)
    shelve("Ferry sails on Friday evening", publisher="The Ledger", views=7)
    shelve("Ferry sails on Friday evening", publisher="The Herald")
    archive.build()
    assert len(asked) == 1
    assert (archive.root / "site/printed/index.html").exists()
