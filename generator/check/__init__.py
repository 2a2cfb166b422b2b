"""The built site looked over: links that lead nowhere, requests to elsewhere, data that others cannot read.

Reads the site as a browser or a feed reader would, one file at a time, and knows nothing of how it was made.
Must never write, and never ask the network whether a foreign address is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from generator.check import active, addresses, data, markup, styles
from generator.check.addresses import Base, Inside
from generator.check.files import Room, Walk, room
from generator.check.leaks import leaks
from generator.errors import CODES, Finding

__all__ = ["Room", "check", "leaks", "room", "survey"]

MAX_FILE_BYTES = 64_000_000
MAX_FINDINGS = 500  # of one code; more of them are counted, not told
SHOWN = 160

_FREE_FRAGMENTS = ("", "top")
# files that something in the site leads to, or that are asked for by their names
_LED_TO = (".avif", ".css", ".gif", ".htm", ".html", ".jpeg", ".jpg", ".js", ".png", ".svg", ".webp")
_ASKED_FOR = ("index.html", "404.html", "favicon.svg", "favicon.png", "apple-touch-icon.png")


def check(site: Path, url: str = "") -> tuple[Finding, ...]:
    """What is wrong with the site in the folder `site`, in the order of its files.

    `url` is where the site will be found; where it is not given, the front page's canonical link tells.
    """
    return survey(site, url)[0]


def survey(site: Path, url: str = "") -> tuple[tuple[Finding, ...], Room]:
    """What is wrong with the site, and what it takes."""
    look = _Look(site, addresses.base(url or _stated(site / "index.html")))
    walk = Walk(site)
    for path in walk.files():
        look.at(path)
    look.at_other_pages()
    look.at_what_nothing_leads_to()
    look.at_files(walk.findings())
    return look.result(), walk.room()


def _stated(front: Path) -> str:
    try:
        with front.open("rb") as file:
            canonical = markup.read(file.read(MAX_FILE_BYTES)).canonical
    except OSError:  # the walk will tell
        return ""
    return canonical.removesuffix("index.html") if addresses.is_web(canonical) else ""


class _Look:
    """One look at one site: what was found, and the places in other pages that are still to be looked up."""

    def __init__(self, site: Path, base: Base) -> None:
        self._site = site
        self._base = base
        self._findings: set[Finding] = set()
        self._counts: dict[str, int] = {}
        self._files: list[str] = []
        self._led_to: set[str] = set(_ASKED_FOR)
        self._wanted: dict[str, dict[str, str]] = {}  # page: fragment: the page that first names it

    def at(self, path: str) -> None:
        kind = Path(path.rstrip("~")).suffix.lower()  # what an editor keeps of a page is there to be asked for as well
        if kind in _LED_TO:
            self._files.append(path)
        if kind in active.FILES:
            self._found("active-content", path, "a browser may run such a file")
        look = {".html": self._page, ".htm": self._page, ".css": self._style, ".svg": self._drawing}.get(kind)
        if look is None and kind not in data.READERS:
            return
        raw = self._read(path)
        if raw is None:
            return
        for problem in data.text_problems(raw):
            self._found("text-invalid", path, problem)
        if look:
            look(path, raw)
            return
        read = data.READERS[kind](raw)
        for what in read.active:
            self._found("active-content", path, what)
        for text in read.html:
            self._runs_or_loads(path, markup.read(text.encode("utf-8", "replace")))
        for problem in read.problems:
            self._found("data-invalid", path, problem)
        for address in read.links:
            self._link(path, "map", address)

    def at_other_pages(self) -> None:
        for page, fragments in sorted(self._wanted.items()):
            raw = self._read(page)
            ids = markup.read(raw).ids if raw is not None else frozenset()
            for fragment, where in sorted(fragments.items()):
                if fragment not in ids:
                    self._found("broken-fragment", where, f"{page} has no place named {fragment[:SHOWN]!r}")

    def at_what_nothing_leads_to(self) -> None:
        for path in self._files:
            if path not in self._led_to:
                self._found("orphan", path)

    def at_files(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self._found(finding.code, finding.where, finding.message)

    def result(self) -> tuple[Finding, ...]:
        more = (
            Finding(code, "site", f"{count - MAX_FINDINGS} more: {CODES[code][1]}")
            for code, count in self._counts.items()
            if count > MAX_FINDINGS
        )
        return tuple(
            sorted((*self._findings, *more), key=lambda finding: (finding.where, finding.code, finding.message))
        )

    def _page(self, path: str, raw: bytes) -> None:
        page = markup.read(raw)
        if not page.title:
            self._found("page-no-title", path)
        if not page.language:
            self._found("page-no-language", path)
        self._runs_or_loads(path, page)
        for place in page.twice:
            self._found("place-twice", path, f"two places are named {place[:SHOWN]!r}")
        for tag, address in page.links:
            self._link(path, tag, address, page.ids if tag in ("a", "area") else None)
        for source in page.data:
            for problem in data.json_problems(source):
                self._found("data-invalid", path, f"JSON-LD: {problem}")

    def _runs_or_loads(self, path: str, page: markup.PageRead) -> None:
        for what in page.active:
            self._found("active-content", path, what)
        for tag, address in page.loads:
            self._load(path, tag, address)

    def _style(self, path: str, raw: bytes) -> None:
        style = raw.decode("utf-8", "replace")
        for what in styles.running(style):
            self._found("active-content", path, what)
        for address in styles.loads(style):
            self._load(path, "css", address)

    def _drawing(self, path: str, raw: bytes) -> None:
        running, loads = markup.drawing(raw)
        for what in running:
            self._found("active-content", path, what)
        for tag, address in loads:
            self._load(path, tag, address)

    def _load(self, path: str, tag: str, address: str) -> None:
        target = addresses.resolve(self._base, path, address)
        if isinstance(target, addresses.Foreign):
            self._found("foreign-request", path, f"<{tag}> would load {address[:SHOWN]}")
        else:
            self._link(path, tag, address)

    def _link(self, path: str, tag: str, address: str, ids: frozenset[str] | None = None) -> None:
        """Look up a link; its fragment too where the ids of its own page are given."""
        target = addresses.resolve(self._base, path, address)
        if isinstance(target, addresses.Wrong):
            self._found("broken-link", path, f"<{tag}> {address[:SHOWN]!r} {target.reason}")
        if not isinstance(target, Inside):
            return
        page = next((name for name in addresses.candidates(target.path) if os.path.isfile(self._site / name)), None)  # noqa: PTH113 - never raises
        if page is None:
            self._found("broken-link", path, f"<{tag}> {address[:SHOWN]!r} leads nowhere")
            return
        if tag != "map" and page != path:  # a sitemap names every page there is
            self._led_to.add(page)
        if ids is not None and target.fragment not in _FREE_FRAGMENTS and page.endswith((".html", ".htm")):
            if page != path:
                self._wanted.setdefault(page, {}).setdefault(target.fragment, path)
            elif target.fragment not in ids:
                self._found("broken-fragment", path, f"{page} has no place named {target.fragment[:SHOWN]!r}")

    def _read(self, path: str) -> bytes | None:
        try:
            with (self._site / path).open("rb") as file:
                raw = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            self._found("file-unreadable", path, str(error.strerror))
            return None
        if len(raw) > MAX_FILE_BYTES:
            self._found("too-large", path)
            return None
        return raw

    def _found(self, code: str, where: str, message: str = "") -> None:
        finding = Finding(code, where, message)
        if finding not in self._findings:
            self._counts[code] = self._counts.get(code, 0) + 1
            if self._counts[code] <= MAX_FINDINGS:
                self._findings.add(finding)
