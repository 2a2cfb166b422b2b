"""The standfirst as the page prints it; never a caption, a notice, a box of news that bears the same name."""

from __future__ import annotations

import pytest

from generator import document, fields
from generator.model import Capture, Origin

SAID = "The late boat comes back eighteen months after the storm. Shop owners on the quay had asked for it."


def standfirst(below: str) -> str | None:
    page = (
        f'<html><head><meta property="og:description" content="{SAID}"></head><body><article><h1>Night ferry sails again</h1>'
        f"{below}<p>Harbour engineers drove forty new piles into the mud over the winter.</p></article></body></html>"
    )
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))).value(
        "standfirst"
    )


def test_a_place_before_the_description_belongs_to_it() -> None:
    assert standfirst(f"<p>Gannet Point. {SAID}</p>") == f"Gannet Point. {SAID}"
    assert standfirst(f"<div><span><p>Gannet Point: {SAID}</p></span></div>") == f"Gannet Point: {SAID}"
    assert standfirst(f"<p>{{style}} {SAID}</p>") == SAID


@pytest.mark.parametrize(
    "other",
    [
        "<div class='lead-text'>The new landing stage by night, seen from the old quay. © Ledger / Jane Roe</div>",
        "<figure><div class='lead-text'>The new landing stage by night, seen from the old quay</div></figure>",
        "<div class='lead-text'>Subscribe to the Ledger today and get the first month for one crown only</div>",
        "<div class='lead-text'>6:52 Bridge closed for repairs 6:24 Market moves indoors 6:18 Library open</div>",
        f"<div class='lead-text'>Harbour Night ferry sails again {SAID} 18 March</div>",
    ],
)
def test_another_text_that_is_called_so_is_none(other: str) -> None:
    assert standfirst(other) == SAID
