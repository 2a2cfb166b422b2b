"""What the reference promises is there, and what is there is in the reference."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from generator import content
from generator.cli import cli
from generator.config import LookSettings, OutletSettings, Settings
from generator.errors import CODES

DOCS = Path(__file__).parent.parent / "docs"
NOT_IN_THE_FILE = ("root",)


def read(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def headed(name: str) -> list[str]:
    """The names in back-ticks that a heading of the document explains."""
    return re.findall(r"^#+ `([^`]+)`$", read(name), re.MULTILINE)


def paragraph(name: str, heading: str) -> str:
    return read(name).partition(f"### `{heading}`\n")[2].lstrip().partition("\n\n")[0]


def test_every_finding_is_explained_once_and_no_other() -> None:
    assert sorted(headed("findings.md")) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_told_with_its_severity_first(code: str) -> None:
    severity, meaning = CODES[code]
    assert paragraph("findings.md", code).startswith(f"{severity.capitalize()}. ")
    assert meaning


def test_the_codes_stand_in_alphabetical_order() -> None:
    assert list(CODES) == sorted(CODES)


def test_every_setting_is_explained_and_no_other() -> None:
    known = {*Settings.__struct_fields__, *OutletSettings.__struct_fields__, *LookSettings.__struct_fields__} - set(
        NOT_IN_THE_FILE
    )
    assert sorted(headed("settings.md")) == sorted(known)


@pytest.mark.parametrize("name", OutletSettings.__struct_fields__)
def test_every_setting_of_an_outlet_is_explained_as_such(name: str) -> None:
    assert 'In `[outlets."HOST"]`' in paragraph("settings.md", name) or f"### `{name}` of an outlet" in read(
        "settings.md"
    )


@pytest.mark.parametrize("name", ["title", "language", "robots", "zone", "page_size", "feed_size"])
def test_the_default_of_a_setting_is_the_one_that_is_told(name: str) -> None:
    default = getattr(Settings(), name)
    assert f'"{default}"' in paragraph("settings.md", name) or f"Default: `{default}`" in paragraph("settings.md", name)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_and_each_of_its_options_is_explained(name: str) -> None:
    assert name in headed("commands.md")
    options = [option for one in cli.commands[name].params if isinstance(one, click.Option) for option in one.opts]
    assert [option for option in options if option.startswith("--") and option not in read("commands.md")] == []


def test_no_command_is_explained_that_is_not_there() -> None:
    assert sorted(set(headed("commands.md")) - set(cli.commands)) == []


@pytest.mark.parametrize("name", content.FIELDS)
def test_every_field_of_an_article_is_explained(name: str) -> None:
    assert f"`{name}`" in read("articles.md")


@pytest.mark.parametrize("document", sorted(DOCS.glob("*.md")), ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    linked = re.findall(
        r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", re.sub(r"(?m)^    .*$", "", document.read_text(encoding="utf-8"))
    )
    assert [name for name in linked if not (document.parent / name).exists()] == []
