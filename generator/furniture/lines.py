"""What one visible line of an outlet's frame says: licences, addresses, runs of channels, kinds of names.

Pure functions on short texts, shared by saved pages and text copies; never reads a document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from generator import phrases, text
from generator.furniture.names import ACTIONS, CHANNELS, PROVINCES, STANDING

MAX_LINE = 2_000
MIN_REGIONS = 8
_GRID = 4  # Han characters in the usual name of a Chinese channel

_LICENCES = (
    re.compile(
        r"[\u4e00-\u9fff]{1,6}ICP[备備证證](?:字第)?\s{0,3}[A-Z]?\d{1,4}-?\d{4,12}\s{0,3}[号號](?:-\d{1,4})?",
        re.IGNORECASE,
    ),
    re.compile(r"[\u4e00-\u9fff]{1,6}公[网網]安[备備]\s{0,3}\d{8,16}\s{0,3}[号號]?"),
    re.compile(
        r"[\u4e00-\u9fff（）()]{2,30}(?:许可证|許可證|备案|登记证)(?:编号|证号|号码|号)?[\s:：]{0,3}[(（]?[A-Z\d][A-Z\d()（）/-]{4,24}[号號]?",
        re.IGNORECASE,
    ),
    re.compile(r"\bISSN[\s:：]{0,3}\d{4}-\d{3}[\dX]\b", re.IGNORECASE),
)
# the sign of a province, before which other words may run on; any other prefix belongs to the number as it stands
_SIGN = re.compile(
    r"^[\u4e00-\u9fff]{1,5}(?=[京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊](?:ICP|公[网網]安))",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:地\s{0,4}址|电\s{0,4}话|電\s{0,4}話|邮\s{0,4}箱|邮\s{0,4}编|传\s{0,4}真|热线|熱線|住所|所在地|주소|전화|대표전화|이메일)[\s:：]"
    r"|(?:电话|電話|电话/传真|热线|电邮|邮箱)\D{0,8}\d{3,}|\b(?:Address|Tel|Telephone|Phone|Fax|E-?mail|Adresse|Telefon|Téléphone|Dirección|Teléfono|"
    r"Indirizzo|Telefono|Endereço|Адрес|Телефон)\b\.?\s?[:：]",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_PARTED = re.compile(r"[\s|｜]{1,40}")
_PARTED_WORDS = re.compile(r"\s{2,40}|\s?[|｜·•\t]\s?")
_RUN_ON = re.compile(r"[\u3400-\u9fff·・•、&/-]+")
_DOTS = frozenset("·・•&/-")
_URL = re.compile(r"https?://[^\s\u2e80-\uffff<>\"']{4,300}", re.IGNORECASE)


def licences(line: str) -> tuple[str, ...]:
    """Registration and licence numbers in the line, as printed, in its order."""
    if line.isascii() and "ISSN" not in line.upper():
        return ()
    found = [
        (match.start(), _SIGN.sub("", text.squeeze(match[0])))
        for pattern in _LICENCES
        for match in pattern.finditer(line[:MAX_LINE])
    ]
    taken: list[tuple[int, str]] = []
    for start, words in sorted(found):
        if not taken or start >= taken[-1][0] + len(taken[-1][1]):
            taken.append((start, words))
    return text.unique(words for _, words in taken)


def is_address(line: str) -> bool:
    """Whether the line states an address, telephone or e-mail of the outlet."""
    return bool(_CONTACT.search(line[:MAX_LINE]))


@lru_cache(maxsize=4_096)
def kind(name: str) -> str:
    """What a short name in a frame stands for: `region`, `standing`, `action` or `channel`."""
    folded = text.fold(name)
    tight = folded.replace(" ", "")
    if tight in PROVINCES:
        return "region"
    if tight in STANDING or folded in STANDING or folded in phrases.folded("standing"):
        return "standing"
    return "action" if tight in ACTIONS or folded in ACTIONS else "channel"


def regions(names: Iterable[str]) -> bool:
    """Whether the names are an outlet's list of regions."""
    listed = [kind(name) == "region" for name in names]
    return sum(listed) >= MIN_REGIONS and sum(listed) * 10 >= len(listed) * 8


def split_names(line: str) -> tuple[str, ...]:
    """The names in a line of navigation: parted at blanks, and run-on Chinese names where that is certain."""
    names: list[str] = []
    for piece in (_PARTED if _HAN.search(line) else _PARTED_WORDS).split(line[:MAX_LINE]):
        names += _grid(piece) if _RUN_ON.fullmatch(piece) else [text.squeeze(piece)]
    return tuple(name for name in names if name.strip("·・•-/"))


def url(line: str) -> str | None:
    """The first web address in the line."""
    found = _URL.search(line[:MAX_LINE])
    return found[0].rstrip(".,;)") if found else None


def _grid(piece: str) -> list[str]:
    """Names of four Han characters each (a dot inside takes no place), if the known names among them prove it."""
    if len(_HAN.findall(piece)) <= _GRID or len(_HAN.findall(piece)) % _GRID:
        return _known(piece)
    cells: list[str] = [""]
    count = 0
    for char in piece:
        if char not in _DOTS and count == _GRID:
            cells.append("")
            count = 0
        cells[-1] += char
        count += char not in _DOTS
    certain = sum("".join(char for char in cell if char not in _DOTS) in CHANNELS for cell in cells)
    return cells if certain >= 2 and certain * 4 >= len(cells) else _known(piece)


def _known(piece: str) -> list[str]:
    """Known names cut out at both ends; what lies between stays as it stands."""
    front: list[str] = []
    back: list[str] = []
    while piece[:_GRID] in CHANNELS:
        front.append(piece[:_GRID])
        piece = piece[_GRID:]
    while piece[-_GRID:] in CHANNELS:
        back.insert(0, piece[-_GRID:])
        piece = piece[:-_GRID]
    return [*front, *([piece] if piece else []), *back]
