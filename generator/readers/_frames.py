"""The frame that a page of frames is about: `<frameset>` of the nineties, and a page that is little more than an `<iframe>`.

Pure: an address is looked up among what the container holds, and never fetched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from generator.readers._within import Resource, joined

MAX_FRAMES = 100  # of one page that are looked at
MAX_NESTED = 3  # frames in frames
MAX_SHELL_BYTES = 256 * 1024  # a larger page is no mere shell
LITTLE = 200  # characters: a page with less text of its own is none
MORE = 4  # times as much as that has the frame that is the story

_SHELL = re.compile(rb"<(?:frameset|i?frame)[\s>]", re.IGNORECASE)
_FRAME = re.compile(
    rb"<i?frame\b[^>]{0,2000}?\bsrc\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s>\"']{1,4000}))",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    rb"<(script|style|noframes|noscript|title)(?![a-z])(?:[^<]++|<(?!/\1))*+|<[^<>]{0,4000}>|\s+", re.IGNORECASE
)


class Framed(NamedTuple):
    """A frame's document, its address, and the charset that the container states for it."""

    body: bytes
    address: str
    charset: str | None


def story(page: bytes, address: str, held: Iterable[Resource]) -> Framed | None:
    """The document that the page shows instead of a text of its own; None where the page is one itself."""
    if not _shell(page):
        return None
    known = {one: resource for resource in held for one in resource.addresses if one}
    here = Framed(page, address, None)
    for _ in range(MAX_NESTED):
        inner = _largest(here, known) if _shell(here.body) else None
        if inner is None:
            break
        here = inner
    return here if _size(here.body) >= max(LITTLE, MORE * _size(page)) else None


def _shell(page: bytes) -> bool:
    return len(page) <= MAX_SHELL_BYTES and _SHELL.search(page) is not None and _size(page) < LITTLE


def _size(page: bytes) -> int:
    """How many bytes of text are in it, roughly."""
    return len(_UNSEEN.sub(b"", page))


def _largest(page: Framed, known: Mapping[str, Resource]) -> Framed | None:
    """The frame with most text."""
    frames: list[Framed] = []
    for found in islice(_FRAME.finditer(page.body), MAX_FRAMES):
        src = html.unescape((found[1] or found[2] or found[3]).decode("utf-8", "replace")).strip()
        whole = joined(page.address, src)
        resource = known.get(whole) or known.get(src)
        if resource:
            place = next((one for one in resource.addresses if one.startswith("http")), whole)
            frames.append(Framed(resource.body(), place, resource.charset))
    return max(frames, key=lambda one: _size(one.body), default=None)
