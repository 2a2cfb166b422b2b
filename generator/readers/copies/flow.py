"""The lines of a note made ready for a strict parser of Markdown: what CommonMark and Obsidian let pass is written out.

Changes marks only, and no word; leaves code alone. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

WRAPPED = 120  # a longer line was not wrapped by hand
SHORT = 60  # paragraphs of shorter lines are verses, addresses, lists without marks
MAX_NOTES = 500
MAX_COMMENT = 4_000

_FENCE = re.compile(r"\s{0,12}(`{3,}|~{3,})")
_SPAN = re.compile(r"(`{1,8})(?!`)(?:(?!\1)[^\n]){1,2000}?\1(?!`)")
_COMMENT = re.compile(rf"%%(?:(?!%%)[^\0]){{1,{MAX_COMMENT}}}?%%")
_EMBED = re.compile(r"!\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_WIKI = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|bmp|svg)$", re.IGNORECASE)
_ANGLES = str.maketrans({"<": "%3C", ">": "%3E"})
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,2000}?)(?<=\S)==")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,2000}?)(?<=\S)~~")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]{3,40}$")
_CALLOUT = re.compile(r"((?:>\s?){1,9})\[![\w-]{1,30}(?:\|[^\]\n]{0,60})?\][+-]?\s{0,9}(.*)$")
_TASK = re.compile(r"(\s{0,40}(?:[-*+]|\d{1,9}[.)])\s{1,4})\[[ xX/-]\]\s")
_ITEM = re.compile(r"([ \t]{0,60})([-*+]|\d{1,9}[.)])([ \t]{1,4})(?=\S)")
_RULE = re.compile(r"\s{0,3}(?:(?:-\s{0,3}){3,}|(?:\*\s{0,3}){3,}|(?:_\s{0,3}){3,})$")
_UNDER = re.compile(r"\s{0,3}(=|-)\1{1,200}\s*$")
_HEADED = re.compile(r"\s{0,3}#{1,6}\s")
_HASH = re.compile(r"(\s{0,3})(#{1,6})(?=[^#\s])")
_DELIMITER = re.compile(r"\s{0,3}\|?\s{0,40}:?-{1,200}:?\s{0,40}(?:\|\s{0,40}:?-{1,200}:?\s{0,40}){0,60}\|?\s*$")
_DEFINED = re.compile(r"\[\^([^\]\s]{1,60})\]:\s{0,4}(.*)$")
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
# CommonMark lets every mark of ASCII be escaped, Python-Markdown some of them
_ESCAPED = re.compile(r"\\([\"$%&',/:;<=?@^|~])")
_STARTS = re.compile(r"\s{0,3}(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|\||<|```|~~~|!\[|\[\^|={3,}|-{3,})|\s{4}|\t")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def smoothed(note: str) -> str:
    """The note with every block parted from the next, lists indented by four, and its marks those of plain Markdown."""
    pieces = list(_fences(note))
    words = "".join(
        _COMMENT.sub("", piece) if not code else f"\0{number}\0" for number, (piece, code) in enumerate(pieces)
    )
    words, notes = _footnotes(words)
    lines = _parted(list(_underlined("\n".join(map(_line, words.split("\n"))).split("\n"))))
    smooth = "\n".join(_indented(lines)) + notes
    return re.sub(r"\0(\d+)\0", lambda found: pieces[int(found[1])][0], smooth)


def _fences(note: str) -> Iterator[tuple[str, bool]]:
    """The note in pieces, and whether each is a block of code between fences."""
    held: list[str] = []
    mark = ""
    for line in note.replace("\0", "").split("\n"):
        found = _FENCE.match(line)
        if found and not mark:
            yield "".join(f"{one}\n" for one in held), False
            held, mark = [], found[1]
        elif found and found[1][0] == mark[0] and len(found[1]) >= len(mark) and not line.strip().strip(mark[0]):
            indent = re.compile(rf" {{0,{len(held[0]) - len(held[0].lstrip())}}}")
            yield "\n" + "\n".join(indent.sub("", one, count=1) for one in (*held, line)), True
            yield "\n", False
            held, mark = [], ""
            continue
        held.append(line)
    yield "\n".join(held), False  # a fence that is never closed is none


def _line(line: str) -> str:
    """One line with its marks written out, code in it left as it is."""
    called = _CALLOUT.match(line)
    if called:
        title = called[2].strip("* ")
        line = f"{called[1]}**{title}**\n{called[1].rstrip()}" if title else called[1].rstrip()
    line = _HASH.sub(r"\1\\\2", _TASK.sub(r"\1", _BLOCK_ID.sub("", line)), count=1)
    pieces: list[str] = []
    last = 0
    for span in _SPAN.finditer(line):
        pieces += [_words(line[last : span.start()]), span[0]]
        last = span.end()
    return "".join((*pieces, _words(line[last:])))


def _words(words: str) -> str:
    if "[[" in words:
        words = _WIKI.sub(_shown, _EMBED.sub(_embedded, words))
    words = _STRUCK.sub(r"\1", _HIGHLIGHT.sub(r"\1", words))
    return _ESCAPED.sub(lambda found: f"&#{ord(found[1])};", words)


def _shown(found: re.Match[str]) -> str:
    return (found[2] or found[1].replace("#", " ").strip()).replace("[", "").replace("]", "")


def _embedded(found: re.Match[str]) -> str:
    if not _IMAGE.search(found[1].strip()):
        return _shown(found)
    return f"![{(found[2] or '').strip()}](<{found[1].strip().translate(_ANGLES)}>)"


def _footnotes(note: str) -> tuple[str, str]:
    """The note with its footnotes as numbers in brackets, and the list of them for its end."""
    if "[^" not in note:
        return note, ""
    defined: dict[str, str] = {}
    lines: list[str] = []
    last = ""
    for line in note.split("\n"):
        found = _DEFINED.match(line)
        if found and len(defined) < MAX_NOTES:
            last = found[1]
            defined.setdefault(last, found[2])
        elif last and line.startswith(("    ", "\t")) and line.strip():
            defined[last] += " " + line.strip()
        else:
            last = last if not line.strip() else ""
            lines.append(line)
    numbers = {name: place for place, name in enumerate(defined, start=1)}
    text = _NOTE.sub(lambda found: f"\\[{numbers[found[1]]}\\]" if found[1] in numbers else found[0], "\n".join(lines))
    return text, "\n\n" + "\n".join(f"{numbers[name]}. {words}" for name, words in defined.items()) if defined else ""


def _underlined(lines: list[str]) -> Iterator[str]:
    """The lines with headings marked in front instead of underlined, for which the parser looks through all that follows."""
    previous = ""
    skipped = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        under = _UNDER.match(following) if not skipped and _is_prose(line) and not previous.strip() else None
        if not skipped:
            yield f"{'#' if under[1] == '=' else '##'} {line.strip()}" if under else line
        previous = "" if skipped or under else line
        skipped = bool(under)


def _parted(lines: list[str]) -> list[str]:
    """The lines with a blank one wherever CommonMark begins a block without it."""
    made: list[str] = []
    prose: list[str] = []
    previous = ""
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else ""
        if _is_prose(line) and (not previous.strip() or _is_prose(previous)) and "|" not in line:
            prose.append(line)
        else:
            made += _paragraphs(prose)
            prose = []
            if previous.strip() and line.strip() and _begins(line, previous, following):
                made.append("")
            made.append(line)
        previous = line
    return made + _paragraphs(prose)


def _begins(line: str, previous: str, following: str) -> bool:
    """Whether a block begins at the line, right below another's last line."""
    item, last = _ITEM.match(line), _ITEM.match(previous)
    if _HEADED.match(previous) or _RULE.match(previous) or _HEADED.match(line):
        return True
    if item and not _RULE.match(line):
        bullet = item[2] in "-*+"
        if last:
            return len(item[1]) <= len(last[1]) and bullet != (last[2] in "-*+")
        return _is_prose(previous) and (bullet or item[2] in ("1.", "1)"))
    if line.lstrip().startswith(">"):
        return not previous.lstrip().startswith(">")
    return "|" in line and bool(_DELIMITER.match(following)) and "|" not in previous


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines of prose without a blank one between them: wrapped by hand, paragraphs of a line each, or short lines as they are."""
    lines = [f"{line[:-1]}  " if line.endswith("\\") else line for line in lines]
    width = max(map(_width, lines), default=0)
    if len(lines) < 2:
        return lines
    pairs = list(pairwise(lines))
    wrapped = sum(_full(one, two, width) for one, two in pairs) * 4 >= len(pairs) * 3
    wide = sum(bool(_WIDE.search(line)) for line in lines) * 2 > len(lines)
    if wide and wrapped and width <= WRAPPED:
        return ["".join(lines)]
    if wide or width > WRAPPED:
        return [piece for line in lines for piece in (line, "")]
    if width < SHORT:
        return [*(f"{line.rstrip()}  " for line in lines[:-1]), lines[-1]]
    return lines


def _full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would not have fitted at the end of this one."""
    first = 2 if _WIDE.match(following) else len(following.split(" ", 1)[0])
    return _width(line) + first + 1 > width - 2


def _is_prose(line: str) -> bool:
    return bool(line.strip()) and not _STARTS.match(line) and "\0" not in line


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line[: WRAPPED * 2]))


def _indented(lines: list[str]) -> Iterator[str]:
    """The lines with lists in lists indented by four, however they were written."""
    depths: list[int] = []  # columns where the texts of the open items begin
    for line in lines:
        flat = line.expandtabs(4)
        indent = len(flat) - len(flat.lstrip(" "))
        item = _ITEM.match(flat)
        if not flat.strip():
            yield ""
            continue
        while depths and indent < depths[-1] and (item or indent == 0 or indent < depths[-1] - 1):
            depths.pop()
        if item and not _RULE.match(flat) and (depths or indent < 4):
            mark = item[2].replace(")", ".")
            yield "    " * len(depths) + f"{mark} {flat[item.end() :]}"
            depths.append(indent + len(item[2]) + 1)
        elif depths:
            extra = min(indent - depths[-1], 4) if indent - depths[-1] >= 4 else 0
            yield "    " * len(depths) + " " * extra + flat.lstrip(" ") if indent else flat
        else:
            yield line
