"""What it takes to fill an article's page: template and text together, from values that are there. Time of the process, the best of a few rounds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from benchmarks.reading.gauge import Found, Place
from generator import config, pages, pipeline
from generator.catalogue import Catalogue

MOST = 0.4  # ms for the median article page
ROUNDS = 9


def measure(places: Sequence[Place], found: Found) -> None:
    """Every article page of the first site, which has to lie in its archive."""
    settings = config.load(places[0].site.parent)
    with Catalogue(settings.cache) as catalogue:
        archive, _, _ = pipeline.ready(settings, catalogue, 0, pipeline.Quiet(), None)
        every = [page for _, planned in pages.plan(archive) for page in planned if page.template == "article.html"]
        values = [page.make(archive.shelf) for page in every]
    took = [
        min(_spent(archive.theme.render, page.path, page.template, given) for _ in range(ROUNDS))
        for page, given in zip(every, values, strict=True)
    ]
    by_path = {page.path: one for page, one in zip(every, took, strict=True)}
    for place in places:
        if place.site == places[0].site and place.path in by_path:
            found.tell(place, "ms to fill", f"{by_path[place.path]:.2f}")
    median = statistics.median(took)
    if median > MOST:
        found.miss(
            "filling", f"{places[0].language} articles", f"the median of {len(took)} pages takes {median:.2f} ms"
        )


def _spent(render: Callable[..., bytes], *given: object) -> float:
    begun = time.process_time()
    render(*given)
    return (time.process_time() - begun) * 1000
