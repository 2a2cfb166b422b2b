"""Whether two captures show one story, and the article that comes of it: the fuller text, the best pictures, every capture.

Pure, on articles as they were extracted or read back. A later text that says something else is never joined: that is another
version, and both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from generator import text
from generator.body import markdown
from generator.body.blocks import Block
from generator.model import Article, Claim, Held, Moment, Picture

SAME_DAY = timedelta(hours=30)  # a text that grew within this was saved in another format, not rewritten
LITTLE = 60  # letters: a block that one capture lacks and that says nothing by itself ("Share", a date)
LITTLE_SHARE = 0.02
MAX_BLOCKS = 4_000

_NOT_LETTER = re.compile(r"[\W_]+")
_PICTURE = re.compile(r"!\[(?:[^\[\]\\]|\\.){0,4000}\]\(([^()\s]{1,4000})")
_BREAK = re.compile(r"\n\n<!-- page (\d{1,3}) -->\n\n")
_NUMBERED = re.compile(
    r"\s*[(（\[]?\s*(?:第|page|seite|p\.)?\s*\d{1,2}\s*(?:/\s*\d{1,2}|页|頁)?\s*[)）\]]?\s*$", re.IGNORECASE
)
_FILLED = (
    "kicker", "standfirst", "byline", "editors", "source", "publisher", "published", "modified", "captured", "section",
    "breadcrumb", "region", "tags", "language", "url", "rights", "views", "comments", "seen", "outlet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """The article that two captures make, and why its text is the one that it is, in a few words."""

    article: Article
    why: str


def join(held: Article, new: Article) -> Joined | None:
    """The article of both, or None where they show two versions, or two stories. `new` holds one capture.

    Pages of one story are joined in their order; a capture of the whole story takes the place of its pages.
    """
    capture = new.captures[0]
    if capture in held.captures:
        return Joined(held, "known already")
    if held.id != new.id and not _one_story(held, new):
        return None
    if capture.page or _pages(held):
        return _paged(held, new, capture)
    return _whole(held, new, capture)


def _one_story(held: Article, new: Article) -> bool:
    return (
        _title(held.headline) == _title(new.headline)
        or _letters(held.body) == _letters(new.body)
        or held.url == new.url
    )


def _title(headline: str) -> str:
    return text.fold(_NUMBERED.sub("", headline) or headline)


# ---- one text ----------------------------------------------------------------------------------------------------------


def _whole(held: Article, new: Article, capture: Held) -> Joined | None:
    if held.id != new.id and not _same_text(held.body, new.body, close=_close(held, capture)):
        return None
    return _settled(held, new, capture, *_better(held.body, new.body))


def _same_text(one: str, other: str, *, close: bool) -> bool:
    """Whether the shorter text stands in the longer one but for scraps; where they were not saved together, the whole of both."""
    if _letters(one) == _letters(other):
        return True
    short, long = sorted((one, other), key=lambda body: len(_letters(body)))
    missing = _missing(short, long)
    lacking = sum(map(len, missing))
    if any(len(block) > LITTLE for block in missing) or lacking > LITTLE_SHARE * len(_letters(short)):
        return False
    return close or not any(len(block) > LITTLE for block in _missing(long, short))


def _missing(one: str, other: str) -> list[str]:
    """The blocks of one text, as letters, that do not stand in the other, however that is cut into blocks."""
    whole = _letters(other)
    return [letters for block in _blocks(one) if (letters := _letters(block)) and letters not in whole]


def _better(held: str, new: str) -> tuple[str, str]:
    """The fuller text with the other's pictures, and why."""
    kept, added = len(_letters(held)), len(_letters(new))
    if added > kept:
        return _with_pictures(new, held), "the new capture's text is the fuller one"
    if added == kept and _held_pictures(new) > _held_pictures(held):
        return _with_pictures(new, held), "the same text; the new capture has more of its pictures"
    why = "the same text" if added == kept else "the text held is the fuller one"
    return _with_pictures(held, new), why


def _close(held: Article, capture: Held) -> bool:
    """Whether the captures may be of one moment: one states none, or they lie close together."""
    moments = [one.captured for one in held.captures if one.captured]
    return not capture.captured or not moments or any(_near(one, capture.captured) for one in moments)


def _near(one: Moment, other: Moment) -> bool:
    return abs(one.instant() - other.instant()) <= SAME_DAY


# ---- the pages of one story ----------------------------------------------------------------------------------------------


def _paged(held: Article, new: Article, capture: Held) -> Joined | None:
    """The story with one page more, or with the whole in place of its pages."""
    pages = _pages(held) or {1: held.body}
    if not capture.page:
        full = _letters(new.body)
        if all(_letters(block) in full for body in pages.values() for block in _blocks(body)):
            whole = _with_pictures(new.body, held.body)
            return _settled(held, new, capture, whole, "this capture has all pages of the story")
        return None
    if capture.page not in pages and _letters(new.body) in _letters(held.body):
        return _settled(held, new, capture, held.body, f"page {capture.page} of a story that is held whole")
    if capture.page in pages:
        if not _same_text(pages[capture.page], new.body, close=True):
            return None
        pages[capture.page], why = _better(pages[capture.page], new.body)
        return _settled(held, new, capture, _bound(pages), f"page {capture.page} again: {why}")
    pages[capture.page] = new.body
    base, other = (
        (new, held) if capture.page < min(number for number in pages if number != capture.page) else (held, new)
    )
    return _settled(
        replace(base, id=held.id, permalink=held.permalink, captures=held.captures),
        other,
        capture,
        _bound(pages),
        f"page {capture.page} of the story",
    )


def _pages(article: Article) -> dict[int, str]:
    """The story's pages by number, where it is made of several or is one of several."""
    numbers = sorted({one.page for one in article.captures if one.page})
    if not numbers:
        return {}
    pieces = _BREAK.split(article.body)
    return {
        numbers[0]: pieces[0],
        **{int(number): body for number, body in zip(pieces[1::2], pieces[2::2], strict=True)},
    }


def _bound(pages: dict[int, str]) -> str:
    """The pages in order, with a mark between them that no reader of the site sees."""
    (_, first), *rest = sorted(pages.items())
    return first + "".join(f"\n\n<!-- page {number} -->\n\n{body}" for number, body in rest)


# ---- the article -----------------------------------------------------------------------------------------------------


def _settled(held: Article, new: Article, capture: Held, body: str, why: str) -> Joined:
    """The held article with that body, all captures, and what only the other one knew."""
    captures = sorted(
        {*held.captures, capture}, key=lambda one: (one.page or 0, str(one.captured or ""), one.file, one.member)
    )
    news = {name: getattr(new, name) for name in _FILLED if not getattr(held, name) and getattr(new, name)}
    evidence = (*held.evidence, *(claim for claim in new.evidence if claim.field in news))
    article = replace(
        held,
        **news,
        id=_identity(held, new, body),
        body=body,
        captures=tuple(captures),
        pictures=_shown(body, (*held.pictures, *new.pictures)),
        evidence=(
            *(one for one in evidence if one.field != "body"),
            Claim("body", (capture.file,), "capture:joined", 1.0, why),
        ),
    )
    return Joined(article, why)


def _identity(held: Article, new: Article, body: str) -> str:
    """The id of the version that has this text."""
    known = next((one.id for one in (held, new) if one.body == body), None)
    return known or text.short(held.url or new.url or "", text.squeeze(text.unmark(body)))


def _shown(body: str, pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Of these pictures those that stand in the text, each once, in its order."""
    known = {_picture(one): one for one in reversed(tuple(pictures))}
    return tuple(known[block] for block in _blocks(body) if block in known)


def _picture(picture: Picture) -> str:
    return markdown.write((Block("picture", picture=picture),))


def _with_pictures(body: str, other: str) -> str:
    """The text with the pictures that only the other capture holds: each behind the words that it stands behind there."""
    blocks = list(_blocks(body))
    known = {_source(block) for block in blocks}
    before = ""
    for block in _blocks(other):
        source = _source(block)
        if source is None:
            before = _letters(block)
        elif source.startswith("media/") and source not in known:
            _place(blocks, before, block)
    return "\n\n".join(blocks)


def _place(blocks: list[str], before: str, picture: str) -> None:
    """Put a picture that is held in the place of one that is not, or behind the block that says `before`."""
    at = next((index + 1 for index, block in enumerate(blocks) if _letters(block) == before), 0 if not before else None)
    if at is None:
        return
    if at < len(blocks) and (there := _source(blocks[at])) is not None and not there.startswith("media/"):
        blocks[at] = picture
    elif at >= len(blocks) or _source(blocks[at]) is None:
        blocks.insert(at, picture)


def _held_pictures(body: str) -> int:
    return sum((_source(block) or "").startswith("media/") for block in _blocks(body))


def _blocks(body: str) -> Sequence[str]:
    return body.split("\n\n")[:MAX_BLOCKS]


def _source(block: str) -> str | None:
    """The picture's address, where the block is a picture."""
    found = _PICTURE.match(block)
    return found[1] if found else None


def _letters(body: str) -> str:
    """What is left of a text without pictures, marks, spaces and case."""
    return "".join(_block_letters(_blocks(body)))


def _block_letters(blocks: Iterable[str]) -> Iterable[str]:
    return (
        _NOT_LETTER.sub("", text.fold(text.unmark(block)))
        for block in blocks
        if not block.startswith(("![", "<!-- page "))
    )
