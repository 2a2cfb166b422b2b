"""A JSON value whose end is missing: what is open where the text breaks off is closed there, and half an address or a date is left.

Only for what is cut: a text that is broken anywhere else has no value here either. Never raises.
"""

from __future__ import annotations

import json
import re
from typing import Any

# a string stops before half of an escape, and before half of a character that two of them make
_HALF = r"[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z"
_TOKEN = re.compile(rf'"(?:[^"\\]++|\\u(?!{_HALF})[0-9a-fA-F]{{4}}|\\[^u])*+("?)|[{{}}\[\],:]')
_ENDS = {"{": "}", "[": "]"}
_WORD = re.compile(r"[!-\[\]-~]*")  # an address, a date, a number, a word: half of one says something else


def begun(text: str) -> Any:
    """The value that begins in the text, as far as it goes; None where it is broken, or nothing of it is there."""
    try:
        return json.loads(_closed(text.rstrip("\ufffd")), strict=False) or None
    except (ValueError, RecursionError):
        return None


def _closed(text: str) -> str:
    """The text up to the last thing that it says, with all that is open there closed."""
    around: list[str] = []
    end = 0
    is_name = False  # whether a string here would be a name, which says nothing yet
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in _ENDS:
            around.append(_ENDS[mark])
            is_name = mark == "{"
        elif mark in ("}", "]"):
            del around[-1:]
        elif mark in (",", ":"):
            is_name = mark == "," and around[-1:] == ["}"]
            end = token.start() if mark == "," else end
            continue
        elif is_name:
            continue
        elif not token[1]:
            if _WORD.fullmatch(text, token.start() + 1, token.end()):
                break
            return f'{text[: token.end()]}"{"".join(reversed(around))}'
        end = token.end()
    return text[:end] + "".join(reversed(around))
