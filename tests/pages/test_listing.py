"""Lists grow at one end: a finished page never changes when newer articles come."""

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import Row
from generator.pages.listing import chunks

SIZE = 5


def rows(*days: str) -> list[Row]:
    """Rows as the catalogue gives them: oldest first, what has no date before everything."""
    ordered = sorted(days, key=lambda day: "" if day == "undated" else day)
    return [
        Row(f"articles/{n}.md", str(n), f"mark-{day}-{n}", f"{day} {n:05d}", day, "{}") for n, day in enumerate(ordered)
    ]


def shape(days: list[str]) -> dict[str, int]:
    return {chunk.name: len(chunk.rows) for chunk in chunks(rows(*days), SIZE)}


def test_a_list_that_fits_the_index_has_no_other_pages() -> None:
    assert shape(["2024-01-01"] * SIZE) == {}


def test_a_longer_list_is_cut_by_year_and_numbered_from_the_oldest() -> None:
    assert shape(["2023-05-01"] * 7 + ["2024-01-01"] * 12) == {
        "page-2023-1.html": 5, "page-2023-2.html": 2, "page-2024-1.html": 5, "page-2024-2.html": 5,
    }  # fmt: skip


def test_the_newest_year_keeps_its_unfinished_page_on_the_index() -> None:
    assert shape(["2023-05-01"] * 3 + ["2024-01-01"] * 4) == {"page-2023-1.html": 3}


def test_what_has_no_date_has_pages_of_its_own() -> None:
    assert shape(["undated"] * 2 + ["2024-01-01"] * 5) == {"page-undated-1.html": 2, "page-2024-1.html": 5}


dates = st.dates().map(lambda day: day.isoformat())


@given(st.lists(dates, max_size=60), st.lists(dates, max_size=20))
def test_newer_articles_never_change_a_finished_page(old: list[str], more: list[str]) -> None:
    latest = max(old, default="0001-01-01")
    newer = [day for day in more if day > latest]
    before = {chunk.name: [row.sort for row in chunk.rows] for chunk in chunks(rows(*old), SIZE)}
    after = {chunk.name: [row.sort for row in chunk.rows] for chunk in chunks(rows(*old, *newer), SIZE)}
    assert {name: after[name] for name in before} == before


@given(st.lists(dates, max_size=60), dates)
def test_a_latecomer_changes_the_pages_of_its_own_year_only(old: list[str], late: str) -> None:
    before = {chunk.name: [row.day for row in chunk.rows] for chunk in chunks(rows(*old), SIZE)}
    after = {chunk.name: [row.day for row in chunk.rows] for chunk in chunks(rows(*old, late), SIZE)}
    newest = max([*old, late])[:4]
    changed = {name[5:9] for name in before if after.get(name) != before[name]}
    assert changed <= {late[:4], newest}


@given(st.lists(dates, max_size=80))
def test_index_and_finished_pages_together_show_every_article(days: list[str]) -> None:
    every = rows(*days)
    shown = {row.file for row in every[-SIZE:]} | {row.file for chunk in chunks(every, SIZE) for row in chunk.rows}
    assert shown == {row.file for row in every}
