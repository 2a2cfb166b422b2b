"""How far a name is believed to be the outlet's own: whether the page's domain spells it, who else says the same, whose it is else.

Weighs claims of the publisher against each other. A name is kept as printed, freed of its slogan, or joined with its initials.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from generator import phrases
from generator.document import Document
from generator.fields import story, titles
from generator.model import SNIPPET, Claim
from generator.text import cut, fold, line, slug

LENGTH = 60
INITIALS = 6
# what a weak name gains that the domain spells, and what a fair one reaches so
FAIR, AT_HOME, AT_HOME_LEAST = 0.6, 0.15, 0.88
EDITION = 0.87  # the most that a name gains of which the domain spells all but its edition
SURE = 0.95
# an address as a name: how much of it is believed; how far, where two places of the page say it, or three
ADDRESSED, TWICE, OFTEN = 0.55, 0.62, 0.83
NOT_ITS = 0.55  # how much of a name is believed that is an author's or a credited source's as well
LEAST = 0.31  # an address that is stated, before the one that is only known
MOST_WORDS = 4
SHORT = 4  # letters of a name that may be initials

ADDRESS = re.compile(r"^\S+\.[a-z]{2,10}$", re.IGNORECASE)
DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|o|de|het)\s", re.IGNORECASE)
_CAPITAL = re.compile(r"(?:^|[\s-])([^\W\d_])")
_PLACES = ("html:", "line:")
_SITES = frozenset(
    {"meta:og:site_name", "meta:application-name", "jsonld:website", "html:title", "html:home", "html:logo"}
)
_JOINT = re.compile(rf"{titles.SEPARATOR.pattern}|[：]|:\s")
# how German and Scandinavian domains write what their alphabet does not have
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})


def weighed(claims: Iterable[Claim], document: Document, headline: str | None) -> Iterator[Claim]:
    """The claims, each with what the page's domain and the others make of it."""
    found = [replace(one, values=(_bare(one.value, document),)) for one in claims]
    known = [claim.value for claim in found if not ADDRESS.search(claim.value)]
    writers = _writers(document) - {fold(one.value) for one in found if one.basis in _SITES}
    dense = bool(headline and DENSE.search(headline))
    for claim in found:
        alien = fold(claim.value) in writers or (claim.basis.startswith("microdata") and _credited(document, claim))
        if claim.basis == "url:host":
            yield claim
        elif ADDRESS.search(claim.value):
            yield replace(claim, confidence=_as_address(claim, found, document))
        elif alien and len({fold(one.value) for one in found}) > 1:
            yield replace(claim, confidence=claim.confidence * NOT_ITS)
        elif dense and not DENSE.search(claim.value):
            yield claim
        elif at_home(claim.value, document):
            yield replace(claim, confidence=_spelt(claim, known))
        elif at_home(unedited(claim.value), document):
            yield replace(claim, confidence=max(claim.confidence, min(claim.confidence + AT_HOME, EDITION)))
        else:
            yield claim


def at_home(name: str, document: Document) -> bool:
    """Whether the page's own domain spells the name, without its article or whatever stands before its last word."""
    label = titles.plain(titles.label(document))
    return bool(label) and label in _spellings(name, long=len(label) > SHORT)


@lru_cache(maxsize=4_096)
def _spellings(name: str, *, long: bool) -> frozenset[str]:
    words = name.split()
    forms = {name, _ARTICLE.sub("", name)}
    if long and 1 < len(words) <= MOST_WORDS and "." not in name:
        forms.add(words[-1])
    return frozenset(way for form in forms for way in _written(form) if way)


def _written(name: str) -> Iterator[str]:
    """The name as a domain may spell it: as it is, without accents or in Latin letters, with digraphs for umlauts."""
    yield titles.plain(name)
    if not name.isascii() and not DENSE.search(name):
        yield titles.plain(slug(name, ""))
        yield titles.plain(slug(fold(name).translate(_DIGRAPHS), ""))


def unedited(name: str) -> str:
    """The name without the words at its end that say in what form it comes: Online, Digital, TV."""
    words = name.split()
    while len(words) > 1 and fold(words[-1]) in phrases.folded("edition"):
        words.pop()
    return " ".join(words)


def _bare(name: str, document: Document) -> str:
    """The part of a name that the domain spells, without the slogan beside it."""
    parts = [part for piece in _JOINT.split(name) if (part := piece.strip())]
    if len(parts) < 2:
        return name
    own = (part for part in parts if at_home(part, document) and len(titles.plain(part)) > SHORT)
    first = parts[0] if _own_address(parts[0], document) else name
    return next(own, first)  # initials stand beside the name in full, and a name before its address


def _as_address(claim: Claim, found: Sequence[Claim], document: Document) -> float:
    """How far an address is believed as a name: further where it is the page's own, and more than one place of the page says so."""
    bases = {one.basis for one in found if fold(one.value) == fold(claim.value) and one.basis != "url:host"}
    once = claim.confidence * ADDRESSED
    if not _own_address(claim.value, document):
        return once
    often = OFTEN if len(bases) > 2 else TWICE if len(bases) > 1 else LEAST
    return max(once, often + claim.confidence / 100)


def _own_address(name: str, document: Document) -> bool:
    host = (document.host or "").removeprefix("www.")
    return bool(host) and titles.plain(host) in set(_written(re.sub(r"^www\.", "", fold(name))))


def _spelt(claim: Claim, known: Collection[str]) -> float:
    """How far a name is believed that the domain spells."""
    here = f"{fold(_ARTICLE.sub('', claim.value))} "
    if any(fold(_ARTICLE.sub("", other)).startswith(here) for other in known):
        return SURE  # the rest of the longer name is an edition's or an app's
    if claim.basis.startswith(_PLACES) and len(titles.plain(claim.value)) <= SHORT and len(known) > 1:
        return claim.confidence  # initials where a name is stated
    return claim.confidence + AT_HOME if claim.confidence < FAIR else AT_HOME_LEAST + claim.confidence / 20


def _writers(document: Document) -> frozenset[str]:
    """Who is stated as an author: content systems put the same person where the publisher should stand."""
    about = story.find(document)
    named = (name for value, _ in about.values("author") for name in about.names(value))
    return frozenset(map(fold, (*named, *document.meta.get("author", ()))))


def _credited(document: Document, claim: Claim) -> bool:
    """Whether a line of the page names the outlet behind a label that credits a source."""
    labels = phrases.folded("source")
    return any(
        claim.value in one and fold(re.split("[:：]", one)[0]) in labels
        for one in document.lines
        if len(one) < 2 * LENGTH
    )


def in_full(found: Sequence[Claim], legal: Iterable[str]) -> Iterator[Claim]:
    """A name in full before its initials, where the page states both. `legal` are names in full that data give."""
    full = (*map(line, legal), *(claim.value for claim in found if claim.confidence >= 0.4))
    for claim in found:
        short = claim.value
        if claim.confidence < FAIR or not 1 < len(short) <= INITIALS or not short.isupper():
            continue
        name = next((name for name in full if short in _initials(name)), None)
        if name:
            whole = name if f"({short})" in name else f"{name} ({short})"
            yield Claim("publisher", (whole,), f"{claim.basis}+full", 0.99, cut(name, SNIPPET))
            return


def _initials(name: str) -> tuple[str, ...]:
    """The first letters of all words, and of those that are written with a capital."""
    letters = _CAPITAL.findall(name) if " " in name else []
    return "".join(letters).upper(), "".join(letter for letter in letters if letter.isupper())
