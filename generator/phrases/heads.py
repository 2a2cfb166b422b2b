"""Which whole line of a page is one of the heads that `phrases` knows: over comments, related stories, links; or a button.

Looks a line up and nothing more: words inside a sentence never count.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from generator import phrases, text

Head = Literal["comments", "related", "hot", "friends", "share"]
HEADS: tuple[Head, ...] = ("comments", "related", "hot", "friends", "share")
MAX_HEAD = 48
BEGINNING, SHORTEST = 3, 2  # characters; no head is shorter

_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
_COUNT = re.compile(r"\s?[（(]?\d{1,6}[)）]?$")
_MORE = re.compile(r"\s(?:更多|more|mehr|más|plus)$")
# when a list was counted, as it may follow the head: by language
_WHEN = re.compile(
    r"\s(?:(?:of |in )?(?:the |this |last |past )?(?:hour|day|week|month|year|24 hours|7 days)|now|right now|today|yesterday"
    r"|heute|gestern|jetzt|(?:der |diese |dieser |letzte )?woche|(?:des |diesen |dieses )?monats?"
    r"|aujourd['’]hui|hier|(?:de |cette )(?:la )?semaine|du (?:jour|mois)|maintenant"
    r"|hoy|ayer|ahora|de la semana|del (?:día|dia|mes)|esta semana|este mes|hoje|agora|da semana|do (?:dia|mês)"
    r"|oggi|ieri|ora|della settimana|del (?:giorno|mese)|сегодня|сейчас|(?:за |на )?(?:этой )?недел[юие]|за (?:день|сутки|месяц)"
    r"|اليوم|الآن|هذا الأسبوع|الأسبوع|هذا الشهر)$"
)


@lru_cache(maxsize=4_096)  # the same lines are asked about by several passes, and stand on every page of an outlet
def head(line: str) -> Head | None:
    """The kind of list that the line stands over, if it is nothing but such a head."""
    if not 1 < len(line) <= MAX_HEAD:
        return None
    folded = _EDGES.sub("", text.fold(line))
    if folded[:BEGINNING] not in _beginnings() and folded[:SHORTEST] not in _beginnings():
        return None  # the common case, before all that could stand behind a head is looked for
    plain = _MORE.sub("", _COUNT.sub("", folded))
    dateless = _WHEN.sub("", plain)
    for kind in HEADS:
        known = phrases.folded(kind)
        if folded in known or plain in known or (kind == "hot" and dateless in known):
            return kind
    return None


@cache
def _beginnings() -> frozenset[str]:
    """What a line must begin with to be a head."""
    whole = {words for kind in HEADS for words in phrases.folded(kind)}
    return frozenset(words[:BEGINNING] for words in whole)
