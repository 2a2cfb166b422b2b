"""Markdown of an article to markup that is safe to show, and the small escapes beside it.

The sanitiser is an allow-list and has the last word: nothing is changed after it. No picture is ever loaded but one
that the archive holds. Pure, and never raises: a text that cannot be read as Markdown is shown as plain paragraphs.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from functools import lru_cache, partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import nh3
from markupsafe import Markup

from generator.images import STEM
from generator.theme import quick
from generator.theme.captions import captioned

if TYPE_CHECKING:
    from markdown import Markdown

MAX_CHARACTERS = 4_000_000  # of Markdown; above it the text is shown plain
MAX_DEPTH = 64  # of elements; browsers cut trees at 512
MAX_PASSES = 6  # until the sanitiser agrees with itself; two do for anything but broken markup
# The parser takes time that grows with the square of these; a block above one of them is shown plain, in a second or less.
MAX_REACH = 5_000_000  # from brackets to their ends
MAX_MARKS = 1_000_000_000  # marks times characters of a block
MAX_PIPES = 50_000_000  # bars times characters of a line

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# all others: to match a text with them takes half as long as to search it for those
_OTHERS = re.compile("[\t\n\r -~\xa0-\u202c\u202f-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]*+")

_BLOCKS_KEPT = ("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "hr", "figure", "figcaption")
_CELLS_KEPT = ("table", "thead", "tbody", "tr", "th", "td")
_WORDS_KEPT = ("a", "br", "code", "del", "em", "img", "ins", "strong", "sub", "sup")
_TAGS = frozenset({*_BLOCKS_KEPT, *_CELLS_KEPT, *_WORDS_KEPT})
# their text goes with them; of all other elements the text stays
_DROPPED = frozenset(
    {
        *("applet", "audio", "canvas", "embed", "frame", "frameset", "head", "iframe", "math", "noembed", "noframes"),
        *("noscript", "object", "plaintext", "script", "select", "style", "svg", "template", "textarea", "title"),
        *("video", "xmp"),
    }
)
_SIZES = "(min-width: 45em) 40em, 100vw"  # how wide a column of text is
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# what is ours: no saved markup has it, for the first pass takes it away
_OURS = {
    "img": {*_ATTRIBUTES["img"], "width", "height", "loading"},
    "source": {"type", "srcset", "sizes"},
    "small": {"class"},
}
_SAID = {
    "class": re.compile("credit"),
    "loading": re.compile("lazy"),
    "width": re.compile(r"[1-9]\d{0,4}", re.ASCII),
    "height": re.compile(r"[1-9]\d{0,4}", re.ASCII),
    "type": re.compile("image/(?:avif|webp)"),
    "sizes": re.compile(re.escape(_SIZES)),
}
_SCHEMES = frozenset({"http", "https", "mailto"})
_REL = "noopener noreferrer external nofollow"
_SMALLER = re.compile(STEM + r"-[1-9]\d{0,4}\.(?:avif|webp) [1-9]\d{0,4}w", re.ASCII)
_LAZY = ' loading="lazy"'
# what is known of each by its address, or else by its caption: width, height and sources if it is held; its credit
Pictures = Mapping[str, Mapping[str, Any]]
_EARLY = 300  # characters of text: a picture before them is seen at once, all others wait until they are near
_HELD = re.compile(STEM + r"\.(?:avif|gif|jpeg|jpg|png|webp)", re.ASCII)
_SPAN = re.compile(r"[1-9]\d{0,2}", re.ASCII)

# the sanitiser's own serialisation: every attribute is quoted, and a quotation mark inside is escaped
_ATTRS = r'(?: [a-z]+="[^"]*")*'
_IMG = re.compile(rf"<img({_ATTRS})>")
_ATTR = re.compile(r' (src|alt)="([^"]*)"')
_PLACES = re.compile(rf"<p>(?P<alone>(?:\s|<br>|<img{_ATTRS}>)*)</p>|<img(?P<inline>{_ATTRS})>")
_DEAD = re.compile(r'<a(?: title="[^"]*")?>(.*?)</a>', re.DOTALL)
_TAG = re.compile(rf"<(/?)([a-z][a-z0-9]*){_ATTRS}>")
_BEGUN = re.compile("<h([1-6])>")
_IN_PLACE = [set("23456"[:count]) for count in range(6)]
_TAG_IN_VALUE = re.compile(r'="[^"]*<')
_EMPTY_HEADING = re.compile(rf"<th({_ATTRS})>\s*</th>")
_VOID = frozenset({"br", "hr", "img"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = re.compile(r"\n[ \t]*\n")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")

_CONVERTERS = threading.local()  # one for each thread: to make one takes as long as to read an article
_JSON = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str)


def html(markdown: str, root: str = "", elsewhere: str = "↗", pictures: Pictures | None = None) -> Markup:
    """The Markdown as markup that is safe to show.

    `root` is the way from the page to the site's top (`../../`); `elsewhere` the words of a link to a picture that is not
    held; `pictures` what is known of each.
    """
    raw = clean(markdown)
    first = quick.markup(raw) or _thorough(raw)
    return Markup(_last(root).clean(_pictures(_headed(_levelled(first)), elsewhere, pictures or {})))  # noqa: S704 - the sanitiser's word


def clean(text: str) -> str:
    """The text without control characters, overrides of direction, and what is no character."""
    whole = _OTHERS.match(text)
    return text if whole and whole.end() == len(text) else CONTROLS.sub("", text)


def web(url: str | None) -> str:
    """The address if it is one of the web (http, https), else nothing: what may stand in a link."""
    if url and quick.ORDINARY.fullmatch(url):
        return url
    cleaned = clean(url or "").strip()
    try:
        parts = urlsplit(cleaned)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return ""
    return cleaned if known and not re.search(r"\s", cleaned) else ""


def json_ld(value: Mapping[str, Any]) -> Markup:
    """The value as JSON-LD in its element; no text in it can end the element."""
    body = _ENCODER.encode(value)
    for mark, reference in _JSON.items():
        body = body.replace(mark, reference)
    return Markup(f'<script type="application/ld+json">{body}</script>')  # noqa: S704 - escaped above


def _thorough(markdown: str) -> str:
    """The markup of any Markdown, in the sanitiser's own words."""
    first = _settled(_converted(markdown))
    if first is None or _depth(first) > MAX_DEPTH:
        first = _plain(markdown)
    return _DEAD.sub(r"\1", first)


def _converted(markdown: str) -> str:
    if len(markdown) > MAX_CHARACTERS:
        return _plain(markdown)
    converter: Markdown | None = getattr(_CONVERTERS, "value", None)
    if converter is None:
        from markdown import Markdown  # noqa: PLC0415 - what the generator itself wrote hardly ever needs it

        converter = _CONVERTERS.value = Markdown(extensions=["tables", "sane_lists"], output_format="html")
    try:
        return converter.reset().convert(_eased(markdown))
    except RecursionError:  # lists in lists in lists: no text of a person
        del _CONVERTERS.value
        return _plain(markdown)


def _eased(markdown: str) -> str:
    """The Markdown without what would keep the parser busy for minutes; no text of it is lost."""
    if _reach(markdown, "<", ">") > MAX_REACH:
        markdown = markdown.replace("<", "&lt;")
    return "\n\n".join(_plain(block) if _heavy(block) else block for block in _BLOCKS.split(markdown))


def _heavy(block: str) -> bool:
    marks = sum(block.count(mark) for mark in "\\*_`&")
    return (
        marks * len(block) > MAX_MARKS
        or max(line.count("|") * len(line) for line in block.split("\n")) > MAX_PIPES
        or _reach(block, "[", "]") > MAX_REACH
        or _reach(block, "(", ")") > MAX_REACH
    )


def _reach(markdown: str, opening: str, closing: str) -> int:
    """How far the parser looks for the ends of brackets, added up: to the end of the text where there is none."""
    begun: list[int] = []
    total = 0
    for found in re.finditer(rf"\\.|[{re.escape(opening + closing)}]", markdown):
        if found[0] == opening:
            begun.append(found.start())
        elif found[0] == closing and begun:
            total += found.start() - begun.pop()
    return total + sum(len(markdown) - start for start in begun)


def _plain(markdown: str) -> str:
    bare = _ESCAPED.sub(r"\1", markdown)
    return "\n\n".join(f"<p>{escape(block)}</p>" for block in _BLOCKS.split(bare) if block.strip())


def _settled(markup: str) -> str | None:
    """The markup in the sanitiser's own words, read and written until it stays the same: then every reader sees one tree."""
    for _ in range(MAX_PASSES):
        cleaned = CONTROLS.sub("", _first().clean(markup))
        if cleaned == markup:
            return cleaned
        markup = cleaned
    return None


def _depth(markup: str) -> int:
    depth = deepest = 0
    for end, name in _TAG.findall(markup):
        if name not in _VOID:
            depth += -1 if end else 1
            deepest = max(depth, deepest)
    return deepest


def _levelled(markup: str) -> str:
    """The headings below the page's own: the highest of them is `h2`, and none is left out on the way down."""
    if set(_BEGUN.findall(markup)) in _IN_PLACE and not _TAG_IN_VALUE.search(markup):
        return markup
    held = sorted({name for _, name in _TAG.findall(markup) if name in _HEADINGS})
    levels = {name: f"h{min(2 + place, 6)}" for place, name in enumerate(held)}

    def moved(found: re.Match[str]) -> str:
        return f"<{found[1]}{levels[found[2]]}>" if found[2] in levels else found[0]

    return _TAG.sub(moved, markup) if held else markup


def _headed(markup: str) -> str:
    """The tables without headings that say nothing: an empty cell is a cell."""
    return _EMPTY_HEADING.sub(r"<td\1></td>", markup) if "<th" in markup else markup


def _pictures(markup: str, elsewhere: str, known: Pictures) -> str:
    read = shown = 0  # characters of the markup, and of text in it

    def placed(found: re.Match[str]) -> str:
        nonlocal read, shown
        if shown < _EARLY:
            shown += len(unescape(_TAG.sub("", markup[read : found.start()])))
            read = found.end()
        if found["alone"] is not None:
            early = shown < _EARLY
            images = _IMG.findall(found["alone"])
            return "".join(_figure(attributes, elsewhere, known, early=early) for attributes in images)
        src, alt = _picture(found["inline"])
        return _image(src, alt, known, early=False) if _HELD.fullmatch(src) else alt

    return _PLACES.sub(placed, markup) if "<img" in markup else markup


def _picture(attributes: str) -> tuple[str, str]:
    values = dict(_ATTR.findall(attributes))
    return unescape(values.get("src", "")), escape(unescape(values.get("alt", "")))


def _figure(attributes: str, elsewhere: str, known: Pictures, *, early: bool) -> str:
    src, alt = _picture(attributes)
    said = captioned(unescape(alt).strip(), known.get(src or unescape(alt), {}).get("credit"))
    if _HELD.fullmatch(src):
        caption = f"<figcaption>{said}</figcaption>" if said else ""
        return f"<figure>{_image(src, alt, known, early=early)}{caption}</figure>\n"
    address = web(src)
    link = f'<a href="{escape(address)}">{escape(elsewhere)}</a>' if address else ""
    caption = " ".join(part for part in (said, link) if part)
    return f"<figure><figcaption>{caption}</figcaption></figure>\n" if caption else ""


def _image(src: str, alt: str, known: Pictures, *, early: bool) -> str:
    """A picture that is held, in the size that it has, with the smaller ones made of it for a browser to choose from."""
    one = known.get(src, {})
    size = f' width="{one["width"]}" height="{one["height"]}"' if "width" in one else ""
    image = f'<img src="{src}" alt="{alt}"{size}{"" if early else _LAZY}>'
    sources = "".join(
        f'<source type="{source["type"]}" sizes="{_SIZES}"'
        f' srcset="{", ".join(f"{path} {width}w" for path, width in source["srcset"])}">'
        for source in one.get("sources", ())
    )
    return f"<picture>{sources}{image}</picture>" if sources else image


@lru_cache
def _first() -> nh3.Cleaner:
    """For markup of any kind, which is then the sanitiser's own, so that patterns can read it."""
    return _sanitiser("", tags={*_TAGS, "h1"}, attributes=_ATTRIBUTES, link_rel=None)


@lru_cache(128)  # ways to the site's top
def _last(root: str) -> nh3.Cleaner:
    """For what goes into a page: it has the last word."""
    tags = {*_TAGS, "picture", "small", "source"}
    return _sanitiser(root, tags=tags, attributes=_ATTRIBUTES | _OURS, link_rel=_REL)


def _sanitiser(root: str, **allowed: Any) -> nh3.Cleaner:
    return nh3.Cleaner(
        **allowed,
        clean_content_tags=set(_DROPPED),
        attribute_filter=partial(_kept, root),
        url_schemes=set(_SCHEMES),
    )


def _kept(root: str, tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("href", "src"):
        address = web(value)
        if address:
            return address
        if _HELD.fullmatch(value):
            return root + value
        return value if tag == "a" and value.lower().startswith("mailto:") else None
    if attribute in ("colspan", "rowspan"):
        return value if _SPAN.fullmatch(value) else None
    if attribute == "srcset":
        choices = value.split(", ")
        return ", ".join(root + one for one in choices) if all(map(_SMALLER.fullmatch, choices)) else None
    if attribute in _SAID:
        return value if _SAID[attribute].fullmatch(value) else None
    return value
