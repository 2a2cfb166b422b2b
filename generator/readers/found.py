"""What a reader finds in a file: captures, stories known but not held, files inside the file, remarks.

Values and two small types only: no format is known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Capture, Claim, Moment, Seen

# The bytes of what lies beside a page under a relative address; None where nothing does, or nothing that may be read.
Near = Callable[[str], bytes | None]


def alone(address: str) -> bytes | None:  # noqa: ARG001 - the signature of Near
    """Nothing lies beside the page."""
    return None


def same(capture: Capture) -> Capture | None:
    """The capture as it is."""
    return capture


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file, to be read by whichever reader fits; what is stated here fills what its captures do not say.

    `file` is read before the next thing is asked of the reader that gave it; going back to its beginning is cheap after a
    first look. `size` is its length in bytes unpacked, where that is known. `about` adds to each of its captures what is stated
    about that one alone, and gives None for what is no page.
    """

    name: str
    file: BinaryIO = field(compare=False)
    size: int | None = None
    near: Near = field(default=alone, compare=False)
    url: str | None = None
    captured: Moment | None = None
    claims: tuple[Claim, ...] = ()
    about: Callable[[Capture], Capture | None] = field(default=same, compare=False)


Found = Capture | Seen | Finding | Member
