"""The words that are an article's own: all that would give it away, field by field. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from generator import text
from generator.model import Article

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINE_MARK = re.compile(r"(?m)^[ \t]*(?:#{1,6}|>|[-+*]|\d{1,9}[.)])[ \t]+")


def own_words(article: Article) -> Iterator[tuple[str, str]]:
    """Each field with its text: the body both as Markdown and as it reads. Stories listed around it are not its own."""
    single = ("headline", "kicker", "standfirst", "source", "publisher", "section", "region", "rights", "url")
    yield from ((name, value) for name in single if (value := getattr(article, name)))
    for name in ("byline", "editors", "breadcrumb", "tags"):
        yield from ((name, value) for value in getattr(article, name))
    yield "body", article.body
    yield "body", plain_body(article.body)
    for comment in article.comments:
        yield "comments", " ".join(filter(None, (comment.author, comment.at, comment.text)))
    for picture in article.pictures:
        yield from (("pictures", value) for value in (picture.src, picture.caption, picture.credit) if value)
    for claim in article.evidence:
        yield from (("evidence", value) for value in (*claim.values, claim.snippet) if value)
    for capture in article.captures:
        yield from (("captures", value) for value in (capture.file, capture.member, capture.url) if value)


def plain_body(body: str) -> str:
    """Markdown as it reads on the page."""
    return unescape(text.unmark(_LINE_MARK.sub("", _COMMENT.sub("", body))))
