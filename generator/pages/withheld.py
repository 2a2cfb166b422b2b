"""What stands at the address of an article that is withheld: that it is, why, since when and until when; no word of it.

No list, feed or sitemap leads here: only whoever has the address already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Moment, Page
from generator.pages.archive import Archive, Values, article_path

TEMPLATE = "withheld.html"


def plan(archive: Archive) -> Iterator[Page]:
    """A page for each article that is withheld, and for each that was removed."""
    found = {notice.permalink: notice.told for notice in archive.border.removed()}
    found |= {notice["permalink"]: notice for _, notice in archive.catalogue.withheld() if notice}
    for permalink, notice in sorted(found.items()):
        if notice:
            yield _page(archive, article_path(permalink), notice)


def _page(archive: Archive, path: str, notice: Mapping[str, str]) -> Page:
    def make() -> Values:
        return {
            "title": None,
            "reason": notice["reason"],
            "since": Moment.parse(notice["since"]) if notice["since"] else None,
            "until": Moment.parse(notice["until"]) if notice["until"] else None,
        }

    return Page(path, TEMPLATE, archive.key(TEMPLATE, *notice.values()), make)
