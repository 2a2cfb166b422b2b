"""A PDF opened with pypdf, as sheets of text with its places, links and marks, and the tree of its tags where it has one.

The only place that knows pypdf, which is an extra: it is imported here when first needed. Whatever a file does to it ends as
`PrintError` or as fewer sheets; every loop over what a file says has a limit, and the bytes that may be read are counted.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import islice
from types import MappingProxyType
from typing import Any

from generator import text
from generator.readers.copies import fonts
from generator.readers.copies.labels import web

MAX_PAGES = 300
MAX_PIECES = 200_000  # of all sheets
MAX_OPERATIONS = 3_000_000  # of all sheets
MAX_CHARACTERS = 4_000_000
MAX_LINKS = 2_000  # of a sheet
MAX_LINKED = 5_000_000  # texts of a sheet times its links
MAX_HEAD = 4_000  # bytes between the beginning of a page's description and its type
MAX_NODES = 200_000  # of the tree of tags
MAX_DEPTH = 120
MAX_READS = 3_000_000  # calls of the file for bytes: a damaged file may make pypdf look for ever
READ_TIMES = 60  # how often the file's length may be read altogether
APART = 0.15  # of a size: what stands so far behind another text is parted from it by a blank
BROWSER = "Skia"  # what writes Chromium's prints
MAX_STREAM = 32 * 1024 * 1024  # bytes of one stream unpacked

UNREADABLE = "file-unreadable"

# pypdf's own limits, which are meant for larger files
_BOUNDS: Mapping[str, Any] = MappingProxyType(
    {
        "zlib_maximum_output_length": MAX_STREAM,
        "lzw_maximum_output_length": MAX_STREAM,
        "run_length_maximum_output_length": MAX_STREAM,
        "brotli_maximum_output_length": MAX_STREAM,
        "array_based_stream_maximum_output_length": MAX_STREAM,
        "maximum_declared_stream_length": 2 * MAX_STREAM,
        "stream_decoding_work_maximum_length": 4 * MAX_STREAM,
        "stream_parsing_work_maximum_count": MAX_OPERATIONS,
        "stream_filters_maximum_length": 4,
        "page_tree_maximum_entries": 20 * MAX_PAGES,
        "xform_maximum_invocations_per_extraction": 500,
    }
)

_LOCKED = ("DependencyError", "FileNotDecryptedError", "WrongPasswordError")
_LIMITS = ("LimitReachedError", "_Enough")
_PAGE = re.compile(rb"/Type\s{0,9}/Page(?![a-zA-Z])")
_NUMBER = re.compile(rb"(?:^|[\r\n\s])(\d{1,7}) \d{1,5}$")
_LOST = "\ufffd"  # what pypdf gives for a sign of a font that is missing
_MOVES = frozenset((b"BT", b"Td", b"TD", b"Tm", b"T*", b"'", b'"', b"cm", b"q", b"Q"))


class PrintError(Exception):
    """The file cannot be read: `code` is a finding's, the message says what is wrong."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on a sheet: its place from the left and from the bottom, its size in points, the number of its tag,
    where it ends from the left.
    """

    text: str
    x: float
    y: float
    size: float
    bold: bool
    tag: int | None
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is printed; `links` are rectangles (left, bottom, right, top) with addresses."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    links: tuple[tuple[tuple[float, float, float, float], str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A tag: its name, what is said of it, and what is in it: tags, and texts as sheet and number."""

    kind: str
    children: tuple[Node | tuple[int, int], ...]
    link: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Print:
    """A PDF taken apart. `faults` says what of it could not be read."""

    about: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    tree: Node | None = None
    language: str = ""
    faults: tuple[str, ...] = ()


def opened(raw: bytes) -> Print:
    """The PDF taken apart. Raises ImportError where pypdf is missing, `PrintError` where the file cannot be read."""
    import pypdf  # noqa: PLC0415 - an extra

    if not hasattr(pypdf, "apply_configuration"):
        raise ImportError("pypdf is too old to bound what it reads")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    known = pypdf.Configuration.__dataclass_fields__
    with pypdf.apply_configuration(**{name: limit for name, limit in _BOUNDS.items() if name in known}):
        try:
            return _read(raw)
        except PrintError as error:
            whole = _salvaged(raw) if error.code == UNREADABLE else None
            if whole is None:
                raise
        left = _read(whole)
        return replace(left, faults=("it is cut short or damaged; the pages that are left were read", *left.faults))


def _read(raw: bytes) -> Print:
    import pypdf  # noqa: PLC0415 - an extra

    try:
        reader = pypdf.PdfReader(
            _Counted(raw), strict=False, root_object_recovery_limit=2_000, xref_stream_maximum_entries=500_000
        )
        if reader.is_encrypted and not reader.decrypt(""):
            raise PrintError("encrypted", "the PDF is encrypted and asks for a password; save a copy without one")
        count = len(reader.pages)
    except PrintError:
        raise
    except Exception as error:
        raise _fault(error) from error
    return _taken(reader, count)


def _fault(error: Exception) -> PrintError:
    name = type(error).__name__
    if name in _LOCKED:
        return PrintError("encrypted", "the PDF is encrypted and cannot be opened; save a copy without a password")
    if name in _LIMITS:
        return PrintError("archive-limit", "the PDF holds more than is read; print the page anew")
    return PrintError(UNREADABLE, f"the PDF is cut short or damaged, and nothing of it can be read ({name})")


def _salvaged(raw: bytes) -> bytes | None:
    """The file with a list of the pages that are left in it, where its own is missing; None where none is left."""
    pages: list[int] = []
    for found in islice(_PAGE.finditer(raw), MAX_PAGES * 4):
        start = raw.rfind(b" obj", max(0, found.start() - MAX_HEAD), found.start())
        number = _NUMBER.search(raw, max(0, start - 20), start) if start >= 0 else None
        if number and raw.find(b"endobj", start, found.start()) < 0:
            pages.append(int(number[1]))
    if not pages:
        return None
    listed = b" ".join(b"%d 0 R" % page for page in pages)
    return raw + (
        b"\n9999990 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n9999991 0 obj\n<< /Type /Catalog /Pages 9999990 0 R >>\nendobj\n"
        b"trailer\n<< /Root 9999991 0 R /Size 9999992 >>\nstartxref\n0\n%%%%EOF\n" % (len(pages), listed)
    )


def _taken(reader: Any, count: int) -> Print:
    sheets: list[Sheet] = []
    said: list[str] = []
    budget = _Budget(MAX_PIECES, MAX_OPERATIONS, MAX_CHARACTERS)
    about, language = _careful(_about, reader, {}), str(_careful(_language, reader, ""))
    browser = BROWSER in about.get("Producer", "")
    for number in range(min(count, MAX_PAGES)):
        try:
            sheets.append(_sheet(reader.pages[number], budget, browser=browser))
        except Exception as error:  # noqa: BLE001 - as above; the other pages are read
            if type(error).__name__ in _LIMITS:
                said.append(f"page {number + 1}: it holds more than is read; what follows was left")
                break
            said.append(f"page {number + 1}: it is damaged and was left ({type(error).__name__})")
            sheets.append(Sheet(0, 0, ()))
    if count > MAX_PAGES:
        said.append(f"it has {count} pages; those after page {MAX_PAGES} were left")
    tree = _careful(_tree, reader, None) if browser else None
    return Print(about, tuple(sheets), tree, language, tuple(said))


def _careful(read: Callable[[Any], Any], reader: Any, otherwise: Any) -> Any:
    """What a part of the file says that the text can do without."""
    try:
        return read(reader)
    except Exception:  # noqa: BLE001 - as above
        return otherwise


class _Enough(Exception):  # noqa: N818 - a stop, no fault
    """More was asked of the file than a print of a page needs."""


class _Counted(BytesIO):
    """The file's bytes, given out so many times and no more."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw)
        self._calls = MAX_READS
        self._bytes = max(len(raw), 100_000) * READ_TIMES

    def read(self, size: int | None = -1) -> bytes:
        given = super().read(size)
        self._calls -= 1
        self._bytes -= len(given)
        if self._calls < 0 or self._bytes < 0:
            raise _Enough
        return given

    def seek(self, offset: int, whence: int = 0) -> int:
        self._calls -= 1
        if self._calls < 0:
            raise _Enough
        return super().seek(offset, whence)


@dataclass(slots=True)
class _Budget:
    """What may still be read."""

    pieces: int
    operations: int
    characters: int

    def take(self, *, pieces: int = 0, operations: int = 0, characters: int = 0) -> None:
        self.pieces -= pieces
        self.operations -= operations
        self.characters -= characters
        if min(self.pieces, self.operations, self.characters) < 0:
            raise _Enough


@dataclass(slots=True)
class _Pen:
    """What is drawn on one sheet, operation by operation.

    pypdf puts a blank before a text that stands apart from the one before. In Chromium's prints it takes the beginning of a
    line for the place of what comes after a change of fonts: there the blanks are told from the places themselves.
    """

    budget: _Budget
    browser: bool
    pieces: list[Piece] = field(default_factory=list)
    marks: list[int | None] = field(default_factory=list)
    codes: list[bytes] = field(default_factory=list)
    place: tuple[float, float] | None = None  # where the text begins that is being drawn
    moved: bool = True  # whether it does not follow right behind the text drawn before
    widths: dict[int, fonts.Widths] = field(default_factory=dict)

    def before(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        self.budget.take(operations=1)
        if operator in (b"BDC", b"BMC"):
            known = operands[1] if len(operands) > 1 and isinstance(operands[1], Mapping) else {}
            number = known.get("/MCID")
            self.marks.append(int(number) if isinstance(number, int) else None)
        elif operator == b"EMC" and self.marks:
            self.marks.pop()
        elif operator in (b"Tj", b"TJ") and operands:
            shown = operands[0] if isinstance(operands[0], list) else [operands[0]]
            self.codes += [bytes(one) for one in shown if isinstance(one, bytes)]
            if self.place is None:
                follows = not self.moved and self.pieces and self.browser
                x = self.pieces[-1].end if follows else tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
                self.place = (x, tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            self.moved = False
        elif operator in _MOVES:
            self.moved = True

    def drawn(self, words: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        codes, place = b"".join(self.codes), self.place
        self.codes.clear()
        self.place = None
        if not words or words.count(_LOST) * 2 > len(words):
            return
        self.budget.take(pieces=1, characters=len(words))
        x, y = place or (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
        scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        name = str(font.get("/BaseFont", "")) if isinstance(font, Mapping) else ""
        tag = next((mark for mark in reversed(self.marks) if mark is not None), None)
        numbers = (float(x), float(y), abs(float(size) * scale))
        if not all(map(math.isfinite, numbers)):
            return
        piece = Piece(words, *numbers, bold=any(one in name for one in ("Bold", "Black", "Heavy")), tag=tag)
        self.pieces.append(self._spaced(piece, codes, font) if self.browser and words.strip() else piece)

    def _spaced(self, piece: Piece, codes: bytes, font: Any) -> Piece:
        """The piece with a blank before it exactly where one is drawn, and where it ends."""
        known = self.widths.setdefault(id(font), fonts.widths(font))
        count, width = known.measured(codes)
        last = next((one for one in reversed(self.pieces[-3:]) if one.text.strip()), None)
        words = piece.text[1:] if piece.text[0] == " " and len(piece.text) > count else piece.text
        beside = last is not None and abs(piece.y - last.y) < 0.5 * piece.size
        if last is not None and beside:
            apart = piece.x - last.end > APART * piece.size
            words = f" {words}" if apart and words[0] != " " and self.pieces[-1].text[-1:] not in (" ", "\n") else words
        return replace(piece, text=words, end=piece.x + width * piece.size)


def _sheet(page: Any, budget: _Budget, *, browser: bool) -> Sheet:
    pen = _Pen(budget, browser)
    box = page.mediabox
    width, height = float(box.width), float(box.height)
    page.extract_text(visitor_operand_before=pen.before, visitor_text=pen.drawn)
    links = tuple(_links(page))
    few = len(links) * len(pen.pieces) <= MAX_LINKED
    return Sheet(width, height, tuple(pen.pieces), links if few else ())


def _links(page: Any) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    notes = page.get("/Annots")
    listed = notes.get_object() if notes is not None else []
    for note in listed[:MAX_LINKS] if isinstance(listed, list) else []:
        one = note.get_object()
        address = _address(one)
        corners = one.get("/Rect") if isinstance(one, Mapping) else None
        if address and isinstance(corners, list) and len(corners) == 4:
            left, bottom, right, top = (float(corner) for corner in corners)
            yield (min(left, right), min(bottom, top), max(left, right), max(bottom, top)), address


def _address(note: Any) -> str | None:
    action = note.get("/A") if isinstance(note, Mapping) else None
    action = action.get_object() if action is not None else None
    target = action.get("/URI") if isinstance(action, Mapping) else None
    target = target.get_object() if target is not None else None
    return web(target.decode("latin-1") if isinstance(target, bytes) else str(target)) if target is not None else None


def _about(reader: Any) -> dict[str, str]:
    found = reader.metadata or {}
    return {
        str(name).lstrip("/"): text.line(str(value)[:2_000])
        for name, value in list(found.items())[:40]
        if isinstance(value, str)
    }


def _language(reader: Any) -> str:
    return str(reader.trailer["/Root"].get("/Lang", ""))[:20]


def _tree(reader: Any) -> Node | None:
    """The tree of tags."""
    root = reader.trailer["/Root"].get("/StructTreeRoot")
    if root is None:
        return None
    numbers = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages[:MAX_PAGES])}
    left = [MAX_NODES]
    made = _node(root.get_object(), numbers, -1, left, 0)
    return made if isinstance(made, Node) else None


def _node(
    item: Any, numbers: Mapping[int, int], sheet: int, left: list[int], depth: int
) -> Node | tuple[int, int] | None:
    left[0] -= 1
    if left[0] < 0 or depth > MAX_DEPTH:
        return None
    if isinstance(item, int):
        return (sheet, int(item))
    if not isinstance(item, Mapping):
        return None
    place = dict.get(item, "/Pg") if isinstance(item, dict) else None  # the reference, not what it leads to
    sheet = numbers.get(getattr(place, "idnum", -1), sheet)
    if "/MCID" in item:
        return (sheet, int(item["/MCID"]))
    if "/Obj" in item:
        return Node("", (), link=_address(item["/Obj"].get_object()))
    inner = item.get("/K")
    inner = inner.get_object() if inner is not None else []
    listed = inner if isinstance(inner, list) else [inner]
    children = (
        _node(one.get_object() if hasattr(one, "get_object") else one, numbers, sheet, left, depth + 1)
        for one in listed
    )
    kept = tuple(child for child in children if child is not None)
    return Node(str(item.get("/S", "")).lstrip("/"), kept, words=text.line(str(item.get("/Alt", ""))[:2_000]))
