"""The ledger of what is withheld: `content/withheld.toml`, one table an article, which a person may edit.

A ledger that cannot be read stops every command: what it withholds must not be shown because of a slip of the pen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from generator.content import files
from generator.errors import ContentError

WITHHELD = "withheld.toml"
MAX_BYTES = 16_000_000
_HEAD = "What is withheld from the site, and why: docs/withholding.md. Lift it with 'backfile withhold --lift ID'."


class Withheld(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one entry of the ledger says; its name is the article's id.

    It is about the article of that id or that permalink, and about every version of the address `url` where it states one.
    With `redact` only these words are withheld. `purged` are the files that were removed: digest, two spaces, place.
    """

    reason: str = ""
    since: date | None = None
    until: date | None = None
    permalink: str = ""
    url: str = ""
    redact: tuple[str, ...] = ()
    page: bool = True
    purged: tuple[str, ...] = ()

    def holds(self, today: date | None) -> bool:
        """Whether it is in force: until its day has come. Where no day is known, it is."""
        return self.until is None or today is None or today < self.until

    @property
    def kind(self) -> Literal["whole", "words"]:
        return "words" if self.redact else "whole"


def read_withheld(content: Path) -> dict[str, Withheld]:
    """The ledger: each entry by its article's id. Raises ContentError, saying where it cannot be read."""
    raw = _raw(content)
    try:
        return msgspec.convert(tomllib.loads(raw), dict[str, Withheld])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise _unreadable(str(error)) from error


def write_withheld(content: Path, changed: Mapping[str, Withheld | None]) -> None:
    """Put entries into the ledger, or take out those that are None. All else stays as a person wrote it."""
    import tomlkit  # noqa: PLC0415 - only who writes the ledger pays for it

    document = tomlkit.parse(_raw(content) or f"# {_HEAD}\n")
    for name, entry in changed.items():
        document.pop(name, None)
        if entry is not None:
            document.add(tomlkit.nl())
            document.add(name, tomlkit.item(msgspec.to_builtins(entry, builtin_types=(date,))))
    files.write(content / WITHHELD, tomlkit.dumps(document).encode())


def _raw(content: Path) -> str:
    file = content / WITHHELD
    try:
        raw = file.read_bytes() if file.exists() else b""
        if len(raw) > MAX_BYTES:
            raise _unreadable(f"larger than {MAX_BYTES} bytes")
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(str(error)) from error


def _unreadable(why: str) -> ContentError:
    return ContentError(
        f"content/{WITHHELD}: {why}", "nothing is built until it can be read; docs/withholding.md shows its form"
    )
