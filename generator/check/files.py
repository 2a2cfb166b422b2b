"""The site's files as files, in one walk: names that some system cannot hold, and the room they take on a host that has limits.

Looks at names and sizes only, opens nothing, follows no link.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from generator.errors import Finding
from generator.output import ASIDE, MARK

# What GitHub Pages takes, and how full a site may be before it is told. A deployment has ten minutes besides.
SITE_BYTES = 1_000_000_000
FILE_BYTES = 100_000_000
NEARLY = 0.8
NAME_BYTES = 255
PATH_BYTES = 400
LARGEST = 5
MAX_DEPTH = 64  # of folders in folders

_OPEN = (MARK, ".well-known")
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
    walk = Walk(site)
    for _ in walk.files():
        pass
    return walk.room()


class Walk:
    """One walk through a site, and what it shows of names and sizes; complete once `files` has ended."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._findings: list[Finding] = []
        self._folded: dict[str, str] = {}
        self._sizes: list[tuple[int, str]] = []
        self._kinds: Counter[str] = Counter()
        self._articles = 0

    def files(self) -> Iterator[str]:
        """The site's regular files, in the order of their names."""
        for path, entry in self._entries(self._site, "", MAX_DEPTH):
            wrong = [*_wrong(entry.name), *self._wrong_here(path, entry)]
            if wrong:
                self._findings.append(Finding("name-unsafe", _shown(path), "; ".join(wrong)))
            if entry.is_dir(follow_symlinks=False):
                continue
            self._sized(path, entry.stat(follow_symlinks=False).st_size)
            if entry.is_file(follow_symlinks=False):
                yield path

    def findings(self) -> Iterator[Finding]:
        """Names that some system cannot hold, folders that cannot be looked into, and what is too large."""
        yield from self._findings
        taken = self.room()
        if taken.bytes > SITE_BYTES * NEARLY:
            code = "site-oversized" if taken.bytes > SITE_BYTES else "site-nearly-full"
            yield Finding(code, "site", f"{taken.bytes} of {SITE_BYTES} bytes: {taken.causes}")

    def room(self) -> Room:
        """What was met takes."""
        kinds = sorted(self._kinds.items(), key=lambda one: (-one[1], one[0]))
        largest = tuple((path, -size) for size, path in nsmallest(LARGEST, self._sizes))
        return Room(len(self._sizes), self._kinds.total(), self._articles, tuple(kinds), largest)

    def _entries(self, folder: Path, prefix: str, depth: int) -> Iterator[tuple[str, os.DirEntry[str]]]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._findings.append(Finding("file-unreadable", _shown(prefix) or "site", str(error.strerror)))
            return
        for entry in entries:
            if entry.name.endswith(ASIDE) or (entry.name.startswith(".git") and not prefix):
                continue  # unfinished, and what Git keeps beside a site that is one of its branches
            path = prefix + entry.name
            yield path, entry
            if not entry.is_dir(follow_symlinks=False):
                continue
            if depth:
                yield from self._entries(Path(entry.path), f"{path}/", depth - 1)
            else:
                message = f"more than {MAX_DEPTH} folders lie in each other: it is not looked into"
                self._findings.append(Finding("name-unsafe", _shown(path), message))

    def _wrong_here(self, path: str, entry: os.DirEntry[str]) -> Iterator[str]:
        """Why a file cannot be what it is, or where it is."""
        if entry.is_symlink():
            yield "it is a link"
        elif not entry.is_dir() and not entry.is_file():
            yield "it is neither a file nor a folder"
        if len(os.fsencode(path)) > PATH_BYTES:
            yield f"its path is longer than {PATH_BYTES} bytes"
        twin = self._folded.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if twin != path:
            yield f"some systems cannot tell it from {_shown(twin)}"

    def _sized(self, path: str, size: int) -> None:
        self._sizes.append((-size, path))
        self._kinds[_kind(path)] += size
        self._articles += bool(_ARTICLE.fullmatch(path))
        if size > FILE_BYTES:
            self._findings.append(
                Finding("file-oversized", _shown(path), f"{size} bytes; GitHub takes {FILE_BYTES} a file")
            )


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
