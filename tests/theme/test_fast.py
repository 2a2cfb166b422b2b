"""A template means in our environment what it means in Jinja's own."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from generator.theme.fast import Fast


class Told:
    """Something that says itself how it is written."""

    def __html__(self) -> str:
        return "<b>told</b>"

    def __str__(self) -> str:
        return "<not this>"


def twice(text: str, *, between: str = "") -> str:
    return f"{text}{between}{text}"


def shout(text: str) -> Markup:
    return Markup("<b>{}</b>").format(text)


def rendered(environment: Environment, **data: object) -> str:
    environment.globals |= {"t": str, "twice": twice, "shout": lru_cache(shout)}
    return environment.get_template("page").render(data)


def both(templates: dict[str, str], **data: object) -> tuple[str, str]:
    loader = DictLoader(templates)
    ours = Fast({}, autoescape=True, undefined=StrictUndefined, loader=loader)
    theirs = Environment(autoescape=True, undefined=StrictUndefined, loader=loader)
    return rendered(ours, **data), rendered(theirs, **data)


values = st.one_of(
    st.text(),
    st.text().map(Markup),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.builds(Told),
    st.lists(st.text(), max_size=3),
)


@given(values)
def test_whatever_a_page_shows_is_escaped_as_jinja_escapes_it(value: object) -> None:
    ours, theirs = both(
        {"page": "{% macro said(x) %}<i>{{ x }}</i>{% endmacro %}{{ value }} {{ said(value) }} {{ value ~ '<' }}"},
        value=value,
    )
    assert ours == theirs


@given(st.text())
def test_a_function_of_the_theme_gives_the_same_wherever_it_is_called(value: str) -> None:
    ours, theirs = both(
        {
            "layout": "{{ twice(value) }}{% block main %}{% endblock %}",
            "page": """{% extends "layout" %}{% block main %}{% for one in [value, "<"] %}
                {{ twice(one, between="&") }}{{ shout(one) }}{{ twice(*[one]) }}{{ twice(**{"text": one}) }}
                {% set kept = twice(one) %}{{ kept }}{% endfor %}{% endblock %}""",
        },
        value=value,
    )
    assert ours == theirs


def test_an_archive_s_own_macro_may_bear_the_name_of_a_function() -> None:
    ours, theirs = both(
        {
            "own": "{% macro twice(x) %}<s>{{ x }}{{ caller() if caller is defined else '' }}</s>{% endmacro %}",
            "layout": "{% block main %}{% endblock %}",
            "page": """{% extends "layout" %}{% from "own" import twice %}{% block main %}{{ twice("<") }}
                {% call twice("&") %}{{ shout("x") }}{% endcall %}{% endblock %}""",
        }
    )
    assert ours == theirs
    assert "<s>&lt;</s>" in ours


def test_a_macro_takes_its_arguments_in_every_way_that_jinja_knows() -> None:
    ours, theirs = both(
        {
            "own": """{% macro said(x, y="<", z=none) %}<i>{{ x }}{{ y }}{{ z }}{{ varargs }}{{ kwargs }}</i>{% endmacro %}
                {% macro plain(x="&") %}{{ x }}{% endmacro %}""",
            "page": """{% import "own" as m %}{{ m.said("<") }}{{ m.said(z=1, x=2) }}{{ m.said(1, 2, 3, 4, other="'") }}
                {{ m.plain() }}{% autoescape false %}{{ m.plain("<") ~ "<" }}{% endautoescape %}{{ m.plain("<") ~ "<" }}""",
        }
    )
    assert ours == theirs
    assert "<i>&lt;&lt;None()" in ours


@given(st.lists(st.text(), max_size=3))
def test_blocks_inherit_as_in_jinja(values: list[str]) -> None:
    ours, theirs = both(
        {
            "piece": "<i>{{ value or 'none' }}</i>",
            "base": "{% block title %}{{ values|length }}{% endblock %}|{{ self.title() }}|{% block main %}base{% endblock %}",
            "layout": """{% extends "base" %}{% block title %}[{{ super() }}]{% endblock %}
                {% block main %}{{ super() }}{% for value in values %}{% block one scoped %}{{ value }}{% endblock %}{% endfor %}{% endblock %}""",
            "page": """{% extends "layout" %}{% block one %}({{ super() }}{% include "piece" %}
                {% filter upper %}{{ value }}{% endfilter %}{% set kept %}<b>{{ value }}</b>{% endset %}{{ kept }}){% endblock %}""",
        },
        values=values,
    )
    assert ours == theirs


def test_what_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(UndefinedError, match="'nothing' is undefined"):
        both({"page": "{{ nothing }}"})
    with pytest.raises(UndefinedError, match="has no attribute 'nothing'"):
        both({"page": "{{ value.nothing }}"}, value={"some": 1})


def test_a_dictionary_s_key_goes_before_its_methods() -> None:
    assert rendered(Fast({}, loader=DictLoader({"page": "{{ value.items }}"})), value={"items": "held"}) == "held"
