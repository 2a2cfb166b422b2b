"""Every byte of the archive against what was recorded of it: originals, pictures, articles, the seal, the built site.

Reads one file after the other and writes nothing. What differs is one finding for each file, whatever is wrong with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from generator import content, seal
from generator.content import ledger as record
from generator.content.ledger import Change, Ledger
from generator.errors import Finding
from generator.output import MARK, MARK_TEXT

FINAL = ("saved/", record.MEDIA)  # what nobody has a reason to change


def verify_content(folder: Path, step: Callable[[], None]) -> Iterator[Finding]:
    """What in `content/` is not as it was recorded. `step` is told of each file."""
    ledger = content.read_ledger(folder)
    if not ledger.begun:
        yield Finding("manifest-missing", f"content/{record.MANIFEST}")
        return
    for name in sorted(ledger.damaged):
        yield Finding("manifest-damaged", f"content/{name}")
    sure = not ledger.damaged & {record.LEAVES, record.TAGS}
    leaves = ledger.leaves() if sure else []
    held = frozenset(leaves)
    for path, known, file in ledger.pairs():
        found = content.sha256_of(file) if file else None
        if ledger.damaged and not _blamed(path, known, found, held, sure=sure):
            finding = None  # the record is what is wrong, and that was told
        else:
            finding = _judged(path, known, file, found, held if sure else None)
        if finding:
            yield finding
        step()
    if sure:
        yield from _checkpoint(ledger, leaves)


def verify_site(site: Path, written: Mapping[str, str], step: Callable[[], None]) -> Iterator[Finding]:
    """Which files of the built site are not as they were `written`: each path's digest."""
    for path, known in {**written, MARK: hashlib.sha256(MARK_TEXT).hexdigest()}.items():
        where = f"{site.name}/{path}"
        found = content.sha256_of(site / path)
        if found is None:
            yield Finding("file-missing", where, "it is gone, or cannot be read: 'backfile build' makes it anew")
        elif found != known:
            yield Finding("file-changed", where, "it was changed or damaged: 'backfile build' makes it anew")
        step()


def update(folder: Path, accepted: frozenset[str], step: Callable[[], None], *, every: bool) -> tuple[Change, ...]:
    """Take the state of files in: of those `accepted` by path, or of `every` text and whatever is new; tell what changed.

    An original or a picture that was changed or lost is taken in only where it is named. Raises ContentError.
    """

    def decide(path: str, before: str | None, file: Path | None) -> str | None:
        step()
        free = path in accepted or (every and (before is None or not path.startswith(FINAL)))
        if not free:
            return before
        return content.sha256_of(file) if file else None

    return content.revise(folder, decide)


def _blamed(path: str, known: str | None, found: str | None, held: frozenset[bytes], *, sure: bool) -> bool:
    """With a damaged record: whether it is the file that is wrong, and not the line about it."""
    if not sure:
        return found != known and known is not None
    if found is not None and (_names(path, found) or seal.digest_of(found, path) in held):
        return False  # the file is as it once was recorded
    return known is None or _names(path, known) or seal.digest_of(known, path) in held


def _names(path: str, digest: str) -> bool:
    """Whether a picture's name is its digest."""
    return path.startswith(record.MEDIA) and PurePosixPath(path).stem == digest


def _judged(
    path: str, known: str | None, file: Path | None, found: str | None, held: frozenset[bytes] | None
) -> Finding | None:
    where = f"content/{path.encode('utf-8', 'replace').decode()}"
    if file is None:
        return Finding("file-missing", where, _what_to_do(path, "it was recorded and is gone"))
    if found is None:
        return Finding("file-unreadable", where)
    if known is None:
        return Finding("file-unlisted", where)
    if found != known:
        if not path.startswith((*FINAL, "pages/")) and content.is_ours(file, known):
            return None  # Backfile wrote it and was stopped before it was recorded
        return Finding("file-changed", where, _what_to_do(path, "its bytes are not those that were recorded"))
    if held is not None and not path.startswith(record.MEDIA) and seal.digest_of(known, path) not in held:
        return Finding("seal-broken", where, "the manifest has it, and the seal has not")
    return None


def _what_to_do(path: str, what: str) -> str:
    if path.startswith(FINAL):
        return f"{what}: put it back from a copy of the archive"
    return f"{what}: if a person did it, 'backfile verify --accept' takes it in; if not, put it back from a copy"


def _checkpoint(ledger: Ledger, leaves: list[bytes]) -> Iterator[Finding]:
    """Whether the root that was signed last is still the root of the leaves that it was taken of."""
    raw = ledger.small(record.CHECKPOINT)
    if raw is None or record.CHECKPOINT in ledger.damaged:
        return
    where = f"content/{record.CHECKPOINT}"
    try:
        point = seal.Checkpoint.parse(raw)
    except ValueError as error:
        yield Finding("seal-broken", where, str(error))
        return
    if point.size > len(leaves) or seal.root(leaves[: point.size]) != point.root:
        yield Finding("seal-broken", where, f"the first {point.size} leaves of the seal have another root by now")
