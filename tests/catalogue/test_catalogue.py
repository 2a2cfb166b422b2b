"""The catalogue: an index that can be thrown away, and the archive's lock."""

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import FILE, Catalogue, Entry, Unit, is_large, listed
from generator.errors import BusyError, Finding, OutputError
from generator.model import Moment, Seen, Summary

FRONT = Unit("front", "")


def entry(
    name: str, *, day: str | None = "2025-03-18", url: str | None = None, captured: str = "", tags: tuple[str, ...] = (),
    printed: tuple[str, str] = ("", "The News"),
) -> Entry:  # fmt: skip
    published = Moment.parse(day) if day else None
    permalink = f"{(day or 'undated').replace('-', '/')}/{name}"
    summary = Summary(
        permalink, f"id-{name}", printed[0] or name.title(), published, printed[1], None, "Harbour", "en", None, url, None
    )  # fmt: skip
    return Entry(
        f"articles/{name}.md", "1-1", f"digest-{name}", summary=summary, sort=f"{day or ''} {permalink}",
        captured=captured, places=(("sections", "Harbour"), *(("tags", tag) for tag in tags)), captures=(f"sha-{name}",),
    )  # fmt: skip


def settled(catalogue: Catalogue, *entries: Entry) -> Catalogue:
    for one in entries:
        catalogue.put(one)
    catalogue.settle()
    return catalogue


def test_lists_come_oldest_first_and_the_newest_can_be_asked_for(tmp_path: Path) -> None:
    days = {"b": "2025-03-18", "a": "2024-01-01", "c": None}
    with Catalogue(tmp_path) as catalogue:
        lists = settled(catalogue, *(entry(name, day=day) for name, day in days.items())).lists
        harbour = lists.facet("sections", "harbour")
        assert harbour is not None
        assert [row.summary.headline for row in lists.rows(lists.members(harbour))] == ["C", "A", "B"]
        assert [row.summary.headline for row in lists.newest(2)] == ["B", "A"]
        assert lists.days() == {"2024-01-01": 1, "2025-03-18": 1, "undated": 1}
        assert [row.summary.headline for row in lists.on_day("2025-03")] == ["B"]
        assert lists.around("2025-03-18") == ("2024-01-01", None)
        assert lists.months() == {"2024-01": 1, "2025-03": 1, "undated": 1}


def test_a_headline_of_several_outlets_is_known_as_reprinted_until_one_of_them_is_left(tmp_path: Path) -> None:
    told = "The old bridge over the harbour opens again"
    with Catalogue(tmp_path) as catalogue:
        lists = settled(catalogue, entry("a", printed=(told, "The News")), entry("b", printed=(told, "The News"))).lists
        assert [*lists.reprinted()] == []
        settled(catalogue, entry("c", printed=(told, "The Post")))
        assert [one.row.summary.publisher for one in lists.reprinted()] == ["The News", "The News", "The Post"]
        catalogue.drop(["articles/c.md"])
        catalogue.settle()
        assert [*lists.reprinted()] == []


def test_whether_an_archive_is_large_is_told_without_waiting_for_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_large(tmp_path)
    with Catalogue(tmp_path):
        assert not is_large(tmp_path)
        monkeypatch.setattr("generator.catalogue.opening.LARGE_BYTES", 1000)
        assert is_large(tmp_path)


def test_a_facet_gathers_names_that_differ_in_case_and_width_only(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        lists = settled(catalogue, entry("a", tags=("Ferry",)), entry("b", tags=("ｆｅｒｒｙ", "Night"))).lists
        assert [(facet.slug, facet.count) for facet in lists.facets("tags")] == [("ferry", 2), ("night", 1)]
        assert [facet.slug for facet in lists.largest("tags", 1)] == ["ferry"]
        assert [row.summary.headline for row in lists.rows(lists.members(lists.facets("tags")[0]))] == ["A", "B"]


def test_what_is_put_again_replaces_what_was_known(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("a", tags=("Ferry",)))
        settled(catalogue, entry("a", tags=("Night",)))
        assert [facet.name for facet in catalogue.lists.facets("tags")] == ["Night"]
        catalogue.drop(["articles/a.md"])
        catalogue.settle()
        assert catalogue.lists.facets("tags") == ()
        assert catalogue.lists.total() == 0
        assert not catalogue.holds_capture("sha-a")


def headlines(catalogue: Catalogue) -> list[str]:
    return [row.summary.headline for row in catalogue.lists.newest(10)]


@pytest.mark.parametrize("at_once", [True, False])
def test_of_one_url_the_latest_capture_is_listed_and_the_rest_are_versions(tmp_path: Path, *, at_once: bool) -> None:
    new = entry("new", url="https://n.example/1", captured="2025-02-01")
    old = entry("old", url="https://n.example/1", captured="2025-01-01")
    with Catalogue(tmp_path) as catalogue:
        if at_once:
            settled(catalogue, new, old)
        else:
            settled(settled(catalogue, old), new)
        assert headlines(catalogue) == ["New"]
        stories = tuple(catalogue.lists.stories())
        assert [one.file for one in catalogue.lists.versions(stories[0])] == ["articles/old.md", "articles/new.md"]
        assert len(stories) == 2
        catalogue.drop(["articles/new.md"])
        catalogue.settle()
        assert headlines(catalogue) == ["Old"]


def test_two_articles_at_one_address_are_a_finding_and_one_is_shown(tmp_path: Path) -> None:
    twin = replace(entry("a"), file="articles/twin.md")
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, twin, entry("a"))
        assert [finding.code for finding in catalogue.findings()] == ["id-duplicate"]
        assert [story.file for story in catalogue.lists.stories()] == ["articles/a.md"]
        assert catalogue.lists.total() == 1
        catalogue.drop(["articles/a.md"])
        catalogue.settle()
        assert [story.file for story in catalogue.lists.stories()] == ["articles/twin.md"]
        assert catalogue.lists.total() == 1


def test_a_copied_file_takes_its_original_out_of_no_list(tmp_path: Path) -> None:
    one = entry("a", url="https://ledger.example/a")
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, one, replace(one, file="articles/a_copy.md"))
        assert headlines(catalogue) == ["A"]
        (story,) = catalogue.lists.stories()
        assert catalogue.lists.versions(story) == (story,)


# ---- what is touched -------------------------------------------------------------------------------------------------


def touched(catalogue: Catalogue) -> set[str]:
    """What the next build of the site looks at; it is complete then."""
    log = catalogue.site_log("/site")
    units = {f"{kind} {name}" for kind, name in log.touched()}
    log.complete("as ever")
    return units


def test_an_article_touches_its_page_its_lists_its_day_and_the_neighbours_of_a_new_day(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("first", day="2025-03-01"), entry("last", day="2025-03-31"))
        touched(catalogue)
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("ferry", tags=("Night",)))
        assert touched(catalogue) == {
            "article 2025/03/18/ferry", "day 2025-03-18", "sections harbour", "tags night", "day 2025-03-01", "day 2025-03-31",
            "article 2025/03/01/first", "article 2025/03/31/last",
        }  # fmt: skip
    with Catalogue(tmp_path) as catalogue:
        assert touched(settled(catalogue, entry("pier"))) == {
            "article 2025/03/18/pier", "day 2025-03-18", "sections harbour",
            "article 2025/03/01/first", "article 2025/03/18/ferry", "article 2025/03/31/last",
        }  # fmt: skip
    with Catalogue(tmp_path) as catalogue:
        assert touched(settled(catalogue)) == set()


def test_a_version_touches_the_pages_of_the_others_and_the_lists_that_showed_them(tmp_path: Path) -> None:
    url = "https://n.example/1"
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("old", day="2024-01-01", url=url, tags=("Night",)))
        touched(catalogue)
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("new", url=url, captured="2025-01-01"))
        assert {"article 2024/01/01/old", "tags night", "day 2024-01-01"} < touched(catalogue)
        assert catalogue.lists.days() == {"2025-03-18": 1}


def test_an_article_touches_the_pages_that_list_it_as_seen(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        there = listed(Seen("Ferry", url="https://n.example/2"), "n.example", "2024-01-01")
        settled(catalogue, replace(entry("lister", day="2024-01-01"), seen=(there,)))
        touched(catalogue)
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("ferry"))
        assert {"article 2024/01/01/lister", "known n.example"} < touched(catalogue)
        assert catalogue.lists.seen_and_held("articles/lister.md") == {"ferry": "2025/03/18/ferry"}
    with Catalogue(tmp_path) as catalogue:
        catalogue.drop(["articles/ferry.md"])
        catalogue.settle()
        assert {"article 2024/01/01/lister", "known n.example"} < touched(catalogue)


def test_a_story_that_many_articles_list_is_known_once_by_the_first_that_does(tmp_path: Path) -> None:
    def by(name: str, day: str, *headlines: str) -> Entry:
        stories = (Seen(one, url=f"https://n.example/{one}") for one in headlines)
        return replace(entry(name, day=day), seen=tuple(listed(story, "n.example", day) for story in stories))

    def known(catalogue: Catalogue) -> list[tuple[str, str, str]]:
        return [(one.story.headline, one.day, one.on) for one in catalogue.lists.ghosts("n.example")]

    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, by("late", "2024-03-01", "Fog", "Ice"), by("early", "2024-01-01", "Fog", "Ferry"))
        assert catalogue.lists.ghost_hosts() == ("n.example",)
        assert (catalogue.lists.ghost_count("n.example", 9), catalogue.lists.ghost_count("n.example", 2)) == (3, 2)
        assert known(catalogue) == [
            ("Ferry", "2024-01-01", "2024/01/01/early"),
            ("Fog", "2024-01-01", "2024/01/01/early"),
            ("Ice", "2024-03-01", "2024/03/01/late"),
        ]
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("ferry"))
        catalogue.drop(["articles/early.md"])
        catalogue.settle()
        assert [headline for headline, *_ in known(catalogue)] == ["Fog", "Ice"]
        assert known(catalogue)[0][1:] == ("2024-03-01", "2024/03/01/late")


def test_what_was_touched_by_a_run_that_was_cut_short_is_not_forgotten(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("a"))
        touched(catalogue)
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("b", tags=("Night",)))  # and never settled
    with Catalogue(tmp_path) as catalogue:
        catalogue.settle()
        assert [facet.name for facet in catalogue.lists.facets("tags")] == ["Night"]
        assert "tags night" in touched(catalogue)


def test_each_site_has_touched_units_of_its_own(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("a"))
        for site in ("/one", "/two"):
            catalogue.site_log(site).complete("as ever")
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("b"))
        catalogue.site_log("/one").complete("as ever")
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue)
        assert list(catalogue.site_log("/one").touched()) == []
        assert "article 2025/03/18/b" in {f"{kind} {name}" for kind, name in catalogue.site_log("/two").touched()}


entries = st.lists(
    st.builds(
        entry, st.sampled_from("abcdef"), day=st.sampled_from(["2024-12-31", "2025-01-01", "2025-03-18", None]),
        url=st.sampled_from([None, "https://n.example/1", "https://n.example/2"]), captured=st.sampled_from(["", "2025", "2026"]),
        tags=st.lists(st.sampled_from(["Ferry", "ferry", "Night"]), max_size=2).map(tuple),
        printed=st.tuples(st.sampled_from(["", "The old bridge opens again", "Ferries sail by night"]), st.sampled_from(["The News", "The Post"])),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.tuples(entries, st.sets(st.sampled_from("abcdef"))), min_size=1, max_size=4))
def test_step_by_step_or_at_once_the_catalogue_says_the_same(steps: list[tuple[list[Entry], set[str]]]) -> None:
    last: dict[str, Entry] = {}
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        with Catalogue(Path(one)) as catalogue:
            for put, gone in steps:
                dropped = [f"articles/{name}.md" for name in sorted(gone)]
                settled(catalogue, *put)
                catalogue.drop(dropped)
                catalogue.settle()
                last |= {one.file: one for one in put}
                last = {file: one for file, one in last.items() if file not in dropped}
            grown = said(catalogue)
        with Catalogue(Path(other)) as catalogue:
            assert said(settled(catalogue, *last.values())) == grown


def said(catalogue: Catalogue) -> list[object]:
    lists = catalogue.lists
    facets = [*lists.facets("tags"), *lists.facets("sections")]
    shown = [[row.mark for row in lists.members(facet)] for facet in facets]
    return [
        facets,
        shown,
        lists.days(),
        lists.months(),
        [(one.told, one.row.mark) for one in lists.reprinted()],
        lists.lately(3),
        [story.file for story in lists.stories()],
        catalogue.findings(),
    ]


def test_findings_about_articles_stay_until_the_article_changes(tmp_path: Path) -> None:
    finding = Finding("article-unreadable", "content/articles/x.md", "line 1: no front matter")
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(Entry("articles/x.md", "1-1", "d", summary=None, sort="", findings=(finding,)))
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.findings() == (finding,)


def test_a_second_process_is_told_that_the_archive_is_busy(tmp_path: Path) -> None:
    with Catalogue(tmp_path), pytest.raises(BusyError, match="another backfile"):
        Catalogue(tmp_path)


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = f"""
import os, sys
from pathlib import Path
from generator.catalogue import Catalogue
catalogue = Catalogue(Path({str(tmp_path)!r}))
catalogue.take_in("saved/x.html", "1-1", "", ())
os.kill(os.getpid(), 9)
"""
    subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.intake() == {}


@pytest.mark.parametrize("damage", [b"", b"no database at all, but long enough to be looked at" * 50, None])
def test_a_damaged_catalogue_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a"))
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2] if damage is None else damage)
    with Catalogue(tmp_path) as catalogue:
        assert headlines(settled(catalogue, entry("b"))) == ["B"]


def test_the_catalogue_of_another_version_is_made_anew(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a"))
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.stamps("articles") == {}


def test_where_no_catalogue_can_be_made_the_message_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(OutputError, match="cannot be made"):
        Catalogue(tmp_path / "cache")


def test_a_sound_catalogue_is_kept(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a", tags=("Ferry",), url="https://n.example/1"))
        catalogue.take_in("saved/a.html", "1-1", "", ())
        catalogue.site_log("/one").plan(FRONT, "index.html", "k")
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.stamps("articles") == {"articles/a.md": "1-1"}


# ---- what was written ------------------------------------------------------------------------------------------------


def test_a_page_is_stale_until_it_was_written_under_its_key(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        one, two = catalogue.site_log("/one"), catalogue.site_log("/two")
        assert one.plan(FRONT, "index.html", "k") == "stale"
        assert one.plan(FRONT, "index.html", "k") == "stale"
        one.wrote("index.html", "k", "1-1", "d")
        assert one.plan(FRONT, "index.html", "k") == "fresh"
        assert one.plan(FRONT, "index.html", "other") == "stale"
        assert two.plan(FRONT, "index.html", "k") == "stale"


def test_an_address_belongs_to_the_unit_that_is_planned_first_and_may_change_hands(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        log = catalogue.site_log("/one")
        log.plan(FRONT, "index.html", "k")
        assert log.plan(Unit("tags", "x"), "index.html", "k") == "taken"
        log.again()
        assert log.plan(Unit("tags", "x"), "index.html", "k") == "moved"
        assert log.plan(FRONT, "index.html", "k") == "taken"


def test_what_a_unit_planned_before_and_no_more_is_left(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        log = catalogue.site_log("/one")
        for path in ("tags/x/index.html", "tags/x/page-2024.html"):
            log.plan(Unit("tags", "x"), path, "k")
        log.again()
        log.plan(Unit("tags", "x"), "tags/x/index.html", "k")
        assert log.left(Unit("tags", "x")) == ("tags/x/page-2024.html",)
        log.removed(["tags/x/page-2024.html"])
        assert log.all_left() == ()
        assert log.count() == 1


def test_a_file_that_is_not_as_it_was_written_makes_its_unit_stale(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        log = catalogue.site_log("/one")
        for name in ("a", "b"):
            log.plan(Unit("tags", name), f"tags/{name}/index.html", "k")
            log.wrote(f"tags/{name}/index.html", "k", "1-1", "d")
        assert log.damaged("tags/a", {"index.html": "1-1"}) == set()
        assert log.damaged("tags/a", {"index.html": "1-2"}) == {Unit("tags", "a")}
        assert log.damaged("tags/b", {}) == {Unit("tags", "b")}
        assert log.damaged("tags", {}) == set()
        assert log.plan(Unit("tags", "a"), "tags/a/index.html", "k") == "stale"
        assert log.unknown("tags/a", ["index.html", "mine.txt"]) == ("tags/a/mine.txt",)
        assert log.unknown("", ["mine.txt"]) == ("mine.txt",)
