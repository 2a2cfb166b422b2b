"""The language of the story as a BCP 47 tag; Chinese with its script where the text shows it.

Stated languages are believed unless the letters of the text rule them out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from generator.document import Document, view
from generator.fields import story
from generator.fields.settling import settle
from generator.model import SNIPPET, Claim
from generator.text import cut

SAMPLE = 6_000
RARE = 0.02  # of a text in Latin letters other signs may be so many: dashes, quotes, names

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?\b")
_SCRIPTS = (("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7af]")), ("zh", re.compile(r"[\u4e00-\u9fff]")), ("ru", re.compile(r"[\u0400-\u04ff]")),
            ("ar", re.compile(r"[\u0600-\u06ff]")), ("he", re.compile(r"[\u0590-\u05ff]")), ("el", re.compile(r"[\u0370-\u03ff]")), ("th", re.compile(r"[\u0e00-\u0e7f]")), ("hi", re.compile(r"[\u0900-\u097f]")))  # fmt: skip
_BEYOND = re.compile(r"[\u0370-\uffff]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# frequent characters that only one of the two scripts writes
_HANS = frozenset("这国会对时说们来发个过进还后实经现门学问间关产见开点业东长车让应动两军区总统议与书习写马鸟龙")
_HANT = frozenset("這國會對時說們來發個過進還後實經現門學問間關產見開點業東長車讓應動兩軍區總統議與書習寫馬鳥龍")
# frequent short words, to tell languages in Latin letters apart where nothing is stated
_WORDS = {
    "en": "the of and to in is that for was on with as", "de": "der die und das den von mit ist nicht ein auf für", "fr": "le la les des et est dans une que pour qui du",
    "es": "el la los las que de y en una por con para", "pt": "o os da do que e em uma não com para dos", "it": "il che di la e per un non sono della con gli",
    "nl": "de het een van en dat niet op zijn met voor is", "pl": "i w na z się nie do to że jest o po", "sv": "och att det som en på är av för med den till",
    "tr": "ve bir bu da için ile de olarak çok daha olan ne", "id": "yang dan di untuk dengan dari ini pada itu tidak dalam akan", "vi": "của và là các có được cho trong một với không người",
    "cs": "a se na je že v to s do by jako si", "fi": "ja on ei että se oli mutta hän ovat kun myös joka", "hu": "a az és hogy nem is egy ez volt meg csak de",
    "da": "og det at er en på til af for med ikke der", "nb": "og det er på som en til av for med ikke å",
}  # fmt: skip
_SPLIT = {language: frozenset(words.split()) for language, words in _WORDS.items()}


@view
def claims(document: Document) -> tuple[Claim, ...]:
    """Statements of the language."""
    return tuple(_claims(document))


@view
def of(document: Document) -> str | None:
    """The language that is believed, as its first subtag."""
    found = settle(claims(document)).value("language")
    return found.partition("-")[0] if found else None


def _claims(document: Document) -> Iterator[Claim]:
    sample = _sample(document)
    about = story.find(document)
    for text, rank in about.texts("inLanguage"):
        yield from _claim(text, "jsonld:inLanguage", 0.84 - 0.1 * rank, sample)
        break
    if document.tree is not None:
        for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
            yield from _claim(document.tree.get(name) or "", "html:lang", 0.8, sample)
    for name, strength in (
        ("og:locale", 0.74),
        ("content-language", 0.72),
        ("language", 0.66),
        ("dc.language", 0.7),
        ("dcterms.language", 0.7),
    ):
        for text in document.meta.get(name, ())[:1]:
            yield from _claim(text, f"meta:{name}", strength, sample)
    yield from _guessed(sample)


def _sample(document: Document) -> str:
    pieces: list[str] = []
    length = 0
    for one in sorted(document.lines, key=len, reverse=True)[:40]:
        pieces.append(one[:800])
        length += len(one)
        if length > SAMPLE:
            break
    return " ".join(pieces)[:SAMPLE]


def _claim(text: str, basis: str, strength: float, sample: str) -> Iterator[Claim]:
    found = _TAG.match(text.strip())
    if not found:
        return
    language = found[1].lower()
    script = _script(sample)
    if (
        script
        and script != language
        and not (script == "ru" and language in ("uk", "bg", "sr", "be", "mk", "kk", "ky", "mn", "tg"))
        and not (script == "ar" and language in ("fa", "ur", "ps", "ckb", "ku"))
    ):
        if not (script == "hi" and language in ("mr", "ne")) and not (
            script == "zh" and language in ("ja", "ko", "yue")
        ):
            strength -= 0.5
    elif (
        not script
        and language in ("zh", "ja", "ko", "ru", "ar", "he", "el", "th", "uk", "fa")
        and _LATIN.search(sample)
    ):
        strength -= 0.5
    value = language
    if language == "zh":
        value = _chinese(sample, found[2], found[3])
    elif found[2]:
        value = f"{language}-{found[2].title()}"
    yield Claim("language", (value,), basis, strength, cut(text, SNIPPET))


def _chinese(sample: str, script: str | None, country: str | None) -> str:
    simple, full = sum(char in _HANS for char in sample), sum(char in _HANT for char in sample)
    if simple != full:
        return "zh-Hans" if simple > full else "zh-Hant"
    if script:
        return f"zh-{script.title()}"
    return "zh-Hant" if (country or "").upper() in ("TW", "HK", "MO") else "zh-Hans" if country else "zh"


@lru_cache(maxsize=8)  # asked for each statement of one page
def _script(sample: str) -> str | None:
    if len(_BEYOND.findall(sample)) <= len(sample) * RARE:
        return None
    letters = sum(map(str.isalpha, sample))
    for language, pattern in _SCRIPTS:
        if len(pattern.findall(sample)) > letters * (0.08 if language in ("ja", "ko") else 0.4):
            return language
    return None


def _guessed(sample: str) -> Iterator[Claim]:
    script = _script(sample)
    if script:
        yield Claim(
            "language",
            (_chinese(sample, None, None) if script == "zh" else script,),
            "text:script",
            0.6,
            cut(sample, 60),
        )
        return
    words = sample.lower().split()
    if len(words) < 20:
        return
    often = Counter(words)
    counts = sorted(
        ((sum(often[word] for word in known), language) for language, known in _SPLIT.items()), reverse=True
    )
    (most, best), (second, _) = counts[0], counts[1]
    if most > len(words) * 0.1 and most > 1.3 * second:
        yield Claim("language", (best,), "text:words", 0.5, cut(sample, 60))
