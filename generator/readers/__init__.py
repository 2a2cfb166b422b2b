"""Doors in: one module per format of saved page; files and folders into captures.

Reads and never writes; never raises for what lies on the disk, and never believes a file's name before its bytes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import BinaryIO, Protocol

from generator.errors import Finding
from generator.model import Capture, Origin, Seen
from generator.readers import (
    articlefiles,
    articlelists,
    compressed,
    eml,
    exports,
    feeds,
    folders,
    foreign,
    html,
    markdown,
    mbox,
    mhtml,
    pdf,
    plain,
    tarballs,
    warc,
    webarchive,
    zips,
)
from generator.readers.exports import beside
from generator.readers.found import Found, Member, Near

MAX_FILE_BYTES = 64 * 1024 * 1024  # of a file that is read whole
MAX_NESTING = 3  # archives in archives
HEAD = 4_096
TAIL = 64
BLOCK_BYTES = 64 * 1024  # hashed at once: to make room for a megabyte takes longer than to hash a small file


class Reader(Protocol):
    """A format: `accepts` judges by the first bytes and the name, `read` yields what is in an open file.

    `SUFFIXES` are endings that promise a saved page of this format and nothing else: a file that bears one and is none
    is an error, not merely passed over. `BULK` says that a file may hold any number of pages and is read as a stream,
    whatever its size; the others are read whole, up to `MAX_FILE_BYTES`. `read` never raises for the file's bytes.
    """

    SUFFIXES: frozenset[str]
    BULK: bool

    def accepts(self, head: bytes, name: str, /) -> bool: ...

    def read(self, file: BinaryIO, origin: Origin, near: Near, /) -> Iterator[Found]: ...


class Together(Protocol):
    """A reader for all files of its format that lie in one file on disk and complete each other; `left` once all were read."""

    def read(self, file: BinaryIO, origin: Origin, near: Near, /) -> Iterator[Found]: ...

    def left(self) -> Iterable[Finding]: ...


Shared = Mapping[Reader, Together]


# The first that accepts a file reads it: from the surest marks to the weakest.
READERS: tuple[Reader, ...] = (
    warc,
    zips,
    tarballs,
    compressed,
    webarchive,
    pdf,
    mhtml,
    mbox,
    eml,
    feeds,
    exports,
    articlefiles,
    articlelists,
    markdown,
    html,
    plain,
    foreign,
)

# What reads all files of a format in one file, where they complete each other.
TOGETHER: Mapping[Reader, Callable[[], Together]] = MappingProxyType({warc: warc.Together})

_PROMISES = tuple(sorted({suffix for one in READERS for suffix in one.SUFFIXES}))

Read = Capture | Seen | Finding


def read(file: Path, shown: str, digest: str = "") -> Iterator[Read]:
    """What a file holds, which is called `shown` in what is said about it: a stream. Never raises.

    `digest` is the file's sha256 where the caller knows it already.
    """
    try:
        handle = _opened(file)
    except OSError as error:
        yield Finding("file-unreadable", shown, f"the file cannot be opened: {error.strerror or type(error).__name__}")
        return
    except ValueError:  # a NUL in the name
        yield Finding("file-unreadable", shown)
        return
    try:
        with handle:
            yield from _whole(handle, shown, digest, _Beside(file, shown))
    except OSError as error:
        yield Finding("file-unreadable", shown, f"the file cannot be read: {error.strerror or type(error).__name__}")


def captures(file: Path, shown: str) -> tuple[tuple[Capture, ...], tuple[Finding, ...]]:
    """The captures in a file and the remarks about it, all at once. Never raises."""
    found = tuple(read(file, shown))
    return (
        tuple(one for one in found if isinstance(one, Capture)),
        tuple(one for one in found if isinstance(one, Finding)),
    )


def digest(file: Path) -> str | None:
    """The sha256 of a file's bytes in hex; None where it cannot be read or is larger than its reader takes."""
    try:
        with _opened(file) as handle:
            state = os.fstat(handle.fileno())
            if not stat.S_ISREG(state.st_mode) or (state.st_size > MAX_FILE_BYTES and not is_bulk(file)):
                return None
            return _digest(handle)
    except (OSError, ValueError):
        return None


def is_bulk(file: Path) -> bool:
    """Whether a file may hold any number of pages: asks every reader, which takes ten times as long as to hash a small one."""
    reader = _reader(_head(file), file.name)
    return bool(reader and reader.BULK)


def discover(paths: Iterable[Path]) -> tuple[tuple[tuple[Path, str], ...], tuple[Finding, ...]]:
    """The saved pages at these paths, each with the name to call it by, sorted; and what was left out."""
    return folders.discover(paths, _candidate, _behind)


def _behind(folder: Path, names: frozenset[str]) -> frozenset[str]:
    """What of a folder is read through an export's own file in it."""
    held = beside.held(names)
    if held is None or not any(_is_door(folder / door, held.ends) for door in sorted(held.doors)):
        return frozenset()
    return held.left


def _is_door(file: Path, ends: tuple[bytes, ...]) -> bool:
    """Whether this is an export of a tool's, and whole."""
    return exports.accepts(_head(file), file.name) and _head(file, -TAIL).rstrip().endswith(ends)


def _head(path: Path, at: int = 0) -> bytes:
    """The first bytes of a file, or its last."""
    try:
        with _opened(path) as handle:
            handle.seek(at, os.SEEK_SET if at >= 0 else os.SEEK_END)
            return handle.read(HEAD)
    except (OSError, ValueError):
        return b""


def _candidate(path: Path) -> bool:
    """Whether the name is that of a saved page, or else the first bytes are."""
    if path.name.lower().endswith(_PROMISES):
        return True
    return _reader(_head(path), path.name) is not None


def _reader(head: bytes, name: str) -> Reader | None:
    return next((one for one in READERS if one.accepts(head, name)), None)


def _opened(file: Path) -> BinaryIO:
    # without waiting: a named pipe would hang an ordinary open
    return os.fdopen(os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")


def _whole(handle: BinaryIO, shown: str, digest: str, near: _Beside) -> Iterator[Read]:
    """A file on disk: looked at, hashed, and read by the reader that takes it."""
    state = os.fstat(handle.fileno())
    if not stat.S_ISREG(state.st_mode):
        yield Finding("file-skipped", shown)
        return
    head = handle.read(HEAD)
    reader = _reader(head, shown)
    if not (reader and reader.BULK) and state.st_size > MAX_FILE_BYTES:
        yield Finding("too-large", shown, f"the file has {state.st_size} bytes; the limit is {MAX_FILE_BYTES}")
        return
    if not _says_anything(head):
        handle.seek(0)
        if not handle.read(MAX_FILE_BYTES).strip():
            yield Finding("empty-file", shown)
            return
    if reader is None:
        yield Finding("not-a-page", shown)
        return
    handle.seek(0)
    origin = Origin(shown, digest or _digest(handle))
    handle.seek(0)
    told: set[str] = set()
    for found in _everything(reader, handle, origin, near):
        told.add(found.code if isinstance(found, Finding) and found.severity != "error" else "something")
        yield replace(found, beside=near.taken()) if isinstance(found, Capture) else found
    if not told or ("archive-damaged" in told and "something" not in told):
        yield Finding("not-a-page", shown, "no saved page could be read from it")


def _everything(reader: Reader, file: BinaryIO, origin: Origin, near: Near) -> Iterator[Read]:
    """What is in a file, and what is only known once all has been read."""
    shared = {one: begin() for one, begin in TOGETHER.items()}
    yield from _through(reader, file, origin, near, MAX_NESTING, shared)
    for one in shared.values():
        yield from one.left()


def _through(
    reader: Reader, file: BinaryIO, origin: Origin, near: Near, nesting: int, shared: Shared
) -> Iterator[Read]:
    """What a reader finds, with the files inside the file read in their turn."""
    for found in shared.get(reader, reader).read(file, origin, near):
        if isinstance(found, Member):
            yield from _member(found, origin, nesting, shared)
        else:
            yield found


def _member(member: Member, outer: Origin, nesting: int, shared: Shared) -> Iterator[Read]:
    """A file inside a file. What no reader takes is no page: archives hold pictures and scripts too."""
    place = f"{outer.member}/{member.name}" if outer.member else member.name
    origin = Origin(outer.path, outer.digest, place)
    try:
        head = member.file.read(HEAD)
        member.file.seek(0)
        reader = _reader(head, member.name)
        if reader is None:
            return
        if reader.BULK and not nesting:
            yield Finding("archive-limit", str(origin), "archives are nested too deep")
        elif not reader.BULK and (member.size or 0) > MAX_FILE_BYTES:
            yield Finding("too-large", str(origin), f"it has {member.size} bytes; the limit is {MAX_FILE_BYTES}")
        else:
            for found in _through(reader, member.file, origin, member.near, nesting - 1, shared):
                one = member.about(_filled(found, member)) if isinstance(found, Capture) else found
                if one is not None:
                    yield one
    except OSError as error:
        yield Finding("member-unreadable", str(origin), f"it cannot be unpacked: {error}")


def _filled(capture: Capture, member: Member) -> Capture:
    url, captured = capture.url or member.url, capture.captured or member.captured
    return replace(capture, url=url, captured=captured, claims=(*capture.claims, *member.claims))


def _says_anything(head: bytes) -> bool:
    return bool(head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"))


def _digest(handle: BinaryIO) -> str:
    state = sha256()
    for block in iter(lambda: handle.read(BLOCK_BYTES), b""):
        state.update(block)
    return state.hexdigest()


class _Beside:
    """What lies beside a file on disk, never outside the folder that was searched, and never through a link.

    Remembers what was opened, so that it can be kept together with the file.
    """

    def __init__(self, file: Path, shown: str) -> None:
        self._folder = file.parent
        self._above = len(PurePosixPath(shown).parts) - 1
        self._opened: dict[str, None] = {}

    def __call__(self, address: str) -> bytes | None:
        """The bytes at a relative address."""
        steps = PurePosixPath(address).parts
        place = os.path.normpath("/".join(steps))
        if not steps or address.startswith("/") or "\x00" in address or _climbs(place) > self._above:
            return None
        target = self._folder / place
        try:
            if any(one.is_symlink() for one in (target, *target.parents[: len(steps)])):
                return None
            with _opened(target) as handle:
                state = os.fstat(handle.fileno())
                if not stat.S_ISREG(state.st_mode) or state.st_size > MAX_FILE_BYTES:
                    return None
                self._opened[place] = None
                return handle.read(MAX_FILE_BYTES)
        except (OSError, ValueError):
            return None

    def taken(self) -> tuple[str, ...]:
        """The places that were opened since this was asked last."""
        places = tuple(self._opened)
        self._opened.clear()
        return places


def _climbs(place: str) -> int:
    return sum(step == ".." for step in PurePosixPath(place).parts)
