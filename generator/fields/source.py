"""Whom the page credits with the story.

The source is another outlet or an agency; the publisher is the site itself. Neither stands in for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from generator import phrases
from generator.document import Document
from generator.fields import elements, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold

LENGTH = 60
PRINTED = 16  # characters of an outlet's name that stands without a label
NEAREST = 6
LINKS = 120  # at the top of a page, among which are its sections
SCRIPTS = 60
SCRIPT_LENGTH = 400_000

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOT_NAME = re.compile(r"[\d:：，。！？\s]|来源|來源|作者|记者|編輯|编辑|分享|评论|关注|更多")
_MEDIA = re.compile(
    r"[\"']?\b(?:media|media_?name|source_?name)[\"']?\s{0,3}:\s{0,3}[\"']([^\"'\\<>]{2,16})[\"']", re.IGNORECASE
)
_PICTURED: tuple[phrases.Kind, ...] = ("credit", "staff")
_CREDITED = ("source", "nickname", "laiyuan", "medianame", "media-name", "media_name")
_CREDIT_TAGS = frozenset({"span", "a", "strong", "em", "i", "p", "div"})

_SOURCE_META = (
    ("source", 0.7),
    ("article:source", 0.75),
    ("dc.source", 0.7),
    ("contentsource", 0.75),
    ("mediaid", 0.7),
    ("syndication-source", 0.3),
    ("news_source", 0.75),
    ("copyrightholder", 0.3),
)


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the source."""
    yield from _sources(document)
    yield from _printed(document, headline)


def _sources(document: Document) -> Iterator[Claim]:
    about = story.find(document)
    names = titles.site_names(document)
    for key, strength in (("sourceOrganization", 0.7), ("isBasedOn", 0.6), ("provider", 0.5)):
        for value, _ in about.values(key):
            for name in about.names(value):
                if _other(name, document, names) and not _own_part(name, document):
                    yield Claim("source", (name,), f"jsonld:{key}", strength, cut(name, SNIPPET))
    for name, strength in _SOURCE_META:
        for text in document.meta.get(name, ())[:1]:
            if _other(text, document, names):
                yield Claim("source", (text,), f"meta:{name}", strength, cut(text, SNIPPET))
    for key in ("sourceorganization", "sourceorganization.name"):
        for text in document.microdata.get(key, ())[:1]:
            if _other(text, document, names):
                yield Claim("source", (text,), f"microdata:{key}", 0.6, cut(text, SNIPPET))
    for value, _ in about.values("author"):
        for name in about.names(value):
            if fold(name) in phrases.folded("agency") and _other(name, document, names):
                yield Claim("source", (name,), "jsonld:author", 0.6, cut(name, SNIPPET))


def _printed(document: Document, headline: str | None) -> Iterator[Claim]:
    """The outlet or account that a Chinese page prints without a label at the headline, in an element named for it."""
    if not headline or not _HAN.search(headline):
        return
    names = titles.site_names(document)
    head = elements.heading(document, headline)
    for one in islice(elements.find(document, *_CREDITED, tags=_CREDIT_TAGS, near=head), NEAREST):
        text = elements.text(one).strip("·|｜ ")
        if _HAN.search(text) and len(text) <= PRINTED and not _NOT_NAME.search(text) and _other(text, document, names):
            yield Claim("source", (text,), "html:source", 0.5, cut(text, SNIPPET))
            return
    yield from _scripted(document)


def _scripted(document: Document) -> Iterator[Claim]:
    """The account or outlet that the data of a Chinese platform name beside the story."""
    names = titles.site_names(document)
    for element in islice(document.tree.iter("script"), SCRIPTS):
        found = _MEDIA.search((element.text or "")[:SCRIPT_LENGTH])
        if found and _HAN.search(found[1]) and _other(found[1], document, names):
            yield Claim("source", (found[1],), "script:media", 0.4, cut(found[0], SNIPPET))
            return


def _other(name: str, document: Document, names: tuple[str, ...]) -> bool:
    return (
        1 < len(name) <= LENGTH
        and "://" not in name
        and not of_a_picture(name)
        and not titles.same_site(name, document, names)
    )


def of_a_picture(text: str) -> bool:
    """Whether a text begins as what credits a picture, not the story; a paper may be called Bild."""
    return bool(_credits().match(text))


@cache
def _credits() -> re.Pattern[str]:
    alone = "|".join(re.escape(one.text) for one in phrases.phrases("photo"))
    marked = "|".join(re.escape(one.text) for kind in _PICTURED for one in phrases.phrases(kind))
    return re.compile(rf"(?:{alone})[\s:：]|(?:{marked})\s?[:：]", re.IGNORECASE)


def _own_part(name: str, document: Document) -> bool:
    """Whether a body that data credit is a desk of the outlet itself, or the author: the page calls a section so, or links to it on the same site."""
    about = story.find(document)
    named = {fold(one) for value, _ in about.values("author") for one in about.names(value)}
    parts = {fold(text) for text, _ in about.texts("articleSection")} | set(
        map(fold, document.meta.get("article:section", ()))
    )
    if fold(name) in phrases.folded("agency"):
        return False
    linked = (
        {fold(elements.text(one, LENGTH)) for one in islice(document.tree.iter("a"), LINKS)}
        if document.tree is not None
        else set()
    )
    return fold(name) in named | parts | linked
