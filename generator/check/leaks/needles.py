"""What is looked for: every run of twelve characters that is withheld and that nothing shown holds.

Runs are kept as the strings that they are. An archive that withholds more than fits into memory is gone through in
batches, each with a pass over all that is shown and over the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby

from generator import content, plain
from generator.cataloguing import media_of
from generator.check.leaks.unpacked import Blob
from generator.check.leaks.views import View, fold
from generator.citations import cited
from generator.config import Settings
from generator.content import ArticleFile
from generator.model import Article
from generator.output import MARK_TEXT
from generator.theme import sources
from generator.theme.words import Words
from generator.withholding import Border, Shown, own_words

RUN = 12
HINT = 6  # characters that are looked up first, at every seventh place: each run of twelve holds one of those
STEP = RUN - HINT + 1
JOINED = 20  # characters of a run across elements that stand apart: fewer come about by what stands beside what
MAX_RUNS = 2_000_000  # in one batch: some 400 MB
SHORT_HEADLINE = 4  # a headline shorter than a run is looked for whole, from this length on
_SLICES = tuple(slice(at, at + RUN) for at in range(65_536))


class Kept:
    """The runs of some articles, with white space as one space (`spaced`) and without any (`bare`)."""

    def __init__(self) -> None:
        self._articles: list[tuple[str, str]] = []  # id, file
        self._spaced: set[str] = set()
        self._bare: set[str] = set()
        self._headlines: set[str] = set()
        self._files: dict[str, str] = {}  # digest: id
        self._hints: set[str] | None = None
        self._border: Border | None = None

    @property
    def size(self) -> int:
        return len(self._spaced) + len(self._bare)

    def keep(self, border: Border, held: ArticleFile, article: Article) -> None:
        """What the article holds is withheld, until something that is shown turns out to hold it."""
        self._border = border
        self._articles.append((article.id, held.file))
        for words in _folded(words for _, words in own_words(article)):
            self._spaced.update(_runs(words))
            self._bare.update(_runs(_closed(words)))
        headline = fold(article.headline)
        if SHORT_HEADLINE <= len(headline) < RUN:
            self._headlines.add(headline)
        for digest in (*map(_digest_of, media_of(article)), *(one.sha256 for one in article.captures)):
            self._files[digest] = article.id

    def keep_files(self, name: str, digests: Iterable[str]) -> None:
        """Files that were removed for good."""
        self._files |= dict.fromkeys(digests, name)

    def show(self, words: Iterable[str], files: Iterable[str] = ()) -> None:
        """What is shown is not withheld."""
        for one in _folded(words):
            self._spaced.difference_update(_runs(f" {one} "))  # on a page something stands before it, and behind
            self._bare.difference_update(_runs(_closed(one)))
            self._headlines = {headline for headline in self._headlines if headline not in one}
        for digest in files:
            self._files.pop(digest, None)

    def runs_in(self, view: View) -> set[str]:
        """The runs that a text holds."""
        titles = {headline for headline in self._headlines if headline in view.text}
        return (
            self._found(self._spaced, view.text, view.joined)
            | self._found(self._bare, _closed(view.text), view.joined)
            | (set() if view.joined else titles)
        )

    def files_in(self, blob: Blob) -> set[str]:
        """Whose file the bytes are, if anybody's."""
        owner = self._files.get(sha256(blob.body).hexdigest()) if self._files else None
        return {owner} if owner else set()

    def owners(self, runs: set[str]) -> Iterator[tuple[str, str, int]]:
        """Whose the runs are: id, the first field that holds one, how many."""
        for name, file in self._articles if runs and self._border else ():
            article = content.read_article(self._border.settings.content, file).article if self._border else None
            counts: Counter[str] = Counter()
            for field, words in own_words(article) if article else ():
                folded = fold(words)
                both = (folded, _closed(folded))
                counts[field] += sum(any(run in one for one in both) for run in runs)
            held = +counts
            if held:
                yield name, next(iter(held)), max(held.values())

    def _found(self, runs: set[str], text: str, joined: bool) -> set[str]:  # noqa: FBT001
        if self._hints is None:
            self._hints = {run[at : at + HINT] for run in (*self._spaced, *self._bare) for at in range(STEP)}
        hints = self._hints
        places = [at for at in range(0, len(text) - HINT + 1, STEP) if text[at : at + HINT] in hints]
        near = {start for at in places for start in range(max(at - STEP + 1, 0), at + 1)}
        starts = sorted(start for start in near if text[start : start + RUN] in runs)
        return {text[at : at + RUN] for at in (_long(starts) if joined else starts)}


def _long(starts: list[int]) -> Iterator[int]:
    """Those of the places that lie in a stretch of so many that no two texts side by side say the same by chance."""
    for _, group in groupby(enumerate(starts), key=lambda one: one[1] - one[0]):
        stretch = [start for _, start in group]
        if len(stretch) > JOINED - RUN:
            yield from stretch


def batches(border: Border, files: Sequence[str]) -> Iterator[Kept]:
    """What is withheld in these articles, which are all that there are, in pieces that fit into memory."""
    kept = Kept()
    for name, entry in border.ledger.items():
        kept.keep_files(name, (line.partition(" ")[0] for line in entry.purged))
    for held, article in _articles(border, files):
        shown = border.shown(article, held.file)
        if isinstance(shown, Shown) and dict.fromkeys(own_words(shown.article)) == dict.fromkeys(own_words(article)):
            continue
        kept.keep(border, held, article)
        if kept.size > MAX_RUNS:
            yield _less(kept, border, files)
            kept = Kept()
    yield _less(kept, border, files)


def _less(kept: Kept, border: Border, files: Sequence[str]) -> Kept:
    """The runs without those that something shown holds: other articles, the archive's own words, the addresses of notices."""
    settings = border.settings
    look = sources.read(settings.templates, settings.language)
    interface = Words(settings.language, look.words)
    for held, article in _articles(border, files):
        shown = border.shown(article, held.file)
        if isinstance(shown, Shown):
            kept.show(_printed(shown.article, settings, interface))
            originals = (one.sha256 for one in article.captures if shown.whole)
            kept.show(
                (words for _, words in own_words(shown.article)),
                (*map(_digest_of, media_of(shown.article)), *originals),
            )
            kept.show((f"/{shown.article.permalink}.html",))
            kept.show(
                _strings([plain.plain(one) for one in shown.article.seen])
            )  # the border has left none that is withheld
        else:
            kept.show((f"/{shown.permalink}.html",))
    kept.show(f"/{notice.permalink}.html" for notice in border.removed())
    known, _ = content.read_known(settings.content)
    kept.show(_strings([plain.plain(one) for stories in known.values() for one in border.listed(stories)]))
    outlets, _ = content.read_outlets(settings.content)
    standing, _ = content.read_standing(settings.content)
    kept.show(_strings([plain.plain(outlet) for outlet in outlets.values()]))
    kept.show(_strings([(page.title, page.body) for page in standing]))
    kept.show(_strings([settings.title, settings.description, settings.url, settings.rights]))
    kept.show(_strings([(host, one.name, one.rights) for host, one in settings.outlets.items()]))
    kept.show((MARK_TEXT.decode(),))
    kept.show(_strings([tuple(look.words.values()), tuple(one.text for one in look.templates.values())]))
    kept.show(one.body.decode("utf-8", "replace") for one in look.assets.values())
    return kept


def _printed(article: Article, settings: Settings, interface: Words) -> Iterator[str]:
    """What pages and feeds print of an article besides its own words: how it is cited, and its moments, for readers and for machines."""
    captures = (one.captured for one in article.captures)
    for moment in filter(None, dict.fromkeys((article.published, article.modified, article.captured, *captures))):
        yield str(moment)
        yield moment.instant(settings.offset(article.outlet)).isoformat()
        yield interface.when(moment)
        yield interface.when(moment, clock=False)
    yield from (one.text for one in cited(article, settings.citations))


def _articles(border: Border, files: Sequence[str]) -> Iterator[tuple[ArticleFile, Article]]:
    for file in files:
        held = content.read_article(border.settings.content, file)
        if held.article:
            yield held, held.article


def _folded(words: Iterable[str]) -> Iterator[str]:
    return (fold(one) for one in dict.fromkeys(words))


def _closed(folded: str) -> str:
    return folded.replace(" ", "")


def _runs(words: str) -> Iterator[str]:
    last = len(words) - RUN + 1
    for at in range(0, last, len(_SLICES)):
        piece = words[at : at + len(_SLICES) + RUN - 1]
        yield from map(piece.__getitem__, _SLICES[: max(len(piece) - RUN + 1, 0)])


def _digest_of(medium: str) -> str:
    return medium.rpartition("/")[2].partition(".")[0]


def _strings(value: object) -> Iterator[str]:
    """Every text in plain values, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
