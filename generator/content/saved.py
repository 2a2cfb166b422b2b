"""Originals and media: saved pages as they came in `content/saved/`, pictures by digest in `content/media/`.

Originals are copied in, read, and never changed, renamed or deleted.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath

from generator import images, stamps, text
from generator.content import files
from generator.errors import ContentError
from generator.model import Part

SAVED = "saved"
MEDIA = "media"
_FOLDER = re.compile(r"[0-9a-f]{2}")


def saved_mark(content: Path) -> str:
    """A mark of all originals: it changes when any of them does. Raises ContentError."""
    with files.looking(content / SAVED):
        return text.short(*(part for pair in sorted(stamps.folders(content / SAVED)) for part in pair))


def media_folders(content: Path) -> dict[str, str]:
    """The folders of pictures held, by name (`ab`), each with a mark that changes when anything in it does.

    Raises ContentError.
    """
    with files.looking(content / MEDIA):
        return {name: mark for name, mark in sorted(stamps.folders(content / MEDIA)) if _FOLDER.fullmatch(name)}


def media_files(content: Path, folder: str) -> Iterator[tuple[str, str]]:
    """The pictures in one folder, relative to `content/`, with their stamps, sorted; other files there are not ours.

    Raises ContentError.
    """
    with files.looking(content / MEDIA / folder):
        within = stamps.files(content / MEDIA / folder)
    for name, stamp in within.items():
        place = f"{MEDIA}/{folder}/{name}"
        if images.MEDIUM.fullmatch(place) and not (content / place).is_symlink():
            yield place, stamp


def keep_original(content: Path, file: Path, name: str, digest: str) -> str:
    """Copy an original in under its name and return where it lies, relative to `content/`.

    A file that lies there already stays. Another one of the same name gets its digest's first digits behind its own.
    Raises ContentError.
    """
    root = content / SAVED
    if file.resolve().is_relative_to(root.resolve()):
        return (SAVED / file.resolve().relative_to(root.resolve())).as_posix()
    place = PurePosixPath(
        SAVED, *(text.file_name(step) for step in PurePosixPath(name).parts if step not in ("/", "..", "."))
    )
    if (content / place).exists() and not _same(content / place, file):
        place = place.with_name(f"{place.stem}~{digest[:8]}{place.suffix}")
    target = content / place
    if target.exists():
        return place.as_posix()
    aside = target.with_name(f".{digest[:16]}{files.ASIDE}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, aside)
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise ContentError(
            f"{place}: cannot be written: {error.strerror}", "is content/ writable, the disk full?"
        ) from error
    return place.as_posix()


def keep_beside(content: Path, file: Path, saved: str, places: Iterable[str]) -> None:
    """Copy files that lie beside an original, at these places relative to it, to the same places beside its copy.

    What lies there already stays, and so does what would lie outside `content/saved/`. Raises ContentError.
    """
    root = (content / SAVED).resolve()
    for place in places:
        target = (content / saved).parent / place
        if not target.resolve().is_relative_to(root) or target.exists():
            continue
        try:
            files.write(target, (file.parent / place).read_bytes())
        except OSError as error:
            raise ContentError(f"{place}: cannot be read: {error.strerror}", "mend the file's permissions") from error


def keep_batch(content: Path, place: str, data: bytes | Iterable[bytes]) -> str:
    """Put a file of originals that was gathered, not saved by hand, in place below `content/saved/`, whole or not at all.

    Returns where it lies, relative to `content/`. The same file stays; another one of that name gets its digest's first
    digits behind its own. Raises ContentError.
    """
    raw = data if isinstance(data, bytes) else b"".join(data)
    spot = PurePosixPath(
        SAVED, *(text.file_name(step) for step in PurePosixPath(place).parts if step not in ("/", "..", "."))
    )
    if (content / spot).exists() and (content / spot).read_bytes() != raw:
        name, dot, ending = spot.name.partition(".")
        spot = spot.with_name(f"{name}~{sha256(raw).hexdigest()[:8]}{dot}{ending}")
    if not (content / spot).exists():
        files.write(content / spot, raw)
    return spot.as_posix()


def keep_media(content: Path, part: Part) -> None:
    """Put a picture in place under its digest; one that is there already is the same."""
    if not (content / part.name).exists():
        files.write(content / part.name, part.body)


def _same(one: Path, other: Path) -> bool:
    if one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while block := left.read(1 << 20):
            if block != right.read(1 << 20):
                return False
    return True
