"""What the web archives in one file have in common: pages seen again, pictures, and revisits that wait for the next archive.

Lives while that file is open; nothing is known of files beside it, so a file gives the same whatever it is put in with.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.errors import Finding
from generator.model import Origin
from generator.readers.warc.again import Again, Pictures
from generator.readers.warc.records import Head
from generator.readers.warc.revisits import Revisits

MAX_OPEN = 10_000  # revisits that wait for a page
MAX_CHANCES = 64  # archives that each of them is looked up in, once they have been read
OPEN_BYTES = 16 * 1024 * 1024  # of what they say of themselves
MAX_ARCHIVES = 16  # in which pictures are still looked for
MAX_PLACES = 400_000  # of pictures, in all of them


class Open(NamedTuple):
    """A revisit of a page that was not met yet, and the archive that it lies in."""

    head: Head
    origin: Origin
    chances: int


class Shelf:
    """What is kept from one archive for the next."""

    def __init__(self) -> None:
        self.revisits = Revisits()
        self._pictures: list[Pictures] = []  # of the last archives
        self._open: list[Open] = []
        self._size = 0  # of their heads
        self._beyond: dict[Origin, int] = {}  # how many more, by archive

    def enter(self, again: Again) -> None:
        """Begin with another archive. What is held of the pictures of the one before goes; where they lie is still known."""
        self.revisits.enter(again)
        if self._pictures:
            self.pictures.forget_all()
        self._pictures = self._pictures[1 - MAX_ARCHIVES :]
        while sum(one.places for one in self._pictures) > MAX_PLACES:
            del self._pictures[0]
        self._pictures.append(Pictures(again))

    @property
    def pictures(self) -> Pictures:
        """Those of the archive that is being read."""
        return self._pictures[-1]

    def picture(self, url: str, now: int) -> bytes | None:
        """A picture out of this archive, or else of one before it."""
        found = self.pictures.get(url, now)
        for earlier in reversed(self._pictures[:-1]):
            if found is not None:
                break
            found = earlier.get(url, now)
            earlier.forget_all()
            if found is not None:
                self.pictures.add(url, found, None, now)
        return found

    def __bool__(self) -> bool:
        """Whether any picture was met at all."""
        return any(self._pictures)

    def wait(self, head: Head, origin: Origin) -> None:
        """Keep a revisit that stands for nothing known so far."""
        self.keep(Open(head, origin, MAX_CHANCES))

    def keep(self, one: Open) -> None:
        """Let it wait for the next archive."""
        if one.chances and len(self._open) < MAX_OPEN and self._size < OPEN_BYTES:
            self._open.append(one)
            self._size += len(one.head.head)
        else:
            self.revisits.forgot = True
            self._beyond[one.origin] = self._beyond.get(one.origin, 0) + 1

    def waiting(self) -> tuple[Open, ...]:
        """The revisits that wait; whoever takes them gives back what still has to."""
        taken, self._open, self._size = tuple(self._open), [], 0
        return taken

    def left(self) -> tuple[Finding, ...]:
        """What to say of each archive that names pages which none of them holds."""
        counts = dict(self._beyond)
        for one in self._open:
            counts[one.origin] = counts.get(one.origin, 0) + 1
        message = "pages seen again that are nowhere in this file: {}; the file before it may hold them"
        if self.revisits.forgot:
            message = (
                "pages seen again that were not found in this file: {}; it holds more than is looked through for them"
            )
        return tuple(
            Finding("record-incomplete", str(origin), message.format(count)) for origin, count in counts.items()
        )
