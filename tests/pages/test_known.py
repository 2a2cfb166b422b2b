"""Stories known but not held grow at one end, as every list does."""

from __future__ import annotations

import pytest

from generator import content
from generator.model import Moment, Seen
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
