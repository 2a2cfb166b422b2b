"""Which whole line of a page is one of the heads that `phrases` knows: over comments, related stories, links; or a button.

Looks a line up and nothing more: words inside a sentence never count.
"""

from __future__ import annotations

import re
from typing import Literal

from generator import phrases, text

Head = Literal["comments", "related", "hot", "friends", "share"]
HEADS: tuple[Head, ...] = ("comments", "related", "hot", "friends", "share")
MAX_HEAD = 48

_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_COUNT = re.compile(r"\s?[（(]?\d{1,6}[)）]?$")
_MORE = re.compile(r"\s(?:更多|more|mehr|más|plus)$")


def head(line: str) -> Head | None:
    """The kind of list that the line stands over, if it is nothing but such a head."""
    if not 1 < len(line) <= MAX_HEAD:
        return None
    folded = _EDGES.sub("", text.fold(line))
    plain = _MORE.sub("", _COUNT.sub("", folded))
    for kind in HEADS:
        known = phrases.folded(kind)
        if folded in known or plain in known:
            return kind
    return None
