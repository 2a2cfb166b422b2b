"""The value that renders pages and knows which sources each page rests on.

A pure value: it reads no file but what it has compiled before, and the same data give the same bytes. Whatever goes wrong
in a template is told with the template's name and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import text
from generator.theme import markup
from generator.theme.sources import Sources

if TYPE_CHECKING:
    from generator.theme.filling import Filling

# Kept word for word in every page, before anything that could load.
CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
FONTS = (".woff2", ".woff", ".ttf", ".otf")
OFFLINE = "offline.js"  # a static file that only a site with `offline` has

# the tags that name other templates, with the name where it is a plain one, and the rest of the tag
_NAMING = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\b\s*(?:["']([^"']+)["'])?((?:(?!%\}).)*)%\}""", re.DOTALL
)
_UNSURE = re.compile(r"""["'\[(~]|\bif\b""")


@dataclass(frozen=True)
class Theme:
    """A theme ready to render: sources, language, and what all pages know of the site."""

    sources: Sources
    language: str
    site: Mapping[str, Any]
    cache: Path | None = None

    def render(self, page_path: str, template: str, data: Mapping[str, Any]) -> bytes:
        """The page's bytes. Raises TemplateError with the template's name and line."""
        return markup.clean(self._filling.page(page_path, template, data)).encode()

    def digest(self, template: str) -> str:
        """A digest of all that the template can reach: pages need a new look exactly when it changes."""
        known: dict[str, str] = self._digests
        if template not in known:
            reached = self._reached(template)
            sources = (part for name in reached for part in (name, self.sources.templates[name].text))
            known[template] = text.digest(self._surroundings, *sources)
        return known[template]

    @cached_property
    def whole_digest(self) -> str:
        """A digest of all that any template can reach."""
        sources = (part for name, source in sorted(self.sources.templates.items()) for part in (name, source.text))
        return text.digest(self._surroundings, *sources)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """The static files: path in the site, and bytes."""
        for name, asset in self.sources.assets.items():
            if name != OFFLINE or self.site.get("offline"):
                yield asset.path, asset.body

    def __reduce__(self) -> tuple[type[Theme], tuple[Sources, str, Mapping[str, Any], Path | None]]:
        # what is derived does not travel to other processes
        return Theme, (self.sources, self.language, self.site, self.cache)

    @cached_property
    def _filling(self) -> Filling:
        from generator.theme.filling import Filling  # noqa: PLC0415 - takes longer to load than an unchanged site to look at

        return Filling(self.sources, self.language, self.site, self._policy, self.cache)

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    @cached_property
    def _surroundings(self) -> str:
        assets = {name: text.digest(asset.body) for name, asset in self.sources.assets.items()}
        seen = [CSP, self.language, dict(self.site), dict(self.sources.words), assets]
        return text.digest(json.dumps(seen, ensure_ascii=False, sort_keys=True, default=str))

    @property
    def _policy(self) -> str:
        """The policy of all pages, with what only some archives need."""
        fonts = "; font-src 'self'" if any(name.endswith(FONTS) for name in self.sources.assets) else ""
        offline = "; worker-src 'self'; manifest-src 'self'" if self.site.get("offline") else ""
        return CSP + fonts + offline

    def _reached(self, template: str) -> list[str]:
        names, found = [template], {template}
        while names:
            for name in self._references(names.pop()):
                if name not in found:
                    found.add(name)
                    names.append(name)
        return sorted(found)

    def _references(self, name: str) -> list[str]:
        """The templates that one names: read off its tags, for to parse a theme takes longer than to build what changed."""
        source = self.sources.templates.get(name)
        if source is None:
            raise self.sources.missing(name)
        tags = [found.groups() for found in _NAMING.finditer(source.text)]
        if any(named is None or _UNSURE.search(rest) for named, rest in tags):
            return list(self.sources.templates)  # a name that is reckoned at run time may mean any template
        return [named for named, _ in tags if named in self.sources.templates]
