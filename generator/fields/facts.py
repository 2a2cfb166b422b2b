"""A line of facts below a headline: who wrote it, when, and when it was changed, in one line and in any order.

What stands between two dates is taken apart: the label of the date behind it, a name behind its label, and little else. A
sentence is no such line. A pure function on the line; never raises.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

from generator import phrases
from generator.fields import moments, names
from generator.model import Moment
from generator.text import fold

LENGTH = 180  # a longer line is running text
LOOSE = 40  # characters that are neither a date nor labelled
PEOPLE = 4

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_EDGES = " \t,;:|/·•–—-()[]（）【】、，；：｜丨│،؛\u200f\u200e"
_CLOCK = re.compile(
    r"^[^\d]{0,12}?\d{1,2}\s?(?:[:.：h時时点點시]\s?(?:\d{2})?|(?=[ap]\.?m|Uhr))(?:[:分분]?\s?\d{0,2})?"
    r"\s?(?:分|Uhr|hrs?\b|h\b|น\.|[ap]\.?\s?m\b\.?)?\s?(?-i:\(?(?:[A-Z]{2,5}\b|[+-]\d\d:?\d\d)\)?)?",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(r"\d{1,2}[:.]\d{2}\s?(?:Uhr|[ap]\.?m\.?|[A-Z]{2,4})?[\s,|·–-]{0,4}$", re.IGNORECASE)
_SMALL = r"(?:[^\W\d_]{1,4}\.?\s{1,2})?(?:[^\W\d_]{2,12}\.?,?\s{1,2})?"  # on, am, le, den; Friday,
_APART = re.compile(r"[,;|/·•–—\-()（）、，｜丨│:：]\s?$")
_DATED = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d\d")
_SPLIT = re.compile(r"\s?[|｜丨│·•]\s?|\s[–—/-]\s|\s{3,}")
_SOME_CJK = re.compile(f"[{_CJK}]")
_WHENS: tuple[phrases.Kind, ...] = ("modified", "time")
_WHO: tuple[phrases.Kind, ...] = ("author",)
_SENTENCE = frozenset("!?。！？…")


class When(NamedTuple):
    """A moment in the line; `words` are its label as printed, empty where it has none."""

    field: Literal["published", "modified"]
    moment: Moment
    words: str
    language: str


class Facts(NamedTuple):
    """What the line says: moments in their order, people behind a label, and what stands beside them without one."""

    whens: tuple[When, ...]
    people: tuple[str, ...]
    rests: tuple[str, ...]


def read(line: str, language: str | None = None) -> Facts | None:
    """The facts in the line; None where it is anything else, or has no date."""
    if len(line) > LENGTH or not _DATED.search(line) or line[-1:] in _SENTENCE:
        return None
    flat = unicodedata.normalize("NFKC", line).strip()
    spans = moments.spans(flat, language)
    if not spans:
        return None
    edges = (0, *(end for _, end in spans))
    starts = (*(start for start, _ in spans), len(flat))
    whens: list[When] = []
    people: list[str] = []
    rests: list[str] = []
    for number, (begin, stop) in enumerate(zip(edges, starts, strict=True)):
        between = flat[begin:stop]
        between = between if number == 0 else _CLOCK.sub("", between, count=1)
        last = number == len(spans)
        between = between if last else _CLOCK_BEFORE.sub("", between)
        found = None if last else _whens().search(between)
        before = between[: found.start()] if found else between
        named, loose = _people(before)
        sentence = found is not None and not _SOME_CJK.search(found["label"])
        if sentence and loose and not (_APART.search(before) or named or number):
            return None  # a sentence that says when something was published
        people += named
        rests += loose
        if not last:
            moment = moments.parse(flat[edges[number] if number == 0 else stop : starts[number + 1]], language=language)
            if moment is not None:
                whens.append(_when(moment, found["label"] if found else ""))
    if sum(map(len, rests)) > LOOSE:
        return None
    return Facts(tuple(whens), tuple(dict.fromkeys(people))[:PEOPLE], tuple(rests))


def _when(moment: Moment, words: str) -> When:
    field, language = _meaning().get(fold(words), ("time", ""))
    return When("modified" if field == "modified" else "published", moment, words, language)


def _people(words: str) -> tuple[list[str], list[str]]:
    """The people behind a label in the words, and what is left beside them."""
    named: list[str] = []
    loose: list[str] = []
    for raw in _SPLIT.split(_marked().sub(r"\1：", words)):
        piece = raw.strip(_EDGES)
        if not piece:
            continue
        label = _authors().match(piece)
        dense = _dense_authors().search(piece) if label is None else None
        found = (
            names.split(piece[label.end() :].strip(_EDGES))
            if label
            else names.split(dense[1] or dense[2])
            if dense
            else ()
        )
        if found and len(found) <= PEOPLE and all(map(_is_name, found)):
            named += found
        else:
            loose.append(piece)
    return named, loose


def _is_name(name: str) -> bool:
    """Whether what stands behind a label is a person: two words at least, where the script parts words."""
    words = name.split()
    if _SOME_CJK.search(name):
        return 1 < len(name) <= 8
    cased = name.lower() != name.upper()
    return 1 < len(words) <= 5 and not any(map(str.isdigit, name)) and (not cased or words[0][:1].isupper())


def _longest(kinds: tuple[phrases.Kind, ...], *, dense: bool) -> str:
    """The phrases of the kinds, of scripts without blanks or of the others, as a pattern; the longest first."""
    words = {one.text for kind in kinds for one in phrases.phrases(kind) if bool(_SOME_CJK.search(one.text)) == dense}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _meaning() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for kind in _WHENS:
        for one in phrases.phrases(kind):
            found.setdefault(fold(one.text), (kind, one.language))
    return found


@cache
def _whens() -> re.Pattern[str]:
    """The label of a date at the end of what stands before that, with a word such as "on" and a weekday between."""
    return re.compile(
        rf"(?P<label>(?:{_longest(_WHENS, dense=True)})|(?<!\w)(?:{_longest(_WHENS, dense=False)})(?!\w))"
        rf"\s{{0,2}}[:：]?\s{{0,2}}{_SMALL}\(?$",
        re.IGNORECASE,
    )


@cache
def _authors() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{_longest(_WHO, dense=False)})(?:\s?[:：]\s?|\s)|(?:{_longest(_WHO, dense=True)})\s?[:：/／|｜\s]\s?)(?=\S)",
        re.IGNORECASE,
    )


@cache
def _marked() -> re.Pattern[str]:
    """A label with an upright behind it, which is no separator there: 文 | 张三."""
    return re.compile(rf"(?<![{_HAN}])({_longest(_WHO, dense=True)})\s?[|｜丨/]\s?")


@cache
def _dense_authors() -> re.Pattern[str]:
    """A label and a name without a blank before them, or without a mark between them where the name begins with a family's."""
    families = "|".join(re.escape(one) for one in sorted(phrases.folded("surname", "zh")))
    return re.compile(
        rf"(?:^|[\s{_HAN}])(?:记者|記者|通讯员|通訊員)\s?(?:[:：/]\s?|\s)([{_HAN}、\s]{{2,24}})$"
        rf"|^(?:本报|本報|本网|本刊)?(?:记者|記者|通讯员|通訊員)((?:{families})[{_HAN}]{{1,2}})$"
    )
