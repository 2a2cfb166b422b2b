"""A picture's caption as markup, whom it credits as an element of its own. Pure; what it gives is escaped.

Captions keep their words as they were printed, so that the credit mostly stands at their end: `(Photo: Ann Lee)`. Then that end is
marked. One that the caption does not state is added behind it.
"""

from __future__ import annotations

import re
from html import escape

MOST_BEHIND = 12  # characters between a name and the caption's end: a role, a bracket
MOST_BEFORE = 60  # characters in which a label begins
# what belongs to a name that follows: an open bracket, a short sentence begun, a label, a sign
_LED = re.compile(
    r"(?:[（(\[【][^()（）\[\]【】]{0,40}|(?<=[.!?。！？…])[^.!?。！？…:：]{0,24}[:：]?\s*|(?<!\w)(?:[^\W\d_]{1,4}|[^\W\d_\u3040-\u9fff]{1,16})\s?(?:[:：=|/]|(?<=\s)by)\s*|[©Ⓒ]\s?)$"
)


def captioned(words: str, credit: str | None) -> str:
    """The caption's words, with the credit if there is one as `<small class="credit">`."""
    names = (credit or "").split()
    if not names:
        return escape(words)
    start, end = _stated(words, names)
    if end < 0:
        return f"{escape(words)} {_marked(' '.join(names))}".lstrip()
    if len(words) - end > MOST_BEHIND:
        return escape(words)  # among its words
    return escape(words[:start]) + _marked(words[start:])


def _marked(words: str) -> str:
    return f'<small class="credit">{escape(words)}</small>'


def _stated(words: str, names: list[str]) -> tuple[int, int]:
    """From where to where the caption states these names, with what leads to them; -1 where it does not."""
    start, end = len(words), -1
    for name in reversed(names):
        start = words.rfind(name, 0, start)
        if start < 0:
            return -1, -1
        end = max(end, start + len(name))
    found = _LED.search(words[max(0, start - MOST_BEFORE) : start])
    start -= len(found[0].lstrip()) if found else 0
    return start, end
