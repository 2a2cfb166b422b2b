"""The nouns: frozen values that travel from a saved page to the page of the archive.

Nothing here reads, writes or decides. `None` means unknown, `""` or `()` known to be empty.
A *capture* is what was saved; a *page* is a page of our site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Literal, Self

from generator.errors import Finding

Precision = Literal["day", "minute", "second"]
Show = Literal["full", "excerpt", "link"]  # how much of a text may be shown to others
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as precisely as it was stated.

    `at` keeps the offset that the page states and is naive where it states none; a bare day has no clock.
    `str()` and `parse` are inverse (ISO 8601).
    """

    at: datetime
    precision: Precision = "second"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ISO 8601: `2025-03-18`, `2025-03-18T11:30`, `2025-03-18T11:30:28+08:00`. Raises ValueError."""
        found = _ISO.match(text.strip())
        if not found:
            raise ValueError(f"not a date or time in ISO 8601: {text!r}")
        year, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return cls(datetime.fromisoformat(f"{year}-{month}-{day}"), "day")
        clock = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{(zone or '').upper()}"
        return cls(datetime.fromisoformat(clock), "second" if second else "minute")

    @property
    def day(self) -> str:
        """The calendar day as the page states it, `YYYY-MM-DD`; never shifted to another zone."""
        return f"{self.at.year:04d}-{self.at.month:02d}-{self.at.day:02d}"

    def instant(self, zone: timedelta = timedelta()) -> datetime:
        """The moment in UTC for comparing; `zone` is assumed where the page states none."""
        stated = self.at.utcoffset()
        naive = self.at.replace(tzinfo=None)
        try:
            return (naive - (zone if stated is None else stated)).replace(tzinfo=UTC)
        except OverflowError:  # the first or the last day that there is
            return naive.replace(tzinfo=UTC)

    def __str__(self) -> str:
        if self.precision == "day":
            return self.day
        return self.at.isoformat(timespec="minutes" if self.precision == "minute" else "seconds")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where bytes came from: the file as named to us, its sha256 in hex, and the part inside (WARC-Record-ID, member)."""

    path: str
    digest: str
    member: str = ""

    def __str__(self) -> str:
        return f"{self.path}#{self.member}" if self.member else self.path


@dataclass(frozen=True, slots=True)
class Part:
    """Something that came with the page: a picture, mostly. `name` is how the page refers to it.

    `file` is its place relative to the page's own file, where it lay beside that.
    """

    name: str
    media_type: str
    body: bytes
    file: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """One page saved at one moment: only what the container states, nothing read from the page.

    `claims` are what the container says about the story, as an export with fields of its own does. `whole` says that the
    body is the story alone, as a tool cut it out of its page: all of it is text, and nothing in it is looked for.
    """

    body: bytes
    origin: Origin
    media_type: str = "text/html"
    charset: str | None = None
    url: str | None = None
    captured: Moment | None = None
    parts: tuple[Part, ...] = ()
    claims: tuple[Claim, ...] = ()
    beside: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about one field, with how it is known.

    `basis` names the rule (`jsonld:datePublished`, `meta:og:title`, `zh:时间-line`), `confidence` lies in 0..1,
    `snippet` is what the page says, at most `SNIPPET` characters. Values are text; lists are joined claims,
    one claim per whole list, its items in `values`.
    """

    field: str
    values: tuple[str, ...]
    basis: str
    confidence: float
    snippet: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""


SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the story: `src` as the page gives it (absolute where known), or `media/…` once it is held."""

    src: str | None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment as it stood on the page."""

    author: str | None
    text: str
    at: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A story that the page lists around the article, or an export by its link: known, not held.

    `list` names the list as printed, or the tool; when the story was published, when its link was saved, and its tags are what an
    export says.
    """

    headline: str
    excerpt: str | None = None
    url: str | None = None
    list: str | None = None
    published: Moment | None = None
    saved: Moment | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A name with an address, or a name alone."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's profile: the furniture that its pages carry around every story.

    `key` is the host without `www.`, or the slug of the name where no host is known. Kept in
    `content/outlets/<key>.md`, where a person may correct it.
    """

    key: str
    name: str | None = None
    url: str | None = None
    channels: tuple[Link, ...] = ()
    regions: tuple[Link, ...] = ()
    friends: tuple[Link, ...] = ()
    standing: tuple[Link, ...] = ()  # about, contact, disclaimer, staff look-up
    licences: tuple[str, ...] = ()  # registration and licence numbers as printed
    address: tuple[str, ...] = ()  # lines with address, telephone, e-mail
    about: tuple[str, ...] = ()  # what the outlet says of itself


@dataclass(frozen=True, slots=True)
class Held:
    """One capture of an article: the file under `content/saved/`, its digest, and what it states.

    `page` is the number of the story's page that it shows, where the story has several.
    """

    file: str
    sha256: str
    member: str = ""
    url: str | None = None
    captured: Moment | None = None
    media_type: str = "text/html"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A story as read from its captures: the value behind one file in `content/articles/`.

    `id` names one version (digest of canonical URL and text); `permalink` is its address in the site without
    the ending, chosen once. `body` is Markdown. `extractor` names what read it from the page. `evidence` holds every claim, winners first within a field.
    """

    id: str
    headline: str
    body: str
    permalink: str = ""
    kicker: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    outlet: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    captured: Moment | None = None
    section: str | None = None
    breadcrumb: tuple[str, ...] = ()
    region: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    rights: str | None = None
    show: Show | None = None
    views: int | None = None
    comments: tuple[Comment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    seen: tuple[Seen, ...] = ()
    captures: tuple[Held, ...] = ()
    extractor: str | None = None
    evidence: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What reading one capture gave: an article or None, the outlet's furniture, pictures held, and remarks."""

    origin: Origin
    media_type: str
    article: Article | None
    outlet: Outlet | None = None
    media: tuple[Part, ...] = ()
    findings: tuple[Finding, ...] = ()
    text: str = ""  # the body as plain lines, without captions and headline


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of an article: the catalogue's row."""

    permalink: str
    id: str
    headline: str
    published: Moment | None
    publisher: str | None
    source: str | None
    section: str | None
    language: str | None
    excerpt: str | None
    url: str | None
    views: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: `path` relative to it, the template, and `make`, which gives all that the template sees.

    `key` changes exactly when the page's bytes may, so `make` is called for stale pages only, perhaps in another process:
    it is a module's function, or a `partial` of one over frozen values, and is given the shelf of its archive. What it
    has to be given before that out of the catalogue, `fetch` gives: it is asked only for stale pages, before they travel.
    """

    path: str
    template: str
    key: str
    make: Callable[..., Mapping[str, Any]] = field(compare=False)
    fetch: Callable[[], tuple[Any, ...]] | None = field(default=None, compare=False)

    def fetched(self) -> Page:
        """The page with all that `make` needs besides the shelf."""
        return replace(self, make=partial(self.make, *self.fetch()), fetch=None) if self.fetch else self
