"""What one visible line says under a label: 来源：…, Published …, By …, 责任编辑：…

A pure function on the line, for pages and for text copies alike. A line of running text is left alone but for a credit
in brackets at its end. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from generator import phrases
from generator.fields import facts, moments, names
from generator.fields.source import of_a_picture
from generator.model import SNIPPET, Claim
from generator.text import cut, fold
from generator.text import line as one_line

LENGTH = 240  # a longer line is running text
TAIL = 80
BODY = 0.46  # for an agency or a newsroom that stands where a person would

_KINDS: tuple[phrases.Kind, ...] = (
    "source",
    "time",
    "modified",
    "views",
    "editor",
    "author",
    "staff",
    "section",
    "tags",
)
_FIELDS = {
    "source": "source",
    "time": "published",
    "modified": "modified",
    "views": "views",
    "editor": "editors",
    "author": "byline",
    "section": "section",
    "tags": "tags",
}
# words that may open a value without a colon, at the start of a line only: too common elsewhere
_BARE: frozenset[str] = frozenset({"author", "time", "modified"})
_SLASHED = frozenset({"author", "editor", "staff"})  # 文/, 编辑/
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_DENSE = re.compile(f"[{_CJK}]")
_SEPARATOR = re.compile(r"\s?[|｜丨│┃]\s?|\s[·•/]\s|\s{2,}|[】〕\]]")
_PIECE = re.compile(r"[|｜•·–—-]\s")
_MARK = re.compile(r"[:：/／]")
_OPENING = re.compile(r"^[【〔\[（(]\s?")
_CLOSING = frozenset(")）】]")
_IN_BRACKETS = re.compile(r"[（(【\[]([^（()）】\]]{3,80})[）)】\]]\s?[。.]?$")
_COUNT = re.compile(r"^\D{0,3}(\d{1,3}(?:[,.\s]\d{3}(?!\d))+|\d{1,10})(?:\.(\d))?\s?(万|萬|[kK]\b)?")
_COUNT_FIRST = re.compile(
    r"(?<![\d:.,/-])(\d{1,3}(?:,\d{3})+|\d{1,9})\s?(?:次|人)?\s?(阅读|閱讀|浏览|瀏覽|点击|點擊|views|reads|Aufrufe|vues|visualizaciones|просмотр\w{0,3})(?![\w])",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,12}$")
_WRITER = re.compile(
    r"[（(]\s?(?:[\u4e00-\u9fff]{2,6}\s)?(?:本报|本報|本网|本刊|见习|特约|实习|总台|央视)?(?:记者|記者|通讯员|作者)[:：/\s]{0,2}([\u4e00-\u9fff、\s]{2,30})[)）]"
)
_OWN_LINE = re.compile(r"^[\u4e00-\u9fff《》]{0,12}(?:记者|記者|作者|通讯员)\s{1,4}([\u4e00-\u9fff、\s]{2,24})$")
_OWN = 40
# 한미래 기자, 기자명 한미래 기자, (만안=통신) 한미래 기자 =, 한미래 기자 mr@…
_KOREAN = re.compile(
    r"(?:^|[=\s\[(（])([가-힣]{2,4})\s?(?:선임|인턴|객원|전문|수습)?(?:기자|특파원)(?=\s?(?:[=\])）|/]|$|[\w.+-]{1,40}@))"
)
# 【三浦真理】, alone or behind the last sentence
_JAPANESE = re.compile(rf"(?:^|。)【([{_CJK}、・\s]{{3,24}})】$")
_NO_NAME = re.compile(
    "記事|写真|動画|速報|図|表|独自|解説|特集|社説|関連|続報|号外|訂正|ニュース|新聞|ランキング|お知らせ|コラム|連載|広告|限定|会員"
)
_SIGNED = re.compile(r"。\s?[（(]([\u4e00-\u9fff]{2,3})(?<![摄攝图圖])[)）]$")
_CODE = re.compile(r"\s[A-Z]{0,4}\d{2,8}$")
_NAME_WORD = r"(?:(?:[A-ZÀ-ÖØ-ÞŁŚŻČŠŽĐА-ЯЁІЇЄҐЂЈЉЊЋЏӘҒҚҢӨҰҮҺԱ-ՖΑ-ΩİŞĞÇÖÜ][\w'’.-]{0,24})|de|da|do|dos|das|del|della|di|van|von|der|den|la|le|bin|al|el|ter|zu|und|and|y|et|e|и|&|,)"
_PERSONS = re.compile(rf"^{_NAME_WORD}(?:,?\s{_NAME_WORD}){{0,11}}$")
# a word of a script without capitals: of the Semitic languages and Persian, of India and Southeast Asia, of Georgia
_UNCASED = r"[\u05d0-\u05ea\u05f0-\u05f4\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06fc\u0900-\u0963\u0971-\u09e3\u0a00-\u0d63\u0e01-\u0e4e\u1000-\u103f\u10d0-\u10ff\u1780-\u17d3\u200c'’.\"״׳-]{2,24}"
_UNCASED_NAME = re.compile(rf"^{_UNCASED}(?:\s{_UNCASED}){{1,3}}$")
_UNSURE = 0.5  # for a name of such a script behind a label without a mark, which may be a sentence
_SHORT = 40
_SOURCE_LENGTH = 40
_LABEL = 6  # a shorter label of a time may be part of a name


class Label(NamedTuple):
    """A label found in a line: what kind of value follows, where it starts, and where its value starts."""

    kind: str
    words: str
    language: str
    start: int
    end: int


def line_claims(line: str, *, near: bool = True, language: str | None = None) -> tuple[Claim, ...]:
    """What the line states, in the order in which it stands there. An empty value is stated with confidence 0.

    Only a line that may stand `near` the headline is read as one of facts: others say nothing so.
    """
    wide = line if line.isascii() else line.replace("\u3000", "  ").replace("\xa0", " ")
    flat = one_line(wide) if len(line) > LENGTH else wide.strip()
    if len(flat) > LENGTH:
        return (*_reporter(flat[:TAIL]), *_ending(flat[-TAIL:]))
    found = list(_labelled(flat))
    claims: list[Claim] = []
    for number, label in enumerate(found):
        stop = found[number + 1].start if number + 1 < len(found) else len(flat)
        claims += _claims(label, _value(flat[label.end : stop], label.kind), flat, language)
    if not any(claim.field == "views" for claim in claims):
        counted = _COUNT_FIRST.search(flat) if len(flat) < 120 else None
        if counted:
            claims.append(Claim("views", (re.sub(r"\D", "", counted[1]),), "line:count", 0.6, cut(flat, SNIPPET)))
    known = {(claim.field, claim.values) for claim in claims}
    claims += [claim for claim in (_facts(flat, language) if near else ()) if (claim.field, claim.values) not in known]
    return tuple(claims) or (*_reporter(flat[:TAIL]), *_ending(flat[-TAIL:]))


def _facts(flat: str, language: str | None) -> Iterator[Claim]:
    """What a line of facts says beside its marked labels; dates without a label only where another one or a person has one."""
    said = facts.read(flat, language)
    if said is None:
        return
    snippet = cut(flat, SNIPPET)
    for one in said.whens:
        if one.words:
            basis = f"{one.language}:{one.words}"
            yield Claim(one.field, (str(one.moment),), basis, 0.8 if one.moment.precision != "day" else 0.74, snippet)
    people = tuple(name for raw in said.people if (name := _person(raw)))
    if said.whens and not said.whens[0].words and (people or any(one.words for one in said.whens)):
        moment = said.whens[0].moment
        yield Claim("published", (str(moment),), "line:date", 0.6 if moment.precision == "day" else 0.7, snippet)
    if people:
        yield Claim("byline", people, "line:facts", 0.7, snippet)
    for rest in said.rests:
        yield from _reporter(rest)


def _person(name: str) -> str:
    """The name up to a word that belongs to none: on, am, le before a date. Empty where no name is left, or a credit is in it."""
    words = name.split()
    if any(fold(word) in phrases.folded("credit") for word in words):
        return ""
    if not like_name(name) and len(words) > 1:
        small = next((place for place, word in enumerate(words) if word == word.lower() != word.upper()), 0)
        words = words[:small]
    kept = " ".join(words)
    return kept if like_name(kept) and (len(words) > 1 or _DENSE.search(kept)) else ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Labels with a mark behind them anywhere, and those that may stand without one at the start of a line."""
    dense: list[str] = []
    spaced: list[str] = []
    bare: list[str] = []
    for kind in _KINDS:
        for one in phrases.phrases(kind):
            word = re.escape(one.text).replace(r"\ ", r"\s")
            if re.search(f"[{_CJK}]", one.text):
                dense.append(word)
            else:
                spaced.append(word)
                if kind in _BARE:
                    bare.append(word)
    dense, spaced, bare = (sorted(set(words), key=lambda word: (-len(word), word)) for words in (dense, spaced, bare))
    return re.compile(
        rf"(?:(?<![{_HAN}])|(?!文|图|圖|校|审|攝|摄))(?P<dense>{'|'.join(dense)})\s{{0,3}}[:：/／]\s{{0,3}}"
        rf"|(?<!\w)(?P<spaced>{'|'.join(spaced)})\s?[:：]\s{{0,3}}",
        re.IGNORECASE,
    ), re.compile(rf"(?P<bare>{'|'.join(bare)})\s(?=[^\s:：])", re.IGNORECASE)


@cache
def _first_words() -> frozenset[str]:
    """What the first word of a line must be for a label without a mark: asking for it is cheaper than the pattern."""
    words = (one.text.lower() for kind in _KINDS if kind in _BARE for one in phrases.phrases(kind))
    return frozenset(one.partition(" ")[0] for one in words if not re.search(f"[{_CJK}]", one))


@cache
def _meaning() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for kind in _KINDS:
        for one in phrases.phrases(kind):
            found.setdefault(fold(one.text), (kind, one.language))
    return found


def _labelled(flat: str) -> Iterator[Label]:
    marked, bare = _patterns()
    starts = (0, *(found.end() for found in _PIECE.finditer(flat)))
    first = _first_words()
    found_in_order = [
        opening
        for start in starts
        if flat[start : start + TAIL].partition(" ")[0].lower() in first and (opening := bare.match(flat, start))
    ]
    if _is_labelled(flat):
        taken = [range(*found.span()) for found in found_in_order]
        found_in_order += [found for found in marked.finditer(flat) if not any(found.start() in span for span in taken)]
        found_in_order.sort(key=lambda found: found.start())
    for found in found_in_order:
        words = found[found.lastgroup or 0]
        known = _meaning().get(fold(words))
        if known and (known[0] in _SLASHED or not found[0].rstrip().endswith(("/", "／"))):
            yield Label(known[0], words, known[1], found.start(), found.end())


def _is_labelled(flat: str) -> bool:
    """Whether any mark in the line has a label before it: asking for it is cheaper than the pattern."""
    lower = flat.lower()
    return any(lower.endswith(_marked_words(), 0, _ink(lower, found.start())) for found in _MARK.finditer(lower))


def _ink(lower: str, end: int) -> int:
    """Where the text before a mark ends, without the white space that may stand there."""
    while end and lower[end - 1].isspace():
        end -= 1
    return end


@cache
def _marked_words() -> tuple[str, ...]:
    return tuple(sorted({one.text.lower() for kind in _KINDS for one in phrases.phrases(kind)}))


def _value(raw: str, kind: str) -> str:
    text = _OPENING.sub("", raw.strip()) if kind != "byline" else raw.strip()
    if kind in ("author", "editor", "time", "modified"):
        text = re.split(r"[|｜丨│┃】〕\]]", text)[0]
    else:
        text = _SEPARATOR.split(text)[0]
    return (
        _CODE.sub("", text.strip(" \t,，;；،؛。【[（(|｜-–—·•"))
        if kind in ("author", "editor")
        else text.strip(" \t,，;；،؛。【[（(|｜-–—·•")
    )


def _claims(label: Label, value: str, flat: str, language: str | None) -> Iterator[Claim]:
    field = _FIELDS.get(label.kind)
    basis = f"{label.language}:{label.words}"
    snippet = cut(flat, SNIPPET)
    if field is None:
        return
    if not value or set(value) <= set("】）)]-—_ "):
        yield Claim(field, (), basis, 0.0, snippet)
    elif field in ("published", "modified"):
        moment = moments.parse(value[:100], language=language or label.language)
        if moment:
            yield Claim(field, (str(moment),), basis, 0.8 if moment.precision != "day" else 0.74, snippet)
    elif field == "views":
        count = _counted(value)
        if count:
            yield Claim(field, (count,), basis, 0.8, snippet)
    elif field in ("byline", "editors"):
        yield from _persons(field, value, basis, label, snippet)
    elif field == "source":
        yield from _source(value, basis, label.language, snippet)
    elif field == "section":
        if len(value) <= 30:
            yield Claim(field, (one_line(value),), basis, 0.5, snippet)
    else:
        words = tuple(
            one
            for piece in re.split(
                r"[,，、;；|/]\s?|\s{2,}" if "," in value or "，" in value else r"[,，、;；|/\s]\s?", value
            )
            if (one := piece.strip(" #\"'"))
        )
        if words:
            yield Claim(field, words, basis, 0.5, snippet)


def _persons(field: str, value: str, basis: str, label: Label, snippet: str) -> Iterator[Claim]:
    spaced = not re.search(f"[{_CJK}]", label.words)
    colon = _colon(label)
    first = _stops().split(value)[0].strip(" \t،؛") if spaced else value
    uncased = spaced and bool(_UNCASED_NAME.match(first)) and len(snippet) <= _SHORT
    if spaced and not colon and not uncased and not _PERSONS.match(first):
        return
    people = names.split(first[:160])
    if spaced and label.start and not (len(people) == 1 and people[0].istitle()):
        # "Films of our Editors: we could see them again" is a sentence
        people = tuple(name for name in people if like_name(name))
    if not people and field == "byline":
        yield from _body(names.unlabelled(first), basis, snippet)
    if people and (not spaced or len(first) <= 120):
        strength: float = 0.8 if colon else _UNSURE if uncased else 0.7
        yield Claim(field, people, basis, strength, snippet)


def _body(name: str, basis: str, snippet: str) -> Iterator[Claim]:
    """An agency or a newsroom where a person would stand: the agency is the source as well."""
    if fold(name) in phrases.folded("agency"):
        yield Claim("byline", (name,), basis, BODY, snippet)
        yield Claim("source", (name,), basis, 0.5, snippet)
    elif fold(name).rpartition(" ")[2] in phrases.folded("outlet") and _PERSONS.match(name):
        yield Claim("byline", (name,), basis, BODY, snippet)


@cache
def _stops() -> re.Pattern[str]:
    """What ends the persons in a line of a language with spaces: a mark, a number, the label of a time."""
    words = {one.text for kind in ("time", "modified") for one in phrases.phrases(kind) if len(one.text) >= _LABEL}
    labels = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"\s[|·•–—]\s|\s\d{{1,2}}[./:\s]|\s{{3,}}|\s(?:{labels})(?=[\s:]|$)", re.IGNORECASE)


def _colon(label: Label) -> bool:
    """Whether more than white space stands between the label's words and its value."""
    return label.end - label.start > len(label.words) + 1 or bool(re.search(f"[{_CJK}]", label.words))


def _source(value: str, basis: str, language: str, snippet: str) -> Iterator[Claim]:
    text = re.split(
        r"\s{2,}|[\s(（]\d{4}[-/年.]|\s(?:本报|本网)?(?:记者|記者|作者|通讯员|编辑|責任編輯|责任编辑)(?=\s|[:：]|$)",
        value,
    )[0].strip(' ()（）[]【】《》<>"“”')
    text = re.sub(r"^(?:《|<)|(?:》|>)$", "", text)
    if language in ("zh", "ja", "ko") and " " in text and len(text) > 20:
        text = text.split(" ")[0]
    if (
        text
        and len(text) <= _SOURCE_LENGTH
        and not of_a_picture(text)
        and not moments.parse(text)
        and "http" not in text
    ):
        yield Claim("source", (one_line(text),), basis, 0.85 if language == "zh" else 0.5, snippet)


def _counted(value: str) -> str | None:
    found = _COUNT.match(value)
    if not found:
        return None
    number = int(re.sub(r"\D", "", found[1]))
    if found[3]:
        times = 1_000 if found[3] in "kK" else 10_000
        number = number * times + (int(found[2]) * times // 10 if found[2] else 0)
    return str(number)


def _ending(tail: str) -> Iterator[Claim]:
    """A credit in brackets at the end of running text."""
    signed = _SIGNED.search(tail)
    if signed and signed[1][0] in phrases.folded("surname", "zh"):
        yield Claim("byline", (signed[1],), "zh:signed", 0.35, tail)
        return
    found = _IN_BRACKETS.search(tail) if tail[-3:].rstrip("。. ")[-1:] in _CLOSING else None
    if not found:
        return
    inside = found[1].strip()
    for label in _labelled(inside):
        if label.start == 0 and label.kind in ("source", "editor", "author"):
            yield from _claims(label, _value(inside[label.end :], label.kind), inside, None)
            return
    yield from _reporter(tail)


def _reporter(text: str) -> Iterator[Claim]:
    """The reporter named in brackets in a Chinese dateline or at the end, or on a line of its own."""
    if text.isascii():
        return
    writer = _WRITER.search(text) or (_OWN_LINE.match(text) if len(text) <= _OWN else None)
    people = names.split(writer[1]) if writer else ()
    if writer and people:
        yield Claim("byline", people, "zh:记者", 0.6, writer[0])
    korean = _KOREAN.search(text) if "기자" in text or "특파원" in text else None
    if korean and fold(korean[1]) not in phrases.folded("nobody"):
        yield Claim("byline", (korean[1],), "ko:기자", 0.6, text)
    signed = _JAPANESE.search(text) if text[-1:] == "】" else None
    if signed and not _NO_NAME.search(signed[1]) and (people := names.split(signed[1])):
        yield Claim("byline", people, "ja:【】", 0.56, signed[0])


def like_name(text: str) -> bool:
    """Whether a text could be a person's name by its letters: capitals at the front, or a few characters of Han, kana, Hangul."""
    if re.search(f"[{_CJK}]", text):
        return 1 < len(text) <= (8 if re.fullmatch(f"[{_HAN}]+", text) else 16)
    return (bool(_PERSONS.match(text)) and 1 < len(text.split()) <= 6) or bool(_UNCASED_NAME.match(text))
