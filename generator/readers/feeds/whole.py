"""Whether an entry of a feed holds its story's whole text, or only a teaser of it.

An element that promises the text is believed unless it is short or ends as a teaser ends; a description is a text only where it
is long and has paragraphs. Chinese and Japanese say as much in a character as others in three letters.
"""

from __future__ import annotations

import re

from generator.readers.exports.markup import words

PROMISED = 200  # weight from which on a text is believed that its element promises to be whole
LONG = 700  # weight from which on a description may be a text
CERTAIN = 2_000  # weight of no teaser, however it ends
PARAGRAPHS = 2
ENDING = 160  # characters

_BLOCK = re.compile(r"<(?:p|br|div|li|h[2-6]|blockquote)\b", re.IGNORECASE)
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# how a teaser ends, by language
_TEASER = re.compile(
    r"(?:\[…\]|\[\.\.\.\]|…|\.\.\.|"
    r"\b(?:read more|read on|see more|continue reading|full story|weiterlesen|mehr lesen|lire la suite|en savoir plus|leer más|seguir leyendo|leia mais|"
    r"leggi tutto|lees meer|läs mer|læs mere|les mer|czytaj więcej|читать далее|читать полностью|подробнее)\b|"
    r"阅读全文|阅读更多|阅读原文|閱讀全文|閱讀更多|查看全文|点击查看|続きを読む|もっと読む|더 보기|계속 읽기)[^.!?。！？]{0,100}$",
    re.IGNORECASE,
)
# what WordPress puts under every text of its feeds
_SIGNED = re.compile(
    r"<p>\s{0,9}(?:The post|Der Beitrag|L[’'&#;0-9]{1,8}article|La entrada|O post|L[’'&#;0-9]{1,8}articolo|Het bericht)\s{1,9}<a\b[^<>]{0,900}>[^<]{0,600}</a>"
    r"[^<]{1,80}<a\b[^<>]{0,900}>[^<]{0,300}</a>\.?\s{0,9}</p>\s{0,99}$",
    re.IGNORECASE,
)
_SIGNED_WITHIN = 3_000  # characters at the end


def text(content: str, summary: str) -> str | None:
    """The entry's whole text as HTML, None where it has a teaser only."""
    if _is_text(content, PROMISED):
        return _unsigned(content)
    if len(_BLOCK.findall(summary)) >= PARAGRAPHS and _is_text(summary, LONG):
        return _unsigned(summary)
    return None


def _is_text(html: str, least: int) -> bool:
    plain = words(_unsigned(html))
    weight = len(plain) + 2 * len(_WIDE.findall(plain))
    return weight >= CERTAIN or (weight >= least and not _TEASER.search(plain[-ENDING:]))


def _unsigned(html: str) -> str:
    start = max(0, len(html) - _SIGNED_WITHIN)
    return html[:start] + _SIGNED.sub("", html[start:])
