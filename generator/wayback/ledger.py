"""What was asked for and what came of it: known from the batches on disk and from the journal of the open one.

Decides when a batch is whole, and has it put in place. Whatever was answered once is never asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from generator import content, text
from generator.content.saved import SAVED
from generator.wayback import records
from generator.wayback.archives import Archive
from generator.wayback.choice import Address
from generator.wayback.index import Row
from generator.wayback.journal import Entry, Journal
from generator.wayback.judging import Flaw
from generator.wayback.replay import Absence, Memento
from generator.wayback.wanted import Wanted

BATCH_PAGES = 200
BATCH_BYTES = 50 * 1024 * 1024
FOLDER = "wayback"

Verdict = Literal["kept", "alike"] | Flaw | Absence
Kind = Literal["page", "picture"]
LEFT = frozenset({"alike", *get_args(Flaw)})  # verdicts on mementos that there are
SETTLED = frozenset({"kept", "alike"})  # verdicts after which no other capture of an address need be asked for


def folder(host: str) -> str:
    """Where the batches of a site lie, relative to `content/`."""
    return f"{SAVED}/{FOLDER}/{text.file_name(host)}"


class Ledger:
    """The account of one site in one archive. Its journal holds what no batch holds yet."""

    def __init__(self, root: Path, journal: Journal, archive: Archive, host: str) -> None:
        self.places: list[str] = []
        self._content = root
        self._journal = journal
        self._archive = archive
        self._host = host
        self._known: dict[tuple[str, str, str], str] = {}
        self._bodies: set[str] = set()
        for file in sorted((root / folder(host)).glob("*.warc.gz")):
            for said in records.asked(file, archive):
                self._learn(said)
        self._pages = self._bytes = 0  # of the open batch
        # where a run was killed after its batch was put in place, the journal still holds what the batch does
        self._begin([one for one in journal.entries if _is_told(one.said) and self._key(one.said) not in self._known])

    def left(self, address: Address, wanted: Wanted) -> tuple[Row, ...]:
        """The captures of an address that are still to be asked for, best first; what was left is asked for to be kept."""
        known = [self._known.get(("page", row.time, row.url)) for row in address.rows]
        verdicts = [None if wanted.keep_all and verdict in LEFT else verdict for verdict in known]
        if not wanted.every_version and not SETTLED.isdisjoint(verdicts):
            return ()
        return tuple(row for row, verdict in zip(address.rows, verdicts, strict=True) if verdict is None)

    def knows_picture(self, url: str) -> bool:
        """Whether a picture was asked for."""
        return ("picture", "", url) in self._known

    def holds(self, body: str) -> bool:
        """Whether a page of these bytes, by their digest, was kept."""
        return body in self._bodies

    def note(self, kind: Kind, time: str, url: str, verdict: Verdict, **more: Any) -> None:
        """Write down what came of it; `memento` is what to keep."""
        memento: Memento | None = more.pop("memento", None)
        said = {"kind": kind, "time": time, "url": url, "verdict": verdict, **more}
        if memento:
            said["at"] = memento.time
        self._write(said, records.response(memento) if memento else b"")

    def unfinished(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The pages of the open batch of which pictures are still to be asked for: each with its time and its pictures."""
        for entry in tuple(self._journal.entries):
            if self._waits(entry):
                yield str(entry.said["at"]), tuple(map(str, entry.said["pictures"]))

    @property
    def is_full(self) -> bool:
        """Whether the open batch is to be closed."""
        return self._pages >= BATCH_PAGES or self._bytes >= BATCH_BYTES

    def close(self) -> None:
        """Put the open batch in place, if it holds a page; otherwise what is known stays in the journal."""
        waiting = [entry for entry in self._journal.entries if self._waits(entry)]
        done = [entry for entry in self._journal.entries if not self._waits(entry)]
        kept = [entry for entry in done if entry.size]
        times = sorted(str(entry.said["at"]) for entry in kept if entry.said["kind"] == "page")
        if not times:
            return
        data = records.batch(self._archive, self._host, map(_told, done), map(self._journal.payload, kept))
        place = f"{folder(self._host).removeprefix(f'{SAVED}/')}/{times[0]}-{times[-1]}.warc.gz"
        self.places.append(content.keep_batch(self._content, place, data))
        self._begin(waiting)

    def _begin(self, entries: Iterable[Entry]) -> None:
        """Begin the journal anew with some of its entries; with all of them it stays as it is."""
        kept = list(entries)
        self._pages = self._bytes = 0
        if len(kept) == len(self._journal.entries):
            for entry in kept:
                self._count(entry.said, entry.size)
            return
        bodies = [(entry.said, self._journal.payload(entry)) for entry in kept]
        self._journal.clear()
        for said, body in bodies:
            self._write(said, body)

    def _write(self, said: Mapping[str, Any], body: bytes) -> None:
        self._journal.append(said, body)
        self._count(said, len(body))

    def _count(self, said: Mapping[str, Any], size: int) -> None:
        self._learn(said)
        self._pages += bool(size) and said["kind"] == "page"
        self._bytes += size

    def _waits(self, entry: Entry) -> bool:
        return any(not self.knows_picture(str(url)) for url in entry.said.get("pictures", ()))

    def _learn(self, said: Any) -> None:
        if _is_told(said) and self._known.get(self._key(said)) != "kept":
            self._known[self._key(said)] = str(said["verdict"])
            if said["verdict"] == "kept" and said.get("digest"):
                self._bodies.add(str(said["digest"]))

    @staticmethod
    def _key(said: Any) -> tuple[str, str, str]:
        """A page is known by its time and address, a picture by its address: the first one found will do."""
        return str(said["kind"]), str(said["time"]) if said["kind"] == "page" else "", str(said["url"])


def _is_told(said: Any) -> bool:
    return isinstance(said, dict) and {"kind", "time", "url", "verdict"} <= said.keys()


def _told(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in entry.said.items() if name not in ("size", "crc", "pictures")}
