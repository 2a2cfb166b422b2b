"""The text of a story that only a script of the page holds: markup inside a string of its data.

Asked last, when the page shows next to nothing. Runs no script; reads strings only.
"""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree, html

MAX_SCRIPTS = 400
MAX_SCRIPT = 4_000_000  # characters
MIN_STRING = 400
MAX_STRING = 600_000

_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>", re.IGNORECASE)


def tree(page: Any) -> Any:
    """The markup that the page's scripts hold, parsed, or None: the string with most paragraphs."""
    best, most = "", 2
    for script in list(page.iter("script"))[:MAX_SCRIPTS]:
        source = script.text or ""
        if len(source) > MAX_SCRIPT or ("<p" not in source and "\\u003cp" not in source.lower()):
            continue
        for found in _STRING.finditer(source):
            size = found.end() - found.start()
            if MIN_STRING < size < MAX_STRING and ("<p" in found[1] or "\\u003cp" in found[1].lower()):
                markup = _decoded(found[0])
                count = len(_PARAGRAPH.findall(markup))
                if count > most:
                    best, most = markup, count
    return _parsed(best) if best else None


def _decoded(literal: str) -> str:
    try:
        value = json.loads(literal, strict=False)
    except (ValueError, RecursionError):
        return ""
    return value if isinstance(value, str) else ""


def _parsed(markup: str) -> Any:
    try:
        return html.document_fromstring(f"<html><body><article>{markup}</article></body></html>")
    except (etree.LxmlError, ValueError, AssertionError):
        return None
