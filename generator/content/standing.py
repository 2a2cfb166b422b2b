"""Standing pages: `content/pages/*.md`, written by a person: about, contact, disclaimer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator import text
from generator.content import files, frontmatter
from generator.errors import Finding


@dataclass(frozen=True, slots=True)
class StandingPage:
    """One standing page: `slug` is its file's name, `order` its place in the navigation."""

    slug: str
    title: str
    order: float
    language: str | None
    body: str


def read_standing(content: Path) -> tuple[tuple[StandingPage, ...], tuple[Finding, ...]]:
    """The standing pages in their order, and what could not be read."""
    pages: list[StandingPage] = []
    findings: list[Finding] = []
    for file in files.walk(content / "pages", ".md"):
        where = f"content/pages/{files.shown(file.name)}"
        try:
            page = _page(file)
        except (OSError, ValueError) as error:
            findings.append(Finding("page-unknown", where, str(error)))
            continue
        if any(page.slug == other.slug for other in pages):
            findings.append(
                Finding("id-duplicate", where, f"another page lies at pages/{page.slug}.html: rename this file")
            )
        else:
            pages.append(page)
    return tuple(sorted(pages, key=lambda page: (page.order, page.slug))), tuple(findings)


def _page(file: Path) -> StandingPage:
    sheet = frontmatter.load(file.read_bytes().decode())
    values = sheet.values
    try:
        order = float(values.get("order", 0))
    except (TypeError, ValueError):
        raise ValueError(f"order: expected a number, not {values.get('order')!r}") from None
    language = values.get("language")
    title = text.line(str(values.get("title") or file.stem))
    return StandingPage(
        text.slug(files.shown(file.stem), "page"),
        title,
        order,
        language if isinstance(language, str) else None,
        sheet.body,
    )
