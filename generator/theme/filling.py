"""Templates filled with data: Jinja's environments, and the tools that templates call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any, cast
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, pass_context
from markupsafe import Markup

from generator import text
from generator.compiled import Compiled
from generator.errors import TemplateError
from generator.theme import markup
from generator.theme.fast import Fast
from generator.theme.once import Once
from generator.theme.qr import qr
from generator.theme.sources import BASE, OWN, Sources
from generator.theme.words import Words, dirof

LOST = "404.html"  # shown at any depth
HELP = "docs/themes.md says what a template sees"
SPOKEN = ("t", "when", "number", "year_name", "month_name", "weekday", "period")
# tools that lists call for each of their entries: as filters too, which Jinja calls at a third of a global's price
QUICK = ("home", "link", "number", "period", "t", "tongue", "when")
REMEMBERED = 16_384  # texts, dates and numbers in words, of each tool

_SAFE = "/~-._!$'()*+,;=@"  # in a path, beside letters and digits; a colon would read as a scheme


@dataclass(frozen=True)
class Filling:
    """A theme's templates, ready to be filled; `policy` is what each page lets its reader's browser load."""

    sources: Sources
    language: str
    site: Mapping[str, Any]
    policy: str
    cache: Path | None

    def page(self, path: str, template: str, data: Mapping[str, Any]) -> str:
        """The template filled for the page at that path. Raises TemplateError with the template's name and line."""
        try:
            return self._at(path).get_template(template).render({**data, "here": path})
        except Exception as error:  # whatever a template does wrong
            raise self._explained(template, error) from error

    @cached_property
    def _words(self) -> Words:
        return Words(self.language, self.sources.words)

    @cached_property
    def _tools(self) -> dict[str, Callable[..., Any]]:
        """What templates call at any depth, each with what it said before."""
        tools: dict[str, Callable[..., Any]] = {name: getattr(self._words, name) for name in SPOKEN}
        tools["dirof"] = dirof
        tools["home"] = lambda language: self._tongue(language, self.language)
        tools["tongue"] = lambda language: self._tongue(language, language)
        return {name: lru_cache(REMEMBERED)(tool) for name, tool in tools.items()}

    @cached_property
    def _environments(self) -> dict[str, Environment]:
        return {}

    @cached_property
    def _compiled(self) -> dict[str, CodeType]:
        return {}

    @cached_property
    def _kept(self) -> Compiled | None:
        if self.cache is None:
            return None
        modules = sorted(Path(__file__).parent.glob("*.py"))  # a clone's owner changes them without changing a version
        said = (part for word in self.sources.words.items() for part in word)
        return Compiled(self.cache, text.digest(*(module.read_bytes() for module in modules), *said))

    def _at(self, page_path: str) -> Environment:
        """The environment of all pages that reach the site's top by the same way: what depends on that alone is made once."""
        root = "../" * page_path.count("/")
        if page_path == LOST:
            root = urlsplit(str(self.site.get("url") or "")).path or root
        if root not in self._environments:
            self._environments[root] = self._environment(root)
        return self._environments[root]

    def _environment(self, root: str) -> Environment:
        environment = Fast(
            self._compiled,
            self._kept,
            autoescape=True,  # in feeds as well: XML needs the same five characters
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            loader=FunctionLoader(self._source),
            extensions=[Once],
        )
        environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
        environment.filters["web"] = markup.web
        elsewhere = self._words.t("picture_elsewhere")

        def link(path: str) -> str:
            return root + _quoted(path)

        environment.globals |= self._tools | {
            "CSP": Markup(self.policy),  # noqa: S704 - made of constants
            "absolute": self._absolute,
            "address": lambda path: self._absolute(path) or link(path),
            "asset": lambda name: link(self.sources.assets[name].path),
            "assets": tuple(self.sources.assets),
            "json_ld": markup.json_ld,
            "link": link,
            "marked": frozenset({"index.html", *(kind["path"] for kind in self.site.get("kinds", ()))}),
            "markdown": lambda body, pictures=None: markup.html(body, root, elsewhere, pictures),
            "qr": lru_cache(8)(qr),  # large, and seldom asked for twice
            "site": self.site,
        }
        for name in QUICK:
            environment.filters[name] = _as_filter(cast("Callable[..., Any]", environment.globals[name]))
        return environment

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.sources.templates.get(name)
        return None if source is None else (source.text, source.place, lambda: True)

    def _tongue(self, language: str | None, wanted: str | None) -> Markup:
        """The attributes that say that an element's words are in the wanted language, if the article's is not the site's."""
        if not language or language == self.language:
            return Markup()
        turned = dirof(language) != dirof(self.language)
        return Markup(' lang="{}" dir="{}"' if turned else ' lang="{}"').format(wanted, dirof(wanted))  # noqa: S704

    def _absolute(self, path: str) -> str:
        url = str(self.site.get("url") or "")
        return url and url + _quoted(path)

    def _explained(self, template: str, error: Exception) -> TemplateError:
        source = self.sources.templates.get(template)
        place = source.place if source else f"templates/{template}"
        places = {known.place for known in self.sources.templates.values()}
        for name, line in _frames(error.__traceback__):
            if name in places:
                place = f"{name}:{line}"
        if isinstance(error, TemplateSyntaxError):
            place = f"{error.filename or place}:{error.lineno}"
        if isinstance(error, TemplateNotFound):
            return self.sources.missing(str(error.name), place)
        what = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
        return TemplateError(f"{place}: {what or type(error).__name__}", self._hint(place))

    def _hint(self, place: str) -> str:
        file = place.rpartition(":")[0] or place
        replaced = file.startswith(f"{OWN}/") and BASE + file.removeprefix(f"{OWN}/") in self.sources.templates
        return f"{HELP}; delete {file} to have the built-in one again" if replaced else HELP


def _as_filter(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool as a filter; it takes the context, or Jinja would reckon it once for all depths where its value is a constant."""

    @pass_context
    def filtered(_: Any, value: Any, **options: Any) -> Any:
        return tool(value, **options)

    return filtered


@lru_cache(65_536)
def _quoted(path: str) -> str:
    """A path in the site, ready for an attribute."""
    return quote(path, safe=_SAFE)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
