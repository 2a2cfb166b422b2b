"""The elements of an XML feed by short names, whatever prefixes and namespaces it has; their text, HTML and addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from lxml import etree

from generator.readers.exports.entry import address
from generator.readers.exports.markup import words

# namespaces without their last sign, lower case; what is not here keeps its elements to itself
_SPACES = {
    "": "",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns": "atom:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HTML_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,30}")
MAX_ABOVE = 8  # elements around one that may move its base

Named = Mapping[str, Sequence[Any]]


def name(element: Any) -> str:
    """`content:encoded`, `title`, `atom:link`: the element's name in lower case; nothing for what is none."""
    if not isinstance(element.tag, str):
        return ""
    space, closed, local = element.tag.rpartition("}")
    if not closed:
        return local.lower()  # a prefix that was never declared stays in front
    prefix = _SPACES.get(space.lstrip("{").rstrip("/#").lower())
    return "" if prefix is None else prefix + local.lower()


def children(element: Any) -> Named:
    """The element's children by name."""
    found: dict[str, list[Any]] = {}
    for child in element:
        found.setdefault(name(child), []).append(child)
    return found


def first(named: Named, *wanted: str) -> str:
    """The text of the first of these elements that has one."""
    return next((text for one in wanted for element in named.get(one, ()) if (text := plain(element))), "")


def every(named: Named, *wanted: str) -> tuple[str, ...]:
    """The texts of all these elements."""
    return tuple(text for one in wanted for element in named.get(one, ()) if (text := plain(element)))


def plain(element: Any) -> str:
    """The element's words; markup in them, escaped or not, is left out."""
    return words("".join(element.itertext()))


def html(element: Any) -> str:
    """What stands in the element, as HTML: markup as text, or markup as elements."""
    if not len(element):
        return element.text or ""
    inside = [escape(element.text or "", quote=False)]
    for child in element:
        if isinstance(child.tag, str):
            for one in child.iter("{*}*"):
                local = one.tag.rpartition("}")[2]
                one.tag = local if _HTML_NAME.fullmatch(local) else "span"
            etree.cleanup_namespaces(child)
        inside.append(etree.tostring(child, encoding="unicode", method="html"))
    return "".join(inside)


def base(element: Any) -> str | None:
    """What relative addresses in the element stand on, where the feed says so."""
    stated = [element.get(_BASE), *(above.get(_BASE) for above in list(element.iterancestors())[:MAX_ABOVE])]
    whole: str | None = None
    for one in reversed([part for part in stated if part]):
        whole = address(one, whole) or whole
    return whole


def language(element: Any) -> str:
    """The language that the element states."""
    return element.get(_LANG) or ""
