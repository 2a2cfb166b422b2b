"""A print's sheets as lines and paragraphs: what is at the sheet's edges told from the text, wrapped lines joined, sizes read.

Judges places and sizes; words only at the edges, where a browser prints the address, the moment and the number of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from generator.model import Moment
from generator.readers.copies import dates, radicals
from generator.readers.copies.labels import web
from generator.readers.copies.sheets import Piece, Print, Sheet

EDGE = 0.08  # part of the sheet's height above and below in which a browser prints its own lines
SMALL = 11  # points: what a browser prints at the edges is no larger
LINE = 0.6  # of a size: pieces whose feet differ by less stand on one line
GAP = 1.35  # times the usual distance between lines: more parts two paragraphs
HEADING = 1.18  # times the size of the text: a line so much larger is a heading
TITLE = 1.7
MAX_LINES = 40_000
MIN_TITLE = 8  # characters of a title that is cut short

_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")
_ADDRESS = re.compile(r"(?:https?|file|chrome-extension|about|data|blob):\S+", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:(?:page|seite|página|pagina|страница|strona|sida|side|sivu|第)\s?)?\d{1,4}\s?(?:/|of|von|de|di|sur|из|z|av|van|／)\s?\d{1,4}(?:\s?[页頁])?$|^[-–—]?\s?\d{1,4}\s?[-–—]?$|"
    r"^第\s?\d{1,4}\s?[页頁](?:\s?共\s?\d{1,4}\s?[页頁])?$|^\d{1,4}\s?/\s?\d{1,4}\s?ページ$",
    re.IGNORECASE,
)
_CLOCKED = re.compile(r"\d{1,2}[:.時时]\d{2}")
_BULLET = re.compile(r"[•◦▪●○■□‣∙·]\s{0,4}")
_ENDS = frozenset('.!?。！？…:：;；"”’»」』)）')


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is printed: its words, its place, its size in points, the addresses that parts of it lead to."""

    words: str
    sheet: int
    x: float
    y: float
    size: float
    bold: bool
    runs: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Edges:
    """What a browser printed at the edges: the page's address and the moment of printing."""

    url: str | None = None
    printed: Moment | None = None
    known: bool = False


def lines(sheets: Sequence[Sheet], *, tagged: bool | None = None) -> list[Line]:
    """The lines of all sheets in the order in which they are drawn; `tagged` asks for those with a tag or without one."""
    made: list[Line] = []
    for number, sheet in enumerate(sheets):
        group: list[Piece] = []
        for piece in sheet.pieces:
            if tagged is not None and (piece.tag is not None) is not tagged:
                continue
            last = next((one for one in reversed(group) if one.text.strip()), None)
            if piece.text.strip() and last and abs(piece.y - last.y) > LINE * max(piece.size, last.size):
                made += _line(group, number, sheet)
                group = []
            group.append(piece)
        made += _line(group, number, sheet)
        if len(made) > MAX_LINES:
            break
    return made


def edges(printed: Print, found: Sequence[Line]) -> tuple[Edges, list[Line]]:
    """What the browser printed at the edges, and the lines without that."""
    heights = [sheet.height for sheet in printed.sheets]
    at_edge = [
        line for line in found if line.size <= SMALL and not EDGE < line.y / (heights[line.sheet] or 1) < 1 - EDGE
    ]
    alike = Counter((round(line.y), re.sub(r"\d+", "#", line.words)) for line in at_edge)
    title = radicals.plain(printed.about.get("Title", ""))
    urls: list[str] = []
    moments: list[Moment] = []
    gone: set[Line] = set()
    known = False
    for line in at_edge:
        rest = line.words
        address = _ADDRESS.search(rest)
        if address:
            urls += [good] if (good := web(address[0])) and not address[0].endswith(("…", "...")) else []
            rest = rest.replace(address[0], " ")
        rest = (rest.replace(title, " ") if title else rest).strip()
        cut = rest.rstrip(".… ")
        rest = "" if len(cut) > MIN_TITLE and cut != rest and title.startswith(cut) else rest
        moment = dates.moment(rest, month_first=None) if _CLOCKED.search(rest) else None
        moments += [moment] if moment else []
        own = bool(address) or _NUMBERED.match(" ".join(rest.split())) or (not rest and title) or _is_clock(rest)
        if own or alike[round(line.y), re.sub(r"\d+", "#", line.words)] > max(1, len(printed.sheets) // 3):
            gone.add(line)
            known = known or bool(address)
    return Edges(next(iter(urls), None), next(iter(moments), None), known), [line for line in found if line not in gone]


def markup(found: Sequence[Line]) -> str:
    """The lines as paragraphs, headings by their size, and lists."""
    if not found:
        return ""
    sizes: Counter[float] = Counter()
    for line in found:
        sizes[round(line.size, 1)] += len(line.words)
    usual = max(sorted(sizes), key=lambda size: sizes[size])
    gaps = Counter(
        round(one.y - two.y, 1)
        for one, two in pairwise(found)
        if one.sheet == two.sheet and one.y - two.y > usual * 0.9
    )
    often = sorted(gap for gap, count in gaps.items() if count * 10 >= gaps.total())
    step = min(often[0] if often else usual * 1.3, usual * 1.8)
    top = max((line.size for line in found if len(line.words) > 8), default=usual)
    return "\n".join(_blocks(found, usual, step, top))


def joined(words: str, more: str) -> str:
    """Two lines of one paragraph as one."""
    one, two = words.rstrip(), more.lstrip()
    if one.endswith(("\u2010", "\u00ad")) and two[:1].islower():
        return one[:-1] + two
    if one[-1:] == "-" and one[-2:-1].isalpha() and two[:1].isalnum():
        return one + two
    tight = _WIDE.match(one[-1:]) and _WIDE.match(two)
    return f"{one}{'' if tight or not one or not two else ' '}{two}"


def _line(group: Sequence[Piece], number: int, sheet: Sheet) -> Iterator[Line]:
    while group and not group[-1].text.strip():
        group = group[:-1]
    while group and not group[0].text.strip():
        group = group[1:]
    inked = [piece for piece in group if piece.text.strip()]
    if not inked:
        return
    runs = [(radicals.plain(piece.text.replace("\n", " ")), _linked(piece, sheet)) for piece in group]
    whole = " ".join("".join(words for words, _ in runs).split())
    size = max(inked, key=lambda piece: len(piece.text)).size
    bold = sum(len(piece.text) for piece in inked if piece.bold) * 2 > sum(len(piece.text) for piece in inked)
    yield Line(whole, number, inked[0].x, inked[0].y, size, bold, tuple(runs))


def _linked(piece: Piece, sheet: Sheet) -> str | None:
    x, y = piece.x + piece.size * 0.2, piece.y + piece.size * 0.3
    return next(
        (address for (left, low, right, high), address in sheet.links if left <= x <= right and low <= y <= high), None
    )


def _is_clock(rest: str) -> bool:
    return bool(_CLOCKED.search(rest)) and len(rest) <= 30 and sum(map(str.isdigit, rest)) >= 7


def _blocks(found: Sequence[Line], usual: float, step: float, top: float) -> Iterator[str]:
    group: list[Line] = []
    kind = ""
    for line in found:
        rank = _rank(line, usual, top)
        this = rank or ("li" if _BULLET.match(line.words) else "p")
        if group and (
            _begins(group[-1], line, step) or ((rank or kind not in ("p", "li")) and this != kind) or this == "li"
        ):
            yield _block(group, kind)
            group = []
        kind = kind if group else this
        group.append(line)
    if group:
        yield _block(group, kind)


def _rank(line: Line, usual: float, top: float) -> str:
    if line.size >= usual * TITLE and line.size >= top * 0.97:
        return "h1"
    if line.size >= usual * HEADING or (line.bold and line.size >= usual * 1.05):
        return "h2"
    return ""


def _begins(last: Line, line: Line, step: float) -> bool:
    """Whether a paragraph begins at the line."""
    if last.sheet != line.sheet:
        return last.words[-1:] in _ENDS or line.size != last.size
    down = last.y - line.y
    limit = max(step, last.size * 1.2, line.size * 1.2) * GAP
    return down > limit or down < -last.size or abs(line.size - last.size) > 0.12 * last.size


def _block(group: Sequence[Line], kind: str) -> str:
    runs: list[tuple[str, str | None]] = []
    for line in group:
        pieces = list(line.runs)
        if kind == "li" and line is group[0]:
            pieces[0] = (_BULLET.sub("", pieces[0][0].lstrip(), count=1), pieces[0][1])
        if runs:
            last, more = runs[-1][0], pieces[0][0]
            whole = joined(last, more)
            runs[-1] = (whole[: len(whole) - len(more.lstrip())], runs[-1][1])
            pieces[0] = (more.lstrip(), pieces[0][1])
        runs += pieces
    inner = "".join(_run(words, address) for words, address in runs)
    return f"<ul><li>{inner}</li></ul>" if kind == "li" else f"<{kind}>{inner}</{kind}>"


def _run(words: str, address: str | None) -> str:
    said = escape(words, quote=False)
    return f'<a href="{escape(address)}">{said}</a>' if address and words.strip() else said


def text(found: Iterable[Line]) -> str:
    """The words of the lines, a line each."""
    return "\n".join(line.words for line in found)
