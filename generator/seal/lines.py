"""Lines of a manifest as `sha256sum` writes and checks them: `<sha256>  <path>`.

A name that holds a line break or a backslash is escaped, and its line begins with a backslash, as sha256sum does it.
"""

from __future__ import annotations

import os
import re

from generator.seal.merkle import leaf

_LINE = re.compile(rb"(\\?)([0-9a-f]{64})  ([^\n]+)")
_ESCAPES = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
_ESCAPE = re.compile(rb"\\[\\nr]")


def entry(digest: str, path: str) -> bytes:
    """What a leaf is taken of: the line without its end."""
    name = os.fsencode(path)
    if any(char in name for char in b"\\\n\r"):
        name = name.replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
        return b"\\" + digest.encode() + b"  " + name
    return digest.encode() + b"  " + name


def line(digest: str, path: str) -> bytes:
    """One line of the manifest."""
    return entry(digest, path) + b"\n"


def parse(raw: bytes) -> tuple[str, str] | None:
    """A line, without its end, as digest and path; None where it is none."""
    found = _LINE.fullmatch(raw)
    if not found:
        return None
    name = found[3]
    if found[1]:
        name = _ESCAPE.sub(lambda one: _ESCAPES[one[0]], name)
    return found[2].decode(), os.fsdecode(name)


def digest_of(digest: str, path: str) -> bytes:
    """The leaf of a file with that digest at that path."""
    return leaf(entry(digest, path))
