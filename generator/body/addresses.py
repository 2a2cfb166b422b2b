"""Addresses in a page: made absolute, and only those of the web and of mail. Never fetches anything."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from generator import text

MAX_URL = 2_000
_MAIL = 200


@lru_cache(maxsize=2_048)  # the links of one page are met by several passes
def web(href: str | None, base: str | None) -> str | None:
    """The absolute http, https or mailto address, or None for everything else."""
    flat = "".join((href or "").split())
    if not flat or len(flat) > MAX_URL or flat.startswith("#"):
        return None
    try:
        whole = text.absolute(flat, base or "")
        parts = urlsplit(whole)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme == "mailto":
        return whole if "@" in parts.path and len(whole) <= _MAIL else None
    return whole if parts.scheme in ("http", "https") and host and whole.isprintable() else None
