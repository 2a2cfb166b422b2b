"""From the path of a request to a page of the site, made for it or lying on the disk, and never out of the site."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import quote, unquote

HTML = "text/html; charset=utf-8"
NOTHING_KNOWN = "application/octet-stream"
TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".htm": HTML,
    ".html": HTML,
    ".ico": "image/x-icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonl": "application/jsonl; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
    ".zip": "application/zip",
}
OPEN = ".well-known"  # the one hidden folder that is meant to be seen
# what no name in the site holds, and what some system reads as more than a name
_FORBIDDEN = ("\\", "\0", "\r", "\n")


class Source(Protocol):
    """What makes the pages of a site."""

    @property
    def url(self) -> str:
        """The address that the site will have; `""` where that is unknown."""

    def refresh(self, changed: Collection[Path] | None) -> bool:
        """Take in what has changed, these paths or whatever it was; whether any page may look different for it."""

    def page(self, path: str) -> bytes | None:
        """The bytes at a path of the site; None where there are none. Raises BusyError while nobody can tell."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page made for the request, and the path of the site that it has."""

    path: PurePosixPath
    body: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """The folder is found under its name with a slash."""

    location: str


def find(site: Path, target: str) -> Path | Moved | None:
    """The file that a request's target names, where to look instead, or None where nothing is to be shown."""
    parts = _parts(target)
    if parts is None:
        return None
    *folders, last = parts
    try:
        root = site.resolve(strict=True)
        path = _named(root.joinpath(*folders, last)).resolve(strict=True)
        if not path.is_relative_to(root):
            return None
        if path.is_dir():
            if last:
                return Moved("/" + "/".join(map(quote, parts)) + "/")
            path = (path / "index.html").resolve(strict=True)
            return path if path.is_file() and path.is_relative_to(root) else None
        return path if last and path.is_file() else None
    except (OSError, ValueError, RuntimeError):  # not there, too long, a loop of links: all the same to the browser
        return None


def make(source: Source, target: str) -> Made | Moved | None:
    """The page that a request's target names, where to look instead, or None where nothing is to be shown. Raises BusyError."""
    parts = _parts(target)
    if parts is None:
        return None
    path = "/".join(parts)
    for name in (f"{path}index.html",) if not parts[-1] else (path, f"{path}.html"):
        body = source.page(name)
        if body is not None:
            return Made(PurePosixPath(name), body)
    within = bool(parts[-1]) and source.page(f"{path}/index.html") is not None
    return Moved("/" + "/".join(map(quote, parts)) + "/") if within else None


def _named(path: Path) -> Path:
    """A page may be asked for without its ending, as static hosts allow."""
    page = path.with_name(f"{path.name}.html")
    return page if path.name and not path.exists() and page.exists() else path


def media_type(file: Path | PurePosixPath) -> str:
    """The Content-Type by the name's ending: the same on every machine."""
    return TYPES.get(file.suffix.lower(), NOTHING_KNOWN)


def _parts(target: str) -> list[str] | None:
    raw = target.partition("#")[0].partition("?")[0]
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return None
    if not path.startswith("/") or any(sign in path for sign in _FORBIDDEN):
        return None
    parts = path[1:].split("/")
    hidden = any(part.startswith(".") and part != OPEN for part in parts)
    return None if hidden or "" in parts[:-1] else parts
