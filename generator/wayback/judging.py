"""What a memento is that is no page of the site: a soft 404, a parked domain, an error, a way to the front page, nothing.

By class and by words (`signs.toml`), never by site. In doubt a page is one: `extract` has the last word on what a story is.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from generator import text
from generator.document import Document

Flaw = Literal["not-found", "parked", "error-page", "home", "moved", "tiny", "not-html"]

PARAGRAPH = 140  # columns of a line that is a paragraph; a Chinese character takes two
TINY_BYTES = 512
TINY_TEXT = 80  # columns
SHORT_TEXT = 2_500  # columns: a page of a parking service, with all its links
SPARE_TEXT = 400  # columns of a page that only leads elsewhere
WORDS = 8  # columns of a phrase that is looked for within a line
MAX_LINES = 400
MAX_SCRIPT = 20_000

_KINDS: tuple[Flaw, ...] = ("not-found", "parked", "error-page")
_APART = re.compile(r"\s+[-:/]\s+|\s?[|｜·•»«–—_]+\s?")
_COLON = re.compile(r":\s|：")
_NO_WORD = re.compile(r"[\W_]+")
_REFRESH = re.compile(
    r"\s{0,9}\d{1,3}(?:\.\d{1,3})?\s{0,9}[;,]\s{0,9}(?:url\s{0,9}=)?\s{0,9}[\"']?([^\"'\s>]{1,2000})", re.IGNORECASE
)
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s{0,9}=\s{0,9}[\"']([^\"'\s]{1,2000})[\"']|\blocation\.(?:replace|assign)\(\s{0,9}[\"']([^\"'\s]{1,2000})[\"']"
)
_FRONT = re.compile(r"/?(?:(?:index|default|home|main)(?:\.\w{1,5})?)?/?", re.IGNORECASE)
_LOADING = ("script", "iframe", "frame", "img", "embed")


def flaw(page: Document, size: int, url: str) -> Flaw | None:
    """Why a memento of that address, of so many bytes, is no page; None where it may be one."""
    if page.tree is None:
        return "tiny"
    lines = page.lines[:MAX_LINES]
    width = sum(map(_columns, lines))
    if size < TINY_BYTES and width < TINY_TEXT and not _leads_to(page, url):
        return _said(page, lines) or "tiny"
    away = _leads_to(page, url) if width < SPARE_TEXT else None
    if away:
        return "home" if is_front(away) and not is_front(url) else "moved"
    if width < SHORT_TEXT and _paragraphs(lines) < 2 and _is_parked(page.tree):
        return "parked"
    return _said(page, lines)


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return bool(_FRONT.fullmatch(parts.path)) and not parts.query


def _said(page: Document, lines: Sequence[str]) -> Flaw | None:
    """What the page says of itself: in its title, its first heading, or in a line where it has no paragraph."""
    parts = [_plain(part) for title in _texts(page.tree, "title") for part in _parts(title)]
    heads = [_plain(head) for head in _texts(page.tree, "h1")]
    if not _signs("not-found").isdisjoint((*parts, *heads)):
        return "not-found"
    paragraphs = _paragraphs(lines)
    plain = [*parts, *map(_plain, lines)]
    # a parking service may add one, about itself
    kinds = _KINDS if not paragraphs else ("parked",) if paragraphs == 1 else ()
    return next((kind for kind in kinds if any(_says(line, kind) for line in plain)), None)


def _parts(title: str) -> tuple[str, ...]:
    """The title and its parts; of what stands before and behind a colon only the latter: the page, not the site."""
    return title, *_APART.split(title), _COLON.split(title)[-1]


def _paragraphs(lines: Iterable[str]) -> int:
    return sum(_columns(line) >= PARAGRAPH for line in lines)


def _says(line: str, kind: str) -> bool:
    """Whether a line is one of the phrases, or little more than one."""
    if not line:
        return False
    if line in _signs(kind):
        return True
    return any(phrase in line for phrase in _long_signs(kind) if len(line) <= 3 * len(phrase) + 20)


def _is_parked(tree: Any) -> bool:
    """Whether the page shows what a parking service gives it."""
    sources = (str(one.get("src") or "") for tag in _LOADING for one in tree.iter(tag))
    hosts = _table()["hosts"]["parked"]
    for source in sources:
        place = source.partition("//")[2].lower()
        host = place.partition("/")[0]
        if any(
            host == known or host.endswith(f".{known}") or ("/" in known and place.startswith(known)) for known in hosts
        ):
            return True
    return False


def _leads_to(page: Document, url: str) -> str | None:
    """Where a page sends its reader at once, as far as that is another address."""
    for meta in page.tree.iter("meta"):
        found = (
            _REFRESH.match(meta.get("content") or "") if (meta.get("http-equiv") or "").lower() == "refresh" else None
        )
        if found:
            return _elsewhere(found[1], url)
    for script in page.tree.iter("script"):
        found = _LOCATION.search((script.text or "")[:MAX_SCRIPT])
        if found:
            return _elsewhere(found[1] or found[2], url)
    return None


def _elsewhere(target: str, url: str) -> str | None:
    try:
        whole = urljoin(url, target)
        urlsplit(whole)
    except ValueError:
        return None
    return whole if whole.startswith("http") and text.fold_url(whole) != text.fold_url(url) else None


def _texts(tree: Any, tag: str) -> Iterator[str]:
    """The text of the first such element."""
    for one in tree.iter(tag):
        yield text.squeeze("".join(one.itertext()))[:500]
        return


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + sum(unicodedata.east_asian_width(char) in "WF" for char in line)


def _plain(words: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.fold(words.replace("’", "'")).replace("'", "")).split())


@cache
def _signs(kind: str) -> frozenset[str]:
    return frozenset(_plain(phrase) for phrases in _table()[kind].values() for phrase in phrases)


@cache
def _long_signs(kind: str) -> tuple[str, ...]:
    return tuple(sorted(phrase for phrase in _signs(kind) if _columns(phrase) >= WORDS))


@cache
def _table() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    raw = tomllib.loads(resources.files(__package__).joinpath("signs.toml").read_text("utf-8"))
    return {kind: {language: tuple(words) for language, words in known.items()} for kind, known in raw.items()}
