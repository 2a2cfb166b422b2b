"""The archive's own record of `content/`: a manifest of every file, and the leaves of its seal.

    manifest-sha256.txt       `<sha256>  <path>` for every file: `sha256sum -c` checks it
    seal/leaves.txt           a hash for every state that was ever recorded, in order; only ever grows
    seal/checkpoint*          the last root that was signed or time-stamped
    tagmanifest-sha256.txt    the digests of these files themselves

The manifest stands in the order in which `content/` is walked, so that both are read side by side and neither is held in
memory. The four are renamed into place together: a run that is killed in between is finished by the next one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import seal
from generator.content import files, frontmatter
from generator.errors import ContentError

MANIFEST = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
FOLDER = "seal"
LEAVES = f"{FOLDER}/leaves.txt"
CHECKPOINT = f"{FOLDER}/checkpoint"
SIGNATURE = f"{CHECKPOINT}.sig"
STAMP = f"{CHECKPOINT}.tsr"
MEDIA = "media/"
BLOCK = 1 << 20
MAX_TAGS_BYTES = 10_000
MAX_LINE_BYTES = 20_000
MAX_SMALL_BYTES = 1_000_000  # of a checkpoint, its signature, its time stamp
_OWN = (MANIFEST, LEAVES, CHECKPOINT, SIGNATURE, STAMP)  # what the tag manifest speaks of
_NO_LEAF = "0" * 64
_HEX = frozenset("0123456789abcdef")

# What is to be recorded of a file: its path, the digest that is known, the file if it is there.
Decide = Callable[[str, str | None, Path | None], str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the manifest that came (`+`), went (`-`) or has another digest now (`~`)."""

    mark: str
    path: str


@dataclass(frozen=True)
class Ledger:
    """The record as it lies on disk; `damaged` names those of its files whose bytes are not those that were written."""

    content: Path
    damaged: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()  # of its files that are there
    beside: Mapping[str, Path] = field(default_factory=dict)  # those that a killed run has not renamed yet

    @property
    def begun(self) -> bool:
        """Whether anything was recorded yet."""
        return bool(self.names or self.damaged)

    def file(self, name: str) -> Path:
        """Where one of the record's files lies: in its place, or still beside it where a run was killed."""
        return self.beside.get(name, self.content / name)

    def leaves(self) -> list[bytes]:
        """Every leaf, in order. A line that is none stands as zeros, so that the others keep their places."""
        return [bytes.fromhex(one) for one in self._hexes()]

    def pairs(self) -> Iterator[tuple[str, str | None, Path | None]]:
        """Each path that the manifest or the disk has, with its recorded digest and its file, in the order of the walk."""
        recorded = iter(self._lines())
        present = iter(walked(self.content))
        line, file = next(recorded, None), next(present, None)
        while line or file:
            if line and (not file or _order(line[1]) < _order(file[0])):
                yield line[1], line[0], None
                line = next(recorded, None)
            elif file and (not line or _order(file[0]) < _order(line[1])):
                yield file[0], None, file[1]
                file = next(present, None)
            elif line and file:
                yield line[1], line[0], file[1]
                line, file = next(recorded, None), next(present, None)

    def small(self, name: str) -> bytes | None:
        """A checkpoint, its signature or its time stamp; None where there is none."""
        if name in self.names:
            with suppress(OSError), self.file(name).open("rb") as file:
                return file.read(MAX_SMALL_BYTES)
        return None

    def digests(self) -> Iterator[tuple[str, str]]:
        """Each path of the manifest with its digest."""
        return ((path, digest) for digest, path in self._lines())

    def _lines(self) -> Iterable[tuple[str, str]]:
        lines = self._read()
        # a damaged one may be out of order: it is then held in memory
        return sorted(lines, key=lambda one: _order(one[1])) if MANIFEST in self.damaged else lines

    def _read(self) -> Iterator[tuple[str, str]]:
        with suppress(FileNotFoundError), self.file(MANIFEST).open("rb") as manifest:
            while raw := manifest.readline(MAX_LINE_BYTES):
                if parsed := seal.parse(raw.removesuffix(b"\n")):
                    yield parsed

    def _hexes(self) -> Iterator[str]:
        with suppress(FileNotFoundError), self.file(LEAVES).open("rb") as file:
            while raw := file.readline(MAX_LINE_BYTES):
                one = raw.decode("ascii", "replace").removesuffix("\n")
                yield one if len(one) == len(_NO_LEAF) and _HEX.issuperset(one) else _NO_LEAF


def read_ledger(content: Path) -> Ledger:
    """The record, and which of its files are damaged."""
    beside: dict[str, Path] = {}
    stated = _tags(_aside(content, TAGS))
    if stated is not None:  # killed between the renames: what was written beside is what holds
        beside = {name: _aside(content, name) for name, digest in stated.items() if _is(_aside(content, name), digest)}
        beside[TAGS] = _aside(content, TAGS)
    else:
        stated = _tags(content / TAGS)
    if stated is None:
        return Ledger(content, frozenset({TAGS}) if (content / TAGS).exists() else frozenset())
    damaged = {name for name, digest in stated.items() if not _is(beside.get(name, content / name), digest)}
    return Ledger(content, frozenset(damaged), frozenset(stated), beside)


def is_recorded(content: Path) -> bool:
    """Whether anything was recorded yet, or nothing is there to be recorded."""
    return (content / TAGS).exists() or not content.is_dir()


def revise(content: Path, decide: Decide, ledger: Ledger | None = None) -> tuple[Change, ...]:
    """Write the record anew, line by line as `decide` says, and tell what changed. Raises ContentError."""
    known = ledger or _settled(content)
    leaves = known.leaves()
    held = set(leaves)
    changes: list[Change] = []
    sure = MANIFEST not in known.damaged or LEAVES in known.damaged
    try:
        with _new(content, MANIFEST).open("wb") as manifest:
            for path, stated, file in known.pairs():
                # of a damaged manifest only those lines count that the seal knows
                before = stated if stated and (sure or _is_proven(path, stated, held)) else None
                after = decide(path, before, file)
                if after is not None:
                    manifest.write(seal.line(after, path))
                    one = seal.digest_of(after, path)
                    if one not in held and not path.startswith(MEDIA):
                        held.add(one)
                        leaves.append(one)
                if after != before:
                    changes.append(Change("~" if before and after else "+" if after else "-", path))
    except OSError as error:
        raise _unwritten(MANIFEST, error) from error
    if changes or known.damaged or not known.begun:
        _commit(known, {LEAVES: b"".join(one.hex().encode() + b"\n" for one in leaves)}, written=(MANIFEST,))
    else:
        _aside(content, MANIFEST).unlink(missing_ok=True)
    return tuple(changes)


def record(content: Path, step: Callable[[], None] = lambda: None) -> tuple[Change, ...]:
    """Take in the files that are new, and those that Backfile itself has written anew. Raises ContentError.

    What a person changed, or what was damaged, keeps its line until somebody accepts it; a damaged record is left.
    """
    ledger = _settled(content)
    if ledger.damaged:
        return ()
    since = _time(ledger.file(MANIFEST))

    def decide(path: str, before: str | None, file: Path | None) -> str | None:
        step()
        if file is None:
            return before
        if before is None:
            return sha256_of(file)
        if path.startswith(("saved/", MEDIA, "pages/")) or _time(file) < since:
            return before
        found = sha256_of(file)
        return found if found == before or is_ours(file, before) else before

    return revise(content, decide, ledger)


def keep_signed(content: Path, parts: Mapping[str, bytes]) -> None:
    """Put a checkpoint, with its signature or time stamp, in place; those of another checkpoint go. Raises ContentError."""
    ledger = _settled(content)
    same = parts.get(CHECKPOINT) in (None, ledger.small(CHECKPOINT))
    _commit(ledger, parts, gone=() if same else [name for name in (SIGNATURE, STAMP) if name not in parts])


def is_ours(file: Path, before: str) -> bool:
    """Whether a changed file shows that Backfile wrote it: an unbroken seal in its form, or lines added behind the old ones."""
    try:
        raw = file.read_bytes()
    except OSError:
        return False
    if file.suffix == ".jsonl":
        return _grown(raw, before)
    return len(raw) <= frontmatter.MAX_BYTES and frontmatter.is_generated(raw)


def _is_proven(path: str, digest: str, held: Container[bytes]) -> bool:
    return path.startswith(MEDIA) or seal.digest_of(digest, path) in held


def walked(content: Path) -> Iterator[tuple[str, Path]]:
    """Every file of `content/` that the manifest speaks of, in its order."""
    for file in files.walk(content):
        path = file.relative_to(content).as_posix()
        if path not in (MANIFEST, TAGS) and not path.startswith(f"{FOLDER}/"):
            yield path, file


def sha256_of(file: Path) -> str | None:
    """The digest of a file's bytes; None where it cannot be read."""
    try:
        with file.open("rb", buffering=0) as opened:
            state = hashlib.sha256()
            while block := opened.read(BLOCK):
                state.update(block)
    except OSError:
        return None
    return state.hexdigest()


def _order(path: str) -> list[str]:
    return path.split("/")


def _time(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _grown(raw: bytes, before: str) -> bool:
    state = hashlib.sha256()
    for line in raw.splitlines(keepends=True):
        state.update(line)
        if state.hexdigest() == before:
            return True
    return False


# ---- four files, whole or not at all -----------------------------------------------------------------------------------


def _aside(content: Path, name: str) -> Path:
    place = content / name
    return place.with_name(f".{place.name}.new")


def _new(content: Path, name: str) -> Path:
    file = _aside(content, name)
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _tags(file: Path) -> dict[str, str] | None:
    """What the tag manifest says; None where there is none, or where it is not in its form."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_TAGS_BYTES)
    except OSError:
        return None
    lines = [seal.parse(line) for line in raw.removesuffix(b"\n").split(b"\n")]
    found = {one[1]: one[0] for one in lines if one}
    whole = len(found) == len(lines) and {MANIFEST, LEAVES} <= found.keys() <= set(_OWN) and raw.endswith(b"\n")
    return found if whole else None


def _is(place: Path, digest: str) -> bool:
    return sha256_of(place) == digest


def _settled(content: Path) -> Ledger:
    """The record, after what a killed run has left beside it is in place. Raises ContentError."""
    ledger = read_ledger(content)
    try:
        _rename(content, [name for name in ledger.beside if name != TAGS], last=TAGS in ledger.beside)
    except OSError as error:
        raise _unwritten(TAGS, error) from error
    return replace(ledger, beside={})


def _commit(known: Ledger, parts: Mapping[str, bytes], written: Iterable[str] = (), gone: Iterable[str] = ()) -> None:
    """Everything beside its place first, the tag manifest last: from then on it holds, wherever the renames break off.

    `written` are those of the record's files that lie beside their places already.
    """
    content, news = known.content, {*parts, *written}
    try:
        for name, data in parts.items():
            _new(content, name).write_bytes(data)
        digests = {
            name: sha256_of(_aside(content, name) if name in news else content / name)
            for name in _OWN
            if name in news or (name in known.names and name not in gone)
        }
        half = _new(content, f"{TAGS}~")
        half.write_bytes(b"".join(seal.line(digest, name) for name, digest in digests.items() if digest))
        half.replace(_aside(content, TAGS))
        _rename(content, [name for name in _OWN if name in news], last=True)
        for name in gone:
            (content / name).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(MANIFEST, error) from error


def _rename(content: Path, names: Iterable[str], *, last: bool) -> None:
    for name in (*names, *((TAGS,) if last else ())):
        _aside(content, name).replace(content / name)


def _unwritten(name: str, error: OSError) -> ContentError:
    return ContentError(f"{name}: cannot be written: {error.strerror}", "is content/ writable, the disk full?")
