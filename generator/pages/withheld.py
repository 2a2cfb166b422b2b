"""What stands at the address of an article that is withheld: that it is, why, since when and until when; no word of it.

No list, feed or sitemap leads here: only whoever has the address already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator.model import Moment, Page
from generator.pages.archive import Archive, Shelf, Values, article_path

TEMPLATE = "withheld.html"


def permalinks(archive: Archive) -> tuple[str, ...]:
    """The addresses of the articles that are withheld, and of those that were removed."""
    found = {notice["permalink"] for notice in archive.lists.withheld() if notice}
    return tuple(sorted(found | {notice.permalink for notice in archive.border.removed()}))


def page(archive: Archive, permalink: str) -> Iterator[Page]:
    """The page in the place of the article, where there is to be one."""
    removed = (one.told for one in archive.border.removed() if one.permalink == permalink)
    notice = archive.lists.notice(permalink) or next(removed, None)
    if notice:
        key = archive.key(TEMPLATE, *notice.values())
        yield Page(article_path(permalink), TEMPLATE, key, partial(_told, notice))


def _told(notice: Mapping[str, str], shelf: Shelf) -> Values:  # noqa: ARG001 - the form of every page's `make`
    return {
        "title": None,
        "reason": notice["reason"],
        "since": Moment.parse(notice["since"]) if notice["since"] else None,
        "until": Moment.parse(notice["until"]) if notice["until"] else None,
    }
