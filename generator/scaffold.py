"""A fresh archive folder: what `backfile init` writes, and nothing that was there before is touched.

The texts lie in `_starter/`, where `@TITLE@` and `@LANGUAGE@` stand for the settings as JSON on one line. Must never
overwrite a file, follow the network, or leave half a file behind. `archive.toml` comes last: where it lies, all is there.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from generator import text
from generator.config import FILE, LANGUAGES
from generator.errors import UsageError

# Where a file goes in the archive, and the text it is made of; {language} picks the text that fits the archive's language.
STARTER = (
    (".github/workflows/pages.yml", "pages.yml"),
    (".gitattributes", "gitattributes"),
    (".gitignore", "gitignore"),
    ("content/pages/about.md", "about.{language}.md"),
    ("content/saved/.gitkeep", "gitkeep"),
    ("templates/README.md", "templates.md"),
    (FILE, "archive.toml"),
)


def init(folder: Path, title: str, language: str) -> tuple[str, ...]:
    """Make an archive in `folder` and tell the names of the files made; a file that exists is left as it is.

    Raises UsageError where an archive is there already, the language is unknown or the folder cannot be written.
    """
    if language not in LANGUAGES:
        raise UsageError(f"unknown language {language!r}", f"choose one of {', '.join(LANGUAGES)}")
    if os.path.lexists(folder / FILE):
        raise UsageError(f"{folder} is an archive already: it holds {FILE}", "choose another folder, or edit that file")
    name = text.line(title) or text.line(folder.absolute().name) or "Backfile"
    made = []
    for target, source in STARTER:
        try:
            if _written(folder / target, _filled(source.format(language=language), name, language)):
                made.append(target)
        except OSError as error:
            raise UsageError(f"{folder / target}: cannot be made: {error.strerror}", "choose another folder") from error
    return tuple(made)


def _filled(source: str, title: str, language: str) -> str:
    raw = (files("generator") / "_starter" / source).read_text(encoding="utf-8")
    return raw.replace("@LANGUAGE@", text.compact(language)).replace("@TITLE@", text.compact(title))


def _written(target: Path, content: str) -> bool:
    if os.path.lexists(target):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        aside.write_bytes(content.encode("utf-8"))
        aside.rename(target)
    finally:
        aside.unlink(missing_ok=True)
    return True
