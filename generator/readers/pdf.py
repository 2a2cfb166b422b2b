"""Pages printed into PDF by a browser, and other PDFs that hold a text: read with pypdf, an extra.

States what the print states at its edges and in its description. The pictures in a PDF are not held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import BinaryIO

from generator import text
from generator.errors import Finding
from generator.model import SNIPPET, Capture, Claim, Moment, Origin
from generator.readers.copies import dates, pages, printed, radicals, sheets, tagged
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".pdf"})
BULK = False
MIN_WORDS = 20  # characters: a print with less has no text

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}%PDF-\d")
_MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?")
# what writes a PDF where a browser prints one
_BROWSERS = re.compile(
    r"skia/pdf|mozilla|firefox|chrom(?:e|ium)|safari|webkit|wkhtmltopdf|headlesschrome|edg(?:e|a)?/|qt \d|cairo",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$")
NO_TEXT = "the PDF holds pictures of its pages and no text: have the text recognised first (with ocrmypdf, for example)"
LOST = "nothing that is left of the PDF can be read as text"
MISSING = "reading PDFs needs an extra: pip install 'backfile[pdf]'"


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every reader has it
    """Whether this is a PDF by its first bytes."""
    return bool(_START.match(head))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The one page that was printed into the file, and what of it could not be read."""
    try:
        found = sheets.opened(file.read())
    except ImportError:
        yield Finding("extra-missing", str(origin), MISSING)
        return
    except sheets.PrintError as error:
        yield Finding(error.code, str(origin), error.message)
        return
    for fault in found.faults:
        yield Finding("archive-damaged", str(origin), fault)
    every = printed.lines(found.sheets)
    if sum(len(line.words) for line in every) < MIN_WORDS:
        yield Finding("no-body", str(origin), NO_TEXT if not found.faults else LOST)
        return
    yield _capture(found, every, origin)


def _capture(found: sheets.Print, every: list[printed.Line], origin: Origin) -> Capture:
    edges, rest = printed.edges(found, every)
    by_tags = tagged.markup(found)
    made = _moment(found.about.get("CreationDate", ""))
    browser = edges.known or bool(
        _BROWSERS.search(f"{found.about.get('Producer', '')} {found.about.get('Creator', '')}")
    )
    title = radicals.plain(found.about.get("Title", ""))
    body = _page(printed.markup(rest) if by_tags is None else by_tags, title, found.language)
    return Capture(
        body,
        origin,
        media_type="application/pdf",
        charset=pages.CHARSET,
        url=edges.url,
        captured=(made or edges.printed) if browser else None,
        claims=() if browser else tuple(_claims(found, made)),
    )


def _claims(found: sheets.Print, made: Moment | None) -> Iterator[Claim]:
    """What a PDF says of itself that is no print of a browser's: its author, and the day on which it was made, for want of a better."""
    author = text.line(found.about.get("Author", ""))[:200]
    if author:
        yield Claim("byline", (author,), "pdf:Author", 0.4, text.cut(author, SNIPPET))
    if made:
        yield Claim("published", (str(made),), "pdf:CreationDate", 0.3, found.about.get("CreationDate", "")[:SNIPPET])


def _page(markup: str, title: str, language: str) -> bytes:
    lang = f' lang="{escape(language)}"' if _LANGUAGE.match(language) else ""
    return pages.page(markup, title).replace(b"<html>", f"<html{lang}>".encode(), 1)


def _moment(written: str) -> Moment | None:
    found = _MOMENT.match(written)
    if not found:
        return None
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = found.groups()
    zone = "Z" if zulu else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return dates.moment(
        f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}" if hour else f"{year}-{month}-{day}"
    )
