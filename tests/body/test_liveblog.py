"""Live blogs: each entry begins with its time, as the page prints it or, where that is "just now", as it states it."""

from __future__ import annotations

import pytest

from tests.body.test_body import LOREM, page, read


def entries(markup: str) -> str:
    return "".join(markup.format(clock=f"1{number}:0{number}", words=words) for number, words in enumerate(LOREM))


@pytest.mark.parametrize(
    "entry",
    [
        "<div class='live-event-entry'><div class='info'><time>{clock}</time><mark>Jane Roe</mark></div><div><p>{words}</p></div></div>",
        "<li class='liveblog__post'><time datetime='2031-03-18T{clock}:12+01:00'>vor 3 Stunden</time><div><p>{words}</p></div></li>",
        "<div class='ticker'><time><i>4 hours ago</i><b>{clock}</b></time><div><p>{words}</p></div></div>",
        "<section itemtype='https://schema.org/BlogPosting'><header><time>{clock}</time></header><p>{words}</p></section>",
    ],
)
def test_each_entry_begins_with_its_time(entry: str) -> None:
    found = read(page(f"<h1>Causeway closed</h1>{entries(entry)}"))
    assert [one for one in found.text.split("\n") if one[:1] == "1"] == [
        f"1{number}:0{number} {words}" for number, words in enumerate(LOREM)
    ]


def test_other_times_are_left_alone() -> None:
    plain = "<div class='entry'><time>{clock}</time><p>{words}</p></div>"
    assert "11:01" not in read(page(f"<h1>Causeway closed</h1>{entries(plain)}")).text
    few = "<div class='liveblog'><time>11:01</time><p>" + "</p><p>".join(LOREM) + "</p></div>"
    assert "11:01" not in read(page(f"<h1>Causeway closed</h1>{few}")).text
