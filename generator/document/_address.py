"""Which address is the story's, where the page was saved from another than it calls its own.

Believes a page about its own site only: no page moves a story to another. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from generator import mementos, text
from generator.document import _tree
from generator.model import Capture

URL_LIMIT = 4_000
FOOT = 60  # lines at the end of a page made for printing, and at its beginning
LABEL = 80  # characters
MAX_ASKED = 40

# hosts and steps of an address that show a story in another dress
_HOSTS = re.compile(r"(?:m|mobile|mobil|amp|wap|touch|3g|4g|i|print|lite|text)\d?$", re.IGNORECASE)
_STEPS = re.compile(
    r"(?:amp|print|printable|printer|printview|print-view|print_article|printarticle|drucken|druckversion|imprimer|imprimir|stampa|wap|mobile)$",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:[._-](?:amp|print|printer|printable|druck)(?:\.(?:s?html?|php|aspx?|jsp))?|(?:print(?:view|version|page|story|article)?|amp)\.(?:s?html?|php|aspx?|jsp))$",
    re.IGNORECASE,
)
_ASKED = frozenset(
    "amp print output outputtype view mode display format layout type service pagewanted action version".split()  # noqa: SIM905
)
_DRESSES = frozenset(("amp", "print", "printable", "printer", "mobile", "wap"))
_SURE = frozenset("amp print printable printversion printpage printview printer printmode".split())  # noqa: SIM905
_YES = frozenset(("", "1", "true", "yes", "y"))
_LABELS = re.compile(
    r"(?:find this article at|clipped from|article printed from|printed from|print(?:ed)? (?:story|article) (?:at|from)|url to (?:this )?article|(?:original|source|article|full) url|"
    r"permalink|original (?:article|story) (?:at|url)|vollständiger artikel unter|artikel-url|url des artikels|adresse de l['’]article|"
    r"本文网址|本文網址|原文地址|文章地址|本页网址|网址|この記事のurl|記事のurl)\s{0,3}[:：]?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"https?://[^\s<>\"'（）()\[\]，。；、]{4,2000}")
_LOCAL = re.compile(r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|.{1,200}\.(?:local|internal|lan))$", re.IGNORECASE)


def chosen(capture: Capture, tree: Any, meta: Mapping[str, tuple[str, ...]], lines: tuple[str, ...]) -> str | None:
    """The story's address: the one that the page was saved from, or the page's own name for it.

    The page's own word counts where nothing else is known, and where the page was saved from a variant of itself (AMP, for
    printing, for telephones) and names another address on its own site.
    """
    saved = web_address(capture.url)
    if saved and _LOCAL.match(urlsplit(saved).hostname or ""):
        saved = None  # somebody's own server, that showed a copy
    own = next(_own(tree, meta, saved), None)
    if saved is None:
        return own or _printed(lines, None) or web_address(capture.url)
    if not (_is_amp(tree) or is_variant(saved)):
        return saved
    other = own or _printed(lines, saved)
    return other if other and _may_replace(other, saved) else saved


@lru_cache(maxsize=2_048)  # the links of one page are met by several passes
def web_address(url: str | None, base: str | None = None) -> str | None:
    """The URL where it is an absolute http(s) one of reasonable length (made so with `base`), otherwise None."""
    if not url:
        return None
    flat = "".join(url.split())
    try:
        whole = text.absolute(flat, base) if base else flat
        parts = urlsplit(whole)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
    except ValueError:
        return None
    return whole if known and len(whole) <= URL_LIMIT and whole.isprintable() else None


def is_variant(url: str) -> bool:
    """Whether the address shows a story in another dress: as AMP, for printing, for telephones."""
    parts = urlsplit(url)
    if _HOSTS.match((parts.hostname or "").partition(".")[0]):
        return True
    steps = [step for step in parts.path.split("/") if step]
    if any(_STEPS.match(step) for step in steps) or (steps and _NAMES.search(steps[-1])):
        return True
    asked = [(key.lower(), value.lower()) for key, value in parse_qsl(parts.query, keep_blank_values=True)[:MAX_ASKED]]
    return any((key in _ASKED and value in _DRESSES) or (key in _SURE and value in _YES) for key, value in asked)


def _own(tree: Any, meta: Mapping[str, tuple[str, ...]], saved: str | None) -> Iterator[str]:
    """What the page calls itself; never the address of an archive that shows it."""
    for url in (*_tree.links(tree, "canonical"), *meta.get("og:url", ()), *meta.get("twitter:url", ())):
        good = web_address(url, saved)
        copy = mementos.of(good)
        if copy:
            good = web_address(copy.url)
        if good and not mementos.is_archive(good):
            yield good


def _is_amp(tree: Any) -> bool:
    return any(name in tree.attrib for name in ("amp", "⚡", "amp4ads"))


def _may_replace(own: str, saved: str) -> bool:
    """Whether the page's own address may stand for the one it was saved from: on the same site, and not of its front page."""
    one, other = urlsplit(own), urlsplit(saved)
    if own == saved or not _same_site(one.hostname or "", other.hostname or ""):
        return False
    return (bool(one.path.strip("/")) or bool(one.query)) or not other.path.strip("/")


def _same_site(one: str, other: str) -> bool:
    """The same host but for names that say only in which dress it shows its pages, or one below the other."""
    first, second = _bare(one.lower().rstrip(".")), _bare(other.lower().rstrip("."))
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def _bare(host: str) -> str:
    steps = host.split(".")
    while len(steps) > 2 and (steps[0] == "www" or _HOSTS.match(steps[0])):
        steps = steps[1:]
    return ".".join(steps)


def _printed(lines: tuple[str, ...], saved: str | None) -> str | None:
    """The address that a page made for printing prints at its head or foot."""
    near = (*lines[:FOOT], *lines[-FOOT:]) if len(lines) > 2 * FOOT else lines
    for at, line in enumerate(near):
        label = _LABELS.match(line[:LABEL].strip())
        if not label:
            continue
        shown = _WRITTEN.search(" ".join((line, *near[at + 1 : at + 2]))[:URL_LIMIT])
        url = web_address(shown[0].rstrip(".,;:")) if shown else None
        if url is None or mementos.is_archive(url) or not urlsplit(url).path.strip("/") + urlsplit(url).query:
            continue  # the site's, not the story's
        if saved is None or _may_replace(url, saved):
            return url
    return None
