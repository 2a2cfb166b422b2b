"""The form of every file that a person may edit: front matter, Markdown, and a seal.

    ---
    headline: "A bridge reopens"       each value is JSON on one line, which is valid YAML for every other tool
    tags: ["bridges", "harbour"]
    seal: "0f3c…"                      the digest of all the rest: once it is broken, a person was here
    ---

    The body, in Markdown.

Knows the form and no field. Reads what other tools make of it (YAML in block style) as well; writes only its own form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator import text

FENCE = "---"
SEAL = "seal"
MAX_BYTES = 128_000_000  # more than any saved page may have

_NULLS = ("", "~", "null", "Null", "NULL")  # how YAML writes that nothing is known
_LINE = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*): (.*)$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file taken apart: its values, its body, and whether no hand has touched it since it was generated."""

    values: Mapping[str, Any]
    body: str
    intact: bool


def dump(values: Mapping[str, Any], body: str) -> str:
    """The file's text, sealed. Values must be JSON; `None`, empty lists and empty mappings are left out."""
    lines = [f"{name}: {text.compact(value)}" for name, value in values.items() if value not in (None, [], {})]
    ending = f"\n{body.strip()}\n" if body.strip() else ""
    seal = _seal(lines, ending)
    return "\n".join([FENCE, *lines, f'{SEAL}: "{seal}"', FENCE, ending])


def load(source: str) -> Sheet:
    """Take a file apart. Raises ValueError saying in which line what is wrong."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n")
    opening, _, rest = source.partition("\n")
    if opening.rstrip() != FENCE:
        raise ValueError("line 1: front matter must begin with a line '---'")
    head, found, body = f"\n{rest}".partition(f"\n{FENCE}\n")
    if not found:
        head, found, body = f"\n{rest}".removesuffix("\n").rpartition(f"\n{FENCE}")
        if not found or body.strip():
            raise ValueError("the front matter has no closing line '---'")
        body = ""
    lines = [line for line in head.split("\n") if line.strip()]
    values = _values(lines)
    stated = values.pop(SEAL, None)
    kept = [line for line in lines if not line.startswith(f"{SEAL}:")]
    return Sheet(values, body.strip(), isinstance(stated, str) and stated == _seal(kept, body))


def is_generated(raw: bytes) -> bool:
    """Whether the file is, to the last byte, one that `dump` wrote: no hand and no damage has touched it since."""
    try:
        source = raw.decode()
        sheet = load(source)
    except ValueError:
        return False
    return sheet.intact and dump(sheet.values, sheet.body) == source


def _seal(lines: list[str], ending: str) -> str:
    return text.short("\n".join(lines), ending)


def _values(lines: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in lines:
        found = _LINE.match(line)
        try:
            if not found:
                return _yaml(lines)
            values[found[1]] = json.loads(found[2])
        except (ValueError, RecursionError):
            return _yaml(lines)
    return values


def _yaml(lines: list[str]) -> dict[str, Any]:
    """What an editor or another tool has made of the front matter; every scalar stays the text that it is."""
    import yaml  # noqa: PLC0415 - few archives need it, and every build would wait for it

    try:
        values = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader builds text only
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 2}: " if mark else ""
        raise ValueError(f"{where}{getattr(error, 'problem', None) or 'the front matter is not valid YAML'}") from error
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        raise ValueError("the front matter is no list of 'name: value' lines")
    return {name: None if value in _NULLS else value for name, value in values.items()}
