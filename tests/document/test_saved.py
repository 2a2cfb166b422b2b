"""What the tools that save pages put out of sight comes back: shadow roots, shared pictures, framed pages."""

from __future__ import annotations

import base64
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import document
from generator.document import Document
from generator.extract import extract
from generator.model import Article, Capture, Origin
from tests import drawn
from tests.samples import FERRY, Sample

STORY = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY)
PICTURE = f"data:image/png;base64,{base64.b64encode(drawn.png()).decode()}"
HEADLINE = "Night ferry sails again from Friday"


def capture(page: str) -> Capture:
    return Capture(page.encode(), Origin("a.html", "0" * 64))


def read(page: str) -> Document:
    return document.read(capture(page))


def article(page: str) -> Article:
    found = extract(capture(page)).article
    assert found is not None
    return found


@pytest.mark.parametrize(
    "template",
    [
        '<template shadowrootmode="open">%s</template>',
        "<template shadowrootmode=closed>%s</template>",
        '<template shadowroot="open">%s</template>',
        '<template shadowmode="open">%s</template>',
        '<template data-savepage-shadowroot="">%s</template>',
    ],
)
def test_a_shadow_root_is_part_of_the_page(template: str) -> None:
    inside = template % f"<style>p{{color:red}}</style><h1>{HEADLINE}</h1>{STORY}"
    shown = article(
        f"<html><head><title>{HEADLINE}</title></head><body><news-story>{inside}</news-story></body></html>"
    )
    assert shown.headline == HEADLINE
    assert all(paragraph in shown.body for paragraph in FERRY)


def test_what_stands_in_a_host_goes_to_the_slots_of_its_root() -> None:
    page = read(
        '<body><news-story><template shadowrootmode="open"><p>above</p><slot name="lead"><i>none</i></slot><p>between</p><slot></slot>'
        '<p>below</p></template><p>the text</p> loose <p slot="lead">the lead</p></news-story></body>'
    )
    assert [line for line in page.lines if line != "none"] == [
        "above",
        "the lead",
        "between",
        "the text",
        "loose",
        "below",
    ]


def test_roots_in_roots_are_all_unfolded() -> None:
    inner = f'<inner-part><template shadowrootmode="open">{STORY}</template></inner-part>'
    page = read(f'<body><outer-part><template shadowrootmode="open">{inner}</template></outer-part></body>')
    assert page.lines == FERRY


def test_a_template_that_is_no_root_stays_out_of_sight() -> None:
    assert read("<body><template><p>never shown</p></template><p>shown</p></body>").lines == ("shown",)


def test_a_root_that_stands_in_an_attribute_is_part_of_the_page() -> None:
    inner = f'<div data-scrapbook-shadowdom="{escape(STORY)}"></div>'
    page = f'<html data-scrapbook-source="https://x.example/" data-scrapbook-create="1"><body><news-story data-scrapbook-shadowdom="{escape(inner)}"></news-story></body></html>'
    assert read(page).lines == FERRY


@pytest.mark.parametrize("src", ["data:image/svg+xml,<svg xmlns=&quot;x&quot;/>", "data:,", ""])
def test_a_picture_that_singlefile_keeps_in_its_style_sheet_comes_back_to_its_places(src: str) -> None:
    style = f'<style>:root{{--sf-img-1: url("data:image/gif;base64,AAAA");--sf-img-12: /* original URL: https://x.example/a.png */ url("{PICTURE}")}}</style>'
    image = f'<figure><img src="{src}" style="background-blend-mode:normal!important;background-image:var(--sf-img-12)!important"><figcaption>The ferry</figcaption></figure>'
    page = Sample(head=f"<!-- Page saved with SingleFile -->{style}").html.replace("</h1>", f"</h1>{image}")
    extraction = extract(capture(page))
    assert [part.body for part in extraction.media] == [drawn.png()]
    assert extraction.article is not None
    assert [(picture.src, picture.caption) for picture in extraction.article.pictures] == [
        (extraction.media[0].name, "The ferry")
    ]


def test_a_page_shown_in_a_frame_by_something_that_says_nothing_itself_is_the_page() -> None:
    inner = Sample().html
    page = f'<html><head><title>Replay</title><meta property="og:site_name" content="Replayer"></head><body><div>A copy</div><iframe srcdoc="{escape(inner)}"></iframe></body></html>'
    shown = article(page)
    assert shown.headline == HEADLINE
    assert shown.url == Sample().url
    assert shown.publisher == "The Ledger"


def test_a_frame_in_a_page_with_a_story_of_its_own_is_an_advertisement() -> None:
    frame = f'<iframe srcdoc="{escape("<p>Buy the finest nets of the whole coast today, says our shop.</p>" * 20)}"></iframe>'
    assert "nets" not in article(Sample().html.replace("</article>", f"</article>{frame}")).body


def test_hosts_in_hosts_do_not_grow_into_the_depth() -> None:
    root = '<template shadowrootmode="open">' + "<b>" * 60 + "<slot></slot>" + "</b>" * 60 + "</template>"
    page = read("<body>" + f"<x-a>{root}" * 60 + "<p>deepest</p>" + "</x-a>" * 60 + "</body>")
    assert "deepest" in page.lines
    assert max(len(list(element.iterancestors())) for element in page.tree.iter()) < 700


@given(
    st.text(max_size=200),
    st.sampled_from(
        [
            "<template shadowrootmode=open>",
            "<i data-scrapbook-shadowdom='",
            "<iframe srcdoc='",
            "<style>--sf-img-1:url(",
        ]
    ),
)
def test_no_markup_raises(words: str, start: str) -> None:
    read(f"<html data-scrapbook-source=x><body>SingleFile {start}{words}")
    read(f"<body>{start}{escape(words * 9)}'>{words}</template><slot><slot>")
