"""One page checked alone, offline: its bytes, and that the article and originals behind it are leaves of the seal.

Needs the page, `data/seal.json` and what lies in `data/seal/` beside it; no archive, no other page. What these files say is
not believed but reckoned: every leaf is hashed anew and led up to the root.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import seal
from generator.content import sha256_of
from generator.errors import UsageError

FOLDER = "seal"
ARTICLES = "articles"
MAX_BYTES = 64_000_000  # of one file of the seal
_HASH = 32


class BrokenError(Exception):
    """The page, or a part of its proof, is not what the seal says."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A file of the archive that is proven to be under the root: its line in the manifest, its place, the way up."""

    entry: str
    index: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """All that was proven of a page; `signed` is the number of leaves that the signed checkpoint speaks of."""

    page: str
    sha256: str
    size: int
    root: str
    leaves: tuple[Leaf, ...]
    signed: int
    checkpoint: seal.Checkpoint | None
    folder: Path


def prove(page: Path, sealed: Path | None) -> Proof:
    """Check one page against the seal. Raises BrokenError; UsageError where something is not there at all."""
    digest = sha256_of(page)
    if digest is None:
        raise UsageError(f"{page}: cannot be read", "name a page of the site")
    place = sealed or _nearest(page)
    stated = _json(place)
    folder = place.parent / FOLDER
    try:
        size, root = int(stated["size"]), bytes.fromhex(stated["root"])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{place}: is no seal", "name the site's data/seal.json") from error
    found = next(_found(folder / ARTICLES, digest), None)
    if found is None:
        raise BrokenError("no page of the seal has these bytes: it was changed, is no article's, or was not sealed")
    tiles = _Tiles(folder / "tile", size)
    if seal.span(tiles, 0, size) != root:
        raise BrokenError(f"{place.name}: the tiles do not lead to the root that it names")
    leaves = tuple(_proven(tiles, one, size, root) for one in (found["article"], *found["originals"]))
    point = _checkpoint(folder / "checkpoint", tiles)
    return Proof(found["page"], digest, size, root.hex(), leaves, point.size if point else 0, point, folder)


def _nearest(page: Path) -> Path:
    for folder in page.resolve().parents:
        place = folder / "data" / "seal.json"
        if place.is_file():
            return place
    raise UsageError(f"{page}: there is no data/seal.json in a folder above it", "name it with --seal")


def _json(file: Path) -> Any:
    try:
        with file.open("rb") as opened:
            return json.loads(opened.read(MAX_BYTES))
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}", "name the site's data/seal.json") from error
    except (ValueError, RecursionError) as error:
        raise BrokenError(f"{file.name}: is no JSON") from error


def _found(folder: Path, digest: str) -> Iterator[dict[str, Any]]:
    """The record of the page with that digest, wherever it lies."""
    for file in sorted(folder.rglob("*.json")):
        if digest.encode() in file.read_bytes():
            for one in _json(file).get("articles", ()):
                if one.get("sha256") == digest:
                    yield one


def _proven(tiles: _Tiles, stated: Any, size: int, root: bytes) -> Leaf:
    entry, index = str(stated["entry"]), int(stated["leaf"])
    hashed = seal.leaf(entry.encode("utf-8", "surrogateescape"))
    path = seal.proof(tiles, index, size) if 0 <= index < size else ()
    if not seal.is_proven(hashed, index, size, path, root):
        raise BrokenError(f"{entry.partition('  ')[2]}: is not leaf {index} of the seal")
    return Leaf(entry, index, tuple(one.hex() for one in path))


def _checkpoint(file: Path, tiles: _Tiles) -> seal.Checkpoint | None:
    """The checkpoint that was signed, if there is one: it must be the root of the tree when it was smaller."""
    if not file.is_file():
        return None
    try:
        point = seal.Checkpoint.parse(file.read_bytes())
    except ValueError as error:
        raise BrokenError(f"{file.name}: {error}") from error
    if point.size > tiles.size or seal.span(tiles, 0, point.size) != point.root:
        raise BrokenError("the signed root is not that of the leaves it speaks of")
    return point


class _Tiles:
    """A tree out of tiles: each read when it is needed."""

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self.size = size

    def node_at(self, level: int, index: int) -> bytes:
        """The hash of one perfect subtree."""
        height, rest = divmod(level, seal.TILE_HEIGHT)
        start, count = index << rest, 1 << rest
        number, at = divmod(start, seal.PER_TILE)
        width = min(seal.PER_TILE, (self.size >> (seal.TILE_HEIGHT * height)) - number * seal.PER_TILE)
        name = seal.tile_path(height, number, width)
        try:
            raw = (self._folder / name).read_bytes()
        except OSError as error:
            raise UsageError(
                f"{self._folder.name}/{name}: cannot be read", "it belongs to the seal: fetch it"
            ) from error
        if len(raw) != width * _HASH:
            raise BrokenError(f"{self._folder.name}/{name}: has another length than {width} hashes")
        return seal.root(raw[here : here + _HASH] for here in range(at * _HASH, (at + count) * _HASH, _HASH))
