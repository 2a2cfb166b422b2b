"""A feed and its entries as values, whatever they were written in."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Moment

MAX_ITEMS = 20_000  # entries read of one feed


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. `content` is what its element promises to be the text, `summary` a description; both are HTML.

    `base` is what relative addresses in them stand on.
    """

    key: str = ""
    url: str | None = None
    title: str = ""
    content: str = ""
    summary: str = ""
    published: Moment | None = None
    modified: Moment | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    rights: str = ""
    language: str = ""
    picture: str | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of itself, its first entries in its order, and how many it has."""

    items: tuple[Item, ...]
    count: int
    title: str = ""
    language: str = ""
    rights: str = ""
