"""Feeds that were saved: RSS 0.9 to 2.0, Atom, JSON Feed. Entries with their whole text are pages, the others known stories.

Never fetches anything and never resolves an entity that a feed defines. After the RSS Advisory Board's specification, RSS 1.0
with its modules `content` and `dc`, RFC 4287 and JSON Feed 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.errors import Finding
from generator.model import Origin
from generator.readers.exports import records
from generator.readers.exports.entry import Entry, claims, found
from generator.readers.exports.markup import parse
from generator.readers.feeds import atom, jsonfeed, rss, whole
from generator.readers.feeds.item import Feed, Item
from generator.readers.found import Found, Near

SUFFIXES = frozenset({".rss", ".atom"})
BULK = False
FEED_IS_OUTLET = 0.5  # how far the title of a feed is the name of its outlet

_ROOT = re.compile(
    rb"(?:\s++|<\?[^>]{0,999}+>|<!--(?:[^-]|-(?!->)){0,3000}+-->|<!DOCTYPE\s[^>\[]{0,400}+(?:\[[^\]]{0,3000}+\]\s{0,9})?>)*+"
    rb"<(?:[a-z0-9]{1,20}:)?(rss|feed|rdf)\b",
    re.IGNORECASE,
)
_SPACES = {
    b"rss": (b"<",),
    b"rdf": (b'purl.org/rss/1.0/"', b"purl.org/rss/1.0/'", b"netscape.com/rdf/simple/0.9"),  # not a module of it
    b"feed": (b"www.w3.org/2005/Atom", b"purl.org/atom/ns#"),
}
_JSON = re.compile(rb'"version"\s{0,9}:\s{0,9}"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every reader has it
    """Whether this is a feed, by its first element or by the version that JSON Feed states."""
    bare = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if bare.startswith(b"{"):
        return bool(_JSON.search(bare))
    root = _ROOT.match(bare)
    return root is not None and any(space in bare for space in _SPACES[root[1].lower()])


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - nothing lies beside a feed
    """The entries of the feed."""
    raw = file.read()
    if raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        value, damaged = records.whole(raw)
        feed = jsonfeed.read(value)
    else:
        parsed = parse(raw)
        damaged = parsed.damaged
        feed = None if parsed.root is None else rss.read(parsed.root) or atom.read(parsed.root)
        if feed is not None and parsed.charset:
            yield Finding(parsed.charset, str(origin))
    if feed is None:
        yield Finding("archive-damaged", str(origin), "the feed cannot be read")
        return
    if damaged:
        yield Finding("archive-damaged", str(origin), "the feed is damaged; what could be read of it was read")
    if not feed.items:
        yield Finding("not-a-page", str(origin), "the feed has no entries")
    for item in feed.items:
        yield found(_entry(item, feed), origin)
    if feed.count > len(feed.items):
        yield Finding("archive-limit", str(origin), f"the feed has {feed.count} entries; {len(feed.items)} were read")


def _entry(item: Item, feed: Feed) -> Entry:
    return Entry(
        feed.title or "feed",
        item.key or item.url or item.title,
        item.url,
        item.title,
        whole.text(item.content, item.summary),
        summary=item.summary or item.content,
        language=item.language or feed.language,
        picture=item.picture,
        base=item.base if item.base != item.url else None,
        claims=claims(
            "feed",
            (
                ("headline", "title", item.title),
                ("byline", "author", item.authors),
                ("published", "published", item.published),
                ("modified", "updated", item.modified),
                ("tags", "category", item.tags),
                ("source", "source", item.source),
                ("rights", "rights", item.rights or feed.rights),
            ),
        )
        + claims("feed", (("publisher", "feed", feed.title),), FEED_IS_OUTLET),
    )
