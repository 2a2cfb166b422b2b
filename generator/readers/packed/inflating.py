"""Deflate, gzip and zlib streams unpacked by zlib-ng where it is installed, in half of zlib's time; by zlib elsewhere.

Both give the same bytes and stop at the same damage: `tests/readers/test_inflating.py` holds one against the other.
They keep what the damaged call had unpacked before; `Salvaging` gives that too.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol

CRUMBS = (4096, 64, 1)  # bytes fed at once while the place of the damage is looked for
AGAIN_BYTES = 1024 * 1024  # in and out, that are unpacked a second time at most to come before the damage


class Decompressor(Protocol):
    """What zlib makes to unpack a stream."""

    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...
    def flush(self) -> bytes: ...
    def copy(self) -> Decompressor: ...


def decompressor(bits: int) -> Decompressor:
    """A decompressor for one stream; `bits` as zlib means them."""
    return _make(bits)


class Salvaging:
    """A decompressor that gives all that stands before the damage, to the byte, and raises when it is called again.

    It can begin again at a copy of its state, which takes as long as to unpack some ten thousand bytes: so it makes one
    seldom, and keeps what it was given since.
    """

    def __init__(self, bits: int) -> None:
        self._work = _make(bits)
        self._copied: Decompressor | None = None  # the state before `_since`
        self._bits = bits
        self._since: list[tuple[bytes, int]] = []
        self._size = 0
        self._damage: Exception | None = None
        self._rest = b""

    @property
    def eof(self) -> bool:
        return self._work.eof

    @property
    def unconsumed_tail(self) -> bytes:
        return self._rest if self._damage else self._work.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._work.unused_data

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        if self._damage:
            raise self._damage
        try:
            given = self._work.decompress(data, max_length)
        except ERRORS as error:
            given, self._rest = _crumbs(self._before(), data)
            if not given:
                raise
            self._damage = error
            return given
        if not self._work.eof:
            self._keep(data, max_length, len(given))
        return given

    def flush(self) -> bytes:
        return b"" if self._damage else self._work.flush()

    def _keep(self, data: bytes, max_length: int, given: int) -> None:
        self._since.append((data, max_length))
        self._size += len(data) + given
        if self._size > AGAIN_BYTES:
            self._copied = self._work.copy()
            self._since.clear()
            self._size = 0

    def _before(self) -> Decompressor:
        """The state before the call that met the damage."""
        work = self._copied.copy() if self._copied else _make(self._bits)
        for data, max_length in self._since:
            work.decompress(data, max_length)
        return work


def _crumbs(work: Decompressor, data: bytes) -> tuple[bytes, bytes]:
    """What can be unpacked of data that are known to be damaged, and what lies behind the damage."""
    given: list[bytes] = []
    at = 0
    for step in CRUMBS:
        while at < len(data):
            before = work.copy()
            try:
                given.append(work.decompress(data[at : at + step]))
            except ERRORS:
                work = before
                break
            at += step
    return b"".join(given), data[at + 1 :]


def _installed() -> tuple[Callable[[int], Decompressor], tuple[type[Exception], ...]]:
    try:
        from zlib_ng import zlib_ng  # noqa: PLC0415 - pip install "backfile[bulk]"
    except ImportError:
        return zlib.decompressobj, (zlib.error,)
    make: Any = zlib_ng.decompressobj  # its stubs know no `copy`
    error: Any = zlib_ng.error
    return make, (zlib.error, error)


_make, ERRORS = _installed()
