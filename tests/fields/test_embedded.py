"""A standfirst that only the data of the page's own program call so is one where the page prints it."""

from __future__ import annotations

import json

import pytest

from generator import document, fields
from generator.model import Capture, Origin

HEADLINE = "The night ferry sails again"
SAID = "After eighteen months at the quay the old boat has a new engine, and “Île d'Or” a way home after ten."
TEXT = (
    "<p>Harbour engineers drove forty new piles into the mud over the winter, and the town paid for half of it all.</p>"
    * 3
)


def read(script: str, said: str = SAID) -> str | None:
    page = (
        f"<html><head><meta charset='utf-8'><meta name='description' content='All about the ferry, its timetable, fares and its long story.'></head>"
        f"<body><main><h1>{HEADLINE}</h1><div class='css-1x2y3z'><div>Ada Quill</div></div><div><div class='css-9q8w7e'>{said}</div></div>"
        f"<div>{TEXT}</div></main>{script}</body></html>"
    )
    return fields.settle(fields.claims(document.read(Capture(page.encode(), Origin("a.html", "0"))))).value(
        "standfirst"
    )


def story(name: str, *, ascii_only: bool = False, said: str = SAID) -> str:
    return json.dumps({"props": {"article": {"headline": HEADLINE, name: said, "body": "…"}}}, ensure_ascii=ascii_only)


@pytest.mark.parametrize(
    "script",
    [
        f"<script id='__NEXT_DATA__' type='application/json'>{story('standfirst')}</script>",
        f"<script id='__NEXT_DATA__' type='application/json'>{story('subTitle', ascii_only=True)}</script>",
        f"<script>window.__APOLLO_STATE__={story('dek', said=f'<p>{SAID}</p>')}</script>",
        f"<script>self.__next_f.push([1,{json.dumps(story('sub_headline'))}])</script>",
        f"<script>window.__NUXT__=(function(a){{return {{article:{{vorspann:{json.dumps(SAID, ensure_ascii=False)},id:1}}}}}}(1))</script>",
    ],
)
def test_what_a_program_calls_a_standfirst_and_the_page_prints_is_one(script: str) -> None:
    assert read(script) == SAID


@pytest.mark.parametrize(
    ("script", "printed"),
    [
        (f"<script>{story('standfirst')}</script>", "Ada Quill has seen it off from the quay, with two hundred others, on Friday night."),
        (f"<script>{story('caption')}</script>", SAID),
        (f"<script>{story('standfirst', said=SAID + ' And there is more of it.')}</script>", SAID),
    ],
)  # fmt: skip
def test_what_is_not_printed_or_has_another_name_is_none(script: str, printed: str) -> None:
    assert read(script, printed) == read("", printed)
