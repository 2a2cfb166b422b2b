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
MAX_ARCHIVES = 16  # in which pictures are still looked for


class Open(NamedTuple):
    """A revisit of a page that was not met yet, and the archive that it lies in."""

    head: Head
    origin: Origin


class Shelf:
    """What is kept from one archive for the next."""

    def __init__(self) -> None:
        self.revisits = Revisits()
        self._pictures: list[Pictures] = []  # of the last archives
        self._open: list[Open] = []
        self._beyond: dict[Origin, int] = {}  # how many more, by archive

    def enter(self, again: Again) -> None:
        """Begin with another archive. What is held of the pictures of the one before goes; where they lie is still known."""
        self.revisits.enter(again)
        if self._pictures:
            self.pictures.forget_all()
        self._pictures = [*self._pictures, Pictures(again)][-MAX_ARCHIVES:]

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
        if len(self._open) < MAX_OPEN:
            self._open.append(Open(head, origin))
        else:
            self._beyond[origin] = self._beyond.get(origin, 0) + 1

    def waiting(self) -> tuple[Open, ...]:
        """The revisits that wait; whoever takes them gives back what still has to."""
        taken, self._open = tuple(self._open), []
        return taken

    def left(self) -> tuple[Finding, ...]:
        """What to say of each archive that names pages which none of them holds."""
        counts = dict(self._beyond)
        for one in self._open:
            counts[one.origin] = counts.get(one.origin, 0) + 1
        message = "pages seen again that are nowhere in this file: {}; the file before it may hold them"
        return tuple(
            Finding("record-incomplete", str(origin), message.format(count)) for origin, count in counts.items()
        )
