"""The site a page at a time: what a build would write, without one, and an edit as soon as it is saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import config
from generator.catalogue import Catalogue
from generator.errors import BusyError, Finding, TemplateError
from generator.preview import BUILT, Preview
from tests.samples import Sample, TryOut, tree

PAGE = "2022/03/18/night-ferry-sails-again-from-friday.html"


@pytest.fixture
def preview(archive: TryOut) -> Preview:
    archive.add(archive.save("ferry.html", Sample()))
    seen = of(archive)
    assert seen.refresh()
    return seen


def of(archive: TryOut, told: list[Finding] | None = None) -> Preview:
    hear = (lambda _: None) if told is None else told.extend
    return Preview(lambda: config.load(archive.root), 0, lambda: None, hear)


def article(archive: TryOut) -> Path:
    (file,) = (archive.root / "content" / "articles").rglob("*.md")
    return file


def text(preview: Preview, path: str) -> str:
    data = preview.page(path)
    assert data is not None
    return data.decode()


def test_every_page_is_made_alone_with_the_bytes_of_a_build(archive: TryOut, preview: Preview) -> None:
    archive.build()
    built = {path: data for path, data in tree(archive.root / "site").items() if path != ".nojekyll"}
    assert {path: preview.page(path) for path in built} == built
    assert any(path.startswith(BUILT) for path in built)


def test_nothing_is_written_into_the_site(archive: TryOut, preview: Preview) -> None:
    assert preview.page("index.html")
    assert not (archive.root / "site").exists()


@pytest.mark.parametrize("path", ["", "nothing.html", "2022/03/18/nothing.html", "tags/nothing/index.html", "data/../archive.toml", "data/x", "2022/99/index.html", "sections/index.html/x"])  # fmt: skip
def test_what_is_no_page_of_the_site_is_none_here(preview: Preview, path: str) -> None:
    assert preview.page(path) is None


def test_an_edit_is_seen_once_its_path_is_told(archive: TryOut, preview: Preview) -> None:
    file = article(archive)
    file.write_text(file.read_text("utf-8").replace("The night ferry", "The early ferry"), "utf-8")
    assert preview.refresh({file})
    assert "The early ferry" in text(preview, PAGE)
    assert not preview.refresh({file}), "nothing has changed since"


def test_a_deleted_article_leaves_no_page(archive: TryOut, preview: Preview) -> None:
    file = article(archive)
    (archive.root / "content/saved/ferry.html").unlink()
    file.unlink()
    assert preview.refresh({file})
    assert preview.page(PAGE) is None


def test_a_page_that_is_saved_into_the_archive_is_taken_in(archive: TryOut, preview: Preview) -> None:
    saved = archive.root / "content/saved/second.html"
    saved.write_text(Sample(headline="Second harbour opens", url="https://www.ledger.example/2").html, "utf-8")
    assert preview.refresh({saved})
    assert "Second harbour opens" in text(preview, "index.html")


def test_settings_and_templates_are_read_again(archive: TryOut, preview: Preview) -> None:
    settings = archive.root / "archive.toml"
    settings.write_text(settings.read_text("utf-8").replace("Tide archive", "Ebb archive"), "utf-8")
    assert preview.refresh({settings})
    assert "Ebb archive" in text(preview, PAGE)
    own = archive.root / "templates" / "404.html"
    own.parent.mkdir()
    own.write_text("{{ nothing.at.all }}", "utf-8")
    assert preview.refresh({own})
    with pytest.raises(TemplateError, match=r"404\.html:1"):
        preview.page("404.html")


def test_what_is_wrong_in_the_archive_is_told(archive: TryOut, preview: Preview) -> None:
    article(archive).write_text("---\nheadline: [\n---\n", "utf-8")
    told: list[Finding] = []
    of(archive, told).refresh()
    assert [one.code for one in told] == ["article-unreadable"]


def test_an_archive_that_another_run_holds_is_busy(archive: TryOut, preview: Preview) -> None:
    with Catalogue(config.load(archive.root).cache), pytest.raises(BusyError):
        preview.page("index.html")
    assert preview.page("index.html")


def test_an_archive_that_was_not_read_yet_is_busy(archive: TryOut) -> None:
    with pytest.raises(BusyError, match="not been read"):
        of(archive).page("index.html")
