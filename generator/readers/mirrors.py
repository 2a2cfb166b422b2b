"""Mirrors of whole sites as wget and HTTrack keep them: what a page's place in the folders says of its address.

Pure, and by names alone: opens nothing. An address read from a place is a reconstruction, and is stated as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from generator import mementos
from generator.model import Moment

MAX_STEPS = 40
MAX_PATH = 2_000
OWN = 4_096  # bytes in which the mirrorer's own pages name it

# What ends a host's name, besides any two letters: without a list, `site.backup` would be one
_ENDINGS = frozenset(
    "com org net info biz edu gov mil int news press media today online site web blog eco pro tel tv name mobi asia coop museum aero "  # noqa: SIM905
    "jobs travel cat post xyz top club live world life city local london berlin paris wien tokyo scot wales bzh nyc example test invalid arpa".split()
)
_HOST = re.compile(
    r"((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}([a-z]{2,24}|xn--[a-z0-9-]{2,59}))(?:[:+](\d{2,5}))?",
    re.IGNORECASE,
)
_NO_HOST = re.compile(r".*\.(?:md|py|js|rs|sh|pl|cc|gz|xz|7z|db)", re.IGNORECASE)  # files and folders of programs
_INDEX = re.compile(r"(?:index|default)\.(?:x?html?|php|aspx?|jsp|cfm)", re.IGNORECASE)
_ADDED = re.compile(r"(.*\.(?:php\d?|phtml|aspx?|jspx?|cfm|cgi|do|pl|shtml))\.html?", re.IGNORECASE)
_QUERY = re.compile(r"([^?@]{0,400})(?:\?|@(?=[\w.%-]{1,80}=))(.{1,1000})", re.DOTALL)
_ENDING = re.compile(r"\.html?$", re.IGNORECASE)
_WRITTEN = re.compile(r"https?(?::|%3A)(?:/|%2F|／|∕){2}.{3,2000}", re.IGNORECASE | re.DOTALL)
_OWN = re.compile(
    rb"<title>\s{0,9}(?:Local index - HTTrack|Page has moved\s{0,9}</title>)|<!-- Mirror and index made by HTTrack",
    re.IGNORECASE,
)
_MOVED = re.compile(rb"http-equiv=\"?refresh|by HTTrack", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mirror:
    """The place of a page in a mirror: its address without a scheme, and the way up to the folder that holds the hosts'."""

    host: str
    address: str
    up: str
    captured: Moment | None = None


def find(path: str) -> Mirror | None:
    """What the place says; None where no step of it is the name of a host, and the file's name is no address."""
    *folders, name = path[-MAX_PATH:].split("/")[-MAX_STEPS:]
    written = _WRITTEN.fullmatch(_ENDING.sub("", name))
    if written:
        address = _split(unquote(written[0]).replace("／", "/").replace("∕", "/"))
        if address is None or not address.netloc:
            return None
        return Mirror(address.netloc, f"//{address.netloc}{address.path}{address.query and '?' + address.query}", "")
    for at, step in enumerate(folders):
        host = _host(step)
        if host:
            inner = folders[at + 1 :]
            stamp = mementos.of(f"http://web.archive.org/web/{inner[0]}/http://{host}/") if inner else None
            dated = stamp.captured if stamp else None
            below = inner[1:] if dated else inner
            tail = "/".join((*(quote(one, safe="%:+,;=@!$&'()~") for one in below), _page(name)))
            return Mirror(host, f"//{host}/{tail}", "../" * len(folders[at:]), dated)
    return None


def places(name: str, base: str, mirror: Mirror | None, depth: int) -> Iterator[str]:
    """Where what the page names may lie, relative to the page's own folder, likeliest first.

    `base` is the page's `<base href>`, or empty; `depth` how many folders lie above the page's within what was searched.
    """
    parts = _split(name)
    if parts is None:
        return
    bare = not parts.scheme and not parts.netloc and not name.startswith("/")
    if bare:
        yield name
    if mirror:
        whole = _split(_joined(_joined(f"http:{mirror.address}", base), name))
        if whole and whole.scheme in ("http", "https") and mirror.up:
            yield f"{mirror.up}{whole.netloc}{whole.path}{whole.query and '?' + whole.query}"
        return
    stands = _split(base)
    rooted = _joined(base, name) if stands and base and not stands.netloc else name
    if rooted.startswith("/") and not rooted.startswith("//"):
        for up in range(min(depth, MAX_STEPS) + 1):
            yield f"{'../' * up}{rooted.lstrip('/')}"
    elif bare and rooted != name:
        yield rooted


def own_page(head: bytes) -> bool:
    """Whether the page is the mirrorer's: HTTrack's list of mirrors, or its word that a page has moved."""
    found = _OWN.search(head[:OWN])
    if found is None:
        return False
    return b"has moved" not in found[0] or bool(_MOVED.search(head[:OWN]))


def scheme(body: bytes, host: str) -> str:
    """The scheme under which the page speaks of its own host; `http` where it never does, for that leads to both."""
    name = host.encode("ascii", "ignore")
    return "https" if body.count(b"https://" + name) > body.count(b"http://" + name) else "http"


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that are no host's
        return None


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:
        return ""


def _host(step: str) -> str | None:
    found = _HOST.fullmatch(step)
    if not found or _NO_HOST.fullmatch(step):
        return None
    name, ending, port = found[1].lower(), found[2].lower(), found[3]
    if not (len(ending) == 2 or ending in _ENDINGS or ending.startswith("xn--") or name.startswith("www.")):
        return None
    return f"{name}:{port}" if port else name


def _page(name: str) -> str:
    """The last step of the address, of which the mirrorer made the file's name."""
    asked = _QUERY.fullmatch(name)
    file, query = (asked[1], _ENDING.sub("", asked[2])) if asked else (name, "")
    added = _ADDED.fullmatch(file)
    bare = added[1] if added else file
    shown = "" if _INDEX.fullmatch(bare) else quote(bare, safe="%+,;=@!$&'()~")
    return f"{shown}?{quote(unquote(query), safe='%+,;=@!$&/:()~')}" if query else shown
