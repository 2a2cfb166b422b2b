"""Notes in Markdown: clips of Obsidian, Joplin, Logseq, Notion, MarkDownload, converters' and blogs' files, articles of an archive.

States what the note's head states; the text is made a page that holds nothing else. Raw markup in it is hostile like that of
any saved page, and treated by the same path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO
from urllib.parse import unquote

from generator import images, text
from generator.errors import Finding
from generator.model import SNIPPET, Capture, Claim, Origin
from generator.readers import parts
from generator.readers.copies import dates, fronts, labels, letters, marks, pages
from generator.readers.found import Found, Near
from generator.readers.html import binary, noise

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdtext"})
BULK = False
MAX_LOOKUPS = 200  # pictures looked for
MAX_TITLE = 120  # characters of a first line that is a heading without a mark
NAMED = 0.45  # how far a file's name is believed as a headline

_PAGE = re.compile(rb"\s{0,200}(?:<!doctype\s{1,9}html|<html[\s>])", re.IGNORECASE)
# where the tools put pictures, beside the note or above it
_FOLDERS = (
    "", "attachments/", "assets/", "images/", "img/", "media/", "files/", "resources/", "_resources/", "_attachments/", "Attachments/", "Files/",
    "../attachments/", "../assets/", "../images/", "../_resources/", "../resources/", "../files/", "../",
)  # fmt: skip
_ABOVE = ("../../../", "../../")
_RESOURCE = re.compile(r":/([0-9a-f]{32})$")  # Joplin names a picture by its number
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_TAKEN_DAY = re.compile(r"((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_ ]{1,3}(?=\S)")
_NUMBER = re.compile(r"\s[0-9a-f]{32}$")  # Notion's, behind the name
_HEADING = re.compile(r"(?:^|\n)(?:# \S|[^\n]{1,400}\n={3,}\s*\n)")
_ENDS = frozenset(".!?。！？…:：;；,，")
_OWN = (
    "headline", "kicker", "standfirst", "byline", "editors", "source", "publisher", "published", "modified", "section", "breadcrumb", "region",
    "tags", "language", "rights", "views",
)  # fmt: skip
_ARCHIVED = 0.99  # what an archive's article says was read or corrected there


def accepts(head: bytes, name: str) -> bool:
    """Whether this is a note by its name, and text by its first bytes; a page of markup under such a name is that page."""
    named = any(name.lower().endswith(suffix) for suffix in SUFFIXES)
    readable = (not binary(head) and not noise(head)) or bool(letters.wide(head))
    return named and readable and not _PAGE.match(head.removeprefix(b"\xef\xbb\xbf"))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The one note in the file; a Joplin item that is no note gives a remark."""
    head = fronts.split(letters.decoded(file.read()))
    if head.kind != 1:
        yield Finding(
            "file-skipped", str(origin), "an item of Joplin's that is no note: a notebook, a tag or a picture"
        )
        return
    stated = _archived(head.values) if head.form == "backfile" else _stated(head)
    title = stated.value("headline")
    named = () if title else _named(origin)
    note = head.body if title else _headed(head.body)
    body = pages.page(marks.render(note, _Finder(near)), title or (named[0].value if named else ""))
    yield Capture(
        body,
        origin,
        media_type="text/markdown",
        charset=pages.CHARSET,
        url=stated.url,
        captured=stated.captured,
        parts=parts.gather(body, near),
        claims=(*stated.claims, *named),
        whole=True,
    )


def _stated(head: fronts.Head) -> labels.Stated:
    """What the head states. A note's `source` is the page or the outlet; that the note was changed says nothing of the story."""
    also: dict[str, str] = {}
    for name, value in head.values.items():
        key = name.lower().strip()
        if key == "source":
            also[name] = "url" if labels.address(value) else "publisher"
        elif key.replace("_", " ") in (
            "updated",
            "updated time",
            "updated at",
            "last edited time",
            "user updated time",
        ):
            also[name] = ""
    return labels.stated(head.values, head.form, also)


def _archived(values: Mapping[str, Any]) -> labels.Stated:
    """What an article of an archive holds about its story, field by field."""
    claims: list[Claim] = []
    for field in _OWN:
        value = values.get(field)
        listed = value if isinstance(value, list) else [value]
        said = tuple(line for one in listed if isinstance(one, str | int) and (line := text.line(str(one))))
        if said and (field not in ("published", "modified") or dates.moment(said[0])):
            claims.append(Claim(field, said, f"backfile:{field}", _ARCHIVED, text.cut("; ".join(said), SNIPPET)))
    captured = values.get("captured")
    return labels.Stated(
        labels.address(values.get("url")), dates.moment(captured) if isinstance(captured, str) else None, tuple(claims)
    )


def _headed(note: str) -> str:
    """The note with a short first line as its heading, where no heading stands in it."""
    first, _, rest = note.lstrip("\n").partition("\n")
    line = first.strip()
    plain = 3 < len(line) <= MAX_TITLE and line[0].isalnum() and line[-1] not in _ENDS
    return (
        f"# {line}\n{rest}"
        if plain and rest.strip() and not rest.partition("\n")[0].strip() and not _HEADING.search(note)
        else note
    )


def _named(origin: Origin) -> tuple[Claim, ...]:
    """What the file's name says: a note's title in words, a day before it."""
    stem = _NUMBER.sub("", PurePosixPath(origin.member or origin.path).stem)
    day = _TAKEN_DAY.match(stem)
    title = text.line(stem[day.end() :] if day else stem)
    claims: list[Claim] = []
    if len(title.split()) > 2 or (len(title) > 5 and not title.isascii()):
        claims.append(Claim("headline", (title,), "file:name", NAMED, text.cut(stem, SNIPPET)))
    return tuple(claims)


class _Finder:
    """Where the pictures of a note lie: under the address in it, or in one of the folders where the tools put them."""

    def __init__(self, near: Near) -> None:
        self._near = near
        self._left = MAX_LOOKUPS

    def __call__(self, address: str) -> str | None:
        plain = unquote(address).removeprefix("./")
        if not plain or self._left <= 0 or plain.startswith(("/", "data:")):
            return None
        self._left -= 1
        return next((place for place in _places(plain) if self._near(place) is not None), None)


def _places(plain: str) -> Iterator[str]:
    resource = _RESOURCE.match(plain)
    if resource:
        yield from (
            f"{folder}{resource[1]}{ending}"
            for folder in ("resources/", "_resources/", "../resources/", "../_resources/")
            for ending in _ENDINGS
        )
    elif images.MEDIUM.fullmatch(plain):  # a picture of an archive: it lies above its articles
        yield from (f"{above}{plain}" for above in ("", *_ABOVE))
    else:
        yield from (f"{folder}{plain}" for folder in _FOLDERS)
