"""The bytes of a note as text: mark, UTF-16, UTF-8, then a guess. Never raises, and drops nothing silently."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from generator import text

SAMPLE = 48_000  # bytes that the charset is guessed from
LEAST_WIDE = 24  # letters from which UTF-16 without a mark and without ASCII is known
TOLERATED = 0.02  # share of bytes that may be broken in what is UTF-8 otherwise

# ASCII, the marks of Asia, kana, Han, Hangul and their wide forms
_ASIAN = re.compile(r"[\t\n\r -~\u2010-\u2026\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff01-\uff60]")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# what notes have been written in, the usual ones first
_PLAUSIBLE = [
    "gb18030",
    "big5hkscs",
    "cp932",
    "cp949",
    "euc_jp",
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1253",
    "cp1254",
    "koi8-r",
]


def decoded(raw: bytes) -> str:
    """The text with `\\n` as its only line break and without control characters; what cannot be read is marked by U+FFFD."""
    mark, charset = next(((mark, name) for mark, name in _MARKS if raw.startswith(mark)), (b"", ""))
    body = raw[len(mark) :]
    charset = charset or wide(body) or _narrow(body)
    return text.clean(body.decode(charset, "replace").replace("\x00", ""))


def wide(body: bytes) -> str:
    """The charset of UTF-16 without its mark, or nothing: NUL in every other place of ASCII, or letters of Asia and nothing else."""
    head = body[:400]
    if len(head) < 8:
        return ""
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if max(even, odd) > 0.7 and min(even, odd) < 0.1:
        return "utf-16-le" if odd > even else "utf-16-be"
    if len(head) < 2 * LEAST_WIDE or not {b"\x0a\x00", b"\x00\x0a"} & {
        body[at : at + 2] for at in range(0, min(len(body), 8_000), 2)
    }:
        return ""
    for charset in ("utf-16-le", "utf-16-be"):
        letters = head[: len(head) & ~1].decode(charset, "replace")
        if len(_ASIAN.findall(letters)) > 0.97 * len(letters):
            return charset
    return ""


def _narrow(body: bytes) -> str:
    read = body.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    foreign = sum(byte > 0x7F for byte in body[:SAMPLE])
    if broken <= foreign * TOLERATED:
        return "utf-8"
    start = next(place for place, byte in enumerate(body) if byte > 0x7F)
    best = from_bytes(body[max(0, start - 200) :][:SAMPLE], steps=5, chunk_size=512, cp_isolation=_PLAUSIBLE).best()
    return best.encoding if best else "utf-8"
