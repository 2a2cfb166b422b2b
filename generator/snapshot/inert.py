"""The page's markup walked once and written anew, element by element, from what is known to be harmless."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from html import escape
from typing import Any
from urllib.parse import unquote_to_bytes

import nh3

from generator import document, images
from generator.model import Capture, Part
from generator.snapshot import styles
from generator.theme.markup import clean

MAX_PICTURE_BYTES = 1_000_000  # of one picture
MAX_PICTURES_BYTES = 3_000_000  # of all pictures of a page, before they are written in base64
MAX_TEXT = 1_500_000  # characters of markup without pictures; above it the page is shown as its lines

_BLOCKS = (
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    ),
    *(
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
    ),
    *("ol", "p", "pre", "section", "summary", "ul", "search"),
)
_CELLS = ("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_WORDS = (
    *(
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "br",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "img",
    ),
    *(
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "picture",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
    ),
    *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
)
_TAGS = frozenset({*_BLOCKS, *_CELLS, *_WORDS})
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
# their text goes with them; of all other elements the text stays
_DROPPED = frozenset(
    {
        *(
            "applet",
            "area",
            "audio",
            "base",
            "button",
            "canvas",
            "datalist",
            "dialog",
            "embed",
            "frame",
            "frameset",
            "head",
        ),
        *(
            "iframe",
            "input",
            "link",
            "map",
            "math",
            "meta",
            "noembed",
            "noframes",
            "object",
            "optgroup",
            "option",
            "param",
        ),
        *(
            "plaintext",
            "portal",
            "script",
            "select",
            "source",
            "style",
            "svg",
            "template",
            "textarea",
            "title",
            "track",
        ),
        *("video", "xmp"),
    }
)
_EVERYWHERE = frozenset({"align", "bgcolor", "class", "dir", "height", "id", "lang", "title", "valign", "width"})
_ATTRIBUTES = {
    "a": frozenset({"name"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "font": frozenset({"color", "face", "size"}),
    "hr": frozenset({"color", "noshade", "size"}),
    "img": frozenset({"alt", "border", "hspace", "src", "vspace"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "table": frozenset({"border", "bordercolor", "cellpadding", "cellspacing", "frame", "rules"}),
    "td": frozenset({"colspan", "nowrap", "rowspan"}),
    "th": frozenset({"colspan", "nowrap", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
    "ul": frozenset({"type"}),
}
_ALLOWED = {"*": set(_EVERYWHERE)} | {tag: set(names) for tag, names in _ATTRIBUTES.items()}
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "data-actualsrc", "file")
_OWN = "backfile-s"  # classes made of style attributes begin so
_BASE = "html{background:#fff;color:#000}img{max-width:100%}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The inert page; `left` says in words what of it was too large."""

    data: bytes
    left: tuple[str, ...] = ()


def inert(capture: Capture) -> Snapshot:
    """The capture as an inert page. Never raises."""
    read = document.read(capture)
    if read.tree is None:
        return plain(read.text, "")
    writing = _Writing(read.capture)
    body = "".join(writing.markup(read.tree))
    heading = " ".join((read.tree.findtext(".//title") or "").split())
    if len(body) - writing.inlined > MAX_TEXT:
        cut = plain("\n".join(read.lines), heading)
        return replace(cut, left=(*cut.left, f"it has more than {MAX_TEXT} characters of markup: shown as its lines"))
    clean = nh3.clean(
        body,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED - {"frame", "param"}),
        attributes=_ALLOWED,
        url_schemes={"data"},
        link_rel=None,
    )
    root, frame = writing.worn(read.tree), writing.worn(read.tree.find("body"))
    css = "\n".join(part for part in (_BASE, *writing.sheets(), *writing.classes()) if part)
    return Snapshot(_page(heading, clean, css, root, frame), tuple(writing.left()))


def plain(text: str, heading: str) -> Snapshot:
    """A text as an inert page."""
    shown = text[:MAX_TEXT]
    left = (f"it has more than {MAX_TEXT} characters: cut",) if len(text) > MAX_TEXT else ()
    css = f"{_BASE}\npre{{white-space:pre-wrap;overflow-wrap:anywhere}}"
    return Snapshot(_page(heading or shown.strip()[:80], f"<pre>{escape(shown)}</pre>", css, "", ""), left)


class _Writing:
    """One page being written: its styles, what was spent on pictures, what was left out."""

    def __init__(self, capture: Capture) -> None:
        self._parts: Mapping[str, Part] = {one.name: one for one in capture.parts}
        self._known: dict[str, str | None] = {}
        self._classes: dict[str, str] = {}
        self._styles: list[str] = []
        self._ids: set[str] = set()
        self._spent = 0
        self._missed = 0
        self.inlined = 0

    def markup(self, tree: Any) -> Iterator[str]:
        """Every element that is known, with its text; the others give their text or nothing."""
        waiting: list[Any] = [tree]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                yield one
                continue
            tag = one.tag.lower() if isinstance(one.tag, str) else None
            if one is not tree and one.tail:
                waiting.append(escape(one.tail, quote=False))
            if tag == "style":
                self._gather(one)
            if tag == "head":
                waiting += list(reversed(one.xpath(".//style")))
                continue
            if tag is None or tag in _DROPPED:
                continue
            if tag == "img":
                yield self._shown(one)
                continue
            if tag in _TAGS:
                yield f"<{tag}{self.worn(one)}>"
                if tag in _VOID:
                    continue
                waiting.append(f"</{tag}>")
            waiting += reversed(list(one))
            if one.text:
                waiting.append(escape(one.text, quote=False))

    def worn(self, element: Any) -> str:
        """The attributes that an element keeps, ready to be written."""
        if element is None:
            return ""
        allowed = _EVERYWHERE | _ATTRIBUTES.get(element.tag, frozenset())
        kept = {name: value for name, value in element.attrib.items() if name in allowed and name != "src"}
        if kept.get("id") in self._ids:
            del kept["id"]
        self._ids.add(kept.get("id", ""))
        if (style := element.get("style")) and (name := self._class(style)):
            kept["class"] = f"{kept.get('class', '')} {name}".strip()
        return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())

    def sheets(self) -> Iterator[str]:
        """The page's style sheets, in order."""
        yield from (styles.sheet(css, self._data) for css in self._styles)

    def classes(self) -> Iterator[str]:
        """Rules in place of style attributes, stronger than those of the sheets."""
        yield from (f"{f'.{name}' * 4}{{{css}}}" for css, name in self._classes.items() if css)

    def left(self) -> Iterator[str]:
        """What was left out for its size."""
        if self._missed:
            yield f"{self._missed} pictures are larger than a snapshot holds"

    def _shown(self, element: Any) -> str:
        """A picture that came with the page; of any other its words."""
        source = self._picture(element)
        if source is None:
            words = element.get("alt", "").strip()
            return f"<span{self.worn(element)}>{escape(words, quote=False)}</span>" if words else ""
        self.inlined += len(source)
        alt = "" if "alt" in element.attrib else ' alt=""'
        return f'<img src="{source}"{alt}{self.worn(element)}>'

    def _gather(self, style: Any) -> None:
        room = styles.MAX_CHARACTERS - sum(map(len, self._styles))
        css = (style.text or "").replace("<!--", "").replace("-->", "")
        condition = style.get("media") or ""
        if len(css) <= room and css.strip():
            self._styles.append(f"@media {condition}{{{css}\n}}" if condition else css)

    def _class(self, style: str) -> str:
        css = styles.declarations(style[: styles.MAX_ATTRIBUTE], self._data)
        if css and css not in self._classes and len(self._classes) < styles.MAX_CLASSES:
            self._classes[css] = f"{_OWN}{len(self._classes) + 1}"
        return self._classes.get(css, "")

    def _picture(self, element: Any) -> str | None:
        for name in _SOURCES:
            address = (element.get(name) or "").strip()
            if found := self._inline(address):
                return found
        first = (element.get("srcset") or "").strip().partition(" ")[0]
        return self._inline(first)

    def _data(self, address: str) -> str | None:
        """What a style sheet may show: a picture that it carries itself, or that came with the page."""
        return self._inline(address.strip())

    def _inline(self, address: str) -> str | None:
        if not address:
            return None
        key = address if len(address) < 200 else sha256(address.encode("utf-8", "replace")).hexdigest()
        if key not in self._known:
            part = self._parts.get(address)
            raw = part.body if part else _carried(address)
            self._known[key] = self._written(raw) if raw else None
        return self._known[key]

    def _written(self, raw: bytes) -> str | None:
        kind = images.kind(raw)
        if kind is None:
            return None
        if len(raw) > MAX_PICTURE_BYTES or self._spent + len(raw) > MAX_PICTURES_BYTES:
            self._missed += 1
            return None
        self._spent += len(raw)
        return f"data:{kind.media_type};base64,{base64.b64encode(raw).decode()}"


def _carried(address: str) -> bytes | None:
    """The bytes in a `data:` address."""
    head, comma, body = address.partition(",")
    if not comma or head[:5].lower() != "data:" or len(body) > MAX_PICTURE_BYTES * 2:
        return None
    try:
        raw = unquote_to_bytes(body)
        return base64.b64decode(raw, validate=False) if head.lower().rstrip().endswith(";base64") else raw
    except (binascii.Error, ValueError):
        return None


def _page(heading: str, body: str, css: str, root: str, worn: str) -> bytes:
    css = clean(css.replace("\r", ""))
    mark = base64.b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; img-src data:; base-uri 'none'; form-action 'none'"
    language = "" if ' lang="' in root else ' lang="und"'
    page = (
        f'<!doctype html>\n<html{root}{language}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="generator" content="Backfile">\n'
        f"<title>{escape(heading) or 'Untitled'}</title>\n<style>{css}</style>\n</head>\n<body{worn}>\n{body}\n</body>\n</html>\n"
    )
    return clean(page).encode()
