"""`mapper(workers)`: a `map` over frozen values, in this process or over a pool of processes; results keep their order.

Functions given to it are module-level and pure, so a pool changes nothing but the time it takes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 24  # below this many items a pool costs more than it gives
CHUNK = 8
AHEAD = 4  # chunks in flight for each worker: memory stays bounded however many items there are


class Mapper(Protocol):
    """A `map` that may work in parallel; lazily, in order."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]: ...


def mapper(workers: int | None = None) -> Mapper:
    """A mapper over so many processes; None takes what the machine has, 1 stays in this process."""
    count = (os.cpu_count() or 1) if workers is None else workers

    def over(function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]:
        source = iter(items)
        first = list(islice(source, FEW))
        if count <= 1 or len(first) < FEW:
            yield from map(function, first)
            yield from map(function, source)
        else:
            yield from _pooled(function, first, source, count)

    return over


def _pooled(function: Callable[[T], R], first: list[T], rest: Iterator[T], count: int) -> Iterator[R]:
    def chunks() -> Iterator[list[T]]:
        for at in range(0, len(first), CHUNK):
            yield first[at : at + CHUNK]
        while chunk := list(islice(rest, CHUNK)):
            yield chunk

    # spawned, not forked: a fork of a process with threads may hang, and every platform then behaves alike
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = []
        for chunk in chunks():
            waiting.append(pool.submit(_each, function, chunk))
            if len(waiting) >= count * AHEAD:
                yield from waiting.pop(0).result()
        for done in waiting:
            yield from done.result()


def _each(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [function(item) for item in chunk]
