"""A capture decoded and parsed once: text, tree, meta, structured data, visible lines.

Never raises, for any bytes; never decides what a statement means (that is for `fields`) and never fetches anything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from itertools import accumulate
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from generator.document import _address, _data, _decode, _replay, _saved, _tree
from generator.document._address import web_address
from generator.errors import Finding
from generator.model import Capture

__all__ = ["Document", "read", "view", "web_address"]

P = ParamSpec("P")
R = TypeVar("R")

META_LIMIT = 2_000


@dataclass(frozen=True)  # no slots: what was read from it once is kept beside its fields
class Document:
    """What one capture says, taken apart: every field of an article is read from this value.

    `tree` is the lxml root (None for plain text and where nothing could be parsed) and must not be changed by its
    readers; `elements` are all in it, in order; `meta` maps lower-case names and properties to contents in order; `data` holds JSON-LD objects;
    `microdata` maps lower-case paths of `itemprop` (`author.name`) to texts; `marked` holds elements with their place
    in the document by tag, classes, id and `rel`; `lines` are the visible lines.
    """

    capture: Capture
    text: str
    charset: str
    tree: Any = None
    elements: tuple[Any, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    data: tuple[dict[str, Any], ...] = ()
    microdata: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    marked: Mapping[str, tuple[tuple[int, Any], ...]] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[str, ...] = ()
    url: str | None = None
    findings: tuple[Finding, ...] = ()

    @cached_property
    def host(self) -> str | None:
        """The host of the page without `www.`, lower case."""
        name = (urlsplit(self.url).hostname if self.url else None) or ""
        return name.removeprefix("www.") or None

    @cached_property
    def views(self) -> dict[Hashable, Any]:
        """What `view` keeps."""
        return {}

    def called(self, words: Collection[str]) -> Collection[str]:
        """Those keys of `marked` in which one of the words stands behind the tag; without words, all."""
        if not words:
            return self.marked.keys()
        starts, whole = self._index
        found: set[int] = set()
        for word in words:
            at = whole.find(word)
            while at >= 0:
                row = bisect_right(starts, at) - 1
                found.add(row)
                at = whole.find(word, starts[row + 1]) if row + 1 < len(starts) else -1
        keys = tuple(self.marked)
        return tuple(keys[row] for row in sorted(found))

    @cached_property
    def _index(self) -> tuple[list[int], str]:
        """The keys of `marked` without their tags as one text, and where each begins in it: one search looks through all."""
        rests = [marks.partition(" ")[2] for marks in self.marked]
        starts = [0, *accumulate(len(rest) + 1 for rest in rests)]
        return starts[:-1], "\n".join(rests)

    def first(self, *names: str) -> str | None:
        """The first content of the first of these meta names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), None)


def view(reading: Callable[Concatenate[Document, P], R]) -> Callable[Concatenate[Document, P], R]:
    """A reading of a document that several rooms ask for: made once for each document and arguments. It must be pure."""

    @wraps(reading)
    def kept(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (reading, args, *kwargs.items())
        if key not in document.views:
            document.views[key] = reading(document, *args, **kwargs)
        found: R = document.views[key]
        return found

    return kept


def read(capture: Capture) -> Document:
    """The capture decoded and parsed. Never raises.

    Of a copy in a web archive, `capture` in the result states the page's own address and the copy's moment.
    """
    where = str(capture.origin)
    decoded = _decode.decode(capture.body, capture.charset)
    findings = [Finding(code, where) for code in decoded.codes]
    if capture.media_type == "text/plain":
        lines = tuple(decoded.text.split("\n"))
        return Document(
            capture, decoded.text, decoded.charset, lines=lines, url=web_address(capture.url), findings=tuple(findings)
        )
    capture, text, copied = _replay.undone(capture, decoded.text)
    tree, cut = _tree.parse(text)
    if cut:
        findings.append(Finding("markup-limit", where))
    if tree is None:
        return Document(capture, text, decoded.charset, url=web_address(capture.url), findings=tuple(findings))
    if copied:
        _replay.strip(tree)
    _saved.restore(tree, text)
    meta = _tree.meta(tree, META_LIMIT)
    data, broken = _data.objects(_tree.scripts(tree))
    if broken:
        findings.append(Finding("structured-data-broken", where))
    elements = _tree.elements(tree)
    lines = _tree.lines(tree)
    return Document(
        capture=capture,
        text=text,
        charset=decoded.charset,
        tree=tree,
        elements=elements,
        meta=meta,
        data=data,
        microdata=_tree.microdata(tree),
        marked=_tree.marked(elements),
        lines=lines,
        url=_address.chosen(capture, tree, meta, lines),
        findings=tuple(findings),
    )
