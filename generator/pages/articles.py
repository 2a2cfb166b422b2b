"""The article's page: the story, where it stood, how each field is known, and its other versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from generator import stamps, text
from generator.catalogue import Row, Story, seen_as
from generator.citations import cited
from generator.errors import ContentError
from generator.model import Article, Claim, Moment, Page
from generator.pages import pictures, snapshots, withheld
from generator.pages.archive import Archive, Shelf, Values, article_path, day_path, entry, named
from generator.theme import web
from generator.withholding import Shown

TEMPLATE = "article.html"
DESCRIPTION = 160
RELATED = 3  # stories worth reading next
GLIMPSE = 64  # characters of each
WORDS_A_MINUTE = 230
CHARACTERS_A_MINUTE = 450
LONGEST_WORDS = 16  # characters to a word, space and marks with it: above that, words are not parted
_LEAD = re.compile(r"(?:!\[[^\n]*\]\([^\n]*\)\s*)+")  # pictures before the text
BY_HAND = "archive"  # the basis of what no page says: a person or the settings do


class _Around(NamedTuple):
    """What the catalogue knows around a story: its versions, what it lists as seen, and its neighbours."""

    versions: tuple[Story, ...]
    held: Mapping[str, str]
    before: Row | None
    after: Row | None
    related: tuple[Row, ...]


def plan(archive: Archive, permalink: str) -> Iterator[Page]:
    """The page of the article at that address, a version of the past too."""
    story = archive.lists.story(permalink)
    if story is None:
        yield from withheld.page(archive, permalink)
        return
    path = article_path(permalink)
    around = _around(archive, story)
    others = (f"{one.file}:{one.digest}" for one in around.versions)
    rows = (row.mark if row else "" for row in (around.before, around.after, *around.related))
    held = (f"{a}:{b}" for a, b in sorted(around.held.items()))
    settings = archive.settings
    shown = str((settings.citations, settings.qr, settings.snapshots, settings.thumbnails))
    media = (f"{name}:{stamp}" for name, stamp in _held_media(archive, story))
    key = archive.key(TEMPLATE, story.digest, shown, *others, *rows, *held, *media)
    yield Page(path, TEMPLATE, key, partial(_values, story, path, around))


def _held_media(archive: Archive, story: Story) -> Iterator[tuple[str, str]]:
    """The pictures that the article shows and that are there: one that comes back is measured again."""
    for name in archive.lists.media(story.file):
        with suppress(FileNotFoundError):
            yield name, stamps.of((archive.settings.content / name).stat())


def _around(archive: Archive, story: Story) -> _Around:
    lists = archive.lists
    held = lists.seen_and_held(story.file)
    related = lists.sharing(story, RELATED)
    known = {row.summary.permalink for row in related}
    listed = sorted({*held.values()} - known, reverse=True)[: RELATED - len(related)]
    found = (lists.story(permalink) for permalink in listed)
    rows = (*related, *(one.row for one in found if one))
    return _Around(lists.versions(story), held, *lists.beside(story), rows)


def _values(story: Story, path: str, around: _Around, shelf: Shelf) -> Values:
    shown = _read(shelf, story)
    article, versions = shown.article, around.versions
    canonical = shelf.settings.url and shelf.settings.url + path
    newest = story.file == versions[-1].file
    # what only a version of the past names may have no list any more: its page leads to the newest version
    to = named if newest else _unlinked
    section = to("sections", article.section)
    description = text.cut(article.standfirst or story.row.summary.excerpt or article.headline, DESCRIPTION)
    return {
        "title": article.headline,
        "article": article,
        "show": shown.show,
        "redacted": shown.redacted,
        "wayback": _wayback(article),
        "path": path,
        "breadcrumb": _breadcrumb(article, section, to("sources", article.publisher)),
        "section": section,
        "region": to("regions", article.region),
        "publisher": to("sources", article.publisher),
        "source": to("sources", article.source),
        "byline": [to("people", name) for name in article.byline],
        "editors": [to("people", name) for name in article.editors],
        "tags": [to("tags", tag) for tag in article.tags],
        "day_path": day_path(article.published.day) if article.published and newest else None,
        "minutes": _minutes(article.body),
        "versions": [_version(shelf, one, versions[-1]) for one in versions if one.file != story.file],
        "newest": newest,
        "previous": around.before and _near(around.before),
        "next": around.after and _near(around.after),
        "related": [_near(row) for row in around.related],
        **_seen(article, around),
        "changed": _changed(article),
        "standfirst": _standfirst(article),
        "body": article.body,
        "pictures": pictures.shown(shelf, article.body, article.pictures),
        "evidence": _evidence(article),
        "citations": cited(article, shelf.settings.citations, canonical),
        "qr_wanted": bool(canonical) and shelf.settings.qr,
        "schema": schema(article),
        "canonical": canonical,
        "snapshot": _snapshot(shelf, shown, story),
        "description": description,
        "outlet_name": article.publisher or article.outlet,
    }


def _unlinked(kind: str, name: str | None) -> Values | None:
    return {"kind": kind, "name": name, "path": None} if name else None


def _near(row: Row) -> Values:
    """A neighbour as the page shows it: less than a list does."""
    story = row.summary
    return {
        "headline": story.headline,
        "path": article_path(story.permalink),
        "language": story.language,
        "published": story.published,
        "excerpt": text.cut(story.excerpt or "", GLIMPSE),
    }


def _minutes(body: str) -> int:
    """How long the text takes to read: by words, or by characters where words are not parted by spaces."""
    words = len(body.split())
    spaced = len(body) < LONGEST_WORDS * words
    return max(1, round(words / WORDS_A_MINUTE if spaced else len(body) / CHARACTERS_A_MINUTE))


def _snapshot(shelf: Shelf, shown: Shown, story: Story) -> str | None:
    wanted = shelf.settings.snapshots == "inert" and shown.whole and snapshots.shown(shown.article)
    return snapshots.path_of(story.row.summary.permalink) if wanted else None


def _read(shelf: Shelf, story: Story) -> Shown:
    shown = shelf.border.read(story.file)
    if not isinstance(shown, Shown):
        raise ContentError(f"content/{story.file}: it changed while the site was built", "build again")
    return shown


def _version(shelf: Shelf, story: Story, newest: Story) -> Values:
    """Another version as a list shows it, with what tells versions apart: when it was saved, when it was changed."""
    article = _read(shelf, story).article
    captured = max((one.captured for one in article.captures if one.captured), key=str, default=None)
    return entry(story.row)._asdict() | {
        "captured": captured,
        "modified": article.modified,
        "newest": story.file == newest.file,
    }


def _seen(article: Article, around: _Around) -> Values:
    """The lists around the story, as printed, without what the archive holds; and what it holds besides the stories related."""
    shown = {row.summary.permalink for row in around.related}
    held: dict[str, Values] = {}
    lists: dict[str | None, list[Values]] = {}
    for story in article.seen:
        permalink = next((around.held[name] for name in seen_as(story) if name in around.held), None)
        if permalink is None:
            one = {"headline": story.headline, "excerpt": story.excerpt, "url": story.url}
            lists.setdefault(story.list, []).append(one)
        elif permalink not in shown:
            held.setdefault(permalink, {"headline": story.headline, "path": article_path(permalink)})
    return {"held": [*held.values()], "seen": [{"list": name, "stories": stories} for name, stories in lists.items()]}


def _standfirst(article: Article) -> str | None:
    """The standfirst, unless the text begins with the same words: many pages give their first paragraph as a summary."""
    if not article.standfirst:
        return None
    lead = _LEAD.match(article.body)
    start = lead.end() if lead else 0
    body = text.unmark(article.body[start : start + 2 * len(article.standfirst) + 200])
    return None if _run_on(body).startswith(_run_on(article.standfirst).rstrip(".…")) else article.standfirst


def _changed(article: Article) -> Moment | None:
    """When the story was changed, where that is after it was published: systems note each saving, and the one before it came out."""
    first, last = article.published, article.modified
    if first is None or last is None:
        return last
    if "day" in (first.precision, last.precision) or (first.at.tzinfo is None) != (last.at.tzinfo is None):
        return last if last.day > first.day else None
    return last if last.instant() - first.instant() >= timedelta(minutes=1) else None


def _run_on(words: str) -> str:
    """The words without their blanks: a summary and the text are often parted differently, in Chinese above all."""
    return "".join(text.fold(words).split())


def _breadcrumb(article: Article, *ours: Values | None) -> list[Values]:
    """The trail as the page printed it; its steps lead to our own lists where they are ours."""
    steps = [name for name in article.breadcrumb if text.fold(name) != text.fold(article.headline)]
    if not steps:
        steps = [name for name in (article.publisher, article.section) if name]
    links = {text.fold(one["name"]): one["path"] for one in ours if one}
    return [{"name": name, "path": links.get(text.fold(name))} for name in steps]


def _evidence(article: Article) -> list[Values]:
    """What was claimed about each field, and what became of it: what stands, with all that says the same, then what was not used."""
    fields = groupby(article.evidence, key=lambda claim: claim.field)
    return [{"field": field, "rows": _rows(_shown(article, field), tuple(claims))} for field, claims in fields]


def _rows(shown: tuple[str, ...], claims: tuple[Claim, ...]) -> list[Values]:
    """The claims about one field by what they say, first what the article says, as a claim or else a person has it."""
    chosen = next((claim for claim in claims if claim.confidence > 0 and claim.values == shown), None)
    used = [chosen or Claim("", shown, BY_HAND, 1.0)] if shown else []
    used += [claim for claim in claims if claim is not chosen and _agrees(claim, shown)]
    rest: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim is not chosen and not _agrees(claim, shown):
            rest.setdefault(_joined(claim.values), []).append(claim)
    rows = [_row(_joined(used[0].values), used, used=True)] if used else []
    rows += [_row(value, found, used=False) for value, found in rest.items()]
    rows[0]["spans"] = len(rows)
    return rows


def _row(value: str, claims: list[Claim], *, used: bool) -> Values:
    """One value with what states it; what a page says is given once, and not where it is the value itself.

    The last part of a basis is what stands between it and the next one.
    """
    said = {value}
    bases = []
    for number, claim in enumerate(claims, 1):
        snippet = "" if claim.snippet in said else claim.snippet
        said.add(snippet)
        basis = "" if claim.basis == BY_HAND else claim.basis
        bases.append((basis, f"{claim.confidence:.2f}", snippet, ", " if number < len(claims) and not snippet else ""))
    return {"value": value, "used": used, "bases": bases, "spans": 0}


def _joined(values: tuple[str, ...]) -> str:
    return "; ".join(values)


def _agrees(claim: Claim, shown: tuple[str, ...]) -> bool:
    """Whether a claim says the same, or the same moment less precisely."""
    if not shown:
        return False
    less = claim.field in ("published", "modified") and bool(claim.value) and shown[0].startswith(claim.value)
    return less or claim.values == shown


def _shown(article: Article, field: str) -> tuple[str, ...]:
    """What the article says of a field, in the form that claims have."""
    value = getattr(article, field, None)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(one) for one in values if one is not None)


def schema(article: Article) -> dict[str, Any]:
    """The article as schema.org `NewsArticle`; `isBasedOn` is the page that was saved."""
    outlet = {"@type": "NewsMediaOrganization", "name": article.publisher} if article.publisher else None
    values: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "alternativeHeadline": article.kicker,
        "inLanguage": article.language,
        "datePublished": _date(article.published),
        "dateModified": _date(article.modified),
        "author": [{"@type": "Person", "name": name} for name in article.byline],
        "editor": [{"@type": "Person", "name": name} for name in article.editors],
        "publisher": outlet,
        "sourceOrganization": {"@type": "Organization", "name": article.source} if article.source else None,
        "articleSection": article.section,
        "contentLocation": {"@type": "Place", "name": article.region} if article.region else None,
        "keywords": list(article.tags),
        "isBasedOn": web(article.url),
        "usageInfo": article.rights,
    }
    return {name: value for name, value in values.items() if value}


def _wayback(article: Article) -> str | None:
    """Where the Internet Archive would have the page, nearest to the moment at which it was saved."""
    if not web(article.url):
        return None
    return f"https://web.archive.org/web/{article.captured.day.replace('-', '') if article.captured else '*'}/{article.url}"


def _date(moment: Any) -> str | None:
    return None if moment is None else str(moment)
