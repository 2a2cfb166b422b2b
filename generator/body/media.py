"""Pictures that came with a page, inside it or beside it, as parts with names of their own.

Believes bytes, not labels: only kinds that a page may show, by their first bytes. Never writes anything.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import unquote_to_bytes

from generator import images
from generator.model import Part

MAX_BYTES = 5_000_000
MIN_BYTES = 700  # smaller ones are placeholders and dots
THUMB = 128  # pixels: no picture of a story is smaller on both sides
THUMB_BYTES = 1_500  # where the pixels are not known

NOTHING: Mapping[str, Part] = MappingProxyType({})


def part(address: str) -> Part | None:
    """The picture in a `data:` address, named by its digest, or None where it is none that may be kept."""
    head, comma, body = address.partition(",")
    if not comma or head[:5].lower() != "data:" or len(body) > MAX_BYTES * 2:
        return None
    try:
        plain = unquote_to_bytes(body)
        raw = base64.b64decode(plain, validate=False) if head.lower().rstrip().endswith(";base64") else plain
    except (binascii.Error, ValueError):
        return None
    return _kept(raw, "")


def held(beside: Part) -> Part | None:
    """A picture that came beside the page, named by its digest, or None where it is none that may be kept."""
    return _kept(beside.body, beside.file)


def by_name(parts: Iterable[Part]) -> Mapping[str, Part]:
    """The parts by the names that the page uses."""
    return {one.name: one for one in parts}


def area(picture: Part) -> tuple[int, int]:
    """How large a picture is, for comparing: its pixels, and its bytes."""
    width, height = images.size(picture.body) or (0, 0)
    return width * height, len(picture.body)


def is_thumb(picture: Part) -> bool:
    """Whether it can only stand for a larger one: a placeholder until that is loaded."""
    sides = images.size(picture.body)
    return max(sides) < THUMB if sides else len(picture.body) < THUMB_BYTES


def _kept(raw: bytes, file: str) -> Part | None:
    kind = images.kind(raw)
    if kind is None or not MIN_BYTES <= len(raw) <= MAX_BYTES:
        return None
    digest = hashlib.sha256(raw).hexdigest()
    return Part(images.medium(digest, kind), kind.media_type, raw, file)
