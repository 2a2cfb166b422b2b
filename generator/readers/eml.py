"""Newsletters kept as mail: one message as a page, with the pictures that came in it and the saved pages attached to it.

A letter was published when it was sent, by who sent it, under its subject; of its addresses only one that is plainly the
public page of this letter is believed, never one that names the reader. Never raises for any bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO
from urllib.parse import parse_qsl, urlsplit

from generator.errors import Finding
from generator.model import SNIPPET, Capture, Claim, Origin
from generator.readers import _headers, _mime, _within, mhtml
from generator.readers._headers import Headers
from generator.readers._mime import Leaf, Message
from generator.readers.found import Found, Member, Near
from generator.text import cut, fold

SUFFIXES = frozenset({".eml", ".emlx"})
BULK = False
MAX_NESTING = 4  # messages in messages
MAX_ATTACHED = 200  # pages and messages inside one file
MAX_LINKS = 400
SLIGHT = 200  # bytes of a covering note
FORWARDED = 0.5  # how far the subject of a letter that was passed on is believed

_FIELDS = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")
_LETTER = frozenset({"list-id", "list-unsubscribe", "list-post", "feedback-id", "precedence"})
_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".webarchive", ".warc", ".warc.gz", ".wacz")
_PAGE_TYPES = {
    "text/html": ".html", "application/pdf": ".pdf", "message/rfc822": ".eml", "application/x-mimearchive": ".mhtml", "application/x-webarchive": ".webarchive", "application/warc": ".warc",
}  # fmt: skip
_ENCRYPTED = frozenset({"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})

# what letters call their own page, folded
VIEW = {
    "en": ("view in browser", "view in your browser", "view this email in", "view online", "view it in your browser", "read online",
           "open in browser", "open in your browser", "web version", "view this post on the web", "view as a web page", "view on web"),
    "zh": ("在浏览器中", "在瀏覽器中", "网页版", "網頁版", "在线阅读", "線上閱讀", "浏览器查看", "瀏覽器檢視"),
    "ja": ("ブラウザで", "web版", "ウェブ版", "オンラインで"),
    "ko": ("브라우저에서", "웹에서 보기"),
    "de": ("im browser", "online-version", "onlineversion", "webversion", "online ansehen"),
    "fr": ("dans votre navigateur", "dans le navigateur", "version en ligne", "version web", "dans un navigateur"),
    "es": ("en el navegador", "en tu navegador", "en su navegador", "versión web", "versión en línea"),
    "it": ("nel browser", "nel tuo browser", "versione web", "versione online"),
    "pt": ("no navegador", "no seu navegador", "no browser", "versão web", "versão online"),
    "nl": ("in je browser", "in uw browser", "in de browser", "webversie", "online versie"),
    "ru": ("в браузере", "веб-версия", "веб-версию"),
    "pl": ("w przeglądarce",), "cs": ("v prohlížeči",), "tr": ("tarayıcıda", "tarayıcınızda"), "uk": ("у браузері",),
    "sv": ("i webbläsaren", "i din webbläsare"), "da": ("i browseren", "i din browser"), "nb": ("i nettleseren", "i nettleser"),
    "fi": ("selaimessa",), "hu": ("böngészőben",), "ar": ("في المتصفح",),
}  # fmt: skip
# what mail programs write before the subject of a letter that was passed on or answered, by language
PASSED_ON = {
    "en": ("fwd", "fw", "re"), "zh": ("转发", "轉寄", "轉發", "回复", "回覆", "答复"), "de": ("wg", "aw"), "fr": ("tr", "rép"), "es": ("rv",),
    "it": ("i", "r", "rif"), "pt": ("enc", "res"), "nl": ("doorst", "antw"), "pl": ("pd", "odp"), "sv": ("vb", "sv"), "da": ("vs",),
    "fi": ("vl",), "tr": ("ilt", "ynt"), "ru": ("пересл", "отв"), "ja": ("転送",), "ko": ("전달",),
}  # fmt: skip

_VIEW = tuple(phrase for phrases in VIEW.values() for phrase in phrases)
_PASSED_ON = re.compile(
    rf"\s{{0,9}}(?:{'|'.join(re.escape(word) for words in PASSED_ON.values() for word in words)})\s?(?:\[\d{{1,3}}\])?\s?[:：]\s{{0,9}}",
    re.IGNORECASE,
)
_LINK = re.compile(r"<a\b([^<>]{1,6000})>(.{0,400}?)</a", re.IGNORECASE | re.DOTALL)
_HREF = re.compile(r"\bhref\s{0,9}=\s{0,9}(?:\"([^\"]{1,4000})\"|'([^']{1,4000})'|([^\s>\"']{1,4000}))", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WEB = re.compile(r"https?://[^\s<>\"')\]]{4,2000}")
_TRACKING = re.compile(r"utm_|mc_cid|mc_eid$|ref$|source$", re.IGNORECASE)
_OPAQUE = re.compile(r"[A-Za-z0-9_=%.]*(?=[A-Za-z]{0,40}\d)[A-Za-z0-9]{16,}|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_MAIL_HOST = re.compile(r"(?:click|clicks|link|links|track|tracking|trk|email|mail|e|t|go|r)\d{0,3}[.-]", re.IGNORECASE)
_LENGTH = re.compile(rb"\s{0,99}(\d{1,10})\s{1,99}")  # Apple's mail program writes it above the message


def accepts(head: bytes, name: str) -> bool:
    """Whether a message begins here that was sent."""
    headers = _mime.opening(_bare(head))
    if name.lower().endswith(tuple(SUFFIXES)):
        return any(field in headers for field in _FIELDS)
    if "from" not in headers:
        return False
    sent = any(field in headers for field in mhtml.SENT)
    return sent or ("mime-version" in headers and ("to" in headers or "message-id" in headers))


def read(file: BinaryIO, origin: Origin, near: Near) -> Iterator[Found]:  # noqa: ARG001 - every reader has it
    """The letter in the file, the letters inside it, and the saved pages attached."""
    yield from _letter(_bare(file.read()), origin, MAX_NESTING, iter(range(MAX_ATTACHED)))


def _letter(raw: bytes, origin: Origin, nesting: int, allowance: Iterator[int]) -> Iterator[Found]:
    message = _mime.parse(raw)
    inner = [leaf for leaf in message.leaves if _page_name(leaf)]
    page = _page(message, inner)
    if page is not None and not (inner and len(_words(page)) < SLIGHT):
        yield _capture(message, page, origin)
    elif any(leaf.media_type in _ENCRYPTED for leaf in message.leaves):
        yield Finding("encrypted", str(origin), "the message is encrypted or sealed")
    elif not inner:
        yield Finding("not-a-page", str(origin), "the message holds no text")
    for leaf in inner:
        if next(allowance, None) is None:
            yield Finding(
                "archive-limit", str(origin), f"more than {MAX_ATTACHED} pages are attached; the rest was left"
            )
            break
        yield from _attached(leaf, origin, nesting, allowance)
    damage = message.damage()
    if damage:
        yield Finding("archive-damaged", str(origin), f"{damage}; what could be read of it was read")
    if message.limited:
        yield Finding("archive-limit", str(origin), f"{message.limited}; the rest of it was left")


def _attached(leaf: Leaf, origin: Origin, nesting: int, allowance: Iterator[int]) -> Iterator[Found]:
    """A saved page in its own file; a letter in a letter is read here, so that no depth of them is a depth of calls."""
    body, name = leaf.body(), f"{leaf.number}-{_page_name(leaf)}"
    inside = replace(origin, member=f"{origin.member}/{name}" if origin.member else name)
    if not accepts(body[: _mime.HEAD], name) or mhtml.accepts(body[: _mime.HEAD], name):
        yield Member(name, BytesIO(body), len(body))
    elif nesting:
        yield from _letter(_bare(body), inside, nesting - 1, allowance)
    else:
        yield Finding("archive-limit", str(inside), f"messages are nested more than {MAX_NESTING} deep")


def _capture(message: Message, page: Leaf, origin: Origin) -> Capture:
    body = page.body()
    charset = _mime.believed(page.charset, body)
    is_html = page.media_type == "text/html"
    stated = _within.stated(filter(None, (_address(message),)), b"")
    place = page.headers.address("content-base") or page.headers.address("content-location") or page.base
    return Capture(
        body,
        origin,
        media_type=page.media_type,
        charset=charset,
        url=stated.url,
        captured=_headers.moment(message.headers.raw("date")),
        parts=_within.pictures(body, place, message.resources()) if is_html else (),
        claims=tuple(_claims(message.headers, page.charset, is_html=is_html)),
    )


def _claims(headers: Headers, hint: str | None, *, is_html: bool) -> Iterator[Claim]:
    """What the envelope says: nothing of the sender and the day where somebody passed the letter on."""
    subject = headers.text("subject", hint)
    bare = subject
    while found := _PASSED_ON.match(bare):
        bare = bare[found.end() :]
    letter = any(field in headers for field in _LETTER)
    passed_on = bare != subject and not letter  # a list does not pass on: such a subject is to look like a friend's
    if bare:
        sure = 0.66 if is_html else 0.84  # a text has no headline of its own
        yield Claim("headline", (bare,), "eml:subject", FORWARDED if passed_on else sure, cut(subject, SNIPPET))
    if passed_on:
        return
    name = _headers.sender(headers, hint)
    if name:
        yield Claim("publisher", (name,), "eml:from", 0.6 if letter else 0.4, cut(headers.text("from", hint), SNIPPET))
    sent = _headers.moment(headers.raw("date"))
    if sent:
        yield Claim("published", (str(sent),), "eml:date", 0.84, cut(headers.raw("date"), SNIPPET))


def _page(message: Message, inner: list[Leaf]) -> Leaf | None:
    """The letter itself: the longest HTML that is not attached, else the first text."""
    own = [leaf for leaf in message.leaves if leaf not in inner and not leaf.attached]
    pages = [leaf for leaf in own if leaf.media_type == "text/html" and leaf.head().strip()]
    texts = (leaf for leaf in own if leaf.media_type == "text/plain" and leaf.head().strip())
    return max(pages, key=lambda leaf: leaf.end - leaf.start, default=None) or next(texts, None)


def _page_name(leaf: Leaf) -> str:
    """The file name of an attached page; empty for all else."""
    if leaf.media_type == "message/rfc822":
        return _plain(leaf.name, ".eml")
    if not (leaf.attached or (leaf.name and leaf.number > 1)):
        return ""
    ending = _PAGE_TYPES.get(leaf.media_type, "")
    known = leaf.name.lower().endswith((*_PAGES, *SUFFIXES))
    return _plain(leaf.name, ending) if ending or known else ""


def _plain(name: str, ending: str) -> str:
    """The name without any folder, and with the ending of its kind."""
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(char for char in last if char.isprintable())[-80:].lstrip(".") or "part"
    return shown if shown.lower().endswith((*_PAGES, *SUFFIXES)) else shown + ending


def _words(leaf: Leaf) -> str:
    return " ".join(_TAG.sub(" ", _text(leaf)[: SLIGHT * 200]).split())


def _text(leaf: Leaf) -> str:
    return _headers.readable(leaf.body()[: 2 * 1024 * 1024], leaf.charset)


def _address(message: Message) -> str:
    """The public page of this letter. The home of a list is another page, and so is a link that knows its reader."""
    archived = message.headers.address("archived-at")
    if archived:
        return archived
    letters = [leaf for leaf in message.leaves if not leaf.attached and leaf.media_type in ("text/html", "text/plain")]
    found = (link for leaf in letters[:4] for link in _view_links(leaf))
    return next((link for link in found if _is_public(link)), "")


def _view_links(leaf: Leaf) -> Iterator[str]:
    text = _text(leaf)
    if leaf.media_type == "text/html":
        for number, link in enumerate(_LINK.finditer(text)):
            words = fold(html.unescape(_TAG.sub(" ", link[2])))
            href = _HREF.search(link[1])
            if href and len(words) <= 80 and any(phrase in words for phrase in _VIEW):
                yield html.unescape(href[1] or href[2] or href[3]).strip()
            if number == MAX_LINKS:
                return
        return
    lines = text.split("\n")[:60]
    for number, line in enumerate(lines):
        if len(line) <= 200 and any(phrase in fold(line) for phrase in _VIEW):
            yield from (found[0] for found in _WEB.finditer("\n".join(lines[number : number + 2])))


def _is_public(link: str) -> bool:
    """Whether an address is the same for every reader: no counting host, no token in its path or its query."""
    try:
        parts = urlsplit(link)
        pairs = parse_qsl(parts.query, max_num_fields=50)
        host = parts.hostname
    except ValueError:
        return False
    asked = [key for key, _ in pairs if not _TRACKING.match(key)]
    return bool(
        parts.scheme in ("http", "https")
        and host
        and not asked
        and not _MAIL_HOST.match(host)
        and len(parts.path) > 1
        and not any(_OPAQUE.search(step) for step in parts.path.split("/"))
    )


def _bare(raw: bytes) -> bytes:
    """The message without what Apple's mail program puts around it."""
    length = _LENGTH.match(raw)
    return raw[length.end() : length.end() + int(length[1])] if length else raw
