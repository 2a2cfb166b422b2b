"""Reads a synthetic WARC through the reader and with bare warcio, in turn and in one run.

    python -m benchmarks.warc           2,000 pages with a picture each
    python -m benchmarks.warc 20000

Bare warcio reads each response's unpacked content and does nothing with it. The ratio is the reader's pages per second of
processor time over warcio's; the peak of memory is that of the whole process.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from generator.model import Capture, Origin
from generator.readers import warc
from generator.readers.found import alone

ROUNDS = 3
WORDS = "harbour ferry pier tide council engineers winter market quay storm boats evening bridge".split()  # noqa: SIM905


def write(file: Path, pages: int) -> None:
    """A WARC of so many pages of some 30 kB, each followed by its picture."""
    chance = random.Random(7)
    picture = b"\xff\xd8\xff" + chance.randbytes(20_000)
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number in range(pages):
            text = "".join(f"<p>{' '.join(chance.choices(WORDS, k=60))}</p>" for _ in range(70))
            page = f"<html><head><title>Story {number}</title></head><body><h1>Story {number}</h1><img src='/{number}.jpg'>{text}</body></html>"
            for path, kind, body in (
                (f"{number}.html", "text/html", page.encode()),
                (f"{number}.jpg", "image/jpeg", picture),
            ):
                http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
                stated = {"WARC-Date": "2024-05-06T07:08:09Z"}
                url = f"https://www.ledger.example/{path}"
                writer.write_record(
                    writer.create_warc_record(
                        url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=stated
                    )
                )


def bare(file: Path) -> int:
    """The responses that warcio reads."""
    with file.open("rb") as handle:
        return sum(bool(one.content_stream().read()) for one in ArchiveIterator(handle) if one.rec_type == "response")


def ours(file: Path) -> int:
    """The pages that the reader gives."""
    with file.open("rb") as handle:
        return sum(isinstance(one, Capture) for one in warc.read(handle, Origin(file.name, "0" * 64), alone))


def main(pages: int) -> None:
    """Print each round, and the best ratio's middle."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "crawl.warc.gz")
        write(file, pages)
        print(f"{pages} pages with a picture each, {file.stat().st_size / 1e6:.0f} MB")
        ratios = []
        for number in range(1, ROUNDS + 1):
            (theirs, records), (taken, found) = _timed(bare, file), _timed(ours, file)
            ratios.append(theirs / taken)
            print(
                f"round {number}: warcio {theirs:.2f} s for {records} records, the reader {taken:.2f} s for {found} pages: {ratios[-1]:.2f}"
            )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"speed of bare warcio: {sorted(ratios)[len(ratios) // 2]:.2f} times; peak {peak:.0f} MB")


def _timed(function: Callable[[Path], int], file: Path) -> tuple[float, int]:
    start = time.process_time()
    result = function(file)
    return time.process_time() - start, result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
