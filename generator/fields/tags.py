"""Keywords that the page gives its story.

Neither the site's name nor the headline nor a sentence is a keyword; a long list of search words is hardly evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

from generator import phrases
from generator.document import Document
from generator.fields import elements, story, taglists, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line, unique

LENGTH = 60
DENSE_LENGTH = 15  # characters of Chinese and Japanese: more are a headline
_BRACKETS = "【】〔〕[]()（）<> "
MOST = 30
KEPT = 60
SENTENCE = 5  # words of one
SITES_OWN = 5  # names at least in a list that a site states on all its pages
LINKS = 400

_META = (
    ("article:tag", 0.84), ("og:article:tag", 0.8), ("news_keywords", 0.8), ("parsely-tags", 0.8), ("sailthru.tags", 0.74), ("keywords", 0.76), ("keyword", 0.66), ("cxenseparse:tag", 0.7),
    ("dc.subject", 0.64), ("dcterms.subject", 0.6), ("citation_keywords", 0.74), ("article:keywords", 0.74), ("tags", 0.7), ("rnews:keywords", 0.74), ("cse-keywords", 0.6), ("video:tag", 0.5),
)  # fmt: skip
_WRITTEN = frozenset({"meta:keywords", "meta:news_keywords", "meta:keyword"})  # by hand, or once for the whole site
_SPLIT = re.compile(r"\s?[;；，、|\n]\s?|\s?,\s?")
_NUMBERED = re.compile(
    r"^[\w ]{1,20}: ?\S|^[a-z]{2,}(?:_[a-z0-9]{2,}){1,4}$|^[0-9a-f]{8}-[0-9a-f]{4}-|^[\d\W]+$|^(?:id|type|section|template|page|author|source|brand|category)[:=_-]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"^@\S|\s[-–]$")
_PREFIX = re.compile(
    r"^(?:sections?|topics?|organi[sz]ations?|persons?|people|places?|tags?|categor(?:y|ies)|locations?)/|^(?:subjects?|topics?|tags?|keywords?): ",
    re.IGNORECASE,
)


def claims(document: Document, headline: str | None, publisher: str | None = None) -> Iterator[Claim]:
    """Statements of the tags, a whole list each."""
    names = (*titles.site_names(document), *((publisher,) if publisher else ()))
    lists = [
        (_good(raw, document, names, headline), basis, strength)
        for raw, basis, strength in _stated(document, headline)
        if not (basis in _WRITTEN and _sites_own(document, raw, names, headline))
    ]
    for good, basis, strength in lists:
        bare = (
            _unsectioned(good, [other for other, kind, _ in lists if kind != basis])
            if basis.startswith("html")
            else good
        )
        if bare:
            doubtful = _doubt(bare, printed=basis.startswith("html"))
            yield Claim("tags", bare[:KEPT], basis, strength - doubtful, cut(", ".join(good), SNIPPET))


def _sites_own(document: Document, raw: Sequence[str], names: Sequence[str], headline: str | None) -> bool:
    """Whether a list is the same on all pages of the site: it holds the beginning of the name of the site, and otherwise mostly sections."""
    keys = {fold(one) for one in raw}
    if (
        len(keys) < SITES_OWN
        or document.tree is None
        or any(key in fold(headline or "") for key in keys if len(key) > 1)
    ):
        return False
    known = [titles.plain(name) for name in names]
    others = [key for key in keys if not any(name.startswith(titles.plain(key)) for name in known)]
    if len(others) == len(keys):
        return False
    linked = {fold(elements.text(link, LENGTH)) for link in _links_above(document, headline)}
    return sum(key in linked for key in others) * 2 >= len(others)


def _links_above(document: Document, headline: str | None) -> Iterator[Any]:
    """The links before the headline, where a site lists its sections."""
    head = elements.heading(document, headline or "")
    for one in islice(document.tree.iter("a", "h1", "h2", "h3"), LINKS):
        if one is head:
            return
        if one.tag == "a":
            yield one


def _unsectioned(good: tuple[str, ...], others: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """A printed list without the section's name before it: what another list does not name, and nothing else."""
    rest = set(map(fold, good[1:]))
    return good[1:] if rest and any(set(map(fold, other)) == rest for other in others) else good


def _doubt(good: Sequence[str], *, printed: bool) -> float:
    """What a list loses: one too long, a single name, a sentence."""
    if len(good) == 1:
        return (
            0.3 if len(good[0].split()) > 3 else 0.02 if printed else 0.12
        )  # a list without commas, or not much of one
    return 0.4 if len(good) > MOST else 0.0


def _stated(document: Document, headline: str | None) -> Iterator[tuple[list[str], str, float]]:
    about = story.find(document)
    for value, rank in about.values("keywords"):
        listed = list(story.strings(value))
        yield (listed if len(listed) > 1 else _cut(listed)), "jsonld:keywords", 0.86 - 0.1 * rank
    for name, strength in _META:
        contents = document.meta.get(name, ())
        if contents:
            yield (
                (list(contents) if len(contents) > 1 and name.endswith(":tag") else _cut(contents)),
                f"meta:{name}",
                strength,
            )
    for key in ("keywords",):
        texts = document.microdata.get(key, ())
        if texts:
            yield (list(texts) if len(texts) > 1 else _cut(texts)), "microdata:keywords", 0.7
    head = elements.heading(document, headline or "")
    for listed, basis, strength in taglists.lists(document, head):
        if listed:
            yield listed, basis, strength


def _cut(contents: Iterable[str]) -> list[str]:
    pieces = [piece for content in contents for piece in _SPLIT.split(content)]
    if len(pieces) == 1 and len(pieces[0].split()) > 2 and all(word[:1] > "\u2e7f" for word in pieces[0].split()):
        return pieces[0].split()
    return pieces


def _good(raw: Iterable[str], document: Document, names: Iterable[str], headline: str | None) -> tuple[str, ...]:
    head = fold(headline or "")
    kept: list[str] = []
    labels = phrases.folded("tags") | phrases.folded("share") | (phrases.folded("home") - {"home", "start"})
    known = {titles.plain(name) for name in names}
    for one in raw:
        tag = _PREFIX.sub("", line(one).strip(" #\"'“”.,:;|[]").removesuffix("..."))
        key = fold(tag)
        if one.rstrip().endswith(".") and len(one.split()) >= SENTENCE:
            continue
        longest = DENSE_LENGTH if "\u2e80" < tag[:1] < "\ua000" else LENGTH
        if not 1 < len(tag) <= longest or key == head or key in labels or _NUMBERED.match(tag) or "://" in tag:
            continue
        if _NO_NAME.search(tag) or _button().search(key) or key.strip(_BRACKETS) in labels:
            continue
        if titles.plain(tag) in known or key == (document.host or ""):
            continue
        kept.append(tag)
    return () if len(kept) > 1 and _is_headline(kept, head) else unique(kept)


def _is_headline(tags: Sequence[str], head: str) -> bool:
    """Whether the tags are nothing but the headline, cut where it has its commas, or its single words."""
    whole = titles.plain(re.sub(r"^[\[【][^\]】]{1,20}[\]】]", "", head))
    words = [titles.plain(word) for word in head.split()]
    places = [words.index(tag) if tag in words else -1 for tag in map(titles.plain, tags)]
    single = len(tags) > 3 and -1 not in places and places == sorted(places)
    return titles.plain("".join(tags)) == whole or single


@cache
def _button() -> re.Pattern[str]:
    """Buttons among the tags, and what content systems put there for themselves."""
    more = "|".join(re.escape(one) for one in sorted(phrases.folded("more")))
    filler = "|".join(re.escape(one) for one in sorted(phrases.folded("filler")))
    return re.compile(rf"^(?:{more})(?:$|\W)|[\u3040-\u9fff](?:一覧|一覧へ)$|^(?:{filler})$")
