"""Where the story plays: the dateline that opens its text, or a place that structured data name.

A place in the furniture around the story is no evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import phrases
from generator.document import Document
from generator.fields import story
from generator.model import SNIPPET, Claim
from generator.text import cut

LENGTH = 60
WORDS = 4  # of a place: a rubric in capitals has more

_CAPITALS = re.compile(
    r"^([A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\- ]{2,30}(?:, [A-Z][\w. ]{1,20})?)\s?(?:\([^()]{2,30}\)\s?)?[–—-]{1,2}\s\S"
)
_WIRE = re.compile(
    r"^(?:新华社|中新社|中新网|人民网|新华网|央视网|中央社)([\u4e00-\u9fff]{2,6}?)\d{1,2}月\d{1,2}日(?:电|電|讯|訊)"
)
_GERMAN = re.compile(
    r"^([A-ZÄÖÜ][\wäöüßé.\-/ ]{2,30})\s\((?:dpa|AFP|afp|epd|KNA|Reuters|AP|SID|APA|sda|dapd)[^()]{0,20}\)\s?[–—-]"
)
_LINES = 400


def claims(document: Document) -> Iterator[Claim]:
    """Statements of the region."""
    about = story.find(document)
    for key, strength in (
        ("contentLocation", 0.76),
        ("locationCreated", 0.7),
        ("dateline", 0.7),
        ("spatialCoverage", 0.6),
    ):
        for value, _ in about.values(key):
            for name in about.names(value):
                if 1 < len(name) <= LENGTH:
                    yield Claim("region", (name,), f"jsonld:{key}", strength, cut(name, SNIPPET))
                    break
    for name, strength in (("geo.placename", 0.5), ("article:location", 0.6), ("dateline", 0.66)):
        for text in document.meta.get(name, ())[:1]:
            if 1 < len(text) <= LENGTH:
                yield Claim("region", (text,), f"meta:{name}", strength, cut(text, SNIPPET))
    for one in document.lines[:_LINES]:
        for pattern, basis in ((_WIRE, "zh:dateline"), (_GERMAN, "de:dateline"), (_CAPITALS, "en:dateline")):
            found = pattern.match(one) if len(one) > 60 else None
            if found and not _genres().search(found[1]):
                if len(found[1].split()) > WORDS:
                    return
                yield Claim("region", (_as_a_name(found[1]),), basis, 0.62, cut(one, SNIPPET))
                return


@cache
def _genres() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(one.text) for one in phrases.phrases('genre'))})\b", re.IGNORECASE)


def _as_a_name(dateline: str) -> str:
    """`OLD HARBOUR, Maine` as a name is written; the snippet keeps what was printed."""
    place, comma, state = dateline.strip().partition(",")
    return (place.title().replace("’S", "’s").replace("'S", "'s") if place.isupper() else place) + comma + state
