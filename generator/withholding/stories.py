"""Stories that are withheld, as lists of other pages may name them: by address, by headline, by a quotation.

Compared are letters alone, so that no spelling slips through. A quotation is a run of letters that two texts share only
where one was taken from the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from generator import text
from generator.model import Article, Seen
from generator.withholding.words import own_words

NAME = 8  # letters of a headline: a shorter one may be a part of any
HAN_RUN, LATIN_RUN = 12, 20  # letters of a quotation, by script
_TEXTS = frozenset({"headline", "kicker", "standfirst", "body", "comments", "pictures"})
_TAG = re.compile(r"<[^<>]*>")
_NO_LETTER = re.compile(r"[\W_]+")
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Stories:
    """What names the stories that are withheld: addresses, headlines, and their texts line by line."""

    urls: frozenset[str] = frozenset()
    headlines: frozenset[str] = frozenset()
    letters: str = ""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Stories:
        held = tuple(articles)
        urls = frozenset(text.fold_url(one.url) for one in held if one.url)
        headlines = frozenset(filter(None, (_letters(one.headline) for one in held)))
        lines = {_letters(words): None for one in held for field, words in own_words(one) if field in _TEXTS}
        return cls(urls, headlines, "\n".join(sorted(filter(None, lines))))

    @property
    def mark(self) -> str:
        """What changes with any of them."""
        return text.short(*sorted(self.urls), *sorted(self.headlines), self.letters) if self.headlines else ""

    def name(self, seen: Seen) -> bool:
        """Whether a story in a list is one of these."""
        if not self.headlines:
            return False
        if seen.url and text.fold_url(seen.url) in self.urls:
            return True
        return any(self._is_said_in(_letters(words)) for words in (seen.headline, seen.excerpt) if words)

    def are_named_in(self, markup: str) -> bool:
        """Whether a whole page names one of them, or leads to it: by address, by headline, by a quotation."""
        if not self.headlines:
            return False
        plain = unescape(markup)
        letters = _letters(_TAG.sub(" ", plain))
        return (
            any(url in plain or url in unquote(plain) for url in self.urls)
            or any(len(one) >= NAME and one in letters for one in self.headlines)
            or any(self._is_quoted_in(letters, length) for length in (HAN_RUN, LATIN_RUN))
        )

    def _is_quoted_in(self, letters: str, length: int) -> bool:
        """Whether the letters share a run of that length with any of the stories."""
        step = length // 2
        near = (at for at in range(len(letters) - step + 1) if letters[at : at + step] in self._pieces[length])
        runs = {letters[start : start + length] for at in near for start in range(max(at - step, 0), at + 1)}
        return any(len(run) == length and _suits(run, length) and run in self.letters for run in runs)

    def _is_said_in(self, letters: str) -> bool:
        if letters in self.headlines or any(len(one) >= NAME and one in letters for one in self.headlines):
            return True
        if len(letters) >= NAME and any(one.startswith(letters) for one in self.headlines):
            return True  # a headline that a list has cut short
        return self._is_quoted_in(letters, HAN_RUN if _is_han(letters) else LATIN_RUN)

    @cached_property
    def _pieces(self) -> dict[int, frozenset[str]]:
        return {
            length: frozenset(_every(self.letters, length // 2, length - length // 2 + 1))
            for length in (HAN_RUN, LATIN_RUN)
        }


def _suits(run: str, length: int) -> bool:
    return length == LATIN_RUN or _is_han(run)


def _is_han(letters: str) -> bool:
    return 2 * len(_HAN.findall(letters)) > len(letters)


def _every(letters: str, length: int, step: int) -> Iterator[str]:
    return (letters[at : at + length] for at in range(0, len(letters) - length + 1, step))


def _letters(words: str) -> str:
    return _NO_LETTER.sub("", text.fold(words))
