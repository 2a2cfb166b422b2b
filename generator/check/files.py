"""The site's files as files: names that some system cannot hold, and the room they take on a host that has limits.

Looks at names and sizes only, opens nothing, follows no link.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Finding

# What GitHub Pages takes, and how full a site may be before it is told. A deployment has ten minutes besides.
SITE_BYTES = 1_000_000_000
FILE_BYTES = 100_000_000
NEARLY = 0.8
NAME_BYTES = 255
PATH_BYTES = 400
LARGEST = 5

_MARK = ".nojekyll"
_OPEN = (_MARK, ".well-known")
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:\d{4}/\d\d/\d\d|undated)/(?!index\.html$)[^/]+\.html?")


@dataclass(frozen=True, slots=True)
class Room:
    """What the site takes: bytes by kind, its largest files, and for how many more articles there is room."""

    files: int
    bytes: int
    articles: int
    kinds: tuple[tuple[str, int], ...]
    largest: tuple[tuple[str, int], ...]

    @property
    def left(self) -> int | None:
        """How many articles more will fit, each taking what one takes now; None where there is none yet."""
        if not self.articles or not self.bytes:
            return None
        return max(0, (SITE_BYTES - self.bytes) * self.articles // self.bytes)

    @property
    def causes(self) -> str:
        """The kinds of files that take most, in words."""
        return ", ".join(f"{kind} {size * 100 // max(self.bytes, 1)} %" for kind, size in self.kinds[:3])


def room(site: Path) -> Room:
    """What the site takes."""
    kinds: Counter[str] = Counter()
    sizes: list[tuple[int, str]] = []
    count = articles = 0
    for path, entry in _entries(site, ""):
        if entry.is_dir(follow_symlinks=False):
            continue
        size = entry.stat(follow_symlinks=False).st_size
        kinds[_kind(path)] += size
        count += 1
        articles += bool(_ARTICLE.fullmatch(path))
        sizes = sorted([*sizes, (-size, path)])[:LARGEST]
    ordered = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    return Room(count, kinds.total(), articles, tuple(ordered), tuple((path, -size) for size, path in sizes))


def findings(site: Path) -> Iterator[Finding]:
    """Names that some system cannot hold, and what is too large."""
    folded: dict[str, str] = {}
    for path, entry in _entries(site, ""):
        wrong = list(_wrong(entry.name))
        if entry.is_symlink():
            wrong.append("it is a link")
        elif not entry.is_dir() and not entry.is_file():
            wrong.append("it is neither a file nor a folder")
        if len(os.fsencode(path)) > PATH_BYTES:
            wrong.append(f"its path is longer than {PATH_BYTES} bytes")
        twin = folded.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if twin != path:
            wrong.append(f"some systems cannot tell it from {twin}")
        if wrong:
            yield Finding("name-unsafe", _shown(path), "; ".join(wrong))
        if entry.is_file(follow_symlinks=False) and (size := entry.stat().st_size) > FILE_BYTES:
            yield Finding("file-oversized", _shown(path), f"{size} bytes; GitHub takes {FILE_BYTES} a file")
    taken = room(site)
    if taken.bytes > SITE_BYTES * NEARLY:
        code = "site-oversized" if taken.bytes > SITE_BYTES else "site-nearly-full"
        yield Finding(code, "site", f"{taken.bytes} of {SITE_BYTES} bytes: {taken.causes}")


def _entries(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.endswith(".new~") or (entry.name.startswith(".git") and not prefix):
            continue  # unfinished, and what Git keeps beside a site that is one of its branches
        yield prefix + entry.name, entry
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), f"{prefix}{entry.name}/")


def _wrong(name: str) -> Iterator[str]:
    """Why some system cannot hold the name, or shows another one."""
    if _shown(name) != name:
        yield "its name is not text"
    if _FORBIDDEN.search(name):
        yield "it holds a character that Windows forbids"
    if _BIDI.search(name):
        yield "it holds a sign that turns the direction of writing"
    if name != name.rstrip(". ") or name.startswith((" ", "-")):
        yield "it begins or ends in a sign that some systems drop or misread"
    if _RESERVED.fullmatch(name):
        yield "Windows keeps the name for itself"
    if len(os.fsencode(name)) > NAME_BYTES:
        yield f"it is longer than {NAME_BYTES} bytes"
    if unicodedata.normalize("NFC", name) != name:
        yield "its accents are spelt apart, which systems do in different ways"
    if name.startswith(".") and name not in _OPEN:
        yield "it is hidden, and some hosts leave it out"


def _kind(path: str) -> str:
    if _ARTICLE.fullmatch(path):
        return "articles"
    if path.startswith("media/"):
        return "pictures"
    if path.endswith((".html", ".htm")):
        return "lists"
    return f"{path.partition('/')[0]}/" if "/" in path else "other files"


def _shown(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
