"""The Merkle tree of RFC 6962 over leaves that are only ever appended, and its proofs of inclusion.

Hashes are cut into tiles of 256 as C2SP's tlog-tiles lays them out: a full tile never changes again, so that an appended
leaf touches one tile a level. A proof is reckoned from tiles alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol

TILE_HEIGHT = 8
PER_TILE = 1 << TILE_HEIGHT
EMPTY = sha256(b"").digest()


class Tree(Protocol):
    """Where hashes come from: a list of leaves, or tiles."""

    def node_at(self, level: int, index: int) -> bytes:
        """The hash over the `2 ** level` leaves from `index * 2 ** level` on, all of which must be there."""


class Leaves:
    """A tree over leaves in memory."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves

    def node_at(self, level: int, index: int) -> bytes:
        """The hash of one perfect subtree."""
        return root(self._leaves[index << level : (index + 1) << level])


def leaf(entry: bytes) -> bytes:
    """The hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def parent(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The tree's root; keeps one hash a level in memory."""
    edge: list[bytes | None] = []
    for one in leaves:
        carried, level = one, 0
        while level < len(edge) and (waiting := edge[level]) is not None:
            carried, edge[level], level = parent(waiting, carried), None, level + 1
        if level == len(edge):
            edge.append(carried)
        else:
            edge[level] = carried
    found: bytes | None = None
    for waiting in edge:
        if waiting is not None:
            found = waiting if found is None else parent(waiting, found)
    return EMPTY if found is None else found


def proof(tree: Tree, index: int, size: int) -> tuple[bytes, ...]:
    """The hashes that lead from the leaf `index` to the root of the first `size` leaves, nearest first."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        left = index < middle
        path.append(span(tree, middle, high) if left else span(tree, low, middle))
        low, high = (low, middle) if left else (middle, high)
    return tuple(reversed(path))


def is_proven(hashed: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path leads from that leaf to that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, hashed
    for beside in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = parent(beside, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = parent(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and found == expected


def span(tree: Tree, low: int, high: int) -> bytes:
    """The hash over the leaves from `low` to before `high`, as the tree splits them."""
    if high == low:
        return EMPTY
    width = high - low
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return tree.node_at(level, low >> level)
    middle = low + _split(width)
    return parent(span(tree, low, middle), span(tree, middle, high))


def tile_paths(size: int) -> Iterator[tuple[int, int, int]]:
    """Every tile of a tree of `size` leaves: its level, its number, how many hashes it holds."""
    level, count = 0, size
    while count:
        for number in range(-(-count // PER_TILE)):
            yield level, number, min(PER_TILE, count - number * PER_TILE)
        level, count = level + 1, count // PER_TILE


def tile_path(level: int, number: int, width: int) -> str:
    """Where a tile lies: `0/x001/067`, and one that is not full yet `0/x001/067.p/17`."""
    digits = f"{number:03}"
    digits = digits.rjust(-(-len(digits) // 3) * 3, "0")
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join((*(f"x{part}" for part in parts[:-1]), parts[-1]))
    return f"{level}/{name}" if width == PER_TILE else f"{level}/{name}.p/{width}"


def tile(leaves: Sequence[bytes], level: int, number: int, width: int) -> bytes:
    """The hashes of one tile, one after the other."""
    each = 1 << (TILE_HEIGHT * level)
    start = number * PER_TILE
    return b"".join(root(leaves[at * each : (at + 1) * each]) for at in range(start, start + width))


def _split(width: int) -> int:
    """The largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
