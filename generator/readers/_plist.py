"""Property lists of Apple's, binary and XML, read as far as they go: dictionaries, lists, texts, bytes; the rest is None.

Total on any bytes, and bounded: a binary list may name one object a thousand times or itself, and its end, which says
where everything lies, may be cut off. The parser of the standard library has no such bounds and reads nothing of a cut
file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from generator.readers._mime import from_base64

MAX_OBJECTS = 100_000
MAX_TIMES = 4  # as many objects as the file has bytes, each named once; more are one in another over and over
MAX_DEPTH = 12
MAX_BYTES = 160 * 1024 * 1024  # of all texts and data together
BINARY = b"bplist0"

_TRAILER = 32  # bytes
_REFERENCES = (1, 2, 3, 4)  # bytes that a reference may have, where the end that says it is lost
_INT, _DATA, _ASCII, _WIDE, _ARRAY, _DICT = 0x10, 0x40, 0x50, 0x60, 0xA0, 0xD0

Value = str | bytes | Sequence[Any] | Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What stands in a property list, and what it lacks, in words."""

    value: Value
    damage: str | None = None
    limited: str | None = None


def load(raw: bytes) -> Loaded:
    """The value of a property list. Never raises."""
    if raw.startswith(BINARY):
        return _Binary(raw).load()
    return _Xml().load(raw)


class _TooMuch(Exception):  # noqa: N818 - no error: what was read until here is good
    """The list holds more than is read."""


class _Binary:
    """A binary property list: objects in any order, a table of where they lie, and a trailer that finds the table."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._reference = 1
        self._offsets: Sequence[int] = ()
        self._objects = 0
        self._bytes = 0
        self._limit = min(MAX_OBJECTS, MAX_TIMES * len(raw))

    def load(self) -> Loaded:
        root = self._table()
        try:
            return Loaded(self._value(root, 0)) if root is not None else self._rescued()
        except _TooMuch:
            return Loaded(None, limited=f"it holds more than {self._limit} objects or {MAX_BYTES} bytes")

    def _rescued(self) -> Loaded:
        """What is left of a list whose end is lost: its objects lie in the order of their numbers, the root first.

        How wide a reference is stood at the end; right is what finds the most keys.
        """
        best: Value = None
        for self._reference in _REFERENCES:
            self._offsets = self._found()
            self._objects = self._bytes = 0
            try:
                value = self._value(0, 0)
            except _TooMuch:  # not so wide
                continue
            if isinstance(value, dict) and (not isinstance(best, dict) or len(value) > len(best)):
                best = value
        return Loaded(best, "its end is cut off or damaged")

    def _table(self) -> int | None:
        """The number of the root, once the offsets are known; None where the trailer cannot be right."""
        trailer = self._raw[-_TRAILER:]
        if len(self._raw) < len(BINARY) + 1 + _TRAILER:
            return None
        width, self._reference = trailer[6], trailer[7]
        number, root, start = (int.from_bytes(trailer[at : at + 8], "big") for at in (8, 16, 24))
        fits = 1 <= width <= 8 and 1 <= self._reference <= 8 and start + number * width <= len(self._raw) - _TRAILER
        if not fits or not root < number <= MAX_OBJECTS * 10:
            return None
        table = self._raw[start : start + number * width]
        self._offsets = [int.from_bytes(table[at : at + width], "big") for at in range(0, len(table), width)]
        return root if self._offsets[root] < start else None

    def _found(self) -> Sequence[int]:
        """The objects one after the other, as they lie."""
        reference = self._reference
        offsets: list[int] = []
        place = len(BINARY) + 1
        while place < len(self._raw) and len(offsets) < MAX_OBJECTS:
            kind, length, start = self._marker(place)
            sizes = {
                _DATA: length,
                _ASCII: length,
                _WIDE: 2 * length,
                _ARRAY: reference * length,
                _DICT: 2 * reference * length,
            }
            low = self._raw[place] & 0x0F
            if kind in sizes:
                size = sizes[kind]
            elif kind in (_INT, 0x20, 0x30):
                start, size = place + 1, 1 << low
            elif kind == 0x80:
                start, size = place + 1, low + 1
            elif kind == 0:
                start, size = place + 1, 0
            else:
                break
            offsets.append(place)
            place = start + size
        return offsets

    def _marker(self, place: int) -> tuple[int, int, int]:
        """An object's kind, its length, and where its contents begin."""
        token = self._raw[place] if place < len(self._raw) else 0
        kind, length = token & 0xF0, token & 0x0F
        if length != 0x0F or kind in (0, _INT, 0x20, 0x30, 0x80):
            return kind, length, place + 1
        size = 1 << (self._raw[place + 1] & 0x03) if place + 1 < len(self._raw) else 0
        start = place + 2 + size
        return kind, int.from_bytes(self._raw[place + 2 : start], "big"), start

    def _value(self, number: int, depth: int) -> Value:
        self._objects += 1
        if self._objects > self._limit:
            raise _TooMuch
        if number >= len(self._offsets) or depth > MAX_DEPTH:
            return None
        kind, length, start = self._marker(self._offsets[number])
        if kind == _ARRAY:
            return [self._value(one, depth + 1) for one in self._references(start, length)]
        if kind == _DICT:
            keys = self._references(start, length)
            values = self._references(start + length * self._reference, length)
            named = ((self._value(key, depth + 1), value) for key, value in zip(keys, values, strict=False))
            return {key: self._value(value, depth + 1) for key, value in named if isinstance(key, str)}
        if kind in (_DATA, _ASCII, _WIDE):
            return self._bytes_of(kind, start, length)
        return None

    def _references(self, start: int, length: int) -> Sequence[int]:
        width = self._reference
        table = self._raw[start : start + min(length, MAX_OBJECTS) * width]
        return [int.from_bytes(table[at : at + width], "big") for at in range(0, len(table), width)]

    def _bytes_of(self, kind: int, start: int, length: int) -> str | bytes:
        end = min(start + length * (2 if kind == _WIDE else 1), len(self._raw))
        self._bytes += max(end - start, 0)
        if self._bytes > MAX_BYTES:
            raise _TooMuch
        found = self._raw[start:end]
        return found if kind == _DATA else found.decode("utf-16-be" if kind == _WIDE else "latin-1", "replace")


class _Xml:
    """A property list in XML, read as it is written; without entities of its own, which no honest one declares."""

    def __init__(self) -> None:
        self._root: Value = None
        self._stack: list[tuple[Any, str | None]] = []  # what is open, and the key that waits for its value
        self._deep = 0  # levels below the deepest that is read
        self._open = ""
        self._text: list[str] = []
        self._objects = 0

    def load(self, raw: bytes) -> Loaded:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add
        parser.EntityDeclHandler = self._entity
        try:
            parser.Parse(raw.lstrip(), False)  # noqa: FBT003 - expat's own signature
            parser.Parse(b"", True)  # noqa: FBT003 - apart, so that the text before a cut arrives
        except _TooMuch:
            return Loaded(self._root, None, f"it declares entities or holds more than {MAX_OBJECTS} objects")
        except (expat.ExpatError, LookupError, ValueError) as error:
            self._end(self._open)
            return Loaded(self._root, f"it is cut short or not XML: {error}")
        return Loaded(self._root)

    def _start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - expat's own signature
        self._objects += 1
        if self._objects > MAX_OBJECTS:
            raise _TooMuch
        if name in ("dict", "array"):
            if len(self._stack) >= MAX_DEPTH:
                self._deep += 1
                return
            opened: Any = {} if name == "dict" else []
            self._put(opened)
            self._stack.append((opened, None))
        elif name in ("key", "string", "data"):
            self._open, self._text = name, []

    def _end(self, name: str) -> None:
        if name in ("dict", "array"):
            if self._deep:
                self._deep -= 1
            elif self._stack:
                self._stack.pop()
            return
        text, self._open = "".join(self._text), ""
        if name == "key" and self._stack and not self._deep:
            self._stack[-1] = (self._stack[-1][0], text)
        elif name == "string":
            self._put(text)
        elif name == "data":
            self._put(from_base64(text.encode("ascii", "ignore")))
        elif name in ("integer", "real", "date", "true", "false"):
            self._put(None)

    def _put(self, value: Value) -> None:
        if self._deep:
            return
        if not self._stack:
            self._root = self._root if self._root is not None else value
            return
        holder, key = self._stack[-1]
        if isinstance(holder, list):
            holder.append(value)
        elif key is not None:
            holder[key] = value
            self._stack[-1] = (holder, None)

    def _add(self, text: str) -> None:
        if self._open:
            self._text.append(text)

    def _entity(self, *declared: object) -> None:  # noqa: ARG002 - expat's own signature
        raise _TooMuch
