"""Pictures drawn by the tests: real headers, our own pixels, a size in bytes like that of a picture."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 320, height: int = 180, seed: int = 1) -> bytes:
    """A PNG whose pixels look like noise, so that it does not shrink to nothing."""
    rows = b"".join(
        b"\x00" + bytes((x * y * seed + x * 7 + y * 13 + seed) % 251 for x in range(width)) for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def gif(width: int = 320, height: int = 180, seed: int = 1) -> bytes:
    """The beginning of a GIF, and noise behind it."""
    return b"GIF89a" + struct.pack("<HH", width, height) + _noise(seed)


def jpeg(width: int = 320, height: int = 180, seed: int = 1) -> bytes:
    """The segments of a JPEG up to its frame, a thumbnail of a kilobyte before that, and noise behind it."""
    inner = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 9, 9)  # a thumbnail's frame, which is not the picture's
    segment = b"\xff\xe1" + struct.pack(">H", 2 + 1_000 + len(inner)) + inner + b"\x00" * 1_000
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x00" * 9
    return b"\xff\xd8" + segment + b"\xff\xff" + frame[1:] + _noise(seed)


def webp(width: int = 320, height: int = 180, form: str = "VP8X", seed: int = 1) -> bytes:
    """The beginning of a WebP of one of its three forms, and noise behind it."""
    if form == "VP8X":
        body = b"\x00" * 4 + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif form == "VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little")
    else:
        body = b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return b"RIFF\x00\x00\x00\x00WEBP" + form.ljust(4).encode() + struct.pack("<I", len(body)) + body + _noise(seed)


def avif(width: int = 320, height: int = 180, seed: int = 1) -> bytes:
    """The boxes of an AVIF that tell its kind and its size, and noise behind them."""
    size = struct.pack(">I", 20) + b"ispe" + b"\x00" * 4 + struct.pack(">II", width, height)
    return b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00mif1avif" + b"\x00\x00\x01\x00meta" + size + _noise(seed)


def _noise(seed: int) -> bytes:
    return bytes((position * position * seed + position * 31) % 256 for position in range(1_200))
