"""The outlet's profile as a page's links and last lines give it: key, name, channels, regions, friends, standing pages.

Names no outlet; a profile is only what the page shows. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator import text
from generator.document import Document, web_address
from generator.furniture import lines, sites
from generator.furniture.lists import headed, short_text
from generator.model import Link, Outlet
from generator.phrases import heads

MAX_ELEMENTS = 120_000
MAX_NAMES = 80
MIN_CHANNELS = 4
FOOTER_LINES = 80
MAX_ABOUT = 600
MIN_ABOUT = 20

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BEFORE_FRIENDS = frozenset(("div", "p", "span", "strong", "b", "h2", "h3", "h4", "h5", "dt", "a", "li", "td"))
_NAV = re.compile(
    r"(?:^|[\s_-])(?:nav|navi|navbar|navigation|menu|channels?|topnav|mainnav)(?:$|[\s_-])", re.IGNORECASE
)
_is_menu = text.met(_NAV)
_NOT_NAV = re.compile(r"breadcrumb|footer|social|share|user|login|lang", re.IGNORECASE)


def links(names: Iterable[str]) -> tuple[Link, ...]:
    """Names without addresses, each once."""
    return tuple(Link(name) for name in text.unique(names))


def outlet(document: Document) -> Outlet | None:
    """The profile that a saved page gives, or None where it has neither address nor name."""
    name = _name(document)
    named = sites.key(document.url, name)
    if named is None or document.tree is None:
        return None
    regions: list[Link] = []
    standing: list[Link] = []
    named_links = {element: _short_name(element) for element in _anchors(document.tree)}
    for element, words in named_links.items():
        kind = lines.kind(words)
        link = _link(element, words, document) if kind in ("region", "standing") else None
        if link is not None:
            (regions if kind == "region" else standing).append(link)
    channels = [link for link in _navigation(document, named_links) if link.name != name]
    footer = _footer(document.lines)
    return Outlet(
        key=named,
        name=name,
        url=sites.root(document.url),
        channels=_once(channels) if len(channels) >= MIN_CHANNELS else (),
        regions=_once(regions) if lines.regions(link.name for link in regions) else (),
        friends=_once(_friends(document)),
        standing=_once(standing),
        licences=text.unique(number for line in document.lines[-FOOTER_LINES:] for number in lines.licences(line)),
        address=text.unique(line for line in footer if len(line) <= MAX_ABOUT and lines.is_address(line)),
        about=text.unique(
            line
            for line in footer
            if name and line.startswith(name) and MIN_ABOUT <= len(line) <= MAX_ABOUT
            if not lines.licences(line) and not lines.is_address(line)
        ),
    )


def _name(document: Document) -> str | None:
    stated = document.first("og:site_name", "application-name")
    if stated is None:
        publishers = [thing.get("publisher") for thing in document.data]
        stated = next(
            (one["name"] for one in publishers if isinstance(one, dict) and isinstance(one.get("name"), str)), None
        )
    return text.cut(text.line(stated), 80) or None if stated else None


def _anchors(tree: Any) -> Iterator[Any]:
    for count, element in enumerate(tree.iter("a")):
        if count > MAX_ELEMENTS:
            return
        if element.get("href"):
            yield element


def _link(element: Any, name: str, document: Document) -> Link | None:
    """A short link of the same site, by name."""
    if not name:
        return None
    url = web_address(element.get("href"), document.url)
    if url is None or document.url is None:
        return Link(name) if document.url is None else None
    return Link(name, url) if sites.same(url, document.url) else None


def _short_name(element: Any) -> str:
    """The link's name where it is as short as names in menus are, otherwise nothing."""
    name = short_text(element)
    short = len(name) <= 28 and (len(name) <= 12 or not _HAN.search(name))
    return name if short and any(map(str.isalpha, name)) else ""


def _navigation(document: Document, named_links: Mapping[Any, str]) -> list[Link]:
    """Channels: short links in menus that are not at the foot of the page."""
    found: list[Link] = []
    taken: set[Any] = set()
    known: dict[Any, Link | None] = {}  # menus lie in menus
    for count, element in enumerate(document.tree.iter("nav", "ul", "div", "header", "table")):
        if count > MAX_ELEMENTS or len(found) >= MAX_NAMES:
            break
        named = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
        if (element.tag != "nav" and not _is_menu(named)) or _NOT_NAV.search(named):
            continue
        anchors = [one for one in element.iter("a") if one.get("href") and one not in taken][: MAX_NAMES * 2]
        for one in anchors:
            if one not in known:
                known[one] = _channel(one, named_links.get(one, ""), document)
        made = [link for one in anchors if (link := known[one]) is not None]
        if len(made) >= MIN_CHANNELS and len(made) * 2 >= len(anchors):
            taken.update(anchors)
            found += made
    return found[:MAX_NAMES]


def _channel(element: Any, name: str, document: Document) -> Link | None:
    if not name or lines.kind(name) != "channel" or heads.head(name) == "share":
        return None
    return _link(element, name, document)


def _friends(document: Document) -> list[Link]:
    """Links under the head of the friend links, in the nearest element around it that holds at least two."""
    for element, _, kind in headed(document):
        if kind != "friends" or element.tag not in _BEFORE_FRIENDS:
            continue
        around = element
        for _ in range(4):
            around = around.getparent()
            if around is None or around.tag in ("body", "html"):
                break
            made = [_friend(one, document) for one in list(around.iter("a"))[:MAX_NAMES] if one is not element]
            named = [link for link in made if link is not None]
            if len(named) >= 2:
                return named
    return []


def _friend(element: Any, document: Document) -> Link | None:
    name = short_text(element)
    url = web_address(element.get("href"), document.url)
    return Link(name, url) if name and url and lines.kind(name) == "channel" else None


def _footer(visible: Sequence[str]) -> tuple[str, ...]:
    """The last lines of the page, from the first licence or friend links among them on."""
    last = visible[-FOOTER_LINES:]
    for index, line in enumerate(last):
        if lines.licences(line) or heads.head(line) == "friends" or "©" in line[:80] or "版权所有" in line[:200]:
            return tuple(last[max(0, index - 4) :])
    return ()


def _once(found: Iterable[Link]) -> tuple[Link, ...]:
    kept: dict[str, Link] = {}
    for link in found:
        kept.setdefault(text.fold(link.name), link)
    return tuple(kept.values())[:MAX_NAMES]
