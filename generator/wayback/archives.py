"""Where a web archive answers: the addresses of its index and of its mementos, and what its own addresses mean.

Knows the Internet Archive's layout and that of pywb (arquivo.pt, the UK Web Archive and others). Opens nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from generator.errors import UsageError

DEFAULT = "https://web.archive.org/cdx/search/cdx"
RAW = "id_"  # a memento as it was captured, nothing in it rewritten
PICTURE = "im_"
MAX_URL = 4_000

_SAFE = "%/:?=&;,+$!*'()@~-._[]"  # of an address that stands inside another; a # would end it
_INDEXES = ("/cdx/search/cdx", "/cdx/search/xd", "/web/timemap/cdx")  # the Internet Archive's
_SCHEME = re.compile(r"https?:/", re.IGNORECASE)
_PORT = re.compile(r"^(http://[^/:]{1,300}):80(?=[/?#]|$)|^(https://[^/:]{1,300}):443(?=[/?#]|$)", re.IGNORECASE)
# what crawlers took for addresses: http://mailto:me@news.example/, http://data:image/gif;base64,...
_ODD = re.compile(r"https?://(?:[<@]|mailto:|data:|javascript:|[^/]{0,300}@)", re.IGNORECASE)
_MEMENTO = re.compile(r"(\d{4,14})(?:[a-z]{2}_)?/(.{1,8000})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Archive:
    """One web archive: `index` answers CDX queries, the addresses of mementos begin with `replay`."""

    index: str
    replay: str

    @property
    def root(self) -> str:
        """Scheme, host and port: nothing else is ever asked."""
        parts = urlsplit(self.index)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        return urlsplit(self.index).hostname or ""

    @property
    def marks(self) -> bool:
        """Whether a memento is always marked as one: without its mark an answer is a notice of the archive's own."""
        return self.index.endswith(_INDEXES)

    def listing(self, query: Mapping[str, str]) -> str:
        """The address of a query to the index."""
        return f"{self.index}?{urlencode(query)}"

    def memento(self, time: str, url: str, mode: str = RAW) -> str:
        """The address of a memento."""
        return f"{self.replay}{time}{mode}/{quote(url, safe=_SAFE)}"

    def inside(self, location: str) -> tuple[str, str] | None:
        """Time and original address of the memento that a redirect leads to; None where it leads out of the archive."""
        if location.startswith("//"):
            location = f"https:{location}"
        elif location.startswith("/"):
            location = f"{self.root}{location}"
        place = location.partition("://")[2]
        start = self.replay.partition("://")[2]
        found = _MEMENTO.fullmatch(place[len(start) :]) if place.lower().startswith(start.lower()) else None
        url = tidy(found[2] if _SCHEME.match(found[2]) else f"http://{found[2]}") if found else ""
        return (found[1], url) if found and url else None


def tidy(url: str) -> str:
    """An original address without a port that says nothing; nothing where it is none that a page can have."""
    if len(url) > MAX_URL or not url.isprintable() or " " in url or _ODD.match(url):
        return ""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and (parts.port or 80) > 0
    except ValueError:
        return ""
    return _PORT.sub(r"\1\2", url) if known else ""


def archive(endpoint: str) -> Archive:
    """The archive whose index or mementos answer at that address. Raises UsageError."""
    try:
        parts = urlsplit(endpoint)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 80) > 0
    except ValueError:
        good = False
    if not good or not endpoint.isprintable() or " " in endpoint:
        raise UsageError(
            f"--endpoint: not a web address: {endpoint!r}",
            "write the address of the archive's CDX server, like https://arquivo.pt/wayback/cdx",
        )
    bare = endpoint.partition("?")[0].rstrip("/")
    base = next((bare.removesuffix(ending) for ending in _INDEXES if bare.endswith(ending)), None)
    if base is not None:
        return Archive(bare, f"{base}/web/")
    base = bare.removesuffix("/cdx")
    return Archive(f"{base}/cdx", f"{base}/")
