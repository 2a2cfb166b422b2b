"""Where the story stands in a text copy: its headline, the lines about it, its first and last line.

Judges lines by their shape and by `phrases`; never reads the outlet's frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator import phrases, text
from generator.body import subheads
from generator.body.trim import is_fact
from generator.fields import moments
from generator.fields.lines import line_claims
from generator.furniture import lines as frame
from generator.model import SNIPPET, Claim
from generator.phrases import heads
from generator.textcopy.lines import Line

SEARCHED = 400  # lines from the top in which a headline is looked for
MAX_HEADLINE = 240
MAX_META = 200
MAX_DATE = 60
META_LINES = 8
TAIL_LINES = 8
MIN_LETTERS = 90
MIN_HAN = 45

_STEP = re.compile(r"\s*[>›»＞]\s*")
_LAST = frozenset({"正文", "正文内容", "详情", "内容", "本文", "article", "本页", "詳細", "文章"})
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = frozenset('。！？!?…；;.”’」』"')
_SENTENCE = re.compile(r"[，。,.;；！？!?…]")
_BRACKET = re.compile(r"[（(【\[][^（()）】\]]{2,80}[)）】\]]\s?[。.]?$")
_PARTS = re.compile(r"\s?[|｜•]\s?|\s[·–—-]\s")
_SIDEBAR = re.compile(r"^(?:(?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}|\d{1,2}:\d\d(?::\d\d)?)$")


@dataclass(frozen=True, slots=True)
class Story:
    """The story's place: `frame` lines stand before `top`, the body is `lines[start:end]`, lists and links follow from `end`."""

    headline: str | None
    crumbs: tuple[str, ...]
    top: int
    start: int
    end: int
    claims: tuple[Claim, ...]
    dropped: frozenset[int]


def find(lines: Sequence[Line], known: str = "") -> Story:
    """The story's place; a text without any headline is body from its first line. `known` is a headline stated elsewhere."""
    crumbs, top, at = _crumbs(lines)
    if known:
        at = _printed(lines, known)
        if at is None:
            return _below(lines)
        crumbs, top = (crumbs, top) if top < at else ((), at)
    elif at is None:
        at = _headline(lines)
        top = at if at is not None else 0
    headline = lines[at].words if at is not None else None
    if at is None and crumbs:
        headline, at = crumbs[-1], top
        crumbs = crumbs[:-1]
    start = 0 if at is None else at + 1
    claims: list[Claim] = []
    start = _head(lines, start, headline, claims)
    end = _end(lines, start)
    dropped = _noise(lines, start, end, claims)
    return Story(headline, crumbs, top, start, end, tuple(claims), frozenset(dropped))


def without(lines: Sequence[Line], known: str) -> tuple[Line, ...]:
    """The lines of a text that is the story alone, without the headline at its top."""
    at = _printed(lines[:1], known)
    return tuple(lines) if at is None else tuple(lines[1:])


def is_text(words: str) -> bool:
    """Whether the line is a paragraph of prose: long, or a sentence of some length."""
    least = MIN_HAN if _HAN.search(words) else MIN_LETTERS
    if len(words) < least or not _SENTENCE.search(words):  # navigation run together is long too
        return False
    return len(words) >= least * 2 or words[-1] in _ENDS


def _printed(lines: Sequence[Line], known: str) -> int | None:
    """The line that is the headline which is known."""
    wanted = text.fold(known)
    return next(
        (index for index, line in enumerate(lines[:SEARCHED]) if wanted and text.fold(line.words) == wanted), None
    )


def _below(lines: Sequence[Line]) -> Story:
    """The story where its headline stands elsewhere: it begins at the first line that is no fact about it."""
    claims: list[Claim] = []
    start = _head(lines, 0, None, claims)
    end = _end(lines, start)
    dropped = _noise(lines, start, end, claims)
    return Story(None, (), 0, start, end, tuple(claims), frozenset(dropped))


def _crumbs(lines: Sequence[Line]) -> tuple[tuple[str, ...], int, int | None]:
    """The breadcrumb's steps, its line, and the line of the headline: only before any prose, only where it proves itself."""
    for index, line in enumerate(lines[:SEARCHED]):
        if is_text(line.words) and not _STEP.search(line.words):
            break
        steps = _steps(line.words)
        if len(steps) < 2 or index + 1 >= len(lines):
            continue
        following = lines[index + 1].words
        folded = [text.fold(step) for step in steps]
        if folded[-1] == text.fold(following):
            return steps[:-1], index, index + 1
        known = folded[0] in phrases.folded("home") or folded[-1] in _LAST or _here(line.words)
        if not known:
            continue
        if folded[-1] in _LAST or text.fold(following).startswith(folded[-1].rstrip("….")):
            return steps[:-1], index, index + 1
        if len(steps[-1]) >= (12 if _HAN.search(steps[-1]) else 30):
            return steps, index, None
        return steps, index, index + 1
    return (), 0, None


def _steps(words: str) -> tuple[str, ...]:
    if len(words) > 300 or words[0] in ">›»＞":
        return ()
    label = _here(words)
    steps = _STEP.split(words[len(label) :].lstrip(" :：") if label else words)
    return (
        tuple(steps)
        if len(steps) > 1 and all(0 < len(step) <= MAX_HEADLINE for step in steps) and len(steps[0]) <= 30
        else ()
    )


def _here(words: str) -> str:
    folded = text.fold(words[:40])
    for phrase in phrases.phrases("here"):
        if folded.startswith(text.fold(phrase.text)):
            return words[: len(phrase.text)]
    return ""


def _headline(lines: Sequence[Line]) -> int | None:
    """The headline's line where no breadcrumb tells it: above the first line of facts, else above the first prose."""
    prose = next(
        (index for index, line in enumerate(lines[:SEARCHED]) if is_text(line.words)), min(len(lines), SEARCHED)
    )
    meta = next((index for index in range(1, prose) if _meta(lines[index].words)), None)
    if meta is not None:
        above = [index for index in range(max(0, meta - 3), meta) if _could_be(lines[index])]
        if above:
            titles = [index for index in above if lines[index].words[-1] not in _ENDS]
            return (titles or above)[-1] if len(titles) < 2 else _longer(lines, titles)
    above = [index for index in range(max(0, prose - 6), prose) if _could_be(lines[index])]
    if not above or len(lines) == 1:
        return None
    return above[0] if above[0] == 0 or prose >= len(lines) else above[-1]


def _longer(lines: Sequence[Line], titles: Sequence[int]) -> int:
    """Of a kicker and a headline the headline, of a headline and a standfirst the headline."""
    one, two = titles[-2:]
    kicker = len(lines[one].words) * 2 < len(lines[two].words) and len(lines[two].words) <= MAX_HEADLINE // 2
    return two if kicker else one


def _could_be(line: Line) -> bool:
    words = line.words
    if (
        line.bullet
        or not 2 <= len(words) <= MAX_HEADLINE
        or not any(map(str.isalnum, words))
        or heads.head(words)
        or _meta(words)
        or is_text(words)
    ):
        return False
    return frame.kind(words) == "channel" and not _SIDEBAR.match(words) and len(frame.split_names(line.raw)) < 4


def _meta(words: str) -> bool:
    """Whether the line does nothing but state facts about the story."""
    if len(words) > MAX_META or is_text(words):
        return False
    bracket = _BRACKET.search(words)
    if bracket and bracket.start() >= 12:  # a sentence that ends with its writer's name in brackets
        return bool(line_claims(words[: bracket.start()]))
    return bool(_said(words))


def _said(words: str) -> tuple[Claim, ...]:
    """What a line of facts says; a date may stand there without a label."""
    said = line_claims(words)
    if any(claim.field == "published" for claim in said):
        return said
    for piece in _PARTS.split(words):
        moment = moments.parse(piece) if len(piece) <= MAX_DATE and is_fact(piece) else None
        if moment is not None:
            return (*said, Claim("published", (str(moment),), "text:date", 0.7, words[:SNIPPET]))
    return said


def _head(lines: Sequence[Line], start: int, headline: str | None, claims: list[Claim]) -> int:
    """Skip what stands between headline and body, and take what it says; gives the body's first line."""
    for index in range(start, min(len(lines), start + META_LINES)):
        words = lines[index].words
        if headline and text.fold(words) == text.fold(headline):
            continue
        if heads.head(words) == "share" or _SIDEBAR.match(words) or frame.kind(words) == "action":
            continue
        if not _meta(words):
            return index
        claims += _said(words)
    return min(len(lines), start + META_LINES)


def _end(lines: Sequence[Line], start: int) -> int:
    """The first line after the body: a head of comments or lists, licences, a block of links."""
    prose = False
    for index in range(start, len(lines)):
        words = lines[index].words
        prose = prose or is_text(words)
        head = heads.head(words)
        if head and head != "share" and (prose or index > start) and not _resumes(lines, index):
            return index
        if len(words) <= frame.MAX_LINE and frame.licences(words) and not is_text(words):
            return index
        if _links(lines, index):
            return index
        if all(_SIDEBAR.match(line.words) for line in lines[index : index + 2]) and index + 1 < len(lines):
            return index
    return len(lines)


def _resumes(lines: Sequence[Line], index: int) -> bool:
    """Whether a related head stands inside the text: at most three short lines, and prose again, to the end."""
    after = [line for line in lines[index + 1 : index + 12] if not line.bullet]
    short = next((place for place, line in enumerate(after) if is_text(line.words)), len(after))
    rest = after[short:]
    return (
        bool(rest)
        and short <= 3
        and len(rest) >= 3
        and all(is_text(line.words) and line.words[-1] in _ENDS for line in rest[:4])
        and not any(line.words.endswith(("…", "...")) for line in rest[:4])
    )


def _links(lines: Sequence[Line], index: int) -> bool:
    """Whether a block of four or more names of standing pages, actions or regions begins here, or stands on the line."""
    names = [lines[index].words] if len(lines[index].words) <= heads.MAX_HEAD else []
    names = (
        list(frame.split_names(lines[index].raw))
        if not is_text(lines[index].words) and len(lines[index].raw) <= MAX_META
        else names
    )
    if len(names) < 4:
        names = [line.words for line in lines[index : index + 4]]
    return len(names) >= 4 and all(frame.kind(name) in ("standing", "region", "action") for name in names[:4])


def _noise(lines: Sequence[Line], start: int, end: int, claims: list[Claim]) -> set[int]:
    """Lines inside the body that are none of it: buttons anywhere, facts about the story at its end."""
    dropped = {index for index in range(start, end) if heads.head(lines[index].words) == "share"}
    for index in range(end - 1, max(start, end - TAIL_LINES) - 1, -1):
        words = lines[index].words
        if index in dropped or _end_mark(words):
            dropped.add(index)
        elif _meta(words):
            claims += _said(words)
            dropped.add(index)
        elif subheads.is_short(words) and index > start and not is_text(words) and frame.kind(words) != "channel":
            dropped.add(index)
        else:
            bracket = _BRACKET.search(words)
            claims += line_claims(bracket[0]) if bracket and bracket.start() >= 12 else ()
            break
    return dropped


def _end_mark(words: str) -> bool:
    return text.fold(words) in phrases.folded("end")
