"""Sitemaps are cut by month, and a month by the number of addresses that one file may hold."""

from __future__ import annotations

import re

import pytest

from generator.pages import sitemap
from tests.pages.conftest import Shelve
from tests.samples import TryOut


def addresses(archive: TryOut, path: str) -> list[str]:
    return re.findall(r"<loc>https://tides\.example/([^<]*)</loc>", (archive.root / "site" / path).read_text("utf-8"))


@pytest.fixture(autouse=True)
def small_files(archive: TryOut, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive.root / "archive.toml").write_text('title = "Tides"\nurl = "https://tides.example/"\n', "utf-8")
    monkeypatch.setattr(sitemap, "LIMIT", 40)


def test_the_index_names_every_file_of_a_month_that_needs_several(archive: TryOut, shelve: Shelve) -> None:
    for number in range(38):
        shelve(f"Story {number}", f"2024-05-{number % 2 + 1:02}")
    shelve("The only one", "2024-06-01")
    archive.build()
    months = [path for path in addresses(archive, "sitemap.xml") if "lists" not in path]
    assert months == ["sitemaps/2024-05.xml", "sitemaps/2024-05-2.xml", "sitemaps/2024-06.xml"]
    assert [len(addresses(archive, path)) for path in months] == [40, 1, 3]


def test_a_month_in_which_files_claim_one_address_has_as_many_files_as_addresses(
    archive: TryOut, shelve: Shelve
) -> None:
    for number in range(37):
        shelve(f"Story {number}", f"2024-05-{number % 2 + 1:02}")
    file = archive.root / "content" / shelve("Twice", "2024-05-01")
    for number in range(9):
        (file.parent / f"twin-{number}.md").write_bytes(file.read_bytes())
    archive.build()
    months = [path for path in addresses(archive, "sitemap.xml") if "lists" not in path]
    assert [len(addresses(archive, path)) for path in months] == [40, 1]
