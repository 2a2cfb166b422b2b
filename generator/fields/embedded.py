"""The standfirst that only the data of the page's own program call so, where the page prints it below the headline.

The printed line is looked for in the scripts, with the name that it has there: nothing is parsed, and what is not printed is
never taken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from generator.document import Document
from generator.text import fold, line

BELOW = 6  # lines below the headline
SHORTEST, LONGEST = 40, 600  # characters
BEGINNING = 24
MOST_LINES, SCRIPTS, SCRIPT_LENGTH = 4_000, 80, 4_000_000

_NAMES = frozenset(
    "standfirst dek deck subtitle subheadline subhead subheading strapline subline vorspann chapo bajada sottotitolo occhiello ingress "  # noqa: SIM905
    "preamble secondaryheadline articledek articlesubtitle".split()
)
_NAME = re.compile(r"\\{0,3}[\"']?([A-Za-z_-]{3,30})\\{0,3}[\"']?\s{0,3}:\s{0,3}\\{0,3}[\"'](?:<p[^<>\"']{0,60}>)?$")
_ESCAPES = re.compile(r"\\{1,3}[\"'](?=\s{0,3}[,}\]])|[\"'](?=\s{0,3}[,}\]])")
_TAG = re.compile(r"<[^<>]{1,200}>")


def standfirst(document: Document, headline: str | None) -> str:
    """The line below the headline that a script holds under the name of a standfirst; empty where none does."""
    below = tuple(_below(document, headline))
    for script in _scripts(document) if below else ():
        for printed in below:
            if _is_named(script, printed):
                return printed
    return ""


def _below(document: Document, headline: str | None) -> Iterator[str]:
    title = fold(headline or "")
    near = range(len(title) - 2, len(title) + 3)
    places = (place for place, one in enumerate(document.lines[:MOST_LINES]) if len(one) in near and fold(one) == title)
    for place in islice(places, 1 if title else 0):
        for one in document.lines[place + 1 : place + 1 + BELOW]:
            if len(one) * (2 if one[:1] > "\u2e7f" else 1) >= SHORTEST and len(one) <= LONGEST:
                yield one


def _scripts(document: Document) -> Iterator[str]:
    for one in islice(document.tree.iter("script"), SCRIPTS):
        if one.text and len(one.text) > SHORTEST and "ld+json" not in (one.get("type") or ""):
            yield one.text[:SCRIPT_LENGTH]


def _is_named(script: str, printed: str) -> bool:
    beginning = printed[:BEGINNING]
    for sought in (
        (beginning,) if beginning.isascii() and '"' not in beginning else (beginning, json.dumps(beginning)[1:-1])
    ):
        at = script.find(sought)
        for _ in range(BELOW):
            if at < 0:
                break
            named = _NAME.search(script, max(0, at - 2 * SHORTEST), at)
            if named and re.sub(r"[_-]", "", named[1]).lower() in _NAMES and _says(script, at, printed):
                return True
            at = script.find(sought, at + 1)
    return False


def _says(script: str, at: int, printed: str) -> bool:
    """Whether the text that begins at a place says what is printed, and no more."""
    end = _ESCAPES.search(script, at)
    said = script[at : end.start()] if end else ""
    for _ in range(2):
        if fold(line(_TAG.sub("", said))) == fold(printed):
            return True
        try:
            said = str(json.loads(f'"{said}"'))
        except ValueError:
            return False
    return fold(line(_TAG.sub("", said))) == fold(printed)
