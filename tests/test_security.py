"""SECURITY.md tells the limits as they are, and the lock names everything that is installed for the tests."""

from __future__ import annotations

import re
from importlib import import_module, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LIMITS = re.findall(
    r"^\| .+ \| ([\d,]+) \w+ \| `([\w.]+)` \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE
)
LOCK = dict(re.findall(r"^(\S+)==(\S+)$", (ROOT / "requirements/ci.txt").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("told", "where"), LIMITS, ids=str)
def test_each_limit_is_told_as_it_is(told: str, where: str) -> None:
    room, _, name = where.rpartition(".")
    assert getattr(import_module(f"generator.{room}"), name) == float(told.replace(",", ""))


def test_there_is_a_table_of_limits() -> None:
    assert len(LIMITS) > 10


def needed(name: str, extras: frozenset[str], seen: dict[str, Requirement]) -> dict[str, Requirement]:
    """Everything that an installed distribution needs here, however far away."""
    for text in metadata.requires(name) or ():
        one = Requirement(text)
        wanted = not one.marker or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        key = canonicalize_name(one.name)
        if wanted and (key not in seen or one.extras):
            seen[key] = one
            needed(one.name, frozenset(one.extras), seen)
    return seen


def test_the_lock_holds_all_that_is_installed_for_the_tests() -> None:
    wanted = needed("backfile", frozenset({"dev"}), {})
    assert len(wanted) > 30
    locked = {canonicalize_name(name) for name in LOCK}
    assert sorted(set(wanted) - locked) == []


def test_the_lock_holds_versions_that_the_project_takes() -> None:
    stated = [Requirement(text) for text in metadata.requires("backfile") or ()]
    pins = {canonicalize_name(name): version for name, version in LOCK.items()}
    wrong = [str(one) for one in stated if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))]
    assert wrong == []
