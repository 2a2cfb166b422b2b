"""Whether a page is one of several that carry one story: its number, and the address of the first.

An address that looks numbered says nothing by itself: the page must also link to its neighbours as pages of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from generator import text
from generator.document import Document
from generator.phrases import folded

MAX_LINKS = 3_000
MAX_PAGES = 99
MAX_ADDRESS = 2_000

_NEIGHBOURS = frozenset({"next", "prev", "previous"})
_PARAMETERS = frozenset({"page", "p", "pg", "pageno", "pagenum", "page_no", "paged", "currentpage", "pn", "seite"})
_NUMBERED = re.compile(r"(?P<stem>.*[^/_-])[_-](?P<number>\d{1,2})(?P<ending>\.[a-z]{3,5})?")
_FOLDER = re.compile(r"(?P<stem>.*?)/(?:page/)?(?P<number>\d{1,2})/?")
_DATE = re.compile(r"(?:^|[/_-])(?:19|20)\d\d(?:[/_-]?\d{1,2})?$")  # what follows is a day or a month
_ENDING = re.compile(r"\.[a-z]{3,5}$")
_NUMBER = re.compile(r"\W{0,2}(?:page |第)?(\d{1,2})(?: ?页| ?頁|ページ)?\W{0,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """The page's number in its story, from 1, and the first page's address."""

    number: int
    first: str


def read(document: Document) -> Series | None:
    """The page's place among the pages of its story; None where it is the whole of it, or does not say."""
    if document.tree is None or document.url is None:
        return None
    own = urldefrag(document.url)[0]
    here = dict(_readings(own))
    turns = frozenset(_turns(document.tree, own))
    if not here:
        firsts = {first for link in turns for first, number in _readings(link) if number == 2}
        return Series(1, own) if _same(own) in map(_same, firsts) else None
    for first, number in here.items():
        others = {_same(first), *(_same(link) for link in turns if (first, 1) in _readings(link))}
        neighbours = {link for link in turns if _same(link) in others or first in dict(_readings(link))}
        if neighbours - {own} and 1 <= number <= MAX_PAGES:
            start = next((link for link in sorted(turns) if _same(link) == _same(first)), first)
            return Series(number, start)
    return None


def _readings(url: str) -> tuple[tuple[str, int], ...]:
    """The ways to read an address as that of a numbered page: the first page's address, and the number."""
    if len(url) > MAX_ADDRESS:
        return ()
    parts = urlsplit(url)
    found: list[tuple[str, int]] = []
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    for name, value in pairs:
        if name.lower() in _PARAMETERS and value.isascii() and value.isdigit() and len(value) <= 2:
            rest = [pair for pair in pairs if pair != (name, value)]
            found.append((urlunsplit(parts._replace(query=urlencode(rest))), int(value)))
    numbered = _NUMBERED.fullmatch(parts.path)
    if numbered and not _DATE.search(numbered["stem"]):
        path = numbered["stem"] + (numbered["ending"] or "")
        found.append((urlunsplit(parts._replace(path=path)), int(numbered["number"])))
    folder = _FOLDER.fullmatch(parts.path)
    if folder and folder["stem"].strip("/") and not _DATE.search(folder["stem"]):
        found.append((urlunsplit(parts._replace(path=folder["stem"] + "/")), int(folder["number"])))
    return tuple((first, number) for first, number in found if number)


def _turns(tree: Any, own: str) -> Iterator[str]:
    """The addresses of links that turn to another page of the same story, by their words or by their `rel`."""
    for link in islice(tree.iter("a", "link"), MAX_LINKS):
        href = (link.get("href") or "").strip()
        if not href or href.startswith("#") or len(href) > MAX_ADDRESS:
            continue
        relation = link.get("rel")
        related = bool(relation) and not _NEIGHBOURS.isdisjoint(relation.lower().split())
        if related or (link.tag == "a" and _turning(_words(link))):
            try:
                yield urldefrag(urljoin(own, href))[0]
            except ValueError:
                continue


def _words(link: Any) -> str:
    """The link's first words."""
    whole = "".join(islice(link.itertext(), 9)) if len(link) else link.text or ""
    return text.squeeze(whole)[:60]


@lru_cache(maxsize=4_096)
def _turning(words: str) -> bool:
    return bool(_NUMBER.fullmatch(words)) or text.fold(words.strip(" «»‹›<>→←…·|[]")) in folded("turn")


def _same(url: str) -> str:
    """The address without what does not tell two pages apart."""
    parts = urlsplit(url)
    return f"{parts.netloc}{_ENDING.sub('', parts.path).rstrip('/')}?{parts.query}"
