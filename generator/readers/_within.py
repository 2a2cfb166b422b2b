"""A page out of a container that holds its pictures too: which of them the page names, and by which addresses.

Reads nothing from the disk and fetches nothing: an address is a name here, never a place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin

from generator import mementos
from generator.model import Part
from generator.readers import parts, stamps
from generator.readers.found import Near

MAX_ADDRESS = 8_000
MAX_HEAD = 64 * 1024  # bytes of a page in which its base is looked for

_BASE = re.compile(
    rb"<base\s[^>]{0,2000}?\bhref\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s>\"']{1,4000}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that a container holds: the addresses that it answers to, and its bytes when they are asked for."""

    addresses: tuple[str, ...]
    body: Callable[[], bytes]
    charset: str | None = None  # that the container states


def pictures(page: bytes, base: str, held: Iterable[Resource]) -> tuple[Part, ...]:
    """The pictures that the page names and the container holds; `base` is the page's own address, as far as it is known."""
    look = near(page, base, held)
    # nothing found is nothing lost: looking costs no more here, so that a miss is no reason to look no further
    found = parts.gather(page, lambda address: look(address) or b"")
    return tuple(replace(part, file="") for part in found)


def near(page: bytes, base: str, held: Iterable[Resource]) -> Near:
    """What the container holds under an address as the page writes it."""
    known: dict[str, Resource] = {}
    for resource in held:
        for address in filter(None, resource.addresses):
            known.setdefault(_key(address), resource)
            known.setdefault(_key(joined(base, address)), resource)
    own = _BASE.search(page[:MAX_HEAD])
    here = joined(base, html.unescape((own[1] or own[2] or own[3]).decode("utf-8", "replace"))) if own else base
    dull: set[int] = set()  # what is no picture is unpacked once, however often it is named

    def look(address: str) -> bytes | None:
        if len(address) > MAX_ADDRESS:
            return None
        places = (joined(here, address), address, joined(here, address.partition("?")[0]))
        found = next((one for place in places if (one := known.get(_key(place)))), None)
        if found is None or id(found) in dull:
            return None
        body = found.body()
        if parts.kind(body) is None:
            dull.add(id(found))
        return body

    return look


def joined(base: str, address: str) -> str:
    """The address made whole by its base; as it is where the two do not fit."""
    slashed = base.replace("\\", "/") if base[:5].lower() == "file:" else base
    try:
        return urljoin(slashed, address) if base else address
    except ValueError:
        return address


def stated(addresses: Iterable[str], page: bytes) -> stamps.Stated:
    """What a container's addresses say of the page; where none is one of the web, what was written into the page before.

    An address is put into the words of a browser's stamp, so that one rule judges all; the copy that a web archive
    showed is known by its address and by the archive's words in the page.
    """
    for address in addresses:
        stamp = f"<!-- saved from url=(0000){html.escape(address[:MAX_ADDRESS])} -->".encode("utf-8", "replace")
        found = stamps.stated(stamp + page if mementos.is_archive(address) else stamp)
        if found.url:
            return found
    return stamps.stated(page)


def _key(address: str) -> str:
    """What two writings of one address have in common."""
    flat = address[:MAX_ADDRESS].strip()
    if flat[:6].lower() == "mhtml:":  # mhtml:file://C:\page.mht!http://…
        flat = flat.rpartition("!")[2]
    if flat[:4].lower() == "cid:":
        return "cid:" + unquote(flat[4:]).strip("<> ")
    return "".join(unquote(flat.partition("#")[0]).replace("\\", "/").split())
