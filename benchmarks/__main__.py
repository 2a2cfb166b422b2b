"""Builds synthetic archives of the sizes given (1000 by default), and reads the sample pages, against the clock.

    python -m benchmarks            1,000 articles
    python -m benchmarks 1000 10000

Every figure is a ratio as well: building against writing the same bytes without thinking, reading against Trafilatura's
own reading of the same pages, in the same run. Machines differ and are shared; ratios travel better than seconds.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator import config, content, pipeline, readers
from generator.extract import extract
from generator.model import Article, Held, Moment

SAMPLE = Path(__file__).resolve().parent.parent / "content" / "saved"
WORDS = [
    "harbour",
    "ferry",
    "pier",
    "tide",
    "council",
    "engineers",
    "winter",
    "market",
    "quay",
    "storm",
    "boats",
    "evening",
    "bridge",
    "library",
    "school",
    "gannet",
    "lantern",
    "keeper",
    "river",
    "flood",
    "wall",
    "night",
    "friday",
    "crossing",
    "captain",
    "trial",
    "timetable",
    "ramp",
    "bicycles",
    "shops",
    "owners",
]
SECTIONS = ("Harbour", "City", "Weather", "Culture", "Schools", "Letters")
DAYS = 3650


def main(sizes: list[int]) -> None:
    """Print the table."""
    reading()
    print(f"{'articles':>9} {'work':<22} {'seconds':>8} {'files':>7} {'written':>8}  against")
    for size in sizes:
        building(size)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def reading() -> None:
    """Pages a second over the sample, and how that compares with Trafilatura alone."""
    import trafilatura  # noqa: PLC0415 - only this benchmark needs it

    found = [one for file, name in readers.discover([SAMPLE])[0] for one in readers.captures(file, name)[0]]
    pages = [one for one in found if one.media_type == "text/html"] * 4
    for page in pages[:5]:  # imports and caches are nobody's speed
        extract(page)
        trafilatura.bare_extraction(page.body)
    ours = timed(lambda: [extract(page) for page in pages])
    theirs = timed(lambda: [trafilatura.bare_extraction(page.body, with_metadata=True) for page in pages])
    print(
        f"reading: {len(pages) / ours:.1f} pages/s with all fields, {theirs / ours:.2f} times Trafilatura's {len(pages) / theirs:.1f}\n"
    )


def building(size: int) -> None:
    """A clean build, an unchanged one, and one with an article more."""
    with folder() as root:
        (root / "archive.toml").write_text('title = "Benchmark"\nlanguage = "en"\nurl = "https://bench.example/"\n')
        settings = config.load(root)
        rng = random.Random(size)
        for number in range(size):
            content.put(settings.content, article(rng, number), never)
        clean = step(settings, size, "clean build")
        data = [file.read_bytes() for file in settings.site.rglob("*") if file.is_file()]
        with folder() as other:
            bare = timed(lambda: [(other / str(number)).write_bytes(one) for number, one in enumerate(data)])
        print(f"{'':>9} {'the same bytes, bare':<22} {bare:>8.2f} {len(data):>7} {'':>8}  {clean / bare:.1f} times")
        step(settings, size, "unchanged")
        content.put(settings.content, article(rng, size), never)
        step(settings, size, "one article more")


def step(settings: config.Settings, size: int, name: str) -> float:
    reports: list[pipeline.Report] = []
    seconds = timed(lambda: reports.append(pipeline.build(settings, None, None, pipeline.Quiet())))
    done = reports[0].published
    assert done is not None
    print(f"{size:>9} {name:<22} {seconds:>8.2f} {done.pages:>7} {done.written:>8}")
    return seconds


def article(rng: random.Random, number: int) -> Article:
    """An article of six hundred words that depends on nothing but the seed and its number."""
    day = Moment.parse(
        f"{2015 + number % 10}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}T{rng.randint(0, 23):02}:00:00+00:00"
    )
    paragraphs = [" ".join(rng.choices(WORDS, k=60)).capitalize() + "." for _ in range(10)]
    body = "\n\n".join([*paragraphs[:4], "## " + " ".join(rng.choices(WORDS, k=4)), *paragraphs[4:]])
    return Article(
        id=f"{number:016x}",
        headline=" ".join(rng.choices(WORDS, k=7)).capitalize() + f" {number}",
        body=body,
        byline=(f"Writer {rng.randint(1, 300)}",),
        publisher=f"Paper {rng.randint(1, 50)}",
        published=day,
        section=rng.choice(SECTIONS),
        tags=tuple(sorted({f"{rng.choice(WORDS)} {rng.choice(WORDS)}" for _ in range(4)})),
        language="en",
        url=f"https://bench.example/story/{number}",
        captures=(Held(f"saved/{number}.html", f"{number:064x}"),),
    )


def never(permalink: str) -> bool:  # noqa: ARG001 - every headline here is unlike every other
    return False


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000])
