"""Doors in: one module per format of saved page; files and folders into captures.

Reads and never writes; opens each file once; never raises for what lies on the disk, and never believes a file's name
before its bytes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers import html, plain

MAX_FILE_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64  # folders in folders
HEAD = 4_096

_HIDDEN = re.compile(r"\.(?!\.)")  # but a page from another system may be called "..\\page.html"

_PARTS = (
    "_files", ".files", "-files", "_Dateien", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden",
    "_pliki", "_soubory", "_filer", "_dosyalar", "_tiedostot", "_fajlovi", "_elemei", "_data",
)  # fmt: skip


class Reader(Protocol):
    """A format: `accepts` judges by the first bytes and the name, `read` yields the pages in an open file."""

    SUFFIXES: frozenset[str]

    def accepts(self, head: bytes, name: str, /) -> bool: ...

    def read(self, file: BinaryIO, origin: Origin, /) -> Iterator[Capture]: ...


READERS: tuple[Reader, ...] = (html, plain)


def captures(file: Path, shown: str) -> tuple[tuple[Capture, ...], tuple[Finding, ...]]:
    """The captures in a file, which is called `shown` in what is said about it. Never raises."""
    try:
        with _opened(file) as handle:
            state = os.fstat(handle.fileno())
            if not stat.S_ISREG(state.st_mode):
                return (), (Finding("file-skipped", shown),)
            if state.st_size > MAX_FILE_BYTES:
                return (), (
                    Finding("too-large", shown, f"the file has {state.st_size} bytes; the limit is {MAX_FILE_BYTES}"),
                )
            return _read(handle, shown)
    except OSError as error:
        return (), (
            Finding("file-unreadable", shown, f"the file cannot be opened: {error.strerror or type(error).__name__}"),
        )
    except ValueError:  # a NUL in the name
        return (), (Finding("file-unreadable", shown),)


def digest(file: Path) -> str | None:
    """The sha256 of a file's bytes in hex, or None where it cannot be read or is larger than the limit."""
    try:
        with _opened(file) as handle:
            state = os.fstat(handle.fileno())
            if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_FILE_BYTES:
                return None
            return _digest(handle)
    except (OSError, ValueError):
        return None


def discover(paths: Iterable[Path]) -> tuple[tuple[tuple[Path, str], ...], tuple[Finding, ...]]:
    """The saved pages at these paths, each with the name to call it by, sorted; and what was left out."""
    files: dict[Path, str] = {}
    findings: list[Finding] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(path, _shown(path.name))
            continue
        inside: dict[Path, str] = {}
        _walk(path, path, MAX_DEPTH, inside, findings)
        if not inside:
            findings.append(Finding("no-pages", _shown(path.name) or str(path)))
        for file, name in inside.items():
            files.setdefault(file, name)
    return tuple(sorted(files.items(), key=lambda one: (one[1], str(one[0])))), tuple(findings)


def _opened(file: Path) -> BinaryIO:
    # without waiting: a named pipe would hang an ordinary open
    return os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")


def _read(handle: BinaryIO, shown: str) -> tuple[tuple[Capture, ...], tuple[Finding, ...]]:
    head = handle.read(HEAD)
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        handle.seek(0)
        if not handle.read(MAX_FILE_BYTES).strip():
            return (), (Finding("empty-file", shown),)
    reader = next((one for one in READERS if one.accepts(head, shown)), None)
    if reader is None:
        return (), (Finding("not-a-page", shown),)
    handle.seek(0)
    origin = Origin(shown, _digest(handle))
    handle.seek(0)
    return tuple(reader.read(handle, origin)), ()


def _digest(handle: BinaryIO) -> str:
    state = sha256()
    for block in iter(lambda: handle.read(1 << 20), b""):
        state.update(block)
    return state.hexdigest()


def _walk(folder: Path, root: Path, depth: int, files: dict[Path, str], findings: list[Finding]) -> None:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        findings.append(
            Finding("file-unreadable", _relative(folder, root), f"the folder cannot be opened: {error.strerror}")
        )
        return
    names = frozenset(entry.name for entry in entries)
    for entry in entries:
        path = folder / entry.name
        if _HIDDEN.match(entry.name) or entry.is_symlink():
            findings.append(Finding("file-skipped", _relative(path, root)))
        elif entry.is_dir():
            if _is_part(entry.name, names):
                continue
            if depth:
                _walk(path, root, depth - 1, files, findings)
            else:
                findings.append(Finding("file-skipped", _relative(path, root), "folders are nested too deep"))
        elif entry.is_file() and _candidate(path):
            files[path] = _relative(path, root)
        else:
            findings.append(Finding("file-skipped", _relative(path, root)))


def _is_part(name: str, names: frozenset[str]) -> bool:
    stem = next((name.removesuffix(ending) for ending in _PARTS if name.endswith(ending)), None)
    return bool(stem) and any(
        f"{stem}{suffix}" in names for suffix in (*sorted(html.SUFFIXES), *map(str.upper, sorted(html.SUFFIXES)))
    )


def _candidate(path: Path) -> bool:
    """Whether the name is that of a saved page, or else the first bytes are."""
    if any(path.suffix.lower() in one.SUFFIXES for one in READERS):
        return True
    try:
        with _opened(path) as handle:
            head = handle.read(HEAD)
    except (OSError, ValueError):
        return False
    return any(one.accepts(head, path.name) for one in READERS)


def _relative(path: Path, root: Path) -> str:
    return _shown(path.relative_to(root).as_posix())


def _shown(name: str) -> str:
    """A name that can be printed and stored: what is not text becomes a replacement character."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)
