"""What stands around the story in a text copy: lists of other stories, and the outlet's profile.

Reads only lines outside the story; nothing here ever says something about the story itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator import text
from generator.furniture import lines as frame
from generator.furniture import profile, sites
from generator.model import Link, Outlet, Seen
from generator.phrases import heads
from generator.textcopy.lines import Line

MAX_SEEN = 60
MIN_EXCERPT = 40
MIN_LETTERS = 14
MIN_HAN = 6
MIN_CHANNELS = 4
MIN_ABOUT = 20

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CUT = ("…", "...", "……")
_NAME_URL = re.compile(r"^([^\s:：/,，。]{2,30})\s?(?=https?://)")
_OWNER = re.compile(
    r"(?:版权所有|版權所有|©|\(c\)|copyright)[\s:：©]{0,4}(?:(?:19|20)\d\d(?:\s?[-–—]\s?(?:(?:19|20)\d\d)?)?)?\s?([^\d\s.,。，|©:：][^.,。，|©:：\d]{1,40})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"\s*(?:all rights reserved|版权所有|版權所有|保留所有权利).*$", re.IGNORECASE)
_FACT = re.compile(r"^[\d\s/:.\-年月日时分]+$")


def seen(lines: Sequence[Line], headline: str | None) -> tuple[Seen, ...]:
    """The stories listed after the text under the heads of their lists, each once in its list."""
    found: dict[tuple[str, str], Seen] = {}
    name = ""
    listing = False
    last: str | None = None
    for line in lines:
        words = line.words
        head = heads.head(words)
        if head in ("related", "hot"):
            name, listing, last = words.rstrip(":： "), True, None
            continue
        if head is not None or _ends(line):
            listing = listing and head == "share"
            last = None
            continue
        if not listing or len(found) >= MAX_SEEN:
            continue
        if last is not None and _is_excerpt(words, last):
            story = found.get((name, text.fold(last)))
            if story is not None and story.excerpt is None:
                found[name, text.fold(last)] = Seen(story.headline, words, None, story.list)
            last = None
        elif _is_headline(words):
            if text.fold(words) != text.fold(headline or ""):
                found.setdefault((name, text.fold(words)), Seen(words, None, None, name))
            last = words
    return tuple(found.values())


def outlet(before: Sequence[Line], after: Sequence[Line], root: str | None, url: str | None) -> Outlet | None:
    """The outlet's profile, or None where the copy shows neither name nor address."""
    footer = _footer(after)
    name = root if root and frame.kind(root) == "channel" else None
    name = name or _glued(footer) or _owner(footer)
    address = url or _address(footer, name)
    key = sites.key(address, name)
    if key is None:
        return None
    names = [each for line in before if not line.bullet for each in frame.split_names(line.raw)]
    channels = [each for each in names if frame.kind(each) == "channel" and each != name]
    listed = [line.words for line in (*before, *after) if frame.kind(line.words) == "region"]
    standing = [each for each in (*names, *_standing(after)) if frame.kind(each) == "standing"]
    return Outlet(
        key=key,
        name=name,
        url=sites.root(address),
        channels=_links(channels) if len(channels) >= MIN_CHANNELS else (),
        regions=_links(listed) if frame.regions(listed) else (),
        friends=_links(_friends(after)),
        standing=_links(standing),
        licences=text.unique(number for line in footer for number in frame.licences(line)),
        address=text.unique(line for line in footer if frame.is_address(line)),
        about=text.unique(line for line in footer if name and line.startswith(name) and _is_about(line)),
    )


def _ends(line: Line) -> bool:
    """Whether the line belongs to no list of stories: a fact, a licence, navigation."""
    words = line.words
    return bool(_FACT.match(words) or frame.licences(words) or frame.is_address(words)) or frame.kind(words) in (
        "standing",
        "action",
    )


def _is_headline(words: str) -> bool:
    least = MIN_HAN if _HAN.search(words) else MIN_LETTERS
    return least <= len(words) <= 200 and not _FACT.match(words) and not frame.url(words)


def _is_excerpt(words: str, headline: str) -> bool:
    if text.fold(words) == text.fold(headline):
        return False
    return words.endswith(_CUT) or (len(words) >= MIN_EXCERPT and len(words) * 2 >= len(headline) * 3)


def _footer(after: Sequence[Line]) -> tuple[str, ...]:
    """The lines below the last list: from the first friend link, licence or address on."""
    for index, line in enumerate(after):
        if (
            heads.head(line.words) == "friends"
            or frame.licences(line.words)
            or frame.is_address(line.words)
            or _owner((line.words,))
        ):
            return tuple(line.words for line in after[index:])
    return ()


def _glued(footer: Iterable[str]) -> str | None:
    """The name that stands right before a web address."""
    return next((found[1] for line in footer if (found := _NAME_URL.match(line))), None)


def _owner(footer: Iterable[str]) -> str | None:
    for line in footer:
        found = _OWNER.search(line)
        name = _RIGHTS.sub("", found[1]).strip() if found else ""
        if len(name) > 1 and frame.kind(name) == "channel":
            return name
    return None


def _address(footer: Sequence[str], name: str | None) -> str | None:
    """The web address on the line that begins with the outlet's name, or the only one in the footer."""
    own = next((frame.url(line) for line in footer if name and line.startswith(name) and frame.url(line)), None)
    every = text.unique(address for line in footer if (address := frame.url(line)))
    return own or (every[0] if len(every) == 1 else None)


def _friends(after: Sequence[Line]) -> list[str]:
    """Names under the head of the friend links, to the first line of another kind."""
    names: list[str] = []
    listing = False
    for line in after:
        if heads.head(line.words) == "friends":
            listing = True
        elif listing:
            pieces = frame.split_names(line.raw)
            if (
                frame.licences(line.words)
                or frame.is_address(line.words)
                or _is_about(line.words)
                or frame.kind(pieces[0] if pieces else "") == "standing"
            ):
                break
            names += pieces
    return names


def _standing(after: Sequence[Line]) -> list[str]:
    return [name for line in after if not _is_about(line.words) for name in frame.split_names(line.raw)]


def _is_about(words: str) -> bool:
    return len(words) >= MIN_ABOUT and not frame.is_address(words) and not frame.licences(words)


def _links(names: Iterable[str]) -> tuple[Link, ...]:
    return profile.links(names)
