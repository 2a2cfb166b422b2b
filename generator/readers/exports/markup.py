"""Markup that other tools wrote: XML parsed without entities, network or recursion; HTML reduced to its words.

Never raises, for any bytes; never resolves an entity that the document itself defines, never loads a DTD.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from typing import Any

from charset_normalizer import from_bytes
from lxml import etree

SAMPLE = 200_000  # bytes that the charset is guessed from
LAST_CHARACTER = 0x110000
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
SNIFFED = 400  # bytes that may hold an XML declaration

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9_:.-]{1,40})[\"']")
_DECLARATION = re.compile(r"\s{0,999}<\?xml\s[^>]{0,300}\?>")
# the charsets of the web; others are guessed, because a document may name any codec that Python has
_CHARSETS = re.compile(
    r"utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|latin-?1|iso-?8859-?\d{1,2}|(?:windows|cp)-?(?:125\d|874|949|932)|koi8-[ru]|"
    r"gb2312|gbk|gb18030|big5(?:-hkscs)?|shift[-_]jis|euc-(?:jp|kr)|iso-2022-jp|tis-620|mac-?roman",
    re.IGNORECASE,
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "us-ascii": "utf-8", "ascii": "utf-8", "big5": "big5hkscs"}
_BARE = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]{0,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_CHARACTER = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{0,31})|#(\d{1,7}|[xX][0-9a-fA-F]{1,6}));"
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*+>")
_UNSEEN = re.compile(r"<(/?)(script|style|template)\b[^<>]*+>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*+>", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\s{0,9}>", re.IGNORECASE)
_HEADED = 20_000  # characters before which a whole page has its <body>


@dataclass(frozen=True, slots=True)
class Parsed:
    """An XML document: its root, None where there is none; `damaged` where it had to be mended; a finding's code or ""."""

    root: Any
    damaged: bool = False
    charset: str = ""


def parse(raw: bytes) -> Parsed:
    """The document, mended where it is broken. HTML's named characters are known, the document's own entities are not."""
    text, code = decode(raw)
    known = _CHARACTER.sub(_character, _BARE.sub("&amp;", _DECLARATION.sub("", text, count=1)))
    clean = _ILLEGAL.sub("", known).lstrip().encode()
    for mending in (False, True):
        if mending and clean.rfind(_CDATA) > clean.rfind(_CDATA_END):
            clean += _CDATA_END  # otherwise what stands in it is thrown away
        try:
            root = etree.fromstring(clean, _parser(mending=mending))
        except (etree.LxmlError, ValueError):
            continue
        if root is not None:
            return Parsed(root, damaged=mending, charset=code)
    return Parsed(None, damaged=True, charset=code)


def decode(raw: bytes) -> tuple[str, str]:
    """The text in the charset that it states by mark or declaration, or in the likeliest; and the code of a finding or ""."""
    for mark, charset in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _decoded(raw, charset)
    stated = _DECLARED.search(raw[:SNIFFED])
    name = stated[1].decode().lower() if stated else "utf-8"
    narrow = not name.startswith("utf-16")  # a declaration that can be read as bytes is not in it
    name = _WIDER.get(name, name) if _CHARSETS.fullmatch(name) and narrow else "utf-8"
    for charset in dict.fromkeys((name, "utf-8")):
        try:
            return raw.decode(charset), "" if charset == name else "charset-mended"
        except (UnicodeError, LookupError):
            continue
    best = from_bytes(raw[:SAMPLE]).best()
    text, code = _decoded(raw, best.encoding if best else name)
    return text, code or "charset-mended"


def words(html: str) -> str:
    """The words of a piece of HTML on one line."""
    if "<" in html:
        html = _TAG.sub(" ", " ".join(_seen(html)))
    return " ".join((unescape(html) if "&" in html else html).split())


def inner(html: str) -> str:
    """What stands in the body of a page, or the piece of HTML itself where it is no whole page."""
    start = _BODY.search(html, 0, _HEADED)
    if start is None:
        return html
    end = _END.search(html, start.end())
    return html[start.end() : end.start() if end else len(html)]


def _seen(html: str) -> Iterator[str]:
    """What stands outside of scripts and styles."""
    within = ""
    pieces = _UNSEEN.split(html)
    for index in range(0, len(pieces), 3):
        if not within:
            yield pieces[index]
        closing, name = pieces[index + 1 : index + 3] or ("", "")
        if not within and not closing:
            within = name.lower()
        elif closing and name.lower() == within:
            within = ""


def _character(found: re.Match[str]) -> str:
    """A named character by its numbers. A name that HTML does not know stays a word: no document defines its own."""
    name, number = found.groups()
    if name:
        return "".join(f"&#{ord(letter)};" for letter in html5.get(f"{name};", "")) or f"&amp;{name};"
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return found[0] if code < LAST_CHARACTER and not _ILLEGAL.match(chr(code)) else ""


def _parser(*, mending: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=mending,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _decoded(raw: bytes, charset: str) -> tuple[str, str]:
    try:
        text = raw.decode(charset, "replace")
    except (UnicodeError, LookupError):
        text = raw.decode("utf-8", "replace")
    return text, "charset-replaced" if "\ufffd" in text else ""
