"""What may be shown, as one value: the ledger, the rights and the redactions of an archive, applied article by article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from generator import plain, text
from generator.config import Settings
from generator.content import WITHHELD, ArticleFile, Withheld, read_article
from generator.errors import Finding
from generator.model import Article, Seen, Show
from generator.withholding import personal
from generator.withholding.stories import Stories
from generator.withholding.views import reduced


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands in the place of an article that is withheld: no word of it, nor its original's address."""

    permalink: str
    reason: str = ""
    since: date | None = None
    until: date | None = None
    page: bool = True

    @classmethod
    def of(cls, permalink: str, entry: Withheld) -> Notice:
        return cls(permalink, entry.reason, entry.since, entry.until, entry.page)

    @property
    def told(self) -> dict[str, str]:
        """What it says, in words; nothing where it is to have no page at all."""
        dates = {"since": str(self.since or ""), "until": str(self.until or "")}
        return {"permalink": self.permalink, "reason": self.reason, **dates} if self.page else {}


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as it may be shown. `whole` says that nothing was left out, of the lists around it neither.

    Only then may its original be shown, too.
    """

    article: Article
    show: Show = "full"
    redacted: bool = False
    whole: bool = True
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Border:
    """What lies between the archive and its readers. `mark` changes whenever anything might be shown otherwise."""

    settings: Settings
    ledger: Mapping[str, Withheld]
    stories: Stories = field(default_factory=Stories)
    quoted: tuple[tuple[Stories, tuple[str, ...]], ...] = ()  # stories with words that are blacked out in lists, too

    @cached_property
    def mark(self) -> str:
        """A digest of all that decides what is shown: what was read under another is read anew."""
        outlets = [(host, outlet.show) for host, outlet in sorted(self.settings.outlets.items()) if outlet.show]
        ledger = [(name, repr(entry)) for name, entry in sorted(self.ledger.items())]
        if not (outlets or ledger or self.settings.redact) and self.settings.show == "full":
            return ""
        parts = (
            self.settings.show,
            outlets,
            ledger,
            self.settings.redact,
            self.stories.mark,
            [one.mark for one, _ in self.quoted],
        )
        return text.short(repr(parts), personal.mark() if self.settings.redact else "")

    def read(self, file: str) -> Shown | Notice | None:
        """An article's file, as it may be shown; None where it cannot be read."""
        article = read_article(self.settings.content, file).article
        return self.shown(article, file) if article else None

    def withholds(self, article: Article) -> Withheld | None:
        """The entry by which the article is not shown at all."""
        return next((entry for entry in self._entries(article) if entry.kind == "whole"), None)

    def words(self, article: Article) -> tuple[str, ...]:
        """The words that a person wants blacked out in the article."""
        return tuple(dict.fromkeys(word for entry in self._entries(article) for word in entry.redact))

    def purges(self, article: Article) -> bool:
        """Whether the article was removed for good: it is not to come back with another copy of its page."""
        return any(entry.purged for entry in self._entries(article))

    def shown(self, article: Article, file: str = "") -> Shown | Notice:
        """The article as it may be shown, or what stands in its place."""
        if not self.mark:
            show = self.settings.shows(article.outlet, article.show)
            return Shown(reduced(article, show), show, whole=show == "full")
        held = self.withholds(article)
        if held:
            return Notice.of(article.permalink, held)
        show = self.settings.shows(article.outlet, article.show)
        words = self.words(article)
        done = personal.redact(article, article.language, self.settings.redact, words)
        left = reduced(replace(done.value, seen=self.listed(done.value.seen)), show)
        where = f"content/{file}" if file else article.permalink
        return Shown(left, show, bool(done.counts), left == article, tuple(_remarks(where, done, words)))

    def listed(self, stories: Iterable[Seen]) -> tuple[Seen, ...]:
        """The stories of a list without those that are withheld, and with words blacked out that are to be so."""
        return tuple(self._inked(seen) for seen in stories if not self.stories.name(seen))

    def _inked(self, seen: Seen) -> Seen:
        words = tuple(word for held, inked in self.quoted if held.name(seen) for word in inked)
        return personal.redact(seen, None, (), words).value if words else seen

    def entry(self, held: ArticleFile) -> tuple[ArticleFile, Notice | None]:
        """An article's file as lists may know it: its digest is another whenever something is left out."""
        if held.article is None:
            return held, None
        shown = self.shown(held.article, held.file)
        if isinstance(shown, Notice):
            remark = Finding("withheld", f"content/{held.file}", shown.reason or "no reason is stated")
            return replace(held, findings=(*held.findings, remark)), shown
        if shown.whole:
            return held, None
        digest = text.short(held.digest, shown.show, text.compact(plain.plain(shown.article)))
        findings = (*held.findings, *shown.findings)
        return replace(held, article=shown.article, digest=digest, findings=findings), None

    def removed(self) -> tuple[Notice, ...]:
        """What stands in the place of the articles that were removed for good; nothing else takes their addresses."""
        return tuple(Notice.of(one.permalink, one) for one in self.ledger.values() if one.purged and one.permalink)

    def unused(self, found: Callable[[str], tuple[str, ...]]) -> Iterable[Finding]:
        """The entries that are about nothing that is held: a slip of the pen would withhold nothing."""
        for name, entry in self.ledger.items():
            if not entry.purged and not any(found(word) for word in (name, entry.permalink, entry.url) if word):
                yield Finding("withheld-unknown", f"content/{WITHHELD}", f"{name}: no article has this id")

    def _entries(self, article: Article) -> tuple[Withheld, ...]:
        keys = (f"id {article.id}", f"at {article.permalink}", f"url {text.fold_url(article.url or '')}")
        return tuple(dict.fromkeys(entry for key in keys for entry in self._by_name.get(key, ())))

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Withheld, ...]]:
        found: dict[str, tuple[Withheld, ...]] = {}
        for name, entry in sorted(self.ledger.items()):
            stated = (("id", name), ("at", entry.permalink), ("url", text.fold_url(entry.url)))
            for key in (f"{kind} {value}" for kind, value in stated if value):
                found[key] = (*found.get(key, ()), entry)
        return found


def border(
    settings: Settings, ledger: Mapping[str, Withheld], today: date | None, hidden: Iterable[Article] = ()
) -> Border:
    """The border of an archive on a day; `hidden` are the articles that are withheld, so that no list names them."""
    active = {name: entry for name, entry in ledger.items() if entry.holds(today)}
    unlisted = Border(settings, active)
    held = tuple(hidden)
    inked = ((one, unlisted.words(one)) for one in held if not unlisted.withholds(one))
    return Border(
        settings,
        active,
        Stories.of(one for one in held if unlisted.withholds(one)),
        tuple((Stories.of((one,)), words) for one, words in inked if words),
    )


def _remarks(where: str, done: personal.Redaction[Article], words: tuple[str, ...]) -> Iterable[Finding]:
    if done.counts:
        told = ", ".join(f"{name}: {count}" for count, name in done.counts)
        yield Finding("redacted", where, f"blacked out {told}")
    if missing := len([word for word in words if word not in done.found]):
        yield Finding(
            "redaction-missing", where, f"{missing} of {len(words)} texts to black out are not in the article"
        )
