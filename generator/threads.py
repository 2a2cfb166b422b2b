"""A thread of a forum taken apart: its posts in order, each with what it says of its author and its time, and with its text.

Knows how the usual boards mark a post, never which board a host runs. Decides nothing about the story, reads the tree only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import Any

from generator.document import Document, view
from generator.text import line, squeeze

MOST = 500  # posts
UP = 14  # steps from a post's text to the post
NAME, WHEN = 60, 160  # characters
TRIES = 12  # texts of one post that may be its time
INNER = 4_000  # elements of one post
QUOTED = 40  # characters at the end of a quotation by which it is known

# What boards call the text of a post (a part of `Document.marked`'s keys), or what holds it; what one of the elements around is
# called; and the class of the text itself, where the first is what holds it
_TEXTS: tuple[tuple[str, str, str], ...] = (
    ("postmessage_", "", ""),  # Discuz!
    ("post_message_", "", ""), ("js-post__content-text", "", ""),  # vBulletin
    ("messagetext", "message", ""), ("message-body", "message--(?:post|article)", ""),  # XenForo
    ("postbody", "tablebg|forumline", ""), ("postbody", "post", "content"),  # phpBB
    ("cooked", "topic-post|topic-body|boxed", ""), ("crawler-post", "", "post"),  # Discourse
    ("inner msg_", "", ""), ("post_body scaleimages", "", ""),  # SMF, MyBB
    ("tpc_content", "", ""), ("d_post_content", "", ""),  # phpWind and its kin
    ("ipstype_richtext", "ipscomment", ""), ("post-body", "commentpost", ""),  # Invision, Flarum
)  # fmt: skip
_WORDS = tuple(dict.fromkeys(word for word, _, _ in _TEXTS))
_BOARDS = re.compile(
    r"discuz|phpbb|vbulletin|xenforo|discourse|phpwind|mybb|smf |simple machines|invision|flarum|nodebb", re.IGNORECASE
)
_POST = re.compile(
    r"(?:^|[\s_-])(?:b-post|post(?:bit|legacy)?|pid|plhin|message|windowbg\d?|topic-post|topic-body|crawler-post|ipscomment)"
    r"(?:$|[\s_-])?(?:\d|[\s_-]|$)"
)
# Whose name, the surest first
_AUTHORS = (
    *("username", "bigusername", "xw1", "usertext", "creator", "postuser-name", "ipscomment_author", "cauthorpane_author"),
    *("p_author_name", "readname", "postauthor", "poster", "author_information", "author-name", "author", "name"),
)  # fmt: skip
_AUTHOR_WORDS = frozenset(_AUTHORS)
_TIMES = re.compile(
    r"(?:^|[\s_-])(?:authorposton|post_?date|postdetails|datetime|datestamp|relative-date|crawler-post-infos|postinfo|post-meta|tail-info|"
    r"keyinfo|postbit-?head|thead|date|time|author|authi|timestamp|posted)(?:\d|[\s_-]|$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"profile|signature|user-?(?:info|extras|details|stats)|(?:^|\s)(?:pls|sign|avatar)", re.IGNORECASE)
_NOISE = frozenset(
    (
        *("signature", "message-signature", "pstatus", "notice", "editedby", "edited", "lastedited", "post-edit", "post_edit"),
        *("message-lastedit", "modified", "jammer", "attach_nopermission", "aimg_tip", "tip", "tip_4", "locked", "rate"),
        *("bbcodeblock-expandlink", "expand", "js-expandlink", "likessummary", "reactionsbar", "quote-controls", "meta"),
        *("post-controls", "post-menu-area", "cooked-selection-barrier", "buttons", "controls", "quotelink", "likes"),
    )
)  # fmt: skip
_QUOTES = frozenset(
    ("bbcodequote", "bbcodeblock--quote", "quote", "bbcode_quote", "bbquote", "mycode_quote", "ipsquote", "quotebox")
)
_SILENT = ("script", "style", "noscript", "template", "button")
_FACES = re.compile(r"smil(?:ie|ey|e)|emoji|emoticon", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Post:
    """What one member wrote: `said` holds the texts beside it that may state its time, the likeliest first."""

    author: str | None
    said: tuple[str, ...]
    content: Any  # the element with its text, which must not be changed


@view
def read(document: Document) -> tuple[Post, ...]:
    """The posts of the thread, the first one first; none where the page is no thread."""
    contents = _contents(document)
    if not contents:
        return ()
    holders = _holders(contents)
    return tuple(_post(one, _around(one, holders)) for one in contents)


def clean(post: Post) -> Any:
    """A copy of the post's text without the notes that the board puts there, and with what a smiley stands for."""
    copy = _copy(post.content)
    for one in [one for one in islice(copy.iter(), INNER) if isinstance(one.tag, str)]:
        if one is copy:
            continue
        if one.tag == "img" and _FACES.search(f"{one.get('class') or ''} {one.get('src') or ''}"):
            _replace(one, one.get("alt") or "")
        elif one.getparent() is not None and (
            one.tag in _SILENT or _NOISE & set((one.get("class") or "").lower().split())
        ):
            _replace(one, "")
    return copy


def replies(posts: Iterable[Post]) -> Iterator[tuple[Post, str]]:
    """The posts behind the first with their texts, without quotations of what stands above them."""
    above = ""
    for number, post in enumerate(posts):
        copy = clean(post)
        for one in [one for one in islice(copy.iter(), INNER) if one is not copy and _is_quote(one)]:
            if number and one.getparent() is not None and _end(one) in above:
                _replace(one, " ")
        text = line(_words(copy))
        above += squeeze(text)
        if number and text:
            yield post, text


def _contents(document: Document) -> list[Any]:
    """The texts of posts in order, by one board's way to mark them."""
    called = document.called(_WORDS)
    for word, around, inner in _TEXTS if called else ():
        found = [
            element
            for marks in called
            if f" {word}" in marks and (word.endswith("_") or f" {word} " in f"{marks} ")
            for _, element in document.marked[marks]
            if element.tag not in ("a", "link", "body", "form") and (not around or _inside(element, around))
        ]
        if inner:
            found = [text for one in found if (text := _classed(one, inner)) is not None]
        outer = [one for one in found if not any(other in found for other in one.iterancestors())]
        if outer and (len(outer) > 1 or not around or _is_board(document)):
            order = {element: place for place, element in enumerate(document.elements)}
            return sorted(outer, key=lambda one: order.get(one, 0))[:MOST]
    return []


def _classed(element: Any, name: str) -> Any:
    """The first element inside that has the class."""
    inside = (one for one in islice(element.iter(), INNER) if one is not element and isinstance(one.tag, str))
    return next((one for one in inside if name in (one.get("class") or "").split()), None)


def _is_board(document: Document) -> bool:
    """Whether the page says that a board's software made it."""
    root = document.tree
    body = root.find(".//body")
    marks = (one.get(name) or "" for one in (root, body) if one is not None for name in ("id", "class"))
    stated = (*document.meta.get("generator", ()), *marks, *document.lines[-2 * TRIES :])
    return any(len(one) <= 2 * WHEN and (one == "XF" or _BOARDS.search(one)) for one in stated)


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _inside(element: Any, around: str) -> bool:
    found = re.compile(around, re.IGNORECASE)
    return any(found.search(_names(one)) for one in islice(element.iterancestors(), UP))


def _holders(contents: list[Any]) -> dict[Any, int]:
    """How many posts' texts each element holds."""
    found: dict[Any, int] = {}
    for one in contents:
        for around in islice(one.iterancestors(), UP):
            found[around] = found.get(around, 0) + 1
    return found


def _around(content: Any, holders: dict[Any, int]) -> Any:
    """The post: the largest element that holds this text alone; in a thread of one, the outermost that is called a post."""
    stated = (one for one in islice(content.iterancestors(), UP) if one.get("data-author") or one.get("data-username"))
    if (told := next(stated, None)) is not None:
        return told  # which may hold the posts behind it, where a board's markup is never closed
    largest = named = content
    for one in islice(content.iterancestors(), UP):
        if holders.get(one, 0) > 1 or one.tag in ("body", "html", "main"):
            break
        largest = one
        named = one if _POST.search(_names(one)) else named
    alone = max(holders.values(), default=0) <= 1
    return (named if named is not content else content.getparent()) if alone else largest


def _post(content: Any, post: Any) -> Post:
    beside = [one for one in islice(post.iter(), INNER) if isinstance(one.tag, str)]
    within = frozenset(content.iter())
    beside = [one for one in beside if one not in within]
    return Post(_author(post, beside), tuple(islice(dict.fromkeys(_said(content, post, beside)), TRIES)), content)


def _author(post: Any, beside: list[Any]) -> str | None:
    stated = line(post.get("data-author") or post.get("data-username") or "")
    if 0 < len(stated) <= NAME:
        return stated
    called: dict[str, Any] = {}
    for one in beside:
        marks = f"{one.get('class') or ''} {one.get('itemprop') or ''} {one.get('id') or ''}".lower()
        known = _AUTHOR_WORDS & set(marks.split())
        if known and not all(map(str.isspace, islice(one.itertext(), INNER))):
            called = {**dict.fromkeys(known, one), **called}
    for token in _AUTHORS:
        name = _name(called[token]) if token in called else ""
        if 0 < len(name) <= NAME and any(map(str.isalpha, name)):
            return name
    return None


def _name(element: Any) -> str:
    inner = (found for one in element.iter("a", "strong", "b", "cite") if (found := line(_words(one))))
    return next(inner, line(_words(element)))


def _said(content: Any, post: Any, beside: list[Any]) -> Iterator[str]:
    """The texts of a post that may be its time: stated for machines, then named as a time, then any with a number."""
    around = frozenset(content.iterancestors())
    own = [one for one in beside if one not in around and not _in_profile(one, post)]
    for name in ("datetime", "title", "data-time"):
        yield from (
            stated for one in own if any(map(str.isdigit, stated := one.get(name) or "")) and len(stated) <= WHEN
        )
    short = [(one, said) for one in own if any(map(str.isdigit, said := _short(one)))]
    yield from (said for one, said in short if _TIMES.search(f"{_names(one)} {one.get('itemprop') or ''}"))
    yield from (said for _, said in short)
    loose = (
        line(piece or "") for one in beside if one in around for piece in (one.text, *(child.tail for child in one))
    )
    yield from (said for said in loose if any(map(str.isdigit, said)) and len(said) <= WHEN)


def _in_profile(element: Any, post: Any) -> bool:
    for one in (element, *islice(element.iterancestors(), UP)):
        if one is post:
            return False
        if _ASIDE.search(_names(one)):
            return True
    return False


def _is_quote(element: Any) -> bool:
    return isinstance(element.tag, str) and (
        element.tag == "blockquote" or bool(_QUOTES & set((element.get("class") or "").lower().split()))
    )


def _end(quote: Any) -> str:
    """The end of what is quoted, without the line above it that says of whom it is."""
    pieces = [piece for raw in islice(quote.itertext(), INNER) if (piece := squeeze(raw))]
    last = pieces[-1] if pieces else ""
    return last[-QUOTED:] if len(last) >= TRIES else " ".join(pieces)


def _words(element: Any) -> str:
    """The text in an element, with a blank wherever a tag stands."""
    return " ".join(islice(element.itertext(), INNER))


def _short(element: Any) -> str:
    """The text in an element as one line; empty where it is too long to be a time."""
    pieces: list[str] = []
    length = 0
    for piece in islice(element.itertext(), INNER):
        pieces.append(piece)
        length += len(piece.strip())
        if length > WHEN:
            return ""
    said = line(" ".join(pieces))
    return said if len(said) <= WHEN else ""


def _copy(element: Any) -> Any:
    copy = deepcopy(element)
    copy.tail = None
    if len(copy) == 1 and copy[0].tag == "blockquote" and not squeeze(f"{copy.text or ''}{copy[0].tail or ''}"):
        copy[0].tag = "div"  # a board may set every post as a quotation
    return copy


def _replace(element: Any, words: str) -> None:
    """Takes an element away and puts words where it stood; a blank where there are none."""
    element.tail = f"{words or ' '}{element.tail or ''}"
    element.drop_tree()
