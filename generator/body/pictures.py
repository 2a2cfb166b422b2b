"""The pictures of a page in its order, each with caption, credit and the words that stand before it; and their places.

A pass of its own over the tree, because Trafilatura's text changes when it looks for pictures. Fetches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from generator import text
from generator.body import media, sources
from generator.body.blocks import Block
from generator.body.credits import caption, caption_line
from generator.model import Part, Picture

MAX_PICTURES = 100
MAX_ELEMENTS = 100_000
MIN_SIDE = 80  # pixels: smaller ones are icons and dots
SIGNATURE = 48
MAX_PIECES = 200
MAX_LEADS = 2  # pictures before the story: the second one with its caption, for the first may be the author's portrait
MAX_COPIES = 8  # of one picture in a figure, for windows of different widths
MAX_CAPTIONS = 5  # around a picture
SAME = 0.6  # of the longer of two texts is in the other: one of them may hold a credit

_TEXT_TAGS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "div", "section", "pre", "dd")
)
# what is no photograph, whatever stands below it
_DUMMIES = r"icons?|logos?|avatars?|spacer|pixel|track(?:er|ing)?|placeholder|blank|leer|transparent|1x1(?!-\d\d)|loading|sprite"
_DUMMY = re.compile(rf"(?:^|[^a-z])(?:{_DUMMIES})(?:[^a-z]|$)", re.IGNORECASE)
_NOT_STORY = re.compile(
    rf"(?:^|[^a-z])(?:{_DUMMIES}|emojis?|badge|button|btn|share|gravatar|banner|qr-?code|qr|erweima|ewm|wechat|weixin|"
    r"author|byline|profile|headshot|k?captcha|showkey|v(?:erify)?code|yzm|advert(?:isement|ising)?|ads?|social|themes?|promo|related|recommend|teaser|newsletter|flag)(?:[^a-z]|$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"caption|legende|bildunterschrift|credit|copyright|imgtext|img-desc|photo-desc|pic-desc|picdesc|图注",
    re.IGNORECASE,
)
# the foot of the page, where logos stand
_FOOT = re.compile(r"版权所有|版權所有|ICP备|公网安备|all rights reserved", re.IGNORECASE)
_is_no_story, _is_dummy, _is_caption = text.met(_NOT_STORY), text.met(_DUMMY), text.met(_CAPTION)
_IMAGES = ("img", "amp-img")
_BESIDE = frozenset(("nav", "aside", "footer", "form", "button"))
_LINES = ("figcaption", "p", "span", "div", "dd")
_Neighbours = Mapping[Any, tuple[Any, Any]]
_NUMBER = re.compile(r"\d{1,5}")
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A picture, the signatures of its caption, and of the text block before it (None before all text)."""

    picture: Picture
    part: Part | None
    before: str | None
    headed: bool


def find(
    tree: Any, base: str | None, beside: Mapping[str, Part] = media.NOTHING, shared: Sequence[str] = ()
) -> tuple[Found, ...]:
    """The pictures that could belong to a story, in the order of the page.

    `beside` holds what came with the page, by the names that the page uses; `shared` are the addresses of the picture that the
    page wants shown where it is linked to.
    """
    found: dict[str, Found] = {}
    neighbours = _neighbours(tree)
    wanted = frozenset(name for one in shared if (name := sources.stem(one)))
    for image, before, headed in _images(tree, wanted):
        if len(found) >= MAX_PICTURES:
            break
        source = sources.best(image, base, beside)
        if _is_beside(image, source.named) or source.small:
            continue
        said, credit = _caption(image, neighbours)
        if said and _FOOT.search(said):
            continue
        key = source.src or said  # a picture that did not come with the page is known by its caption
        one = Found(Picture(source.src, said, credit), source.part, before, headed)
        if key is None or (key in found and not _is_better(one, found[key])):
            continue
        found.pop(key, None)
        found[key] = one
    return tuple(found.values())


def _is_better(one: Found, first: Found) -> bool:
    """Whether a picture that the page shows once more stands with its story here, and did not the first time."""
    if one.headed != first.headed:
        return one.headed
    return bool(one.picture.caption) and not first.picture.caption


def place(blocks: Sequence[Block], found: Sequence[Found]) -> tuple[tuple[Block, ...], tuple[Part, ...]]:
    """The blocks with the pictures between them, and the parts that these pictures hold.

    A picture goes behind the text block that stands before it in the page; those before the story's first block are
    kept only below the headline or with a caption, those behind its last block not at all unless they follow it directly.
    A line that is a picture's caption once more gives way to it.
    """
    at = {one: index for index, block in reversed(list(enumerate(blocks))) for one in _signatures(block)}
    captions = {signature(said): said for one in found if (said := one.picture.caption)}
    repeated = {key for key, block in at.items() if key in captions and _is_same(blocks[block].words, captions[key])}
    placed: dict[int, list[Found]] = {}
    lead: list[Found] = []
    for one in found:
        said = signature(one.picture.caption or "")
        index = at.get(one.before or "", at[said] if said in repeated else None)
        if index is not None:
            placed.setdefault(index, []).append(one)
        elif not placed and len(lead) < MAX_LEADS and (one.headed or one.picture.caption):
            lead.append(one)
    if len(lead) > 1 and (lead[0].picture.caption or not lead[1].picture.caption):
        del lead[1]
    placed[-1] = lead
    made: list[Block] = []
    for index in range(-1, len(blocks)):
        if index >= 0 and not (signature(blocks[index].words) in repeated and len(blocks[index].words) > 1):
            made.append(blocks[index])
        made += [Block("picture", picture=one.picture) for one in placed.get(index, [])]
    parts = {one.part.name: one.part for group in placed.values() for one in group if one.part is not None}
    return _captioned(made), tuple(parts[name] for name in sorted(parts))


def signature(words: str) -> str:
    """What two printings of one line have in common."""
    return _NOT_WORD.sub("", text.fold(words[: SIGNATURE * 3]))[:SIGNATURE]


def _is_same(words: str, said: str) -> bool:
    """Whether a line of text is a caption once more, and no paragraph that the caption only begins with."""
    return min(len(words), len(said)) >= SAME * max(len(words), len(said))


def _captioned(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Lines that are captions by their words join the picture above, or stand for a picture that is not held."""
    made: list[Block] = []
    for block in blocks:
        words = block.words
        if block.kind != "paragraph" or not caption_line(words):
            made.append(block)
        elif made and made[-1].picture is not None and made[-1].picture.caption is None:
            said, credit = caption(words)
            made[-1] = replace(made[-1], picture=replace(made[-1].picture, caption=said, credit=credit))
        else:
            made.append(Block("picture", picture=Picture(None, *caption(words))))
    return tuple(made)


def _signatures(block: Block) -> Iterator[str]:
    own = signature(block.words)
    if own:
        yield own
    for child in block.children:
        yield from _signatures(child)


def _images(tree: Any, wanted: frozenset[str]) -> Iterator[tuple[Any, str | None, bool]]:
    """Each picture with the signature of the last text before it, and whether the headline stood above."""
    passed: list[Any] = []  # texts met since `before` was looked for: their words are read where a picture follows only
    before: str | None = None
    headed = False
    for count, element in enumerate(tree.iter()):
        if count > MAX_ELEMENTS:
            return
        name = element.tag
        if name in _IMAGES:
            if not _stands_in(element):
                before = _last(passed) or before
                yield element, before, headed
            continue
        if wanted and "background" in (element.get("style") or "") and sources.painted(element) in wanted:
            before = _last(passed) or before
            yield element, before, headed
        if name in _TEXT_TAGS:
            passed.append(element)
            headed = headed or name == "h1"


def _last(passed: list[Any]) -> str:
    """The signature of the last of these texts that says anything; they are done with then."""
    found = ""
    while passed and not found:
        words = _own_words(passed.pop())
        found = signature(words) if len(words) >= 2 else ""
    passed.clear()
    return found


def _stands_in(image: Any) -> bool:
    """Whether the picture is there only for browsers without scripts, and another one beside it for all others."""
    element = next(image.iterancestors("noscript"), None)
    for _ in range(3):
        if element is None or element.tag == "amp-img":
            return element is not None
        for beside in (element.getprevious(), element.getnext()):
            if beside is not None and (beside.tag in _IMAGES or next(beside.iter(*_IMAGES), None) is not None):
                return True
        parent = element.getparent()
        element = parent if parent is not None and parent.tag in ("picture", "a", "span", "amp-img") else None
    return False


def _own_words(element: Any) -> str:
    if element.tag in ("div", "section", "td", "li", "dd"):  # only text of its own: what is inside comes by itself
        own = element.text or ""
        if not own.strip() or any(child.tag in ("p", "div", "ul", "table") for child in element):
            return ""
    return _some_text(element)


def _some_text(element: Any) -> str:
    """The beginning of the element's text, whatever its size."""
    pieces: list[str] = []
    size = 0
    for piece in islice(element.itertext(), MAX_PIECES):
        pieces.append(piece)
        size += len(piece)
        if size > SIGNATURE * 6:
            break
    return text.squeeze("".join(pieces))


def _is_beside(image: Any, named: str) -> bool:
    """Whether the picture belongs to the page and not to the story: an icon, an avatar, another story's picture."""
    sides = [int(found[0]) for name in ("width", "height") if (found := _NUMBER.match((image.get(name) or "").strip()))]
    if any(side < MIN_SIDE for side in sides) or named.split("?", 1)[0].lower().endswith((".svg", ".ico")):
        return True
    figure = next(image.iterancestors("figure"), None)
    captioned = figure is not None and figure.find(".//figcaption") is not None  # and may be called whatever it shows
    if (_is_dummy if captioned else _is_no_story)(_path(named)[:300]):
        return True
    names = [image.get("class") or "", image.get("id") or ""]
    element = sources.around(image)
    for depth in range(12):
        if element is None or element.tag in ("body", "article", "main"):
            break
        enlarges = element.tag == "button" and next(element.iterancestors("figure"), None) is not None
        if (element.tag in _BESIDE and not enlarges) or (element.tag == "noscript" and not _is_photo(named)):
            return True
        if depth < 4 and not enlarges:
            names += [element.get("class") or "", element.get("id") or ""]
        if element.tag == "a" and len(_some_text(element)) > 24:
            return True
        element = element.getparent()
    return any(_is_no_story(name[:300]) for name in names)


def _is_photo(named: str) -> bool:
    """Whether the name is that of a photograph, and not of a dot that counts readers."""
    return named.partition("?")[0].lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".avif"))


def _path(named: str) -> str:
    """What the address says below the host; of a file beside the page its own name only."""
    if named.startswith("http"):
        return named.split("://", 1)[-1].partition("/")[2].partition("?")[0]
    return "" if named.startswith(("media/", "data:")) else named.partition("?")[0].rpartition("/")[2]


def _caption(image: Any, neighbours: _Neighbours) -> tuple[str | None, str | None]:
    """The words of the figure's caption, or of an element beside the picture that is named so."""
    element = image
    for _ in range(5):
        element = sources.around(element)
        if element is None or element.tag in ("body", "article", "main"):
            return None, None
        inside = list(islice(element.iter("figcaption"), MAX_CAPTIONS))
        if not inside and element.tag in ("figure", "div", "p", "span", "li"):
            named = (one for one in element.iter(*_LINES) if one is not element and _is_named(one))
            inside = list(islice(named, MAX_CAPTIONS))
        if inside:
            near = (one for one in inside if element.tag == "figure" or _is_nearest(image, one, element, neighbours))
            own = next(near, None)
            return (None, None) if own is None else caption(" ".join(_lines(element, own)))
        if element.tag == "figure":
            return None, None
        if len(_some_text(element)) > 200:
            return None, None
    return None, None


def _lines(around: Any, found: Any) -> list[str]:
    """What is said of the picture: the caption that was found there, in a figure of one picture each line that is one.

    A credit within a line is a part of that, and what a page prints for narrow windows once more is said once.
    """
    elements = [found]
    images = list(islice(around.iter(*_IMAGES), MAX_COPIES)) if around.tag == "figure" else ()
    if 0 < len(images) < MAX_COPIES and len({image.get("src") for image in images}) == 1:
        elements = [one for one in around.iter(*_LINES) if _is_line(one)]
    elif found.tag == "span" and (parent := found.getparent()) is not around and (parent.text or "").strip():
        elements = [parent]
    lines: list[str] = []
    known = ""
    for element in elements:
        line = text.line(" ".join(element.itertext()))
        mark = _NOT_WORD.sub("", text.fold(line))
        if mark not in known:
            lines.append(line)
            known += f" {mark}"
    return lines


def _neighbours(tree: Any) -> _Neighbours:
    """For each element that may be a caption the pictures before and behind it, in one pass over the page."""
    neighbours: dict[Any, tuple[Any, Any]] = {}
    waiting: list[Any] = []  # for the picture behind them
    last: Any = None
    for one in tree.iter(*_IMAGES, *_LINES):
        if one.tag not in _IMAGES:
            if one.tag == "figcaption" or _is_named(one):
                neighbours[one] = last, None
                waiting.append(one)
        elif not _stands_in(one):
            neighbours |= dict.fromkeys(waiting, (last, one))
            waiting.clear()
            last = one
    return neighbours


def _is_nearest(image: Any, found: Any, around: Any, neighbours: _Neighbours) -> bool:
    """Whether no other picture stands between a caption and this one, which comes before it, or is the first behind it."""
    before, behind = neighbours.get(found, (None, None))
    if before is not None and (before is image or around in before.iterancestors()):
        return before is image
    return behind is image


def _is_line(element: Any) -> bool:
    """Whether an element in a figure is its caption or a line of it, and no box around the picture."""
    return (element.tag == "figcaption" or _is_named(element)) and next(element.iter(*_IMAGES), None) is None


def _is_named(element: Any) -> bool:
    named = element.get("class")
    return bool(named) and _is_caption(named)
