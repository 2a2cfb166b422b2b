"""Reads web archives with Backfile's reader and with bare `warcio`, in turns, and one of many gigabytes against the memory.

    python -m benchmarks.warc              archives of 2,000 pages, and one of a gigabyte
    python -m benchmarks.warc 500 5        of 500 pages, and one of five gigabytes: needs as much room for temporary files
    python -m benchmarks.warc 0 5          only the one of five gigabytes

Bare means: every record, and each response's body unpacked, by `warcio` and by FastWARC; nothing is judged, no picture finds
its page, no digest is taken. What a page costs on top is the same in every archive, so the ratio depends on what else is in it:

    browser   a page, eight pictures, six scripts, as a browser loads it, all packed by the server that can be
    pictures  a page and four pictures, as wget mirrors a site without its scripts
    pages     pages and nothing else, as a crawler for texts keeps them

Each figure is the fastest of several turns. The big archive is read in a process of its own, and deleted.
"""

from __future__ import annotations

import gzip
import random
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from benchmarks.articles import WORDS
from benchmarks.building import timed
from generator.model import Capture, Origin
from generator.readers import warc
from generator.readers.found import alone

GB = 1024**3
TURNS = 5
KINDS = 40  # pictures and scripts that differ
READ = "--read"
LIMIT_MB = 300
WANTED = 0.8

Answer = tuple[str, str, bytes, bool]  # address, media type, body, whether the server packs it


def main(pages: int, size: int) -> None:
    """Print the tables."""
    print(
        f"{'archive':<20} {'MB':>6} {'pages':>6} {'ours s':>7} {'warcio s':>8} {'fastwarc s':>10}  times warcio's speed"
    )
    with tempfile.TemporaryDirectory() as name:
        for shown, loads in (("browser", browser), ("pictures", pictures), ("pages", bare_pages)) if pages else ():
            for ending in (".warc.gz", ".warc"):
                file = Path(name, f"{shown}{ending}")
                with file.open("wb") as out:
                    out.writelines(records(loads(pages), member if ending.endswith("gz") else bytes))
                speed(file)
                file.unlink()
        big = Path(name, "big.warc.gz")
        with big.open("wb") as out:
            out.writelines(until(size, records(pictures(1 << 40), lambda data: member(data, 0))))
        memory(big)


def speed(file: Path) -> None:
    """Read a file with each reader in turns."""
    works = (lambda: ours(file), lambda: bare_warcio(file), lambda: bare_fastwarc(file))
    turns = [[timed(work) for work in works] for _ in range(TURNS)]
    mine, theirs, fast = (min(column) for column in zip(*turns, strict=True))
    ratio = theirs / mine
    note = "" if ratio >= WANTED else f"  less than {WANTED}"
    print(
        f"{file.name:<20} {file.stat().st_size / 2**20:>6.0f} {ours(file):>6} {mine:>7.2f} {theirs:>8.2f} {fast:>10.2f}  {ratio:.2f}{note}"
    )


def memory(file: Path) -> None:
    """Read a file in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.warc", READ, str(file)]
    pages, seconds, peak = map(
        float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    )
    size = file.stat().st_size / GB
    note = "" if peak < LIMIT_MB else f", MORE THAN {LIMIT_MB} MB"
    print(f"\n{size:.1f} GB, {pages:.0f} pages: {seconds:.0f} s, peak memory {peak:.0f} MB{note}")


def read(file: Path) -> None:
    """Go through a file, and say how many pages, how long, and how much memory."""
    count = [0]
    seconds = timed(lambda: count.append(ours(file)))
    peak = next(line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM"))
    print(count[-1], seconds, int(peak.split()[1]) / 1024)


def ours(file: Path) -> int:
    with file.open("rb") as handle:
        return sum(isinstance(one, Capture) for one in warc.read(handle, Origin(file.name, "0" * 64), alone))


def bare_warcio(file: Path) -> None:
    with file.open("rb") as handle:
        for record in ArchiveIterator(handle):
            if record.rec_type == "response":
                record.content_stream().read()


def bare_fastwarc(file: Path) -> None:
    for record in FastIterator(str(file), record_types=WarcRecordType.response, auto_decode="all"):
        record.reader.read()


# ---- what is read ---------------------------------------------------------------------------------------------------


def browser(pages: int) -> Iterator[Answer]:
    return answers(pages, images=8, scripts=6)


def pictures(pages: int) -> Iterator[Answer]:
    return answers(pages, images=4, scripts=0)


def bare_pages(pages: int) -> Iterator[Answer]:
    return answers(pages, images=0, scripts=0)


def answers(pages: int, images: int, scripts: int) -> Iterator[Answer]:
    """What servers answered, depending on nothing but the numbers."""
    rng = random.Random(pages)
    photos = [b"\xff\xd8\xff\xe0" + rng.randbytes(rng.randint(30_000, 160_000)) for _ in range(KINDS)]
    codes = [script(rng).encode() for _ in range(KINDS)]
    for number in range(pages):
        host = "https://www.ledger.example"
        names = [f"/photos/{number}-{photo}.jpg" for photo in range(images)]
        yield f"{host}/story/{number}.html", "text/html; charset=utf-8", page(rng, number, names), scripts > 0
        for place in range(scripts):
            yield f"{host}/js/{number}-{place}.js", "application/javascript", rng.choice(codes), True
        for name in names:
            yield f"{host}{name}", "image/jpeg", rng.choice(photos), False


def page(rng: random.Random, number: int, names: list[str]) -> bytes:
    """A page of some thirty kilobytes: a hundred links, forty paragraphs, its pictures."""
    links = (
        f'<li class="menu-item menu-item-{place}"><a href="/story/{rng.randint(1, 9_999)}.html">{" ".join(rng.choices(WORDS, k=5))}</a></li>'
        for place in range(100)
    )
    paragraphs = (f"<p>{' '.join(rng.choices(WORDS, k=60)).capitalize()}.</p>" for _ in range(40))
    shown = (f'<img src="{name}" alt="">' for name in names)
    return "\n".join(
        (
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Story {number}</title></head><body><ul>',
            *links,
            f"</ul><article><h1>Story {number}</h1>",
            *shown,
            *paragraphs,
            "</article></body></html>",
        )
    ).encode()


def script(rng: random.Random) -> str:
    return "\n".join(
        f"function {rng.choice(WORDS)}{number}(one) {{ return one + {rng.random()}; }}" for number in range(800)
    )


def records(loaded: Iterator[Answer], wrap: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """A WARC, record by record: each answer, and the request that it answers."""
    for number, (url, media_type, body, coded) in enumerate(loaded):
        coding = "Content-Encoding: gzip\r\n" if coded else ""
        raw = gzip.compress(body, 6) if coded else body
        head = f"HTTP/1.1 200 OK\r\nServer: quay\r\nDate: Tue, 05 Mar 2024 09:30:00 GMT\r\nContent-Type: {media_type}\r\n{coding}Content-Length: {len(raw)}\r\nCache-Control: max-age=60\r\n\r\n"
        asked = f"GET {url[26:]} HTTP/1.1\r\nHost: www.ledger.example\r\nUser-Agent: quay/1.0\r\nAccept: */*\r\n\r\n"
        yield wrap(record("response", url, number * 2, head.encode() + raw))
        yield wrap(record("request", url, number * 2 + 1, asked.encode()))


def record(kind: str, url: str, number: int, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T09:30:00Z\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return b"%b%b\r\n\r\n" % (head.encode(), block)


def member(data: bytes, level: int = 1) -> bytes:
    """A gzip member, packed fast: what is packed already gains nothing by care."""
    work = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = work.compress(data) + work.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff%b%b" % (packed, struct.pack("<2L", zlib.crc32(data), len(data)))


def until(size: int, made: Iterator[bytes]) -> Iterator[bytes]:
    done = 0
    for one in made:
        if done > size:
            return
        done += len(one)
        yield one


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == [READ]:
        read(Path(words[1]))
    else:
        main(int(words[0] if words else 2_000), int(float(words[1] if words[1:] else 1) * GB))
