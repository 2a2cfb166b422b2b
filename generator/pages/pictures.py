"""Pictures: those held, as they are, and where the settings ask for it smaller ones beside them; what pages know of them.

A smaller one lies beside its picture under the same digest: media/ab/<sha256>-800.avif. It is planned by the head of the
picture and made when it is stale; one that cannot be made holds the picture as it is, so that no page lacks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from generator import images, text, thumbnails
from generator.config import Settings
from generator.content import media_files
from generator.errors import Finding
from generator.images import MEDIUM
from generator.model import Page, Picture
from generator.pages.archive import Archive, Shelf, Values
from generator.thumbnails import Measured, PictureError

RAW = ""  # the template of a page whose bytes are what they are
TYPES = {one.ending: one.media_type for one in (images.AVIF, images.WEBP)}


def plan(archive: Archive, folder: str) -> Iterator[Page]:
    """The pictures in one folder of `content/media/`, each with the smaller ones made of it."""
    settings = archive.settings
    recipe = thumbnails.recipe(settings.thumbnails)
    standing = in_standing(archive)
    for file, stamp in media_files(settings.content, folder):
        if not archive.lists.shows_medium(file) and file not in standing:
            continue  # what nobody shows may be withheld
        key = text.short(stamp, recipe) if recipe else stamp
        yield Page(file, RAW, key, partial(_picture, file))
        known = _measured(settings, file) if recipe else None
        for width in known.widths if known else ():
            for name in settings.thumbnails:
                yield Page(_smaller(file, width, name), RAW, key, partial(_made, file, width, name))


def in_standing(archive: Archive) -> frozenset[str]:
    """The pictures that standing pages show."""
    return frozenset(found[0] for page in archive.standing for found in MEDIUM.finditer(page.body))


def shown(shelf: Shelf, body: str, told: Iterable[Picture] = ()) -> Values:
    """What a page knows of each picture in its text, by its address, or by its caption where it has none.

    Of those held width, height, and for each format the smaller ones; of those told of whom they credit.
    """
    known = {file: _measured(shelf.settings, file) for file in MEDIUM.findall(body)}
    values = {file: _values(shelf.settings, file, one) for file, one in known.items() if one}
    for one in told:
        if one.credit and (name := one.src or one.caption):
            values.setdefault(name, {})["credit"] = one.credit
    return values


def _values(settings: Settings, file: str, known: Measured) -> Values:
    sources = [
        {"type": TYPES[name], "srcset": [(_smaller(file, width, name), width) for width in known.widths]}
        for name in (settings.thumbnails if known.widths else ())
    ]
    return {"width": known.width, "height": known.height, "sources": sources}


def _smaller(file: str, width: int, name: str) -> str:
    return f"{file.rpartition('.')[0]}-{width}.{name}"


def _measured(settings: Settings, file: str) -> Measured | None:
    try:
        with Path(settings.content, file).open("rb") as stream:
            return thumbnails.measured(stream.read(images.HEAD))
    except OSError:
        return None  # `check` tells of a page that shows what is not there


def _picture(file: str, shelf: Shelf) -> Values:
    data = (shelf.settings.content / file).read_bytes()
    known = thumbnails.measured(data[: images.HEAD])
    remarks: tuple[Finding, ...] = ()
    if shelf.settings.thumbnails and known is None:
        remarks = (_left(file, "its head tells no size"),)
    elif shelf.settings.thumbnails and known and known.width * known.height > thumbnails.MAX_PIXELS:
        remarks = (_left(file, f"it has more than {thumbnails.MAX_PIXELS} pixels"),)
    return {"bytes": data, "remarks": remarks}


def _made(file: str, width: int, name: str, shelf: Shelf) -> Values:
    data = (shelf.settings.content / file).read_bytes()
    try:
        return {"bytes": thumbnails.smaller(data, width, name)}
    except PictureError as error:
        return {"bytes": data, "remarks": (_left(file, str(error)),)}


def _left(file: str, why: str) -> Finding:
    return Finding("picture-not-smaller", f"content/{file}", why)
