"""What news pages say around a story, by language: labels before a source or a time, heads of lists, names of months.

Data lie in one TOML file per language beside this one; adding a language is adding a file. Holds words only: it never
decides what a line means, and never names an outlet.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, get_args

from generator import text

Kind = Literal[
    "source",  # labels before the name of whom the page credits
    "time",  # labels before the time of publication
    "modified",  # labels before the time of the last change
    "views",  # labels before the number of views
    "editor",  # labels before an editor's name
    "author",  # labels before an author's name
    "staff",  # labels before other people's names, neither author nor editor: they end the value before them
    "credit",  # words that mark a picture's credit
    "role",  # words beside a name that say what the person is
    "nobody",  # names that name no person
    "agency",  # news agencies
    "joiner",  # words between two names
    "comments",  # heads over readers' comments
    "related",  # heads over related stories
    "hot",  # heads over the most read stories
    "notice",  # words inside a line by which it is one of the outlet's own notices to its readers
    "friends",  # heads over links to friendly sites
    "share",  # words that ask to share, follow, subscribe or print
    "standing",  # names of standing pages: about, contact, disclaimer
    "membership",  # names of pages on which readers join or subscribe
    "lookup",  # names of pages on which an outlet's staff can be looked up
    "home",  # the first step of a breadcrumb
    "here",  # words before a breadcrumb
    "section",  # labels before the paper's part
    "tags",  # labels before keywords
    "summary",  # labels before a story's summary
    "turn",  # words of links that turn to another page of the same story
    "month",  # names of the twelve months, January first, and of those of the Persian year behind them; other spellings parted by |
    "end",  # marks that close a text
    "outlet",  # words at the end of names of outlets and of other bodies
    "body",  # words by which a name is that of a ministry, a university, a council, and no person's
    "genre",  # words in capitals before a text that say what kind of piece it is, where a place would stand
    "photo",  # words that begin the credit of a picture, with no mark behind them
    "more",  # words of buttons behind a list of tags
    "filler",  # what content systems file stories under by themselves
    "edition",  # words behind an outlet's name that say in what form it comes
    "surname",  # the most frequent family names, where a name is known by them
]
LABELS: tuple[Kind, ...] = (
    "source",
    "time",
    "modified",
    "views",
    "editor",
    "author",
    "staff",
    "section",
    "tags",
    "comments",
    "share",
    "role",
)
KINDS: tuple[str, ...] = get_args(Kind)
LANGUAGES = (
    "en", "zh", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "ar",
    "pl", "nl", "tr", "cs", "sv", "da", "nb", "fi", "uk", "vi", "id", "el", "hu", "hi", "ro", "bg",
    "he", "fa", "ur", "th", "bn", "ta", "ca", "sk", "sl", "sr", "hr", "lt", "lv", "et", "is", "ms", "az", "kk", "hy", "ka", "mr", "te", "my", "km",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as a page prints them, and the language that they belong to."""

    text: str
    language: str


@cache
def phrases(kind: Kind, *languages: str) -> tuple[Phrase, ...]:
    """The phrases of one kind, longest first, of the languages named or of all."""
    found = [
        Phrase(words, language) for language in (languages or LANGUAGES) for words in _table(language).get(kind, ())
    ]
    return tuple(
        sorted(dict.fromkeys(found), key=lambda one: (-len(one.text), LANGUAGES.index(one.language), one.text))
    )


@cache
def folded(kind: Kind, *languages: str) -> frozenset[str]:
    """The same phrases folded, for asking whether a whole line is one of them."""
    return frozenset(text.fold(one.text) for one in phrases(kind, *languages))


@cache
def months(language: str | None = None) -> Mapping[str, int]:
    """Folded names of months in every language, each with its number. A name that two languages give to two months means what
    it means in the language given, and nothing where none of them is.
    """
    found: dict[str, int] = {}
    contested: set[str] = set()
    for each in LANGUAGES:
        for number, names in enumerate(_table(each).get("month", ()), start=1):
            for name in names.split("|"):
                key = text.fold(name).rstrip(".")
                if found.setdefault(key, number) != number:
                    contested.add(key)
    known = {key: number for key, number in found.items() if key not in contested}
    for number, names in enumerate(_table(language).get("month", ()) if language in LANGUAGES else (), start=1):
        known |= {text.fold(name).rstrip("."): number for name in names.split("|")}
    return MappingProxyType(known)


@cache
def _table(language: str) -> Mapping[str, tuple[str, ...]]:
    raw = resources.files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
    return MappingProxyType({kind: tuple(words) for kind, words in tomllib.loads(raw).items()})
