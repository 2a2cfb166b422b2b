"""Who opened a thread of a forum, and when; and what others answered, as comments.

The names of members are taken as printed: they are accounts, and no rule for people's names fits them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import threads
from generator.document import Document
from generator.fields import language, moments
from generator.model import SNIPPET, Claim, Comment, Moment
from generator.text import cut

_PRINTED = frozenset({"byline", "editors", "source", "published", "modified", "standfirst"})
_STATED = frozenset({"jsonld", "meta", "microdata", "thread", "url"})


def claims(document: Document) -> Iterator[Claim]:
    """Statements of the first post about itself."""
    for first in threads.read(document)[:1]:
        if first.author:
            yield Claim("byline", (first.author,), "thread:poster", 0.95, cut(first.author, SNIPPET))
        found = _when(first, language.of(document))
        if found:
            yield Claim("published", (str(found[0]),), "thread:posted", 0.95, cut(found[1], SNIPPET))


def kept(document: Document, found: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of a thread's page no statement of what its posts print: beside the first one they speak of themselves."""
    if not threads.read(document):
        return tuple(found)
    return tuple(one for one in found if one.field not in _PRINTED or one.basis.partition(":")[0] in _STATED)


def comments(document: Document) -> Iterator[Comment]:
    """The posts behind the first."""
    speech = language.of(document)
    for post, text in threads.replies(threads.read(document)):
        found = _when(post, speech)
        yield Comment(post.author, text, str(found[0]) if found else None)


def _when(post: threads.Post, speech: str | None) -> tuple[Moment, str] | None:
    """The first of the texts beside a post that states a day and a clock, or else a day."""
    found = [(moment, said) for said in post.said if (moment := moments.parse(said, language=speech))]
    return next((one for one in found if one[0].precision != "day"), next(iter(found), None))
