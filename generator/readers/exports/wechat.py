"""Pages of mp.weixin.qq.com: as wechat-article-exporter saves them, and as they are, with the scripts that say who and when.

After the exporter's `utils/download/Exporter.ts` and `shared/utils/html.ts` (the page's own elements by id, its scripts taken
out) and `shared/utils/renderer.ts` (elements of the exporter's own). What a page prints has no zone; what its scripts count in
seconds is shown on the clock of Beijing, as the service does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from html import unescape
from io import BytesIO
from typing import Any, BinaryIO

from lxml import etree

from generator.errors import Finding
from generator.model import Capture, Claim, Moment, Origin
from generator.readers import html
from generator.readers.exports import times
from generator.readers.exports.entry import Entry, address, claims, found
from generator.readers.found import Found, Near

MAX_BYTES = 64 * 1024 * 1024
BEIJING = timezone(timedelta(hours=8))

_EXPORTER = re.compile(rb"<html lang=\"zh_CN\">.{0,3000}\.__page_content__\s{0,9}\{", re.DOTALL)
_SERVICE = re.compile(
    rb"wechat-enable-text-zoom-em|//res\.wx\.qq\.com/(?:a/wx_fed|mmbizwap|mmbizappmsg)|id=\"?activity-detail\b"
)
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?: (\d{1,2}:\d\d))?")
_NICKNAME = re.compile(rb"var nickname\s{0,9}=\s{0,9}htmlDecode\([\"']([^\"'<>]{1,300})[\"']\)")
_SECONDS = re.compile(rb"var (?:ct|oriCreateTime)\s{0,9}=\s{0,9}[\"'](\d{9,11})[\"']")
_LINK = re.compile(rb"var msg_link\s{0,9}=\s{0,9}[\"'](https?:[^\"'\s<>]{8,2000})[\"']")


def accepts(head: bytes, name: str) -> bool:  # noqa: ARG001 - every tool has it
    """Whether this is one of the exporter's pages, or of the service's own."""
    return bool(_EXPORTER.search(head) or (_SERVICE.search(head) and html.accepts(head, "page.html")))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:
    """The one page in the file."""
    body = file.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        yield Finding("too-large", str(origin), f"the page has more than {MAX_BYTES} bytes")
        return
    page = _parsed(body)
    said, link = _said(page, body), _LINK.search(body)
    stated = (
        address(unescape(link[1].decode("latin-1")))
        if link
        else address(_attribute(page, ".//blockquote[@class='source']/a", "href"))
    )
    text = _text(page) if _EXPORTER.search(body[:4_096]) else None
    if text is not None:
        title = next((claim.value for claim in said if claim.field == "headline"), "")
        content = etree.tostring(text, encoding="unicode", method="html")
        entry = found(Entry("WeChat", "", stated, title, content, language="zh", claims=said, near=near), origin)
        if isinstance(entry, Capture):
            yield entry
            return
    for one in html.read(BytesIO(body), origin, near):
        yield replace(one, url=one.url or stated, claims=(*one.claims, *said)) if isinstance(one, Capture) else one


def _said(page: Any, body: bytes) -> tuple[Claim, ...]:
    nickname, seconds = _NICKNAME.search(body), _SECONDS.search(body)
    counted = times.moment(int(seconds[1])) if seconds else None
    account = unescape(nickname[1].decode("utf-8", "replace")) if nickname else ""
    return claims(
        "wechat",
        (
            ("headline", "title", _first(page, ".//*[@id='activity-name']", ".//h1[@class='title']")),
            ("publisher", "nickname", account or _first(page, ".//*[@id='js_name']", ".//*[@class='nick_name']")),
            ("byline", "author", _first(page, ".//*[@id='js_author_name']", ".//*[@class='author']")),
            ("published", "ct", Moment(counted.at.astimezone(BEIJING)) if counted else None),
            (
                "published",
                "publish_time",
                _printed(_first(page, ".//*[@id='publish_time']", ".//*[@class='create_time']")),
            ),
        ),
    )


def _text(page: Any) -> Any:
    """The element that holds the story."""
    if page is None:
        return None
    content = page.find(".//*[@id='js_content']")
    sections = (one for one in page.iter("section") if one.get("class", "").startswith("item_show_type_"))
    return content if content is not None else next(sections, None)


def _parsed(body: bytes) -> Any:
    try:
        return etree.fromstring(body, etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False))
    except (etree.LxmlError, ValueError):
        return None


def _attribute(page: Any, path: str, name: str) -> str | None:
    element = page.find(path) if page is not None else None
    return None if element is None else element.get(name)


def _first(page: Any, *paths: str) -> str:
    elements = (page.find(path) for path in paths) if page is not None else ()
    return next(("".join(one.itertext()).strip() for one in elements if one is not None), "")


def _printed(text: str) -> Moment | None:
    date = _CHINESE.fullmatch(text)
    if date is None:
        return times.moment(text)
    year, month, day, clock = date.groups()
    return times.moment(f"{year}-{month:0>2}-{day:0>2}" + (f" {clock:0>5}" if clock else ""))
