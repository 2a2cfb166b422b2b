"""Slugs, folding, digests: small pure functions on text. Contains no business logic."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from anyascii import anyascii

SLUG_LENGTH = 60
ROUGH_FROM = 20
TELLING = 8  # letters of a headline; a shorter one stands over many stories
REMEMBERED = 16_384  # names: the same few thousand stand in every list, and on every page
ID_LENGTH = 16
_NAME_BYTES = 120
_ENDING_BYTES = 12

_NO_WORD = re.compile(r"[\W_]+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+){0,60}")
# C0 and C1 controls but tab and line feed, surrogates and noncharacters: what no text file should hold
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# what no markup holds: C0 controls but tab and breaks, DEL; noncharacters; both as references, of which a parser makes signs
_NO_SIGNS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_NONCHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_NO_REFERENCES = re.compile(
    rb"&#(?:0*+(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0*+(?:[1-8bcefBCEF]|1[0-9a-fA-F]|[fF]{3}[efEF])(?![0-9a-fA-F]));?+"
)
# marks that turn the direction of what follows: a name must not carry them out of its own element
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WINDOWS = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})
_TAKEN = re.compile(
    r"index|feed|page-(?:[0-9]{4}(?:-[0-9]{2}){0,2}|undated)(?:-[0-9]+)?"
)  # pages of lists, beside which articles lie
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")  # each sign a syllable of its own
_MD_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.){0,2000})\]\([^()\s]{0,2000}\)")
_MD_MARK = re.compile(r"(?<!\\)[*_`]+")
_MD_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[^/?#]")
_PORT = re.compile(r":(?:80|443)$")
_INDEX = re.compile(r"(?:^|(?<=/))(?:index|default)\.(?:s?html?|php|aspx?)$", re.IGNORECASE)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def squeeze(text: str) -> str:
    """The text on one line: runs of white space become one space, ends are cut."""
    return " ".join(text.split())


def clean(text: str) -> str:
    """The text without control characters, with `\\n` as its only line break, in NFC."""
    if text.isascii() and text.isprintable():
        return text  # the common case, at a tenth of the price
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _BREAKS.sub("\n", text)))


def line(text: str) -> str:
    """The text as one clean line without direction marks: for headlines, names, tags."""
    flat = squeeze(text)
    if flat.isprintable() and "\x1f" not in text and (flat.isascii() or unicodedata.is_normalized("NFC", flat)):
        return flat  # the common case: nothing in it but white space would be changed
    return squeeze(_BIDI.sub("", clean(text)))


def parseable(markup: str) -> str:
    """The markup without controls, noncharacters and surrogates, written or referred to: no tree may be given these.

    They are looked for in bytes, which is seven times as fast.
    """
    bare = markup.encode("utf-8", "ignore").translate(None, _NO_SIGNS)
    for one in _NONCHARACTERS if b"\xef\xbf" in bare else ():
        bare = bare.replace(one, b"")
    return (_NO_REFERENCES.sub(b"", bare) if b"&#" in bare else bare).decode()


def fold(text: str) -> str:
    """The text for comparing: width, case and spacing folded."""
    if text.isascii():
        return " ".join(text.split()).lower()
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()


def telling(headline: str) -> str:
    """What a headline tells, without its punctuation: the same for all who print it; `""` where it may stand over any story."""
    told = _NO_WORD.sub("", fold(headline))
    return told if len(told) >= TELLING else ""


def digest(*parts: str | bytes) -> str:
    """The sha256 in hex over the parts, each framed by its length, so that `("ab", "c")` differs from `("a", "bc")`."""
    state = hashlib.sha256()
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        state.update(len(raw).to_bytes(8, "big"))
        state.update(raw)
    return state.hexdigest()


def short(*parts: str | bytes) -> str:
    """The first `ID_LENGTH` hex digits of `digest`."""
    return digest(*parts)[:ID_LENGTH]


def compact(value: Any) -> str:
    """JSON on one line, keys as given, characters as they are: the form of front matter and stored rows."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def slug(text: str, otherwise: str = "story") -> str:
    """A readable ASCII name for URLs and files: transliterated, `a-z0-9-`, at most `SLUG_LENGTH` characters."""
    spaced = _HAN.sub(lambda han: f" {anyascii(han[0])} ", unicodedata.normalize("NFKC", text))
    name = _NOT_SLUG.sub("-", anyascii(spaced).lower()).strip("-")
    if len(name) > SLUG_LENGTH:
        name = name[: SLUG_LENGTH + 1].rpartition("-")[0] or name[:SLUG_LENGTH]
    if not name:
        return otherwise
    return f"{name}-x" if name in _WINDOWS or _TAKEN.fullmatch(name) else name


def is_slug(name: str) -> bool:
    """Whether a name can stand in an address and on any disk as it is: a slug, or one with a number behind it."""
    return bool(_SLUG.fullmatch(name)) and name not in _WINDOWS and not _TAKEN.fullmatch(name)


@lru_cache(REMEMBERED)
def name_slug(name: str) -> str:
    """A slug that names one tag, section or person for good.

    Where transliteration loses anything, six digits of the folded name's digest follow: two names that read alike
    never meet at one address, and no name's address depends on which other names exist.
    """
    folded = fold(name)
    plain = slug(folded, otherwise="x")
    return plain if plain == folded.replace(" ", "-") else f"{plain}-{digest(folded)[:6]}"


def fold_url(url: str) -> str:
    """The address for comparing: without scheme, `www.`, default port, fragment, closing slash and name of an index."""
    bare = _SCHEME.sub("", url.strip(), count=1).partition("#")[0]
    host, slash, rest = bare.partition("/")
    path, mark, query = rest.partition("?")
    folded = f"{_PORT.sub('', host.lower())}{slash}{_INDEX.sub('', path)}".rstrip("/")
    return f"{folded}{mark}{query}"


def absolute(address: str, base: str) -> str:
    """`urljoin`, at a fraction of its price for an address that is whole already. Raises ValueError."""
    if _WHOLE.match(address) and ";" not in address and "?#" not in address and address[-1] not in "?#":
        return address
    return urljoin(base, address)


def rough(count: int) -> int:
    """The count with one digit that counts, from twenty on: 217 is 200. What shows it changes when it says something new."""
    size = 10 ** (len(str(count)) - 1)
    return count if count < ROUGH_FROM else count // size * size


def met(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether a name holds the pattern, remembered: a page, and all pages of an outlet, say the same names again and again."""
    return lru_cache(REMEMBERED)(lambda name: pattern.search(name) is not None)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, each folded form once."""
    seen: dict[str, str] = {}
    for name in names:
        if fold(name):
            seen.setdefault(fold(name), name)
    return tuple(seen.values())


def cut(text: str, length: int) -> str:
    """The text's beginning in at most `length` characters, ended by an ellipsis where something is left out."""
    flat = squeeze(text)
    if len(flat) <= length:
        return flat
    head = flat[: length - 1]
    space = head.rfind(" ")
    return (head[:space] if space > length // 2 else head).rstrip(" ,;:，；：、") + "…"


def unmark(markdown: str) -> str:
    """A paragraph of Markdown as its words: links and emphasis without their marks, escapes undone."""
    words = _MD_LINK.sub(r"\1", markdown)
    return squeeze(_MD_ESCAPE.sub(r"\1", _MD_MARK.sub("", words)))


def file_name(name: str) -> str:
    """The name made safe on every file system: NFC, no reserved characters or names, at most 120 bytes."""
    safe = re.sub(r'[<>:"/\\|?*\s]+', " ", line(name)).strip(" .")
    safe = safe.lstrip("-~ ") or "page"
    if safe.split(".")[0].casefold() in _WINDOWS:
        safe = f"_{safe}"
    if safe.startswith("."):
        safe = f"_{safe}"
    if len(safe.encode()) <= _NAME_BYTES:
        return safe
    stem, dot, ending = safe.rpartition(".")
    ending = dot + ending if dot and len(ending.encode()) <= _ENDING_BYTES else ""
    room = _NAME_BYTES - len(ending.encode()) - 9
    return f"{(stem or safe).encode()[:room].decode(errors='ignore')}~{digest(name)[:8]}{ending}"
