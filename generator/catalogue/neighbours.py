"""What stands next to an article in its lists: the stories before and after it in its section, and older ones that share its tags.

A story's page shows nothing of what came much later: with a newer article only the page of the one before it changes. So whoever
comes, goes or changes touches the pages within `WINDOW` places of it, and no more. SQL over one catalogue; reads only.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

WINDOW = 8  # articles of a tag that are looked at, counted back from the story
MAX_TAGS = 12  # of a story

_DATED = "!"  # in the order of lists all that has a date stands above it
_OWN = (
    "SELECT member.list, member.place FROM article CROSS JOIN member ON member.article = article.n"
    " CROSS JOIN list ON list.n = member.list"  # in this order: a story has few lists, an archive has thousands
    " WHERE article.file = ? AND list.kind = ? ORDER BY list.slug LIMIT ?"
)
_BEFORE = (
    "SELECT article.n, article.sort FROM member JOIN article ON article.n = member.article"
    " WHERE list = ? AND member.place < ? AND member.place > '!' AND current = 1 AND (url IS NULL OR url IS NOT ?)"
    " ORDER BY member.place DESC LIMIT ?"
)
_AFTER = (
    "SELECT article.n, article.sort FROM member JOIN article ON article.n = member.article"
    " WHERE list = ? AND member.place > ? AND current = 1 AND (url IS NULL OR url IS NOT ?)"
    " ORDER BY member.place LIMIT ?"
)
# Those newer than the article in its list, up to the last current one that may look back to it, and one more, for nothing looks
# at its own versions; the same towards the older ones.
_REACHED = """
SELECT 'article', permalink FROM member AS own JOIN list ON list.n = own.list AND list.kind = :kind
  JOIN member AS near ON near.list = own.list AND near.place > own.place AND near.place <= coalesce((
    SELECT member.place FROM member JOIN article ON article.n = member.article
    WHERE member.list = own.list AND member.place > own.place AND current = 1 ORDER BY member.place LIMIT 1 OFFSET :last), '~')
  JOIN article ON article.n = near.article WHERE own.article = :number AND permalink IS NOT NULL"""
REACHED = (
    (_REACHED, {"kind": "tags", "last": WINDOW}),
    (_REACHED, {"kind": "sections", "last": 1}),
    (_REACHED.replace("near.place > own", "near.place < own").replace("near.place <=", "near.place >=")
     .replace("member.place > own", "member.place < own").replace("ORDER BY member.place", "ORDER BY member.place DESC")
     .replace("'~'", "''"), {"kind": "sections", "last": 1}),
)  # fmt: skip


def beside(db: sqlite3.Connection, file: str, url: str | None) -> tuple[int | None, int | None]:
    """The current articles before and after the one in that file in its section, by number."""
    for number, place in db.execute(_OWN, (file, "sections", 1)).fetchall():
        if place > _DATED:
            before, after = (
                db.execute(statement, (number, place, url, 1)).fetchone() for statement in (_BEFORE, _AFTER)
            )
            return before and before[0], after and after[0]
    return None, None


def sharing(db: sqlite3.Connection, file: str, url: str | None, count: int) -> tuple[int, ...]:
    """The older articles that share most with the one in that file, by number: a tag says the more, the fewer carried it before."""
    weights: Counter[tuple[str, int]] = Counter()
    for number, place in db.execute(_OWN, (file, "tags", MAX_TAGS)).fetchall():
        found = db.execute(_BEFORE, (number, place, url, WINDOW)).fetchall()
        for other, sort in found:
            weights[sort, other] += WINDOW + 1 - len(found)
    best = sorted(weights, key=lambda one: (weights[one], one), reverse=True)
    return tuple(number for _, number in best[:count])
