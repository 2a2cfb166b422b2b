"""The seal: digests of what the archive holds as the leaves of a Merkle tree (RFC 6962) that only grows.

A leaf is the digest of one line, `<sha256>  <path>`, as it stands in the manifest. Leaves are never taken away: the line of
an item that was withheld goes, its leaf stays, and every other proof stays true. Pure: reads and writes no file.
"""

from generator.seal.checkpoint import Checkpoint
from generator.seal.lines import digest_of, entry, line, parse
from generator.seal.merkle import (
    PER_TILE,
    TILE_HEIGHT,
    Leaves,
    Tree,
    is_proven,
    leaf,
    proof,
    root,
    span,
    tile,
    tile_path,
    tile_paths,
)

__all__ = [
    "PER_TILE",
    "TILE_HEIGHT",
    "Checkpoint",
    "Leaves",
    "Tree",
    "digest_of",
    "entry",
    "is_proven",
    "leaf",
    "line",
    "parse",
    "proof",
    "root",
    "span",
    "tile",
    "tile_path",
    "tile_paths",
]
