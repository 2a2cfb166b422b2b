"""Feeds one reader, or `extract`, with hostile bytes for so many seconds, guided by the code reached; stops at the first crash.

    pip install atheris
    python -m benchmarks.fuzz warc 3600 tests/readers/data
    python -m benchmarks.fuzz wacz 3600        the members of a WACZ, each ending in a line `%%`
    python -m benchmarks.fuzz extract 3600 content/saved

The folders named after the seconds hold files to begin with. A crash is a file `crash-*` in the folder that the command
runs in, and so is what takes longer than ten seconds or more than a gigabyte: keep what is in it as a test.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import atheris

MAX_LENGTH = 20_000  # bytes of one input
SECONDS = 10.0  # of work that one input may cost
INSTRUMENTED = ["generator.readers", "email", "zipfile", "tarfile", "plistlib", "warcio", "pypdf"]
WACZ_MEMBERS = ("pages/pages.jsonl", "datapackage.json", "archive/data.warc", "pages/extraPages.jsonl")
OPTIONS = ("-timeout=120", "-rss_limit_mb=1000")  # by the clock, for machines are shared


def main(name: str, seconds: str, *seeds: str) -> None:
    """Fuzz `generator.extract` or `generator.readers.<name>`."""
    one = {"extract": extracting, "wacz": packing}.get(name, lambda: reading(name))()
    with tempfile.TemporaryDirectory() as corpus:
        for number, file in enumerate(
            file for seed in seeds for file in sorted(Path(seed).rglob("*")) if file.is_file()
        ):
            Path(corpus, f"{number}").write_bytes(file.read_bytes()[:MAX_LENGTH])
        options = [f"-max_total_time={seconds}", f"-max_len={MAX_LENGTH}", *OPTIONS]
        atheris.Setup([sys.argv[0], *options, corpus], in_time(one))
        atheris.Fuzz()


def in_time(one: Callable[[bytes], None]) -> Callable[[bytes], None]:
    def timed(data: bytes) -> None:
        begun = time.process_time()
        one(data)
        if time.process_time() - begun > SECONDS:
            raise TimeoutError(f"more than {SECONDS:g} seconds")

    return timed


def reading(name: str) -> Callable[[bytes], None]:
    with atheris.instrument_imports(include=INSTRUMENTED):
        reader = import_module(f"generator.readers.{name}")
        model, found = import_module("generator.model"), import_module("generator.readers.found")

    def one(data: bytes) -> None:
        reader.accepts(data[:4096], "fuzz" + min(reader.SUFFIXES, default=""))
        for thing in reader.read(io.BytesIO(data), model.Origin("fuzz", "0" * 64), found.alone):
            if isinstance(thing, found.Member):
                thing.file.read(1 << 20)

    return one


def packing() -> Callable[[bytes], None]:
    """WACZs whole as ZIPs, with anything for members: no mutation of a ZIP's bytes gets so far."""
    with atheris.instrument_imports(include=INSTRUMENTED):
        zips, warc = import_module("generator.readers.zips"), import_module("generator.readers.warc")
        model, found = import_module("generator.model"), import_module("generator.readers.found")

    def one(data: bytes) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, member in zip(WACZ_MEMBERS, data.split(b"\n%%\n"), strict=False):
                archive.writestr(name, member)
        origin = model.Origin("fuzz.wacz", "0" * 64)
        for thing in zips.read(packed, origin, found.alone):
            for inner in warc.read(thing.file, origin, found.alone) if isinstance(thing, found.Member) else ():
                if isinstance(inner, model.Capture):
                    thing.about(inner)

    return one


def extracting() -> Callable[[bytes], None]:
    with atheris.instrument_imports(include=["generator"]):
        extract, model = import_module("generator.extract"), import_module("generator.model")

    def one(data: bytes) -> None:
        kind = "text/plain" if data[:1] == b"=" else "text/html"  # one seed in some is a plain-text copy
        found = extract.extract(model.Capture(data, model.Origin("fuzz", "0" * 64), media_type=kind))
        for finding in found.findings:
            if finding.code in ("extract-failed", "reading-stopped"):
                raise RuntimeError(finding.text)

    return one


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
