"""The text of a story that only a script of the page holds: markup in a string of its data, or the state of its program.

Asked last, when the page shows next to nothing. Runs no script; reads strings and JSON only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from generator import text
from generator.body import states

MAX_SCRIPTS = 400
MAX_SCRIPT = 4_000_000  # characters
MAX_ALL = 12_000_000  # of all scripts
MAX_VALUES = 40
MAX_MENDED = 4  # values of a script that are no JSON for an `undefined` in them
MIN_STRING = 400
MIN_VALUE = 200
MAX_STRING = 600_000
MIN_STORY = 300  # characters of text in a state
PIECE = 20  # characters that two texts do not share by chance
PARAGRAPHS = 2  # so many do not make a story yet

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,4000}>")
_FLIGHT = re.compile(r'__next_f\.push\(\[\s*1\s*,\s*("(?:[^"\\]|\\.)*+")\s*\]\)', re.DOTALL)
_ROW = re.compile(r"(?:^|\n)[0-9a-f]{1,6}:(?=[\[{])")
_TEXT_ROW = re.compile(r"(?:^|\n|(?<=[\]}\"]))[0-9a-f]{1,6}:T([0-9a-f]{1,6}),")
_SET = re.compile(r"[\w$\])\"']\s{0,9}=\s{0,9}(?=\{\s{0,99}\"|\[\s{0,99}[\[{\"])")
_QUOTED = re.compile(
    r"(?:JSON\.parse|decodeURIComponent|enqueue)\(\s{0,9}(?:decodeURIComponent\(\s{0,9})?(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+')",
    re.DOTALL,
)
_UNDEFINED = re.compile(r"(?<=[:,\[])\s{0,9}(?:undefined|void 0|NaN)\s{0,9}(?=[,}\]])")
# how Angular hides quotes and brackets
_HIDDEN = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))


def tree(page: Any, shown: str = "") -> Any:
    """The story that the page's scripts hold, parsed, or None: the markup with most text in paragraphs.

    Where `shown` is its beginning, as lines, the scripts must hold that too.
    """
    scripts = list(_scripts(page))
    if shown and not _repeats(scripts, shown):
        return None
    literal, paragraphs = _literal(scripts)
    plain = len(_TAG.sub("", literal))
    state = max(map(states.markup, islice(_values(scripts), MAX_VALUES)), key=len, default="")
    held = len(_TAG.sub("", state))
    if held >= MIN_STORY and held * 2 >= plain:  # a string alone may be another story's
        return _parsed(state)
    return _parsed(literal) if paragraphs > PARAGRAPHS else None


def _scripts(page: Any) -> Iterator[tuple[str, str]]:
    """The type and the text of each script that is not too long."""
    size = 0
    for script in islice(page.iter("script"), MAX_SCRIPTS):
        source = script.text or ""
        size += len(source)
        if size > MAX_ALL:
            return
        if MIN_VALUE < len(source) <= MAX_SCRIPT and "ld+json" not in (script.get("type") or ""):
            yield (script.get("type") or "").lower(), source


def _repeats(scripts: list[tuple[str, str]], shown: str) -> bool:
    """Whether any script holds a piece of the lines, as they are or escaped."""
    lines = [line for line in shown.split("\n") if len(line) > 2 * PIECE][:3]
    pieces = {line[at : at + PIECE] for line in lines for at in (0, len(line) // 2)}
    forms = {form for piece in pieces for form in (piece, json.dumps(piece)[1:-1])}
    return any(form in source for _, source in scripts for form in forms)


def _literal(scripts: list[tuple[str, str]]) -> tuple[str, int]:
    """The string with most paragraphs, and their number."""
    best, most = "", 0
    for _, source in scripts:
        if "__next_f" in source or ("<p" not in source and "\\u003cp" not in source.lower()):
            continue  # what comes in pieces is put together first
        for found in _STRING.finditer(source):
            size = found.end() - found.start()
            if MIN_STRING < size < MAX_STRING and ("<p" in found[1] or "\\u003cp" in found[1].lower()):
                markup = _decoded(found[0])
                count = 0 if markup.lstrip()[:1] in ("{", "[") else len(_PARAGRAPH.findall(markup))
                if count > most:
                    best, most = markup, count
    return best, most


def _values(scripts: list[tuple[str, str]]) -> Iterator[Any]:
    """The values in JSON that the scripts hold: alone, set, quoted, or sent in pieces."""
    pieces: list[str] = []
    for kind, source in scripts:
        if "json" in kind or source.lstrip()[:1] in ("{", "["):
            value = _json(source)
            if value is not None:
                yield value
                continue
        pieces += (_decoded(found[1]) for found in _FLIGHT.finditer(source)) if "__next_f" in source else ()
        yield from _set(source)
        for quoted in islice(_QUOTED.finditer(source), MAX_VALUES):
            yield from _unquoted(quoted[1])
    yield from _flight("".join(pieces))


def _set(source: str) -> Iterator[Any]:
    """Values that the script gives to a name."""
    at, mended = 0, 0
    for _ in range(MAX_VALUES):
        found = _SET.search(source, at)
        if found is None:
            return
        value, at = _first(source, found.end())
        if value is None and at == found.end() and mended < MAX_MENDED:
            mended += 1
            value, _ = _first(_UNDEFINED.sub("null", source[at:]), 0)
        if value:
            yield value


def _first(source: str, start: int) -> tuple[Any, int]:
    """The JSON value that begins there, if it is of some length, and where it ends."""
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(source, start)
    except (ValueError, RecursionError):
        return None, start
    return (value, end) if end - start >= MIN_VALUE else (None, end)


def _unquoted(literal: str) -> Iterator[Any]:
    """The value in a string that the script parses."""
    if len(literal) <= MIN_VALUE:
        return
    double = (
        literal
        if literal.startswith('"')
        else '"' + literal[1:-1].replace("\\'", "'").replace('\\"', '"').replace('"', '\\"') + '"'
    )
    text = _decoded(double).strip()
    value = _json(unquote(text) if text[:3].upper() in ("%7B", "%5B") else text)
    if value is not None:
        yield value


def _flight(stream: str) -> Iterator[Any]:
    """The rows of what Next.js sends: texts with their length before them, and JSON."""
    raw = stream.encode("utf-8", "replace")
    for found in islice(_TEXT_ROW.finditer(stream), MAX_VALUES):
        start = len(stream[: found.end()].encode("utf-8", "replace"))
        yield raw[start : start + int(found[1], 16)].decode("utf-8", "replace")
    rows = []
    for found in islice(_ROW.finditer(stream), MAX_SCRIPTS):
        value, _ = _first(stream, found.end())
        if value:
            rows.append(value)
    if rows:
        yield rows


def _json(source: str) -> Any:
    plain = source.strip().rstrip(";")
    if "&q;" in plain[:200]:
        for hidden, shown in _HIDDEN:
            plain = plain.replace(hidden, shown)
    if plain[:1] not in ("{", "["):
        return None
    try:
        return json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return None


def _decoded(literal: str) -> str:
    try:
        value = json.loads(literal, strict=False)
    except (ValueError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""


def _parsed(markup: str) -> Any:
    try:
        return html.document_fromstring(f"<html><body><article>{text.parseable(markup)}</article></body></html>")
    except (etree.LxmlError, ValueError, AssertionError):
        return None
