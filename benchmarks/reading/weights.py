"""What a page weighs: its HTML beyond the text that it is there for, and what travels for a first view."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterable

from lxml import html

from benchmarks.reading.gauge import Found, Place

MOST_BEYOND = 14 * 1024  # bytes of an article's HTML beyond its own text: beyond the words that stand in its <article>
MOST_TRAVELLING = 30 * 1024  # bytes of HTML, CSS and JavaScript, compressed
MOST_SCRIPT = 15 * 1024  # bytes of JavaScript, compressed
_OWN = "//main//article[contains(concat(' ', @class, ' '), ' article ')]"


def measure(places: Iterable[Place], found: Found) -> None:
    """Every page by its bytes in the site."""
    for place in places:
        source = place.file.read_bytes()
        tree = html.fromstring(source)
        script = _travelling(place, tree.xpath("//script/@src"))
        travelling = len(gzip.compress(source, 6)) + script
        travelling += _travelling(place, tree.xpath("//link[@rel='stylesheet']/@href"))
        found.tell(place, "first view", travelling)
        if travelling > MOST_TRAVELLING:
            found.miss("weight", place, f"{travelling} bytes travel for a first view")
        if script > MOST_SCRIPT:
            found.miss("weight", place, f"{script} bytes of JavaScript travel")
        if place.kind.startswith("article"):
            beyond = len(source) - sum(_text(element) for element in tree.xpath(_OWN))
            found.tell(place, "beyond text", beyond)
            if beyond > MOST_BEYOND:
                found.miss("weight", place, f"{beyond} bytes of HTML beyond its own text")


def _text(element: html.HtmlElement) -> int:
    return len(re.sub(r"\s+", " ", element.text_content()).encode())


def _travelling(place: Place, addresses: Iterable[str]) -> int:
    files = (place.site / posixpath.normpath(posixpath.join(posixpath.dirname(place.path), one)) for one in addresses)
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
