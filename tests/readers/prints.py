"""PDFs made by hand for the tests: lines of text at their places, in the form that needs no library to write."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pypdf


@dataclass(frozen=True)
class Put:
    """A line of text at a place on the sheet, in points from the left and from the bottom."""

    words: str
    y: float
    x: float = 60
    size: float = 10


def paragraph(words: str, top: float, *, width: int = 80, step: float = 13) -> list[Put]:
    """A paragraph wrapped at so many characters."""
    lines: list[str] = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return [Put(line, top - step * number) for number, line in enumerate(lines)]


def pdf(sheets: Iterable[Iterable[Put]], about: Mapping[str, str] | None = None) -> bytes:
    """A PDF of A4 sheets in Helvetica, uncompressed."""
    pages = [list(sheet) for sheet in sheets]
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * number} 0 R' for number in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ("<< " + " ".join(f"/{name} ({value})" for name, value in (about or {}).items()) + " >>").encode("cp1252"),
    ]
    for number, sheet in enumerate(pages):
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        drawn = b"\n".join(_drawn(put) for put in sheet)
        bodies.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    return _file(bodies)


def encrypted(raw: bytes, password: str) -> bytes:
    """The PDF behind a password."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(raw)))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawn(put: Put) -> bytes:
    words = put.words.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (put.size, put.x, put.y, words)


def _file(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places: list[int] = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)
