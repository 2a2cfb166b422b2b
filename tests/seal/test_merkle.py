"""The tree is RFC 6962's, its tiles never change once they are full, and a proof holds for its own leaf alone."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import seal

# the inputs and roots that Certificate Transparency's implementations are tried with
ENTRIES = tuple(
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
)
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def leaves(count: int) -> list[bytes]:
    return [seal.leaf(str(number).encode()) for number in range(count)]


def tiles(hashes: list[bytes]) -> dict[str, bytes]:
    return {seal.tile_path(*one): seal.tile(hashes, *one) for one in seal.tile_paths(len(hashes))}


@pytest.mark.parametrize("size", ROOTS)
def test_roots_are_those_of_the_standard(size: int) -> None:
    assert seal.root(map(seal.leaf, ENTRIES[:size])).hex() == ROOTS[size]


@given(st.integers(1, 600), st.data())
def test_a_proof_leads_from_its_leaf_to_the_root_and_from_no_other(size: int, data: st.DataObject) -> None:
    hashes = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    path = seal.proof(seal.Leaves(hashes), index, size)
    root = seal.root(hashes)
    assert seal.is_proven(hashes[index], index, size, path, root)
    assert not seal.is_proven(seal.leaf(b"another"), index, size, path, root)
    assert not seal.is_proven(hashes[index], index, size, path, seal.leaf(b"another"))
    assert not seal.is_proven(hashes[index], index, size, (*path, root), root)
    assert not seal.is_proven(hashes[index], size, size, path, root)
    if path:
        assert not seal.is_proven(hashes[index], index, size, path[1:], root)


def test_a_leaf_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf 3 in a tree of 3"):
        seal.proof(seal.Leaves(leaves(3)), 3, 3)


@given(st.integers(0, 1500))
def test_one_more_leaf_touches_one_tile_of_each_level(size: int) -> None:
    before, after = tiles(leaves(size)), tiles(leaves(size + 1))
    assert len(after.items() - before.items()) <= 2
    assert all(path in after for path in before if ".p/" not in path)


def test_tiles_lie_where_the_convention_puts_them() -> None:
    assert seal.tile_path(0, 5, 256) == "0/005"
    assert seal.tile_path(0, 1234067, 256) == "0/x001/x234/067"
    assert seal.tile_path(1, 0, 17) == "1/000.p/17"


def test_the_hash_of_a_tile_is_a_hash_of_the_tile_above() -> None:
    held = tiles(leaves(600))
    full = held["0/001"]
    assert held["1/000.p/2"][32:] == seal.root(full[at : at + 32] for at in range(0, len(full), 32))


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1))
def test_a_line_gives_back_the_name_that_it_was_made_of(name: str) -> None:
    digest = sha256(name.encode()).hexdigest()
    line = seal.line(digest, name)
    assert line.count(b"\n") == 1
    assert seal.parse(line.removesuffix(b"\n")) == (digest, name)


def test_a_name_with_a_line_break_is_escaped_as_sha256sum_does_it() -> None:
    assert seal.entry("0" * 64, "a\nb\\c") == b"\\" + b"0" * 64 + b"  a\\nb\\\\c"


def test_a_checkpoint_is_three_lines_and_read_back() -> None:
    point = seal.Checkpoint("Tide archive", 2, bytes.fromhex(ROOTS[2]))
    assert point.text == "Tide archive\n2\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n"
    assert seal.Checkpoint.parse(point.text.encode()) == point


@pytest.mark.parametrize(
    "raw", [b"", b"a\n1\n", b"a\n-1\nAA==\n", b"a\n1\nA\n", b"a\n01\nAA==\n", b"a\n1\nAA==\n\n", b"\xff\n1\nAA==\n"]
)
def test_what_is_no_checkpoint_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        seal.Checkpoint.parse(raw)
