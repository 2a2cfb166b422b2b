"""Bytes in more than one charset: pages put together from pieces, and texts encoded twice.

A page has one charset; a run of text between two tags may have another, and is read in that where the bytes leave no doubt.
Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

RUNS = 20_000
ENOUGH = 12  # bytes beyond ASCII that cannot be UTF-8 by chance
MOSTLY = 0.6
COMMON = 0.06  # of the Han signs of any Chinese text belong to the commonest; of misread bytes hardly any
SAMPLE = 200_000
TWICE = 20  # pairs that show a text to be encoded twice

_BREAK = re.compile(rb"([<>\n]+)")
_TEXT_BREAK = re.compile("([<>\n]+)")
_BEYOND = re.compile(rb"[\x80-\xff]+")
_BYTE = re.compile("[\udc80-\udcff]")
_HAN = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_FOREIGN = re.compile("[^\x00-\x7f\u3000-\u303f\uff00-\uffef\u2010-\u2027]")
# the commonest signs of Chinese prose, in both scripts
_USUAL = re.compile(
    "[的一是不了在有人我他这這中大来來上国國个個到说說们們为為子和你地出道也时時年得就那要下以生会會自着去之过過家学學对對可里裡后後小么麼心多天而能好都然没沒日于於起还還成事只作当當想看文无無开開手十用主行方又如前所本见見经經头頭面公同三己老从從动動两兩长長将將月市]"
)
# punctuation of Windows among text in UTF-8: quotes, dashes, the dots, the euro
_WINDOWS = frozenset(b"\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b")
_DOUBLE = re.compile(rb"\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]|[\xc5\xc6\xcb\xe2])")
_ABOVE = str.maketrans({chr(code): None for code in range(0x100)} | dict.fromkeys("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"))


def from_utf8(body: bytes) -> str:
    """The text of a page in UTF-8; runs that are not are read in the charset that the rest of the page suggests."""
    runs = _TEXT_BREAK.split(body.decode("utf-8", "surrogateescape"))
    others = _others("".join(run for run in islice(runs, RUNS) if not _BYTE.search(run)))
    return "".join(_run(run, others) if _BYTE.search(run) else run for run in runs)


def from_wide(body: bytes, codec: str) -> str:
    """The text of a page in a charset of two bytes; runs that are surely UTF-8 are read as that."""
    pieces: list[str] = []
    at = start = 0
    for run in _runs(body):
        if not run.isascii() and _surely_utf8(run):
            pieces += (body[at:start].decode(codec, "replace"), run.decode("utf-8", "replace"))
            at = start + len(run)
        start += len(run)
    return "".join((*pieces, body[at:].decode(codec, "replace")))


def mostly_utf8(body: bytes) -> bool:
    """Whether most runs of text are surely UTF-8, whatever the others are."""
    long = [run for run in _runs(body) if not run.isascii() and _length(run) >= ENOUGH]
    return bool(long) and sum(_surely_utf8(run) for run in long) >= MOSTLY * len(long)


def is_chinese(text: str) -> bool:
    """Whether the Han signs in the text are such as Chinese prose is made of, or too few to tell."""
    signs = _HAN.findall(text[:SAMPLE])[:3_000]
    return len(signs) < 40 or len(_USUAL.findall("".join(signs))) >= COMMON * len(signs)


def is_twice(body: bytes) -> bool:
    """Whether the bytes hold what only comes of encoding twice, and that more than once or twice."""
    return len(list(islice(_DOUBLE.finditer(body[:SAMPLE]), TWICE))) == TWICE


def once(text: str) -> str | None:
    """The text that was encoded twice, as it was before the second time; None where it was not."""
    if text.translate(_ABOVE):
        return None
    try:
        return b"".join(_bytes(text)).decode("utf-8")
    except UnicodeError:
        return None


def _runs(body: bytes) -> list[bytes]:
    """The bytes of text and of tags, and what parts them."""
    return _BREAK.split(body, maxsplit=RUNS)


def _bytes(text: str) -> Iterator[bytes]:
    for piece in re.split("([\u0100-\uffff]+)", text):
        yield piece.encode("cp1252" if piece and piece[0] > "\xff" else "latin-1")


def _others(text: str) -> tuple[str, ...]:
    """The charsets in which a stray run of this page may be."""
    if _KANA.search(text):
        return ("cp932", "euc_jp")
    if _HANGUL.search(text):
        return ("cp949",)
    return ("gb18030", "big5hkscs")


def _run(run: str, others: tuple[str, ...]) -> str:
    raw = run.encode("utf-8", "surrogateescape")
    for codec in others:
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        foreign = _FOREIGN.findall(text)
        east = sum(bool(_HAN.match(sign) or _KANA.match(sign) or _HANGUL.match(sign)) for sign in foreign)
        if (
            len(foreign) >= 2
            and east == len(foreign)
            and (len(foreign) < 6 or _USUAL.search(text) or "gb" not in codec)
        ):
            return text
    return _BYTE.sub(lambda byte: _windows(byte[0], run, byte.start()), run)


def _windows(escaped: str, run: str, at: int) -> str:
    """One stray byte: a mark of Windows's, or a letter among letters."""
    byte = ord(escaped) - 0xDC00
    around = (run[at - 1 : at], run[at + 1 : at + 2])
    among = byte >= 0xC0 and any(letter.isascii() and letter.isalpha() for letter in around)
    return bytes((byte,)).decode("cp1252") if byte in _WINDOWS or among else "\ufffd"


def _length(run: bytes) -> int:
    return sum(map(len, _BEYOND.findall(run)))


def _surely_utf8(run: bytes) -> bool:
    if _length(run) < ENOUGH:
        return False
    try:
        run.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
