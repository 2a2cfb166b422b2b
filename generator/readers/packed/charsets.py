"""Which charset the names in an archive are in, where it does not say: old ZIPs have them as the system of the day had.

Pure; judges by all names together, because one is too little to judge by.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SAMPLES = 500  # names by which the letters of all are judged

# Two-byte charsets of old Windows, in the order in which they win where they fit equally well.
_WIDE = ("gb18030", "cp932", "big5", "cp949")
_HANGUL = frozenset("이다는의에을고하지로가사기한자리도시인대해서일나들은제과전부수정국신문보어스")
_HAN = frozenset("的一是不了在人有我他这中大来上国个到说们为子和你地出会年生新闻报日月时网页家市政府者记文件图片")
_BYTES = re.compile(rb"[\x80-\xff]+")
_STRANGE = re.compile("[^\x00-\x7f]+")


def charset(names: Sequence[bytes]) -> str:
    """The charset that the names of an archive are in, which states none: judged by all of them together."""
    strange = [name for name in names if not name.isascii()][:SAMPLES]
    if all(_decodes(name, "utf-8") for name in strange):
        return "utf-8"
    best, charset = max(((_likeness(strange, one), one) for one in _WIDE), key=lambda found: found[0])
    if best >= 0.6:
        return charset
    letters = b"".join(strange)
    runs = [len(run) for run in _BYTES.findall(letters)]
    cyrillic = sum(0x80 <= byte <= 0xAF or 0xE0 <= byte <= 0xF1 for byte in letters)
    return "cp866" if cyrillic >= 0.9 * sum(runs) and sum(runs) > 2 * len(runs) else "cp437"


def decoded(raw: bytes, charset: str) -> str:
    """The name in letters; what is none in that charset becomes a replacement character."""
    return raw.decode(charset, "replace")


def _decodes(raw: bytes, charset: str) -> bool:
    try:
        raw.decode(charset)
    except UnicodeDecodeError:
        return False
    return True


def _likeness(names: Sequence[bytes], charset: str) -> float:
    """How much of what is not ASCII is common in that charset's language, 0 to 1, and a little over."""
    try:
        words = [word for name in names for word in _STRANGE.findall(name.decode(charset))]
    except UnicodeDecodeError:
        return 0.0
    letters = "".join(words)
    runs = [len(run) for name in names for run in _BYTES.findall(name)]
    if not letters or (len(letters) == len(words) and sum(runs) < 2 * len(runs)):
        return 0.0  # each stands alone between ASCII letters, as in the West
    typical = _HANGUL if charset == "cp949" else _HAN
    common = sum(_is_common(letter.encode(charset, "replace"), charset) for letter in letters)
    return (common + 0.1 * sum(letter in typical for letter in letters)) / len(letters)


def _is_common(raw: bytes, charset: str) -> bool:
    """Whether a character stands where its charset has those in daily use."""
    if len(raw) != 2:
        return False
    lead, trail = raw
    if charset == "gb18030":
        return trail >= 0xA1 and (0xB0 <= lead <= 0xD7 or lead in (0xA1, 0xA3))
    if charset == "cp932":
        return 0x81 <= lead <= 0x83 or 0x88 <= lead <= 0x98
    if charset == "big5":
        return 0xA1 <= lead <= 0xA3 or 0xA4 <= lead <= 0xC6
    return trail >= 0xA1 and (0xB0 <= lead <= 0xC8 or lead in (0xA1, 0xA3))
