"""Feeds one reader with hostile bytes for so many seconds, guided by the code that they reach; stops at the first crash.

    pip install atheris
    python -m benchmarks.fuzz warc 3600 tests/readers/data

The folders named after the seconds hold files to begin with. A crash is a file `crash-*` in the folder that the command
runs in: keep what is in it as a test of that reader.
"""

from __future__ import annotations

import io
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import atheris

MAX_LENGTH = 20_000  # bytes of one input


def main(name: str, seconds: str, *seeds: str) -> None:
    """Fuzz `generator.readers.<name>`."""
    with atheris.instrument_imports(include=["generator.readers", "email", "zipfile", "tarfile", "plistlib", "warcio"]):
        reader = import_module(f"generator.readers.{name}")
        model, found = import_module("generator.model"), import_module("generator.readers.found")

    def one(data: bytes) -> None:
        reader.accepts(data[:4096], "fuzz" + min(reader.SUFFIXES, default=""))
        for thing in reader.read(io.BytesIO(data), model.Origin("fuzz", "0" * 64), found.alone):
            if isinstance(thing, found.Member):
                thing.file.read(1 << 20)

    with tempfile.TemporaryDirectory() as corpus:
        for number, file in enumerate(
            file for seed in seeds for file in sorted(Path(seed).rglob("*")) if file.is_file()
        ):
            Path(corpus, f"{number}").write_bytes(file.read_bytes()[:MAX_LENGTH])
        options = [f"-max_total_time={seconds}", f"-max_len={MAX_LENGTH}", "-timeout=20", "-rss_limit_mb=2000"]
        atheris.Setup([sys.argv[0], *options, corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
