"""`archive.toml` to typed settings; each error names the key and what is allowed.

Reads one file and writes none. Settings are documented in docs/settings.md, which a test compares with this file.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from generator.errors import SettingsError
from generator.model import Show

FILE = "archive.toml"
Personal = Literal["phones", "emails", "id-numbers"]
# parts of pages that an archive may go without, in the order of the pages
Block = Literal[
    "channels", "regions", "recommended", "hot", "printed", "subscribe", "people", "qr", "friends", "standing", "licences",
]  # fmt: skip
Colour = Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")]
Faces = Annotated[str, Meta(pattern=r"^[\w\s,'\"-]*$", max_length=500)]
LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ar", "hi")
MAX_BYTES = 1_000_000

# What the checks below let through, in words: for whoever got it wrong.
ALLOWED = {
    "title": "text",
    "description": "text",
    "url": "a web address like https://name.github.io/archive/",
    "language": ", ".join(LANGUAGES),
    "rights": "text",
    "zone": "a distance from UTC like +08:00",
    "page_size": "a whole number from 5 to 500",
    "feed_size": "a whole number from 1 to 500",
    "feeds": 'a list of the kinds of lists that have feeds of their own: "sections", "tags", "regions", "sources", "people"',
    "seal": "true, false",
    "robots": "index, noindex",
    "snapshots": "off, inert",
    "offline": "true, false",
    "thumbnails": 'a list of formats, the preferred one first: "avif", "webp"',
    "citations": 'a list of styles: "gb-t-7714", "chicago", "bibtex"',
    "qr": "true, false",
    "show": "full, excerpt, link",
    "redact": "a list of phones, emails, id-numbers",
    "furniture": "the key of an outlet: the name of a file in content/outlets/ without its .md",
    "blocks": f"a list of {', '.join(get_args(Block))}",
    "page_seconds": "a whole number from 1 to 3600",
    "look": "a table like [look]",
    "paper": 'two colours, by day and by night, like ["#fbfbf9", "#141517"]',
    "ink": 'two colours, by day and by night, like ["#18191b", "#e7e5e0"]',
    "accent": 'two colours, by day and by night, like ["#a3211a", "#f29a8e"]',
    "serif": "names of type faces like 'Georgia, \"Songti SC\", serif'",
    "sans": "names of type faces like 'system-ui, \"PingFang SC\", sans-serif'",
    "logo": "the name of a picture in templates/static/",
    "outlets": 'tables like [outlets."news.example"]',
    "name": "text",
}

_UNKNOWN = re.compile(r"unknown field `([^`]*)`(?: - at `\$\.?([^`]*)`)?")
_KINDS = re.compile(r"Expected `(\w+)`, got `(\w+)`")
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a table",
    "array": "a list",
}
_ZONE = re.compile(r"([+-])(\d\d):(\d\d)$")


class LookSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[look]`: colours by day and by night, type faces, and a picture in the place of the archive's name."""

    paper: tuple[Colour, Colour] | None = None
    ink: tuple[Colour, Colour] | None = None
    accent: tuple[Colour, Colour] | None = None
    serif: Faces = ""
    sans: Faces = ""
    logo: Annotated[str, Meta(pattern=r"^([\w-]+\.(svg|png|webp|avif|jpg))?$")] = ""


class OutletSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[outlets."HOST"]`: what a person knows about an outlet."""

    name: str = ""
    zone: Annotated[str, Meta(pattern=r"^([+-]\d\d:\d\d)?$")] = ""
    rights: str = ""
    show: Show | Literal[""] = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"root": "__root__"}):
    """All settings of one archive. Paths are properties: only `root` is not in the file."""

    title: str = "Backfile"
    description: str = ""
    url: str = ""
    language: Literal["zh-Hans", "zh-Hant", "en", "ar", "hi"] = "zh-Hans"
    rights: str = ""
    show: Show = "full"
    redact: tuple[Personal, ...] = ()
    zone: Annotated[str, Meta(pattern=r"^[+-]\d\d:\d\d$")] = "+00:00"
    page_size: Annotated[int, Meta(ge=5, le=500)] = 50
    feed_size: Annotated[int, Meta(ge=1, le=500)] = 30
    feeds: tuple[Literal["sections", "tags", "regions", "sources", "people"], ...] = ()
    seal: bool = False
    robots: Literal["index", "noindex"] = "noindex"
    furniture: str = ""
    blocks: tuple[Block, ...] = get_args(Block)
    snapshots: Literal["off", "inert"] = "off"
    offline: bool = False
    thumbnails: tuple[Literal["avif", "webp"], ...] = ()
    citations: tuple[Literal["gb-t-7714", "chicago", "bibtex"], ...] = ("gb-t-7714", "chicago", "bibtex")
    qr: bool = False
    page_seconds: Annotated[int, Meta(ge=1, le=3600)] = 20
    look: LookSettings = LookSettings()
    outlets: dict[str, OutletSettings] = {}
    root: Path = Path()

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / ".backfile"

    def offset(self, outlet: str | None) -> timedelta:
        """The zone assumed for times that state none: the outlet's, or the archive's."""
        known = self.outlets.get(outlet or "")
        return parse_zone(known.zone if known and known.zone else self.zone)

    def shows(self, outlet: str | None, own: Show | None) -> Show:
        """How much of a text may be shown: as its article says, or its outlet, or the archive."""
        known = self.outlets.get(outlet or "")
        return own or (known and known.show) or self.show


def parse_zone(zone: str) -> timedelta:
    """`+08:00` as a distance from UTC. Raises ValueError."""
    found = _ZONE.match(zone)
    if not found:
        raise ValueError(f"not an offset such as +08:00: {zone!r}")
    distance = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return -distance if found[1] == "-" else distance


def find(start: Path) -> Path:
    """The nearest folder at or above `start` that holds an `archive.toml`. Raises SettingsError."""
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    raise SettingsError(
        f"no {FILE} here or in any folder above",
        "make an archive with 'backfile init DIR', or name one with 'backfile --archive DIR ...'",
    )


def load(root: Path) -> Settings:
    """The settings of the archive at `root`. Raises SettingsError with the key and what is allowed."""
    file = root / FILE
    try:
        raw = file.read_bytes()[: MAX_BYTES + 1]
    except OSError as error:
        hint = "make one with 'backfile init DIR'" if isinstance(error, FileNotFoundError) else "mend its permissions"
        raise SettingsError(f"{FILE}: cannot be read: {error.strerror}", hint) from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"{FILE}: larger than {MAX_BYTES} bytes", "it holds settings only")
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError(f"{FILE}: not valid TOML: {error}", "see https://toml.io for how to write it") from error
    return parse(table, root)


def parse(table: dict[str, object], root: Path) -> Settings:
    """Settings from a parsed table. Raises SettingsError with the key and what is allowed."""
    if "__root__" in table:
        raise SettingsError(f"{FILE}: unknown setting '__root__'")
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise _explained(str(error)) from error
    if settings.url:
        settings = msgspec.structs.replace(settings, url=checked_url(settings.url))
    return msgspec.structs.replace(settings, root=root)


def checked_url(url: str) -> str:
    """The site's address with a closing slash. Raises SettingsError where it is none."""
    checked_address("url", url)
    if "?" in url or "#" in url:
        raise SettingsError(
            f"url: the site's address has no query: {url!r}", "write it like https://name.github.io/archive/"
        )
    return url if url.endswith("/") else url + "/"


def checked_address(name: str, url: str) -> str:
    """A web address that a person typed under that name. Raises SettingsError where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or not url.isprintable() or " " in url:
        raise SettingsError(f"{name}: not a web address: {url!r}", "write it like https://name.example/folder/")
    return url


def _explained(message: str) -> SettingsError:
    unknown = _UNKNOWN.search(message)
    if unknown:
        name, where = unknown[1], unknown[2] or ""
        inside = where.partition(".")[0].partition("[")[0]
        table = {"outlets": OutletSettings, "look": LookSettings}.get(inside, Settings)
        known = [field for field in table.__struct_fields__ if field != "root"]
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known settings are {', '.join(known)}"
        return SettingsError(f"{FILE}: unknown setting {name!r}" + (f" in [{inside}]" if inside else ""), hint)
    what, _, where = message.partition(" - at `$.")
    kinds = _KINDS.fullmatch(what)
    what = (
        f"expected {_WORDS.get(kinds[1], kinds[1])}, got {_WORDS.get(kinds[2], kinds[2])}"
        if kinds
        else "a value that it cannot have"
    )
    key = where.rstrip("`")
    allowed = ALLOWED.get(key.rpartition(".")[2], "docs/settings.md says what it may be")
    return SettingsError(f"{FILE}: {key or 'the file'}: {what}", f"allowed: {allowed}")
