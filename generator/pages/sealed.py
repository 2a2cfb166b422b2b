"""The seal as the site shows it: the root, the tree in tiles, and for each day what its pages are proven by.

    data/seal.json                       how many leaves there are, and their root
    data/seal/tile/...                   the tree, as C2SP's tlog-tiles lays it out; a full tile never changes again
    data/seal/articles/2025/03/18.json   each page of that day: its digest, its article's and originals' leaves
    data/seal/checkpoint, .sig, .tsr     the root that was signed or time-stamped last

Planned last of all, for it speaks of the other pages' bytes. Shows hashes only, and names only what has a page.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from generator import seal, text
from generator.catalogue import UNDATED, Row
from generator.content import Ledger, read_ledger, sha256_of
from generator.content import ledger as record
from generator.model import Page
from generator.pages.archive import Archive, Values, article_path, code
from generator.withholding import Shown

ROOT = "data/seal.json"
FOLDER = "data/seal"
VERSION = 1


def key(archive: Archive) -> str:
    """What changes whenever the record of `content/` does: while it and the pages stay, so does all of the seal."""
    return (sha256_of(archive.settings.content / record.TAGS) or "")[:32]


def is_part(path: str) -> bool:
    """Whether a file of the site belongs to the seal."""
    return path == ROOT or path.startswith(f"{FOLDER}/")


def plan(archive: Archive, digests: Mapping[str, str]) -> Iterator[Page]:
    """The seal's files; `digests` has each page of the site with the digest of the bytes that were written."""
    ledger = read_ledger(archive.settings.content)
    if not ledger.begun or ledger.damaged:
        return
    leaves = ledger.leaves()
    root = _json({"version": VERSION, "size": len(leaves), "root": seal.root(leaves).hex()})
    yield Page(ROOT, "", key(archive), lambda: {"bytes": root})
    for one in seal.tile_paths(len(leaves)):
        yield _raw(f"{FOLDER}/tile/{seal.tile_path(*one)}", seal.tile(leaves, *one))
    yield from _signed(ledger, leaves)
    yield from _days(archive, ledger, {leaf: number for number, leaf in enumerate(leaves)}, digests)


def _signed(ledger: Ledger, leaves: list[bytes]) -> Iterator[Page]:
    """The checkpoint with what vouches for it, as long as it is one of this tree."""
    raw = ledger.small(record.CHECKPOINT)
    try:
        point = seal.Checkpoint.parse(raw or b"")
    except ValueError:
        return
    if point.size > len(leaves) or seal.root(leaves[: point.size]) != point.root:
        return
    for name in (record.CHECKPOINT, record.SIGNATURE, record.STAMP):
        data = ledger.small(name)
        if data is not None:
            yield _raw(f"data/{name}", data)


def _days(archive: Archive, ledger: Ledger, indexes: Mapping[bytes, int], digests: Mapping[str, str]) -> Iterator[Page]:
    recorded = {path: digest for path, digest in ledger.digests() if path.startswith("articles/")}
    days: dict[str, list[Row]] = defaultdict(list)
    for row, _ in archive.catalogue.every():
        if row.file in recorded and article_path(row.summary.permalink) in digests:
            days[_day(row)].append(row)
    for day, rows in sorted(days.items()):
        yield _page(archive, f"{FOLDER}/articles/{day}.json", rows, indexes, digests, recorded)


def _page(archive: Archive, path: str, rows: list[Row], indexes: Mapping[bytes, int], digests: Mapping[str, str], recorded: Mapping[str, str]) -> Page:  # fmt: skip
    """One day's proofs; its articles are read only if it is stale."""

    def make() -> Values:
        found = [_proof(archive, row, indexes, digests[article_path(row.summary.permalink)]) for row in rows]
        return {"bytes": _json({"articles": [one for one in found if one]})}

    shown = [part for row in rows for part in _parts(row, indexes, digests, recorded)]
    return Page(path, "", text.digest(code(), *shown)[:32], make)


def _parts(
    row: Row, indexes: Mapping[bytes, int], digests: Mapping[str, str], recorded: Mapping[str, str]
) -> tuple[str, ...]:
    digest = recorded[row.file]
    leaf = indexes.get(seal.digest_of(digest, row.file))
    return row.file, row.digest, digest, str(leaf), digests[article_path(row.summary.permalink)]


def _proof(archive: Archive, row: Row, indexes: Mapping[bytes, int], page: str) -> Values | None:
    """What a page is proven by; none for an article that was edited and not accepted yet."""
    digest = sha256_of(archive.settings.content / row.file)
    shown = archive.border.read(row.file)
    stated = _leaf(indexes, digest, row.file) if digest else None
    if stated is None or not isinstance(shown, Shown):
        return None
    originals = {one.file: _leaf(indexes, one.sha256, one.file) for one in shown.article.captures}
    return {
        "page": article_path(row.summary.permalink),
        "sha256": page,
        "article": stated,
        "originals": [one for one in originals.values() if one],
    }


def _leaf(indexes: Mapping[bytes, int], digest: str, path: str) -> Values | None:
    index = indexes.get(seal.digest_of(digest, path))
    return None if index is None else {"leaf": index, "entry": seal.entry(digest, path).decode("utf-8", "replace")}


def _day(row: Row) -> str:
    if row.day != UNDATED:
        return row.day.replace("-", "/")
    return f"{UNDATED}/{sha256(row.summary.permalink.encode()).hexdigest()[:2]}"


def _raw(path: str, data: bytes) -> Page:
    def make() -> Values:
        return {"bytes": data}

    return Page(path, "", sha256(data).hexdigest()[:32], make)


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
