"""Pages out of web archives and caches: the archive's own words taken out, and its addresses turned back into the page's.

Only in pages that are surely such copies: a story that cites an archive keeps its links. Never raises.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Any

from generator import mementos
from generator.model import Capture, Part

HEAD = 16_384  # characters in which an archive or the tool that saved the page says where it is from
TAIL = 4_096
BANNER = 1_500  # characters: no banner says more
MAX_BANNERS = 20
MAX_ANCESTORS = 12

_STAMPS = ("saved from url=(", "Page saved with SingleFile", '"savepage-url"')
_FROM = re.compile(
    r"saved from url=\(\d{1,6}\)(\S{10,4000})|Page saved with SingleFile\s{1,99}url:\s{0,9}(\S{10,4000})|"
    r"\"savepage-url\" content=\"([^\"]{10,4000})\""
)
# What an archive puts before each address, by the archive: `/web/20200101000000im_/`, `https://archive.ph/o/AbCdE/`
_REPLAYED = re.compile(
    r"(?<![\w./:%-])(?:(?:https?:)?(\\?/)\1[\w.-]{1,100}(?::\d{1,5})?)?(?:\\?/[\w.~-]{1,60}){0,5}?\\?/(?:\d{4,14}(?:[a-z]{2,4}_)?|[a-z]{2}_)\\?/(?=https?(?::|%3A)(?:\\?/){1,2}[\w\[])",
    re.IGNORECASE,
)
_TODAY = re.compile(r"https?://archive\.(?:today|is|ph|li|vn|fo|md)/o/\w{1,12}/(?=https?://)", re.IGNORECASE)
_AMP_CACHE = re.compile(
    r"https?://[\w-]{1,80}\.cdn\.ampproject\.org/(?:[a-z]{1,2}|wp)/(?:w\d{1,5}/)?(s/)?(?=[\w.-]{4,100}/)"
)
_TOOLBAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
# elements that archives and caches add, by their id
_IDS = (
    "wm-ipp-base", "wm-ipp", "wm-ipp-print", "wm-ipp-inside", "donato", "wm-capinfo", "_wb_plain_banner", "_wb_frame_top_banner",
    "wb_ait_banner", "bd_snap", "bd_snap_head", "bd_snap_txt", "bd_snap_note", "b_cpb", "yandex-cache-hdr", "ukwa-banner", "webarchive-banner",
)  # fmt: skip
_BANNERS = (
    "This is Google's cache of", "This is Google’s cache of", "You have reached the cached page for", "Below is a cache of", "This is a cache of",
    "The Wayback Machine - http", "以下是 Google 对", "这是 Google 对", "這是 Google 對",
)  # fmt: skip
_TODAY_IDS = ("HEADER", "FOOTER", "hashtags", "DIVSHARE")
_TODAY_HOST = re.compile(r"archive\.(?:today|is|ph|li|vn|fo|md)\b", re.IGNORECASE)


def undone(capture: Capture, text: str) -> tuple[Capture, str, bool]:
    """The capture with the page's own address and the copy's moment, the text with the page's own addresses, and whether
    this is a copy at all.
    """
    ends = text[:HEAD] + text[-TAIL:] if len(text) > HEAD + TAIL else text
    copy, archived = mementos.of(capture.url), mementos.is_archive(capture.url)
    told = mementos.stated(text if archived else ends)
    if not (copy or told or archived or _from_archive(ends)):
        return capture, text, False
    parts = tuple(replace(part, name=_undone(part.name)) for part in capture.parts)
    return _restated(replace(capture, parts=_each(parts)), copy, told), _undone(_without_toolbar(text)), True


def strip(tree: Any) -> None:
    """Take the banners of archives and caches out of the tree of a copy."""
    today = _is_today(tree)
    named = {element.get("id"): element for element in tree.iter() if element.get("id")}
    for name, element in named.items():
        if name in _IDS or "google-cache-hdr" in name or (today and name in _TODAY_IDS):
            _drop(element)
    if today:
        for element in [*tree.iter("meta", "link")]:
            if element.tag == "link" or not (element.get("charset") or element.get("http-equiv")):
                _drop(element)
    for banner in _banners(tree):
        _drop(banner)


def _from_archive(head: str) -> bool:
    at = next((place for stamp in _STAMPS if (place := head.find(stamp)) >= 0), -1)
    found = _FROM.match(head, at) if at >= 0 else None
    address = next((one for one in found.groups() if one), None) if found else None
    return mementos.of(address) is not None or mementos.is_archive(address)


def _restated(capture: Capture, copy: mementos.Memento | None, told: mementos.Memento | None) -> Capture:
    url, captured = capture.url, capture.captured
    if copy:
        captured = (
            copy.captured or (told.captured if told else None) or (None if mementos.is_archive(url) else captured)
        )
        return replace(capture, url=copy.url, captured=captured)
    if told and (url is None or mementos.is_archive(url)):
        return replace(capture, url=told.url, captured=told.captured or captured)
    return replace(capture, url=None) if mementos.is_archive(url) else capture


def _without_toolbar(text: str) -> str:
    begin = text.find(_TOOLBAR[0])
    end = text.find(_TOOLBAR[1], begin) if begin >= 0 else -1
    return text[:begin] + text[end + len(_TOOLBAR[1]) :] if end >= 0 else text


def _undone(text: str) -> str:
    bare = _TODAY.sub("", _REPLAYED.sub("", text))
    return _AMP_CACHE.sub(lambda found: f"http{'s' if found[1] else ''}://", bare) if "cdn.ampproject" in bare else bare


def _each(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple({part.name: part for part in reversed(parts)}.values())[::-1]


def _is_today(tree: Any) -> bool:
    """Whether this is a page of archive.today: its head tells the archive's story, not the page's."""
    head = next(iter(tree.xpath("//*[@id='HEADER']")), None)
    words = "".join(islice(head.itertext(), 200)) if head is not None else ""
    return "webpage capture" in words or bool(_TODAY_HOST.search(words))


def _banners(tree: Any) -> list[Any]:
    """The outermost small elements that hold nothing but a banner."""
    found: list[Any] = []
    for words in _BANNERS:
        for element in tree.xpath("//body//*[contains(text(), $words)]", words=words)[:MAX_BANNERS]:
            banner = element
            for _ in range(MAX_ANCESTORS):
                parent = banner.getparent()
                if parent is None or parent.tag in ("body", "html") or len("".join(parent.itertext())) > BANNER:
                    break
                banner = parent
            if len("".join(banner.itertext())) <= BANNER and banner.tag not in ("body", "html"):
                found.append(banner)
    return found


def _drop(element: Any) -> None:
    if element.getparent() is not None and element.tag not in ("html", "body", "head"):
        element.drop_tree()
