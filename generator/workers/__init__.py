"""`mapper(workers)`: a `map` over frozen values, in this process, in others, or on a Dask cluster; results keep their order.

Functions given to it are module-level and pure, so workers change nothing but the time it takes. An item that kills
its process, takes all its memory or does not come to an end costs that item alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Protocol, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
R = TypeVar("R")

SECONDS = (
    20.0  # of work that one item may cost; the time of the clock may be PATIENCE times as long, for machines are shared
)
MEMORY_BYTES = 2_000_000_000  # that a process may hold
FEW = 3  # items that a process would take longer to begin for than they take


class Mapper(Protocol):
    """A `map`, lazily and in order. `lost` makes the result of an item that stopped its process, and is told why."""

    def __call__(
        self, function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]
    ) -> Iterator[R]: ...


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask cluster, by the address of its scheduler."""

    address: str

    @classmethod
    def parse(cls, text: str) -> Cluster | None:
        """The cluster at `dask://HOST:PORT`; None for anything else."""
        try:
            parts = urlsplit(text)
            whole = parts.scheme == "dask" and parts.hostname and parts.port and text == f"dask://{parts.netloc}"
        except ValueError:  # a port that is no number
            return None
        return cls(f"tcp://{parts.netloc}") if whole and "@" not in parts.netloc else None


# So many processes; None for as many as the machine has; 0 for this one, which is faster for a few items, and in which
# nothing can be stopped; or a cluster.
Workers = int | Cluster | None


def mapper(workers: Workers = None, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> Mapper:
    """A mapper over these workers."""
    if isinstance(workers, Cluster):
        return _Afar(workers, seconds, memory, mapper(None, seconds, memory))
    count = (os.cpu_count() or 1) if workers is None else workers

    def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
        if not count:
            return map(function, items)
        from generator.workers.processes import Hand, spread  # noqa: PLC0415 - most builds have work for this one only

        return spread([Hand(function, seconds, memory) for _ in range(count)], items, lost)

    return over


def near(many: Mapper) -> Mapper:
    """The mapper itself, or where its processes do not see this machine's disk, one beside it whose processes do."""
    return many.beside if isinstance(many, _Afar) else many


def eased(many: Mapper, few: int = FEW) -> Mapper:
    """A mapper that does up to so many items in this process, where they are done before another has begun."""

    def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
        source = iter(items)
        first = tuple(islice(source, few + 1))
        yield from map(function, first) if len(first) <= few else many(function, chain(first, source), lost)

    return over


@dataclass(frozen=True, slots=True)
class _Afar:
    """A mapper over a cluster, and one over this machine's own processes."""

    cluster: Cluster
    seconds: float
    memory: int
    beside: Mapper

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
        from generator.workers import cluster  # noqa: PLC0415 - loaded where a cluster is named

        return cluster.spread(self.cluster.address, function, items, lost, limits=(self.seconds, self.memory))
