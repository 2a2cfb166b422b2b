"""What is left of an article where only an excerpt, or only its link, may be shown. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from generator import text
from generator.model import Article, Show
from generator.withholding.words import plain_body

EXCERPT = 300  # characters of standfirst and text together: about what a quotation may be
_MARK = re.compile(r"[!-/:-@\[-`{-~]")
_NO_PROSE = ("#", "!", "|", "<")
_TEXTS = frozenset({"body", "standfirst", "pictures", "comments", "kicker"})  # fields whose evidence quotes the text


def reduced(article: Article, show: Show) -> Article:
    """The article without what may not be shown: nothing of it is in any field."""
    if show == "full":
        return article
    standfirst, body = _excerpt(article) if show == "excerpt" else (None, "")
    return replace(
        article,
        standfirst=standfirst,
        body=body,
        kicker=article.kicker if show == "excerpt" else None,
        comments=(),
        pictures=(),
        seen=tuple(replace(one, excerpt=None) for one in article.seen),
        evidence=tuple(replace(one, snippet="") for one in article.evidence if one.field not in _TEXTS),
    )


def _excerpt(article: Article) -> tuple[str | None, str]:
    """The summary where the page gives one, else the first words of the text."""
    if article.standfirst:
        return text.cut(article.standfirst, EXCERPT), ""
    blocks = (block.strip() for block in article.body.split("\n\n"))
    first = next((block for block in blocks if block and not block.startswith(_NO_PROSE)), "")
    return None, as_markdown(text.cut(plain_body(first), EXCERPT))


def as_markdown(words: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARK.sub(lambda found: f"&#{ord(found[0])};", words)
