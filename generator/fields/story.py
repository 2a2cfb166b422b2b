"""The page's own story among its structured data: which object it is, and plain values out of it.

Objects about other stories, the site or its sections are never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from generator.document import Document, view
from generator.text import fold, line

STORIES = frozenset(
    "newsarticle article reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle reviewnewsarticle "  # noqa: SIM905
    "askpublicnewsarticle blogposting liveblogposting socialmediaposting report scholarlyarticle techarticle satiricalarticle "
    "advertisercontentarticle review discussionforumposting creativework medicalscholarlyarticle recipe interview".split()
)
PAGES = frozenset("webpage medicalwebpage itempage aboutpage faqpage collectionpage qapage".split())  # noqa: SIM905
MEDIA = frozenset(
    "videoobject audioobject podcastepisode imagegallery mediagallery mediaobject event episode tvepisode radioepisode".split()  # noqa: SIM905
)
# those that only a story is; a page of any kind may call itself a creative work
ARTICLES = frozenset(one for one in STORIES if one.endswith(("article", "posting")) or one == "report")
STEPS = 12


@dataclass(frozen=True, slots=True)
class Story:
    """The objects that speak about this page, the most telling first, and all objects by their `@id`."""

    objects: tuple[dict[str, Any], ...]
    by_id: dict[str, dict[str, Any]]

    def values(self, key: str) -> Iterator[tuple[Any, int]]:
        """The values of a key, each with the rank of its object (0: the story itself)."""
        for rank, one in enumerate(self.objects):
            if one.get(key) not in (None, "", [], {}):
                yield one[key], rank

    def texts(self, key: str) -> Iterator[tuple[str, int]]:
        """The same as single lines of text."""
        for value, rank in self.values(key):
            for text in strings(value):
                yield text, rank

    def names(self, value: Any) -> Iterator[str]:
        """The names in a value that holds persons or organisations in any of the usual ways."""
        for one in _listed(value):
            if isinstance(one, str):
                yield line(unescape(one))
                continue
            if not isinstance(one, dict):
                continue
            whole = one
            if "name" not in one and isinstance(one.get("@id"), str):
                whole = self.by_id.get(one["@id"], one)
            for name in strings(whole.get("name")):
                yield name
                break
            else:
                pair = [*strings(whole.get("givenName")), *strings(whole.get("familyName"))]
                if pair:
                    yield " ".join(pair)


@view
def find(document: Document) -> Story:
    """The objects that speak about this page."""
    objects = [one for whole in document.data for one in (whole, *_inside(whole))]
    by_id: dict[str, dict[str, Any]] = {}
    for one in objects:
        key = one.get("@id")
        if isinstance(key, str) and len(one) > 1:
            by_id.setdefault(key, one)
    stories = _ordered(
        document,
        [
            one
            for one in objects
            if types(one) & STORIES and (one.get("headline") or one.get("name") or one.get("datePublished"))
        ],
    )
    pages = _ordered(document, [one for one in objects if types(one) & PAGES])
    media = _ordered(document, [one for one in objects if types(one) & MEDIA])
    return Story((*stories[:1], *pages[:1], *(() if stories else media[:1])), by_id)


def types(one: dict[str, Any]) -> frozenset[str]:
    """The object's types without their vocabulary, lower case."""
    return frozenset(
        str(name).rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in _listed(one.get("@type"))
    )


def strings(value: Any) -> Iterator[str]:
    """Texts in a value that may be a text, a list, or an object with `@value`, `name` or `text`."""
    for one in _listed(value):
        if isinstance(one, str):
            text = line(unescape(one) if "&" in one else one)
        elif isinstance(one, bool):
            continue
        elif isinstance(one, (int, float)):
            text = str(one)
        elif isinstance(one, dict):
            inner = one.get("@value") or one.get("name") or one.get("text")
            text = line(unescape(inner)) if isinstance(inner, str) else ""
        else:
            continue
        if text:
            yield text


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else () if value is None else (value,)


def _inside(whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key in ("mainEntity", "mainEntityOfPage", "hasPart", "video"):
        for one in list(_listed(whole.get(key)))[:STEPS]:
            if isinstance(one, dict) and "@type" in one and (key != "video" or "Video" in str(one["@type"])):
                yield one
                if isinstance(one.get("mainEntity"), dict) and key == "mainEntityOfPage":
                    yield one["mainEntity"]


def _ordered(document: Document, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(found) < 2:
        return found
    here = {_place(url) for url in (document.url, document.capture.url, *document.meta.get("og:url", ())) if url}
    titles = {fold(title) for name in ("og:title", "twitter:title", "title") for title in document.meta.get(name, ())}
    titles |= (
        {fold(element.text or "") for element in document.tree.iter("title")} if document.tree is not None else set()
    )

    def score(one: dict[str, Any]) -> tuple[int, int]:
        addresses = [*strings(one.get("url")), *strings(one.get("@id")), *_addresses(one.get("mainEntityOfPage"))]
        at_home = any(_place(address) in here for address in addresses)
        names = [fold(name) for key in ("headline", "name") for name in strings(one.get(key))]
        named = any(name and any(name in title or title in name for title in titles if title) for name in names)
        return -(2 * named + at_home), len(STORIES & types(one) & {"creativework", "review", "recipe"})

    return sorted(found, key=score)  # stable: the first of equals


def _addresses(value: Any) -> Iterator[str]:
    for one in _listed(value):
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            yield from strings(one.get("@id"))
            yield from strings(one.get("url"))


def _place(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{(parts.netloc or '').removeprefix('www.')}{parts.path.rstrip('/')}".lower()
