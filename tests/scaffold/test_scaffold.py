"""A fresh archive: whole, usable, and nothing that was there before is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import scaffold, text
from generator.config import FILE, LANGUAGES, load, parse
from generator.content import read_standing
from generator.errors import UsageError
from generator.scaffold import init

MADE = (
    ".github/workflows/pages.yml",
    ".gitattributes",
    ".gitignore",
    "content/pages/about.md",
    "content/saved/.gitkeep",
    "templates/README.md",
    "archive.toml",
)


def test_an_archive_is_made_of_seven_files(tmp_path: Path) -> None:
    assert init(tmp_path / "new" / "archive", "Harbour News", "en") == MADE
    present = sorted(
        str(file.relative_to(tmp_path / "new" / "archive")) for file in tmp_path.rglob("*") if file.is_file()
    )
    assert present == sorted(MADE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_settings_and_its_page_can_be_read(tmp_path: Path, language: str) -> None:
    init(tmp_path, '港口新闻 "旧" \\ 档案', language)
    made = load(tmp_path)
    assert (made.title, made.language) == ('港口新闻 "旧" \\ 档案', language)
    pages, findings = read_standing(made.content)
    assert findings == ()
    assert [(page.slug, page.language, page.order) for page in pages] == [("about", language, 1.0)]
    assert pages[0].body


def test_every_setting_but_those_of_rare_use_is_shown(tmp_path: Path) -> None:
    init(tmp_path, "Harbour News", "en")
    written = (tmp_path / FILE).read_text(encoding="utf-8")
    fields = [name for name in parse({}, tmp_path).__struct_fields__ if name not in ("root", "outlets")]
    assert [name for name in fields if f"{name} = " not in written and f"# [{name}]" not in written] == []
    assert '[outlets."' in written


def test_every_setting_that_is_shown_is_valid_once_it_is_uncommented(tmp_path: Path) -> None:
    init(tmp_path, "Harbour News", "en")
    file = tmp_path / FILE
    lines = [
        line.removeprefix("# ") if "= " in line or line.startswith("# [") else line
        for line in file.read_text().splitlines()
    ]
    file.write_text("\n".join(line for line in lines if not line.startswith("plugins")), encoding="utf-8")
    assert load(tmp_path).outlets["news.example.com"].zone == "+08:00"


def test_a_title_of_nothing_but_space_becomes_the_folder_s_name(tmp_path: Path) -> None:
    init(tmp_path / "harbour", " \n ", "en")
    assert load(tmp_path / "harbour").title == "harbour"


def test_an_archive_is_never_made_twice(tmp_path: Path) -> None:
    init(tmp_path, "First", "en")
    with pytest.raises(UsageError, match=r"archive already") as caught:
        init(tmp_path, "Second", "en")
    assert caught.value.hint
    assert load(tmp_path).title == "First"


def test_what_is_in_the_folder_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "note.txt").write_text("mine too", encoding="utf-8")
    assert ".gitignore" not in init(tmp_path, "Harbour News", "en")
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "mine\n"
    assert (tmp_path / "content" / "note.txt").read_text(encoding="utf-8") == "mine too"


def test_a_dangling_link_in_place_of_the_settings_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / FILE).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError):
        init(tmp_path / "archive", "Harbour News", "en")
    assert not (tmp_path / "elsewhere").exists()


def test_an_unknown_language_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="zh-Hans"):
        init(tmp_path, "Harbour News", "tlh")
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("I am a file", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be made"):
        init(tmp_path, "Harbour News", "en")
    assert not (tmp_path / FILE).exists()


def test_an_interrupted_start_can_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(scaffold, "STARTER", scaffold.STARTER[:2])
        init(tmp_path, "Harbour News", "en")
    assert init(tmp_path, "Harbour News", "en") == MADE[2:]
    assert list(tmp_path.rglob("*.new")) == []


def test_the_workflow_may_publish_in_one_job_only(tmp_path: Path) -> None:
    init(tmp_path, "Harbour News", "en")
    workflow = (tmp_path / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    build, _, deploy = workflow.partition("  deploy:\n")
    assert "write" not in build
    assert "pages: write" in deploy
    assert "id-token: write" in deploy
    assert "pip install backfile" in build


@settings(max_examples=50, deadline=None)
@given(title=st.text())
def test_any_title_comes_back_from_the_settings_as_one_line(
    tmp_path_factory: pytest.TempPathFactory, title: str
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    init(folder, title, "en")
    assert load(folder).title == (text.line(title) or folder.name)
