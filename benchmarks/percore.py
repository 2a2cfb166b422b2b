"""What a page costs one core at each step from a saved page to a built one: processor time, in this process alone.

    python -m benchmarks.percore [FOLDER]      over the pages in FOLDER, or the sample's

docs/scale.md reckons with these figures.
"""

from __future__ import annotations

import pickle
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.building import folder, set_up
from benchmarks.journey import flat
from generator import config, content, intake, pipeline, readers
from generator.catalogue import Catalogue
from generator.cataloguing import catch_up
from generator.extract import extract
from generator.model import Capture
from generator.workers import Cluster, mapper

SAMPLE = Path(__file__).resolve().parent.parent / "content" / "saved"


def main(pages: Path) -> None:
    """Print the table."""
    with folder() as root:
        figures = measured(pages, root)
    for name, value in figures.items():
        print(f"{name:<58} {value:>10,.2f}")


def measured(pages: Path, root: Path) -> dict[str, float]:
    """Milliseconds a page, and bytes."""
    heap = root / "heap"
    count = flat(pages, heap)
    extract(
        Capture(
            b"<p>imports and caches are nobody's time</p>", readers.captures(next(heap.iterdir()), "x")[0][0].origin
        )
    )
    found: dict[str, float] = {"pages": count, "bytes a page, as saved": _bytes(heap) / count}
    sources = [intake.source(file, file.name) for file in sorted(heap.iterdir())]
    kept: list[Any] = []
    found["ms: opening a page"] = _spent(
        lambda: kept.extend(readers.captures(one.file, one.name)[0] for one in sources), count
    )
    found["ms: opening a page in a WARC"] = _warc(root / "pages.warc.gz", [one for each in kept for one in each])
    read: list[intake.Reading] = []
    found["ms: making an article of it"] = _spent(lambda: read.extend(intake.readings(sources, mapper(0))), count)
    found["ms: making an article of it"] -= found["ms: opening a page"]
    sent = [pickle.dumps(one) for each in kept for one in each]
    found["ms: packing it for another machine, and what comes back"] = _spent(
        lambda: [pickle.loads(pickle.dumps(one)) for one in read], count
    ) + _spent(lambda: [pickle.loads(one) for one in sent], count)
    found["ms: sending it by way of Dask, and its scheduler's part"] = _sent(
        [one for each in kept for one in each] * (1 + 500 // count)
    )
    found |= _archive(root / "archive", sources, read)
    return found


def _sent(captures: list[Capture]) -> float:
    """What a cluster costs the process that asks it, and the scheduler, which runs beside it here: nothing is made of the pages."""
    from distributed import LocalCluster  # noqa: PLC0415 - imports are nobody's time

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address="127.0.0.1:0", silence_logs=50) as held:
        many = mapper(Cluster(held.scheduler_address))
        return _spent(lambda: list(many(_back, captures, lost=_lost)), len(captures))


def _back(capture: Capture) -> Capture:
    return capture


def _lost(capture: Capture, why: str) -> Capture:  # noqa: ARG001
    raise SystemExit(why)


def _archive(root: Path, sources: list[intake.Source], read: list[intake.Reading]) -> dict[str, float]:
    set_up(root)
    settings = config.load(root)
    found: dict[str, float] = {}

    def done(function: Callable[[Any], Any], items: Iterable[Any], /, lost: Callable[[Any, str], Any]) -> Iterator[Any]:  # noqa: ARG001
        return iter(read)

    def land() -> None:
        with Catalogue(settings.cache) as catalogue:
            border, _ = catch_up(settings, catalogue, None, mapper(0))
            for landing in intake.take_in(border, catalogue, sources, done):
                if landing.file:
                    catalogue.commit()
            catalogue.settle()

    found["ms: landing it (the one writer)"] = _spent(land, len(sources))
    files = sum(one.is_file() for one in settings.content.rglob("*"))
    found["ms: the record, a file"] = _spent(lambda: content.record(settings.content), files)
    found["ms: the record again, a file that it knows"] = _spent(lambda: content.record(settings.content), files)
    articles = sum(1 for _ in (settings.content / "articles").rglob("*.md"))
    build = lambda: pipeline.build(settings, None, 0, pipeline.Quiet())  # noqa: E731
    found["articles"] = articles
    found["ms: building, an article"] = _spent(build, articles)
    found["ms: building again, an article"] = _spent(build, articles)
    found["bytes an article, in content/articles"] = _bytes(settings.content / "articles") / articles
    found["bytes an article, in site/"] = _bytes(settings.site) / articles
    return found


def _warc(file: Path, captures: list[Capture]) -> float:
    with file.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        for number, one in enumerate(captures):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    f"https://news.example/{number}", "response", payload=BytesIO(one.body), http_headers=head
                )
            )
    return _spent(lambda: sum(1 for _ in readers.read(file, file.name)), len(captures))


def _spent(work: Callable[[], object], count: int) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000 / count


def _bytes(root: Path) -> int:
    return sum(file.stat().st_size for file in root.rglob("*") if file.is_file())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
