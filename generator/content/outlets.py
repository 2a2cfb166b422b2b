"""Outlets' profiles: `content/outlets/<key>.md`, learned from the pages, corrected by a person.

A profile whose seal is broken was corrected by a person and is never written again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import plain, text
from generator.content import files, frontmatter
from generator.errors import Finding
from generator.model import Link, Outlet

_LISTS = ("channels", "regions", "friends", "standing", "licences", "address", "about")


def read_outlets(content: Path) -> tuple[dict[str, Outlet], tuple[Finding, ...]]:
    """Every outlet's profile by its key, and what could not be read."""
    outlets: dict[str, Outlet] = {}
    findings: list[Finding] = []
    for file in files.walk(content / "outlets", ".md"):
        try:
            outlet, _ = _read(file)
        except (OSError, ValueError) as error:
            findings.append(Finding("profile-unreadable", f"content/outlets/{file.name}", str(error)))
        else:
            outlets[outlet.key] = outlet
    return outlets, tuple(findings)


def merge_outlet(content: Path, learned: Outlet) -> Outlet | None:
    """Add what one page says of its outlet to the profile, unless a person has corrected it: then that is given.

    Lists grow by what is new and keep their order, so the profile depends on the pages and the order they came in.
    """
    file = content / "outlets" / f"{text.file_name(learned.key)}.md"
    merged = learned
    if file.exists():
        try:
            known, intact = _read(file)
        except (OSError, ValueError):
            return None  # a person is at work in it; `read_outlets` tells
        if not intact:
            return known
        merged = _merged(known, learned)
        if merged == known:
            return None
    files.write(file, frontmatter.dump(plain.plain(merged), "").encode())
    return None


def corrected_outlet(content: Path, key: str | None) -> Outlet | None:
    """The outlet's profile where a person has corrected it, otherwise None."""
    if not key:
        return None
    file = content / "outlets" / f"{text.file_name(key)}.md"
    try:
        outlet, intact = _read(file)
    except (OSError, ValueError):
        return None  # there is none, or a person is at work in it; `read_outlets` tells
    return None if intact else outlet


def _read(file: Path) -> tuple[Outlet, bool]:
    sheet = frontmatter.load(file.read_bytes().decode())
    values: dict[str, Any] = {"key": file.stem, **sheet.values}
    outlet: Outlet = plain.back(Outlet, values)
    return outlet, sheet.intact


def _merged(known: Outlet, learned: Outlet) -> Outlet:
    lists: dict[str, Any] = {name: _grown(getattr(known, name), getattr(learned, name)) for name in _LISTS}
    return replace(known, **lists, name=known.name or learned.name, url=known.url or learned.url)


def _grown(known: tuple[Any, ...], learned: tuple[Any, ...]) -> tuple[Any, ...]:
    seen = {_name(one) for one in known}
    return known + tuple(one for one in learned if _name(one) not in seen)


def _name(one: Link | str) -> str:
    return text.fold(one.name if isinstance(one, Link) else one)
