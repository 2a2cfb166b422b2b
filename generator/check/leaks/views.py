"""A text in every form in which it may be read: without tags, and with the escapes of HTML, XML, JSON, scripts and addresses undone.

Folding is the same for what is looked for and for what is looked through: width, case, and runs of white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from generator import text

MAX_ROUNDS = 6  # escapes within escapes
_TAG = re.compile(r"<[^<>]*>")
_INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)"
    r"(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_APART = " \ue000 "  # stands between what no reader reads as one text
_HEX = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_CSS = re.compile(r"\\([0-9a-fA-F]{2,6}) ?")
_SHORT = re.compile(r"\\(?:([nrtbfv])|([^0-9A-Za-z]))", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class View:
    """A text in one of its forms, folded. `joined` says that what stood in elements of its own was put side by side."""

    text: str
    joined: bool = False


def views(read: str) -> Iterator[View]:
    """The text as it may be read; each form once."""
    seen: set[str] = set()
    for form, joined in _forms(read):
        folded = fold(form)
        if folded and folded not in seen:
            seen.add(folded)
            yield View(folded, joined)


def fold(words: str) -> str:
    """The words for comparing."""
    return text.fold(_UNSEEN.sub("", words))


def _forms(read: str) -> Iterator[tuple[str, bool]]:
    for plain in dict.fromkeys((read, _entities(read), _escapes(read), _css(read), _percent(read), _all(read))):
        yield plain, False
        if "<" in plain:
            yield unescape(_TAG.sub(_APART, _INLINE.sub("", plain))), False
            yield from ((unescape(_TAG.sub(space, plain)), True) for space in ("", " "))


def _all(read: str) -> str:
    """Every escape undone, until none is left."""
    for _ in range(MAX_ROUNDS):
        plain = _percent(_escapes(_entities(read)))
        if plain == read:
            break
        read = plain
    return read


def _entities(read: str) -> str:
    return unescape(read) if "&" in read else read


def _percent(read: str) -> str:
    return unquote(read, errors="replace") if "%" in read else read


def _escapes(read: str) -> str:
    """The escapes of JSON and of scripts."""
    if "\\" not in read:
        return read
    plain = _HEX.sub(lambda found: _char(found[1] or found[2] or found[3]), read)
    plain = _PAIR.sub(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), plain)
    return _SHORT.sub(lambda found: " " if found[1] else found[2], plain)


def _css(read: str) -> str:
    return _CSS.sub(lambda found: _char(found[1]), read) if "\\" in read else read


def _char(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else "\ufffd"
