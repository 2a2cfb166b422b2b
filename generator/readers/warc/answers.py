"""What a server answered, as an archive keeps it: status, type, charset, and the body as it was meant.

Reads a head as leniently as browsers do: without a status line, with a garbled one, with none at all. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.readers.warc.codings import Unpacked, dechunked, unpacked

MAX_HEAD_BYTES = 64 * 1024
MAX_HEADS = 4  # of one answer: a proxy's, `100 Continue`, the answer's own

_STATUS = re.compile(
    rb"\s{0,9}(?:HTTP|ICY|SHTTP)(?:/\d{0,2}(?:\.\d{0,2})?)?(?:[ \t]{1,9}(\d{3})?(?!\d))?", re.IGNORECASE
)
_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}[ \t]{0,9}:")
_END = re.compile(rb"\n(?:\r?\n|(?=[ \t]{0,99}<))")  # markup is no field: the blank line is missing
_LINES = re.compile(r"\r?\n(?![ \t])")
_TYPE = re.compile(r"\s{0,9}([a-z0-9.+*-]{1,100}/[a-z0-9.+*-]{1,100}|[a-z]{1,20})", re.IGNORECASE)
_TYPED = re.compile(rb"\nContent-Type[ \t]{0,9}:[ \t]{0,9}([^\r\n]{1,200})", re.IGNORECASE)
_FOLDED = re.compile(rb"[^\r\n]|\r?\n[ \t]")  # what of a line goes on
_CODED = re.compile(rb"\n(?:Content|Transfer)-Encoding[ \t]{0,9}:", re.IGNORECASE)
_LENGTH = re.compile(rb"\nContent-Length[ \t]{0,9}:[ \t]{0,9}(\d{1,18})[ \t]{0,9}\r?(?:\n|$)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9][A-Za-z0-9._:+-]{0,40})", re.IGNORECASE)


class Answer(NamedTuple):
    """An answer's head. `status` is None where none is stated; `start` is the body's; `whole` says that the head has an end."""

    status: int | None = None
    head: bytes = b""
    start: int = 0
    whole: bool = True

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of the head, their names in small letters. Read whenever asked for: of most answers only the type is."""
        return _fields(self.head)

    @property
    def media_type(self) -> str:
        """The type, in small letters; empty where none is stated."""
        typed = _TYPED.search(self.head)
        return media_type(typed[1].decode("latin-1")) if typed else ""

    @property
    def charset(self) -> str | None:
        """The charset that is stated."""
        typed = _TYPED.search(self.head)
        if typed and not _FOLDED.match(self.head, typed.end()):
            return charset(typed[1].decode("latin-1"))
        return charset(self.fields.get("content-type", ""))

    @property
    def coded(self) -> bool:
        """Whether the body is said to be packed, or in chunks."""
        return bool(_CODED.search(self.head))

    @property
    def promised(self) -> int:
        """How many bytes the body is said to have as it was sent; 0 where nothing is said."""
        said = _LENGTH.search(self.head)
        return int(said[1]) if said else 0

    def body(self, data: bytes, limit: int) -> Unpacked:
        """The body, unpacked: `data` is what lies behind the head."""
        codings = ""
        if self.coded:
            fields = self.fields
            transfer = fields.get("transfer-encoding", "").lower()
            codings = f"{fields.get('content-encoding', '')},{transfer}"
            data = dechunked(data) if "chunked" in transfer else data
        return unpacked(data, codings, limit)


def answer(block: bytes) -> Answer:
    """The head of an answer, out of the bytes that begin with it."""
    found: Answer | None = None
    for _ in range(MAX_HEADS):
        at = found.start if found else 0
        line = _STATUS.match(block, at)
        if not line and (found or not _FIELD.match(block)):
            break
        end = _END.search(block, at, at + MAX_HEAD_BYTES)
        status = int(line[1]) if line and line[1] else None
        head = block[at : end.start() if end else at + MAX_HEAD_BYTES]
        found = Answer(status, b"\n" + head, end.end() if end else len(block), whole=bool(end))
        if status and status >= 200 and not block.startswith(b"HTTP/", found.start):
            break
    return found or Answer()


def media_type(stated: str) -> str:
    """The type out of a Content-Type in small letters; empty where it states none."""
    found = _TYPE.match(stated)
    return found[1].lower() if found else ""


def charset(stated: str) -> str | None:
    """The charset out of a Content-Type."""
    found = _CHARSET.search(stated[:1000])
    return found[1] if found else None


def _fields(head: bytes) -> dict[str, str]:
    """The fields of a head, of those given twice the first, but all codings."""
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    fields: dict[str, str] = {}
    for line in _LINES.split(text):
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if not colon:
            continue
        if key in _LISTS and key in fields:
            fields[key] += f",{value.strip()}"
        else:
            fields.setdefault(key, value.strip())
    return fields


_LISTS = frozenset({"content-encoding", "transfer-encoding"})
