"""Every format in which people keep pages, damaged in every way: captures, or findings that name the file; never an exception, never silence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator import readers
from generator.errors import Finding
from generator.model import Capture, Seen
from tests.doors import DOORS
from tests.samples import Sample

WHOLE = "whole.html"


def cut(quarter: int) -> Callable[[bytes], bytes]:
    return lambda body: body[: len(body) * quarter // 4]


def blotted(body: bytes) -> bytes:
    """A block of a disk, in the middle, that came back empty."""
    middle, half = len(body) // 2, min(256, len(body) // 8)
    return body[: middle - half] + bytes(2 * half) + body[middle + half :]


def turned(body: bytes) -> bytes:
    """A bit turned over in every hundredth byte."""
    return bytes(byte ^ 4 if place % 100 == 99 else byte for place, byte in enumerate(body))


def elsewhere(body: bytes) -> bytes:
    """As a program leaves it that took the bytes for Latin-1 text."""
    return body.decode("latin-1").encode("utf-8")


def textual(body: bytes) -> bytes:
    """As a transfer leaves it that turned the line ends of what it took for a text."""
    return body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    **{f"cut after {quarter} quarters": cut(quarter) for quarter in range(4)},
    "cut in half of its last kilobyte": lambda body: body[:-512],
    "blotted": blotted,
    "bits turned": turned,
    "encoded twice": elsewhere,
    "line ends turned": textual,
    "rubbish behind": lambda body: body + b"\x00\xff rubbish " * 99,
    "twice over": lambda body: body + body,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("way", DOORS)
def test_a_damaged_file_gives_captures_or_findings_that_name_it(tmp_path: Path, way: str, damage: str) -> None:
    told = Sample()
    for name, body in DOORS[way].files(told).items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(DAMAGES[damage](body))
    (tmp_path / WHOLE).write_text(told.html, "utf-8")
    found, left = readers.discover([tmp_path])
    things = {shown: list(readers.read(file, shown)) for file, shown in found}
    assert [type(one) for one in things.pop(WHOLE)] == [Capture], "what lies beside a damaged file is read"
    for shown, of_it in things.items():
        assert of_it, f"nothing is said of {shown}"
        names = [
            one.where if isinstance(one, Finding) else one.origin.path for one in of_it if not isinstance(one, Seen)
        ]
        assert all(name.startswith(shown) for name in names)
    assert things or left, "a file that is no page any more is passed over with a remark"
