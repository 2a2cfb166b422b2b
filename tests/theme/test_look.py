"""Colours, faces and a logo by settings: what is set is worn, and what could not be read is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import theme
from generator.config import LookSettings, Settings, parse
from generator.errors import SettingsError, TemplateError
from generator.theme import look
from tests.drawn import png
from tests.theme.conftest import SITE

STYLE = (Path(__file__).parents[2] / "templates/static/site.css").read_text("utf-8")


def test_the_colours_that_are_held_against_each_other_are_those_of_the_style() -> None:
    for name in ("paper", "ink", "accent"):
        day, night = getattr(look, name.upper())
        assert f"--{name}: light-dark({day}, {night})" in STYLE


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert look.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert look.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_nothing_set_is_nothing_added() -> None:
    assert look.style(LookSettings()) == b""


def test_what_is_set_stands_in_the_layer_of_the_built_in_look() -> None:
    added = look.style(LookSettings(accent=("#0b5394", "#9fc5e8"), sans="Inter, sans-serif")).decode()
    assert added.startswith("\n@layer base {")
    assert ":root { --accent: #0b5394; }" in added
    assert "[lang] { --sans: Inter, sans-serif; }" in added


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (LookSettings(accent=("#ffee88", "#9fc5e8")), "look.accent: #ffee88 on #fbfbf9 by day has a contrast of 1.1"),
        (LookSettings(ink=("#000000", "#222222")), "look.ink: #222222 on #141517 by night"),
        (LookSettings(paper=("#111111", "#111111")), "look.ink: #18191b on #111111 by day"),
    ],
)
def test_a_colour_that_could_not_be_read_is_told_with_its_contrast(settings: LookSettings, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        look.style(settings)
    assert told in caught.value.message


@pytest.mark.parametrize(
    "table",
    [
        {"accent": "#0b5394"},
        {"accent": ["red", "blue"]},
        {"serif": "Georgia; } body { display: none"},
        {"logo": "../secret.svg"},
        {"colour": "#000000"},
    ],
)
def test_what_is_no_colour_no_face_and_no_file_is_an_error_with_its_key(table: dict[str, object]) -> None:
    with pytest.raises(SettingsError) as caught:
        parse({"look": table}, Path())
    assert next(iter(table)) in caught.value.message


def test_a_logo_stands_in_the_place_of_the_name_with_its_measure(tmp_path: Path) -> None:
    own = tmp_path / "templates/static/mark.png"
    own.parent.mkdir(parents=True)
    own.write_bytes(png(64, 32))
    worn = theme.load(Settings(language="en", root=tmp_path, look=LookSettings(logo="mark.png")), SITE)
    page = worn.render("404.html", "404.html", {"title": None}).decode()
    assert re.search(r'<img class="logo" src="static/mark\.png" alt="[^"]+" width="64" height="32">', page)


def test_a_logo_that_is_not_there_is_told_with_the_setting_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        theme.load(Settings(language="en", root=tmp_path, look=LookSettings(logo="gone.svg")), SITE)
    assert "templates/static/gone.svg" in caught.value.message
    assert "archive.toml" in str(caught.value.hint)
