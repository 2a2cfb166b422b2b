"""Whether an answer's body is a page, and how much of it a reader would see.

Servers call pages `text/plain`, and scripts `text/html`: the bytes have the last word. Linear in the bytes; never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from generator.readers.html import binary

PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xhtml", "text/xhtml", "html"})
# types of which servers know nothing better: such a body is a page if it begins like one
_VAGUE_TYPES = frozenset({
    "", "text/plain", "text/xml", "application/xml", "application/octet-stream", "binary/octet-stream", "application/x-unknown",
    "application/unknown", "unknown/unknown", "content/unknown", "application/force-download", "text", "unknown",
})  # fmt: skip
_ROBOTS = frozenset(
    {"robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "sellers.json", "manifest.json"}
)
_OTHER_ENDINGS = (
    ".css", ".js", ".mjs", ".json", ".xml", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".ico", ".woff", ".woff2",
    ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".pdf", ".zip",
)  # fmt: skip
_OTHER_ROOTS = (
    b"<rss",
    b"<feed",
    b"<rdf:",
    b"<urlset",
    b"<sitemapindex",
    b"<svg",
    b"<opml",
    b"<opensearch",
    b"<plist",
    b"<wml",
)
_PROLOGUES = 12  # comments, declarations, style sheets before a document's first tag
SNIFFED = 65_536
MAX_FRAMES = 200  # of a page
TAG_BYTES = 4_096
HEAD_BYTES = 8_192
BINARY_BYTES = 1_024

_ROOT = re.compile(rb"<(?:!doctype\s{1,99}html|html|head|body|title|meta)[\s>]", re.IGNORECASE)
_TAG = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|div|p|article|main|section|table|h[1-6]|span|ul|ol|br|a|img|center|font)[\s>/]",
    re.IGNORECASE,
)
# an element of which nothing is seen, up to its end, though most tags are none by their first letter; or the text behind a tag
_SHOWN = re.compile(
    rb"<(?=[stni])(script|style|template|noscript|svg|title|iframe)(?![a-z])(?:[^<]++|<(?!/\1))*+|>\s*+([^<\s][^<]*+)",
    re.IGNORECASE,
)
_SPACES = b" \t\n\r\x0b\f"
_DATA = re.compile(
    rb"application/(?:ld\+)?json|__NEXT_DATA__|__next_f|__NUXT__|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__|articleBody"
)
_FRAME = re.compile(rb"<iframe\s")
_SOURCE = re.compile(
    rb"\ssrc\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s>\"']{1,4000}))", re.IGNORECASE
)
_BASE = re.compile(rb"<(?:base|BASE)\b[^>]{0,2000}?\bhref\s{0,9}=\s{0,9}[\"']?([^\s>\"']{1,4000})", re.IGNORECASE)


def is_page(body: bytes, media_type: str, url: str) -> bool:
    """Whether this is a page: by what it is called, and by how it begins."""
    if not body or binary(body[:BINARY_BYTES]) or _last_step(url) in _ROBOTS:
        return False
    begin = _beginning(body)
    if _ROOT.match(begin):
        return may_be_page(media_type)
    if media_type not in PAGE_TYPES or begin.startswith((b"{", b"[")) or begin[:16].lower().startswith(_OTHER_ROOTS):
        return False
    return bool(_TAG.search(_narrow(body[:SNIFFED])))


def may_be_page(media_type: str) -> bool:
    """Whether a body called so has to be looked at."""
    return media_type in PAGE_TYPES or media_type in _VAGUE_TYPES or media_type.startswith("image/")


def names_other(url: str) -> bool:
    """Whether the address names something that is no page, by its ending."""
    return _last_step(url).endswith(_OTHER_ENDINGS)


def seen(body: bytes, enough: int) -> int:
    """About how many bytes of text a reader of the page sees, counted no further than is enough."""
    total = 0
    for found in _SHOWN.finditer(_narrow(body)):
        if found[2]:
            total += len(found[2].replace(b"&nbsp;", b"").translate(None, _SPACES))
            if total >= enough:
                break
    return total


def holds_data(body: bytes) -> bool:
    """Whether a page carries its text as data for its scripts."""
    return bool(_DATA.search(_narrow(body)))


def frames(body: bytes) -> Iterator[str]:
    """The addresses that the page shows in frames of its own: of the first few."""
    for tag in islice(_FRAME.finditer(body), MAX_FRAMES):
        found = _SOURCE.search(body[tag.end() - 1 : tag.end() + TAG_BYTES].partition(b">")[0])
        if found:
            yield (found[1] or found[2] or found[3]).decode("utf-8", "replace").replace("&amp;", "&").strip()


def base(body: bytes) -> str:
    """What the page's relative addresses are relative to, as it says; empty where it does not say."""
    found = _BASE.search(body[:HEAD_BYTES])
    return found[1].decode("utf-8", "replace").replace("&amp;", "&") if found else ""


def _last_step(url: str) -> str:
    path = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    return path.rpartition("/")[2].lower()


def _narrow(body: bytes) -> bytes:
    """Text in UTF-16 as the ASCII in it; other text as it is."""
    return body.replace(b"\x00", b"") if body.startswith((b"\xff\xfe", b"\xfe\xff")) else body


def _beginning(body: bytes) -> bytes:
    """The body from its first tag that says what it is, or its first word."""
    rest = (
        _narrow(body[:SNIFFED])
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip()
    )
    for _ in range(_PROLOGUES):
        if rest.startswith(b"<!--"):
            rest = rest.partition(b"-->")[2].lstrip()
        elif rest.startswith(b"<?"):
            rest = rest.partition(b">")[2].lstrip()
        else:
            break
    return rest
