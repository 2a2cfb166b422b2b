"""Pictures made smaller, in the formats that browsers of today read: pure, and with Pillow only where it is asked for.

What is made depends on the picture's bytes, the recipe below and Pillow's version alone. Nothing of what a camera wrote
into a picture (place, owner, device) travels into a smaller one. A picture may be made to harm whoever decodes it: its
size is judged by its head, before anything is decoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from generator import images
from generator.errors import SettingsError

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 800, 1280)  # pixels: a phone, a column of text, the same on a fine screen
LEAST = 240  # pixels of width; a smaller picture is shown as it is
MAX_PIXELS = 30_000_000  # of a picture that is decoded
SAVED_AS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 60, "speed": 9, "max_threads": 1},  # one thread: more cut the picture in other places
    "webp": {"quality": 76, "method": 4},
}


class PictureError(ValueError):
    """A picture that cannot be made smaller: why, in words."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A picture as browsers show it, and the widths in which it is made smaller."""

    width: int
    height: int
    widths: tuple[int, ...] = ()


def measured(head: bytes) -> Measured | None:
    """What the head of a picture tells; None where it tells no size. One that moves keeps its form."""
    size = images.shown_size(head)
    if size is None:
        return None
    width, height = size
    if images.moves(head) or width < LEAST or width * height > MAX_PIXELS:
        return Measured(width, height)
    smaller = [one for one in WIDTHS if one < width]
    return Measured(width, height, (*smaller, *([width] if width < WIDTHS[-1] else [])))


def recipe(formats: tuple[str, ...]) -> str:
    """What smaller pictures depend on besides the picture. Raises SettingsError where Pillow is not there, or too old."""
    if not formats:
        return ""
    try:
        import PIL  # noqa: PLC0415 - an extra
        from PIL import features  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            "thumbnails: Pillow is needed to make pictures smaller", "pip install 'backfile[pictures]'"
        ) from error
    for name in formats:
        if not features.check(name):
            raise SettingsError(f"thumbnails: this Pillow writes no {name}", "pip install --upgrade pillow")
    return f"{PIL.__version__} {WIDTHS} {LEAST} {MAX_PIXELS} {[(name, SAVED_AS[name]) for name in formats]}"


def smaller(raw: bytes, width: int, name: str) -> bytes:
    """The picture in that width and format. Raises PictureError."""
    try:
        base = _decoded(raw)
        height = max(1, round(base.height * width / base.width))
        small = base if width == base.width else base.resize((width, height), _lanczos(), reducing_gap=3.0)
        made = BytesIO()
        small.save(made, name, **SAVED_AS[name])
    except PictureError:
        raise
    except Exception as error:  # whatever a picture from anywhere does to its decoder
        raise PictureError(f"it cannot be decoded: {type(error).__name__}") from error
    return made.getvalue()


@lru_cache(1)  # the widths and formats of one picture are made one after the other
def _decoded(raw: bytes) -> Image:
    """The picture upright, in plain colours, without anything else that it carries."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - an extra

    stated = images.kind(raw)
    if stated is None:
        raise PictureError("it is no picture of a known kind")
    picture: Image.Image = Image.open(
        BytesIO(raw), mode="r", formats=[{"jpg": "JPEG"}.get(stated.ending, stated.ending.upper())]
    )
    if picture.width * picture.height > MAX_PIXELS:
        raise PictureError(f"it has more than {MAX_PIXELS} pixels")
    if images.shown_size(raw) not in (picture.size, picture.size[::-1]):
        raise PictureError("its head tells another size than its picture has")
    picture.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
    picture = ImageOps.exif_transpose(_plain(picture))
    clear = picture.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in picture.info
    plain = picture.convert("RGBA" if clear else "RGB")
    if plain.width > WIDTHS[-1]:  # no more than will be asked for is kept in memory
        size = (WIDTHS[-1], max(1, round(plain.height * WIDTHS[-1] / plain.width)))
        plain = plain.resize(size, _lanczos(), reducing_gap=3.0)
    plain.info.clear()
    return plain


def _plain(picture: Image) -> Image:
    """The picture's colours as screens take them, where it says that it means others."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    from PIL import ImageCms  # noqa: PLC0415 - an extra

    try:
        told = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, told, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _lanczos() -> Any:
    from PIL import Image  # noqa: PLC0415 - an extra

    return Image.Resampling.LANCZOS
