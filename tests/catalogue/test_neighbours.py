"""What stands next to an article in its section, what it shares tags with, and whom a newcomer touches."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import Catalogue, Entry
from generator.catalogue.neighbours import WINDOW
from tests.catalogue.test_catalogue import entry, settled, touched


def shown(catalogue: Catalogue) -> dict[str, tuple[str | None, ...]]:
    """What each story's page shows of its neighbours: before, after, and those that share its tags."""
    lists = catalogue.lists
    return {
        one.row.summary.permalink: tuple(
            row and row.summary.permalink for row in (*lists.beside(one), *lists.sharing(one, 3))
        )
        for one in lists.stories()
    }


def test_a_story_has_the_ones_before_and_after_it_in_its_section(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        settled(
            catalogue,
            entry("b", day="2025-03-02"),
            entry("a", day="2025-03-01"),
            entry("c", day="2025-03-03"),
            entry("x", day=None),
        )
        pages = shown(catalogue)
    assert pages["2025/03/02/b"] == ("2025/03/01/a", "2025/03/03/c")
    assert pages["2025/03/01/a"] == (None, "2025/03/02/b")  # what has no date stands before nothing
    assert pages["undated/x"] == (None, None)


def test_older_stories_with_the_rarest_tags_come_first_and_no_version_of_the_story(tmp_path: Path) -> None:
    common = [entry(f"n{day}", day=f"2025-01-{day:02}", tags=("harbour",)) for day in range(1, WINDOW + 3)]
    rare = entry("rare", day="2024-01-01", tags=("fog bell",))
    old = entry("old", url="https://n.example/1", captured="2025-01-01", day="2025-02-01", tags=("fog bell",))
    new = entry("new", url="https://n.example/1", captured="2025-01-02", day="2025-02-02", tags=("fog bell", "harbour"))
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, *common, rare, old, new)
        pages = shown(catalogue)
    assert pages["2025/02/02/new"][2:] == ("2024/01/01/rare", "2025/01/10/n10", "2025/01/09/n9")
    assert pages["2025/02/01/old"][2:] == ("2024/01/01/rare",)
    assert pages["2024/01/01/rare"][2:] == ()  # nothing newer is ever shown


def test_a_newcomer_touches_the_page_before_it_and_those_after_it_that_may_show_it(tmp_path: Path) -> None:
    old = [entry(f"n{day}", day=f"2025-01-{day:02}", tags=("harbour",)) for day in range(1, 29)]
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, *old)
        touched(catalogue)
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("newest", day="2025-02-01", tags=("harbour",)))
        pages = {unit for unit in touched(catalogue) if unit.startswith("article ")}
        assert pages == {"article 2025/02/01/newest", "article 2025/01/28/n28", "article 2025/01/27/n27"}
    with Catalogue(tmp_path) as catalogue:
        settled(catalogue, entry("late", day="2025-01-05", tags=("harbour",)))
        assert len({unit for unit in touched(catalogue) if unit.startswith("article ")}) <= WINDOW + 6


ENTRIES = st.builds(
    lambda name, day, url, captured, tags: entry(
        name, day=f"2025-01-{day:02}", url=url and f"https://n.example/{url}", captured=captured, tags=tuple(sorted(tags))
    ),
    st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.integers(1, 9), st.sampled_from(["", "", "1", "2"]), st.sampled_from("123"),
    st.sets(st.sampled_from(["harbour", "fog", "bell"])),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(ENTRIES, st.sampled_from("abcdefghijklmnopqrstuvwxyz")), max_size=14), min_size=2, max_size=4
    )
)
def test_whoever_comes_or_goes_every_page_that_shows_something_else_is_touched(runs: list[list[Entry | str]]) -> None:
    with TemporaryDirectory() as folder:
        before: dict[str, tuple[str | None, ...]] = {}
        for run in runs:
            with Catalogue(Path(folder)) as catalogue:
                for one in run:
                    if isinstance(one, Entry):
                        catalogue.put(one)
                    else:
                        catalogue.drop([f"articles/{one}.md"])
                catalogue.settle()
                after = shown(catalogue)
                looked = touched(catalogue)
            if before:
                changed = {page for page in after if after[page] != before.get(page)}
                assert {f"article {page}" for page in changed} <= looked
            before = after
