"""What lies beside an export and is read through it: a folder's pages that have a door of their own, the file that lists them.

Knows names only and opens nothing; whether the door is what its name says is for whoever walks the folder to ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_OMNIVORE = re.compile(r"metadata_\d{1,9}_to_\d{1,9}\.json")
_SNAPSHOT = frozenset({
    "archive.org.txt", "dom", "headers.json", "htmltotext", "htmltotext.txt", "mercury", "output.html", "output.pdf", "readability",
    "singlefile", "singlefile.html", "warc", "wget",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """`doors` are the files through which the folder is read, `left` the entries that are therefore left.

    `ends` is how a door's file ends. One that is cut short may not name all that lies behind it, and leaves nothing.
    """

    doors: frozenset[str]
    left: frozenset[str]
    ends: tuple[bytes, ...] = (b"}", b"]")


def held(names: frozenset[str]) -> Held | None:
    """What of a folder with these entries is read through which of them; None where each stands for itself."""
    return next((found for rule in _RULES if (found := rule(names))), None)


def _archivebox(names: frozenset[str]) -> Held | None:
    """A snapshot: all of it behind its index."""
    doors = names & {"index.jsonl"} or names & {"index.json"}
    return Held(doors, names - doors) if doors and names & _SNAPSHOT else None


def _omnivore(names: frozenset[str]) -> Held | None:
    """The texts and the marked passages behind the lists."""
    doors = frozenset(name for name in names if _OMNIVORE.fullmatch(name))
    return Held(doors, names & {"content", "highlights"}) if doors else None


def _readeck(names: frozenset[str]) -> Held | None:
    """A bookmark's text and pictures behind its description."""
    doors = names & {"info.json"}
    return Held(doors, names & {"container"}) if doors and "container" in names else None


def _zotero(names: frozenset[str]) -> Held | None:
    """The attachments behind the library's file."""
    doors = frozenset(name for name in names if name.lower().endswith(".rdf"))
    return Held(doors, names & {"files"}, (b"</rdf:RDF>",)) if doors and "files" in names else None


_RULES: tuple[Callable[[frozenset[str]], Held | None], ...] = (_archivebox, _omnivore, _readeck, _zotero)
