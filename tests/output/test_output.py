"""The site's folder: whole files or none, and nobody else's."""

import errno
import os
from pathlib import Path

import pytest

from generator.errors import OutputError
from generator.output import MARK, Output, clean


def test_a_file_is_written_once_and_its_stamp_tells_whether_it_was_changed_since(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    new, stamp = output.write("a/b.html", b"one")
    assert new
    assert output.files("a") == {"b.html": stamp}
    assert output.write("a/b.html", b"one") == (False, stamp)
    assert output.write("a/b.html", b"two")[0]
    assert sorted(file.name for file in (tmp_path / "site").rglob("*") if file.is_file()) == [MARK, "b.html"]


def test_a_folders_mark_changes_with_whatever_happens_in_it(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("a/b.html", b"one")
    marks = [output.folders()]
    (tmp_path / "a/c.html").write_bytes(b"")
    marks.append(output.folders())
    (tmp_path / "a/c.html").rename(tmp_path / "a/d.html")
    marks.append(output.folders())
    (tmp_path / "a/d.html").unlink()
    assert output.folders() == marks[0]
    assert len({mark["a"] for mark in marks}) == 3
    assert len({mark[""] for mark in marks}) == 1
    assert output.mark("a") == marks[0]["a"]
    assert output.mark("none") == ""


def test_what_is_removed_takes_the_folders_it_leaves_empty_with_it(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("a/b/c.html", b"")
    output.write("d.html", b"")
    assert output.remove(["a/b/c.html", "never/there.html"]) == ("a/b/c.html",)
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "d.html").exists()


def test_what_a_person_put_into_the_site_stays_and_is_named(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("feed.xml", b"")
    (tmp_path / "CNAME").write_text("archive.example")
    assert clean(tmp_path, tmp_path / "none") == (1, ("CNAME",))
    assert (tmp_path / "CNAME").exists()
    assert (tmp_path / MARK).exists()


def test_pages_of_a_site_that_nobody_remembers_are_known_by_their_looks(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.write("2024/old.html", b'<!doctype html><meta name="generator" content="Backfile 0.1.0">')
    output.write("tags/x/feed.xml", b"<feed/>")
    output.write("mine.html", b"<!doctype html><p>by hand")
    (tmp_path / "half.html.new~").write_bytes(b"<!doc")
    ours = [
        path for path in ("2024/old.html", "tags/x/feed.xml", "mine.html", "half.html.new~") if output.is_ours(path)
    ]
    assert ours == ["2024/old.html", "tags/x/feed.xml", "half.html.new~"]


@pytest.mark.parametrize("path", ["/etc/x.html", "../x.html", "a/../../x.html"])
def test_no_page_is_written_outside_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="leads out of the site"):
        Output(tmp_path / "site").write(path, b"")


def test_a_folder_of_the_site_may_lie_on_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = Output(tmp_path / "site")
    apart = {"2024": 1, "2024/03": 1}
    rename = os.replace

    def replace(source: str, target: str) -> None:
        here, there = (Path(one).parent.relative_to(output.folder).as_posix() for one in (source, target))
        if Path(target).parent.is_dir() and apart.get(here) != apart.get(there):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    for path in ("2024/03/story.html", "2024/index.html", "index.html"):
        new, stamp = output.write(path, b"<!doctype html>")
        assert new
        assert output.files(path.rpartition("/")[0])[path.rpartition("/")[2]] == stamp
    left = sorted(one.relative_to(output.folder).as_posix() for one in output.folder.rglob("*") if one.is_file())
    assert left == [".nojekyll", "2024/03/story.html", "2024/index.html", "index.html"]


def test_a_folder_with_somebody_elses_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match="files that Backfile did not make"):
        Output(tmp_path)
    with pytest.raises(OutputError):
        clean(tmp_path, tmp_path / "none")
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_folder_of_the_site_that_cannot_be_read_stops_the_build_with_its_name(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    (output.folder / "a").symlink_to("a")  # no user may read it, the superuser neither
    for look in (output.files, output.mark):
        with pytest.raises(OutputError, match="site/: cannot be read: "):
            look("a")


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
