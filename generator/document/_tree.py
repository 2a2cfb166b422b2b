"""Markup to a tree, and the cheap readings of it: meta, links, scripts, microdata, visible lines. Never raises.

A tree never nests deeper than libxml2 allows, and never holds more than `TAGS` elements: what comes after them is left out.
Where libxml2 builds another tree than browsers do and text would be lost, the tree is mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import islice
from typing import Any

from lxml import etree, html

from generator.text import line as one_line
from generator.text import parseable

TEXT_LIMIT = 24_000_000  # characters
TAGS = 200_000
ATTRIBUTES = 1_000  # of one element: libxml2 compares each with all before it
DEPTH = 200  # libxml2 stops at 256
STRAYS = 100  # ends of one element
LINES = 20_000
LINE_LIMIT = 20_000  # characters
PROPS = 3_000
MARK_LIMIT = 300
BLANKS = 200

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})((?:[^<>\"']|\"[^\"<]{0,5000}\"|'[^'<]{0,5000}')*+)>")
# browsers read on behind these; libxml2 drops what follows
_ENDS = re.compile(r"</(?:html|body|frameset)\s{0,20}>", re.IGNORECASE)
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^<>]{0,2000}>", re.IGNORECASE)
# elements that cannot hold a story: how many paragraphs in them, of how many characters, show that they were never closed,
# or stand around the whole page
_NO_STORY = {
    **dict.fromkeys(("applet", "datalist", "embed", "frameset", "math", "menuitem", "meter", "noframes", "optgroup", "option"), (1, 1)),
    **dict.fromkeys(("output", "plaintext", "progress", "rp", "rt", "rtc", "select", "source", "svg", "track", "xmp"), (1, 1)),
    **dict.fromkeys(("button", "fieldset", "form", "label", "legend", "map", "menu", "object", "table"), (1, 80)),
    **dict.fromkeys(("audio", "canvas", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "marquee", "video"), (2, 80)),
}  # fmt: skip
# elements that may hold prose, though none of the story: those that are opened more often than closed
_BESIDE = ("aside", "dialog", "footer", "nav")
_SCRIPT = re.compile(r"<script\b[^<]*+(?:<(?!/script)[^<]*+)*+", re.IGNORECASE)
# what is text to its end tag, tags and all: without one the rest of the page would be
_RAW = ("iframe", "noembed", "noframes", "noscript", "plaintext", "textarea", "xmp")
_STORY = ("article", "main")  # of which a page has one, and so one end
_OPEN = re.compile(r"<[a-zA-Z]")
LONG_TAG = 4_000  # characters: it may hold too many attributes
# a tag, in which only quotes behind a `=` hold signs, and what a script or a style sheet holds behind its own; or a comment. No tag begins in those: comparisons look like tags
_PASSED = re.compile(
    r"(?P<tag><(?:(?P<raw>script|style)\b|[a-z])(?:[^<>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)"
    r"(?(raw)(?<!/)>[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+|)"
    r"|<!--(?!-?>)[^-]*+(?:-(?!-!?>)[^-]*+)*+",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"[^\s=\"'/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"']++))?+")
_OPENED = re.compile(r"<[a-zA-Z][^<>\"']{0,400}(?:\"[^<>\"]{0,400}\"[^<>\"']{0,400}){0,20}=\s{0,9}([\"'])")
# one class for all elements, known to the parser: lxml's own choice of a class by name costs a call for each element met
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())  # noqa: SIM905
_SELF_CLOSING = frozenset("p li dt dd tr td th option a".split())  # a second one closes the first  # noqa: SIM905
_SILENT = frozenset(
    "script style template noscript head iframe object svg math select textarea button audio video canvas".split()  # noqa: SIM905
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr q rb rp rt ruby s samp "  # noqa: SIM905
    "small span strike strong sub sup time tt u var wbr".split()
)
_MARKS = ("class", "id", "rel", "itemprop", "itemtype", "data-testid", "data-qa", "data-component")
_MARKING = frozenset(_MARKS)
_KEPT = frozenset({"h1", "h2", "h3", "time"})
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# items of these types speak about something else than the story
_OTHER_TYPES = re.compile(
    r"(?:Comment|UserComments|BreadcrumbList|WPHeader|WPFooter|WPSideBar|SiteNavigationElement|Product|Offer|Review|Rating|Event)$",
    re.IGNORECASE,
)


# what a page's own item calls the story: its properties are the page's
_STORY_ITSELF = frozenset({"blogpost", "blogposts", "mainentity", "mainentityofpage", "maincontentofpage"})
_ISO = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def parse(text: str) -> tuple[Any, bool]:
    """The root element, or None, and whether markup or text was cut."""
    cut = len(text) > TEXT_LIMIT
    whole = parseable(text[:TEXT_LIMIT])
    last = next(islice(_OPEN.finditer(whole), TAGS, None), None) if whole.count("<") > TAGS else None
    if last:
        whole, cut = whole[: last.start()], True
    # the search for long tags walks through all tags: it is spared a page whose every `>` has a `<` near before it
    slim = _slimmed(whole) if any(map(_is_long, whole.split(">"))) else whole
    cut = cut or slim != whole
    whole = _ended(_without_raw(_without_strays(_ENDS.sub("", slim).replace("<body/>", "").replace("<html/>", ""))))
    root, limited = _parsed(whole, huge=False)
    if _is_blank(root):
        whole = _closed(whole)
        root, limited = _parsed(whole, huge=False)
    if limited:
        flat = _flattened(whole)
        root, _ = _parsed(flat, huge=True)
        cut = cut or flat != whole
    if root is not None:
        _unwrap(root, whole)
    return root, cut


def _is_long(piece: str) -> bool:
    return len(piece) > LONG_TAG and len(piece) - piece.rfind("<") > LONG_TAG


def _slimmed(whole: str) -> str:
    """The text without the attributes that one tag has too many."""
    kept: list[str] = []
    at = 0
    for found in _PASSED.finditer(whole):
        start, end = found.span("tag")
        if end - start > LONG_TAG:
            more = next(islice(_ATTRIBUTE.finditer(found["tag"]), ATTRIBUTES, None), None)
            if more:
                kept.append(whole[at : start + more.start()])
                at = end
    return "".join((*kept, whole[at:])) if kept else whole


def meta(tree: Any, limit: int) -> Mapping[str, tuple[str, ...]]:
    """Contents of `<meta>` by lower-case name, property or itemprop, in order."""
    found: dict[str, list[str]] = {}
    for element in islice(tree.iter("meta"), limit):
        content = one_line(element.get("content") or element.get("value") or "")
        if "&" in content and ";" in content:
            content = one_line(unescape(content))  # escaped twice
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content and content not in found.setdefault(name, []):
                found[name].append(content)
    return {name: tuple(contents) for name, contents in found.items() if contents}


def links(tree: Any, relation: str) -> Iterator[str]:
    """Addresses of `<link rel>` of one relation."""
    for element in islice(tree.iter("link"), PROPS):
        if relation in (element.get("rel") or "").lower().split() and element.get("href"):
            yield element.get("href")


def scripts(tree: Any) -> Iterator[str]:
    """The texts of JSON-LD scripts."""
    for element in islice(tree.iter("script"), PROPS):
        if "ld+json" in (element.get("type") or "").lower():
            yield element.text or ""


def microdata(tree: Any) -> Mapping[str, tuple[str, ...]]:
    """Texts by the lower-case path of `itemprop` (`author.name`), without items about other things."""
    found: dict[str, list[str]] = {}
    for element in islice(tree.iterfind(".//*[@itemprop]"), PROPS):
        path = _path(element)
        if path is None:
            continue
        value = one_line(_value(element))[:LINE_LIMIT]
        for name in (element.get("itemprop") or "").lower().split()[:4]:
            key = ".".join((*path, name))
            if value and value not in found.setdefault(key, []):
                found[key].append(value)
    return {key: tuple(values) for key, values in found.items() if values}


def elements(tree: Any) -> tuple[Any, ...]:
    """All elements in order. While they are held, every other look at the tree meets them again instead of making them anew."""
    return tuple(islice(tree.iter(etree.Element), TAGS))


def marked(all_elements: tuple[Any, ...]) -> Mapping[str, tuple[tuple[int, Any], ...]]:
    """Elements with their place in the document, by tag and marks: classes, id, `rel`, `itemprop`, lower case in one text.

    The same marks are met again and again on a page: what asks for words in them asks each text once.
    """
    found: dict[str, list[tuple[int, Any]]] = {}
    for place, element in enumerate(all_elements):
        stated = element.items()
        pieces = [value for name, value in stated if value and name in _MARKING] if stated else stated
        tag = element.tag
        if pieces or tag in _KEPT:
            if len(pieces) > 1:
                stated = dict(stated)
                pieces = [value for name in _MARKS if (value := stated.get(name))]
            key = " ".join((tag, *pieces))[:MARK_LIMIT].lower()
            found.setdefault(key, []).append((place, element))
    return {key: tuple(places) for key, places in found.items()}


def lines(tree: Any) -> tuple[str, ...]:
    """The visible text, block by block, each block one line; without scripts, forms and what is hidden."""
    found: list[str] = []
    pieces: list[str] = []
    runs: list[str | None] = []
    if not _is_silent(tree):
        _gather(tree, runs)
    for piece in (*runs, None):
        if piece is not None:
            pieces.append(piece)
            continue
        if pieces:
            run = "".join(pieces)
            pieces.clear()
            whole = "" if run.isspace() else one_line(run)[:LINE_LIMIT]  # most is the white space between blocks
            if whole:
                found.append(whole)
                if len(found) >= LINES:
                    break
    return tuple(found)


def _without_strays(text: str) -> str:
    """The markup without a second head that opens inside the body."""
    body = _BODY.search(text)
    stray = _HEAD.search(text, body.end()) if body else None
    while body and stray:
        text = text[: stray.start()] + text[stray.end() :]
        body = _BODY.search(text, stray.start())
        stray = _HEAD.search(text, body.end()) if body else None
    return text


def _without_raw(text: str) -> str:
    """The markup without the tags of such elements that have no end."""
    for name in _RAW:
        if f"<{name}" in text and f"</{name}" not in text:
            text = re.sub(rf"<{name}\b[^<>]{{0,2000}}>", "", text)
    return text


def _ended(text: str) -> str:
    """The markup in which what holds the story, and begins once, ends where it ends last."""
    for name in _STORY:
        end = f"</{name}>"
        if 1 < text.count(end) < STRAYS and len(re.findall(rf"<{name}\b", text)) == 1:
            text = text.replace(end, "", text.count(end) - 1)
    return text


def _parsed(text: str, *, huge: bool) -> tuple[Any, bool]:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    parser.set_element_class_lookup(_CLASSES)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    limited = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log) or (
        root is None and "<" in text
    )
    return (root if root is not None and isinstance(root.tag, str) else None), limited


def _is_blank(root: Any) -> bool:
    return root is None or not any(piece.strip() for piece in islice(root.itertext(), BLANKS))


def _closed(text: str) -> str:
    """The markup with the quote closed that was opened in a tag and never closed, and so swallowed the page."""
    for found in _OPENED.finditer(text):
        if text.find(found[1], found.end()) < 0:
            at = text.find("<", found.end())
            return f"{text[:at]}{found[1]}>{text[at:]}" if at > 0 else text
    return text


def _unwrap(root: Any, text: str) -> None:
    """Make plain divisions of elements that hold paragraphs only because they were never closed, or wrap the page."""
    for element in list(root.iter(*_NO_STORY)):
        if _holds(element, *_NO_STORY[element.tag]):
            element.tag = "div"
    for element in [one for one in root.iter(*_BESIDE) if _holds(one, 1, 80)]:
        if _left_open(text, element.tag):
            element.tag = "div"
            element.attrib.clear()


def _holds(element: Any, enough: int, length: int) -> bool:
    """Whether so many paragraphs of that length are in the element."""
    held = element.iterchildren("p") if element.tag == "table" else element.iter("p")
    long = (one for one in held if len("".join(islice(one.itertext(), PROPS))) >= length)
    return len(list(islice(long, enough))) == enough


def _left_open(text: str, name: str) -> bool:
    """Whether elements of this name are opened more often than closed, scripts aside."""
    for shown in (text, _SCRIPT.sub("", text)):
        if len(re.findall(rf"<{name}\b", shown, re.IGNORECASE)) <= len(
            re.findall(rf"</{name}\b", shown, re.IGNORECASE)
        ):
            return False
    return True


def _flattened(text: str) -> str:
    """The markup without the tags that nest deeper than `DEPTH`."""
    stack: list[str] = []
    pieces: list[str] = []
    at = 0
    for found in _TAG.finditer(text):
        closing, name = found[1], found[2].lower()
        if name in _VOID:
            continue
        if closing:
            keep = len(stack) <= DEPTH
            if name in stack[-16:]:
                while stack.pop() != name:
                    pass
        else:
            if stack and stack[-1] == name and name in _SELF_CLOSING:
                stack.pop()
            stack.append(name)
            keep = len(stack) <= DEPTH
        if not keep:
            between = text[at : found.start()]
            pieces += (between, " ") if between else ()
            at = found.end()
    pieces.append(text[at:])
    return "".join(pieces)


def _path(element: Any) -> tuple[str, ...] | None:
    """The names of the items around an element, outermost first; None inside an item about something else."""
    names: list[str] = []
    parent = element.getparent()
    if element.get("itemscope") is not None and _OTHER_TYPES.search(element.get("itemtype") or ""):
        return None
    for _ in range(DEPTH):
        if parent is None:
            break
        if parent.get("itemscope") is not None:
            if _OTHER_TYPES.search((parent.get("itemtype") or "").rstrip("/")):
                return None
            name = (parent.get("itemprop") or "").lower().split()
            if name and name[0] not in _STORY_ITSELF:
                names.append(name[0])
        parent = parent.getparent()
    return tuple(reversed(names[:4]))


def _value(element: Any) -> str:
    if element.get("itemscope") is not None:
        named = element.find('.//*[@itemprop="name"]')
        if named is not None:
            return _value(named)
    stated = element.get("content") or element.get("datetime")
    if stated is None and element.tag == "abbr" and _ISO.match(element.get("title") or ""):
        stated = element.get("title")
    if stated is None and element.tag in ("link", "img"):
        stated = element.get("href") or element.get("src")
    return stated if stated is not None else " ".join(islice(element.itertext(), PROPS))[:LINE_LIMIT]


def _gather(element: Any, pieces: list[str | None]) -> None:
    """Add the element's runs of text, and None wherever a line ends. Bounded by the depth that `parse` allows."""
    block = element.tag not in _INLINE
    if block:
        pieces.append(None)
    if words := element.text:
        pieces.append(words)
    for child in element:
        if _is_silent(child):
            if child.tag not in _INLINE:
                pieces.append(None)
        else:
            _gather(child, pieces)
        if words := child.tail:
            pieces.append(words)
    if block:
        pieces.append(None)


def _is_silent(element: Any) -> bool:
    """Whether nothing in the element is shown."""
    if element.tag in _SILENT or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None
