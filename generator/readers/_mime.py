"""A MIME message taken apart: its leaves in order, each with its headers, its place in the file, and its bytes decoded.

Total on any bytes, and linear in them: depth, number of leaves and false boundaries are limited while reading. The
parser of the standard library is not used for that reason: it fails at deep nesting, and takes seconds and fifty times
the memory for many small parts. Knows no format of page.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.readers import _headers, parts
from generator.readers._headers import Headers
from generator.readers._within import Resource, joined

MAX_LEAVES = 5_000
MAX_DEPTH = 12  # multiparts in multiparts
MAX_FALSE = 100_000  # lines that begin like a boundary and are none
MAX_BOUNDARY = 200  # bytes
HEAD = 4_096

_BLANK = b"\xef\xbb\xbf \t\r\n\x00"
_ENDING = re.compile(rb"(--)?[ \t]{0,99}(?=[\r\n]|\Z)")
_GUESS = re.compile(
    rb"(?<![^\r\n])--([^\r\n]{1,200}?)[ \t]{0,9}(?:\r{0,2}\n|\r)(?=Content-[A-Za-z-]{1,40}[ \t]{0,9}:)",
    re.IGNORECASE,
)
_NEWLINE = re.compile(rb"\r{0,2}\n|\r")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_SOFT = re.compile(rb"=[ \t]{1,99}(?=\r{0,2}\n)")
_ESCAPED = re.compile(rb"=(?:3D|[0-9A-F]{2}|\r?\n)", re.IGNORECASE)
_BARE = re.compile(rb"=[\"']")  # an attribute in markup that is not encoded after all
_HTML = re.compile(rb"\s{0,200}(?:<!doctype\s{1,9}html|<html[\s>])", re.IGNORECASE)
_VAGUE = ("application/octet-stream", "text/plain")
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})
_META = re.compile(rb"<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part that holds no parts: where its body lies in the file, and whether the file ends inside the body."""

    number: int
    headers: Headers
    source: bytes = field(repr=False)
    start: int
    end: int
    base: str  # the address that the parts around it state
    last: bool = False  # nothing stands behind it although something should

    @property
    def media_type(self) -> str:
        """The stated media type, or what the first bytes say where none is stated."""
        stated = self.headers.media_type()
        if stated is None or stated in _VAGUE or stated.startswith("multipart/"):
            found = _HTML.match(self.source, self.start, min(self.end, self.start + HEAD))
            return "text/html" if found else stated or "text/plain"
        return "text/html" if stated in HTML else stated

    @property
    def charset(self) -> str | None:
        return self.headers.parameter("content-type", "charset")

    @property
    def name(self) -> str:
        """The name of the file that it is meant to become; empty where it has none."""
        return self.headers.parameter("content-disposition", "filename") or (
            self.headers.parameter("content-type", "name") or ""
        )

    @property
    def attached(self) -> bool:
        return self.headers.token("content-disposition") == "attachment"

    def body(self) -> bytes:
        """The bytes decoded."""
        return _decoded(self.source[self.start : self.end], self.headers.token("content-transfer-encoding"))

    def head(self) -> bytes:
        """The first bytes decoded: enough to see what this is."""
        end = min(self.end, self.start + HEAD)
        return _decoded(self.source[self.start : end], self.headers.token("content-transfer-encoding"))

    def is_cut(self) -> bool:
        """Whether the file ends inside it: it is the last, and does not end as its kind does."""
        return self.last and not _complete(self.body(), self.media_type)


@dataclass(frozen=True, slots=True)
class Message:
    """The headers of the whole and its leaves; `limited` says in words what was left because there is too much of it."""

    headers: Headers
    leaves: tuple[Leaf, ...]
    limited: str | None = None
    stump: bool = False  # the file ends inside a boundary

    def resources(self) -> Iterator[Resource]:
        """What it holds by address: under its Content-ID, its Content-Location, and at last its file's name."""
        yield from self._resources(self.leaves)

    def documents(self) -> Iterator[Resource]:
        """Those of them that are pages."""
        yield from self._resources([leaf for leaf in self.leaves if leaf.media_type == "text/html"])

    def _resources(self, leaves: Iterable[Leaf]) -> Iterator[Resource]:
        for leaf in leaves:
            content_id = leaf.headers.address("content-id")
            place = leaf.headers.address("content-location")
            whole = joined(leaf.headers.address("content-base") or leaf.base, place) if place else ""
            yield Resource(
                (f"cid:{content_id}" if content_id else "", whole, place, leaf.name), leaf.body, leaf.charset
            )

    def damage(self) -> str | None:
        """What the end of the file says against it, in words."""
        last = self.leaves[-1] if self.leaves else None
        if last and (self.stump or last.is_cut()):
            return f"the file ends {'behind' if self.stump else 'inside'} part {last.number} ({last.media_type}, from byte {last.start})"
        return None


@dataclass(slots=True)
class _Walk:
    """What is gathered on the way down."""

    source: bytes
    leaves: list[Leaf]
    falses: int = 0
    limited: str | None = None
    stump: bool = False


def parse(raw: bytes) -> Message:
    """The message in these bytes. Never raises."""
    source = plain(raw)
    start = len(source) - len(source.lstrip(_BLANK))
    walk = _Walk(source, [])
    headers, _ = _headers.split(source, start, len(source))
    _part(walk, (start, len(source)), "", 0, last=True)
    return Message(headers, tuple(walk.leaves), walk.limited, walk.stump)


def opening(head: bytes) -> Headers:
    """The headers with which a file begins; empty where it begins with something else."""
    source = plain(head)
    return _headers.split(source, len(source) - len(source.lstrip(_BLANK)), len(source))[0]


def begins_with_boundary(head: bytes) -> bool:
    """Whether a file begins with a boundary: its own headers were lost."""
    return _GUESS.match(plain(head).lstrip(_BLANK)) is not None


def plain(raw: bytes) -> bytes:
    """The bytes as they were before an editor saved them as UTF-16."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode("utf-8", "replace")
    return raw


def believed(charset: str | None, body: bytes) -> str | None:
    """The charset that a part states, or None where the page's own statement is to be heard instead.

    ASCII and the charsets of Western Europe are what programs state that do not know.
    """
    stated = _headers.codec(charset)
    if stated not in _WESTERN:
        return charset
    own = _META.search(body[:HEAD])
    name = _headers.codec(own[1].decode("ascii")) if own else None
    if stated == "ascii":
        return None
    if name is None or name in _WESTERN:
        return charset
    try:
        body.decode(name)
    except UnicodeDecodeError:
        return charset
    return None


def from_base64(raw: bytes) -> bytes:
    """The bytes that base64 stands for, as far as it goes: white space, cut ends and foreign letters are passed over."""
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        bare = _NOT_BASE64.sub(b"", raw)
        bare = bare[: len(bare) - 1] if len(bare) % 4 == 1 else bare
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))


def _part(walk: _Walk, span: tuple[int, int], base: str, depth: int, *, last: bool) -> None:
    """One part: a leaf, or a multipart whose parts are gone through in their turn."""
    headers, body = _headers.split(walk.source, *span)
    end = span[1]
    stated = headers.media_type()
    holds_parts = stated.startswith("multipart/") if stated else depth == 0
    if not holds_parts:
        _leaf(walk, headers, (body, end), base, last=last and depth > 0)
        return
    pieces, open_ended = _pieces(walk, headers, body, end)
    if not pieces:
        _leaf(walk, headers, (body, end), base, last=last and (depth > 0 or stated is not None))
        return
    if depth == MAX_DEPTH:
        walk.limited = f"parts are nested more than {MAX_DEPTH} deep"
        return
    inner = headers.address("content-base") or headers.address("content-location") or base
    for number, piece in enumerate(pieces, 1):
        _part(walk, piece, inner, depth + 1, last=last and open_ended and number == len(pieces))
        if walk.limited:
            return


def _leaf(walk: _Walk, headers: Headers, span: tuple[int, int], base: str, *, last: bool) -> None:
    if len(walk.leaves) == MAX_LEAVES:
        walk.limited = f"it holds more than {MAX_LEAVES} parts"
        return
    walk.leaves.append(Leaf(len(walk.leaves) + 1, headers, walk.source, *span, base, last))


def _pieces(walk: _Walk, headers: Headers, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Where the parts of a multipart lie, and whether the closing boundary is missing.

    A boundary that is not stated, or stated and nowhere to be found, is guessed: a line of two hyphens before a header.
    """
    stated = (headers.parameter("content-type", "boundary") or "").rstrip()
    boundary = stated.encode("utf-8", "surrogateescape")[:MAX_BOUNDARY]
    pieces, is_open = _cut_up(walk, boundary, start, end) if boundary else ([], True)
    if not pieces:
        guess = _GUESS.search(walk.source, start, end)
        if guess:
            pieces, is_open = _cut_up(walk, guess[1], start, end)
    return pieces, is_open


def _cut_up(walk: _Walk, boundary: bytes, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    pieces: list[tuple[int, int]] = []
    begin: int | None = None
    is_open = True
    for place, after, closing in _boundaries(walk, boundary, start, end):
        if begin is not None:
            pieces.append((begin, place))
        if len(pieces) > MAX_LEAVES:
            break
        is_open, begin = not closing, None if closing else after
    if begin is not None:
        pieces.append((begin, _stump(walk, b"--" + boundary, begin, end)))
    return pieces, is_open


def _stump(walk: _Walk, mark: bytes, start: int, end: int) -> int:
    """Where the last part ends: at the end, or before the beginning of a boundary that the file ends in."""
    tail = walk.source[max(start, end - len(mark) - 4) : end]
    line = max(tail.rfind(b"\n"), tail.rfind(b"\r")) + 1
    rest = tail[line:]
    if end == len(walk.source) and line and len(rest) > 2 and (mark + b"-").startswith(rest):
        walk.stump = walk.stump or rest != mark + b"-"  # of a closing boundary nothing is missing but a hyphen
        return end - len(rest)
    return end


def _boundaries(walk: _Walk, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Each line that is a boundary: where the body before it ends, where the part behind it begins, whether it closes."""
    source = walk.source
    newline = b"\r" if source[start - 1 : start] == b"\r" else b"\n"  # as the headers' lines end; bodies hold all kinds
    mark = newline + b"--" + boundary
    after = start + len(mark) - 1 if source.startswith(mark[1:], start) else _after(source, mark, start, end)
    while after and walk.falses < MAX_FALSE:
        found = _ENDING.match(source, after, end)
        if found:
            yield _before(source, after - len(mark), start), _behind(source, found.end(), end), bool(found[1])
        else:
            walk.falses += 1
        after = _after(source, mark, after, end)
    if after:
        walk.limited = "too many lines begin like a boundary"


def _before(source: bytes, place: int, start: int) -> int:
    """Before the line end that begins at the place or a little earlier."""
    if source[place : place + 1] == b"\n":
        while place > start and source[place - 1 : place] == b"\r":
            place -= 1
    return max(place, start)


def _after(source: bytes, mark: bytes, start: int, end: int) -> int:
    """Where the next mark ends; zero where none follows."""
    place = source.find(mark, start, end)
    return place + len(mark) if place >= 0 else 0


def _behind(source: bytes, place: int, end: int) -> int:
    line = _NEWLINE.match(source, place, end)
    return line.end() if line else place


def _decoded(raw: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return from_base64(raw)
    if encoding != "quoted-printable" or (len(_BARE.findall(raw, 0, HEAD)) > len(_ESCAPED.findall(raw, 0, HEAD))):
        return raw
    if b"\n" not in raw:  # or the decoder would take all for one line
        raw = raw.replace(b"\r", b"\n")
    return binascii.a2b_qp(_SOFT.sub(b"=", raw))


def _complete(body: bytes, media_type: str) -> bool:
    """Whether bytes end as their kind of file ends."""
    tail = body[-HEAD:].rstrip(b"\x00\r\n\t ")
    if media_type == "text/html":
        return b"</html" in tail.lower()
    ends = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9", "image/gif": b";"}
    known = ends.get(parts.kind(body[:16]) or "")
    return bool(known and tail.endswith(known))
