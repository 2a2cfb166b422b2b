"""Trafilatura's XML and TEI as what they say about a story and its text in markup.

Reads a parsed tree; every word of it is escaped. Readers' comments, which these files hold beside the text, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from generator import text
from generator.readers.copies.labels import web

MAX_DEPTH = 40  # elements in elements; what lies deeper is plain text
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "source": "url", "sitename": "publisher", "hostname": "", "source-hostname": "publisher", "excerpt": "standfirst", "categories": "section",
        "download": "captured", "date": "published", "id": "", "image": "",
    }
)  # fmt: skip

_PLAIN = {
    "p": "p",
    "ab": "p",
    "quote": "blockquote",
    "list": "ul",
    "item": "li",
    "table": "table",
    "row": "tr",
    "cell": "td",
    "code": "code",
    "del": "del",
}
_STYLES = {"#b": "strong", "#i": "em", "#t": "code", "#sub": "sub", "#sup": "sup"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEI = {
    "title": "titleStmt/title",
    "author": "titleStmt/author",
    "publisher": "publicationStmt/publisher",
    "date": "publicationStmt/date",
}


def taken(root: Any) -> tuple[dict[str, Any], str]:
    """What the document says by name, and its text as markup."""
    if _name(root) == "TEI":
        body = next((one for one in root.iter() if _name(one) == "div" and one.get("type") == "entry"), None)
        return _header(root), "" if body is None else "".join(_written(body, 0))
    main = next((one for one in root if _name(one) in ("main", "text", "body")), None)
    return {str(name): value for name, value in root.attrib.items()}, "" if main is None else "".join(_written(main, 0))


def _header(root: Any) -> dict[str, Any]:
    """The header of TEI, by the names that the XML has for the same."""
    values: dict[str, Any] = {}
    for element in root.iter():
        name, words = _name(element), text.squeeze(element.text or "")
        place = f"{_name(element.getparent())}/{name}" if element.getparent() is not None else name
        key = next((key for key, path in _TEI.items() if path == place), "")
        if name == "ptr" and element.get("type") == "URL":
            values.setdefault("url", element.get("target") or "")
        elif name == "term" and element.get("type") in ("tags", "categories"):
            values.setdefault(element.get("type"), words)
        elif name == "date" and element.get("type") == "download":
            values.setdefault("download", words)
        elif place == "abstract/p":
            values.setdefault("excerpt", words)
        elif key and words:
            values.setdefault(key, words.partition(" (")[0] if key == "publisher" else words)
        if name == "text":
            break
    return values


def _written(element: Any, depth: int) -> Iterator[str]:
    """What is in the element, and not the element itself."""
    if depth > MAX_DEPTH:
        yield escape(" ".join(element.itertext()), quote=False)
        return
    yield escape(element.text or "", quote=False)
    for child in element:
        name = _name(child)
        if name == "lb":
            yield "<br>"
        elif name == "graphic":
            yield _picture(child)
        elif name:
            tag, attributes = _tag(child, name)
            inner = "".join(_written(child, depth + 1))
            yield f"<{tag}{attributes}>{inner}</{tag}>" if tag else inner
        yield escape(child.tail or "", quote=False)


def _tag(element: Any, name: str) -> tuple[str, str]:
    rend = element.get("rend") or ""
    if (
        name == "head"
        or (name == "ab" and element.get("type") == "header")
        or (name in ("ab", "p") and rend in _HEADINGS)
    ):
        return (rend if rend in _HEADINGS else "h2"), ""
    if name == "hi":
        return _STYLES.get(rend, ""), ""
    if name == "ref":
        address = web(element.get("target") or "")
        return ("a", f' href="{escape(address)}"') if address else ("", "")
    if name == "list" and rend == "ol":
        return "ol", ""
    if name == "cell" and element.get("role") == "head":
        return "th", ""
    if name == "code" and _name(element.getparent()) in ("main", "div", "body"):
        return "pre", ""
    return _PLAIN.get(name, ""), ""


def _picture(element: Any) -> str:
    address = web(element.get("src") or "")
    words = escape(text.line(element.get("alt") or element.get("title") or ""))
    return f'<figure><img src="{escape(address)}"><figcaption>{words}</figcaption></figure>' if address else ""


def _name(element: Any) -> str:
    """The element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
