"""Blacking out: found in the text as a reader sees it, cut out of the text as it is written.

Full width, escapes, marks of emphasis and characters that nobody sees hide nothing. Addresses of links are not searched for
telephone numbers: their digits are mostly something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from html import unescape
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from generator.images import MEDIUM
from generator.model import Article, Moment, Seen
from generator.withholding.personal.forms import Form, forms

BLACK = "██"
Noun = TypeVar("Noun", Article, Seen)
TEXTS = "texts"
# what names the article or its files and is no text of it
_NAMES = frozenset({"id", "permalink", "outlet", "language", "show", "sha256", "media_type", "basis", "field"})
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.){0,2000})\]\(([^()\s]{0,2000})\)|<((?:https?|mailto|tel):[^<>\s]{1,2000})>")
_ADDRESS = re.compile(rf"https?://[^\s<>()\[\]]{{1,2000}}|{MEDIUM.pattern}", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|`+")
_MAY_HOLD = re.compile(r"[0-9０-９@＠]|\(at\)|#\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Redaction(Generic[Noun]):
    """A noun with words blacked out: how many of each kind, and which of the named texts were found."""

    value: Noun
    counts: tuple[tuple[int, str], ...] = ()
    found: frozenset[str] = frozenset()


def redact(value: Noun, language: str | None, kinds: tuple[str, ...], words: tuple[str, ...]) -> Redaction[Noun]:
    """Black out personal data of these kinds, and these words, wherever they stand in it."""
    if not (kinds or words):
        return Redaction(value)
    ink = _Ink(tuple(form for form in forms(language) if form.kind in kinds), words)
    done: Noun = ink.over(value, "")
    return Redaction(done, tuple((n, kind) for kind, n in sorted(ink.counts.items())), frozenset(ink.found))


class _Ink:
    """One article's blacking out, counting as it goes."""

    def __init__(self, known: tuple[Form, ...], words: tuple[str, ...]) -> None:
        self._forms = known
        self._words = [(word, _pattern(word)) for word in words if word.strip()]
        self.counts: Counter[str] = Counter()
        self.found: set[str] = set()

    def over(self, value: Any, name: str) -> Any:
        """The value with what is to be hidden blacked out, however deep it lies."""
        if name in _NAMES or value is None or isinstance(value, (Moment, int, float)):
            return value
        if isinstance(value, tuple):
            return tuple(self.over(one, name) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value, **{field.name: self.over(getattr(value, field.name), field.name) for field in fields(value)}
            )
        if name in ("url", "src"):
            return None if self._hides(value) else value
        return self._text(value)

    def _text(self, written: str) -> str:
        if not self._words and not _MAY_HOLD.search(written):
            return written
        return self._blacked(_LINK.sub(self._unlinked, written))

    def _unlinked(self, link: re.Match[str]) -> str:
        """A link whose address says what is to be hidden keeps its words only."""
        address = link[2] if link[2] is not None else link[3]
        if not self._hides(address):
            return link[0]
        return (link[1] or "") if not link[0].startswith("!") else ""

    def _hides(self, address: str) -> bool:
        if MEDIUM.fullmatch(address):
            return False
        read = unquote(unescape(address))
        by_scheme = read.lower().startswith(("mailto:", "tel:"))
        flat, _ = _read(read.removeprefix("mailto:").removeprefix("tel:"))
        spans = list(self._spans(flat, skip=() if by_scheme else (("phones", 0, len(flat)),)))
        spaced = re.sub(r"[-_+/.]+", " ", flat)
        named = {word for word, pattern in self._words if pattern.search(spaced)}
        self.found |= named
        return bool(spans or named)

    def _blacked(self, written: str) -> str:
        flat, places = _read(written)
        addresses = tuple(("phones", found.start(), found.end()) for found in _ADDRESS.finditer(flat))
        pieces: list[str] = []
        at = 0
        for start, end in _merged(self._spans(flat, addresses)):
            pieces += (written[at : places[start][0]], BLACK)
            at = places[end - 1][1]
        return "".join((*pieces, written[at:]))

    def _spans(self, flat: str, skip: tuple[tuple[str, int, int], ...]) -> Iterator[tuple[int, int]]:
        taken: list[tuple[int, int]] = []
        for word, pattern in self._words:
            for found in pattern.finditer(flat):
                self.found.add(word)
                self.counts[TEXTS] += 1
                taken.append(found.span())
        for form in self._forms:
            for found in form.it.finditer(flat):
                start, end = found.span(found.lastindex or 0)
                inside = any(kind == form.kind and low < end and start < high for kind, low, high in skip)
                if inside or any(low < end and start < high for low, high in taken) or not form.check(flat[start:end]):
                    continue
                self.counts[form.kind] += 1
                taken.append((start, end))
        yield from taken


def _pattern(word: str) -> re.Pattern[str]:
    """A person's words, wherever white space breaks them."""
    flat, _ = _read(word)
    return re.compile(r"\s*".join(re.escape(char) for char in flat if not char.isspace()), re.IGNORECASE)


def _read(written: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as it reads, and for each of its characters where it is written: from, to."""
    flat: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(written):
        char = written[at]
        end = at + 1
        if char == "\\" and (found := _ESCAPED.match(written, at)):
            char, end = found[0][1], found.end()
        elif char == "&" and (found := _REFERENCE.match(written, at)):
            char, end = unescape(found[0]), found.end()
        elif char in "*_`" and (found := _EMPHASIS.match(written, at)):
            char, end = "", found.end()
        elif not char.isascii():
            char = "" if unicodedata.category(char) in ("Cf", "Mn") else unicodedata.normalize("NFKC", char)
        for one in char:
            flat.append(one)
            places.append((at, end))
        at = end
    return "".join(flat), places


def _merged(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that meet as one."""
    before: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if start == end:
            continue
        if before and start <= before[1]:
            before = (before[0], max(before[1], end))
            continue
        if before:
            yield before
        before = (start, end)
    if before:
        yield before
