"""How the tests of text-like copies read them: a file's bytes in, captures, articles and remarks out."""

from __future__ import annotations

import io
from types import ModuleType

from generator.errors import Finding
from generator.extract import extract
from generator.model import Article, Capture, Origin
from generator.readers.found import Found, Near, alone

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x80\x00\x00\x01\xe0\x08\x02\x00\x00\x00" + b"\x07" * 900


def found(reader: ModuleType, data: str | bytes, name: str = "a.md", near: Near = alone) -> list[Found]:
    """All that the reader finds; the file is one that its `accepts` takes."""
    raw = data.encode() if isinstance(data, str) else data
    assert reader.accepts(raw[:4096], name)
    return list(reader.read(io.BytesIO(raw), Origin(name, "0" * 64), near))


def capture(reader: ModuleType, data: str | bytes, name: str = "a.md", near: Near = alone) -> Capture:
    """The one capture in the file."""
    (one,) = found(reader, data, name, near)
    assert isinstance(one, Capture)
    return one


def article(reader: ModuleType, data: str | bytes, name: str = "a.md", near: Near = alone) -> Article:
    """The article of the one capture in the file."""
    read = extract(capture(reader, data, name, near))
    assert read.article is not None
    return read.article


def harmless(reader: ModuleType, data: bytes, name: str) -> int:
    """Whatever the bytes, the reader gives captures that can be read, or remarks: how many of them."""
    reader.accepts(data[:4096], name)
    count = 0
    for one in reader.read(io.BytesIO(data), Origin(name, "0" * 64), alone):
        assert isinstance(one, Capture | Finding)
        count += 1
        if isinstance(one, Capture):
            assert "extract-failed" not in [remark.code for remark in extract(one).findings]
    return count
