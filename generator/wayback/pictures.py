"""The pictures that a page names, by their absolute addresses. Knows addresses only: what a picture shows is `body`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag

from generator.document import Document, web_address

MAX_PICTURES = 40  # of one page
SMALL = 40  # pixels either way: a mark, not a picture

_SOURCES = ("data-original", "data-lazy-src", "data-src", "src")
_SETS = ("data-srcset", "srcset")
_NO_PICTURE = re.compile(r"\.(?:svg|ico|js|css|html?|php)$", re.IGNORECASE)


def named(page: Document, url: str) -> tuple[str, ...]:
    """The addresses of the pictures that the page names, in its order, each once."""
    if page.tree is None:
        return ()
    base = next((one.get("href") for one in page.tree.iter("base") if one.get("href")), None)
    start = web_address(base, url) or url
    found = (address for name in _names(page) if (address := web_address(name, start)))
    whole = (urldefrag(address)[0] for address in found)
    return tuple(dict.fromkeys(one for one in whole if not _NO_PICTURE.search(one.partition("?")[0])))[:MAX_PICTURES]


def _names(page: Document) -> Iterator[str]:
    yield from page.meta.get("og:image", ())[:1]
    for one in page.tree.iter("img", "amp-img", "source"):
        if _is_small(one):
            continue
        names = [
            one.get(name)
            for name in _SOURCES
            if (one.get(name) or "").strip() and not one.get(name).startswith("data:")
        ]
        sets = [largest for name in _SETS if (largest := _largest(one.get(name) or ""))]
        yield from names or sets[:1]


def _largest(sources: str) -> str:
    """The address in a `srcset` that promises most pixels."""
    best, most = "", -1.0
    for part in sources.split(", ")[:50]:
        address, _, size = part.strip().partition(" ")
        digits = size.strip()[:-1]
        pixels = float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
        if address and not address.startswith("data:") and pixels > most:
            best, most = address, pixels
    return best


def _is_small(one: Any) -> bool:
    return any((one.get(side) or "").isdecimal() and int(one.get(side)[:6]) <= SMALL for side in ("width", "height"))
