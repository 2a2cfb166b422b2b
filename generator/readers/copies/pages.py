"""A copy's text as a page that `document` and `body` read: nothing in it but the story.

Text becomes markup here only escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

CHARSET = "utf-8"

_BLANK = re.compile(r"\n[ \t\u3000]*\n\s*")
_ITEM = re.compile(r"[-•‣▪]\s{1,8}(?=\S)")
_DELIMITER = re.compile(r"[|\s:-]{3,400}$")


def page(markup: str, title: str = "") -> bytes:
    """The markup as the body of a page."""
    head = f'<meta charset="{CHARSET}"><title>{escape(title)}</title>' if title else f'<meta charset="{CHARSET}">'
    return f"<!DOCTYPE html>\n<html><head>{head}</head>\n<body>\n{markup}\n</body></html>\n".encode(CHARSET, "replace")


def paragraphs(lines: Iterable[str]) -> str:
    """Each line that holds words as a paragraph, escaped."""
    return "\n".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in lines if line.strip())


def text(words: str) -> str:
    """Plain text as markup: paragraphs parted by blank lines, or one a line; lines behind a dash as lists, between bars as tables."""
    parted = bool(_BLANK.search(words.strip()))
    pieces = _BLANK.split(words) if parted else words.split("\n")
    made: list[str] = []
    for piece in pieces:
        lines = [line.strip() for line in piece.split("\n") if line.strip()]
        if parted and not all(_shaped(line) for line in lines):
            lines = [" ".join(lines)]
        made += lines
    return "\n".join(_grouped(made))


def _shaped(line: str) -> bool:
    return bool(_ITEM.match(line)) or (line.startswith("|") and line.endswith("|"))


def _grouped(lines: Iterable[str]) -> Iterator[str]:
    for kind, group in groupby(lines, key=_kind):
        if kind == "list":
            yield "<ul>" + "".join(f"<li>{_written(_ITEM.sub('', line, count=1))}</li>" for line in group) + "</ul>"
        elif kind == "table":
            rows = [
                [cell.strip() for cell in line.strip("| ").split("|")] for line in group if not _DELIMITER.match(line)
            ]
            cells = ("".join(f"<td>{_written(cell)}</td>" for cell in row) for row in rows)
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
        else:
            yield paragraphs(group)


def _kind(line: str) -> str:
    if _ITEM.match(line):
        return "list"
    return "table" if len(line) > 2 and line.startswith("|") and line.endswith("|") else ""


def _written(words: str) -> str:
    return escape(words, quote=False)
