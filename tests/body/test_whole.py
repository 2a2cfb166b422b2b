"""Pages that are the story alone: every word of them becomes the body, in order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as markup

from generator.body import markdown, whole
from generator.body.blocks import plain
from generator.extract import extract
from generator.model import Capture, Origin


def read(body: str, headline: str | None = None) -> str:
    return markdown.write(
        whole.blocks(markup.document_fromstring(f"<html><body>{body}</body></html>"), None, headline)[0]
    )


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("<p>One</p>two<p>three</p>", "One\n\ntwo\n\nthree"),
        ("<div><span>a</span> <b>b</b><p>c</p> d</div>", "a **b**\n\nc\n\nd"),
        ("<h1>a</h1><h4>b <b>c</b></h4>", "## a\n\n#### b c"),
        ("<ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>", "- a\n\n- b\n\n    1. c"),
        ("<ul><ul><li>a</li></ul>tail</ul>", "- - a\n\n    tail"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<table><caption>t</caption><tr><th>a</th><th>b</th></tr><tr><td><p>1</p><p>2</p></td><td>3<br>4</td></tr></table>", "t\n\n| a | b |\n| --- | --- |\n| 1 2 | 3 4 |"),
        ("<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td><td>e</td></tr></table>", "| a | b |\n| --- | --- |\n| c | d |\n\ne"),
        ("<p>a<br>b</p>", "a  \nb"),
        ("<pre>x = 1\n  y</pre>", "    x = 1\n      y"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"),
        ("<p>a <em>b <strong>c</strong></em> <code>d</code> <a href='https://a.example/'>e</a></p>", "a *b* ***c*** `d` [e](https://a.example/)"),
        ("<p>a</p><script>x</script><style>y</style><iframe>z</iframe><p hidden>h</p><p style='display: none'>i</p>", "a"),
        ("<nav>Menu</nav><footer>Follow us</footer><aside>Related</aside>", "Menu\n\nFollow us\n\nRelated"),
        ("<figure><img src='https://a.example/b.jpg'><figcaption>C</figcaption></figure><p>d</p>", "![C](https://a.example/b.jpg)\n\nd"),
        ("<figure><figcaption>C</figcaption><p>d</p></figure>", "![C]()\n\nd"),
        ("<p>a <img src='https://a.example/b.jpg'> b</p>", "a\n\n![](https://a.example/b.jpg)\n\nb"),
        ("<a href='javascript:x()'>a</a>", "a"),
    ],
)  # fmt: skip
def test_every_element_has_its_block(body, written):
    assert read(body) == written


def test_the_headline_is_not_said_twice():
    assert read("<h1>A bridge  Reopens</h1><p>Text</p>", "a bridge reopens") == "Text"
    assert read("<p>By Jane Roe</p><h2>A bridge reopens</h2><p>Text</p>", "A bridge reopens") == "By Jane Roe\n\nText"
    assert read("<p>Text</p><p>A bridge reopens</p>", "A bridge reopens") == "Text\n\nA bridge reopens"


TAGS = "p div ul ol li blockquote table tr td th h2 a b em span section figure figcaption dl dd pre center font"
TREES = st.recursive(
    st.sampled_from(["word", " ", "more words", "<br>", "<img src='https://a.example/x.jpg'>"]),
    lambda inner: st.tuples(
        st.sampled_from(TAGS.split()),
        st.lists(inner, max_size=4),
    ).map(lambda one: f"<{one[0]}>{''.join(one[1])}</{one[0]}>"),
    max_leaves=20,
)


@given(st.lists(TREES, max_size=5))
@settings(max_examples=150, deadline=None)
def test_no_letter_is_lost_and_none_is_said_twice(pieces):
    tree = markup.document_fromstring(f"<html><body><p>start</p>{''.join(pieces)}</body></html>")
    found, _ = whole.blocks(tree, None, None)
    captions = " ".join(block.picture.caption or "" for block in found if block.picture)
    letters = re.sub(r"\W+", "", "".join(map(str, tree.itertext())))
    told = re.sub(r"\W+", "", plain(found) + captions)
    if "figcaption" not in "".join(pieces):  # a caption is said of each picture in its figure
        assert sorted(told) == sorted(letters)
    assert set(told) <= set(letters)


def test_a_page_nested_without_end_gives_its_words():
    deep = "<div><blockquote>" * 90 + "words" + "</blockquote></div>" * 90
    page = Capture(f"<html><body><p>start</p>{deep}</body></html>".encode(), Origin("a", "0"), whole=True)
    read = extract(page)
    assert read.article is not None
    assert "words" in read.article.body


def test_two_breaks_in_a_row_part_paragraphs_and_one_does_not() -> None:
    assert read("One line.<br>Its second.<br> <br>Another.<br><br><br>The last.<br><br>") == (
        "One line.  \nIts second.\n\nAnother.\n\nThe last."
    )
