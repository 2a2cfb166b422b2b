"""What stands around the story in a saved page: the outlet's own frame, and lists of other stories.

Nothing found here says anything about the story itself. Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.document import Document
from generator.furniture import lists, profile
from generator.model import Outlet, Seen

__all__ = ["Furniture", "read"]


@dataclass(frozen=True, slots=True)
class Furniture:
    """The outlet's profile, and the stories seen around this one."""

    outlet: Outlet | None
    seen: tuple[Seen, ...] = ()


def read(document: Document, headline: str | None) -> Furniture:
    """The frame around the story."""
    return Furniture(profile.outlet(document), lists.seen(document, headline))
