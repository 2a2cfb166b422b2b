"""What a picture is by its first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import images
from tests import drawn


@pytest.mark.parametrize(
    ("raw", "ending", "media_type"),
    [
        (drawn.png(), "png", "image/png"),
        (drawn.jpeg(), "jpg", "image/jpeg"),
        (drawn.gif(), "gif", "image/gif"),
        (drawn.webp(form="VP8X"), "webp", "image/webp"),
        (drawn.webp(form="VP8L"), "webp", "image/webp"),
        (drawn.webp(form="VP8 "), "webp", "image/webp"),
        (drawn.avif(), "avif", "image/avif"),
    ],
)
def test_a_picture_is_known_by_its_bytes_with_its_pixels(raw: bytes, ending: str, media_type: str) -> None:
    assert images.kind(raw) == images.Kind(ending, media_type)
    assert images.size(raw) == (320, 180)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"BM\x00\x00\x00\x00 a bitmap of Windows's",
        b"\x00\x00\x01\x00 an icon",
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"\x00\x00\x00\x1cftypheic",
        b"<html>a page that is called picture.jpg</html>",
    ],
)
def test_what_a_page_may_not_show_or_can_run_is_no_picture(raw: bytes) -> None:
    assert images.kind(raw) is None
    assert images.size(raw) is None


@pytest.mark.parametrize("raw", [drawn.png(), drawn.jpeg(), drawn.gif(), drawn.webp(), drawn.avif()])
def test_a_picture_cut_short_anywhere_has_a_size_or_none(raw: bytes) -> None:
    for end in range(0, 1_100, 3):
        assert images.size(raw[:end]) in (None, (320, 180))


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF0000WEBPVP8 ", b"0000ftypavif"]),
    st.binary(max_size=400),
)
def test_no_bytes_raise(start: bytes, rest: bytes) -> None:
    size = images.size(start + rest)
    assert size is None or all(0 < side <= images.MAX_SIDE for side in size)


def test_what_a_picture_held_is_called_is_said_in_one_place() -> None:
    digest = "ab" * 32
    for kind in (images.PNG, images.JPEG, images.GIF, images.WEBP, images.AVIF):
        assert images.MEDIUM.fullmatch(images.medium(digest, kind))
    house = Path(images.__file__).parent
    said = [file.name for file in house.rglob("*.py") if "media/[0-9a-f]" in file.read_text("utf-8")]
    assert said == ["images.py"]
