"""The nouns as plain JSON values and back: one codec for front matter, the catalogue and the command line.

`back(kind, plain(value)) == value` for every noun. Unknowns (`None`) and empty values are left out on the way out.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from generator import text
from generator.model import Moment

LARGEST = 10**15


def plain(value: Any) -> Any:
    """The value in `str`, `int`, `float`, `bool`, `None`, `list` and `dict` only."""
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, plain(getattr(value, field.name))) for field in dataclasses.fields(value))
        return {name: one for name, one in pairs if one not in (None, "", [], {})}
    return value


def back(kind: Any, value: Any) -> Any:
    """The noun of that kind (a type hint). Raises ValueError saying what is expected."""
    return reader(kind)(value)


@cache
def reader(kind: Any) -> Callable[[Any], Any]:
    """What reads one kind; made once, since an archive reads the same few kinds a million times."""
    if isinstance(kind, types.UnionType):  # only `X | None` occurs
        stated = reader(typing.get_args(kind)[0])
        return lambda value: None if value is None else stated(value)
    if typing.get_origin(kind) is tuple:
        return partial(_tuple, reader(typing.get_args(kind)[0]))
    if kind is Moment:
        return lambda value: Moment.parse(_text(value))
    if dataclasses.is_dataclass(kind):
        return _nouns(kind)
    return _text if kind is str else partial(_number, kind)


def _tuple(one: Callable[[Any], Any], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError('expected a list, like ["one", "two"]')
    return tuple(map(one, value))


def _number(kind: Any, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("expected a number")
    try:
        number = kind(value)
    except (ValueError, OverflowError):
        raise ValueError(f"expected a number, not {value!r}") from None
    if not abs(number) <= LARGEST:  # nor infinite, nor not a number
        raise ValueError(f"expected a number up to {LARGEST}")
    return number


@cache
def hints(kind: Any) -> dict[str, Any]:
    """The fields of a noun with their types, in order."""
    return typing.get_type_hints(kind)


def _nouns(kind: Any) -> Callable[[Any], Any]:
    readers = {name: reader(hint) for name, hint in hints(kind).items()}
    needed = {field.name for field in dataclasses.fields(kind) if field.default is dataclasses.MISSING}

    def noun(value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError(f"expected a mapping of {', '.join(readers)}")
        known = {name: read(value[name]) for name, read in readers.items() if name in value}
        for name in needed - known.keys():  # left out on the way out because it was unknown or empty
            known[name] = _empty(hints(kind)[name])
        return kind(**known)

    return noun


def _empty(kind: Any) -> Any:
    if isinstance(kind, types.UnionType):
        return None
    if typing.get_origin(kind) is tuple:
        return ()
    if kind is str:
        return ""
    raise ValueError("a value is missing")


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise ValueError(f"expected text, not {value!r}")
    return text.clean(str(value))
