"""The text of pages whose programs would have shown it: in the state that the page carries for them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import body, document
from generator.body import Body, scripted, states
from generator.model import Capture, Origin
from tests.samples import FERRY

HTML = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY)
STORY = {
    "headline": "Night ferry sails again from Friday",
    "url": "/night-ferry",
    "description": "The night ferry is back on Friday. That is what the board of the harbour says.",
    "author": {"name": "Jane Roe", "bio": "Jane Roe has written about harbours for many years. She lives on the old quay."},
    "related": [{"headline": "Storm", "url": "/storm", "body": "<p>The storm of last autumn broke forty piles. It was the worst in years.</p>" * 9}],
}  # fmt: skip
JSON_SCRIPT = '<script id="__NEXT_DATA__" type="application/json">%s</script>'


def read(scripts: str, shown: str = "<p>Loading</p>") -> Body:
    page = f'<!doctype html><html lang="en"><head><title>Night ferry</title></head><body><div id="app">{shown}</div>{scripts}</body></html>'
    return body.read(
        document.read(Capture(page.encode(), Origin("a.html", "0" * 64))), "Night ferry sails again from Friday"
    )


def state(**more: object) -> str:
    return json.dumps({"props": {"pageProps": {"locale": "en", "story": {**STORY, **more}}}})


def rich(block: str, run: str, text: str, key: str) -> list[object]:
    """Paragraphs in runs, the middle one a link, as editors of rich text write them down."""
    return [
        {block: "paragraph", key: [{run: "text", text: one[:30]}, {run: "hyperlink", "data": {"uri": "https://x.example/"}, key: [{run: "text", text: one[30:50]}]}, {run: "text", text: one[50:]}]}
        for one in FERRY
    ]  # fmt: skip


def flight(rows: str) -> str:
    """What Next.js sends, in two pieces that part a word."""
    pieces = (rows[: len(rows) // 2], rows[len(rows) // 2 :])
    return "".join(f"<script>self.__next_f.push([1,{json.dumps(piece)}])</script>" for piece in pieces)


def element(tag: str, children: object) -> list[object]:
    return ["$", tag, None, {"className": "x", "children": children}]


SHAPES = {
    "markup": JSON_SCRIPT % state(body=HTML),
    "list of texts": JSON_SCRIPT % state(paragraphs=list(FERRY)),
    "text with breaks": JSON_SCRIPT % state(text="\n\n".join(FERRY)),
    "blocks": JSON_SCRIPT % state(blocks=[{"type": "paragraph", "text": one} for one in FERRY]),
    "blocks that repeat themselves in runs": JSON_SCRIPT
    % state(blocks=[{"type": "paragraph", "model": {"text": one, "blocks": [{"type": "fragment", "model": {"text": one[:20]}}, {"type": "fragment", "model": {"text": one[20:]}}]}} for one in FERRY]),
    "rich text": JSON_SCRIPT % state(body={"nodeType": "document", "content": rich("nodeType", "nodeType", "value", "content")}),
    "other rich text": JSON_SCRIPT % state(body={"type": "doc", "content": rich("type", "type", "text", "content")}),
    "spans": JSON_SCRIPT % state(content=[{"_type": "block", "children": [{"_type": "span", "text": one[:50]}, {"_type": "span", "text": one[50:]}]} for one in FERRY]),
    "set on the window": f"<script>window.__INITIAL_STATE__ = {state(body=HTML)};(function(){{run()}})()</script>",
    "a store by keys": "<script>window.__APOLLO_STATE__=" + json.dumps({"Story:1": {**STORY, "content": [{"p": one} for one in FERRY]}, "Story:2": {"headline": "Other", "url": "/b", "content": [{"p": FERRY[0][:70] + "."}]}}) + "</script>",
    "a global of many": '<script>window.Fusion=window.Fusion||{};Fusion.arcSite="x";Fusion.globalContent=' + json.dumps({"_id": "7", "headlines": {"basic": "Night"}, "canonical_url": "/a", "content_elements": [{"_id": "1", "type": "text", "content": one} for one in FERRY]}) + ";Fusion.tree={}</script>",
    "parsed from a string": f"<script>window.S=JSON.parse({json.dumps(state(paragraphs=list(FERRY)))})</script>",
    "parsed from a string in single quotes": "<script>window.S=JSON.parse('" + state(paragraphs=list(FERRY)).replace("\\", "\\\\").replace("'", "\\'") + "')</script>",
    "with undefined in it": '<script>window.S={"user":undefined,"s":' + state(paragraphs=list(FERRY)) + "}</script>",
    "a function's argument": f"<script>window.__NUXT__=(function(a,b){{return {{data:[{{story:{{headline:a,body:{json.dumps(HTML)}}}}}]}}}}('x','y'))</script>",
    "numbered": JSON_SCRIPT % json.dumps([["Reactive", 1], {"data": 2}, {"story": 3}, {"headline": 4, "body": 5}, "Night ferry", HTML]),
    "hidden quotes": JSON_SCRIPT % state(paragraphs=list(FERRY)).replace("&", "&a;").replace('"', "&q;"),
    "elements in pieces": flight("1:" + json.dumps(element("div", [element("p", [one[:20], element("a", one[20:40]), one[40:]]) for one in FERRY])) + "\n"),
    "a text of its own in pieces": flight('2:["$","div",null,{"dangerouslySetInnerHTML":{"__html":"$3"}}]\n' + f'3:T{len(HTML.encode()):x},{HTML}4:["x"]\n'),
}  # fmt: skip


@pytest.mark.parametrize("scripts", SHAPES.values(), ids=SHAPES)
def test_the_story_in_a_pages_state_is_its_text_and_nothing_else(scripts: str) -> None:
    assert read(scripts).text.split("\n") == list(FERRY)


def test_subheads_and_items_keep_their_kind() -> None:
    blocks = [
        {"type": "paragraph", "text": FERRY[0]},
        {"type": "heading", "text": "The new piles"},
        {"type": "paragraph", "text": FERRY[1]},
    ]
    assert "## The new piles" in read(JSON_SCRIPT % state(blocks=[*blocks, *blocks[:1]])).markdown


def test_the_longest_of_several_stories_is_the_pages() -> None:
    other = {"headline": "Other", "url": "/b", "paragraphs": [f"{one} So it was told elsewhere." for one in FERRY[:3]]}
    stories = [{"headline": "Night ferry", "url": "/a", "paragraphs": list(FERRY)}, other]
    assert read(JSON_SCRIPT % json.dumps({"stories": stories})).text.split("\n") == list(FERRY)


def test_a_beginning_that_the_page_shows_is_completed_by_what_its_script_holds() -> None:
    assert read(JSON_SCRIPT % state(body=HTML), f"<article><p>{FERRY[0]}</p><p>{FERRY[1]}</p></article>").text.split(
        "\n"
    ) == list(FERRY)


def test_another_story_in_a_script_does_not_displace_the_one_that_the_page_shows() -> None:
    other = "".join(
        f"<p>{one} So it was told of another quay, far up the river, by people who had never seen the sea.</p>"
        for one in FERRY[2:] * 3
    )
    shown = f"<article><p>{FERRY[0]}</p><p>{FERRY[1]}</p></article>"
    assert read(JSON_SCRIPT % state(body=other), shown).text.split("\n") == list(FERRY[:2])


@pytest.mark.parametrize(
    "script",
    [
        "var settings = "
        + json.dumps({f"message{number}": "Please accept our cookies. They are good for you." for number in range(40)}),
        "window.i18n="
        + json.dumps(
            {"labels": [f"Sentence number {number} is shown nowhere at all. Not even here." for number in range(40)]}
        ),
        '!function(e){for(var t={"a":1},n=0;n<e.length;n++){t[e[n]]={}}}([1,2,3]);' * 200,
    ],
)
def test_what_a_program_says_to_its_readers_is_no_story(script: str) -> None:
    assert read(f"<script>{script}</script>").text in ("", "Loading")


@pytest.mark.parametrize(
    "script",
    [
        "a=" + "[" * 100_000,
        'a={"a":' * 50_000,
        '"' + "\\u003cp" * 90_000,
        'x={"' * 60_000,
        "JSON.parse('" * 40_000,
        'self.__next_f.push([1,"1:T' * 20_000,
        "=" * 500_000,
    ],
)
def test_a_script_made_to_be_slow_is_read(script: str) -> None:
    read(f"<script>{script}</script>")


@settings(max_examples=60)
@given(st.recursive(st.text(max_size=80) | st.none() | st.integers(), lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["type", "text", "body", "children", "$", "title", "url"]), inner, max_size=4)))  # fmt: skip
def test_no_shape_of_state_raises(value: object) -> None:
    states.markup(value)
    states.markup([value, "$", FERRY[0], ["$", "p", None, {"children": value}]])
    page = document.read(Capture(f"<script>a={json.dumps(value)}</script>".encode(), Origin("a.html", "0" * 64)))
    scripted.tree(page.tree)
