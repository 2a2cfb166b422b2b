"""Markup that was never closed: browsers show the whole story, and so do we."""

import pytest

from generator import body, document
from generator.model import Capture, Origin

STORY = "The night ferry sails again from Friday, eighteen months after the storm that tore the landing stage away."


@pytest.mark.parametrize(
    "opened",
    [
        *("<form>", "<svg>", "<table>", "<embed src='x'>", "<select>", "<frameset>"),
        *("</body></html>", "</html> <head>", "<figure><figcaption><div>"),
    ],
)
def test_an_element_that_was_never_closed_does_not_swallow_the_story(opened: str) -> None:
    ends = ("Second.", "Third.", "Last.")
    paragraphs = "".join(f"<p>{end} {STORY}</p>" for end in ends)
    page = f"<!doctype html><title>Ferry</title><article><h1>Ferry</h1><p>{STORY}</p>{opened}{paragraphs}</article>"
    found = body.read(document.read(Capture(page.encode(), Origin("x.html", "0"))), "Ferry").text
    assert [end for end in ends if end in found] == list(ends)
