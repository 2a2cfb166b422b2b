"""What a page loads, links to, and says of itself: one parse, nothing resolved, nothing judged. Pure, never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.check import active, styles

# What a browser fetches by itself: element and attribute. Links count as loads only with one of the LOADING relations.
LOADING = frozenset(
    {
        *(("audio", "src"), ("bgsound", "src"), ("body", "background"), ("embed", "src"), ("feimage", "href")),
        *(("feimage", "xlink:href"), ("frame", "src"), ("iframe", "src"), ("image", "href"), ("image", "src")),
        *(("image", "xlink:href"), ("img", "src"), ("img", "lowsrc"), ("input", "src"), ("object", "data")),
        *(("script", "href"), ("script", "src"), ("script", "xlink:href"), ("source", "src"), ("table", "background")),
        *(("td", "background"), ("th", "background"), ("tr", "background"), ("track", "src"), ("use", "href")),
        *(("use", "xlink:href"), ("video", "poster"), ("video", "src")),
    }
)
SETS = frozenset({("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")})
LOADING_RELATIONS = frozenset(
    {
        *("apple-touch-icon", "apple-touch-startup-image", "dns-prefetch", "icon", "import", "manifest", "mask-icon"),
        *("modulepreload", "preconnect", "prefetch", "preload", "prerender", "shortcut", "stylesheet"),
    }
)


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as read: `loads` and `links` are pairs of element and address, `data` the JSON within."""

    title: bool
    language: bool
    canonical: str
    ids: frozenset[str]
    loads: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    data: tuple[str, ...]
    active: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()


def read(raw: bytes) -> PageRead:
    """Read one page of HTML."""
    root = _parsed(raw, etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True))
    if root is None:
        return PageRead(title=False, language=False, canonical="", ids=frozenset(), loads=(), links=(), data=())
    title = root.find(".//title")
    ids: set[str] = set()
    loads: list[tuple[str, str]] = []
    links: list[tuple[str, str]] = []
    sources: list[str] = []
    running: dict[str, None] = {}
    twice: dict[str, None] = {}
    for element in root.iter(etree.Element):
        tag = element.tag.lower()
        own = element.get("id")
        if own and own in ids:
            twice[own] = None
        running |= dict.fromkeys(active.found(element, tag))
        ids.update(element.get(name, "") for name in ("id", "name") if name == "id" or tag == "a")
        loads.extend((tag, address) for address in _loads(element, tag))
        if _links(element, tag):
            links.append((tag, element.get("href", "")))
        if tag == "script" and active.is_data(element) and "src" not in element.attrib:
            sources.append(element.text or "")
    return PageRead(
        title=title is not None and bool("".join(map(str, title.itertext())).strip()),
        language=bool(root.get("lang", "").strip()),
        canonical=next((link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical"), ""),
        ids=frozenset(ids),
        loads=tuple(loads),
        links=tuple(links),
        data=tuple(sources),
        active=tuple(running),
        twice=tuple(twice),
    )


def drawing(raw: bytes) -> tuple[list[str], list[tuple[str, str]]]:
    """What an SVG file would run, and what it would load, as pairs of element and address."""
    running: list[str] = []
    loads: list[tuple[str, str]] = []
    root = _parsed(raw, etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True))
    for element in root.iter(etree.Element) if root is not None else ():
        tag = _local(str(element.tag))
        running += active.found(element, tag)
        loads += ((tag, address) for address in _drawn(element, tag))
    return running, loads


def _drawn(element: etree._Element, tag: str) -> Iterator[str]:
    for name, value in _attributes(element):
        if _local(name) in ("href", "src") and tag != "a" and not value.startswith("#"):
            yield value
    for style in (element.get("style", ""), element.text or "" if tag == "style" else ""):
        yield from styles.loads(style)


def _local(name: str) -> str:
    """A name without its name space, small; also one that is none, as a parser that mends may give."""
    return name.rpartition("}")[2].lower()


def _parsed(raw: bytes, parser: etree.HTMLParser | etree.XMLParser) -> etree._Element | None:
    try:
        root: etree._Element | None = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):  # nothing in it that could be an element
        return None
    return root


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in element.attrib.items())


def _loads(element: etree._Element, tag: str) -> Iterator[str]:
    for name, value in _attributes(element):
        if (tag, name) in SETS:
            yield from _candidates(value)
        elif (tag, name) in LOADING:
            yield value
        elif name == "style":
            yield from styles.loads(value)
    if tag == "link" and LOADING_RELATIONS & set(element.get("rel", "").lower().split()):
        yield element.get("href", "")
    elif tag == "style":
        yield from styles.loads(element.text or "")


def _links(element: etree._Element, tag: str) -> bool:
    if tag == "link":
        return bool(element.get("href")) and not LOADING_RELATIONS & set(element.get("rel", "").lower().split())
    return tag in ("a", "area") and "href" in element.attrib


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`: each up to white space, and what follows up to the next comma is its size."""
    rest = srcset
    while rest := rest.lstrip(" \t\n\r\f,"):
        address = rest.split(maxsplit=1)[0]
        yield address.rstrip(",")
        rest = rest[len(address) :]
        if not address.endswith(","):
            rest = rest.partition(",")[2]
