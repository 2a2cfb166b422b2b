"""The forms of personal data, read once from the files beside this one: `any.toml`, and one for each language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from generator import text
from generator.withholding.personal.checks import CHECKS

_ANY = "any"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of one kind: `phones`, `emails`, `id-numbers`."""

    kind: str
    it: re.Pattern[str]
    check: Callable[[str], bool]


def forms(language: str | None) -> tuple[Form, ...]:
    """The forms to look for in a text: those of its language and those of any; all, where it is unknown."""
    known = _languages()
    name = (language or "").partition("-")[0].lower()
    return _read((_ANY, name) if name in known else known)


def mark() -> str:
    """A digest of all the forms."""
    return text.short(*(_file(name) for name in _languages()))


@cache
def _languages() -> tuple[str, ...]:
    files = resources.files("generator.withholding.personal").iterdir()
    return tuple(sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml")))


@cache
def _file(name: str) -> str:
    return resources.files("generator.withholding.personal").joinpath(f"{name}.toml").read_text("utf-8")


@cache
def _read(names: tuple[str, ...]) -> tuple[Form, ...]:
    # identity numbers first: a telephone number may look like a piece of one
    return tuple(sorted((form for name in names for form in _forms(name)), key=lambda form: form.kind != "id-numbers"))


def _forms(name: str) -> Iterator[Form]:
    for kind, rows in tomllib.loads(_file(name)).items():
        for row in rows:
            yield Form(kind, re.compile(row["it"], re.ASCII), CHECKS[row.get("check", "")])
