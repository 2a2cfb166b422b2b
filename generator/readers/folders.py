"""Folders searched for saved pages: what is taken, and what is left out and said to be.

Follows no link, opens no file, and knows a page's own folder of parts from a folder of pages.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.errors import Finding

MAX_DEPTH = 64  # folders in folders
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})

_HIDDEN = re.compile(r"\.(?!\.)")  # but a page from another system may be called "..\\page.html"

_PARTS = (
    "_files", ".files", "-files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden",
    "_pliki", "_soubory", "_filer", "_dosyalar", "_tiedostot", "_fajlovi", "_elemei", "_data",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """What is gathered on the walk."""

    candidate: Callable[[Path], bool]
    files: dict[Path, str]
    findings: list[Finding]


def discover(
    paths: Iterable[Path], candidate: Callable[[Path], bool]
) -> tuple[tuple[tuple[Path, str], ...], tuple[Finding, ...]]:
    """The files at these paths that are candidates, each with the name to call it by, sorted; and what was left out."""
    files: dict[Path, str] = {}
    findings: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path, _shown(path.name))
            continue
        inside: dict[Path, str] = {}
        _walk(path, path, MAX_DEPTH, _Found(candidate, inside, findings))
        if not inside:
            findings.append(Finding("no-pages", _shown(path.name) or str(path)))
        for file, name in inside.items():
            files.setdefault(file, name)
    return tuple(sorted(files.items(), key=lambda one: (one[1], str(one[0])))), tuple(findings)


def _walk(folder: Path, root: Path, depth: int, found: _Found) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        found.findings.append(
            Finding("file-unreadable", _relative(folder, root), f"the folder cannot be opened: {error.strerror}")
        )
        return
    names = frozenset(entry.name for entry in entries)
    for entry in entries:
        path = folder / entry.name
        if _HIDDEN.match(entry.name) or entry.is_symlink():
            found.findings.append(Finding("file-skipped", _relative(path, root)))
        elif entry.is_dir():
            if _is_part(entry.name, names):
                continue
            if depth:
                _walk(path, root, depth - 1, found)
            else:
                found.findings.append(Finding("file-skipped", _relative(path, root), "folders are nested too deep"))
        elif entry.is_file() and found.candidate(path):
            found.files[path] = _relative(path, root)
        else:
            found.findings.append(Finding("file-skipped", _relative(path, root)))


def _is_part(name: str, names: frozenset[str]) -> bool:
    stem = next((name.removesuffix(ending) for ending in _PARTS if name.endswith(ending)), None)
    return bool(stem) and any(f"{stem}{suffix}" in names for suffix in (*sorted(PAGES), *map(str.upper, sorted(PAGES))))


def _relative(path: Path, root: Path) -> str:
    return _shown(path.relative_to(root).as_posix())


def _shown(name: str) -> str:
    """A name that can be printed and stored: what is not text becomes a replacement character."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
