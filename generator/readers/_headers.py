"""The headers of a MIME entity: fields, parameters, encoded words, moments, senders.

Total on any bytes: what cannot be read is unknown, and nothing raises. Knows nothing of bodies and of what is asked for.
The parser of the standard library is not used: it raises for nesting and for odd fields, and it reads line by line.
"""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

from generator.model import Moment
from generator.text import line, squeeze

MAX_HEADER = 256 * 1024  # bytes of one entity's headers
MAX_FIELDS = 1_000
MAX_VALUE = 8_000  # characters of a value
EARLIEST_YEAR = 1995  # a clock before MIME says nothing

_LINE = re.compile(rb"([^\r\n]*)(\r{0,2}\n|\r|\Z)")
_FIELD = re.compile(rb"([A-Za-z0-9][A-Za-z0-9_.-]{0,99})[ \t]{0,9}:")
_ENVELOPE = re.compile(rb">?From ")  # the line before a message that comes from an mbox
_FOLD = re.compile(r"[\r\n]+[ \t]?")
_PARAMETER = r'(?:^|[;\s]){}\s{{0,9}}=\s{{0,9}}(?:"([^"]{{0,2000}})"?|([^;\s"]{{1,2000}}))'
_TYPE = re.compile(r"\s{0,9}([a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100})", re.IGNORECASE)
_TOKEN = re.compile(r"[\s\"]{0,9}([A-Za-z0-9_.:-]{1,60})")
_WORD = re.compile(r"=\?([A-Za-z0-9_.:-]{1,60})(?:\*[A-Za-z-]{1,20})?\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_NUMBER_ZONE = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d{4})")  # a script's clock writes GMT+0900
_ANGLES = re.compile(r"<[^<>]{0,400}>\s{0,9}$")
_COMMENT = re.compile(r"^\s{0,9}\S{1,300}@\S{1,300}\s{1,9}\(([^()]{1,200})\)\s{0,9}$")
# families of charsets that a text can be written in; Python has codecs of other kinds too, some of which raise or warn
_CHARSET = re.compile(r"utf-|ascii|iso|cp\d|gb|big5|euc|shift|koi8|mac|hz|johab|tis")
# what mail programs mean by a label
_MEANT = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields in order: names in lower case, values as they stand, still folded and encoded."""

    fields: tuple[tuple[str, bytes], ...] = ()

    def __contains__(self, name: str) -> bool:
        return any(name == known for known, _ in self.fields)

    def raw(self, name: str) -> str:
        """The first value under a name on one line, its encoded words as they stand; empty where there is none."""
        value = next((value for known, value in self.fields if known == name), b"")
        return _FOLD.sub(" ", readable(value[: 4 * MAX_VALUE]))[:MAX_VALUE].strip()

    def text(self, name: str, hint: str | None = None) -> str:
        """The first value under a name as a person should read it; `hint` is the charset of the message's text."""
        value = next((value for known, value in self.fields if known == name), b"")
        return line(words(_FOLD.sub(" ", readable(value[: 4 * MAX_VALUE], hint))[:MAX_VALUE]))

    def address(self, name: str) -> str:
        """The first value under a name as an address: folding belongs to the header and not to the address."""
        return "".join(words(self.raw(name)).split()).strip("<>")

    def media_type(self) -> str | None:
        """The stated media type in lower case; None where none is stated, or nothing that looks like one."""
        found = _TYPE.match(self.raw("content-type"))
        return found[1].lower() if found else None

    def token(self, name: str) -> str:
        """The first word of a value in lower case."""
        found = _TOKEN.match(self.raw(name))
        return found[1].lower() if found else ""

    def parameter(self, field: str, name: str) -> str | None:
        """A parameter of a value, in pieces (`name*0=`) and with a charset (`name*=utf-8''…`) too."""
        value = self.raw(field)
        whole = _parameter(value, re.escape(name))
        if whole is not None:
            return words(whole)
        pieces: list[str] = []
        for number in range(100):
            piece = _parameter(value, rf"{re.escape(name)}\*{number}\*?")
            if piece is None:
                break
            pieces.append(piece)
        extended = "".join(pieces) or _parameter(value, rf"{re.escape(name)}\*")
        return _extended(extended) if extended else None


def split(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The headers that begin at `start`, and where the body begins: behind an empty line, or at what is no field."""
    fields: list[tuple[str, bytes]] = []
    place = start
    while place < min(end, start + MAX_HEADER) and len(fields) < MAX_FIELDS:
        found = _LINE.match(raw, place, end)
        if found is None:
            break
        text, after = found[1], found.end()
        if not text:
            return Headers(tuple(fields)), after
        field = _FIELD.match(text)
        if field:
            fields.append((field[1].decode("ascii").lower(), text[field.end() :]))
        elif text[:1] in (b" ", b"\t") and fields:
            name, value = fields[-1]
            if len(value) < 4 * MAX_VALUE:
                fields[-1] = (name, value + b"\n" + text)
        elif not (place == start and _ENVELOPE.match(text)):
            break
        place = after
    return Headers(tuple(fields)), place


def readable(raw: bytes, hint: str | None = None) -> str:
    """Bytes without a stated charset as text: UTF-8, else the hint, else GB 18030, else Latin-1."""
    known = codec(hint)
    shifting = known is not None and known.startswith("iso2022")  # its bytes are all ASCII
    for charset in (known, "utf-8", "gb18030") if shifting else ("utf-8", known, "gb18030"):
        try:
            if charset:
                return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def words(text: str) -> str:
    """The text with its encoded words decoded; neighbours of one charset are joined first, for they share letters."""
    made: list[str] = []
    pending, charset, place = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[place : word.start()]
        raw = _word(word[2], word[3])
        if pending and (between.strip() or word[1].lower() != charset):
            made.append(_decoded(pending, charset))
            pending = b""
        if between.strip() or not place:
            made.append(between)
        pending, charset, place = pending + raw, word[1].lower(), word.end()
    return "".join((*made, _decoded(pending, charset), text[place:]))


def codec(label: str | None) -> str | None:
    """Python's name of a charset of text, or None."""
    key = (label or "").strip().lower()
    try:
        info = codecs.lookup(_MEANT.get(key, key)) if key else None
    except (LookupError, ValueError):
        return None
    return info.name if info and _CHARSET.match(info.name) else None


def moment(text: str) -> Moment | None:
    """The moment of a `Date:` with its offset; `-0000` is UTC, as browsers write it."""
    plain = _NUMBER_ZONE.sub("", squeeze(text[:120]))
    try:
        at = parsedate_to_datetime(plain)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if at.tzinfo is None and "-0000" in plain:
        at = at.replace(tzinfo=UTC)
    return Moment(at) if at.year >= EARLIEST_YEAR else None


def sender(headers: Headers, hint: str | None = None) -> str | None:
    """The name of who sent a message; None where only an address stands there."""
    value = headers.text("from", hint)
    comment = _COMMENT.match(value)
    name = squeeze((comment[1] if comment else _ANGLES.sub("", value)).strip().strip("\"'").replace('\\"', '"'))
    return name if name and "@" not in name and len(name) <= 120 else None


def _parameter(value: str, name: str) -> str | None:
    found = re.search(_PARAMETER.format(name), value, re.IGNORECASE)
    return (found[1] if found[1] is not None else found[2]) if found else None


def _extended(value: str) -> str:
    charset, quoted, rest = value.partition("''")
    raw = re.sub(rb"%([0-9A-Fa-f]{2})", lambda one: bytes((int(one[1], 16),)), (rest if quoted else value).encode())
    return readable(raw, charset if quoted else None)


def _word(kind: str, text: str) -> bytes:
    plain = text.encode("latin-1", "replace")
    if kind in "qQ":
        return binascii.a2b_qp(plain, header=True)
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", plain)
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


def _decoded(raw: bytes, charset: str) -> str:
    name = codec(charset)
    if name is None or name in ("utf-8", "ascii"):
        return readable(raw)
    return raw.decode(name, "replace")
