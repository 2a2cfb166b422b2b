"""Where an address in a page leads, as a browser reads it: into the site, out of it, elsewhere, or nowhere. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

UNPUBLISHED = "https://site.invalid/"  # stands for a site that does not know its address; no foreign address equals it

_ENDS = "".join(map(chr, range(33)))  # what browsers cut from both ends of an address
_INSIDE = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# what a browser would look for in the reader's own machine, or in itself
_OWN = frozenset({"about", "blob", "chrome", "file", "filesystem", "jar", "mhtml", "ms-its", "res", "view-source"})
_EMPTY = "about:blank"


@dataclass(frozen=True, slots=True)
class Base:
    """Where the site lies: `https://host` and the path below it, ending in a slash."""

    origin: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Inside:
    """A path of the site and the place in the page."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Another host, or somebody else's folder on ours."""

    host: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """No address, or one that would have to be inside the site and is not."""

    reason: str


def base(url: str) -> Base:
    """The site's base from its address; `""` where it has none."""
    parts = urlsplit(url or UNPUBLISHED)
    return Base(
        f"{parts.scheme}://{parts.netloc}".lower(), parts.path if parts.path.endswith("/") else f"{parts.path}/"
    )


def is_web(address: str) -> bool:
    """Whether it is a whole address of the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def resolve(site: Base, page: str, address: str) -> Inside | Foreign | Wrong | None:
    """Where the address leads from the page; None for other schemes, which neither load nor lead anywhere in the site."""
    cut = address.strip(_ENDS).translate(_INSIDE)
    scheme = _SCHEME.match(cut)
    if scheme and scheme[1].lower() not in ("http", "https"):
        own = scheme[1].lower() in _OWN and cut.lower() != _EMPTY
        return Wrong("leads into the reader's own machine") if own else None
    try:
        parts = urlsplit(urljoin(site.origin + site.prefix + page, cut))
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        return Wrong(f"is no address: {error}")
    if f"{parts.scheme}://{parts.netloc}".lower() != site.origin:
        return Foreign(host)
    path = unquote(parts.path) or "/"
    if not path.startswith(site.prefix) or ".." in path.split("/"):
        return Foreign(host) if scheme or cut.startswith("//") else Wrong("leaves the site")
    fragment = unquote(parts.fragment)
    return Inside(path[len(site.prefix) :], "" if fragment.startswith(":~:") else fragment)


def candidates(path: str) -> tuple[str, ...]:
    """The files that a static host would try for the path."""
    if not path or path.endswith("/"):
        return (f"{path}index.html",)
    return (path, f"{path}.html", f"{path}/index.html")
