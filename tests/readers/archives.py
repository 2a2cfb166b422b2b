"""Archives made byte by byte, as hostile or as old as a test wants them, and the door to read them through."""

from __future__ import annotations

import io
import struct
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers.found import Found, Member, alone

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
UTF8, LOCKED = 0x800, 0x1
FILE, LINK, DEVICE = 0o100644, 0o120777, 0o020644


@dataclass(frozen=True)
class Item:
    """One member of a ZIP, with whatever lies are wanted of it."""

    name: bytes
    data: bytes = b""
    method: int = 8
    flags: int = 0
    mode: int = FILE
    extra: bytes = b""
    crc: int | None = None
    size: int | None = None
    local: bytes | None = None
    raw: bytes | None = None

    @property
    def packed(self) -> bytes:
        if self.raw is not None:
            return self.raw
        if self.method != 8:
            return self.data
        work = zlib.compressobj(9, zlib.DEFLATED, -15)
        return work.compress(self.data) + work.flush()


def zipped(items: Iterable[Item], prefix: bytes = b"") -> bytes:
    """A ZIP of these members as they are told."""
    body, listing, count = bytearray(prefix), bytearray(), 0
    for item in items:
        at, packed = len(body), item.packed
        crc = zlib.crc32(item.data) if item.crc is None else item.crc
        size = len(item.data) if item.size is None else item.size
        local = item.name if item.local is None else item.local
        body += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, item.flags, item.method, 0, 33, crc, len(packed), size, len(local), 0
        )
        body += local + packed
        listing += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 0x0314, 20, item.flags, item.method, 0, 33, crc, len(packed), size,
            len(item.name), len(item.extra), 0, 0, 0, item.mode << 16, at,
        )  # fmt: skip
        listing += item.name + item.extra
        count += 1
    ending = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listing), len(body), 0)
    return bytes(body + listing + ending)


def taped(items: Iterable[tuple[str, bytes]], how: str = "") -> bytes:
    """A tar of these files."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=f"w:{how}" if how else "w") as archive:  # type: ignore[call-overload]
        for name, data in items:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return target.getvalue()


def straight(module: readers.Reader, data: bytes, name: str = "heap.bin") -> list[Found]:
    """What a reader gives, with each member read to its end as a stream and as a whole: nothing may raise but OSError there."""
    found: list[Found] = []
    for one in module.read(io.BytesIO(data), Origin(name, "0" * 64), alone):
        found.append(one)
        if isinstance(one, Member):
            for count in (4096, -1):
                try:
                    one.file.seek(0)
                    one.file.read(count)
                    one.near("pic.png")
                except OSError:
                    break
    return found


@dataclass(frozen=True)
class Door:
    """The door to all readers."""

    folder: Path

    def __call__(self, name: str, data: bytes) -> tuple[list[Capture], list[Finding]]:
        file = self.folder / Path(name).name
        file.write_bytes(data)
        captures, findings = readers.captures(file, name)
        return list(captures), list(findings)


def names(captures: Iterable[Capture]) -> list[str]:
    return [capture.origin.member for capture in captures]


def told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in findings]
