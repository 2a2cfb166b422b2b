"""Markup that was never closed: browsers show the whole story, and so do we."""

import pytest

from generator import body, document
from generator.model import Capture, Origin

STORY = "The night ferry sails again from Friday, eighteen months after the storm that tore the landing stage away."


@pytest.mark.parametrize(
    "opened",
    [
        *("<form>", "<svg>", "<table>", "<embed src='x'>", "<select>", "<frameset>"),
        *(
            "</body></html>",
            "</html> <head>",
            "<figure><figcaption><div>",
            "<body/>",
            "<html/>",
            "</article>",
            "</main>",
        ),
        *(
            "<rp>",
            "<ruby><rt>",
            "<rtc>",
            "<optgroup>",
            "<select><option><style></option></select></style>",
            "<datalist>",
        ),
        *(
            "<xmp>",
            "<plaintext>",
            "<applet>",
            "<map>",
            "<marquee>",
            "<source src='x'>",
            "<video><track src='x'></video>",
        ),
        *(
            "<video>",
            "<audio>",
            "<canvas>",
            "<h2>",
            "<h1><b>",
            "<iframe src='x'>",
            "<noscript>",
            "<noembed>",
            "<xmp>'",
            "<textarea>",
        ),
        *("<label>", "<fieldset><legend>", "<progress>", "<meter>", "<output>", "<menu><menuitem>"),
        *("<aside class='promo'>", "<nav hidden>", "<footer>", "<dialog>", "<aside>Read on</aside><aside>", "<ASIDE>"),
    ],
)
def test_an_element_that_was_never_closed_does_not_swallow_the_story(opened: str) -> None:
    ends = ("Second.", "Third.", "Last.")
    paragraphs = "".join(f"<p>{end} {STORY}</p>" for end in ends)
    page = f"<!doctype html><title>Ferry</title><article><h1>Ferry</h1><p>{STORY}</p>{opened}{paragraphs}</article>"
    found = body.read(document.read(Capture(page.encode(), Origin("x.html", "0"))), "Ferry").text
    assert [end for end in ends if end in found] == list(ends)


@pytest.mark.parametrize("named", ['itemprop="articleBody"', 'class="story-body wide"', 'class="entry-content"'])
@pytest.mark.parametrize("inside", [0, 3])
def test_an_end_tag_too_many_does_not_end_the_story(named: str, inside: int) -> None:
    ends = ("Second.", "Third.", "Last.")
    first = "".join(f"<p>{STORY} {number}</p>" for number in range(inside))
    rest = "".join(f"<p>{end} {STORY}</p>" for end in ends)
    page = (
        f"<!doctype html><title>Ferry</title><article><h1>Ferry</h1><div {named}>{first}<blockquote>//]]></div></blockquote>"
        f"{rest}</div></article>"
    )
    found = body.read(document.read(Capture(page.encode(), Origin("x.html", "0"))), "Ferry").text
    assert [end for end in ends if end in found] == list(ends)
    assert found.count(STORY) == inside + 3


@pytest.mark.parametrize("beside", ["aside", "footer", "nav"])
def test_an_element_that_was_closed_stays_beside_the_story(beside: str) -> None:
    script = f"<script>var box = '<{beside}>' + text;</script>"
    foreign = f"<{beside}><p>Subscribe to our letter, which comes every Friday evening with all the news of the harbour.</p></{beside}>"
    page = f"<!doctype html><title>Ferry</title>{script}<article><h1>Ferry</h1><p>{STORY}</p>{foreign}<p>Last. {STORY}</p></article>"
    found = body.read(document.read(Capture(page.encode(), Origin("x.html", "0"))), "Ferry").text
    assert "Last." in found
    assert "Subscribe" not in found
