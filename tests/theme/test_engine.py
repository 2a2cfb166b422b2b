"""Templates of the archive's own, links, digests, errors."""

from __future__ import annotations

import gzip
import pickle
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import TemplateError
from generator.theme import Theme
from generator.theme.sources import Source, Sources

Load = Callable[..., Theme]
Pages = dict[str, tuple[str, str, dict[str, Any]]]


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, str], None]:
    """Write a file of the archive's own theme."""

    def write(name: str, text: str) -> None:
        file = tmp_path / "templates" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    return write


Own = Callable[[str, str], None]


@pytest.mark.parametrize(
    ("page", "path", "link"),
    [
        ("index.html", "index.html", "index.html"),
        ("index.html", "tags/a/index.html", "tags/a/index.html"),
        ("2025/03/18/a.html", "index.html", "../../../index.html"),
        ("2025/03/18/a.html", "2025/03/18/b.html", "../../../2025/03/18/b.html"),
        ("tags/index.html", "tags/a/index.html", "../tags/a/index.html"),
        ("tags/索引.html", "标签/a b:c%&d.html", "../%E6%A0%87%E7%AD%BE/a%20b%3Ac%25%26d.html"),
    ],
)
def test_a_link_is_the_way_over_the_sites_top(load: Load, own: Own, page: str, path: str, link: str) -> None:
    own("x.html", "{{ link(path) }}")
    assert load().render(page, "x.html", {"path": path}).decode() == link.replace("&", "&amp;")


PARTS = st.lists(st.text("ab文 %:&?#+é", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join)


@given(PARTS, PARTS)
def test_following_a_link_leads_to_the_file(page: str, path: str) -> None:
    sources = Sources({"x.html": Source("x.html", "{{ link(path) }}")}, {"picture_elsewhere": "↗"}, {})
    link = unescape(Theme(sources, "en", {"url": ""}).render(page, "x.html", {"path": path}).decode())
    here = "https://site.example/" + quote(page)
    assert unquote(urljoin(here, link)) == "https://site.example/" + path


def test_templates_know_the_address_of_the_site_or_nothing(load: Load, own: Own) -> None:
    own("x.html", "{{ absolute('a b.html') }}|{{ address('a b.html') }}")
    assert load().render("t/x.html", "x.html", {}) == b"|../a%20b.html"
    assert load(url="https://bend.example/r/").render("t/x.html", "x.html", {}) == (
        b"https://bend.example/r/a%20b.html|https://bend.example/r/a%20b.html"
    )


def test_an_own_template_replaces_the_built_in_one_and_can_build_on_it(load: Load, own: Own, pages: Pages) -> None:
    before = load().render(*pages["standing"]).decode()
    own("standing.html", '{% extends "base/standing.html" %}{% block kind %}mine{% endblock %}')
    after = load().render(*pages["standing"]).decode()
    assert after == before.replace('<body class="standing">', '<body class="mine">') != before


def test_what_is_the_same_on_many_pages_is_rendered_once_for_each_depth_and_key(load: Load, own: Own) -> None:
    own("x.html", "{% once key %}{{ link('a.html') }}{{ said }}{% endonce %}|{{ said }}")
    theme = load()

    def page(path: str, said: str, key: str) -> bytes:
        return theme.render(path, "x.html", {"said": said, "key": key})

    assert page("b.html", "one", "k") == b"a.htmlone|one"
    assert page("c.html", "two", "k") == b"a.htmlone|two"
    assert page("c.html", "two", "other") == b"a.htmltwo|two"
    assert page("d/c.html", "three", "k") == b"../a.htmlthree|three"


def test_an_own_layout_reaches_every_page(load: Load, own: Own, pages: Pages) -> None:
    own("layout.html", '{% extends "base/layout.html" %}{% block footer %}<footer>Mine</footer>{% endblock %}')
    assert "<footer>Mine</footer>" in load().render(*pages["month"]).decode()


def test_own_words_and_styles_come_over_the_built_in_ones(load: Load, own: Own, pages: Pages) -> None:
    own("locales/en.toml", 'skip = "Over here"')
    own("static/custom.css", "p { color: red }")
    own("static/font.woff2", "x")
    theme = load()
    files = dict(theme.files())
    page = theme.render(*pages["standing"]).decode()
    [custom] = [path for path in files if path.startswith("static/custom-")]
    assert ">Over here</a>" in page
    assert f'<link rel="stylesheet" href="../{custom}">' in page
    assert files["static/font.woff2"] == b"x"


def test_the_name_of_a_style_sheet_changes_with_its_text(load: Load, own: Own) -> None:
    before = [path for path, _ in load().files()]
    own("static/site.css", "p {}")
    after = [path for path, _ in load().files()]
    assert len(before) == len(after)
    assert before != after


def test_the_script_begins_with_the_words_that_it_says(load: Load, own: Own) -> None:
    def script() -> str:
        return next(
            body.decode() for path, body in load().files() if path.startswith("static/site-") and path.endswith(".js")
        )

    assert script().startswith('const words = {"auto": "By the system", ')
    own("locales/en.toml", 'script_auto = "As <you> like it"')
    assert script().startswith('const words = {"auto": "As <you> like it", ')


def test_a_first_view_weighs_little(load: Load) -> None:
    weights = {path.rpartition(".")[2]: len(gzip.compress(body)) for path, body in load().files()}
    assert weights["js"] < 5_000
    assert weights["css"] < 12_000


def test_a_digest_changes_with_all_that_the_template_can_reach(load: Load, own: Own) -> None:
    own("one.html", '{% extends "two.html" %}')
    own("two.html", '{% import "three.html" as m with context %}{{ m.x() }}')
    own("three.html", "{% macro x() %}a{% endmacro %}")
    first = {name: load().digest(name) for name in ("one.html", "three.html", "front.html")}
    own("three.html", "{% macro x() %}b{% endmacro %}")
    second = {name: load().digest(name) for name in first}
    assert first["one.html"] != second["one.html"]
    assert first["three.html"] != second["three.html"]
    assert first["front.html"] == second["front.html"]
    assert load(title="Other").digest("front.html") != second["front.html"]
    own("locales/en.toml", 'skip = "Over here"')
    third = load().digest("front.html")
    assert third != second["front.html"]
    own("static/custom.css", "p {}")
    assert load().digest("front.html") != third


def test_a_name_reckoned_at_run_time_makes_a_template_rest_on_all(load: Load, own: Own) -> None:
    own("one.html", "{% include what %}")
    before = load().digest("one.html")
    own("two.html", "x")
    assert load().digest("one.html") != before


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a\n{{ nonsense }}", "templates/x.html:2: 'nonsense' is undefined"),
        ("a\n\n{% if %}", "templates/x.html:3: Expected an expression"),
        ("{{ site.title.nonsense }}", "templates/x.html:1: 'str object' has no attribute 'nonsense'"),
        ("{{ 1 / 0 }}", "templates/x.html:1: division by zero"),
        ('{% extends "gone.html" %}', "templates/x.html:1: there is no template 'gone.html'"),
        ('\n{{ t("nonsense") }}', "templates/x.html:2: no text 'nonsense' in locales/en.toml"),
        ('{{ asset("gone.css") }}', "templates/x.html:1: gone.css"),
        ("{{ 'x'|nonsense }}", "templates/x.html:1: No filter named 'nonsense'"),
        ('{% extends "layout.html" %}', "built-in templates/layout.html:"),
    ],
)
def test_an_error_names_the_template_and_its_line(load: Load, own: Own, source: str, message: str) -> None:
    own("x.html", source)
    with pytest.raises(TemplateError) as caught:
        load().render("x.html", "x.html", {})
    assert caught.value.message.startswith(message)


def test_an_error_says_what_can_be_done(load: Load, own: Own, pages: Pages) -> None:
    own("front.html", "{{ gone }}")
    own("mine.html", "{{ gone }}")
    with pytest.raises(TemplateError) as caught:
        load().render(*pages["front"])
    assert "docs/themes.md" in caught.value.hint
    assert "delete templates/front.html" in caught.value.hint
    with pytest.raises(TemplateError) as caught:
        load().render("mine.html", "mine.html", {})
    assert "docs/themes.md" in caught.value.hint
    assert "delete" not in caught.value.hint  # nothing would stand in


def test_a_broken_template_is_told_with_its_line(load: Load, own: Own, pages: Pages) -> None:
    own("front.html", '{% extends "layout.html" %}\n{% block main %}')
    with pytest.raises(TemplateError, match=r"^templates/front\.html:2: "):
        load().render(*pages["front"])


def test_a_template_that_may_name_any_other_changes_with_every_one(load: Load, own: Own) -> None:
    own("one.html", '{% set which = "layout.html" %}{%- include which ~ "" ignore missing %}')
    own("two.html", '{% extends "layout.html" if site.url else "front.html" %}')
    own("lone.html", '{# {% include "month.html" %} #}{% from "macros.html" import cell, many with context %}')
    first = {name: load().digest(name) for name in ("one.html", "two.html", "lone.html")}
    own("standing.html", "mine")
    second = {name: load().digest(name) for name in first}
    assert [name for name in first if first[name] != second[name]] == ["one.html", "two.html"]


def test_a_template_that_does_not_exist_is_told_with_those_that_do(load: Load) -> None:
    with pytest.raises(
        TemplateError, match=r"templates/gone\.html: there is no template 'gone\.html'\nhint: .*front\.html"
    ):
        load().render("x.html", "gone.html", {})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("base/front.html", "x", "templates/base/front.html: base/ is kept"),
        ("locales/en.toml", "skip = ", "templates/locales/en.toml: not valid TOML"),
        ("locales/en.toml", "skip = 1", "templates/locales/en.toml: skip: not a text"),
    ],
)
def test_a_file_that_cannot_be_meant_is_told(load: Load, own: Own, name: str, text: str, message: str) -> None:
    own(name, text)
    with pytest.raises(TemplateError) as caught:
        load()
    assert caught.value.message.startswith(message)


def test_a_template_that_is_not_text_is_told(load: Load, own: Own, tmp_path: Path) -> None:
    own("x.html", "")
    (tmp_path / "templates/x.html").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match=r"^templates/x\.html: not UTF-8"):
        load()


def test_a_theme_travels_to_another_process_and_renders_the_same(load: Load, own: Own, pages: Pages) -> None:
    own("custom.html", "{{ title }}")
    theme = load()
    theme.render(*pages["article"])
    other: Theme = pickle.loads(pickle.dumps(theme))
    assert other.render(*pages["article"]) == theme.render(*pages["article"])
    assert other.digest("article.html") == theme.digest("article.html")


def test_no_control_character_reaches_a_page(load: Load, own: Own) -> None:
    own("x.html", "{{ words }}")
    assert load().render("x.html", "x.html", {"words": "a\x00b\x0bc\ud800\u202ed\n"}) == b"abcd\n"


def test_a_tool_as_a_filter_knows_the_page_s_depth_even_for_a_constant(tmp_path: Path, load: Load) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/404.html").write_text('{{ "a b.html"|link }} {{ "newest"|t }} {{ "articles"|t(n=2) }}')
    theme = load()
    assert theme.render("x.html", "404.html", {}) == b"a%20b.html Newest 2 articles"
    assert theme.render("2025/03/x.html", "404.html", {}) == b"../../a%20b.html Newest 2 articles"
