"""One article in a file as the extractors write it: Trafilatura's XML, TEI and HTML, and JSON of Trafilatura, newspaper, news-please,
goose, Readability and their like.

Takes a file only where its first bytes have the shape of such an article: JSON and XML promise nothing by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from generator.errors import Finding
from generator.model import Capture, Origin
from generator.readers import articlelists
from generator.readers.copies import labels, letters, pages, shapes, trees
from generator.readers.exports.markup import parse
from generator.readers.found import Found, Near
from generator.readers.html import binary

SUFFIXES: frozenset[str] = frozenset()
BULK = False

_BOM = b"\xef\xbb\xbf"
_XML = re.compile(
    rb"\s{0,99}(?:<\?xml[^>]{0,200}\?>\s{0,99})?<(?:doc\s[^>]{0,4000}|doc>\s{0,99}<main>|TEI\s[^>]{0,400}tei-c\.org/ns/1\.0)",
    re.IGNORECASE,
)
_DOC = re.compile(rb"<doc\s[^>]{0,4000}?\b(?:fingerprint|hostname|sitename|title|excerpt|source)=|<doc>\s{0,99}<main>")
_HTML = re.compile(
    rb"\s{0,99}<html>\s{0,99}<head>\s{0,99}<meta name=\"(?:sitename|title|author|date|url|hostname)\" content="
)
_META = re.compile(r"<meta name=\"([a-z-]{2,30})\" content=\"([^\"]{0,4000})\"\s?/?>")


def accepts(head: bytes, name: str) -> bool:
    """Whether this is such an article by its first bytes."""
    bare = head.removeprefix(_BOM)
    if binary(head) or bare.lstrip().startswith(b"[") or articlelists.accepts(head, name):
        return False
    return _is_xml(bare) or _is_html(bare) or shapes.known(bare)


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The one article in the file."""
    raw = file.read()
    bare = raw.removeprefix(_BOM)
    if _is_xml(bare[:8_000]):
        found = _tree(raw, origin)
    elif _is_html(bare[:4_096]):
        found = _page(raw, origin)
    else:
        record, cut = shapes.parsed(letters.decoded(raw))
        found = shapes.capture(record, origin, cut=cut) if isinstance(record, dict) else None
        if cut:
            kept = "what stands before was read" if found else "nothing of it was read"
            yield Finding("archive-damaged", str(origin), f"the JSON of the article is cut short or damaged; {kept}")
            if found is None:
                return
    yield found or Finding(
        "not-a-page", str(origin), "no article is in it: it has none of the shapes that the extractors write"
    )


def _is_xml(head: bytes) -> bool:
    return bool(_XML.match(head)) and (b"<TEI" in head[:2_000] or bool(_DOC.search(head)))


def _is_html(head: bytes) -> bool:
    return bool(_HTML.match(head)) and b'name="fingerprint"' in head


def _tree(raw: bytes, origin: Origin) -> Capture | None:
    root = parse(raw).root
    if root is None:
        return None
    values, markup = trees.taken(root)
    if not markup.strip():
        return None
    return _capture(values, pages.page(markup, str(values.get("title") or "")), origin, "application/xml")


def _page(raw: bytes, origin: Origin) -> Capture:
    values = dict(_META.findall(letters.decoded(raw[:65_536])))
    return _capture(values, raw, origin, "text/html")


def _capture(values: dict[str, Any], body: bytes, origin: Origin, media_type: str) -> Capture:
    stated = labels.stated(values, "trafilatura", trees.NAMES)
    charset = pages.CHARSET if media_type != "text/html" else None
    return Capture(body, origin, media_type, charset, stated.url, stated.captured, claims=stated.claims, whole=True)
