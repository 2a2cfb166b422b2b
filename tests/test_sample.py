"""The sample archive: what is committed is what Backfile makes of its saved pages, and the site of it is sound."""

import shutil
from pathlib import Path

import pytest

from generator import config, pipeline
from generator.check import check
from generator.preview import Preview
from generator.verify import verify_content
from tests.samples import tree

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pipeline.Report]:
    """The sample, made anew from its saved pages alone."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "archive.toml", root)
    for part in ("saved", "pages"):
        shutil.copytree(ROOT / "content" / part, root / "content" / part)
    return root, pipeline.build(config.load(root), None, 2, pipeline.Quiet())


def test_every_page_can_be_shown_by_itself_as_it_was_built(made: tuple[Path, pipeline.Report]) -> None:
    root, _ = made
    seen = Preview(lambda: config.load(root), 0, lambda: None, lambda _: None)
    seen.refresh()
    built = {path: data for path, data in tree(root / "site").items() if path != ".nojekyll"}
    assert [path for path, data in built.items() if seen.page(path) != data] == []


def test_the_committed_articles_are_what_the_saved_pages_give(made: tuple[Path, pipeline.Report]) -> None:
    """After a change of extraction: `make sample`, and read the difference."""
    root, _ = made
    for part in ("articles", "media", "outlets"):
        assert tree(root / "content" / part) == tree(ROOT / "content" / part)


def test_the_committed_record_is_that_of_the_committed_files() -> None:
    assert list(verify_content(ROOT / "content", pipeline.Quiet().step)) == []


def test_every_saved_page_is_an_article_and_nothing_is_wrong(made: tuple[Path, pipeline.Report]) -> None:
    _, report = made
    assert report.verdicts == {"added": 23, "version": 1}
    assert [finding for finding in report.findings if finding.severity != "info"] == []


def test_the_site_of_the_sample_is_sound(made: tuple[Path, pipeline.Report]) -> None:
    root, _ = made
    assert check(root / "site") == ()


def test_the_reprint_names_its_source_and_the_original_stands_beside_it(made: tuple[Path, pipeline.Report]) -> None:
    root, _ = made
    day = (root / "site/2024/04/23/index.html").read_text("utf-8")
    assert "闭馆十四个月，北岸图书馆今天重新开门" in day
    assert "闭馆十四个月 北岸图书馆今天重新开门" in day
    source = (root / "site/sources/index.html").read_text("utf-8")
    assert "北岸晚报" in source
