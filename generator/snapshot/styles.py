"""Style sheets of a saved page, with nothing left in them that could load, run or hide behind the parser's back.

Parsed by tinycss2, and written anew from what an allow-list knows: rules, conditions, declarations whose values hold known
functions only. What is not understood is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import tinycss2

MAX_CHARACTERS = 500_000  # of all style sheets of a page
MAX_NESTING = 6  # of conditions
MAX_CLASSES = 5_000  # made of style attributes
MAX_ATTRIBUTE = 4_000

_CONDITIONS = ("media", "supports")
_NAME = re.compile(r"--[a-z0-9_-]{1,100}|-?[a-z][a-z-]{1,60}", re.ASCII | re.IGNORECASE)
_REFUSED = frozenset({"behavior", "-moz-binding", "-ms-behavior"})
_FUNCTIONS = frozenset(
    {
        *(
            "abs",
            "attr",
            "blur",
            "brightness",
            "calc",
            "circle",
            "clamp",
            "color",
            "color-mix",
            "conic-gradient",
            "contrast",
        ),
        *(
            "counter",
            "counters",
            "cubic-bezier",
            "drop-shadow",
            "ellipse",
            "env",
            "fit-content",
            "grayscale",
            "hsl",
            "hsla",
        ),
        *(
            "hue-rotate",
            "hwb",
            "inset",
            "invert",
            "lab",
            "lch",
            "linear-gradient",
            "matrix",
            "matrix3d",
            "max",
            "min",
            "minmax",
        ),
        *("oklab", "oklch", "opacity", "perspective", "polygon", "radial-gradient", "rect", "repeat"),
        *(
            "repeating-conic-gradient",
            "repeating-linear-gradient",
            "repeating-radial-gradient",
            "rgb",
            "rgba",
            "rotate",
        ),
        *(
            "rotate3d",
            "rotatex",
            "rotatey",
            "rotatez",
            "saturate",
            "scale",
            "scale3d",
            "scalex",
            "scaley",
            "sepia",
            "skew",
        ),
        *("skewx", "skewy", "steps", "translate", "translate3d", "translatex", "translatey", "translatez", "var"),
        *("-webkit-linear-gradient", "-moz-linear-gradient", "-webkit-gradient", "from", "to"),
    }
)
_SELECTING = frozenset(
    {"not", "is", "where", "has", "lang", "dir", "nth-child", "nth-of-type", "nth-last-child", "nth-last-of-type"}
)
_PLAIN = frozenset(
    {
        "ident",
        "hash",
        "string",
        "number",
        "percentage",
        "dimension",
        "literal",
        "whitespace",
        "at-keyword",
        "unicode-range",
    }
)
_BLOCKS = ("() block", "[] block")

Inline = Callable[[str], str | None]  # a `data:` address to one that may stay, or None


def sheet(css: str, inline: Inline) -> str:
    """The style sheet with what may stay of it."""
    try:
        return "\n".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), inline, 0))
    except RecursionError:  # blocks in blocks without end: no style of a page
        return ""


def declarations(css: str, inline: Inline) -> str:
    """What may stay of a style attribute."""
    try:
        return _declarations(tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True), inline)
    except RecursionError:
        return ""


def _rules(rules: Iterable[Any], inline: Inline, depth: int) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule" and _passes(rule.prelude, None, _SELECTING):
            content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            kept = _declarations(content, inline)
            if kept:
                yield f"{_written(rule.prelude)}{{{kept}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _CONDITIONS and rule.content and depth < MAX_NESTING:
            if not _passes(rule.prelude, None, _FUNCTIONS):
                continue
            inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            kept = "\n".join(_rules(inside, inline, depth + 1))
            if kept:
                yield f"@{rule.lower_at_keyword} {_written(rule.prelude)}{{{kept}}}"


def _declarations(found: Iterable[Any], inline: Inline) -> str:
    kept = []
    for one in found:
        if one.type != "declaration" or not _NAME.fullmatch(one.name) or one.lower_name in _REFUSED:
            continue
        if _passes(one.value, inline, _FUNCTIONS):
            kept.append(f"{one.name}:{_written(one.value, inline)}{' !important' if one.important else ''}")
    return ";".join(kept)


def _passes(tokens: Iterable[Any], inline: Inline | None, functions: frozenset[str]) -> bool:
    """Whether every token is one that is known to be harmless; of addresses, those that `inline` knows."""
    waiting = list(tokens)
    while waiting:
        token = waiting.pop()
        if token.type in _BLOCKS:
            waiting += token.content
        elif _address(token) is not None:
            if inline is None or inline(_address(token) or "") is None:
                return False
        elif token.type == "function":
            if token.lower_name not in functions:
                return False
            waiting += token.arguments
        elif token.type not in _PLAIN:
            return False
    return True


def _address(token: Any) -> str | None:
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        words = [one for one in token.arguments if one.type != "whitespace"]
        return str(words[0].value) if len(words) == 1 and words[0].type == "string" else ""
    return None


def _written(tokens: Iterable[Any], inline: Inline | None = None) -> str:
    """The tokens as text that can stand in a style element: no tag can begin or end in it."""
    parts = []
    for token in tokens:
        address = _address(token)
        if address is None:
            parts.append(tinycss2.serialize([token]))
        else:
            parts.append(f'url("{(inline and inline(address)) or ""}")')
    return "".join(parts).strip().replace("<", "\\3c ").replace("\x00", "")
