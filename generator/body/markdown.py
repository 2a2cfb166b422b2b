"""Blocks to Markdown in which a page's text can never become markup.

Knows Markdown as Python-Markdown with its `tables` extension reads it; never reads HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from generator import text
from generator.body.blocks import Block, Run

MAX_NESTING = 8

_SPECIAL = re.compile(r"[\\`*_\[\]{}]")
_PIPE = "&#124;"
_ENTITIES = {"<": "&lt;", "|": _PIPE}
_AMPERSAND = re.compile(r"&(?=#|\w)")  # browsers read some references without their semicolon
# what opens a heading, quote, list, rule, underline, definition, fence or note at the start of a line
_OPENING = re.compile(r"(?:[#>+\-=:~!^]|\d{1,9}(?=[.)]))")
_OPENING_PLAIN = frozenset("#>+-!")
_CLOSING_HASHES = re.compile(r"(?<!\\)((?:\\\\)*)(#+)$")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_LINE_SPACE = re.compile(r"[^\S\n]+")
_BREAK = re.compile(r" ?\n[ \n]*")
_URL_UNSAFE = re.compile(r"[\s\\()<>\"'`*\[\]{}|^\x00-\x20\x7f]")
_LONG_BACKTICKS = re.compile(r"`+")


def write(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown, parted by blank lines, without a closing line feed."""
    return "\n\n".join(_blocks(blocks, 0))


def escape(words: str) -> str:
    """The text so that Markdown shows it as it is; its line feeds become hard line breaks."""
    lines = _BREAK.sub("\n", _LINE_SPACE.sub(" ", text.clean(words))).strip().split("\n")
    return "  \n".join(_opening(_inside(line)) for line in lines)


def _inside(words: str) -> str:
    words = _AMPERSAND.sub("&amp;", words)
    words = _SPECIAL.sub(lambda found: "\\" + found[0], words)
    for char, entity in _ENTITIES.items():
        words = words.replace(char, entity)
    return words.replace("\\]:", "\\]&#58;")  # a reference is found before escapes are


def _opening(line: str) -> str:
    found = _OPENING.match(line)
    if not found:
        return line
    mark = found[0]
    if mark.isdigit():
        return f"{mark}\\{line[len(mark) :]}"
    if mark in _OPENING_PLAIN:
        return "\\" + line
    return f"&#{ord(mark)};{line[1:]}"


def _blocks(blocks: Iterable[Block], depth: int) -> list[str]:
    written: list[str] = []
    after_list = False
    for block in blocks:
        piece = _block(block, depth, after_list=after_list)
        if piece:
            written.append(piece)
            after_list = block.kind == "list"
    return written


def _block(block: Block, depth: int, *, after_list: bool) -> str:
    if depth > MAX_NESTING and block.children:
        return escape(block.words)
    match block.kind:
        case "heading":
            words = _CLOSING_HASHES.sub(lambda found: found[1] + "\\#" * len(found[2]), _line(block.runs))
            return f"{'#' * min(max(block.level, 2), 6)} {words}" if words else ""
        case "list":
            return _list(block, depth)
        case "quote":
            inner = "\n\n".join(_leaf_and_children(block, depth))
            return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n")) if inner else ""
        case "table":
            return _table(block)
        case "code":
            return _code(block, after_list=after_list)
        case "picture":
            return _picture(block)
        case _:
            return "\n\n".join(_leaf_and_children(block, depth))


def _leaf_and_children(block: Block, depth: int) -> list[str]:
    own = _runs(block.runs)
    return ([own] if own else []) + _blocks(block.children, depth + 1)


def _list(block: Block, depth: int) -> str:
    items: list[str] = []
    loose = any(len(item.children) + bool(item.runs) > 1 for item in block.children)
    for item in block.children:
        pieces = _leaf_and_children(item, depth)
        if not pieces:
            continue
        mark = f"{len(items) + 1}." if block.level else "-"
        body = "\n\n".join(pieces).replace("\n", "\n    ")
        items.append(f"{mark} " + "\n".join(line if line.strip() else "" for line in body.split("\n")))
    return ("\n\n" if loose else "\n").join(items)


def _table(block: Block) -> str:
    rows = [[_line(cell.runs).replace("|", _PIPE) or " " for cell in row.children] for row in block.children]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) < 2:
        return "\n\n".join(cell for row in rows for cell in row if cell.strip())
    lines = ["| " + " | ".join(row + [" "] * (width - len(row))) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _code(block: Block, *, after_list: bool) -> str:
    words = text.clean("".join(run.text for run in block.runs)).strip("\n").expandtabs(4)
    if not words.strip():
        return ""
    if (
        after_list or words != words.lstrip() or "<" in words
    ):  # an indented block would join the list above, or lose its first indent
        return _runs([run for line in words.split("\n") if line.strip() for run in (Run(line, code=True), Run("\n"))])
    return "\n".join(f"    {line}".rstrip() for line in words.split("\n"))


def _picture(block: Block) -> str:
    picture = block.picture
    if picture is None or not (picture.src or picture.caption):
        return ""
    return f"![{_inside(text.line(picture.caption or ''))}]({_address(picture.src or '')})"


def _line(runs: Sequence[Run]) -> str:
    return _runs(
        [Run(text.clean(run.text).replace("\n", " "), run.strong, run.emphasis, run.code, run.href) for run in runs]
    )


def _runs(runs: Sequence[Run]) -> str:
    """One paragraph's Markdown: links outermost, then strong, then emphasis; blanks moved outside the marks."""
    parts: list[str] = []
    for href, linked in groupby((run for run in runs if run.text), key=lambda run: run.href):
        inner = _styled(list(linked), in_link=href is not None)
        core = inner.strip()
        if href and core:
            if parts and parts[-1].endswith("!"):
                parts[-1] = parts[-1][:-1] + "\\!"  # or the link would be a picture
            parts.append(f"{_margin(inner)}[{core}]({_address(href)}){_margin(inner[::-1])}")
        else:
            parts.append(inner)
    lines = _BREAK.sub("\n", _LINE_SPACE.sub(" ", "".join(parts))).strip().split("\n")
    return "  \n".join(_opening(line) for line in lines)


def _styled(runs: Sequence[Run], *, in_link: bool) -> str:
    parts: list[str] = []
    for (strong, emphasis, code), group in groupby(runs, key=lambda run: (run.strong, run.emphasis, run.code)):
        words = text.clean("".join(run.text for run in group))
        words = words.replace("\n", " ") if in_link or strong or emphasis else words
        core = words.strip()
        if not core:
            parts.append(words)
            continue
        inner = (
            _code_span(core) if code and "<" not in core else _inside(core)
        )  # raw HTML is found before code spans are
        mark = "" if words[0] == core[0] and parts and parts[-1].endswith("*") else "**" * strong + "*" * emphasis
        parts.append(f"{_margin(words)}{mark}{inner}{mark[::-1]}{_margin(words[::-1])}")
    return "".join(parts)


def _margin(words: str) -> str:
    """The blanks at the start, a line break among them kept."""
    blanks = words[: len(words) - len(words.lstrip())]
    return "\n" if "\n" in blanks else " " if blanks else ""


def _code_span(words: str) -> str:
    longest = max((len(found) for found in _LONG_BACKTICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest and (words.startswith("`") or words.endswith("`")) else ""
    return f"{fence}{pad}{text.squeeze(words)}{pad}{fence}"


def _address(url: str) -> str:
    encoded = _URL_UNSAFE.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), url.strip()
    )
    return _REFERENCE.sub("&amp;", encoded)
