"""The last resort: Trafilatura's reading of the page, asked only for what nothing else on the page says.

Its claims are the weakest of all and stand beside no other. Works on a copy of the tree; reads no clock.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator

from generator.document import Document
from generator.fields import moments, names, titles
from generator.model import Claim

STRENGTH = 0.3
MOST = 3_000  # elements of a page that is still searched
LATEST_DAY = "2199-12-31"  # where the page states no moment of saving
_WANTED = frozenset({"headline", "published"})


def claims(document: Document, missing: Collection[str]) -> Iterator[Claim]:
    """Statements of the fields that are missing, where the page is of a size to be searched."""
    if document.tree is None or not (_WANTED & set(missing)) or sum(map(len, document.marked.values())) > MOST:
        return
    from trafilatura.metadata import extract_metadata  # noqa: PLC0415 - costs a fifth of a second

    captured = document.capture.captured
    latest = captured.day if captured else LATEST_DAY
    found = extract_metadata(
        copy.deepcopy(document.tree),
        default_url=document.url,
        date_config={"extensive_search": False, "original_date": True, "max_date": latest, "min_date": "1995-01-02"},
    )
    if "headline" in missing and found.title and not titles.same_site(found.title, document, ()):
        yield Claim("headline", (found.title,), "trafilatura:title", STRENGTH)
    moment = (
        moments.parse(found.date)
        if "published" in missing and found.date and not _doubtful(document, found.date)
        else None
    )
    if moment:
        yield Claim("published", (str(moment),), "trafilatura:date", STRENGTH)
    people = names.split(found.author, titles.site_names(document)) if "byline" in missing and found.author else ()
    if people:
        yield Claim("byline", people, "trafilatura:author", STRENGTH)


def _doubtful(document: Document, day: str) -> bool:
    """Whether a day is what is left of a month or a year, or was made of a stated date that cannot be meant."""
    stated = document.first("article:published_time", "datepublished", "date", "pubdate", "dc.date")
    return day.endswith("-01") or bool(stated) or any(one.get("datePublished") for one in document.data)
