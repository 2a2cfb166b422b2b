"""Records read a second time: the pictures that a page names, the page that a revisit stands for.

What was met lately is held; the rest is looked up in the file, where that can be read twice. Never reads back more than
has been read forwards.
"""

from __future__ import annotations

import io
import re
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, NamedTuple
from urllib.parse import quote, urljoin

from generator.readers.packed.unpacking import Window
from generator.readers.warc.answers import answer
from generator.readers.warc.records import Record, record_at
from generator.readers.warc.streams import Stream

MAX_PICTURE_BYTES = 16 * 1024 * 1024
MAX_NOTED = 200_000  # addresses of pictures
PICTURE_BYTES = 500  # that a picture takes beside its own bytes
FREE_BYTES = 64 * 1024 * 1024  # that may be read twice in any file

# an address without anything to be undone in it, as nearly all are
_PLAIN = re.compile(r"[a-z]{1,20}://([a-z0-9.-]+/[A-Za-z0-9._~/?&=%,;+-]*+)")
# a base and an address from its root, as nearly all are written: nothing is to be resolved
_ROOT = re.compile(r"https?://[a-z0-9.-]{1,200}(?::\d{1,5})?(?=/|\Z)")
_ROOTED = re.compile(r"/(?:[A-Za-z0-9_~%=&,+@:-]|(?<!/)[./])*+(?:\?[A-Za-z0-9_~%=&,+@:./-]+)?")
_UNSAFE = re.compile(r"[^!-~]|[\"'<>\\^`{|}]")
_SAFE = "!#$%&()*+,/:;=?@[]~-._"


def key(url: str) -> int:
    """What an address is remembered by: a short digest of it, whatever its scheme, fragment and escapes."""
    plain = _PLAIN.fullmatch(url)
    if plain:
        return short(plain[1])
    rest = url.partition("#")[0].partition("://")[2]
    host, _, path = rest.partition("/")
    if _UNSAFE.search(path):
        path = quote(path, safe=_SAFE)
    return short(f"{host.lower().removesuffix(':80').removesuffix(':443')}/{path}")


def short(text: str) -> int:
    """A digest for tables that grow long and live as long as this process: its key is drawn anew, so that nobody can make two collide."""
    return hash(text)


def joined(base: str, address: str) -> str | None:
    """An address as a page means it, where it leads to the web."""
    if _ROOTED.fullmatch(address) and (root := _ROOT.match(base)):
        return f"{root[0]}{address}"
    try:
        url = urljoin(base, address)
    except ValueError:
        return None
    return url if url[:8].lower().startswith(("http://", "https://")) else None


class Again:
    """Records looked up by their offset, while the file is being read."""

    def __init__(self, file: BinaryIO, stream: Stream) -> None:
        self._file = file
        self._stream = stream
        self._spent = 0
        # what is unpacked on the way can be begun again at best
        self.possible = isinstance(getattr(file, "raw", file), io.FileIO | io.BytesIO | Window)

    def read(self, offset: int, limit: int) -> tuple[Record, bytes] | None:
        """A record and what it holds; None where it cannot be had, or not within the limit."""
        if not self._allowed:
            return None
        with self._apart():
            record = record_at(self._file, offset, self._stream.dictionary)
            block = record.block.read(limit) if record else None
        self._spent += len(block or b"")
        return (record, block) if record and block is not None else None

    def piece(self, offset: int, size: int) -> bytes | None:
        """Bytes as they lie in the file; None where they cannot be had."""
        if not self._allowed:
            return None
        self._spent += size
        with self._apart(), suppress(OSError):  # a bad place of the disk costs this picture
            self._file.seek(offset)
            data = self._file.read(size)
            return data if len(data) == size else None
        return None

    @contextmanager
    def _apart(self) -> Iterator[None]:
        """Leave the file where it stood."""
        position = self._file.tell()
        try:
            yield
        finally:
            self._file.seek(position)

    @property
    def _allowed(self) -> bool:
        return self.possible and self._spent <= self._stream.passed + FREE_BYTES


class Place(NamedTuple):
    """Where a picture lies: in the record at an offset of the file, or where it has a size, there itself."""

    offset: int
    size: int | None = None
    again: bool = False  # read already


class Pictures:
    """The pictures met so far, by address: held while there is room, and else looked up again.

    What lies in a file as it is, is not held before it was asked for twice: to read it once more costs less than memory.
    """

    def __init__(self, again: Again) -> None:
        self._again = again
        self._held: OrderedDict[int, tuple[int, bytes]] = OrderedDict()  # each with its last use
        self._places: dict[int, Place] = {}
        self.size = 0

    def __bool__(self) -> bool:
        """Whether any picture was met at all."""
        return bool(self._held or self._places)

    @property
    def places(self) -> int:
        """How many are known by where they lie."""
        return len(self._places)

    @property
    def lasting(self) -> bool:
        """Whether what was passed over can be read later."""
        return self._again.possible

    def add(self, url: str, body: bytes, offset: int | None, now: int) -> None:
        """Hold a picture, and note where its record lies."""
        name = key(url)
        self._hold(name, body, now)
        if offset is not None:
            self._note(name, Place(offset))

    def note(self, url: str, offset: int, size: int) -> None:
        """Note where a picture lies that was passed over."""
        name = key(url)
        self._let_go(name)
        self._note(name, Place(offset, size))

    def get(self, url: str, now: int) -> bytes | None:
        """A picture's bytes; None where there is none of this address."""
        name = key(url)
        held = self._held.pop(name, None)
        if held:
            self._held[name] = now, held[1]
            return held[1]
        place = self._places.get(name)
        body = self._read(place) if place else None
        if body is None or place is None:
            return None
        if place.size is None or place.again:
            self._hold(name, body, now)
        self._places[name] = place._replace(again=True)
        return body

    def forget(self, before: int, enough: int) -> None:
        """Let go of pictures that were not used since a certain time, oldest first, until enough is left."""
        while self._held and self.size > enough:
            name, (used, _) = next(iter(self._held.items()))
            if used >= before:
                break
            self._let_go(name)

    def forget_all(self) -> None:
        """Let go of all that is held; where it lies is still known."""
        self._held.clear()
        self.size = 0

    def _hold(self, name: int, body: bytes, now: int) -> None:
        self._let_go(name)
        self._held[name] = now, body
        self.size += PICTURE_BYTES + len(body)

    def _let_go(self, name: int) -> None:
        held = self._held.pop(name, None)
        self.size -= PICTURE_BYTES + len(held[1]) if held else 0

    def _note(self, name: int, place: Place) -> None:
        self._places[name] = place
        if len(self._places) > MAX_NOTED:
            del self._places[next(iter(self._places))]

    def _read(self, place: Place) -> bytes | None:
        if place.size is not None:
            return self._again.piece(place.offset, place.size)
        found = self._again.read(place.offset, MAX_PICTURE_BYTES)
        if found is None or not found[1].startswith(b"HTTP/"):
            return found[1] if found else None
        head = answer(found[1])
        body = head.body(found[1][head.start :], MAX_PICTURE_BYTES)
        return None if body.excess else body.data
