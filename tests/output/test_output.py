"""The site's folder: whole files or none, and nobody else's."""

from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.output import MARK, Output, clean


def test_a_file_is_written_once(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    assert output.write("a/b.html", b"one")
    assert not output.write("a/b.html", b"one")
    assert output.write("a/b.html", b"two")
    assert sorted(file.name for file in (tmp_path / "site").rglob("*") if file.is_file()) == [MARK, "b.html"]


def test_what_is_not_planned_is_removed_with_the_folders_it_leaves_empty(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("a/b.html", b"")
    output.write("c.html", b"")
    assert output.prune({"c.html"}, {"a/b.html", "c.html"}) == (("a/b.html",), ())
    assert not (tmp_path / "a").exists()
    assert (tmp_path / MARK).exists()


def test_what_a_person_put_into_the_site_stays_and_is_named(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("index.html", b"")
    (tmp_path / "CNAME").write_text("archive.example")
    assert output.prune({"index.html"}, {"index.html"}) == ((), ("CNAME",))
    assert clean(tmp_path, tmp_path / "none")[1] == ("CNAME", "index.html")
    assert (tmp_path / "CNAME").exists()


def test_pages_of_a_site_that_nobody_remembers_are_known_by_their_looks(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("2024/old.html", b'<!doctype html><meta name="generator" content="Backfile 0.1.0">')
    output.write("tags/x/feed.xml", b"<feed/>")
    output.write("mine.html", b"<!doctype html><p>by hand")
    assert output.prune(set(), set()) == (("2024/old.html", "tags/x/feed.xml"), ("mine.html",))


@pytest.mark.parametrize("path", ["/etc/x.html", "../x.html", "a/../../x.html"])
def test_no_page_is_written_outside_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="leads out of the site"):
        Output(tmp_path / "site").write(path, b"")


def test_a_folder_with_somebody_elses_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match="files that Backfile did not make"):
        Output(tmp_path)
    with pytest.raises(OutputError):
        clean(tmp_path, tmp_path / "none")
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_page_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    output.write("a", b"a file where a folder is needed")
    with pytest.raises(OutputError, match=r"a/b\.html: cannot be written"):
        output.write("a/b.html", b"")


def test_cleaning_removes_site_and_cache(tmp_path: Path) -> None:
    Output(tmp_path / "site").write("feed.xml", b"")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/catalogue.sqlite").touch()
    assert clean(tmp_path / "site", tmp_path / "cache") == (2, ())
    assert list(tmp_path.iterdir()) == []
