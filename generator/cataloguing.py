"""Articles on disk as the catalogue takes them in, through the border: summary, place in time, lists that they belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NoReturn

from generator import content, text
from generator.catalogue import UNDATED, Catalogue, Entry, Listed, listed
from generator.config import Settings
from generator.content import ArticleFile
from generator.errors import ContentError, Finding
from generator.images import MEDIUM
from generator.model import Article, Moment, Seen, Summary
from generator.withholding import Border, Notice, border
from generator.workers import Mapper, eased, mapper

BATCH = 64  # articles that travel to a process together
EXCERPT = 140
_ARTICLES, _MEDIA = "articles", "media"  # trees whose folders are marked
_NO_PROSE = ("#", "!", ">", "|", "-", "*", "`", "<", "1.")


def catch_up(
    settings: Settings,
    catalogue: Catalogue,
    today: date | None,
    many: Mapper | None = None,
    only: Collection[str] | None = None,
) -> tuple[Border, tuple[Finding, ...]]:
    """Bring the catalogue up to date with `content/`, as seen through the border, reading only what changed.

    With `only` nothing but articles in these folders has changed, and no other place is looked at.
    What is withheld bears on how other articles are shown, so it is looked for until no more of it is found.
    """
    ledger = content.read_withheld(settings.content)
    names = [word for name, one in ledger.items() for word in (name, one.permalink, one.url) if word]
    hidden = {content.file_of(one.permalink) for one in ledger.values() if one.permalink}
    if only is None:
        _look_for_pictures(settings.content, catalogue)
    while True:
        hidden |= {file for name in names for file in catalogue.found(name)}
        known = (content.read_article(settings.content, file).article for file in sorted(hidden))
        between = border(settings, ledger, today, filter(None, known))
        odd = _read_changed(between, catalogue, many or eased(mapper()), only)
        if hidden.issuperset(file for name in names for file in catalogue.found(name)):
            return between, (*odd, *between.unused(catalogue.found))


def _read_changed(
    between: Border, catalogue: Catalogue, many: Mapper, only: Collection[str] | None
) -> tuple[Finding, ...]:
    """Look into the folders that changed, and read the articles in them that did.

    All that is gone is dropped before anything is put: a file that moved is the same article in another place.
    """
    root, under = between.settings.content, assumptions(between)
    if catalogue.interrupted:
        content.sweep(root)
    known = catalogue.folders(_ARTICLES)
    known = known if only is None else {folder: known.get(folder, "") for folder in only}
    found = {folder: f"{mark}-{under}" for folder, mark in content.article_folders(root, only).items()}
    odd: list[Finding] = []
    looked: dict[str, str] = {}
    for folder in sorted(folder for folder in {*known, *found} if known.get(folder) != found.get(folder)):
        present, unnamed = content.article_files(root, folder)
        catalogue.drop(file for file in catalogue.stamps(folder) if file not in present)
        odd += unnamed
        looked[folder] = "" if unnamed else found.get(folder, "")  # what cannot be read is remarked by every build
    news = _news(root, catalogue, looked, under)
    batches = iter(lambda: tuple(islice(news, BATCH)), ())
    for entries in many(partial(_entries, between, under), batches, _unread):
        for one in entries:
            catalogue.put(one)
    catalogue.looked(_ARTICLES, looked)
    catalogue.commit()
    return tuple(odd)


def _news(root: Path, catalogue: Catalogue, folders: Iterable[str], under: str) -> Iterator[tuple[str, str]]:
    """The files that the catalogue does not know so, with their stamps: looked up folder by folder, for an archive has many."""
    for folder in folders:
        there = catalogue.stamps(folder)
        present, _ = content.article_files(root, folder)
        yield from ((file, stamp) for file, stamp in present.items() if there.get(file) != f"{stamp}-{under}")


def _entries(between: Border, under: str, files: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    root = between.settings.content
    return tuple(entry(between, content.read_article(root, file), f"{stamp}-{under}") for file, stamp in files)


def _unread(files: tuple[tuple[str, str], ...], why: str) -> NoReturn:
    raise ContentError(f"content/{files[0][0]} and others: {why}", "try --workers 0: it takes as long as it takes")


def _look_for_pictures(root: Path, catalogue: Catalogue) -> None:
    """Note the folders of pictures in which something came or went."""
    known, found = catalogue.folders(_MEDIA), content.media_folders(root)
    moved = {folder: found.get(folder, "") for folder in {*known, *found} if known.get(folder) != found.get(folder)}
    catalogue.note_pictures(sorted(moved))
    catalogue.looked(_MEDIA, moved)


def entry(border: Border, read: ArticleFile, stamp: str) -> Entry:
    """The catalogue's entry for one article's file; an unreadable one, or one that is withheld, is in no list."""
    held, notice = border.entry(read)
    article = held.article
    if article is None:
        return Entry(held.file, stamp, held.digest, None, "", findings=held.findings)
    if notice:
        return _withheld(held, article, notice, stamp)
    zone = border.settings.offset(article.outlet)
    published = _utc(article.published, zone) if article.published else ""
    return Entry(
        file=held.file,
        stamp=stamp,
        digest=held.digest,
        summary=_summary(article),
        sort=f"{published} {article.permalink}",  # a space comes before every digit: what has no date is oldest
        captured=max((_utc(one.captured, zone) for one in article.captures if one.captured), default=""),
        places=tuple(_places(article)),
        captures=tuple(one.sha256 for one in article.captures),
        seen=tuple(_listed(article)),
        media=_media(read.article, article),
        known=_summary(read.article) if read.article and read.article != article else None,
        findings=held.findings,
    )


def exported(border: Border, known: Mapping[str, Iterable[Seen]]) -> Iterator[Listed]:
    """The stories that exports list, by host, as far as the border lets them pass."""
    for host, stories in known.items():
        for story in border.listed(stories):
            moment = story.published or story.saved
            yield listed(story, host, moment.day if moment else UNDATED)


def _listed(article: Article) -> Iterator[Listed]:
    """The stories around an article; its outlet's own by their day, or else by that on which the page stood so."""
    for one in article.seen:
        moment = one.published or article.captured or article.published
        story = replace(one, excerpt=None, saved=one.saved or article.captured)
        place = listed(story, article.outlet or "", moment.day if moment else UNDATED)
        yield place if _is_own(article.outlet, one.url) else place._replace(host="", raw="")


def _is_own(outlet: str | None, url: str | None) -> bool:
    """Whether an address is one of the outlet's, which is named by its host, or else by words that no address can show to be others'."""
    if not outlet or not url:
        return bool(outlet)
    host = text.fold_url(url).partition("/")[0]
    return "." not in outlet or f".{host}".endswith(f".{outlet}") or outlet.endswith(f".{host}")


def _withheld(held: ArticleFile, article: Article, notice: Notice, stamp: str) -> Entry:
    """What is known of an article that is withheld: enough for another capture of it to join it."""
    return Entry(
        file=held.file,
        stamp=stamp,
        digest=held.digest,
        summary=None,
        sort="",
        captures=tuple(one.sha256 for one in article.captures),
        media=_media(article, None),
        known=_summary(article),
        notice=notice.told,
        findings=held.findings,
    )


def media_of(article: Article) -> frozenset[str]:
    """The pictures held that an article shows."""
    sources = (found[0] for one in article.pictures if one.src and (found := MEDIUM.fullmatch(one.src)))
    return frozenset((*sources, *(found[0] for found in MEDIUM.finditer(article.body))))


def _media(held: Article | None, shown: Article | None) -> tuple[tuple[str, bool], ...]:
    seen = media_of(shown) if shown else frozenset()
    return tuple((name, name in seen) for name in sorted(media_of(held) if held else ()))


def assumptions(border: Border) -> str:
    """A digest of what an entry depends on besides its file: entries made under others are made again."""
    settings = border.settings
    zones = (part for host, outlet in sorted(settings.outlets.items()) for part in (host, outlet.zone))
    return text.short(settings.zone, border.mark, *zones)[:8]


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
