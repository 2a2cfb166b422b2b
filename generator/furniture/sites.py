"""Sites and their addresses: what names an outlet, and which addresses belong to one site. Fetches nothing."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from generator import text

MAX_URL = 2_000


@lru_cache(maxsize=2_048)  # the links of one page are met by several passes
def host(url: str | None) -> str | None:
    """The host of a web address without `www.`, or None."""
    if not url or len(url) > MAX_URL:
        return None
    try:
        parts = urlsplit(url.strip())
        name = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    return name.removeprefix("www.") or None if parts.scheme in ("http", "https") else None


def key(url: str | None, name: str | None) -> str | None:
    """What names the outlet for good: its host, else the slug of its name."""
    return host(url) or (text.slug(name) if name else None)


def root(url: str | None) -> str | None:
    """The address of the outlet's first page."""
    if url is None or host(url) is None:
        return None
    parts = urlsplit(url.strip())
    return f"{parts.scheme}://{parts.netloc}/"


def same(one: str | None, two: str | None) -> bool:
    """Whether two addresses stand on one site: the same host, or one below the other, or both below one name of three parts."""
    first, second = host(one) or "", host(two) or ""
    if not first or not second:
        return False
    return (
        first == second
        or first.endswith("." + second)
        or second.endswith("." + first)
        or _above(first) == _above(second) != ""
    )


def _above(name: str) -> str:
    above = name.partition(".")[2]
    return above if above.count(".") >= 1 and len(above.split(".")[0]) > 3 else ""
