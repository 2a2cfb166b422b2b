"""The objects in a JSON file's lists, one after the other, in constant memory; each one decoded on its own.

Splits by quotes and brackets alone, so that one broken object costs itself and not the rest of the file. Never raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from generator.readers._json import begun
from generator.readers.exports.damage import Damage
from generator.readers.exports.window import Window

MAX_RECORD = 64 * 1024 * 1024  # bytes of one object
MAX_SEARCHES = 16  # how often the next object is looked for behind a broken one
MAX_DEPTH = 64  # lists in lists
SIGNATURE = 200  # bytes within which an object's first name stands
CUT = "archive-damaged"
ALIKE = 3  # names that the objects of a list have in common

_QUOTE = 0x22
_TOKEN = re.compile(rb'[\s,:]*+(?:("(?:[^"\\]++|\\.)*+")|([{}\[\]])|([^\s"{}\[\],:]++))', re.DOTALL)
_SKIPPED = re.compile(rb'(?:[^"{}\[\]]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_NAME = re.compile(rb'"([A-Za-z0-9_][A-Za-z0-9_ -]{0,40})"\s{0,9}:')
_BOM = b"\xef\xbb\xbf"

Record = dict[str, Any]


def names(head: bytes) -> frozenset[str]:
    """The names of members in the first bytes of a JSON file; none where it is none."""
    if head.removeprefix(_BOM).lstrip()[:1] not in (b"{", b"["):
        return frozenset()
    return frozenset(name.decode() for name in _NAME.findall(head))


def whole(raw: bytes) -> tuple[Any, bool]:
    """The value of a JSON document, and whether the document is cut short and this is what there is of it; None where it is none."""
    bare = raw.removeprefix(_BOM)
    value, _ = _decoded(bare)
    return (begun(bare.decode("utf-8", "replace")), True) if value is None else (value, False)


def stream(file: BinaryIO, lists: frozenset[str] = frozenset()) -> Iterator[Record | Damage]:
    """The objects in an outermost list, and in every list that is a member of one of these names; what is wrong between."""
    window = Window(file)
    around: list[tuple[bytes, bool]] = []  # the brackets that are open, each with whether its objects are wanted
    alike: frozenset[str] = frozenset()
    name = b""
    while token := _next(window):
        bracket = token[2]
        if bracket == b"{" and around and around[-1][1]:
            window.at = token.start(2)
            offset, mark = window.offset, _signature(window)
            raw = _object(window)
            record, code = _decoded(raw) if raw else _cut(window)
            if isinstance(record, dict):
                alike = alike or frozenset(list(record)[:ALIKE])
                yield record
            if code:
                yield Damage(
                    offset,
                    "the file ends within this entry; what there is of it was read"
                    if code == CUT
                    else "an entry is damaged",
                    code,
                )
            if code == CUT:
                return
            if raw is None or (record is None and mark):
                yield from _salvaged(window, offset, mark, alike)
                return
        elif bracket in (b"{", b"["):
            wanted = bracket == b"[" and (not around or (around[-1][0] == b"{" and _plain(name) in lists))
            around.append((bracket, wanted))
            if len(around) > MAX_DEPTH:
                yield Damage(window.offset, "lists are nested too deep; the rest was left", "archive-limit")
                return
        elif bracket:
            del around[-1:]
        name = token[1] or name
    if around:
        yield Damage(window.offset, "the file ends within its list", CUT)


def _next(window: Window) -> re.Match[bytes] | None:
    """The next string, value or bracket; None at the end of the file."""
    while True:
        token = _TOKEN.match(window.data, window.at)
        if token and (token.end() < len(window.data) or token[2]):
            window.at = token.end()
            return token
        if len(window.data) - window.at > MAX_RECORD or not window.more():
            if token:
                window.at = token.end()
            return token


def _object(window: Window) -> bytes | None:
    """The object that begins here; None where it does not end or is too long, and then the window stays where it is."""
    depth, at = 0, window.at
    while True:
        skipped = _SKIPPED.match(window.data, at)
        at = skipped.end() if skipped else at
        if at >= len(window.data) or window.data[at] == _QUOTE:
            begun = window.at
            if len(window.data) - begun > MAX_RECORD or not window.more():
                return None
            at -= begun - window.at
            continue
        depth += 1 if window.data[at] in b"{[" else -1
        at += 1
        if not depth:
            raw = window.data[window.at : at]
            window.at = at
            return raw


def _cut(window: Window) -> tuple[Any, str]:
    """What there is of the last object of a file that ends within it, and the code of a finding."""
    record = begun(window.data[window.at :].decode("utf-8", "replace")) if window.ended else None
    return record, CUT if record else "member-unreadable"


def _salvaged(window: Window, offset: int, mark: bytes, alike: frozenset[str]) -> Iterator[Record | Damage]:
    """What follows a damaged object, wherever an object begins as that one did."""
    window.back(offset + 1)
    for _ in range(MAX_SEARCHES):
        while mark and window.find(mark):
            offset = window.offset
            raw = _object(window)
            record = _decoded(raw)[0] if raw else None
            if not isinstance(record, dict):
                break
            if alike <= record.keys():  # otherwise an object within an object
                yield record
        else:
            return
        window.back(offset + 1)
    yield Damage(offset, "too much of the file is damaged; the rest was left", "archive-damaged")


def _signature(window: Window) -> bytes:
    """How the object here begins, up to its first colon."""
    while len(window.data) - window.at < SIGNATURE and window.more():
        pass
    found = _NAME.search(window.data, window.at, window.at + SIGNATURE)
    return window.data[window.at : found.end()] if found else b""


def _decoded(raw: bytes) -> tuple[Any, str]:
    """The value, and the code of a finding or nothing. Raw line breaks in strings and broken UTF-8 are put up with."""
    try:
        return msgspec.json.decode(raw), ""
    except (msgspec.MsgspecError, ValueError, RecursionError):
        pass
    text = raw.decode("utf-8", "replace")
    try:
        return json.loads(text, strict=False), "charset-replaced" if "\ufffd" in text else ""
    except (ValueError, RecursionError):
        return None, "member-unreadable"


def _plain(name: bytes) -> str:
    return name.strip(b'"').decode("utf-8", "replace")
