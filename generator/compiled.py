"""Compiled templates kept in the archive's cache: to compile the theme takes longer than to build what one article changes."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from generator import text


class Compiled(BytecodeCache):
    """One file a template, each with its digest before it: Python's own format is read on trust, so what is damaged is not read."""

    def __init__(self, folder: Path, made_by: str) -> None:
        """Keep templates in `folder` that were compiled by what `made_by` is a digest of."""
        self._folder = folder
        self._made_by = made_by

    def get_source_checksum(self, source: str) -> str:
        """What the compiled template rests on, besides Jinja and Python, whose versions Jinja looks at."""
        return text.digest(self._made_by, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if what is kept is whole and of this source."""
        with suppress(OSError):
            digest, _, code = (self._folder / bucket.key).read_bytes().partition(b"\n")
            if digest == _digest(code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what the bucket holds. Where that cannot be, it is compiled again the next time, and nobody has lost anything."""
        code = bucket.bytecode_to_string()
        aside = self._folder / f"{bucket.key}~"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(_digest(code) + b"\n" + code)
            os.replace(aside, self._folder / bucket.key)  # noqa: PTH105


def _digest(code: bytes) -> bytes:
    return text.digest(code).encode()
