"""The worked example in docs/themes.md works, and its tables name all that there is."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.samples import Sample, TryOut

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs/themes.md").read_text("utf-8")
FILES = dict(
    zip(
        re.findall(r"^`(archive\.toml|templates/[^`]+)`, ", DOC, re.MULTILINE),
        re.findall(r"```\w+\n(.*?)```", DOC, re.DOTALL),
        strict=True,
    )
)


def test_the_worked_example_of_the_docs_changes_the_site(archive: TryOut) -> None:
    assert len(FILES) == 5
    for name, source in FILES.items():
        (archive.root / name).parent.mkdir(parents=True, exist_ok=True)
        (archive.root / name).write_text(source, "utf-8")
    (archive.root / "templates/static/town.woff2").write_bytes(b"wOF2")
    archive.add(archive.save("ferry.html", Sample()))
    archive.build()
    site = archive.root / "site"
    page = (site / "2022/03/18/night-ferry-sails-again-from-friday.html").read_text("utf-8")
    assert "Kept by the town library" in page
    assert "Night ferry sails again" in page
    assert "font-src 'self'" in page
    assert '<img class="logo" src="../../../static/tide.svg" alt="The Tide" width="120" height="40">' in page
    built_in, own = re.findall(r'href="([^"]*/static/\w+-\w+\.css)"', page)
    look = (site / "2022/03/18" / built_in).read_text("utf-8")
    assert "--accent: light-dark(#0b5394, #9fc5e8)" in look
    assert "--serif: 'Town Serif', Georgia, serif" in look
    assert "Town Serif" in (site / "2022/03/18" / own).read_text("utf-8")
    assert (site / "static/town.woff2").is_file()
    assert "Fresh from the archive" in (site / "index.html").read_text("utf-8")


def test_all_that_a_template_is_given_is_named(pages: dict[str, tuple[str, str, dict[str, Any]]]) -> None:
    missing: dict[str, set[str]] = {}
    for _, template, data in pages.values():
        row = next(line for line in DOC.splitlines() if re.match(rf"\| [^|]*`{re.escape(template)}`", line))
        missing.setdefault(template, set()).update({*data} - {"title"} - {*re.findall(r"`(\w+)`", row)})
    assert {template: names for template, names in missing.items() if names} == {}


@pytest.mark.parametrize("file", ["lists.html", "macros.html"])
def test_every_shared_macro_is_named(file: str) -> None:
    source = (ROOT / "templates" / file).read_text("utf-8")
    assert [name for name in re.findall(r"{% macro (\w+)\(", source) if f"`{name}(" not in DOC] == []
