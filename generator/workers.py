"""`mapper(workers)`: a `map` over frozen values, in this process or over a pool of processes; results keep their order.

Functions given to it are module-level and pure, so a pool changes nothing but the time it takes. An item
that kills its worker costs that item alone.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 24  # below this many items a pool costs more than it gives
CHUNK = 8
AHEAD = 4  # chunks in flight for each worker: memory stays bounded however many items there are


class Mapper(Protocol):
    """A `map` that may work in parallel; lazily, in order. `lost` makes the result of an item that killed its worker."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T], R]) -> Iterator[R]: ...


def mapper(workers: int | None = None) -> Mapper:
    """A mapper over so many processes; None takes what the machine has, 1 stays in this process."""
    count = (os.cpu_count() or 1) if workers is None else workers

    def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T], R]) -> Iterator[R]:
        source = iter(items)
        first = list(islice(source, FEW))
        if count <= 1 or len(first) < FEW:
            yield from map(function, first)
            yield from map(function, source)
        else:
            yield from _pooled(function, _chunks(chain(first, source)), count, lost)

    return over


def _chunks(items: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def _pooled(function: Callable[[T], R], chunks: Iterator[list[T]], count: int, lost: Callable[[T], R]) -> Iterator[R]:
    while chunk := next(chunks, None):
        waiting: deque[tuple[Future[list[R]], list[T]]] = deque()
        broken: list[T] = []
        with _pool(count) as pool:
            try:
                for one in chain([chunk], chunks):
                    waiting.append((pool.submit(_each, function, one), one))
                    if len(waiting) >= count * AHEAD:
                        yield from waiting[0][0].result()
                        waiting.popleft()
                while waiting:
                    yield from waiting[0][0].result()
                    waiting.popleft()
            except BrokenProcessPool:
                broken = [item for _, left in waiting for item in left]
                if not waiting or waiting[-1][1] is not one:
                    broken += one  # the pool broke before it took this chunk
        yield from _one_by_one(function, broken, lost)


def _one_by_one(function: Callable[[T], R], items: list[T], lost: Callable[[T], R]) -> Iterator[R]:
    """Find out which item kills its worker, and go on without it."""
    left = deque(items)
    while left:
        with _pool(1) as pool:
            try:
                while left:
                    yield pool.submit(function, left[0]).result()
                    left.popleft()
            except BrokenProcessPool:
                yield lost(left.popleft())


def _pool(count: int) -> ProcessPoolExecutor:
    # spawned, not forked: a fork of a process with threads may hang, and every platform then behaves alike
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def _each(function: Callable[[T], R], chunk: list[T]) -> list[R]:
    return [function(item) for item in chunk]
