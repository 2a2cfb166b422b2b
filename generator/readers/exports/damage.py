"""What is wrong with one entry of an export, found where the file is taken apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry that cannot be read: where it begins, what is wrong with it, and the finding's code."""

    offset: int
    reason: str
    code: str = "member-unreadable"

    def __str__(self) -> str:
        return f"{self.reason} (at byte {self.offset})"
