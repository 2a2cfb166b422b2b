"""Reads archives of many saved pages, and finds and hashes many small files, against the clock and the memory.

    python -m benchmarks.containers        archives of one gigabyte
    python -m benchmarks.containers 5      of five: needs as much room for temporary files

Every figure is a ratio as well: reading a ZIP against the standard library's `zipfile`, finding and hashing against `sha256sum`.
Each archive is read in a process of its own, so that its peak memory is its own. Made archives are deleted.
"""

from __future__ import annotations

import gzip
import io
import random
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.building import timed
from generator import readers
from generator.model import Capture, Origin
from generator.readers import zips
from generator.readers.found import Member, alone

GB = 1024**3
PAGE_BYTES = 30_000
KINDS = 64  # pages that differ; an archive repeats them under other names
FILES = 10_000
TRIES = 3  # of which the fastest counts
READ = "--read"
LIMIT_MB = 300


def main(size: int) -> None:
    """Print the table."""
    small_files()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        needed = size + GB // 4
        if shutil.disk_usage(folder).free < needed:
            sys.exit(f"{folder} has less than {needed} bytes free")
        print(f"{'archive':<12} {'MB':>7} {'pages':>8} {'seconds':>8} {'MB/s':>7} {'peak MB':>8}  against")
        for shown, make in (("pages.zip", zip_of), ("pages.tar", tar_of), ("pages.tar.gz", targz_of)):
            file = folder / shown
            make(file, size)
            reading(file)
            file.unlink()


def reading(file: Path) -> None:
    """Read an archive in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.containers", READ, file], capture_output=True, text=True, check=True
    )
    pages, seconds, peak = (float(word) for word in done.stdout.split())
    size = file.stat().st_size / 2**20
    against = ""
    if file.suffix == ".zip":
        against = f"{timed(lambda: bare_zip(file)) / timed(lambda: own_zip(file)):.2f} times zipfile's speed at unpacking alone"
    note = "" if peak < LIMIT_MB else f"  MORE THAN {LIMIT_MB} MB"
    print(
        f"{file.name:<12} {size:>7.0f} {pages:>8.0f} {seconds:>8.1f} {size / seconds:>7.0f} {peak:>8.0f}  {against}{note}"
    )


def read(file: Path) -> None:
    """Go through an archive's captures, and say how many, how long, and how much memory."""
    count = [0]

    def through() -> None:
        count[0] = sum(isinstance(one, Capture) for one in readers.read(file, file.name, "0" * 64))

    seconds = timed(through)
    # not getrusage: that takes over what the process had that started this one
    peak = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    print(count[0], seconds, int(peak.split()[1]) / 1024)


def small_files() -> None:
    """Finding and hashing many small files."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, body in enumerate(bodies(FILES, 4_000)):
            place = root / f"{number % 100:02}" / f"{number}.html"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(body)
        names = b"\0".join(str(file).encode() for file in sorted(root.rglob("*.html")))
        found = readers.discover([root])[0]
        theirs, finding, hashing = (
            min(timed(work) for _ in range(TRIES))
            for work in (
                lambda: sha256sum(names),
                lambda: readers.discover([root]),
                lambda: [readers.digest(file) for file, _ in found],
            )
        )
        ours = finding + hashing
        print(
            f"{len(found)} small files: found in {finding:.2f} s, hashed in {hashing:.2f} s: "
            f"{theirs / ours:.2f} times the speed of sha256sum, which takes {theirs:.2f} s\n"
        )


def sha256sum(names: bytes) -> None:
    subprocess.run(["xargs", "-0", "sha256sum"], input=names, capture_output=True, check=True)


def zip_of(file: Path, size: int) -> None:
    """A ZIP with ZIP64's records, written by hand: the same compressed pages again and again, under other names."""
    pool = [(body, deflated(body)) for body in bodies(KINDS, PAGE_BYTES)]
    listing: list[bytes] = []
    with file.open("wb") as out:
        at = 0
        while at < size:
            number = len(listing)
            body, packed = pool[number % KINDS]
            crc, name = zlib.crc32(body), f"heap/{number % 1000:03}/story-{number:07}.html".encode()
            out.write(
                struct.pack("<4s5H3L2H", b"PK\3\4", 45, 0, 8, 0, 33, crc, len(packed), len(body), len(name), 0)
                + name
                + packed
            )
            record = (
                b"PK\1\2",
                0x0314,
                45,
                0,
                8,
                0,
                33,
                crc,
                len(packed),
                len(body),
                len(name),
                12,
                0,
                0,
                0,
                0o100644 << 16,
                0xFFFFFFFF,
            )
            listing.append(struct.pack("<4s6H3L5H2L", *record) + name + struct.pack("<2HQ", 1, 8, at))
            at += 30 + len(name) + len(packed)
        count, length = len(listing), sum(map(len, listing))
        out.writelines(listing)
        out.write(struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, length, at))
        out.write(struct.pack("<4sLQL", b"PK\6\7", 0, at + length, 1))
        out.write(struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0))


def tar_of(file: Path, size: int) -> None:
    """A tar of pages as they are."""
    with file.open("wb") as out:
        written(out.write, size)


def targz_of(file: Path, size: int) -> None:
    """A compressed tar: many streams in a row, because to compress it all would take longer than all the rest."""
    block = io.BytesIO()
    written(block.write, 64 * 2**20, closed=False)
    packed = gzip.compress(block.getvalue(), 1)
    with file.open("wb") as out:
        for _ in range(max(size // len(packed), 1)):
            out.write(packed)
        out.write(gzip.compress(bytes(1024)))


def written(write: Callable[[bytes], object], size: int, *, closed: bool = True) -> None:
    pool = list(bodies(KINDS, PAGE_BYTES))
    done = number = 0
    while done < size:
        body = pool[number % KINDS]
        info = tarfile.TarInfo(f"heap/{number % 1000:03}/story-{number:07}.html")
        info.size = len(body)
        done += sum(len(part) for part in (info.tobuf(), body) if write(part + bytes(-len(part) % 512)) is not None)
        number += 1
    if closed:
        write(bytes(1024))


def bodies(count: int, size: int) -> Iterator[bytes]:
    """Pages of so many bytes that depend on nothing but their number."""
    rng = random.Random(count)
    vocabulary = ["".join(rng.choices("abcdefghijklmnoprstuvwy", k=rng.randint(2, 11))) for _ in range(5_000)]
    for number in range(count):
        lines: list[str] = []
        while sum(map(len, lines)) < size:
            lines.append(f'<p class="text">{" ".join(rng.choices(vocabulary, k=60)).capitalize()}.</p>')
        title = f"<title>Story {number}</title>"
        yield "\n".join(["<!doctype html>", "<html><head>", title, "</head><body>", *lines, "</body></html>"]).encode()


def deflated(body: bytes) -> bytes:
    work = zlib.compressobj(6, zlib.DEFLATED, -15)
    return work.compress(body) + work.flush()


def own_zip(file: Path) -> None:
    with file.open("rb") as handle:
        for found in zips.read(handle, Origin(file.name, "0" * 64), alone):
            if isinstance(found, Member):
                found.file.read()


def bare_zip(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            archive.read(info)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == [READ]:
        read(Path(words[1]))
    else:
        main(int(float(words[0] if words else 1) * GB))
