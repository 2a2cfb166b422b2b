"""JSON-LD from a page's scripts: mended where that is cheap, flattened, cut to size. Never raises."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from typing import Any

SCRIPT_LIMIT = 4_000_000  # characters of one script
OBJECTS = 400
DEPTH = 24
ITEMS = 2_000

_WRAPPERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING = re.compile(r",(\s{0,200}[}\]])")
_MISSING = re.compile(r"([}\]\"])(\s*\n\s*\")")
_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")


def objects(scripts: Iterable[str]) -> tuple[tuple[dict[str, Any], ...], bool]:
    """The objects of all scripts out of arrays and `@graph`, in order, and whether any script stayed unreadable."""
    found: list[dict[str, Any]] = []
    broken = False
    for script in scripts:
        if not script.strip():
            continue
        value = _parse(script[:SCRIPT_LIMIT])
        if value is None:
            broken = True
            continue
        _flatten(_trim(value, DEPTH), found)
    return tuple(found[:OBJECTS]), broken


def _parse(script: str) -> Any:
    bare = _WRAPPERS.sub("", _WRAPPERS.sub("", script)).strip().rstrip(";").strip()
    for attempt in (_as_is, _unescaped, _mended, _first):
        value = attempt(bare)
        if value is not None:
            return value
    return None


def _as_is(script: str) -> Any:
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _unescaped(script: str) -> Any:
    return _as_is(html.unescape(script)) if "&quot;" in script or "&#34;" in script else None


def _mended(script: str) -> Any:
    return _as_is(_ESCAPE.sub(r"\\\\", _MISSING.sub(r"\1,\2", _TRAILING.sub(r"\1", script))))


def _first(script: str) -> Any:
    # two objects one behind the other, or rubbish behind the first
    try:
        return json.JSONDecoder(strict=False).raw_decode(_TRAILING.sub(r"\1", script))[0]
    except (ValueError, RecursionError):
        return None


def _trim(value: Any, depth: int) -> Any:
    """The value without what lies deeper than `depth`; lists and objects cut to `ITEMS`."""
    if isinstance(value, dict):
        return {str(key): _trim(one, depth - 1) for key, one in list(value.items())[:ITEMS]} if depth else None
    if isinstance(value, list):
        return [_trim(one, depth - 1) for one in value[:ITEMS]] if depth else None
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") if not value.isprintable() else value
    return value


def _flatten(value: Any, found: list[dict[str, Any]]) -> None:
    # bounded by DEPTH, for `_trim` went before
    if len(found) >= OBJECTS:
        return
    if isinstance(value, list):
        for one in value:
            _flatten(one, found)
    elif isinstance(value, dict):
        graph = value.get("@graph")
        if "@type" in value or not graph:
            found.append(value)
        if isinstance(graph, (list, dict)):
            _flatten(graph, found)
