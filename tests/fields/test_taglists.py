"""Topics that a page prints as links: known by `rel`, class, address or label; never a link within a sentence."""

from __future__ import annotations

import pytest

from generator import document
from generator.fields import elements, taglists
from generator.model import Capture, Origin

LINKS = '<a href="/thema/hafen">Hafen</a> <a href="/thema/faehre">Fähre</a>'
STORY = "<p>The ferry sails again from Friday, the council said, and the last boat leaves at eleven.</p>" * 3


def found(foot: str) -> dict[str, list[str]]:
    page = f"<html><body><nav><a href='/thema/alles'>Alles</a></nav><article><h1>Night ferry</h1>{STORY}{foot}</article></body></html>"
    read = document.read(Capture(page.encode(), Origin("a.html", "0")))
    return {basis: names for names, basis, _ in taglists.lists(read, elements.heading(read, "Night ferry")) if names}


@pytest.mark.parametrize(
    ("foot", "basis"),
    [
        (f"<div>{LINKS}</div>", "html:topics"),
        (f"<ul>{''.join(f'<li>{one}</li>' for one in LINKS.split('</a> '))}</ul>", "html:topics"),
        (LINKS.replace("/thema/", "/").replace("<a ", '<a rel="tag" '), "html:rel=tag"),
        (f"<nav><ul>{LINKS.replace('<a ', '<a rel=tag ')}</ul></nav>", "html:rel=tag"),
        (f'<div class="article-tags">{LINKS.replace("/thema/", "/")}</div>', "html:tags"),
        (f"<p>{LINKS}</p>", "html:topics"),
        (f"<section><h4>Themen:</h4><ul>{LINKS.replace('/thema/', '/')}</ul></section>", "html:labelled"),
        (
            f"<div><div><span>Mehr lesen über</span></div><ul>{LINKS.replace('/thema/', '/')}</ul></div>",
            "html:labelled",
        ),
    ],
)
def test_a_list_of_topics_is_known_by_its_marks(foot: str, basis: str) -> None:
    assert found(foot)[basis] == ["Hafen", "Fähre"]


@pytest.mark.parametrize(
    "foot",
    [
        f"<p>Words about {LINKS} in a sentence.</p>",
        f'<div class="related">{LINKS}</div>',
        "<section><h4>Themen:</h4><ul><li><a href='/1'>"
        + "A headline of another story that is long " * 3
        + "</a></li></ul></section>",
        "<div class='tags'><a href='/impressum'>Impressum</a> <a href='/kontakt'>Kontakt</a></div>",
    ],
)
def test_links_of_other_kinds_are_no_topics(foot: str) -> None:
    assert found(foot) == {}


def test_links_that_begin_with_a_hash_are_topics() -> None:
    hashes = LINKS.replace("/thema/", "/").replace(">Hafen", ">#Hafen").replace(">Fähre", ">#Fähre")
    assert found(f"<ul>{hashes}</ul>") == {"html:hashtags": ["#Hafen", "#Fähre"]}


def test_of_two_lists_the_one_that_holds_the_other_is_taken() -> None:
    more = f"{LINKS} <a href='/thema/sturm'>Sturm</a>"
    assert found(f"<div>{LINKS}</div>{STORY}<div>{more}</div>")["html:topics"] == ["Hafen", "Fähre", "Sturm"]
