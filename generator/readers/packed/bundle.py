"""The files inside a file, whatever packs them: which of them may be pages, and what lies beside each.

Says what is left out and why. Nothing is ever unpacked to the disk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Literal, Protocol

from generator.errors import Finding
from generator.model import Origin
from generator.readers import folders
from generator.readers.found import Found, Member, Near
from generator.readers.packed import names
from generator.readers.packed.described import DESCRIPTIONS, Described
from generator.readers.packed.unpacking import RATIO, Budget

BESIDE_BYTES = 16 * 1024 * 1024  # of a file that lies beside a page
MODEST_BYTES = 8 * 1024 * 1024  # what may unpack out of next to nothing
MAX_MEMBERS = 1_000_000  # files in one archive
MAX_ALIKE = 20  # findings of one kind about one archive
DESCRIPTION_BYTES = 4 * 1024 * 1024
FRAMES = "frames"  # where SingleFile puts the frames of a page, each described like a page
CACHED = 10_000  # folders whose nature is remembered

Kind = Literal["file", "link", "other"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file inside a file: what the archive states of it, before it is looked into.

    `at` is where the archive keeps it; `wrong` says why its name cannot be meant; `target` is the file in the same archive
    that a link leads to.
    """

    name: str
    at: int
    size: int | None
    packed: int
    kind: Kind = "file"
    wrong: str = ""
    target: str | None = None
    locked: bool = False
    method: int = 0
    crc: int | None = None


class Bundle(Protocol):
    """A container that is open: its entries in order, and any of them by its name."""

    origin: Origin
    budget: Budget

    def entries(self) -> Iterator[Entry | Finding]: ...
    def find(self, name: str, /) -> Entry | None: ...
    def holds(self, name: str, /) -> bool: ...
    def open(self, entry: Entry, /) -> BinaryIO: ...


def pages(bundle: Bundle) -> Iterator[Found]:
    """Every file in the container that may be a page or hold some, and what is to be said about the others."""
    yield from _pages(_Look(bundle))


def sparing(found: Iterator[Found]) -> Iterator[Found]:
    """The same, with findings of one kind cut short where there are very many."""
    told: Counter[str] = Counter()
    last: dict[str, Finding] = {}
    for one in found:
        if isinstance(one, Finding):
            told[one.code] += 1
            if told[one.code] > MAX_ALIKE:
                last[one.code] = one
                continue
        yield one
    for code, one in sorted(last.items()):
        more = told[code] - MAX_ALIKE
        yield Finding(code, one.where.partition("#")[0], f"{more} more like this, the last of them {one.where}")


def wholly(bundle: Bundle, name: str, limit: int) -> bytes | None:
    """The bytes of a small file in the container; None where it holds none of that name. Raises OSError for a damaged one."""
    entry = bundle.find(name)
    if entry is None or entry.wrong or entry.locked or entry.kind != "file" or (entry.size or 0) > limit:
        return None
    return bundle.open(entry).read()[:limit]


def place(bundle: Bundle, name: str) -> str:
    """How a finding names a file in the container."""
    origin = bundle.origin
    return str(replace(origin, member=f"{origin.member}/{name}" if origin.member else name))


@dataclass(slots=True)
class _Look:
    """A container while it is gone through: what is known of its folders, and what was met when pictures were fetched."""

    bundle: Bundle
    parts: dict[tuple[str, str], bool] = field(default_factory=dict)
    descriptions: dict[str, Described | None] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)


def _pages(look: _Look) -> Iterator[Found]:
    bundle = look.bundle
    for entry in bundle.entries():
        if isinstance(entry, Finding):
            yield entry
            continue
        if names.is_chaff(entry.name) or (entry.target and bundle.holds(entry.target)):
            continue
        unsafe = _unsafe(bundle, entry)
        if unsafe:
            yield unsafe
        elif not _is_part(look, entry.name):
            yield from _opened(look, entry)
        if bundle.budget.spent:
            yield Finding(
                "archive-limit",
                str(bundle.origin),
                f"more than {bundle.budget.whole} bytes came out of it; the rest was left",
            )
            return


def _opened(look: _Look, entry: Entry) -> Iterator[Found]:
    bundle = look.bundle
    refused = _refused(bundle, entry)
    if refused:
        yield refused
        return
    try:
        found = Member(entry.name, bundle.open(entry), entry.size, _beside(look, entry.name))
    except OSError as error:
        yield Finding(
            "member-unreadable", place(bundle, entry.name), f"it cannot be unpacked: {error}; the rest was read"
        )
        return
    folder = entry.name[: entry.name.rfind("/") + 1]
    yield _filled(found, _description(look, folder))
    yield from _harm(bundle, found)
    for name, message in look.met.items():
        yield Finding(
            "member-unreadable", place(bundle, name), f"it cannot be unpacked: {message}; the page is there without it"
        )
    look.met.clear()


def _harm(bundle: Bundle, one: Member) -> Iterator[Finding]:
    """What went wrong while a member was read as a stream, which its reader took for its end."""
    damage = getattr(getattr(one.file, "raw", None), "damage", "")
    if damage:
        yield Finding("member-unreadable", place(bundle, one.name), f"{damage}; what stood before was read")


def _unsafe(bundle: Bundle, entry: Entry) -> Finding | None:
    if not entry.wrong and entry.kind == "file":
        return None
    what = (
        "it is a link that leads out" if entry.kind == "link" else "it is a device, or something else that is no file"
    )
    return Finding("member-unsafe", place(bundle, entry.name), f"{entry.wrong or what}; it was left, the rest was read")


def _refused(bundle: Bundle, entry: Entry) -> Finding | None:
    """What is to be said of an entry that is not even opened."""
    where = place(bundle, entry.name)
    if names.is_hidden(entry.name):
        return Finding("file-skipped", where, "a hidden file")
    if entry.locked:
        return Finding("encrypted", where, "it is encrypted; it was left, the rest was read")
    if entry.size and entry.size > MODEST_BYTES and entry.size > RATIO * entry.packed:
        message = f"it would unpack to {entry.size} bytes out of {entry.packed}; it was left, the rest was read"
        return Finding("archive-limit", where, message)
    return None


def _is_part(look: _Look, name: str) -> bool:
    """Whether the file belongs to a page that lies elsewhere in the container."""
    stated, page = _description(look, ""), ""
    for above, folder in names.folders(name):
        here = (above, folder)
        if here not in look.parts:
            if len(look.parts) > CACHED:
                look.parts.clear()
            look.parts[here] = any(look.bundle.holds(above + one) for one in folders.pages_of(folder))
        if look.parts[here] or (stated and folder == FRAMES):
            return True
        inner = _description(look, f"{above}{folder}/")
        if inner:
            stated, page = inner, f"{above}{folder}/{inner.index}"
    return bool(stated and stated.alone and page and page != name)


def _description(look: _Look, folder: str) -> Described | None:
    """What the container says of the page in a folder, whose name ends in a slash or is empty."""
    if folder not in look.descriptions:
        if len(look.descriptions) > CACHED:
            look.descriptions.clear()
        look.descriptions[folder] = _describe(look, folder)
    return look.descriptions[folder]


def _describe(look: _Look, folder: str) -> Described | None:
    for name, read in DESCRIPTIONS.items():
        try:
            raw = wholly(look.bundle, folder + name, DESCRIPTION_BYTES)
        except OSError as error:
            look.met[folder + name] = str(error)
            continue
        stated = read(raw) if raw else None
        if stated and look.bundle.holds(folder + stated.index):
            return stated
    return None


def _filled(found: Member, stated: Described | None) -> Member:
    if stated is None:
        return found
    return replace(found, url=stated.url, captured=stated.captured, claims=stated.claims)


def _beside(look: _Look, page: str) -> Near:
    """What the container holds beside a page."""

    def near(address: str) -> bytes | None:
        name = names.beside(page, address)
        entry = look.bundle.find(name) if name else None
        if entry and entry.target:
            entry = look.bundle.find(entry.target)
        if entry is None or entry.kind != "file" or entry.wrong or entry.locked or not entry.size:
            return None
        if entry.size > BESIDE_BYTES:
            return None
        try:
            return look.bundle.open(entry).read()
        except OSError as error:
            look.met[entry.name] = str(error)
            return None

    return near
