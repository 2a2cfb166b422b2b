"""The catalogue: an index that can be thrown away, and the archive's lock."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalogue import FILE, Catalogue, Entry
from generator.errors import BusyError, Finding, OutputError
from generator.model import Moment, Summary


def entry(
    name: str, *, day: str | None = "2025-03-18", url: str | None = None, captured: str = "", tags: tuple[str, ...] = ()
) -> Entry:
    published = Moment.parse(day) if day else None
    permalink = f"{(day or 'undated').replace('-', '/')}/{name}"
    summary = Summary(
        permalink, f"id-{name}", name.title(), published, "The News", None, "Harbour", "en", None, url, None
    )
    return Entry(
        f"articles/{name}.md", "1-1", f"digest-{name}", intact=True, summary=summary, sort=f"{day or ''} {permalink}",
        captured=captured, places=(("sections", "Harbour"), *(("tags", tag) for tag in tags)), captures=(f"sha-{name}",),
    )  # fmt: skip


def test_lists_come_oldest_first_and_the_newest_can_be_asked_for(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        for name, day in (("b", "2025-03-18"), ("a", "2024-01-01"), ("c", None)):
            catalogue.put(entry(name, day=day))
        assert [row.summary.headline for row in catalogue.rows()] == ["C", "A", "B"]
        assert [row.summary.headline for row in catalogue.rows(newest=2)] == ["B", "A"]
        assert catalogue.days() == {"2024-01-01": 1, "2025-03-18": 1, "undated": 1}
        assert [row.summary.headline for row in catalogue.on_day("2025-03")] == ["B"]


def test_a_facet_gathers_names_that_differ_in_case_and_width_only(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a", tags=("Ferry",)))
        catalogue.put(entry("b", tags=("ｆｅｒｒｙ", "Night")))
        assert [(facet.slug, facet.count) for facet in catalogue.facets("tags")] == [("ferry", 2), ("night", 1)]
        assert [row.file for row in catalogue.members("tags", "ferry")] == ["articles/a.md", "articles/b.md"]


def test_what_is_put_again_replaces_what_was_known(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a", tags=("Ferry",)))
        catalogue.put(entry("a", tags=("Night",)))
        assert [facet.name for facet in catalogue.facets("tags")] == ["Night"]
        catalogue.drop(["articles/a.md"])
        assert catalogue.facets("tags") == ()
        assert not catalogue.holds_capture("sha-a")


def test_of_one_url_the_latest_capture_is_listed_and_the_rest_are_versions(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("new", url="https://n.example/1", captured="2025-02-01"))
        catalogue.put(entry("old", url="https://n.example/1", captured="2025-01-01"))
        catalogue.settle_versions()
        assert [row.file for row in catalogue.rows()] == ["articles/new.md"]
        assert [row.file for row in catalogue.versions("https://n.example/1")] == ["articles/old.md", "articles/new.md"]
        assert catalogue.versioned() == {"n.example/1"}
        assert len(list(catalogue.every())) == 2
        catalogue.drop(["articles/new.md"])
        catalogue.settle_versions()
        assert [row.file for row in catalogue.rows()] == ["articles/old.md"]


def test_two_articles_at_one_address_are_a_finding_and_one_is_shown(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a"))
        twin = entry("a")
        catalogue.put(Entry(**{name: getattr(twin, name) for name in Entry.__slots__} | {"file": "articles/twin.md"}))
        assert [finding.code for finding in catalogue.findings()] == ["id-duplicate"]
        assert [row.file for row, _ in catalogue.every()] == ["articles/a.md"]


def test_findings_about_articles_stay_until_the_article_changes(tmp_path: Path) -> None:
    finding = Finding("article-unreadable", "content/articles/x.md", "line 1: no front matter")
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(Entry("articles/x.md", "1-1", "d", intact=False, summary=None, sort="", findings=(finding,)))
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
        catalogue.put(entry("b"))
        assert [row.file for row in catalogue.rows()] == ["articles/b.md"]


def test_the_catalogue_of_another_version_is_made_anew(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a"))
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.stamps() == {}


def test_where_no_catalogue_can_be_made_the_message_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(OutputError, match="cannot be made"):
        Catalogue(tmp_path / "cache")


def test_a_sound_catalogue_is_kept(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.put(entry("a", tags=("Ferry",), url="https://n.example/1"))
        catalogue.take_in("saved/a.html", "1-1", "", ())
        catalogue.wrote("/one", "index.html", "k", "1-1", "d")
    with Catalogue(tmp_path) as catalogue:
        assert catalogue.stamps() == {"articles/a.md": "1-1"}


def test_what_was_written_is_known_for_each_site(tmp_path: Path) -> None:
    with Catalogue(tmp_path) as catalogue:
        catalogue.wrote("/one", "index.html", "k", "1-1", "d")
        catalogue.wrote("/two", "index.html", "k", "1-1", "d")
        catalogue.unwrote("/one", ["index.html"])
        assert catalogue.written("/one") == {}
        assert catalogue.written("/two") == {"index.html": ("k", "1-1")}
        assert catalogue.digests("/two") == {"index.html": "d"}
