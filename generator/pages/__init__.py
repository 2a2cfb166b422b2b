"""Which pages the site consists of, and what each shows. One module for each kind; never renders, never writes.

`plan(archive)` yields every page with a key that changes exactly when its bytes may. What a page shows is made only
when somebody asks for it, so an unchanged archive costs its keys and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.model import Page
from generator.pages import articles, dates, facets, feeds, fixed, front, known, sealed, sitemap, snapshots, withheld
from generator.pages.archive import Archive, site_values

__all__ = ["PLANS", "Archive", "plan", "sealed", "site_values", "snapshots"]

PLANS: tuple[Callable[[Archive], Iterator[Page]], ...] = (
    articles.plan,
    dates.plan,
    facets.plan,
    feeds.plan,
    fixed.plan,
    front.plan,
    known.plan,
    sitemap.plan,
    withheld.plan,
)


def plan(archive: Archive) -> Iterator[Page]:
    """Every page of the site; each path once."""
    for part in PLANS:
        yield from part(archive)
