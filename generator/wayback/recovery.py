"""A site recovered: the index asked, captures chosen, each fetched, judged and kept, batch after batch.

Stops where the archive refuses; what was fetched until then stays, and the next run goes on from there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from generator import document, text
from generator.document import Document
from generator.errors import Finding, NetworkError, UsageError
from generator.model import Capture, Origin
from generator.readers.warc.codings import unpacked
from generator.readers.warc.markup import is_page
from generator.wayback import choice, index, judging, pictures, replay
from generator.wayback.archives import Archive, archive
from generator.wayback.asking import Line
from generator.wayback.choice import Address, Plan
from generator.wayback.index import Listing, Row
from generator.wayback.journal import Journal
from generator.wayback.ledger import FOLDER, SETTLED, Ledger, Verdict, folder
from generator.wayback.replay import Memento
from generator.wayback.wanted import Wanted, Ways

ANSWER_SECONDS = 1.0  # that an archive takes to answer, for saying how long it will take
PICTURE_BYTES = 16 * 1024 * 1024
LOOK_BYTES = 8 * 1024 * 1024  # of a page, for judging it
FAILURES = 5  # things in a row that cannot be had: the archive is out of order

_HTML = ("text/html", "application/xhtml", "application/vnd.wap.xhtml")
_MISSING = frozenset({"missing", "excluded", "another-time"})
_MEANING: Mapping[str, str] = {
    "missing": "the web archive lists it and does not have it",
    "excluded": "the web archive does not show it",
    "another-time": "the web archive has it of another time only than was asked for",
    "too-large": f"it is larger than {replay.PAGE_BYTES // (1 << 20)} MiB",
    "not-found": "it says that there is no such page",
    "parked": "it is the page of a parked domain",
    "error-page": "it is an error, or a page that asks to wait",
    "home": "it only leads to the front page",
    "moved": "it only leads to another address",
    "tiny": "there is next to nothing in it",
    "not-html": "it is no HTML",
    "alike": "the same bytes were kept from another address",
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What an archive holds of a site, and what asking for it would take. `known` addresses were asked for before."""

    host: str
    captures: int
    addresses: int
    known: int
    size: int
    seconds: float
    first: str
    last: str
    passed: Mapping[str, int]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a run fetched: batches by their place in `content/`, and what became of each address that was asked for."""

    host: str
    addresses: int = 0
    known: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    pictures: int = 0
    places: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    stopped: NetworkError | None = None

    @property
    def folder(self) -> str:
        """Where the batches of the site lie, relative to `content/`."""
        return folder(self.host)

    @property
    def kept(self) -> int:
        """How many pages were kept."""
        return self.verdicts.get("kept", 0)


def survey(wanted: Wanted, ways: Ways) -> Survey:
    """What there is to fetch, and how long it would take; asks the index only. Raises BackfileError."""
    where = archive(ways.endpoint)
    with _journal(wanted, ways, where) as journal, Line(where, ways) as line:
        ledger = Ledger(ways.content, journal, where, wanted.host)
        listing, plan = _planned(wanted, ways, where, line)
        left = (ledger.left(one, wanted) for one in plan.addresses)
        todo = [rows for rows in left if rows]
        asked = [row for rows in todo[: wanted.limit] for row in (rows if wanted.every_version else rows[:1])]
        times = [row.time for one in plan.addresses for row in one.rows]
        return Survey(
            wanted.host,
            listing.captures,
            len(plan.addresses),
            len(plan.addresses) - len(todo),
            sum(row.length for row in asked),
            len(asked) * (ways.delay + ANSWER_SECONDS),
            min(times, default=""),
            max(times, default=""),
            plan.passed,
            _remarks(wanted, listing, plan),
        )


def recover(wanted: Wanted, ways: Ways) -> Recovery:
    """Fetch what is wanted and not held, and keep it. Where the archive refuses, `stopped` says so. Raises BackfileError."""
    where = archive(ways.endpoint)
    with _journal(wanted, ways, where) as journal, Line(where, ways) as line:
        run = _Run(wanted, ways, where, line, Ledger(ways.content, journal, where, wanted.host))
        stopped = None
        try:
            listing, plan = _planned(wanted, ways, where, line)
            run.findings += _remarks(wanted, listing, plan)
            run.through(plan)
        except NetworkError as error:
            stopped = error
        finally:
            run.ledger.close()
        return Recovery(
            wanted.host, run.addresses, run.known, dict(run.verdicts), run.pictures, tuple(run.ledger.places), tuple(run.findings), stopped
        )  # fmt: skip


def _journal(wanted: Wanted, ways: Ways, where: Archive) -> Journal:
    return Journal(_place(wanted, ways, where) / "asked")


def _place(wanted: Wanted, ways: Ways, where: Archive) -> Path:
    return ways.cache / FOLDER / f"{wanted.host}-{text.short(where.index)[:8]}"


def _planned(wanted: Wanted, ways: Ways, where: Archive, line: Line) -> tuple[Listing, Plan]:
    """What the index lists, and what of it to ask for."""
    name = text.short(wanted.host, wanted.path, str(wanted.subdomains))[:8]
    with Journal(_place(wanted, ways, where) / f"index-{name}") as journal:
        if ways.relist:
            journal.clear()
        listing = index.listing(line, where, wanted, journal, ways.watch)
        if not listing.captures:
            journal.clear()  # an answer that may be another one tomorrow
            raise UsageError(
                f"{where.host} lists no captures of {wanted.host}{wanted.path}",
                "is it written as the site wrote it? --subdomains takes the hosts below it too",
            )
    return listing, choice.plan(listing.rows, wanted)


def _remarks(wanted: Wanted, listing: Listing, plan: Plan) -> tuple[Finding, ...]:
    remarks = []
    if listing.cut:
        hint = "ask for one part after the other with --match"
        remarks.append(
            Finding("index-cut", wanted.host, f"the index broke off after {listing.captures} captures; {hint}")
        )
    for one in plan.addresses:
        if one.alike + 1 >= choice.MANY:
            found = f"the same bytes stand at {one.alike} other addresses: no page of its own; it was asked for once"
            remarks.append(Finding("memento-skipped", _named(one.rows[0]), found))
    return tuple(remarks)


class _Run:
    """One run through a plan, and the count of what became of it."""

    def __init__(self, wanted: Wanted, ways: Ways, where: Archive, line: Line, ledger: Ledger) -> None:
        self.ledger = ledger
        self.findings: list[Finding] = []
        self.verdicts: Counter[str] = Counter()
        self.addresses = self.known = self.pictures = 0
        self._wanted, self._ways, self._where, self._line = wanted, ways, where, line
        self._failures = 0

    def through(self, plan: Plan) -> None:
        """Ask for one address after the other. Raises NetworkError, ContentError."""
        self._ways.watch.stage("pages", len(plan.addresses))
        for time, named in self.ledger.unfinished():
            self._pictures(time, named)
        for address in plan.addresses:
            if self._wanted.limit is not None and self.verdicts["kept"] >= self._wanted.limit:
                return
            self._address(address)
            self._ways.watch.step()
            if self.ledger.is_full:
                self.ledger.close()

    def _address(self, address: Address) -> None:
        """Ask for the captures of an address until one is a page; for all of them where every version is wanted."""
        every = self._wanted.every_version
        left = self.ledger.left(address, self._wanted)
        self.addresses += 1
        self.known += not left
        for row in left:
            verdict = self._ask(row)
            if not every and (verdict is None or verdict in SETTLED):
                return  # one that could not be had now may be had the next time: no second best for it

    def _ask(self, row: Row) -> Verdict | None:
        """Ask for one capture, judge it, and keep it if it is a page; None where it could not be had now."""
        found = replay.fetch(self._line, self._where, row, self._wanted)
        self._count_failures(failed=found is None)
        if found is None:
            why = "the web archive could not give it now; the next run asks again"
            self.findings.append(Finding("memento-missing", _named(row), why))
            return None
        verdict = self._kept(row, found) if isinstance(found, Memento) else found
        if not isinstance(found, Memento):
            self.ledger.note("page", row.time, row.url, verdict)
        self.verdicts[verdict] += 1
        if verdict != "kept":
            self.findings.append(_finding(row, verdict))
        return verdict

    def _count_failures(self, *, failed: bool) -> None:
        """Stop where one thing after the other fails: then it is not the thing that is at fault."""
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= FAILURES:
            raise NetworkError(
                f"{self._where.host} has answered with errors only, {FAILURES} times in a row",
                "run the same command again later",
            )

    def _kept(self, row: Row, memento: Memento) -> Verdict:
        """Judge a memento, keep it where it is a page, and the pictures that it names where they are wanted."""
        digest = sha256(memento.body).hexdigest()
        page = _page(memento)
        verdict: Verdict | None = None if self._wanted.keep_all else self._judged(memento, page, digest)
        if verdict:
            self.ledger.note("page", row.time, row.url, verdict)
            return verdict
        named = pictures.named(page, memento.url) if self._wanted.pictures else ()
        self.ledger.note("page", row.time, row.url, "kept", memento=memento, digest=digest, pictures=named)
        self._pictures(memento.time, named)
        return "kept"

    def _judged(self, memento: Memento, page: Document, digest: str) -> Verdict | None:
        if self.ledger.holds(digest):
            return "alike"
        kind = memento.header("content-type").strip().lower()
        if kind and not kind.startswith(_HTML) and not is_page(page.capture.body, kind.partition(";")[0], memento.url):
            return "not-html"
        return judging.flaw(page, len(page.capture.body), memento.url)

    def _pictures(self, time: str, named: tuple[str, ...]) -> None:
        for url in named:
            if self.ledger.knows_picture(url):
                continue
            found = replay.picture(self._line, self._where, time, url, PICTURE_BYTES)
            self._count_failures(failed=found is None)
            good = found if isinstance(found, Memento) and _is_picture(found) else None
            self.ledger.note("picture", time, url, "kept" if good else "missing", memento=good)
            self.pictures += good is not None


def _page(memento: Memento) -> Document:
    body = unpacked(memento.body, memento.header("content-encoding"), LOOK_BYTES).data
    charset = memento.header("content-type").lower().partition("charset=")[2].strip(" \"';") or None
    return document.read(Capture(body, Origin(memento.url, ""), charset=charset, url=memento.url))


def _is_picture(memento: Memento) -> bool:
    return memento.header("content-type").lower().startswith("image/")


def _finding(row: Row, verdict: str) -> Finding:
    if verdict == "too-large":
        return Finding("too-large", _named(row), _MEANING[verdict])
    return Finding("memento-missing" if verdict in _MISSING else "memento-skipped", _named(row), _MEANING[verdict])


def _named(row: Row) -> str:
    return f"{row.time}/{row.url}"
