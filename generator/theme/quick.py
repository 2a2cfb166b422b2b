"""A short way from Markdown to markup for the shapes that the generator writes itself; for all else it says None.

Python-Markdown stays the renderer of record: what is answered here is what it would have answered, and the tests hold
the two side by side. One construct that this file is not sure of, and the whole text takes the long way. Escaped
characters are written as references, so that no later step takes them for marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import escape
from itertools import groupby
from operator import itemgetter

MAX_CHARACTERS = 200_000
MAX_BLOCK = 2_000  # characters; a longer block is weighed
MAX_WEIGHT = 5_000_000  # marks times characters of a block; below it the long way never shows the block plain
MAX_NESTING = 8  # of quotes and lists

# a reference that every reader takes for the same visible character
_KNOWN = r"(?:amp|lt|gt|quot|#(?:3[3-9]|[4-9]\d|1[01]\d|12[0-6]));"
_UNKNOWN = re.compile(rf"&(?!{_KNOWN})(?:#|\w+;)")
_BARE = re.compile(rf"&(?!{_KNOWN})")
# what could begin something else than a paragraph
_OPENING = re.compile(r"^(?:[\s#>=+|_-]|\*\s|\d+\.(?:\s|$)|\[[^\[\]]*\]:)", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) ([^\s#](?:.*[^\s#])?)")
_ITEM = {"ul": re.compile(r"- (\S.*)"), "ol": re.compile(r"\d+\. (\S.*)")}
_NUMBERED = re.compile(r"\d+\. ")
_INDENT = "    "
_RULER = re.compile(r"\|(?: --- \|){2,}")

_TOKEN = re.compile(r"\\(.)|`([^`\\\n&]+)`|`|\\", re.DOTALL)
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!|")
_REFERENCES = {ord(mark): f"&#{ord(mark)};" for mark in "\\`*_[]()>!&"}
_HOST = r"(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,24}"
_SITE = rf"https?://{_HOST}(?::[1-9][0-9]{{0,3}})?"
_URL = rf"{_SITE}(?:[/?#][^\s\\()<>\"'`\[\]{{}}|^]*)?"
_MAIL = rf"mailto:[\w.+-]+@{_HOST}"
ORDINARY = re.compile(rf"{_SITE}(?:[/?#][!-~]*)?")  # an address of the web, whoever reads it
_LINK = re.compile(rf"(?<!!)\[([^\s\[\]](?:[^\[\]]*[^\s\[\]])?)\]\(({_URL}|{_MAIL})\)")
_PICTURE = re.compile(rf"!\[([^\[\]\n]*)\]\(({_URL}|media/[0-9a-f/]+\.[a-z]+|/[\w.-]+(?:/[\w.-]+)*|)\)")
_STARS = re.compile(r"(?<!\*)(\*{1,3})(?![\s*])([^*]*[^\s*])\1(?!\*)")
_STYLES = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}


class _UnsureError(Exception):
    pass


@dataclass(slots=True)
class _Item:
    """An item of a list while its lines and what lies below it are gathered."""

    lines: list[str]
    loose: bool
    children: list[str] = field(default_factory=list)


def markup(markdown: str) -> str | None:
    """The markup that Python-Markdown would give, as any browser reads it, or None: not sure. Controls are gone already."""
    if len(markdown) > MAX_CHARACTERS or "<" in markdown or "\t" in markdown or "\r" in markdown:
        return None
    blocks = markdown.strip("\n").split("\n\n")
    if any(len(block) > MAX_BLOCK and _weight(block) > MAX_WEIGHT for block in blocks):
        return None
    try:
        return "\n".join(_blocks(blocks, 0))
    except _UnsureError:
        return None


def _weight(block: str) -> int:
    return len(block) * sum(block.count(mark) for mark in "[(|\\*_`&")


def _blocks(blocks: list[str], depth: int) -> list[str]:
    if depth > MAX_NESTING:
        raise _UnsureError
    done: list[str] = []
    for kind, group in groupby(zip(_kinds(blocks), blocks, strict=True), key=itemgetter(0)):
        done += _WRITERS[kind]([block for _, block in group], depth)
    return done


def _kinds(blocks: list[str]) -> list[str]:
    """What each block is by its beginning; what is indented below a list belongs to it."""
    kinds: list[str] = []
    for block in blocks:
        kind = _BEGINNINGS.get(block[:1], "paragraph")
        if block[:1].isdecimal() and _NUMBERED.match(block):
            kind = "ol"
        elif kind == "code" and kinds and kinds[-1] in ("ul", "ol"):
            kind = kinds[-1]
        kinds.append(kind)
    return kinds


def _paragraphs(blocks: list[str], _: int) -> list[str]:
    return [f"<p>{_words(_safe(block))}</p>" for block in blocks]


def _headings(blocks: list[str], _: int) -> list[str]:
    found = [_sure(_HEADING.fullmatch(block)) for block in blocks]
    return [f"<h{len(mark)}>{_words(words)}</h{len(mark)}>" for mark, words in (match.groups() for match in found)]


def _pictures(blocks: list[str], _: int) -> list[str]:
    return [_picture(block) for block in blocks]


def _picture(block: str) -> str:
    if "`" in block:
        raise _UnsureError
    caption, src = _sure(_PICTURE.fullmatch(_escaped(block))).groups()
    alt = caption.replace('"', "&quot;")
    return f'<p><img src="{src}" alt="{alt}"></p>'


def _quotes(blocks: list[str], depth: int) -> list[str]:
    lines = "\n\n".join(blocks).split("\n")
    if not all(line[:2] in ("> ", ">", "") for line in lines):
        raise _UnsureError
    inner = _blocks("\n".join(line[2:] for line in lines).split("\n\n"), depth + 1)
    return ["\n".join(("<blockquote>", *inner, "</blockquote>"))]


def _list(tag: str, blocks: list[str], depth: int) -> list[str]:
    """A list's items; one next to a blank line has its words in a paragraph, and what is indented below it as its children."""
    items: list[_Item] = []
    for block in blocks:
        lines = block.split("\n")
        if items:
            items[-1].loose = True
        if block.startswith(_INDENT):
            items[-1].children.append("\n".join(map(_dedented, lines)))
            continue
        before = len(items)
        for line in lines:
            if line.startswith(_INDENT) and len(items) > before:
                items[-1].lines.append(_dedented(line))
            else:
                items.append(_Item([_sure(_ITEM[tag].fullmatch(line))[1]], loose=0 < before == len(items)))
    return ["\n".join((f"<{tag}>", *(_item(item, depth) for item in items), f"</{tag}>"))]


def _item(item: _Item, depth: int) -> str:
    if "code" in _kinds(item.children):  # which list it would belong to takes a longer look
        raise _UnsureError
    _safe("\n".join(item.lines))
    own = _words(f"\n{_INDENT}".join(item.lines))
    if not item.loose:
        return f"<li>{own}</li>"
    return "\n".join(("<li>", f"<p>{own}</p>", *_blocks(item.children, depth + 1), "</li>"))


def _codes(blocks: list[str], _: int) -> list[str]:
    words = "\n\n".join("\n".join(map(_dedented, block.split("\n"))).rstrip() for block in blocks)
    if "&#" in words:  # mended before code is found
        raise _UnsureError
    return [f"<pre><code>{escape(words, quote=False)}\n</code></pre>"]


def _tables(blocks: list[str], _: int) -> list[str]:
    return [_table(block.split("\n")) for block in blocks]


def _table(lines: list[str]) -> str:
    bars = lines[0].count("|")
    sure = len(lines) > 2 and _RULER.fullmatch(lines[1]) and lines[1].count("|") == bars
    if not sure or any("`" in line or "\\|" in line for line in lines):
        raise _UnsureError
    head, *rows = (_row(line, bars) for line in (lines[0], *lines[2:]))
    names = "\n".join(f"<th>{cell}</th>" for cell in head)
    cells = ("\n".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    body = "\n".join(f"<tr>\n{row}\n</tr>" for row in cells)
    return f"<table>\n<thead>\n<tr>\n{names}\n</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _row(line: str, bars: int) -> list[str]:
    if not (line.startswith("| ") and line.endswith(" |") and line.count("|") == bars):
        raise _UnsureError
    return [_words(cell.strip(" ")) for cell in line[1:-1].split("|")]


_BEGINNINGS = {"#": "heading", ">": "quote", "-": "ul", "!": "picture", "|": "table", " ": "code"}
_WRITERS: dict[str, Callable[[list[str], int], list[str]]] = {
    "paragraph": _paragraphs,
    "heading": _headings,
    "quote": _quotes,
    "ul": partial(_list, "ul"),
    "ol": partial(_list, "ol"),
    "picture": _pictures,
    "table": _tables,
    "code": _codes,
}


def _safe(block: str) -> str:
    """A paragraph's own text, none of whose lines could begin anything else."""
    begins = _OPENING.search if "\n" in block else _OPENING.match
    if not block or begins(block) or ("|" in block and "\n" in block):
        raise _UnsureError
    return block


def _words(text: str) -> str:
    text = _escaped(text)
    if "[" in text or "]" in text:
        text = _LINK.sub(_link, text)
        if "[" in text or "]" in text:
            raise _UnsureError
    text = _styled(text)
    if "_" in text:
        raise _UnsureError
    if "\n" in text:  # blanks between a break and an element are dropped
        text = text.replace("  \n", "<br>\n").replace(f"<br>\n{_INDENT}<", "<br>\n<")
    return text


def _escaped(text: str) -> str:
    """The text with its escapes and code spans done and its ampersands made safe."""
    if "\\" in text or "`" in text:
        if "``" in text or "&\\" in text:
            raise _UnsureError
        text = _TOKEN.sub(_token, text)
    if "&" in text:
        if _UNKNOWN.search(text):
            raise _UnsureError
        text = _BARE.sub("&amp;", text)
    return text


def _token(found: re.Match[str]) -> str:
    char, code = found.groups()
    if char is not None and char in _ESCAPABLE:
        return f"&#{ord(char)};"
    if code is not None and code.strip():
        return f"<code>{code.strip().translate(_REFERENCES)}</code>"
    raise _UnsureError


def _link(found: re.Match[str]) -> str:
    words, url = found.groups()
    address = url.replace("*", "&#42;").replace("_", "&#95;")
    return f'<a href="{address}">{_styled(words)}</a>'


def _styled(text: str) -> str:
    if "*" in text:
        text = _STARS.sub(_starred, text)
        if "*" in text:
            raise _UnsureError
    return text


def _starred(found: re.Match[str]) -> str:
    opening, closing = _STYLES[len(found[1])]
    return f"{opening}{found[2]}{closing}"


def _dedented(line: str) -> str:
    if not line.startswith(_INDENT) or not line.strip():
        raise _UnsureError
    return line[len(_INDENT) :]


def _sure(found: re.Match[str] | None) -> re.Match[str]:
    if found is None:
        raise _UnsureError
    return found
