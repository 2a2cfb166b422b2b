"""An article on disk as the catalogue takes it in: its summary, its place in time, the lists that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from generator import text
from generator.catalogue import Entry, seen_as
from generator.config import Settings
from generator.content import ArticleFile
from generator.model import Article, Moment, Summary

EXCERPT = 140
_NO_PROSE = ("#", "!", ">", "|", "-", "*", "`", "<", "1.")


def entry(settings: Settings, held: ArticleFile, stamp: str) -> Entry:
    """The catalogue's entry for one article's file; an unreadable one has no summary and is in no list."""
    article = held.article
    if article is None:
        return Entry(held.file, stamp, held.digest, held.intact, None, "", findings=held.findings)
    zone = settings.offset(article.outlet)
    published = _utc(article.published, zone) if article.published else ""
    return Entry(
        file=held.file,
        stamp=stamp,
        digest=held.digest,
        intact=held.intact,
        summary=_summary(article),
        sort=f"{published} {article.permalink}",  # a space comes before every digit: what has no date is oldest
        captured=max((_utc(one.captured, zone) for one in article.captures if one.captured), default=""),
        places=tuple(_places(article)),
        captures=tuple(one.sha256 for one in article.captures),
        seen=tuple(name for story in article.seen for name in seen_as(story)),
        findings=held.findings,
    )


def assumptions(settings: Settings) -> str:
    """A digest of the settings that an entry depends on: entries made under others are made again."""
    zones = (part for host, outlet in sorted(settings.outlets.items()) for part in (host, outlet.zone))
    return text.short(settings.zone, *zones)[:8]


def _utc(moment: Moment, zone: timedelta) -> str:
    return moment.instant(zone).isoformat(timespec="seconds").replace("+00:00", "Z")


def _summary(article: Article) -> Summary:
    return Summary(
        permalink=article.permalink,
        id=article.id,
        headline=article.headline,
        published=article.published,
        publisher=article.publisher,
        source=article.source,
        section=article.section,
        language=article.language,
        excerpt=text.cut(article.standfirst or _lede(article.body), EXCERPT) or None,
        url=article.url,
        views=article.views,
    )


def _lede(body: str) -> str:
    """The first paragraph of prose."""
    blocks = (block.strip() for block in body[:20_000].split("\n\n"))
    return text.unmark(next((block for block in blocks if block and not block.startswith(_NO_PROSE)), ""))


def _places(article: Article) -> Iterator[tuple[str, str]]:
    """The lists that an article belongs to, as (kind, name) pairs."""
    single = (
        ("sections", article.section),
        ("regions", article.region),
        ("sources", article.publisher),
        ("sources", article.source),
    )
    yield from ((kind, name) for kind, name in single if name)
    yield from (("tags", tag) for tag in article.tags)
    yield from (("people", name) for name in (*article.byline, *article.editors))
