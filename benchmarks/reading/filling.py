"""What it takes to fill an article's page, from values that are there: the template, and its text from Markdown to markup by itself.

Time of the process, the best of a few rounds. The target is the template's: a text costs what it is long.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

from benchmarks.reading.gauge import Found, Place
from generator import config, pages, pipeline, theme
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
    whole = [
        _least(archive.theme.render, page.path, page.template, one) for page, one in zip(every, values, strict=True)
    ]
    texts = [_least(theme.html, one["body"], pictures=one["pictures"]) for one in values]
    rows = {page.path: row for page, *row in zip(every, whole, texts, strict=True)}
    for place in places:
        if place.site == places[0].site and place.path in rows:
            both, text = rows[place.path]
            found.tell(place, "ms to fill", f"{both - text:.2f}")
            found.tell(place, "ms for its text", f"{text:.2f}")
    median = statistics.median(both - text for both, text in zip(whole, texts, strict=True))
    if median > MOST:
        found.miss(
            "filling", f"{places[0].language} articles", f"the median of {len(every)} pages takes {median:.2f} ms"
        )


def _least(work: Callable[..., object], *given: object, **named: object) -> float:
    return min(_spent(work, *given, **named) for _ in range(ROUNDS))


def _spent(work: Callable[..., object], *given: object, **named: object) -> float:
    begun = time.process_time()
    work(*given, **named)
    return (time.process_time() - begun) * 1000
