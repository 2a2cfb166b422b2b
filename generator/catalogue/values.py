"""What goes into the catalogue and what comes out: frozen values without SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from generator import plain, text
from generator.errors import Finding
from generator.model import Moment, Seen, Summary

UNDATED = "undated"
NO_ARTICLE = 0  # what lists the stories of exports


class Unit(NamedTuple):
    """A part of the site that is planned as a whole: an article by its permalink, a list by its kind and slug, a day."""

    kind: str
    name: str


class Listed(NamedTuple):
    """A story that an article or an export lists: what it is known by, the outlet and day under which it stands, what is said of it."""

    url: str | None
    title: str
    host: str
    day: str
    raw: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as the catalogue takes it in. `places` are (kind, name) pairs: the lists it belongs to.

    `media` are the pictures that it holds, and whether it shows them. `known` is what another capture of it is
    recognised by, where that is not the summary; with a `notice` and no summary it is withheld, and in no list.
    """

    file: str
    stamp: str
    digest: str
    summary: Summary | None
    sort: str
    captured: str = ""
    places: tuple[tuple[str, str], ...] = ()
    captures: tuple[str, ...] = ()
    seen: tuple[Listed, ...] = ()
    media: tuple[tuple[str, bool], ...] = ()
    known: Summary | None = None
    notice: Mapping[str, str] | None = None
    findings: tuple[Finding, ...] = ()


class Row(NamedTuple):
    """An article as a list shows it: `mark` changes exactly when the summary or the place in lists does.

    `raw` is the summary as JSON in UTF-8, which takes half the room of a text.
    """

    mark: str
    sort: str
    day: str
    raw: bytes

    @property
    def summary(self) -> Summary:
        """What a list shows; the row holds what the catalogue itself has written, so it is not checked again."""
        values = msgspec.json.decode(self.raw)
        if "published" in values:
            values["published"] = Moment.parse(values["published"])
        return Summary(*map(values.get, _NAMES))


class Placed(NamedTuple):
    """An article's place in a list: what its row begins with, and the article's number. Of the longest list all are held."""

    mark: str
    sort: str
    day: str
    number: int


class Story(NamedTuple):
    """An article as its own page needs it: the file, its digest, its address here and, folded, there."""

    file: str
    digest: str
    url: str | None
    row: Row


class Ghost(NamedTuple):
    """A story that is known and not held, with its day; an article that lists it, unless an export does; where it is held by now."""

    day: str
    on: str
    raw: str
    held: str | None

    @property
    def story(self) -> Seen:
        """What is said of it, as the catalogue itself has written it."""
        story: Seen = plain.back(Seen, json.loads(self.raw))
        return story


class Printed(NamedTuple):
    """An article that was printed or saved more than once: what its headline tells, and how many captures there are of it."""

    told: str
    copies: int
    row: Row


@dataclass(frozen=True, slots=True)
class Facet:
    """A list that articles belong to by one value: a section, a tag, a region, a source, a person."""

    kind: str
    slug: str
    name: str
    count: int


def listed(story: Seen, host: str, day: str) -> Listed:
    """The story as the catalogue takes it in."""
    url = text.fold_url(story.url) if story.url else None
    return Listed(url, text.fold(story.headline), host, day, text.compact(plain.plain(story)))


def seen_as(story: Seen) -> tuple[str, ...]:
    """What a story seen in a list is known by: its address, if the list gives one, and its headline."""
    return tuple(filter(None, (story.url and text.fold_url(story.url), text.fold(story.headline))))


_NAMES = tuple(Summary.__slots__)
