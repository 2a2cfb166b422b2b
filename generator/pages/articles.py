"""The article's page: the story, where it stood, how each field is known, and its other versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from generator import text
from generator.catalogue import Story, seen_as
from generator.errors import ContentError
from generator.model import Article, Claim, Page
from generator.pages import pictures, snapshots, withheld
from generator.pages.archive import Archive, Shelf, Values, article_path, day_path, entry, named
from generator.theme import web
from generator.withholding import Shown

TEMPLATE = "article.html"
DESCRIPTION = 160
BY_HAND = "archive"  # the basis of what no page says: a person or the settings do


def plan(archive: Archive, permalink: str) -> Iterator[Page]:
    """The page of the article at that address, a version of the past too."""
    story = archive.lists.story(permalink)
    if story is None:
        yield from withheld.page(archive, permalink)
        return
    path = article_path(permalink)
    versions = archive.lists.versions(story)
    held = archive.lists.seen_and_held(story.file)
    others = (f"{one.file}:{one.digest}" for one in versions)
    smaller = archive.settings.thumbnails
    key = archive.key(TEMPLATE, story.digest, *others, *smaller, *(f"{a}:{b}" for a, b in sorted(held.items())))
    yield Page(path, TEMPLATE, key, partial(_values, story, path, versions, held))


def _values(story: Story, path: str, versions: tuple[Story, ...], held: Mapping[str, str], shelf: Shelf) -> Values:
    shown = _read(shelf, story)
    article = shown.article
    canonical = shelf.settings.url and shelf.settings.url + path
    section = named("sections", article.section)
    description = text.cut(article.standfirst or story.row.summary.excerpt or article.headline, DESCRIPTION)
    return {
        "title": article.headline,
        "article": article,
        "show": shown.show,
        "redacted": shown.redacted,
        "wayback": _wayback(article),
        "path": path,
        "breadcrumb": _breadcrumb(article, section),
        "section": section,
        "region": named("regions", article.region),
        "publisher": named("sources", article.publisher),
        "source": named("sources", article.source),
        "byline": [named("people", name) for name in article.byline],
        "editors": [named("people", name) for name in article.editors],
        "tags": [named("tags", tag) for tag in article.tags],
        "day_path": day_path(article.published.day) if article.published else None,
        "versions": [_version(shelf, one, versions[-1]) for one in versions if one.file != story.file],
        "newest": story.file == versions[-1].file,
        "seen": _seen(article, held),
        "standfirst": _standfirst(article),
        "body": article.body,
        "pictures": pictures.shown(shelf, article.body),
        "evidence": _evidence(article),
        "schema": schema(article),
        "canonical": canonical,
        "snapshot": _snapshot(shelf, shown, story),
        "description": description,
        "outlet_name": article.publisher or article.outlet,
    }


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


def _seen(article: Article, held: Mapping[str, str]) -> list[Values]:
    """The lists around the story, as printed; what the archive holds leads to its page."""
    lists: dict[str | None, list[Values]] = {}
    for story in article.seen:
        permalink = next((held[name] for name in seen_as(story) if name in held), None)
        path = article_path(permalink) if permalink else None
        stories = lists.setdefault(story.list, [])
        stories.append({"headline": story.headline, "excerpt": story.excerpt, "url": story.url, "path": path})
    return [{"list": name, "stories": stories} for name, stories in lists.items()]


def _standfirst(article: Article) -> str | None:
    """The standfirst, unless the text begins with the same words: many pages give their first paragraph as a summary."""
    stated = text.fold(article.standfirst or "").rstrip(" .…")
    begins = stated and text.fold(text.unmark(article.body[: 2 * len(article.standfirst or "") + 200])).startswith(
        stated
    )
    return None if begins else article.standfirst


def _breadcrumb(article: Article, section: Values | None) -> list[Values]:
    """The trail as the page printed it; its steps lead to our own lists where they are ours."""
    steps = [name for name in article.breadcrumb if text.fold(name) != text.fold(article.headline)]
    if not steps:
        steps = [name for name in (article.publisher, article.section) if name]
    links = {text.fold(one["name"]): one["path"] for one in (section, named("sources", article.publisher)) if one}
    return [{"name": name, "path": links.get(text.fold(name))} for name in steps]


def _evidence(article: Article) -> list[Values]:
    """What was claimed about each field, and what became of it."""
    fields = groupby(article.evidence, key=lambda claim: claim.field)
    return [{"field": field, "claims": _claims(_shown(article, field), tuple(claims))} for field, claims in fields]


def _claims(shown: tuple[str, ...], claims: tuple[Claim, ...]) -> list[Values]:
    """The claims about one field, the chosen one first: the first that says what the article says, or else a person."""
    if not shown:
        return [_claim(claim, chosen=False, agrees=False) for claim in claims]
    found = next((claim for claim in claims if claim.confidence > 0 and claim.values == shown), None)
    rest = [_claim(claim, chosen=False, agrees=_agrees(claim, shown)) for claim in claims if claim is not found]
    return [_claim(found or Claim("", shown, BY_HAND, 1.0), chosen=True, agrees=True), *rest]


def _agrees(claim: Claim, shown: tuple[str, ...]) -> bool:
    """Whether a claim says the same, or the same moment less precisely."""
    less = claim.field in ("published", "modified") and bool(claim.value) and shown[0].startswith(claim.value)
    return less or claim.values == shown


def _shown(article: Article, field: str) -> tuple[str, ...]:
    """What the article says of a field, in the form that claims have."""
    value = getattr(article, field, None)
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(one) for one in values if one is not None)


def _claim(claim: Claim, *, chosen: bool, agrees: bool) -> Values:
    return {
        "value": "; ".join(claim.values),
        "basis": claim.basis,
        "confidence": claim.confidence,
        "snippet": claim.snippet,
        "chosen": chosen,
        "agrees": agrees,
    }


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
