"""Whether bytes are those that a record's digest was taken of."""

from __future__ import annotations

import base64
import hashlib
import re

_STATED = re.compile(
    r"\s{0,9}(sha-?1|sha-?256|sha-?384|sha-?512|md5)\s{0,9}[:=]\s{0,9}([A-Za-z0-9+/=_-]{16,200})\s{0,9}$", re.IGNORECASE
)

_URLSAFE = str.maketrans("+/", "-_")


def differs(stated: str, *pieces: bytes) -> bool | None:
    """Whether the digest is of other bytes than these together, be it in base 32, 16 or 64; None where it is of a kind that is not known here."""
    found = _STATED.match(stated)
    if not found:
        return None
    taken = hashlib.new(found[1].lower().replace("-", ""), usedforsecurity=False)
    for piece in pieces:
        taken.update(piece)
    text = found[2].rstrip("=")
    if len(text) == 2 * taken.digest_size:
        return text.lower() != taken.hexdigest()
    if text.isupper() or text.islower():
        return text.upper() != base64.b32encode(taken.digest()).decode().rstrip("=")
    return text.translate(_URLSAFE) != base64.urlsafe_b64encode(taken.digest()).decode().rstrip("=")
