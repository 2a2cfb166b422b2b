"""Templates that were compiled once are kept in the archive's cache, and are never taken for what they are not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import TemplateError
from generator.theme.engine import Theme
from generator.theme.sources import Source, Sources

PAGE = "{{ t('hello') }}, {{ name }}"


def page(cache: Path, text: str = PAGE, words: Mapping[str, str] | None = None) -> str:
    sources = Sources(
        {"page.html": Source("templates/page.html", text)},
        {"picture_elsewhere": "", "hello": "Hello", **(words or {})},
        {},
    )
    return Theme(sources, "en", {"url": ""}, cache).render("index.html", "page.html", {"name": "reader"}).decode()


@pytest.fixture
def uncompiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that were compiled."""
    names: list[str] = []
    generate = jinja2.Environment._generate

    def noted(self: jinja2.Environment, source: object, name: str, *rest: object, **options: object) -> object:
        names.append(name)
        return generate(self, source, name, *rest, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(jinja2.Environment, "_generate", noted)
    return names


def test_a_template_is_compiled_once(tmp_path: Path, uncompiled: list[str]) -> None:
    assert [page(tmp_path / "cache"), page(tmp_path / "cache")] == ["Hello, reader"] * 2
    assert uncompiled == ["page.html"]


def test_other_words_and_another_text_are_compiled_anew(tmp_path: Path) -> None:
    page(tmp_path)
    assert page(tmp_path, words={"hello": "Good day"}) == "Good day, reader"
    assert page(tmp_path, f"{PAGE}!") == "Hello, reader!"
    assert page(tmp_path) == "Hello, reader"
    assert len([*tmp_path.iterdir()]) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), mask=st.integers(0, 255))
def test_what_is_damaged_is_compiled_again(tmp_path: Path, place: float, mask: int) -> None:
    page(tmp_path)
    file = next(tmp_path.iterdir())
    whole = file.read_bytes()
    at = int(place * len(whole))
    file.write_bytes(whole[:at] + bytes([whole[at] ^ mask]) + whole[at + 1 :] if mask else whole[:at])
    assert page(tmp_path) == "Hello, reader"
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_pages_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder would be")
    assert page(tmp_path / "taken" / "cache") == "Hello, reader"


def test_an_error_in_a_kept_template_names_its_line(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(TemplateError, match=r"templates/page\.html:2: 'nothing' is undefined"):
            page(tmp_path, "first\n{{ nothing }}")
