"""What a saved page is that is no article: an error, a login, a consent wall, an index of stories, a video or pictures alone.

By what the page states of itself, by its address and by words in `signs.toml`; never by site. In doubt a page is an article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import islice
from typing import Literal
from unicodedata import east_asian_width
from urllib.parse import urlsplit

from generator import text
from generator.body import Body
from generator.document import Document
from generator.fields import Settled, story

Kind = Literal["only-consent", "only-error", "only-gallery", "only-index", "only-login", "only-video"]

# characters, a wide one as three: a text that is longer is more than such a page says of itself
LITTLE = {"error": 600, "login": 600, "consent": 1_500}
NEXT_TO_NOTHING = 300
SHORT = 120  # characters of a piece of a title
PICTURES = 4
_WORDS: tuple[tuple[str, Kind], ...] = (("error", "only-error"), ("login", "only-login"), ("consent", "only-consent"))
_LISTS = frozenset({"collectionpage", "itemlist", "searchresultspage"})
_APART = re.compile(r"\s+[-:/]\s+|\s?[|｜·•»«–—_]+\s?")
_NO_WORD = re.compile(r"[\W_]+")
_FRONT = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{1,5})?)?/?", re.IGNORECASE)


def kind(page: Document, settled: Settled, main: Body) -> Kind | None:
    """What the page is instead of an article; None where it is one, or may be."""
    if page.tree is None or page.capture.whole:
        return None
    length = _length(main.text)
    said = next((kind for words, kind in _WORDS if length < LITTLE[words] and _says(page, words)), None)
    if said is not None and (said == "only-error" or not _states_story(page)):
        return said
    if _is_index(page, settled):
        return "only-index"
    if length < NEXT_TO_NOTHING and not _states_story(page):
        return _shown(page, main)
    return None


def _length(words: str) -> int:
    """How much there is to read: what takes a word elsewhere takes two characters of a script without spaces."""
    return sum(3 if east_asian_width(sign) in "FW" else 1 for sign in words[: max(LITTLE.values())])


def _says(page: Document, words: str) -> bool:
    return any(piece in _signs(words) for piece in _pieces(page))


def _pieces(page: Document) -> Iterator[str]:
    """The pieces of the page's titles and its first headings, folded. Titles of drawings are none of the page's."""
    heads = list(islice(page.tree.iter("h1"), 2)) or list(islice(page.tree.iter("h2"), 2))
    own = (one for one in page.tree.iter("title") if next(one.iterancestors("svg"), None) is None)
    titles = [page.first("og:title"), *(one.text for one in own), *("".join(one.itertext()) for one in heads)]
    for title in titles:
        for piece in (title or "", *_APART.split((title or "")[: 4 * SHORT])):
            if piece and len(piece) <= SHORT:
                yield _plain(piece)


def _states_story(page: Document) -> bool:
    """Whether the page says that it is a story."""
    stated = (page.first("og:type") or "").lower()
    return stated == "article" or any(story.types(one) & story.ARTICLES for one in page.data)


def _is_index(page: Document, settled: Settled) -> bool:
    """Whether the page is a site's front page, or calls itself a list, and nothing on it is stated to be its one story."""
    if any(story.types(one) & story.ARTICLES and one.get("datePublished") for one in page.data):
        return False
    published = settled.winners.get("published")
    if published is not None and published.basis.startswith(("meta:article", "jsonld:", "microdata:")):
        return False
    own = (
        page.url if (page.first("og:type") or "").lower() == "website" else None
    )  # pages often name their site's front
    address = urlsplit(page.capture.url or own or "")
    if address.netloc and _FRONT.fullmatch(address.path) and not address.query and _leads_on(page, address.netloc):
        return True
    return not _states_story(page) and published is None and any(story.types(one) & _LISTS for one in page.data)


def _leads_on(page: Document, host: str) -> bool:
    """Whether the page leads to others of its site: one that leads nowhere is no list, wherever it stands."""
    for link in page.tree.iter("a"):
        try:
            target = urlsplit((link.get("href") or "").strip())
        except ValueError:
            continue
        own = target.scheme in ("", "http", "https") and target.netloc in ("", host)
        if own and target.path and not _FRONT.fullmatch(target.path):
            return True
    return False


def _shown(page: Document, main: Body) -> Kind | None:
    """What there is to see where there is next to nothing to read."""
    stated = (page.first("og:type") or "").lower()
    if stated.startswith("video") or any("videoobject" in story.types(one) for one in page.data):
        return "only-video"
    gallery = any(story.types(one) & {"imagegallery", "mediagallery"} for one in page.data)
    return "only-gallery" if gallery or len(main.pictures) >= PICTURES else None


def _plain(words: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.fold(words.replace("’", "'")).replace("'", "")).split())


@cache
def _signs(words: str) -> frozenset[str]:
    raw = resources.files(__package__).joinpath("signs.toml").read_text("utf-8")
    return frozenset(_plain(phrase) for phrases in tomllib.loads(raw)[words].values() for phrase in phrases)
