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
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from generator import seal, text
from generator.catalogue import UNDATED, Story, Unit
from generator.content import Ledger, read_ledger, sha256_of
from generator.content import ledger as record
from generator.model import Page
from generator.pages.archive import Archive, Shelf, Values, article_path, code, given
from generator.withholding import Shown

UNIT = Unit("sealed", "")
ROOT = "data/seal.json"
FOLDER = "data/seal"
VERSION = 1


def key(archive: Archive) -> str:
    """What changes whenever the record of `content/` does: while it and the pages stay, so does all of the seal."""
    return (sha256_of(archive.settings.content / record.TAGS) or "")[:32]


def plan(archive: Archive, digest: Callable[[str], str | None]) -> Iterator[Page]:
    """The seal's files; `digest` knows the digest of the bytes that were written to a page of the site."""
    ledger = read_ledger(archive.settings.content)
    if not ledger.begun or ledger.damaged:
        return
    leaves = ledger.leaves()
    root = _json({"version": VERSION, "size": len(leaves), "root": seal.root(leaves).hex()})
    for one in seal.tile_paths(len(leaves)):
        yield _raw(f"{FOLDER}/tile/{seal.tile_path(*one)}", seal.tile(leaves, *one))
    yield from _signed(ledger, leaves)
    yield from _days(archive, ledger, {leaf: number for number, leaf in enumerate(leaves)}, digest)
    # the root last: where it is there, nothing that it speaks of was left unwritten by a run that broke off
    yield Page(ROOT, "", key(archive), partial(given, {"bytes": root}))


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


def _days(
    archive: Archive, ledger: Ledger, indexes: Mapping[bytes, int], digest: Callable[[str], str | None]
) -> Iterator[Page]:
    recorded = {path: stated for path, stated in ledger.digests() if path.startswith("articles/")}
    days: dict[str, list[tuple[Story, str]]] = defaultdict(list)
    for story in archive.lists.stories():
        page = digest(article_path(story.row.summary.permalink))
        if story.file in recorded and page:
            days[_day(story)].append((story, page))
    for day, stories in sorted(days.items()):
        yield _page(f"{FOLDER}/articles/{day}.json", stories, indexes, recorded)


def _page(
    path: str,
    stories: list[tuple[Story, str]],
    indexes: Mapping[bytes, int],
    recorded: Mapping[str, str],
) -> Page:
    """One day's proofs; its articles are read only if it is stale, in this process, for the tree is not sent around."""
    shown: list[str] = []
    for story, page in stories:
        stated = recorded[story.file]
        leaf = indexes.get(seal.digest_of(stated, story.file))
        shown += (story.file, story.digest, stated, str(leaf), page)
    return Page(path, "", text.digest(code(), *shown)[:32], partial(_proofs, stories, indexes))


def _proofs(stories: list[tuple[Story, str]], indexes: Mapping[bytes, int], shelf: Shelf) -> Values:
    found = [_proof(shelf, story, indexes, page) for story, page in stories]
    return {"bytes": _json({"articles": [one for one in found if one]})}


def _proof(shelf: Shelf, story: Story, indexes: Mapping[bytes, int], page: str) -> Values | None:
    """What a page is proven by; none for an article that was edited and not accepted yet."""
    digest = sha256_of(shelf.settings.content / story.file)
    shown = shelf.border.read(story.file)
    stated = _leaf(indexes, digest, story.file) if digest else None
    if stated is None or not isinstance(shown, Shown):
        return None
    originals = {one.file: _leaf(indexes, one.sha256, one.file) for one in shown.article.captures}
    return {
        "page": article_path(story.row.summary.permalink),
        "sha256": page,
        "article": stated,
        "originals": [one for one in originals.values() if one],
    }


def _leaf(indexes: Mapping[bytes, int], digest: str, path: str) -> Values | None:
    index = indexes.get(seal.digest_of(digest, path))
    return None if index is None else {"leaf": index, "entry": seal.entry(digest, path).decode("utf-8", "replace")}


def _day(story: Story) -> str:
    row = story.row
    if row.day != UNDATED:
        return row.day.replace("-", "/")
    return f"{UNDATED}/{sha256(row.summary.permalink.encode()).hexdigest()[:2]}"


def _raw(path: str, data: bytes) -> Page:
    return Page(path, "", sha256(data).hexdigest()[:32], partial(given, {"bytes": data}))


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()
