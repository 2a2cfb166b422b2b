"""Folders searched for saved pages: what is taken, and what is left out and said to be.

Follows no link, opens no file, and knows a page's own folder of parts from a folder of pages.
Leaves out what the tools that mirror sites write for themselves.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import images
from generator.errors import Finding

MAX_DEPTH = 64  # folders in folders
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})

_HIDDEN = re.compile(r"\.(?!\.)")  # but a page from another system may be called "..\\page.html"
# what HTTrack and wget write for themselves, and what a site says to machines
_OWN = re.compile(
    r"hts-(?:cache|log\.txt|err\.txt|ioinfo\.txt|nohup\.out|\w+\.lock)|wget-log(?:\.\d+)?|robots\.txt(?:\.tmp)?",
    re.IGNORECASE,
)
_OWN_BESIDE = frozenset({"cookies.txt", "winprofile.ini", "readme.txt"})  # where it lies beside those
_HTTRACK = frozenset({"hts-cache", "hts-log.txt"})

# Of a folder and the names in it, the names of what is read through another file there.
Behind = Callable[[Path, frozenset[str]], frozenset[str]]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is gathered on the walk."""

    candidate: Callable[[Path], bool]
    behind: Behind
    files: dict[Path, str]
    findings: list[Finding]


def discover(
    paths: Iterable[Path], candidate: Callable[[Path], bool], behind: Behind
) -> tuple[tuple[tuple[Path, str], ...], tuple[Finding, ...]]:
    """The files at these paths that are candidates, each with the name to call it by, sorted; and what was left out."""
    files: dict[Path, str] = {}
    findings: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path, _shown(path.name))
            continue
        inside: dict[Path, str] = {}
        _walk(path, "", MAX_DEPTH, _Found(candidate, behind, inside, findings))
        if not inside:
            findings.append(Finding("no-pages", _shown(path.name) or str(path)))
        for file, name in inside.items():
            files.setdefault(file, name)
    return tuple(sorted(files.items(), key=lambda one: (one[1], str(one[0])))), tuple(findings)


def pages_of(name: str) -> tuple[str, ...]:
    """The names of the pages whose folder of parts this would be by its own name; none where it is like no such folder's."""
    stem = next((name.removesuffix(ending) for ending in images.FOLDERS if name.endswith(ending)), None)
    return tuple(f"{stem}{suffix}" for suffix in (*sorted(PAGES), *map(str.upper, sorted(PAGES)))) if stem else ()


def _walk(folder: Path, under: str, depth: int, found: _Found) -> None:
    """Search a folder; `under` is what its files' names begin with, ending in a slash or empty."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        where = _shown(under.removesuffix("/")) or "."
        found.findings.append(Finding("file-unreadable", where, f"the folder cannot be opened: {error.strerror}"))
        return
    names = frozenset(entry.name for entry in entries)
    behind = found.behind(folder, names)
    for entry in entries:
        path, name = folder / entry.name, _shown(f"{under}{entry.name}")
        if entry.name in behind:
            continue
        if _HIDDEN.match(entry.name) or entry.is_symlink() or _is_own(entry.name, names):
            found.findings.append(Finding("file-skipped", name))
        elif entry.is_dir():
            if _is_part(entry.name, names):
                continue
            if depth:
                _walk(path, f"{under}{entry.name}/", depth - 1, found)
            else:
                found.findings.append(Finding("file-skipped", name, "folders are nested too deep"))
        elif entry.is_file() and found.candidate(path):
            found.files[path] = name
        else:
            found.findings.append(Finding("file-skipped", name))


def _is_part(name: str, names: frozenset[str]) -> bool:
    return any(page in names for page in pages_of(name))


def _is_own(name: str, names: frozenset[str]) -> bool:
    return bool(_OWN.fullmatch(name)) or (name.lower() in _OWN_BESIDE and not names.isdisjoint(_HTTRACK))


def _shown(name: str) -> str:
    """A name that can be printed and stored: what is not text becomes a replacement character."""
    if name.isprintable():
        return name
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
