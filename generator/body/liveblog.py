"""The entries of a live blog: each is given the time that the page prints beside it, which no reading of main text keeps.

Knows entries by what live blogs are called in classes and in microdata, never a host.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

from generator import text

FEWEST = 3  # entries of a live blog
MAX_TIMES = 1_000
UP = 6  # steps from a time to its entry
LABEL = 32  # characters of a time as printed

_ENTRY = re.compile(
    r"(?:^|[\s_-])(?:live-?(?:blog|ticker|feed|events?|posts?|entry|updates?)|(?:news-?)?ticker)|liveblog|BlogPosting",
    re.IGNORECASE,
)
_WORDS = ("h2", "h3", "h4", "h5", "p")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d\d|\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)


def timed(tree: Any) -> None:
    """Put each entry's time before its first words, in place, where there are some entries of a kind."""
    entries: dict[Any, Any] = {}
    for time in islice(tree.iter("time"), MAX_TIMES):
        entry = _entry(time)
        if entry is not None:
            entries.setdefault(entry, time)
    alike = Counter(map(_kind, entries))
    for entry, time in entries.items():
        if alike[_kind(entry)] < FEWEST:
            continue  # a list of its key events, mostly
        first = next((one for one in entry.iter(*_WORDS) if "".join(one.itertext()).strip()), None)
        label = _label(time)
        if label and first is not None and time not in first.iterdescendants():
            first.text = f"{label} {(first.text or '').lstrip()}"


def _kind(entry: Any) -> tuple[str, str]:
    return entry.tag, entry.get("class") or ""


def _entry(time: Any) -> Any:
    """The nearest element around a time that is called an entry and holds text."""
    for one in islice(time.iterancestors(), UP):
        marks = f"{one.get('class') or ''} {one.get('itemtype') or ''}"
        if _ENTRY.search(marks) and next(one.iter(*_WORDS), None) is not None:
            return one
    return None


def _label(time: Any) -> str:
    """The time as printed, or the clock of what is stated where what is printed has none: "5 minutes ago"."""
    for printed in map(text.line, time.itertext()):
        if _CLOCK.search(printed) and len(printed) <= LABEL:
            return printed
    stated = _CLOCK.search((time.get("datetime") or "").rpartition("T")[2])
    return stated[0] if stated else ""
