"""Pictures that a page carries inside itself as `data:` addresses, as parts with names of their own.

Believes bytes, not labels: only PNG, JPEG, GIF and WebP by their first bytes. Never writes anything.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from urllib.parse import unquote_to_bytes

from generator.model import Part

MAX_BYTES = 5_000_000
MIN_BYTES = 700  # smaller ones are placeholders and dots
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"GIF87a", "gif", "image/gif"),
    (b"GIF89a", "gif", "image/gif"),
)


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
    kind = _kind(raw)
    if kind is None or not MIN_BYTES <= len(raw) <= MAX_BYTES:
        return None
    ending, media_type = kind
    digest = hashlib.sha256(raw).hexdigest()
    return Part(f"media/{digest[:2]}/{digest}.{ending}", media_type, raw)


def _kind(raw: bytes) -> tuple[str, str] | None:
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "webp", "image/webp"
    return next(((ending, media_type) for magic, ending, media_type in _KINDS if raw.startswith(magic)), None)
