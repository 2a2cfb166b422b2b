"""What a page prints between its headline and its text: the standfirst, known by its place and by being set unlike the paragraphs.

Looks at few elements behind the headline. Never takes a byline, a caption, a button, or the story's own first paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.fields import elements
from generator.text import fold

SHORTEST, LONGEST = 40, 700  # characters; half of them in scripts without spaces
LOOKED_AT = 400  # elements behind the headline
BLOCKS = 24  # texts behind the headline, short ones too
UP = 7  # steps towards the root
NEXT = 3  # texts behind it that it is compared with
ITEMS = 6  # of a list that sums a story up

_NO_TEXT = frozenset(
    "figure figcaption nav aside form button script style noscript template svg iframe video audio footer time address table input "  # noqa: SIM905
    "select label img picture object canvas".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data dfn em font i img kbd mark q ruby rt rp s samp small span strong sub sup time u wbr".split()  # noqa: SIM905
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5"})
_OTHER = re.compile(
    r"author|byline|autor|caption|credit|copyright|share|sharing|social|breadcrumb|newsletter|advert|player|gallery|comment|related|recommend|subscri|paywall|"
    r"disclaimer|(?<![a-z])(?:date|time|meta|tags?|video|photo|foto|image|img|bild|source|kicker|overline|ads?|promo|login|toolbar|notice|info|read-?time)(?![a-z])",
    re.IGNORECASE,
)
_FIRST = re.compile(r"drop-?cap|first-?(?:p\b|para|letter)|initial", re.IGNORECASE)
_DECK = re.compile(r"(?<![a-z])(?:deck|dek|standfirst|sub-?head(?:line|ing)?|sub-?title)(?![a-z])", re.IGNORECASE)
_NAMED = re.compile(
    rf"{_DECK.pattern}|(?<![a-z])(?:excerpt|intro|lead|teaser|summary|vorspann|chapo|abstract)(?![a-z])", re.IGNORECASE
)
_LISTED = re.compile(r"bullet|summary|key-?(?:point|fact)|takeaway|abstract|zusammenfassung|highlights", re.IGNORECASE)
_STAMPED = re.compile(r"\b\d{1,2}[:.h]\d\d\b|\b(?:19|20)\d\d\b")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Block:
    """A text behind the headline, and how it is set."""

    element: Any
    text: str
    setting: tuple[str, ...]

    @property
    def marks(self) -> str:
        """The classes and the id of the element and of the one around it."""
        around = self.element.getparent()
        return " ".join(_marks(one) for one in (self.element, around) if one is not None)

    @property
    def is_named(self) -> bool:
        """Whether it is called a standfirst."""
        return _DECK.search(self.marks) is not None


def standfirst(head: Any, headline: str) -> Block | None:
    """The text right below the headline that is set unlike those behind it; None where there is none."""
    found = [one for one in islice(_blocks(head), BLOCKS) if _says(one, headline)]
    if found and _in_heading(found[0].element) and elements.in_trail(head):
        found = found[1:]  # the headline as it is printed, in other words than in the breadcrumb
    first, second = found[:1], found[1:2]
    if second and first[0].element.tag in _HEADINGS and not first[0].is_named and elements.kin(first[0].text, headline):
        found = found[1:] if _stands_apart(second[0], found[2 : 2 + NEXT]) else found  # the headline in other words
    elif second and _DECK.search(second[0].marks) and not _DECK.search(first[0].marks):
        found = found[1:] if _stands_apart(second[0], found[2 : 2 + NEXT]) else found
    if not found or not _stands_apart(found[0], found[1 : 1 + NEXT]):
        return None
    return found[0]


def texts(head: Any) -> Iterator[str]:
    """What the page prints behind the headline's next text: the story, for comparing."""
    return (one.text for one in islice(_blocks(head), 1, BLOCKS))


def _in_heading(element: Any) -> bool:
    around = element.getparent()
    return element.tag in _HEADINGS or (around is not None and around.tag in _HEADINGS)


def _stands_apart(one: Block, behind: Sequence[Block]) -> bool:
    if _FIRST.search(one.marks) or not (behind or _NAMED.search(one.marks)):
        return False
    return all(one.setting != other.setting for other in behind)


def _says(one: Block, headline: str) -> bool:
    """Whether a text is long enough and no line of names, times or links."""
    length = len(one.text) * (2 if _DENSE.match(one.text) else 1)
    if not SHORTEST <= length <= 2 * LONGEST or fold(one.text) in fold(headline):
        return False
    linked = sum(len(elements.text(link)) for link in islice(one.element.iter("a"), BLOCKS))
    return linked < 0.6 * len(one.text) and not (length < 3 * SHORTEST and _STAMPED.search(one.text))


def _blocks(head: Any) -> Iterator[Block]:
    looked = iter(range(LOOKED_AT))
    box = head
    for _ in range(UP):
        if box is None or box.tag in ("body", "main", "html"):
            return
        for sibling in box.itersiblings():
            yield from _within(sibling, looked)
        box = box.getparent()


def _within(element: Any, looked: Iterator[int]) -> Iterator[Block]:
    if element.tag == "h1":  # the next story, or this one once more for printing
        sum(1 for _ in looked)
    if (
        next(looked, None) is None
        or not isinstance(element.tag, str)
        or element.tag in _NO_TEXT
        or _OTHER.search(_marks(element))
    ):
        return
    summed = _summed(element)
    if summed or all(child.tag in _INLINE for child in element):
        text = summed or elements.text(element)
        if text:
            yield Block(element, text, _setting(element, text))
        return
    for child in element:
        yield from _within(child, looked)


def _summed(element: Any) -> str:
    """The items of a short list that sums the story up, as one text."""
    if not (element.tag == "ul" or _LISTED.search(_marks(element))) or not 1 < len(element) <= ITEMS:
        return ""
    items = [elements.text(one) for one in element if one.tag in ("li", "p")]
    return " ".join(items) if len(items) == len(element) and all(len(one) >= SHORTEST // 2 for one in items) else ""


def _setting(element: Any, text: str) -> tuple[str, ...]:
    around = element.getparent()
    bold = "".join(elements.text(one) for one in element.iterchildren("b", "strong", "em", "i"))
    return (
        element.tag if isinstance(element.tag, str) else "",
        _marks(element),
        "" if around is None else f"{around.tag} {_marks(around)}",
        "bold" if len(bold) > 0.9 * len(text) else "",
    )


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
