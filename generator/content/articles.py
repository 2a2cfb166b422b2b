"""Articles on disk: `content/articles/YYYY/MM/DD-slug.md`, one each; undated ones in `undated/`.

An article whose seal is broken was edited by a person and is never written again.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from generator import plain, stamps, text
from generator.content import files, frontmatter
from generator.errors import Finding
from generator.model import Article, Claim, Show

SUFFIX = ".md"
ARTICLES = "articles"
UNDATED = "undated"
MAX_PERMALINK = 120
_DATED = re.compile(r"(\d{4}/\d\d)/(\d\d)-(.+)")
# Every name that front matter may hold, in the order in which it is written. docs/articles.md explains each.
FIELDS = [
    "id",
    "permalink",
    "headline",
    "kicker",
    "standfirst",
    "byline",
    "editors",
    "source",
    "publisher",
    "outlet",
    "published",
    "modified",
    "captured",
    "section",
    "breadcrumb",
    "region",
    "tags",
    "language",
    "url",
    "rights",
    "show",
    "views",
    "comments",
    "pictures",
    "seen",
    "captures",
    "extractor",
    "evidence",
]
# those of them that name or document an article, and are no reading of a page
APART = ("id", "permalink", "captures", "extractor", "evidence")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article as it lies on disk: `file` is relative to `content/`, `digest` that of its bytes."""

    file: str
    digest: str
    article: Article | None
    intact: bool
    findings: tuple[Finding, ...] = ()


def article_folders(content: Path, only: Collection[str] | None = None) -> dict[str, str]:
    """Every folder that articles may lie in, relative to `content/`, with a mark that changes when anything in it does.

    With `only` those alone are looked at, and those among them that are there are given. Raises ContentError.
    """
    with files.looking(content / ARTICLES):
        if only is not None:
            return {folder: mark for folder in sorted(only) if (mark := stamps.folder(content / folder))}
        marks = dict(stamps.folders(content / ARTICLES))
    return {f"{ARTICLES}/{name}" if name else ARTICLES: mark for name, mark in sorted(marks.items())}


def article_files(content: Path, folder: str) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Each article's file in one folder, relative to `content/`, with its stamp, sorted; and those whose names are not text.

    Raises ContentError.
    """
    there = content / folder
    with files.looking(there):
        within = stamps.files(there, links=False)
    found = {f"{folder}/{name}": stamp for name, stamp in within.items() if name.endswith(SUFFIX)}
    named = {name: stamp for name, stamp in found.items() if files.is_text(name)}
    odd = [f"content/{files.shown(name)}" for name in found if name not in named]
    return named, tuple(Finding("file-unreadable", name, "its name is not text: rename it") for name in odd)


def every_article(content: Path) -> tuple[list[str], tuple[Finding, ...]]:
    """Every article's file, relative to `content/`, sorted; and what `article_files` finds odd. Raises ContentError."""
    folders = [article_files(content, folder) for folder in article_folders(content)]
    named = sorted(file for within, _ in folders for file in within)
    return named, tuple(finding for _, odd in folders for finding in odd)


def read_article(content: Path, file: str) -> ArticleFile:
    """Read one article; whatever is wrong with it becomes a finding, never an exception."""
    where = f"content/{file}"
    try:
        raw = (content / file).read_bytes()
    except OSError as error:
        return ArticleFile(
            file, "", None, intact=False, findings=(Finding("article-unreadable", where, str(error.strerror)),)
        )
    mark = text.digest(raw)
    try:
        if len(raw) > frontmatter.MAX_BYTES:
            raise ValueError(f"larger than {frontmatter.MAX_BYTES} bytes")
        sheet = frontmatter.load(raw.decode())
    except ValueError as error:  # UnicodeDecodeError is one
        return ArticleFile(file, mark, None, intact=False, findings=(Finding("article-unreadable", where, str(error)),))
    values, findings = _decoded(sheet.values, where)
    if not values.get("headline"):
        findings.append(Finding("article-unreadable", where, "it has no 'headline'"))
        return ArticleFile(file, mark, None, intact=sheet.intact, findings=tuple(findings))
    values.setdefault("permalink", permalink_of(file))
    values.setdefault("id", text.short(values["permalink"]))
    return ArticleFile(file, mark, Article(body=sheet.body, **values), sheet.intact, tuple(findings))


def put(content: Path, article: Article, taken: Callable[[str], bool]) -> str:
    """Write a new article under a permalink of its own; returns its file relative to `content/`.

    The permalink is the day of publication and the headline's slug, numbered from 2 where that is `taken`.
    """
    folder = article.published.day.replace("-", "/") if article.published else UNDATED
    slug = text.slug(article.headline)
    number = 1
    while True:
        permalink = f"{folder}/{slug}" if number == 1 else f"{folder}/{slug}-{number}"
        file = file_of(permalink)
        if not taken(permalink) and not (content / file).exists():
            break
        number += 1
    files.write(content / file, dump(replace(article, permalink=permalink)).encode())
    return file


def rewrite(content: Path, held: ArticleFile, article: Article) -> bool:
    """Write an article anew that no hand has touched, at its old address; False where a person's edit forbids it."""
    if held.article is None or not held.intact:
        return False
    files.write(content / held.file, dump(replace(article, permalink=held.article.permalink)).encode())
    return True


def file_of(permalink: str) -> str:
    """`2025/03/18/slug` lies in `articles/2025/03/18-slug.md`."""
    folder, _, name = permalink.rpartition("/")
    if folder == UNDATED:
        return f"articles/{UNDATED}/{name}{SUFFIX}"
    return f"articles/{folder}-{name}{SUFFIX}"


def permalink_of(file: str) -> str:
    """The inverse of `file_of`, for articles whose front matter states no permalink."""
    path = file.removeprefix("articles/").removesuffix(SUFFIX)
    dated = _DATED.fullmatch(path)
    if dated:
        return f"{dated[1]}/{dated[2]}/{_slug(dated[3])}"
    return f"{UNDATED}/{_slug(path.rpartition('/')[2])}"


def _slug(name: str) -> str:
    return name if text.is_slug(name) else text.slug(name)


def dump(article: Article) -> str:
    """The article's file as text."""
    return frontmatter.dump(_values(article), article.body)


def _values(article: Article) -> dict[str, Any]:
    values: dict[str, Any] = {name: plain.plain(getattr(article, name)) for name in FIELDS}
    values["evidence"] = _out_evidence(article.evidence)
    return values


def _decoded(values: Mapping[str, Any], where: str) -> tuple[dict[str, Any], list[Finding]]:
    """Each known field by its type; what does not fit is left unknown and remarked."""
    known: dict[str, Any] = {}
    findings = [_unknown(name, where) for name in values if name not in FIELDS]
    readers = _readers()
    for name in FIELDS:
        if values.get(name) in (None, "", [], {}):
            continue
        try:
            value = readers[name](values[name])
            known[name] = tuple(one for one in value if one != "") if isinstance(value, tuple) else value
        except ValueError as error:
            findings.append(Finding("article-field-invalid", where, f"{name}: {error}"))
            if name == "show":  # somebody meant to keep something back: rather too little is shown than too much
                known[name] = "link"
    return known, findings


def _unknown(name: str, where: str) -> Finding:
    near = difflib.get_close_matches(name, FIELDS, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "docs/articles.md lists the fields"
    return Finding("article-field-unknown", where, f"{name}: not a field of an article: {hint}")


def _permalink(value: Any) -> str:
    """A stored address; a person's typing must not lead out of the site."""
    stated: str = plain.back(str, value)
    steps = stated.split("/")
    if len(steps) not in (2, 4) or len(stated) > MAX_PERMALINK or not all(map(text.is_slug, steps)):
        raise ValueError("expected an address like 2025/03/18/short-name")
    return stated


def _headline(value: Any) -> str:
    return text.line(plain.back(str, value))


def _show(value: Any) -> str:
    allowed = get_args(Show)
    if value not in allowed:
        raise ValueError(f"expected {', '.join(allowed)}; nothing but the link is shown")
    return str(value)


def _out_evidence(claims: tuple[Claim, ...]) -> dict[str, list[dict[str, Any]]]:
    """Claims by field; a single value stands as text, a list as a list."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        value = claim.values[0] if len(claim.values) == 1 else list(claim.values)
        row = {"value": value, "basis": claim.basis, "confidence": claim.confidence, "snippet": claim.snippet}
        fields.setdefault(claim.field, []).append(row)
    return fields


def _evidence(value: Any) -> tuple[Claim, ...]:
    if not isinstance(value, dict):
        raise ValueError("expected a mapping of fields to claims")
    claims = []
    for name, rows in value.items():
        for row in rows if isinstance(rows, list) else ():
            if not isinstance(row, dict):
                raise ValueError(f"the claims about {name!r} are no mappings")
            stated = row.get("value", "")
            values = tuple(map(str, stated)) if isinstance(stated, list) else (str(stated),)
            confidence = plain.back(float, row.get("confidence", 0.0))
            claims.append(Claim(name, values, str(row.get("basis", "")), confidence, str(row.get("snippet", ""))))
    return tuple(claims)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "permalink": _permalink,
    "headline": _headline,
    "show": _show,
    "evidence": _evidence,
}


@cache
def _readers() -> Mapping[str, Callable[[Any], Any]]:
    hints = plain.hints(Article)
    return {name: _READ.get(name) or plain.reader(hints[name]) for name in FIELDS}
