"""Names of people out of what pages print as authors: split, freed of labels, roles, agencies, addresses.

A name is kept as printed. What is not a person's name is dropped, never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from generator import phrases
from generator.fields.titles import plain
from generator.text import fold, line, unique

LENGTH = 70
WORDS = 7
NAMES = 30

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CJK = re.compile(f"[{_HAN}\u3040-\u30ff\uac00-\ud7af]")
_HAN_ONLY = re.compile(f"[{_HAN}\u00b7\u2027\u30fb•·]+$")
_NOISE = re.compile(
    r"\S{1,80}@\S{1,80}|https?://\S{1,300}|www\.\S{1,200}|(?<!\w)@\w{1,40}|[（(【\[][^（()）】\]]{0,80}[）)】\]]|\s\d{1,2}[:.]\d\d\b.*$|<[^<>]{0,200}>"
)
_WRITING_FOR = re.compile(r"^[\u4e00-\u9fff]{1,10}(?:专栏作者|特约作者|作者|记者|評論員|评论员)\s+(?=[\u4e00-\u9fff])")
_CUTS = re.compile(r"\s?[;；、|｜•·／\u2028\n\t]\s?|\s/\s|\s[–—-]\s|(?<![A-Z])/(?=\w\w)|\s{3,}")
_COMMA = re.compile(r"\s?[,，]\s?")
_TAIL = re.compile(r"\s(?:for|of|at|in|from|für|bei|aus|pour|para|per)\s.*$|,?\s(?:M\.?D|Ph\.?D|MBA|CFA)\.?$")
_MARKS = frozenset(":：!！?？。；;=#{}<>|")
# before the names of who wrote or took the pictures
_SIGNED = frozenset(["文", "图", "圖", "摄", "攝", "图文", "文图", "撰文", "摄影", "攝影"])
_DATED = re.compile(r"\d{3}|\d[:./]\d")
_OFFICE = frozenset(
    "senior chief deputy staff associate assistant managing executive contributing editor writer reporter correspondent columnist contributor "  # noqa: SIM905
    "producer journalist twitter facebook instagram email e-mail follow redakteur redakteurin reporterin korrespondent korrespondentin "
    "volontär autor autorin journaliste correspondant periodista redactor redactora redattore giornalista freelance political politics business".split()
)
_ADVERTISERS = ("taboola", "outbrain")  # "Ads by" whom stands on pages of all languages
_EDGE = " \t.,;:：，、|/•·-–—_*\"'“”«»‘’＊"
_ROLE_TAIL = re.compile(r"\s(?:in|on|at|of|für|bei|de|du|des|del|da|do)\s.*$")


def split(raw: str, sites: Iterable[str] = (), *, spaced: bool = True) -> tuple[str, ...]:
    """The persons in a byline. `spaced` says that a space may part two names in Han characters."""
    text = line(raw)[:600]
    text = _NOISE.sub(" ; ", text) if _NOISE.search(text) else text
    found: list[str] = []
    for piece in _CUTS.split(unlabelled(text)):
        found += _parted(unlabelled(piece), spaced=spaced)
    return clean(found, sites)


def clean(raw: Iterable[str], sites: Iterable[str] = ()) -> tuple[str, ...]:
    """The names that are names of persons, each once, in order."""
    known = {plain(site) for site in sites if plain(site)}
    good = (name for one in raw if (name := _name(one, known)))
    return unique(good)[:NAMES]


def unlabelled(text: str) -> str:
    """The text without the words before a name: By, Text:, 作者."""
    bare = text.strip(_EDGE)
    for _ in range(3):
        shorter = _WRITING_FOR.sub("", _labels().sub("", bare, count=1)).strip(_EDGE)
        if shorter == bare:
            break
        bare = shorter
    return bare


@cache
def _labels() -> re.Pattern[str]:
    spaced = [re.escape(one.text) for one in phrases.phrases("author") if not _CJK.search(one.text)]
    dense = [re.escape(one.text) for one in phrases.phrases("author") if _CJK.search(one.text)]
    return re.compile(
        rf"^(?:(?:{'|'.join(spaced)})(?:\s?[:：]\s?|\s(?=\S))|(?:{'|'.join(dense)})(?:\s?[:：／/丨|]\s?|\s(?=\S)|(?=[{_HAN}]{{2,4}}(?:\s|$))))",
        re.IGNORECASE,
    )


@cache
def _joiners() -> re.Pattern[str]:
    words = [re.escape(one.text) for one in phrases.phrases("joiner") if not _CJK.search(one.text)]
    return re.compile(rf"\s(?:{'|'.join(words)})\s(?:(?:{'|'.join(words)})\s)?", re.IGNORECASE)


@cache
def _bodies() -> re.Pattern[str]:
    """Words that end as a body's name does: its name may hold "and"."""
    return re.compile(rf"(?:{'|'.join(re.escape(one.text) for one in phrases.phrases('body'))})\b", re.IGNORECASE)


@cache
def _roles() -> tuple[frozenset[str], re.Pattern[str]]:
    words = phrases.folded("role")
    dense = sorted((word for word in words if _CJK.search(word)), key=lambda word: (-len(word), word))
    longer = [word for word in dense if len(word) > 1]  # a single sign may as well end the name: 陆一文
    return words, re.compile(
        rf"(?:^(?:{'|'.join(map(re.escape, dense))})\s?[:：/]?\s?(?=.{{2}})"
        rf"|\s?(?:{'|'.join(map(re.escape, longer))})$|[\s/／](?:{'|'.join(map(re.escape, dense))})$)"
    )


def _parted(piece: str, *, spaced: bool) -> list[str]:
    if not _CJK.search(piece):
        commas = _COMMA.split(piece)
        if len(commas) == 2 and all(one and " " not in one for one in commas) and "&" not in piece:
            return [f"{commas[1]} {commas[0]}"]  # Roe, Jane
        return [name for part in commas for name in ([part] if _bodies().search(part) else _joiners().split(part))]
    out: list[str] = []
    for part in re.split(r"\s?[,，&＆]\s?", piece):
        words = part.split(" ")
        if len(words) > 1 and (spaced or len(words) > 2) and all(_HAN_ONLY.match(word) for word in words):
            out += _han(words)
        elif re.search(f"[{_HAN}]{{2,4}}[和与與及][{_HAN}]{{2,4}}$", part):
            out += re.split("[和与與及]", part)
        else:
            out.append(part)
    return out


def _han(words: list[str]) -> list[str]:
    if len(words) == 2 and all(len(word) == 1 for word in words):
        return ["".join(words)]  # a short name spaced out to the width of a long one
    bare = [_bare_role(word) for word in words if word not in _SIGNED]
    kept = [word for word in bare if word]
    return kept if all(1 < len(word) <= 4 for word in kept) else [" ".join(kept)]


def _bare_role(word: str) -> str:
    return "" if fold(word) in _roles()[0] else _roles()[1].sub("", word)


def _untitled(name: str) -> str:
    """The name without the title behind it: what starts with a word of office after two words of name."""
    words = name.split()
    for number, word in enumerate(words[2:], start=2):
        if fold(word).rstrip(",:") in _OFFICE:
            return " ".join(words[:number]).strip(_EDGE)
    return name


def _unranked(name: str) -> str:
    """The name without the calling before it: Gastautor Jens Mole, Gazette-Reporterin Anke Deich."""
    first, _, rest = name.partition(" ")
    called = fold(first).rpartition("-")[2]
    return rest if called in _roles()[0] and " " in rest and rest[:1].isupper() else name


def _name(raw: str, sites: set[str]) -> str | None:
    name = unlabelled(raw.strip(_EDGE + "()（）[]【】"))
    for _ in range(2):
        name = _roles()[1].sub("", name).strip(_EDGE)
    name = _unranked(_untitled(_TAIL.sub("", name).strip(_EDGE)))
    key = fold(name)
    if (
        _bodies().search(name)
        or not 1 < len(name) <= LENGTH
        or len(name.split()) > WORDS
        or _DATED.search(name)
        or set(name) & _MARKS
        or "..." in name
        or any(one in key for one in _ADVERTISERS)
    ):
        return None
    words = key.replace("-", " ").split()
    if words and (words[-1] in phrases.folded("outlet") or words[0] in _OFFICE):
        return None
    if (
        key in _roles()[0]
        or _ROLE_TAIL.sub("", key) in _roles()[0]
        or key in phrases.folded("nobody")
        or key in phrases.folded("agency")
        or key in phrases.folded("share")
    ):
        return None
    if (
        plain(name) in sites
        or key.rstrip(".").endswith((".com", ".org", ".net", ".de", ".cn"))
        or not any(char.isalpha() for char in name)
    ):
        return None
    if _HAN_ONLY.match(name) and len(name) > 12:
        return None
    return None if len(words) > 1 and name == name.lower() and len(words) > 3 else name
