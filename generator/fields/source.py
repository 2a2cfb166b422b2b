"""Whom the page credits with the story, and where it stood.

The source is another outlet or an agency; the publisher is the site itself. Neither stands in for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import islice

from generator import phrases
from generator.document import Document
from generator.fields import elements, section, story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line

LENGTH = 60
PRINTED = 16  # characters of an outlet's name that stands without a label
NEAREST = 6
SCRIPTS = 60
SCRIPT_LENGTH = 400_000
FOOT = 60  # lines at the end of a page among which its copyright line stands

_ADDRESS = re.compile(r"^\S+\.[a-z]{2,6}$", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:版权所有|版權所有|copyright|©)(?:\s|©|\(c\)|[:：]|by\b|\d{4}(?:\s?[-–—]\s?\d{4})?){0,6}\s?([^\W\d_][^|｜.。,，;；©()（）\n]{2,40}?)"
    r"(?=\s?(?:版权所有|版權所有|all rights|alle rechte|[|｜.。,，;；©(（]|copyright|$))",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"(?:网|網|报|報|社|台|臺|新闻|新聞|在线)$")
_OWNED_SINCE = re.compile(
    r"^(?:copyrights?|\(c\)|版权所有|版權所有)(?:[\s©:：,]|\(c\)|by\b|[-–—]|(?:19|20)\d\d){0,12}", re.IGNORECASE
)
_DOMAIN = re.compile(r"\s\((?:www\.)?[^\s()]{1,60}\.[a-z]{2,10}\)$", re.IGNORECASE)
_LICENSED = re.compile(
    r"\s(?:地址|电话|電話|邮编|邮箱)\s?[:：]|\s[^\s]{0,12}[\u4e00-\u9fff].{0,40}(?:ICP|公网安)|\s?[\u4e00-\u9fff]?(?:ICP|公网安)"
)  # a licence, or standing pages before one
_RESERVED = frozenset(
    {"all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "copyright", "by", "rights reserved"}
)
_LEGAL = re.compile(
    r"(?:\s-\s.{3,60})?,?\s(?:GmbH|AG|KG|Inc\.?|LLC|Ltd\.?|S\.?A\.?|S\.?p\.?A\.?|SE|B\.?V\.?|Co\.)(?:\s.{0,20})?$"
)

_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOT_NAME = re.compile(r"[\d:：，。！？\s]|来源|來源|作者|记者|編輯|编辑|分享|评论|关注|更多")
_MEDIA = re.compile(
    r"[\"']?\b(?:media|media_?name|source_?name)[\"']?\s{0,3}:\s{0,3}[\"']([^\"'\\<>]{2,16})[\"']", re.IGNORECASE
)
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
_PUBLISHER_META = (
    ("og:site_name", 0.84), ("application-name", 0.72), ("apple-mobile-web-app-title", 0.66), ("dc.publisher", 0.7), ("dcterms.publisher", 0.7), ("publisher", 0.82),
    ("article:publisher_name", 0.6), ("citation_journal_title", 0.6), ("al:ios:app_name", 0.5), ("al:android:app_name", 0.5), ("twitter:app:name:iphone", 0.45), ("copyright", 0.5),
)  # fmt: skip


def claims(document: Document, headline: str | None) -> Iterator[Claim]:
    """Statements of the source and of the publisher. A name that is only an address is believed less than a name."""
    yield from _sources(document)
    yield from _printed(document, headline)
    for claim in _publishers(document, headline):
        addressed = claim.basis != "url:host" and _ADDRESS.search(claim.value)
        yield replace(claim, confidence=claim.confidence * 0.55) if addressed else claim


def _sources(document: Document) -> Iterator[Claim]:
    about = story.find(document)
    names = titles.site_names(document)
    for key, strength in (("sourceOrganization", 0.7), ("isBasedOn", 0.6), ("provider", 0.5)):
        for value, _ in about.values(key):
            for name in about.names(value):
                if _other(name, document, names):
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
    return 1 < len(name) <= LENGTH and "://" not in name and not titles.same_site(name, document, names)


def _publishers(document: Document, headline: str | None) -> Iterator[Claim]:
    for name, strength in _PUBLISHER_META:
        for text in document.meta.get(name, ())[:1]:
            bare = _site(text)
            if bare:
                yield Claim("publisher", (bare,), f"meta:{name}", strength, cut(text, SNIPPET))
    about = story.find(document)
    for value, rank in about.values("publisher"):
        for name in about.names(value):
            bare = _site(name)
            if bare:
                yield Claim("publisher", (bare,), "jsonld:publisher", 0.85 - 0.05 * rank, cut(name, SNIPPET))
    for one in document.data:
        if story.types(one) & {"newsmediaorganization", "website"}:
            for name in story.strings(one.get("name")):
                bare = _site(name)
                if bare:
                    yield Claim("publisher", (bare,), "jsonld:website", 0.83, cut(name, SNIPPET))
    for key in ("publisher.name", "publisher"):
        for text in document.microdata.get(key, ())[:1]:
            bare = _site(text)
            if bare:
                yield Claim("publisher", (bare,), f"microdata:{key}", 0.82, cut(text, SNIPPET))
    yield from _titled(document, headline)
    yield from _owned(document)
    for steps, basis, _ in section.trails(document, headline):
        if len(steps) > 1 and fold(steps[0]) not in phrases.folded("home") and _OUTLET.search(steps[0]):
            yield Claim("publisher", (steps[0],), basis, 0.5, cut(" > ".join(steps), SNIPPET))
    if document.host:
        yield Claim("publisher", (document.host,), "url:host", 0.3, document.host)


def _owned(document: Document) -> Iterator[Claim]:
    """The owner in the copyright line at the page's foot."""
    for one in document.lines[-FOOT:]:
        found = _COPYRIGHT.search(one) if len(one) <= 240 else None
        bare = _site(_LICENSED.split(found[1])[0]) if found else None
        if bare and fold(bare) not in _RESERVED:
            yield Claim("publisher", (bare,), "line:copyright", 0.42, cut(one, SNIPPET))
            return


def _site(text: str) -> str | None:
    bare = _OWNED_SINCE.sub("", line(unescape(text)).removeprefix("©").strip())
    bare = _DOMAIN.sub("", _LEGAL.sub("", bare)).strip()
    if "://" in bare or bare == "www" or not 1 < len(bare) <= LENGTH or not any(letter.isalpha() for letter in bare):
        return None
    return bare


def _titled(document: Document, headline: str | None) -> Iterator[Claim]:
    """The end of the page's title where the rest is the headline."""
    if document.tree is None or not headline:
        return
    for element in document.tree.iter("title"):
        whole = line(elements.text(element))
        parts = titles.pieces(whole)
        if (
            len(parts) > 1
            and titles.plain(parts[0])
            and titles.plain(parts[-1]) not in titles.plain(headline)
            and len(parts[-1]) <= 40
        ):
            yield Claim(
                "publisher", (parts[-1],), "html:title", _title_strength(parts[-1], document), cut(whole, SNIPPET)
            )
        break


def _title_strength(piece: str, document: Document) -> float:
    """How far the end of a title is believed: it may be the section where the page names its site elsewhere."""
    if titles.same_site(piece, document, ()):
        return 0.74
    return 0.44 if document.first("og:site_name") and not _OUTLET.search(piece) else 0.56
