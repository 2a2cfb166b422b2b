"""What a style sheet, or an element's style, would load, and what in it old browsers would run. Pure, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_STYLE_URL = re.compile(
    r"""(?:url\(|@import(?!\s{0,9}url\())\s{0,9}(?:"([^"\n]{0,4000})"|'([^'\n]{0,4000})'|([^)\s"';(]{1,4000}))""",
    re.IGNORECASE,
)
_STYLE_SET = re.compile(r"image-set\(([^;}]{0,4000})", re.IGNORECASE)
_QUOTED = re.compile(r"""(?<!type\()(?<!url\()(?:"([^"]{0,4000})"|'([^']{0,4000})')""", re.IGNORECASE)
_RUNS = re.compile(
    r"expression\s*\(|-moz-binding|(?<![\w-])behavior\s*:|(?:java|vb|live)script\s*:|mocha\s*:", re.IGNORECASE
)


def loads(style: str) -> Iterator[str]:
    """The addresses that the style would load."""
    plain = _plain(style)
    quoted = (name for inner in _STYLE_SET.finditer(plain) for name in _QUOTED.finditer(inner[1]))
    for found in (*_STYLE_URL.finditer(plain), *quoted):
        address = next((group for group in found.groups() if group), "")
        if address:
            yield address


def running(style: str) -> Iterator[str]:
    """What in the style is a program to some browser, in words."""
    yield from dict.fromkeys(f"a style that runs: {found[0]}" for found in _RUNS.finditer(_plain(style)))


def _plain(style: str) -> str:
    return _ESCAPE.sub(_unescaped, _COMMENT.sub("", style))


def _unescaped(found: re.Match[str]) -> str:
    if not found[1]:
        return found[2]
    code = int(found[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
