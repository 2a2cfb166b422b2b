"""Names of sites, and titles with and without them.

Cuts a title only at a separator, and only where what goes is known to be the site's name or what stays is known to be the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.document import Document, view
from generator.fields import story
from generator.text import fold, line

NAME_LENGTH = 60
PIECE, PIECE_WORDS = 24, 3  # of a section in a title

SEPARATOR = re.compile(
    r"\s{1,3}[|｜\-‐‑–—·•:»«>/~]{1,2}\s{1,3}|\s?[|｜ㅣ]\s?|(?<=[\u3000-\u9fff\uac00-\ud7af\uff00-\uffee”’》])\s?[_\-–—]{1,2}\s?|\s?_\s?(?=[\u3000-\u9fff])|\s?—{2}\s?|\s::\s|\s-(?=\S)|(?<=\S)-\s"
)
# endings of outlets' names, and separators that hardly ever stand inside a headline
_OUTLET = re.compile(
    r"(?:网|網|报|報|社|电视台|電視台|新闻|新聞|在线|日报|晚报|杂志|周刊|客户端|频道|门户|传媒|新聞網|ニュース|新聞社|オンライン|뉴스|신문|일보|\b(?:News|Times|Post|Online|Zeitung|Nachrichten|Magazin|Magazine|Journal|Tribune|Radio|TV|\w+\.(?:com|de|org|net|fr|it|es|ru|pl)))$",
    re.IGNORECASE,
)
_STRONG = re.compile(r"[_|｜ㅣ]")
_PLAIN = re.compile(r"[\W_]+")
_HOST_ENDINGS = re.compile(r"\.(?:co|com|org|net|gov|edu|ac|or|go|ne)?\.?[a-z]{2,10}$")
# hosts that are words of every day: a headline with "news" in it is not the name of news.example
COMMON = frozenset(
    (
        "blog",
        "daily",
        "info",
        "life",
        "live",
        "local",
        "media",
        "news",
        "online",
        "post",
        "press",
        "radio",
        "sport",
        "sports",
        "story",
        "time",
        "times",
        "today",
        "weather",
        "week",
        "weekly",
        "world",
    )
)
_WWW = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)


@view
def site_names(document: Document) -> tuple[str, ...]:
    """What the page says the site is called, the surest first; without its host."""
    found: list[str] = [*document.meta.get("og:site_name", ()), *publishers(document)]
    for name in (
        "application-name",
        "apple-mobile-web-app-title",
        "twitter:site:name",
        "al:android:app_name",
        "dc.publisher",
        "citation_journal_title",
        "publisher",
        "cre",
        "copyright",
    ):
        found += (value for value in document.meta.get(name, ()) if len(value) <= NAME_LENGTH)
    return tuple(dict.fromkeys(name for name in map(line, found) if 1 < len(name) <= NAME_LENGTH))


def publishers(document: Document) -> Iterator[str]:
    """Names of the publisher in structured data. A `sourceOrganization` is none: it may be another outlet, an agency, a desk."""
    about = story.find(document)
    for value, _ in about.values("publisher"):
        yield from about.names(value)
    for one in document.data:
        if story.types(one) & {"newsmediaorganization", "website"}:
            yield from story.strings(one.get("name"))


def label(document: Document) -> str:
    """The word of the page's host that was registered: `ledger` of `www.ledger.example`."""
    return _HOST_ENDINGS.sub("", document.host or "").rpartition(".")[2]


def same_site(piece: str, document: Document, names: Iterable[str]) -> bool:
    """Whether a piece of a title is the site's name: one that is stated, or the host's."""
    bare = plain(piece)
    if not bare:
        return False
    host = plain(_HOST_ENDINGS.sub("", document.host or ""))
    whole = plain(document.host or "")
    known = [plain(_WWW.sub("", name)) for name in names]
    if bare in (host, whole) or any(bare == name for name in known if name):
        return True
    if any(len(name) > 2 and (bare in name or name in bare) and len(bare) < 3 * len(name) for name in known):
        return True
    return len(host) > 3 and host not in COMMON and (host in bare or (len(bare) > 3 and bare in host))


def without_site(title: str, document: Document, names: Iterable[str], headlines: Iterable[str] = ()) -> str:
    """The title without the site's name (and the section) at its ends."""
    known = [plain(one) for one in headlines]
    whole = line(title)
    if plain(whole) in known:
        return whole
    cuts = [found.span() for found in SEPARATOR.finditer(whole)]
    for start, end in cuts:
        if plain(whole[:start]) in known and plain(whole[:start]):
            return whole[:start].strip()
        if plain(whole[end:]) in known and plain(whole[end:]):
            return whole[end:].strip()
    for start, end in cuts:
        if len(plain(whole[:start])) >= 4 and _frame(whole[end:]) and same_site(whole[end:], document, names):
            return whole[:start].strip()
    for start, end in reversed(cuts):
        if same_site(whole[end:], document, names) and len(plain(whole[:start])) >= 4:
            return _again(whole[:start], document, names)
    for start, end in cuts:
        if same_site(whole[:start], document, names) and len(plain(whole[end:])) >= 4:
            return whole[end:].strip()
    return _unnamed(whole)


def _frame(tail: str) -> bool:
    """Whether what follows a separator may be a section and the site: none of its pieces is as long as a part of a headline."""
    return all(len(piece) <= PIECE and len(piece.split()) <= PIECE_WORDS for piece in pieces(tail)[:-1])


def _unnamed(whole: str) -> str:
    """The title without an outlet's name at its end that nothing else on the page states."""
    for start, end in _cuts(whole):
        rest, last = whole[:start].strip(), pieces(whole[end:])[-1:]
        if (
            len(plain(rest)) >= 6
            and last
            and (_OUTLET.search(last[0]) or _STRONG.search(whole[start:end]))
            and len(last[0]) <= 24
            and len(whole) - end < 40
            and len(whole) - end < len(rest) * 1.5
        ):
            return rest
    return whole


def _cuts(whole: str) -> list[tuple[int, int]]:
    return [found.span() for found in SEPARATOR.finditer(whole)]


def pieces(title: str) -> tuple[str, ...]:
    """The title at its separators."""
    return tuple(piece.strip() for piece in SEPARATOR.split(title) if piece.strip())


@lru_cache(maxsize=4_096)  # the same few names are compared with one another again and again
def plain(text: str) -> str:
    """Letters and digits only, folded: for comparing names and titles."""
    return _PLAIN.sub("", fold(text))


def _again(title: str, document: Document, names: Iterable[str]) -> str:
    cuts = [found.span() for found in SEPARATOR.finditer(title)]
    if cuts and same_site(title[cuts[-1][1] :], document, names) and len(plain(title[: cuts[-1][0]])) >= 4:
        return title[: cuts[-1][0]].strip()
    return title.strip()
