"""The captured pages beside their articles, inert: a page with a sandboxed frame, and what is shown in it.

    snapshots/2025/03/18/slug.html             whose page it was, when it was saved, and the frame
    snapshots/2025/03/18/slug.captured.html    the page itself, with nothing in it that could do or load anything

On request only. An original is read when a snapshot of it is stale, once for all that it holds; nothing else is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from generator.catalogue import Story, Unit
from generator.errors import Finding
from generator.model import Article, Capture, Held, Page
from generator.pages.archive import Archive, Shelf, Values, article_path, code
from generator.text import digest
from generator.withholding import Shown

if TYPE_CHECKING:
    from generator.snapshot import Snapshot

UNIT = Unit("snapshots", "")
FOLDER = "snapshots"
TEMPLATE = "snapshot.html"
VIEWABLE = frozenset({"text/html", "application/xhtml+xml", "text/plain"})

Fresh = Callable[[str, str], bool]
Tell = Callable[[Finding], None]


def path_of(permalink: str) -> str:
    """The page with the frame."""
    return f"{FOLDER}/{permalink}.html"


def shown(article: Article) -> Held | None:
    """The capture that is shown: the newest that is a page or a text."""
    pages = [one for one in article.captures if one.media_type in VIEWABLE]
    return max(pages, key=lambda one: str(one.captured or ""), default=None)


def plan(archive: Archive, is_fresh: Fresh, tell: Tell) -> Iterator[Page]:
    """Two pages for each article with a capture that can be shown; those that are fresh cost their key alone."""
    if archive.settings.snapshots == "off":
        return
    stale: dict[str, dict[str, list[tuple[Story, Article, Held]]]] = defaultdict(lambda: defaultdict(list))
    for story in archive.lists.stories():
        whole, frame = _key(archive, story), archive.key(TEMPLATE, story.digest)
        path = path_of(story.row.summary.permalink)
        if is_fresh(_captured(path), whole) and is_fresh(path, frame):
            yield Page(path, TEMPLATE, frame, dict)
            yield Page(_captured(path), "", whole, dict)
            continue
        passed = archive.border.read(story.file)  # of an article that is not shown whole the page is not shown at all
        article = passed.article if isinstance(passed, Shown) and passed.whole else None
        held = shown(article) if article else None
        if article and held:
            stale[held.file][held.member].append((story, article, held))
            yield Page(path, TEMPLATE, frame, partial(_frame, story, article, held, path))
    for file in sorted(stale):
        yield from _read(archive, file, stale[file], tell)


def _read(
    archive: Archive, file: str, wanted: dict[str, list[tuple[Story, Article, Held]]], tell: Tell
) -> Iterator[Page]:
    """One way through an original, as far as something of it is wanted."""
    from generator import readers, snapshot  # noqa: PLC0415 - most archives show no snapshots and need none of it

    for found in readers.read(archive.settings.content / file, f"content/{file}"):
        if not wanted:
            return
        if isinstance(found, Capture):
            for story, article, _ in wanted.pop(found.origin.member, ()):
                yield _page(archive, story, partial(_drawn, archive, found, article), tell)
    for story, article, _ in (one for rows in wanted.values() for one in rows):
        tell(Finding("snapshot-missing", f"content/{file}"))
        yield _page(archive, story, partial(snapshot.plain, article.body, article.headline), tell)


def _drawn(archive: Archive, found: Capture, article: Article) -> Snapshot:
    """The page as it was, unless it names a story that is withheld: then the article's text alone."""
    from generator import snapshot  # noqa: PLC0415 - as above

    drawn = snapshot.inert(found)
    if not archive.border.stories.are_named_in(drawn.data.decode()):
        return drawn
    plain = snapshot.plain(article.body, article.headline)
    return replace(plain, left=(*plain.left, "the page names what is withheld: its text alone is shown"))


def _page(archive: Archive, story: Story, draw: Callable[[], Snapshot], tell: Tell) -> Page:
    def make(shelf: Shelf) -> Values:  # noqa: ARG001 - made in this process: the captures are not sent around
        drawn = draw()
        for left in drawn.left:
            tell(Finding("snapshot-cut", f"content/{story.file}", left))
        return {"bytes": drawn.data}

    return Page(_captured(path_of(story.row.summary.permalink)), "", _key(archive, story), make)


def _frame(story: Story, article: Article, held: Held, path: str, shelf: Shelf) -> Values:  # noqa: ARG001
    return {
        "title": article.headline,
        "article": article,
        "held": held,
        "path": article_path(story.row.summary.permalink),
        "captured_path": _captured(path),
    }


def _captured(path: str) -> str:
    return f"{path.removesuffix('.html')}.captured.html"


def _key(archive: Archive, story: Story) -> str:
    return digest(code(), story.digest, archive.border.stories.mark)[:32]
