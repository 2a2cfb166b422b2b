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
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_END: Any = object()  # of the items
FEW = 24  # below this many items a pool costs more than it gives
AHEAD = 4  # items in flight for each worker: memory stays bounded however many there are


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
            yield from _pooled(function, chain(first, source), count, lost)

    return over


def _pooled(function: Callable[[T], R], items: Iterator[T], count: int, lost: Callable[[T], R]) -> Iterator[R]:
    while (first := next(items, _END)) is not _END:
        waiting: deque[tuple[Future[R], T]] = deque()
        broken: list[T] = []
        with _pool(count) as pool:
            try:
                for one in chain([first], items):
                    waiting.append((pool.submit(function, one), one))
                    if len(waiting) >= count * AHEAD:
                        yield waiting[0][0].result()
                        waiting.popleft()
                while waiting:
                    yield waiting[0][0].result()
                    waiting.popleft()
            except BrokenProcessPool:
                broken = [item for _, item in waiting]
                if not waiting or waiting[-1][1] is not one:
                    broken.append(one)  # the pool broke before it took this item
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
