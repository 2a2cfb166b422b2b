"""Where a picture of a page is: the best of what its element names, held before merely named.

An element may name one picture many times over: in sizes, for scripts, for browsers without them. Fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote

from generator import images
from generator.body import media
from generator.body.addresses import web
from generator.model import Part

MAX_SETS = 12
MAX_SIZES = 40
MAX_SET = 8_000  # characters
MIN_SIDE = 80  # pixels: what is smaller both ways is an icon
MIN_STRIP = 30  # and what is smaller one way is a line

# Where pages and the tools that save them put the address of the picture itself, while `src` shows something else
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-echo", "data-url", "data-hi-res-src", "data-full-src",
    "data-img-src", "zoomfile", "file",
)  # fmt: skip
_SAVED = (
    "data-savepage-currentsrc",
    "data-savepage-src",
    "data-sf-original-src",
    "currentsourceurl",
    "old-src",
    "new-cursrc",
)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset", "data-sf-original-srcset", "data-savepage-srcset")
_NUMBER = re.compile(r"\d{1,5}")
_GAP = re.compile(r",\s+")
_PAINTED = re.compile(
    r"background(?:-image)?\s{0,9}:[^;<>()]{0,60}url\(\s{0,9}[\"']?([^\"'()<>\s;]{4,2000})", re.IGNORECASE
)
_SIZED = re.compile(r"[-_]\d{2,5}x\d{2,5}$")


@dataclass(frozen=True, slots=True)
class Source:
    """A picture's address, or its name in the archive and the part that holds it. `named` is what the page calls it."""

    src: str | None
    part: Part | None = None
    named: str = ""
    small: bool = False  # an icon or a line by its own pixels


def best(image: Any, base: str | None, beside: Mapping[str, Part]) -> Source:
    """The largest that came with the page; else the likeliest address. A mere thumbnail gives way to an address."""
    found = _best(tuple(_named(image)), base, beside)
    if found.src is None or (found.part is not None and media.is_thumb(found.part)):
        other = _best(tuple(_without_scripts(image)), base, beside)
        return other if other.src is not None else found
    return found


def around(image: Any) -> Any:
    """The element around the picture; the sources of a picture are beside it, though the parser puts them around it."""
    parent = image.getparent()
    for _ in range(MAX_SIZES):
        if parent is None or parent.tag != "source":
            break
        parent = parent.getparent()
    return parent


def painted(element: Any) -> str:
    """The stem of the picture that the element has behind it."""
    found = _PAINTED.search(element.get("style") or "")
    return stem(found[1]) if found else ""


def stem(address: str) -> str:
    """The name of the file in an address, without its ending and its size: what two sizes of one picture share."""
    file = unquote(address.partition("?")[0].partition("#")[0]).rpartition("/")[2].lower()
    bare = _SIZED.sub("", file.rpartition(".")[0] or file)
    return bare if len(bare) >= 4 else ""


def _best(names: tuple[str, ...], base: str | None, beside: Mapping[str, Part]) -> Source:
    named = tuple(dict.fromkeys(filter(None, names)))
    held = [(part, name) for name in named if (part := _held(name, beside)) is not None]
    thumbs = {name for part, name in held if media.is_thumb(part)}
    others = (Source(found, None, found) for name in named if name not in thumbs and (found := _address(name, base)))
    address = next(others, None)
    if held:
        part, name = max(held, key=lambda one: media.area(one[0]))  # the first of equals
        if address is None or name not in thumbs:
            known = _address(name, base) or name
            return Source(part.name, part, "" if known[:5].lower() == "data:" else known, _is_small(part))
    return address or Source(None, None, next((name for name in named if name[:5].lower() != "data:"), ""))


def _named(image: Any) -> Iterator[str]:
    """All addresses that the element names, likeliest first."""
    own = (image.get("src") or "").strip()
    sets = [image.get(name) or "" for name in _SETS]
    parent = around(image)
    if parent is not None and parent.tag == "picture":
        sets += [source.get(name) or "" for source in parent.iter("source") for name in _SETS]
    sized = [_sizes(one) for one in sets[:MAX_SETS] if one]
    yield from ((image.get(name) or "").strip() for name in _LAZY)
    yield from (sizes[0] for sizes in sized if sizes)
    yield from ((image.get(name) or "").strip() for name in _SAVED)
    yield own
    yield from (one for sizes in sized for one in sizes[1:])
    found = _PAINTED.search(image.get("style") or "") if image.tag not in ("img", "amp-img") else None
    if found:
        yield found[1]


def _sizes(stated: str) -> list[str]:
    """The addresses in a set of sizes, largest first."""
    found: list[tuple[float, str]] = []
    for one in _GAP.split(stated[:MAX_SET].strip())[:MAX_SIZES]:
        pieces = one.split()
        if pieces:
            number = _NUMBER.match(pieces[1]) if len(pieces) > 1 else None
            found.append((float(number[0]) if number else 0.0, pieces[0]))
    return [address for _, address in sorted(found, key=lambda one: -one[0])]


def _without_scripts(image: Any) -> Iterator[str]:
    """What stands beside the element, or beside what is around it alone, for browsers without scripts."""
    element = image
    for _ in range(4):
        for beside in (element.getnext(), element.getprevious()):
            if beside is not None and beside.tag == "noscript":
                for other in islice(beside.iter("img"), 1):
                    yield (other.get("src") or "").strip()
                    yield from _sizes(other.get("srcset") or "")[:1]
                return
        element = around(element)
        if element is None or element.tag not in ("picture", "span", "div", "a"):
            return
        if element.tag != "picture" and len(element) > 2:
            return


def _held(name: str, beside: Mapping[str, Part]) -> Part | None:
    if name[:5].lower() == "data:":
        return media.part(name)
    part = beside.get(name)
    return media.held(part) if part is not None else None


def _address(name: str, base: str | None) -> str | None:
    """The address on the web; none for what a browser put beside the page."""
    if name[:5].lower() == "data:" or _is_local(name):
        return None
    address = web(name, base)
    return None if address is None or address.startswith("mailto:") else address


def _is_local(name: str) -> bool:
    if ":" in name[:8] or name.startswith("/"):
        return False
    folder, slash, _ = unquote(name.removeprefix("./")).partition("/")
    return bool(slash) and folder.endswith(images.FOLDERS)


def _is_small(part: Part) -> bool:
    sides = images.size(part.body)
    return sides is not None and (max(sides) < MIN_SIDE or min(sides) < MIN_STRIP)
