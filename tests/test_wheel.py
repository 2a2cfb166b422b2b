"""The wheel is whole: installed away from this repository, it makes, fills and builds an archive."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PATIENCE = 300
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The lamp is lit again</title>
<meta property="article:published_time" content="2025-03-18T11:30:28+08:00"></head><body><article>
<h1>The lamp is lit again</h1>
<p>After two winters in the dark the lighthouse on the northern mole shines again, the harbour board said on Tuesday.</p>
<p>Divers had first to clear the old cable, which a trawler had torn from its bed and dragged half a mile to the west.</p>
<p>The new lamp needs a tenth of the current, and on a clear night it can be seen from the island across the strait.</p>
</article></body></html>"""


def finished(command: list[str], cwd: Path = ROOT, env: dict[str, str] | None = None) -> str:
    ended = subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@dataclass(frozen=True)
class Installed:
    """The wheel, and the environment that holds it and what it asks for, and nothing else."""

    wheel: Path
    folder: Path
    work: Path

    def run(self, *words: str) -> str:
        env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "COV", "PYTEST", "VIRTUAL"))
        }
        return finished([str(self.folder / "bin" / words[0]), *words[1:]], cwd=self.work, env=env | {"PYTHONUTF8": "1"})

    def backfile(self, *words: str) -> str:
        return self.run("backfile", *words)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    made = tmp_path_factory.mktemp("wheel")
    target = tmp_path_factory.mktemp("environment")
    finished([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(made), str(ROOT)])
    (wheel,) = made.glob("*.whl")
    finished([sys.executable, "-m", "venv", str(target)])
    pip = [str(target / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    ended = subprocess.run(pip, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    if "No matching distribution" in ended.stderr and not os.environ.get("CI"):
        pytest.skip("no package index can be reached, so an empty environment cannot be filled")
    assert ended.returncode == 0, ended.stderr
    return Installed(wheel, target, tmp_path_factory.mktemp("work"))


def test_the_wheel_carries_the_theme_and_the_starter_and_nothing_else(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    theme = [str(file.relative_to(ROOT / "templates")) for file in (ROOT / "templates").rglob("*") if file.is_file()]
    starter = [str(file.relative_to(ROOT)) for file in (ROOT / "generator" / "_starter").iterdir()]
    assert sorted({f"generator/_templates/{name}" for name in theme} - set(names)) == []
    assert sorted(set(starter) - set(names)) == []
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"generator", "backfile"}


def test_the_installed_package_is_the_one_that_runs(installed: Installed) -> None:
    place = installed.run("python", "-c", "import generator; print(generator.__file__)")
    assert Path(place.strip()).is_relative_to(installed.folder)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant", "ar", "hi"])
def test_an_archive_is_made_filled_and_built_by_the_installed_command(installed: Installed, language: str) -> None:
    saved = installed.work / "lamp.html"
    saved.write_text(PAGE, encoding="utf-8")
    installed.backfile("init", language, "--title", "灯塔 News", "--language", language)
    installed.backfile("--archive", language, "add", str(saved))
    installed.backfile("--archive", language, "build", "--workers", "1", "--url", "https://example.org/lamp/")
    site = installed.work / language / "site"
    index = (site / "index.html").read_text(encoding="utf-8")
    assert "灯塔 News" in index
    assert f'lang="{language}"' in index
    assert [file.suffix for file in (site / "static").glob("*.css")]
    assert list(site.glob("2025/03/18/*.html"))
    installed.backfile("--archive", language, "check")


def test_the_template_that_the_starter_shows_is_one_that_works(installed: Installed) -> None:
    (installed.work / "lamp.html").write_text(PAGE, encoding="utf-8")
    installed.backfile("init", "templates")
    templates = installed.work / "templates" / "templates"
    readme = (templates / "README.md").read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("    ") for line in readme if line.startswith("    ")]
    (templates / "article.html").write_text("\n".join(shown), encoding="utf-8")
    (templates / "static").mkdir()
    (templates / "static" / "custom.css").write_text("h1 { color: teal }", encoding="utf-8")
    installed.backfile("--archive", "templates", "add", "lamp.html")
    installed.backfile("--archive", "templates", "build", "--workers", "1")
    (story,) = (installed.work / "templates" / "site").glob("2025/03/18/*lamp*.html")
    page = story.read_text(encoding="utf-8")
    assert page.count("Kept by hand.") == 1
    assert "custom" in page
    installed.backfile("--archive", "templates", "check")
