"""Bytes to text: mark, stated charset, UTF-8, then a guess; never raises and never drops a byte silently."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import charset_normalizer

from generator.document import _mixed

SNIFF = 4_096
SAMPLE = 48_000
# share of undecodable characters among the non-ASCII ones that still speaks for a charset: bytes that are not
# UTF-8 hardly ever look like it, while most bytes look like most other charsets
TOLERATED = {"utf-8": 0.25}
TOLERATED_ELSE = 0.02
DENSE = 0.3  # of the text beyond ASCII: no language of western Europe is written so

_META = re.compile(rb"<meta(?=[\s/])([^>]{1,600})", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s{0,9}=\s{0,9}(\"[^\"]{0,300}\"?|'[^']{0,300}'?|[^\s>]{1,200})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.\-]{2,40})", re.IGNORECASE)
_EQUIV = re.compile(
    rb"http-equiv\s{0,9}=\s{0,9}(?:\"content-type\"|'content-type'|content-type(?:[\s/]|$))", re.IGNORECASE
)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_TAG = re.compile(rb"<[^>]{1,3000}>|<(script|style)\b.*?</\1", re.IGNORECASE | re.DOTALL)
_LANG = re.compile(rb"<html[^>]{0,300}?\slang\s{0,9}=\s{0,9}[\"']?([a-z]{2})\b", re.IGNORECASE)
_XML = re.compile(rb"^\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([a-zA-Z0-9_:.\-]{2,40})[\"']")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# what browsers mean by a label, where Python means something narrower
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "gb_2312": "gb18030", "x-gbk": "gb18030", "chinese": "gb18030",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso8859-1": "cp1252", "iso_8859-1": "cp1252", "windows-1252": "cp1252", "ansi": "cp1252",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "windows-949": "cp949", "ksc5601": "cp949",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874",
    "x-euc-jp": "euc_jp", "euc-jp": "euc_jp", "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "x-mac-roman": "mac_roman",
    "utf8": "utf-8", "unicode-1-1-utf-8": "utf-8", "iso-8859-8-i": "iso8859-8", "koi8": "koi8-r", "dos-874": "cp874",
}  # fmt: skip
# codecs of Python's that are no charsets of text, or that no browser reads
_REFUSED = re.compile(
    r"utf-?7|idna|punycode|escape|hex|base64|zip|bz2|rot|uu|quopri|undefined|mbcs|oem|hz|imap", re.IGNORECASE
)
# what the web has been written in
_PLAUSIBLE = (
    "utf-8", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949", "cp1250", "cp1251", "cp1252", "cp1253",
    "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "koi8-r", "koi8-u", "cp874", "iso8859-2", "iso8859-5", "iso8859-7",
)  # fmt: skip
_WIDE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"})
# what pages in a language were usually written in before UTF-8
_USUAL = {
    "zh": "gb18030", "ja": "cp932", "ko": "cp949", "ru": "cp1251", "uk": "cp1251", "bg": "cp1251", "pl": "cp1250", "cs": "cp1250",
    "hu": "cp1250", "sk": "cp1250", "ro": "cp1250", "hr": "cp1250", "sl": "cp1250", "el": "cp1253", "tr": "cp1254",
    "he": "cp1255", "ar": "cp1256", "fa": "cp1256", "vi": "cp1258", "th": "cp874", "de": "cp1252", "en": "cp1252",
    "fr": "cp1252", "es": "cp1252", "pt": "cp1252", "it": "cp1252", "nl": "cp1252", "sv": "cp1252", "da": "cp1252",
    "nb": "cp1252", "no": "cp1252", "fi": "cp1252", "lt": "cp1257", "lv": "cp1257", "et": "cp1257",
}  # fmt: skip
_SHIFT = re.compile(rb"\x1b\$[@B][\x21-\x7e]{2,4000}\x1b\([BJ]")
# a line's Chinese in seven bits: HZ, as mail and early pages had it
_HZ = re.compile(rb"~\{((?:[\x21-\x77][\x21-\x7e]){1,2000})~\}")
_EIGHTH = bytes(range(128, 256)) * 2  # sets the eighth bit
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866")
# a character beyond the first plane, written as its two halves: browsers show none
_HALVES = re.compile(
    r"&#(?:(5[56]\d{3})|[xX]([dD][89aAbB][0-9a-fA-F]{2}));&#(?:(5[67]\d{3})|[xX]([dD][c-fC-F][0-9a-fA-F]{2}));"
)
# letters of ISO 8859-2 that Windows has elsewhere, inside words
_LATIN_2 = re.compile(rb"[a-z](?:[\xb1\xb6\xb9\xbb\xbc\xbe]|[\xe0-\xff][\xb1\xb6\xb9\xbb\xbc\xbe])[a-z\xe0-\xff]")
# C1 controls that cp1252 leaves undefined; browsers keep them as they are, and we leave them out
_HOLES = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without NUL and with `\\n` line ends, the charset that gave it, and codes of findings."""

    text: str
    charset: str
    codes: tuple[str, ...] = ()


def decode(body: bytes, stated: str | None) -> Decoded:
    """The text of the bytes. Never raises."""
    marked = next(((len(mark), name) for mark, name in _MARKS if body.startswith(mark)), None)
    if marked:
        return _forced(body[marked[0] :], marked[1], ())
    wide = _wide(body)
    if wide:
        return _forced(body, wide, ())
    labels = [label for label in (stated, _declared(body)) if label]
    names = [name for name in map(_codec, labels) if name]
    first = names[0] if names else None
    shifted = _shifted(body) if b"\x1b$" in body else None
    if shifted:
        return _forced(body, shifted, ("charset-mended",) if labels and first != shifted else ())
    if b"~{" in body and (wider := _widened(body)):
        mended = any(not label.lower().startswith("hz") for label in labels)
        return replace(_forced(wider, "gb18030", ("charset-mended",) if mended else ()), charset="hz")
    if first and not first.startswith("utf-8") and not body.isascii() and _speaks_utf8(body, first):
        return _forced(body, "utf-8", ("charset-mended",))
    for name in names:
        if _fits(body, name):
            meant = _meant(body, name)
            return _forced(body, meant, () if meant == first else ("charset-mended",))
    if _fits(body, "utf-8"):
        return _forced(body, "utf-8", ("charset-mended",) if labels else ())
    guess = _guess(body) or first or "cp1252"
    return _forced(body, guess, ("charset-mended",) if labels and guess != first else ())


def _declared(body: bytes) -> str | None:
    head = _COMMENT.sub(b"", body[: 4 * SNIFF])[:SNIFF]
    xml = _XML.search(head)
    label = next(_labels(head), xml[1] if xml else b"").decode("ascii").lower() or None
    # a page that could be read far enough to find this is not in UTF-16, whatever it says
    return "utf-8" if label and label.startswith("utf-16") else label


def _labels(head: bytes) -> Iterator[bytes]:
    for tag in _META.finditer(head):
        content = _CONTENT.search(tag[1])
        plain = _CHARSET.search(_CONTENT.sub(b"", tag[1]))
        quoted = _CHARSET.search(content[1]) if content and _EQUIV.search(_CONTENT.sub(b"", tag[1])) else None
        if plain or quoted:
            yield (plain or quoted)[1]  # type: ignore[index]


def _codec(label: str) -> str | None:
    key = label.strip().lower()
    if _REFUSED.search(key):
        return None
    name = _MEANT.get(key) or ("gb18030" if key.startswith("gb") else key)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name.startswith(("utf-16", "utf-32")):
        return None
    return info.name


def _wide(body: bytes) -> str | None:
    # UTF-16 without its mark: NUL in every other place of what is mostly ASCII
    head = body[:160]
    if len(head) < 8 or b"\x00" not in head:
        return None
    even, odd = head[0::2].count(0) / (len(head) / 2), head[1::2].count(0) / (len(head) / 2)
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.1 else None


def _is_utf8(body: bytes) -> bool:
    try:
        decoded = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(body) - len(decoded) >= 3  # one short pair may be chance in another charset


def _speaks_utf8(body: bytes, stated: str) -> bool:
    return _is_utf8(body) or (stated in _WIDE and _mixed.mostly_utf8(body))


def _shifted(body: bytes) -> str | None:
    """ISO-2022-JP or ISO-2022-KR, where the escapes in the bytes are theirs."""
    name = "iso2022_jp" if _SHIFT.search(body) else "iso2022_kr" if b"\x1b$)C" in body and b"\x0e" in body else None
    return name if name and body.isascii() and "\ufffd" not in body.decode(name, "replace") else None


def _widened(body: bytes) -> bytes | None:
    """The bytes in eight bits, if what seems to be HZ in them is Chinese; None where there is none."""
    if not body.isascii() or not _HZ.search(body):
        return None
    wider = _HZ.sub(lambda found: found[1].translate(_EIGHTH), body)
    try:
        wider.decode("gb2312")
    except UnicodeDecodeError:
        return None
    return wider


def _meant(body: bytes, stated: str) -> str:
    """The charset that is meant by a statement that fits the bytes, as nearly any bytes fit some charsets."""
    if stated in ("gb18030", "big5hkscs"):
        other = "big5hkscs" if stated == "gb18030" else "gb18030"
        misread = not _mixed.is_chinese(body.decode(stated, "replace"))
        return other if misread and _fits(body, other) and _mixed.is_chinese(body.decode(other, "replace")) else stated
    if stated == "cp1252":
        bare = _bare_text(body)
        if sum(byte > 0x7F for byte in bare) > DENSE * len(bare):
            return _guess(body) or stated
    return stated


def _fits(body: bytes, name: str) -> bool:
    text = _bare(body, name).decode(name, "replace")
    bad = text.count("\ufffd")
    if not bad:
        return True
    foreign = sum(byte > 0x7F for byte in body[:400_000]) / (3 if name in ("utf-8", "gb18030") else 2)
    return bad <= max(foreign * TOLERATED.get(name, TOLERATED_ELSE), 0 if foreign < 20 else 1)


def _bare(body: bytes, name: str) -> bytes:
    return body.translate(None, _HOLES) if name == "cp1252" else body


def _bare_text(body: bytes) -> bytes:
    """A sample of the page's text without its tags, from where it leaves ASCII."""
    start = next((place for place, byte in enumerate(body[:4_000_000]) if byte > 0x7F), 0)
    return _TAG.sub(b" ", body[max(0, start - 200) :][: 4 * SAMPLE])[:SAMPLE] or body[start:][:SAMPLE]


def _guess(body: bytes) -> str | None:
    bare = _bare_text(body)
    beyond = [byte for byte in bare if byte > 0x7F]
    sparse = len(beyond) < 0.12 * len(bare)
    stated = _LANG.search(body[:SNIFF])
    usual = _USUAL.get(stated[1].decode().lower()) if stated else None
    if usual and _fits(body, usual) and (sparse or usual not in ("cp1252", "cp1250", "cp1254")):
        return _cyrillic(bare) if usual == "cp1251" else _of_two(bare, _meant(body, usual))
    if len(beyond) > DENSE * len(bare) and sum(0xE0 <= byte <= 0xFA for byte in beyond) > 0.98 * len(beyond):
        return "cp1255"  # nothing but the 27 letters of Hebrew
    best = charset_normalizer.from_bytes(bare, steps=5, chunk_size=512, cp_isolation=list(_PLAUSIBLE)).best()
    codec = _codec(best.encoding) if best else None
    if codec in _WIDE and sparse:
        codec = "cp1252"  # a few accents, not a text in Han or kana
    codec = codec and _of_two(bare, codec)
    return codec if codec and _fits(body, codec) else None


def _of_two(bare: bytes, codec: str) -> str:
    """ISO 8859-2 where it is that and not Windows' own of the same languages."""
    control = any(0x80 <= byte < 0xA0 for byte in bare)
    return "iso8859-2" if codec == "cp1250" and not control and _LATIN_2.search(bare) else codec


def _cyrillic(bare: bytes) -> str:
    """Which of the charsets of Russia and her neighbours it is: any text fits them all, but the most frequent letters tell."""
    return max(_CYRILLIC, key=lambda name: sum(map(bare.decode(name, "replace").count, "оеаинтсрвл")))


def _forced(body: bytes, name: str, codes: tuple[str, ...]) -> Decoded:
    text = _bare(body, name).decode(name, "replace") if name not in _WIDE else _mixed.from_wide(body, name)
    if name == "utf-8":
        if "\ufffd" in text and "\ufffd".encode() not in body:
            text = _mixed.from_utf8(body)
        single = _mixed.once(text) if _mixed.is_twice(body) else None
        text, codes = (text, codes) if single is None else (single, ("charset-mended",))
    replaced = "\ufffd" in text and "\ufffd".encode() not in body
    flat = text.replace("\x00", "") if "\x00" in text else text
    flat = flat.replace("\r\n", "\n").replace("\r", "\n") if "\r" in flat else flat
    flat = _HALVES.sub(_joined, flat.removeprefix("\ufeff"))
    return Decoded(flat, name, (*codes, "charset-replaced") if replaced else codes)


def _joined(found: re.Match[str]) -> str:
    high, low = (int(found[at] or found[at + 1], 10 if found[at] else 16) for at in (1, 3))
    fits = 0xD800 <= high < 0xDC00 <= low < 0xE000
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00) if fits else found[0]
