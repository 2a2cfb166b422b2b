"""Pictures made smaller: the same bytes each time, nothing of what a camera wrote, and nobody is harmed by a hostile one."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image

from generator import images, thumbnails
from generator.errors import SettingsError
from generator.thumbnails import Measured, PictureError, measured, smaller
from tests.drawn import avif, gif, png, webp


def photograph(width: int = 1000, height: int = 600, orientation: int = 1) -> bytes:
    """A JPEG, left half red, with what a camera writes into it."""
    picture = Image.new("RGB", (width, height), "blue")
    picture.paste("red", (0, 0, width // 2, height))
    tags = Image.Exif()
    tags[0x010F], tags[0x0112] = "A camera whose owner wants to stay unknown", orientation
    made = BytesIO()
    picture.save(made, "JPEG", exif=tags)
    return made.getvalue()


def opened(raw: bytes) -> Image.Image:
    return Image.open(BytesIO(raw))


@pytest.mark.parametrize(("width", "widths"), [
    (100, ()), (300, (300,)), (480, (480,)), (700, (480, 700)), (1280, (480, 800)), (3000, (480, 800, 1280)),
])  # fmt: skip
def test_no_picture_is_made_larger_than_it_is(width: int, widths: tuple[int, ...]) -> None:
    assert measured(png(width, 4)) == Measured(width, 4, widths)


@pytest.mark.parametrize("name", ["avif", "webp"])
def test_a_smaller_picture_is_one_of_its_width_and_kind_and_the_same_each_time(name: str) -> None:
    raw = photograph()
    once = smaller(raw, 480, name)
    assert opened(once).size == images.size(once) == (480, 288)
    known = images.kind(once)
    assert known
    assert known.ending == name
    assert len(once) < len(raw)
    thumbnails._decoded.cache_clear()
    assert smaller(raw, 480, name) == once


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_that_lies_on_its_side_is_set_up_and_measured_so(orientation: int) -> None:
    raw = photograph(400, 300, orientation)
    known = measured(raw)
    assert known
    made = opened(smaller(raw, known.widths[-1], "webp"))
    assert made.size == (known.width, known.height) == ((300, 400) if orientation > 4 else (400, 300))


def test_what_the_camera_wrote_stays_behind() -> None:
    made = smaller(photograph(), 480, "webp")
    assert b"camera" not in made
    assert not opened(made).getexif()


def test_what_is_clear_stays_clear() -> None:
    drawn = BytesIO()
    Image.new("RGBA", (500, 100), (0, 0, 0, 0)).save(drawn, "PNG")
    made = opened(smaller(drawn.getvalue(), 480, "webp")).convert("RGBA")
    assert made.getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_what_moves_keeps_its_form() -> None:
    moving = png(500, 8).replace(b"IDAT", b"acTL", 1)
    flagged = bytearray(webp(500, 300))
    flagged[20] |= 0x02
    for raw in (gif(500, 300), moving, bytes(flagged), avif(500, 300).replace(b"ftypavif", b"ftypavis")):
        known = measured(raw)
        assert known
        assert known.widths == ()


def test_a_picture_of_too_many_pixels_is_never_decoded() -> None:
    side = 40_000  # a few kilobytes that would unfold to more than a gigabyte
    bomb = png(8, 8).replace(struct.pack(">II", 8, 8), struct.pack(">II", side, side), 1)
    assert measured(bomb) == Measured(side, side)
    with pytest.raises(PictureError):
        smaller(bomb, 480, "webp")


def test_a_picture_that_is_larger_than_its_head_says_is_left() -> None:
    small, large = photograph(300, 200), photograph(900, 600)
    frame = small.index(b"\xff\xc0")
    liar = large[:2] + small[frame : frame + 19] + large[2:]
    assert images.size(liar) == (300, 200)
    with pytest.raises(PictureError):
        smaller(liar, 300, "webp")


@pytest.mark.parametrize("raw", [
    b"", b"no picture", png()[:200], photograph()[:3000], avif(500, 300), webp(500, 300), b"\xff\xd8\xff" * 40,
    b"\x89PNG\r\n\x1a\n" + zlib.compress(b"x"),
])  # fmt: skip
def test_what_cannot_be_decoded_is_told(raw: bytes) -> None:
    with pytest.raises(PictureError):
        smaller(raw, 480, "webp")


def test_without_pillow_the_line_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert thumbnails.recipe(()) == ""
    with pytest.raises(SettingsError) as told:
        thumbnails.recipe(("webp",))
    assert "pip install 'backfile[pictures]'" in str(told.value.hint)
