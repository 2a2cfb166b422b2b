"""ZIP archives: a folder of saved pages zipped, MAFF, WACZ, SingleFile's ZIPs.

Nothing is unpacked to the disk, and of what is no archive of pages (office documents, e-books, programs) nothing is read.
"""

from __future__ import annotations

import io
import stat
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, pairwise
from typing import BinaryIO
from zlib import crc32

from generator.errors import Finding
from generator.model import Origin
from generator.readers import html, wacz
from generator.readers.found import Found, Near
from generator.readers.packed import bundle, charsets, names, zipped
from generator.readers.packed.bundle import MAX_MEMBERS, Entry, Kind
from generator.readers.packed.decoders import IN_ZIPS
from generator.readers.packed.unpacking import Damaged, Unpacked, Window, budget, buffered, jumps
from generator.readers.packed.zipped import Record

SUFFIXES = frozenset({".zip", ".wacz", ".maff"})
BULK = True
MAX_WALKED = 200_000  # members of an archive whose directory is lost
MAX_LINK = 4_096  # bytes of a link's target

# Other formats that are ZIPs: by their names, and by what lies in them.
_OTHERS = (
    ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".pptm", ".odt", ".ods", ".odp", ".odg", ".epub", ".apk", ".aab", ".jar", ".war", ".ear",
    ".xpi", ".crx", ".ipa", ".whl", ".nupkg", ".vsix", ".kmz", ".cbz", ".3mf", ".pages", ".numbers", ".key", ".sketch", ".usdz", ".idml",
)  # fmt: skip
_FIRST = (
    b"mimetype",
    b"[Content_Types].xml",
    b"_rels/",
    b"META-INF/",
    b"AndroidManifest.xml",
    b"docProps/",
    b"word/",
    b"xl/",
    b"ppt/",
)
_INSIDE = (
    "[Content_Types].xml",
    "META-INF/MANIFEST.MF",
    "META-INF/container.xml",
    "META-INF/manifest.xml",
    "AndroidManifest.xml",
)
_START = (zipped.LOCAL, zipped.END, b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
_METHODS = {1: "Shrink", 6: "Implode", 9: "Deflate64", 94: "MP3", 96: "JPEG", 97: "WavPack", 98: "PPMd"}
_UNICODE_NAME, _UTF8, _LOCKED, _AES, _FOLDER = 0x7075, 0x800, 0x2041, 99, 0x10
_SHARED = "its bytes are another member's too, as in an archive that wants to be larger than it is; it was left"


def accepts(head: bytes, name: str) -> bool:
    """Whether this is a ZIP, and none of those that are something else."""
    ending = name.lower()
    if head.startswith(_START):
        return not ending.endswith(_OTHERS) and not head[30:60].startswith(_FIRST)
    return ending.endswith(tuple(SUFFIXES)) and (zipped.LOCAL in head or html.binary(head) or html.noise(head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The members that may be pages; a WACZ's records with what its list of pages says."""
    if not jumps(file):
        yield Finding("archive-limit", str(origin), "it is compressed inside another archive: unpack that one first")
        return
    try:
        archive = _Zip(file, origin)
    except OSError as error:
        yield Finding("archive-damaged", str(origin), f"it cannot be gone about in: {error}")
        return
    if any(map(archive.holds, _INSIDE)):
        yield Finding("not-a-page", str(origin), "an office document, an e-book or a program: no archive of pages")
        return
    yield from bundle.sparing(wacz.pages(archive) if wacz.is_wacz(archive) else bundle.pages(archive))


class _Zip:
    """A ZIP that is open: where each name's record lies, and which bytes are whose. Memory: some hundred bytes a member."""

    def __init__(self, file: BinaryIO, origin: Origin) -> None:
        self.origin, self.budget = origin, budget(file)
        self._file = file
        self._length = file.seek(0, io.SEEK_END)
        self._remarks: list[Finding] = []
        self._records: list[Record] = []  # of a ZIP whose directory is lost
        self._directory = zipped.directory(file, self._length)
        try:
            if self._directory:
                self._fill(zipped.listed(file, self._directory, self.budget))
        except Damaged as error:
            self._remark("archive-damaged", f"{error}; its members were looked for one after another")
            self._directory = None
        if self._directory is None:
            self._walk()

    def entries(self) -> Iterator[Entry | Finding]:
        yield from self._remarks
        met: Counter[int] = Counter()
        taken: set[int] = set()
        for record in islice(self._all(), MAX_MEMBERS):
            if record.name.endswith((b"/", b"\\")) or stat.S_ISDIR(record.mode) or record.attributes & _FOLDER:
                continue
            entry = self._entry(record)
            key = names.key(entry.name)
            if key in self._alike:
                met[key] += 1
                entry = replace(entry, name=names.again(entry.name, met[key]) if met[key] > 1 else entry.name)
            if self._overlaps(record) or record.at in taken:
                yield Finding("member-unreadable", bundle.place(self, entry.name), _SHARED)
                continue
            if record.at in self._shared:
                taken.add(record.at)
            yield entry

    def find(self, name: str) -> Entry | None:
        place = self._index.get(names.key(name))
        if place is None:
            return None
        try:
            directory = self._directory
            record = zipped.record(self._file, place, directory.shift) if directory else self._records[place]
        except Damaged:
            return None  # it was there when the directory was gone through: the file changes underneath
        entry = self._entry(record)
        return entry if entry.name == name and not self._overlaps(record) else None

    def holds(self, name: str) -> bool:
        return names.key(name) in self._index

    def open(self, entry: Entry) -> BinaryIO:
        window = Window(
            self._file,
            zipped.data_start(self._file, entry.at),
            entry.packed,
            self.budget,
            None if entry.method else entry.crc,
        )
        if entry.method == 0:
            if entry.packed != entry.size:
                raise Damaged(f"it states {entry.size} bytes and has {entry.packed}")
            return buffered(window)
        begun = IN_ZIPS.get(entry.method)
        if begun is None:
            raise Damaged(
                f"it is compressed by {_METHODS.get(entry.method, f'method {entry.method}')}, which is not read"
            )
        return buffered(Unpacked(buffered(window), begun, self.budget, entry.size, entry.crc))

    def _remark(self, code: str, message: str) -> None:
        self._remarks.append(Finding(code, str(self.origin), message))

    def _all(self) -> Iterable[Record]:
        if self._directory is None:
            return self._records
        return zipped.listed(self._file, self._directory, self.budget)

    def _fill(self, records: Iterable[Record]) -> None:
        """Go through the records once: by which places names are found, and where members begin."""
        self._index: dict[int, int] = {}
        self._alike: set[int] = set()
        self._charset = ""
        starts = array("Q")
        waiting: list[Record] = []  # for what charset their names are in
        for number, record in enumerate(records):
            if number == MAX_MEMBERS:
                self._remark("archive-limit", f"it has more than {MAX_MEMBERS} members; the rest was left")
                break
            starts.append(min(max(record.at, 0), zipped.FAR))
            if self._charset or _states_charset(record):
                self._add(record)
                continue
            waiting.append(record)
            if len(waiting) == charsets.SAMPLES:
                self._settle(waiting)
        self._settle(waiting)
        self._starts = array("Q", sorted(starts))
        self._shared = {one for one, other in pairwise(self._starts) if one == other}

    def _settle(self, waiting: list[Record]) -> None:
        self._charset = self._charset or charsets.charset([record.name for record in waiting])
        for record in waiting:
            self._add(record)
        waiting.clear()

    def _add(self, record: Record) -> None:
        key = names.key(self._name(record).text)
        if key in self._index:
            self._alike.add(key)
        self._index[key] = record.place

    def _walk(self) -> None:
        """Find the members without the directory."""
        troubles: list[Damaged] = []
        for found in zipped.walked(self._file, self._length, self.budget):
            if isinstance(found, Damaged):
                troubles.append(found)
            else:
                self._records.append(found)
            if len(self._records) + len(troubles) == MAX_WALKED:
                self._remark(
                    "archive-limit", f"it has more than {MAX_WALKED} members and no directory; the rest was left"
                )
                break
        self._fill(self._records)
        if not self._records:
            self._remark(
                "archive-damaged", f"no member of a ZIP was found in it{f': {troubles[0]}' if troubles else ''}"
            )
            return
        if not self._remarks:
            many = f"its directory is lost; {len(self._records)} members were found one after another"
            self._remark("archive-damaged", many)
        for trouble in troubles[: bundle.MAX_ALIKE]:
            self._remark("archive-damaged", str(trouble))

    def _overlaps(self, record: Record) -> bool:
        """Whether the member's bytes run into the next one's: no ZIP needs that but one that wants to be more than it is."""
        behind = bisect_right(self._starts, record.at)
        runs_on = behind < len(self._starts) and record.at + record.packed > self._starts[behind]
        return runs_on or not 0 <= record.at < self._length

    def _entry(self, record: Record) -> Entry:
        name = self._name(record)
        kind: Kind = "file"
        if stat.S_IFMT(record.mode) not in (0, stat.S_IFREG):
            kind = "link" if stat.S_ISLNK(record.mode) else "other"
        locked = bool(record.flags & _LOCKED) or record.method == _AES
        size, crc = (None, None) if record.size == zipped.UNKNOWN else (record.size, record.crc)
        entry = Entry(name.text, record.at, size, record.packed, kind, name.wrong, None, locked, record.method, crc)
        return replace(entry, target=self._target(entry)) if kind == "link" else entry

    def _target(self, link: Entry) -> str | None:
        """The member that a link leads to."""
        if link.locked or link.wrong or not 0 < (link.size or 0) <= MAX_LINK:
            return None
        try:
            return names.beside(link.name, self.open(link).read().decode("utf-8", "replace"))
        except OSError:
            return None  # a link is never read: that it is one is said

    def _name(self, record: Record) -> names.Name:
        raw = record.name
        if record.flags & _UTF8 or raw.isascii():
            return names.tidy(raw.decode("utf-8", "replace"))
        told = _unicode_name(record)
        return names.tidy(told or raw.decode(self._charset, "replace"))


def _states_charset(record: Record) -> bool:
    return record.name.isascii() or bool(record.flags & _UTF8) or _unicode_name(record) is not None


def _unicode_name(record: Record) -> str | None:
    """The name in UTF-8 as Info-ZIP adds it, where it belongs to this name still."""
    for kind, raw in zipped.fields(record.extra):
        if kind == _UNICODE_NAME and raw[:1] == b"\x01" and raw[1:5] == crc32(record.name).to_bytes(4, "little"):
            return raw[5:].decode("utf-8", "replace")
    return None
