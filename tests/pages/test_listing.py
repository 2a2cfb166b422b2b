"""Lists grow at one end: a finished page never changes when newer articles come."""

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import Row
from generator.pages.listing import Period, cut

SIZE, LONG = 3, 6


def rows(*days: str) -> list[Row]:
    """Rows as the catalogue gives them: oldest first, what has no date before everything."""
    ordered = sorted(days, key=lambda day: "" if day == "undated" else day)
    return [Row(f"mark-{day}-{n}", f"{day} {n:05d}", day, b"{}") for n, day in enumerate(ordered)]


def shape(*days: str) -> tuple[dict[str, object], int]:
    """The pages of a list with the number of articles on each, or the pages within; and how many articles are left."""
    periods, left = cut(rows(*days), SIZE, LONG)

    def counts(found: tuple[Period[Row], ...]) -> dict[str, object]:
        return {one.file: counts(one.within) if one.within else len(one.rows) for one in found}

    return counts(periods), len(left)


def test_a_list_that_fits_the_index_has_no_other_pages() -> None:
    assert shape(*["2024-01-01"] * SIZE) == ({}, SIZE)


def test_a_longer_list_is_cut_by_year_and_the_newest_year_stays_on_the_index() -> None:
    assert shape("2022-05-01", *["2023-05-01"] * 2, "2024-01-01") == ({"page-2022.html": 1, "page-2023.html": 2}, 1)


def test_a_year_too_long_for_a_page_is_cut_into_months_and_a_month_into_days() -> None:
    year = [*["2023-02-01"] * 4, *["2023-05-01"] * 4, *["2023-05-02"] * 4]
    assert shape(*year, "2024-01-01") == (
        {"page-2023.html": {"page-2023-02.html": 4, "page-2023-05.html": {"page-2023-05-01.html": 4, "page-2023-05-02.html": 4}}}, 1
    )  # fmt: skip


def test_a_day_too_long_for_a_page_is_cut_into_parts_and_the_unfinished_one_stays_on_the_index() -> None:
    assert shape(*["2024-01-01"] * (2 * LONG + 1)) == (
        {"page-2024.html": {"page-2024-01.html": {"page-2024-01-01.html": LONG, "page-2024-01-01-2.html": LONG}}}, 1
    )  # fmt: skip


def test_what_has_no_date_has_pages_of_its_own() -> None:
    assert shape(*["undated"] * (LONG + 1), "2024-01-01") == ({"page-undated.html": LONG, "page-undated-2.html": 1}, 1)


days = st.dates().map(lambda day: day.isoformat()) | st.dates().map(lambda day: f"2024-{day.isoformat()[5:]}")


def finished(found: list[Row]) -> dict[str, list[str]]:
    """What each page shows that shows articles."""

    def walk(periods: tuple[Period[Row], ...]) -> dict[str, list[str]]:
        pages: dict[str, list[str]] = {}
        for one in periods:
            pages |= walk(one.within) if one.within else {one.file: [row.day for row in one.rows]}
        return pages

    return walk(cut(found, SIZE, LONG)[0])


@given(st.lists(days, max_size=60), st.lists(days, max_size=20))
def test_newer_articles_never_change_a_finished_page(old: list[str], more: list[str]) -> None:
    latest = max(old, default="0001-01-01")
    before = finished(rows(*old))
    after = finished(rows(*old, *(day for day in more if day > latest)))
    assert {name: after[name] for name in before} == before


@given(st.lists(days, max_size=60), days)
def test_a_latecomer_changes_the_page_of_its_own_time_or_cuts_that_one(old: list[str], late: str) -> None:
    before, after = finished(rows(*old)), finished(rows(*old, late))
    newest = max([*old, late])
    changed = [name for name in before if after.get(name) != before[name]]
    assert all(
        name.removeprefix("page-").removesuffix(".html")[:10] in late or name[5:9] == newest[:4] for name in changed
    )
    assert len([name for name in changed if name[5:9] != newest[:4]]) <= 1


@given(st.lists(days | st.just("undated"), max_size=80))
def test_index_and_finished_pages_together_show_every_article_once(found: list[str]) -> None:
    every = rows(*found)
    shown = [day for page in finished(every).values() for day in page] + [row.day for row in cut(every, SIZE, LONG)[1]]
    assert sorted(shown) == sorted(found)
