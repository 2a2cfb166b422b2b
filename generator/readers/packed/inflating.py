"""Deflate, gzip and zlib streams unpacked by zlib-ng where it is installed, in half of zlib's time; by zlib elsewhere.

Both give the same bytes and stop at the same damage: `tests/readers/test_inflating.py` holds one against the other.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Protocol


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


def decompressor(bits: int) -> Decompressor:
    """A decompressor for one stream; `bits` as zlib means them."""
    return _make(bits)


def _installed() -> tuple[Callable[[int], Decompressor], tuple[type[Exception], ...]]:
    try:
        from zlib_ng import zlib_ng  # noqa: PLC0415 - pip install "backfile[bulk]"
    except ImportError:
        return zlib.decompressobj, (zlib.error,)
    error: Any = zlib_ng.error
    return zlib_ng.decompressobj, (zlib.error, error)


_make, ERRORS = _installed()
