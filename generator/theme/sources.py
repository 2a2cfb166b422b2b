"""What a theme is made of, read once: template sources, words of the interface, static files.

Reads two folders and writes nothing. The archive's own files come first; `base/…` always names the built-in template.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import text
from generator.errors import TemplateError

BASE = "base/"
OWN = "templates"  # how messages name the archive's own folder
LOCALES = "locales"
STATIC = "static"
MAX_BYTES = 2_000_000  # of one file
MAX_FILES = 1_000  # in one folder

_TEMPLATES = frozenset({".html", ".xml", ".json", ".txt", ".js"})
_HASHED = frozenset({".css", ".js"})  # others keep their names: a style sheet has to be able to name its fonts
_STYLE = "site.css"
_SCRIPT = "site.js"
_SPOKEN = (
    "script_"  # begins the keys of what the script says: it travels in the script, not in a hundred thousand pages
)


@dataclass(frozen=True, slots=True)
class Source:
    """One template: where a person finds it, and its text."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its path in the site, and its bytes."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a theme is made of, by name."""

    templates: Mapping[str, Source]
    words: Mapping[str, str]
    assets: Mapping[str, Asset]

    def missing(self, name: str, place: str = "") -> TemplateError:
        """What to say where a template is named that is not there."""
        known = ", ".join(known for known in self.templates if not known.startswith(BASE))
        return TemplateError(f"{place or f'{OWN}/{name}'}: there is no template {name!r}", f"there are {known}")


def read(own: Path, language: str, style: bytes = b"") -> Sources:
    """The built-in theme with what `own` puts over it, and `style` behind its style sheet. Raises TemplateError."""
    builtin = _builtin()
    templates: dict[str, Source] = {}
    words: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for folder, label in _layers(builtin, own):
        for file in _files(folder, label):
            name = file.relative_to(folder).as_posix()
            place = f"{label}/{name}"
            if name == f"{LOCALES}/{language}.toml":
                words.update(_words(place, _text(place, file)))
            elif name.startswith(f"{STATIC}/"):
                assets[name.removeprefix(f"{STATIC}/")] = _bytes(place, file)
            elif name.startswith(BASE):
                raise TemplateError(
                    f"{place}: {BASE} is kept for the built-in templates", "put the file one folder higher"
                )
            elif file.suffix in _TEMPLATES and not name.startswith(f"{LOCALES}/"):
                templates[name] = Source(place, _text(place, file))
                if folder == builtin:
                    templates[BASE + name] = templates[name]
    if _STYLE in assets:
        assets[_STYLE] += style
    if _SCRIPT in assets:
        assets[_SCRIPT] = _spoken(words) + assets[_SCRIPT]
    made = {name: _asset(f"{STATIC}/{name}", body) for name, body in sorted(assets.items())}
    return Sources(dict(sorted(templates.items())), dict(sorted(words.items())), made)


def _builtin() -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


def _layers(builtin: Path, own: Path) -> Iterator[tuple[Path, str]]:
    yield builtin, "built-in templates"
    if (
        own.is_dir() and own.resolve() != builtin
    ):  # the repository is an archive itself, whose templates are the built-in ones
        yield own, OWN


def _files(folder: Path, label: str) -> list[Path]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _hidden(path.relative_to(folder)))
    if len(files) > MAX_FILES:
        raise TemplateError(f"{label}: more than {MAX_FILES} files", "pictures of articles belong in content/")
    for file in files:
        shown = file.name.encode("utf-8", "replace").decode()
        if shown != file.name:
            raise TemplateError(f"{label}/{shown}: its name is not text", "rename it")
    return files


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def _bytes(place: str, file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise TemplateError(f"{place}: cannot be read: {error.strerror}", "make it readable, or delete it") from error
    if len(body) > MAX_BYTES:
        raise TemplateError(f"{place}: larger than {MAX_BYTES} bytes", "pictures of articles belong in content/")
    return body


def _text(place: str, file: Path) -> str:
    try:
        return _bytes(place, file).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise TemplateError(
            f"{place}: not UTF-8: {error.reason} at byte {error.start}", "save the file as UTF-8"
        ) from error


def _words(place: str, toml: str) -> dict[str, str]:
    try:
        table: dict[str, Any] = tomllib.loads(toml)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TemplateError(f"{place}: not valid TOML: {error}", 'each line is like key = "text"') from error
    for key, value in table.items():
        if not isinstance(value, str):
            raise TemplateError(f"{place}: {key}: not a text", 'write it like key = "text"')
    return table


def _spoken(words: Mapping[str, str]) -> bytes:
    said = {key.removeprefix(_SPOKEN): word for key, word in sorted(words.items()) if key.startswith(_SPOKEN)}
    return f"const words = {json.dumps(said, ensure_ascii=False)};\n".encode()


def _asset(name: str, body: bytes) -> Asset:
    stem, dot, suffix = name.rpartition(".")
    if f"{dot}{suffix}" in _HASHED:
        return Asset(f"{stem}-{text.digest(body)[:8]}.{suffix}", body)
    return Asset(name, body)
