"""A map over a Dask cluster: items travel to its workers, results come back in order, and nothing else is shared.

A worker hands each item to a process beside it, so the deadline, the limit of memory and the loss are those of this
machine's own processes. What a worker held that died is given to another.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from generator import __version__
from generator.errors import NetworkError, UsageError
from generator.workers.processes import AHEAD, DIED, Hand, taken

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")

CONNECT_SECONDS = 20.0
ABSENCE_SECONDS = 120.0  # for which a cluster may be without any worker
LOOK_SECONDS = 5.0  # between two looks whether there still is one
FLIGHT_BYTES = 256_000_000  # of items that are with the cluster: its scheduler holds them until they are done
TURNS = 2  # that an item gets, each on as many workers as Dask tries, before it is given up as the one that kills them
_MISSING = ("a Dask cluster needs a library that is not installed", 'pip install "backfile[cluster]"')


def spread(
    address: str,
    function: Callable[[T], R],
    items: Iterable[T],
    lost: Callable[[T, str], R],
    *,
    limits: tuple[float, int],
) -> Iterator[R]:
    """What the cluster makes of the items, lazily and in order. Raises NetworkError, UsageError.

    `limits` are the seconds and the bytes of memory that an item may cost.
    """
    with _connected(address, limits) as client:
        flight = _Flight(client, address, limits)
        waiting: deque[tuple[bytes, Future[bytes]]] = deque()
        held = 0

        def landed() -> R:
            nonlocal held
            raw, future = waiting.popleft()
            held -= len(raw)
            answer = flight.answer(raw, future)
            result: R = taken(answer, *limits, lambda why: lost(pickle.loads(raw)[1], why))  # noqa: S301 - our own
            return result

        for item in items:
            raw = pickle.dumps((function, item))
            while waiting and (len(waiting) >= flight.room or held + len(raw) > FLIGHT_BYTES):
                yield landed()
            held += len(raw)
            waiting.append((raw, flight.send(raw)))
        while waiting:
            yield landed()


@contextmanager
def _connected(address: str, limits: tuple[float, int]) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and only where a cluster is named
    except ImportError as error:
        raise UsageError(*_MISSING) from error
    import dask  # noqa: PLC0415 - comes with it

    # a page may be large, and must not be anywhere else than in what is sent: a worker that dies would take it along
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": sys.maxsize}):
        try:
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            raise NetworkError(
                f"{address}: no scheduler of Dask answers", "is it up, and is this its address?"
            ) from error
        with client:
            try:
                yield client
            finally:
                if client.status == "running":  # one whose scheduler has gone would wait for it
                    with suppress(OSError):
                        client.run(_rested, *limits, on_error="ignore")


class _Flight:
    """What is with the cluster: how much there may be, and what became of it."""

    def __init__(self, client: Client, address: str, limits: tuple[float, int]) -> None:
        self._client, self._address, self._limits = client, address, limits
        self._left = 0  # items until it is looked again how many workers there are
        self.room = AHEAD

    def send(self, raw: bytes) -> Future[bytes]:
        if not self._left:
            with self._reached():
                self.room = self._left = AHEAD * max(1, self._threads())
        self._left -= 1
        with self._reached():
            return self._client.submit(_worked, __version__, *self._limits, raw, pure=False)

    def answer(self, raw: bytes, future: Future[bytes]) -> bytes:
        """The answer to an item. Where each of several workers died that had it, it gets another turn."""
        from distributed import KilledWorker  # noqa: PLC0415 - it is installed: there is a client

        for turn in range(TURNS):
            try:
                with self._reached():
                    return self._waited(future if not turn else self.send(raw))
            except KilledWorker:
                continue
            except (ImportError, RuntimeError) as error:
                raise UsageError(
                    f"{self._address}: a worker cannot do the work: {error}",
                    "install the same Backfile, and the same Python, wherever a worker runs",
                ) from error
        return DIED

    def _waited(self, future: Future[bytes]) -> bytes:
        alone = 0.0
        while True:
            try:
                return future.result(timeout=LOOK_SECONDS)
            except TimeoutError:
                alone = 0.0 if self._threads() else alone + LOOK_SECONDS
                if alone >= ABSENCE_SECONDS:
                    raise NetworkError(f"{self._address}: there is no worker left", _AGAIN) from None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        from distributed import CancelledError  # noqa: PLC0415 - as above

        try:
            yield
        except (CancelledError, OSError) as error:
            raise NetworkError(f"{self._address}: the scheduler has gone", _AGAIN) from error

    def _threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads()  # type: ignore[no-untyped-call]
        return sum(threads.values())


_AGAIN = "start it again, and call the same command: what was taken in stays"


# ---- in a worker of Dask's -----------------------------------------------------------------------------------------------


def _worked(version: str, seconds: float, memory: int, raw: bytes) -> bytes:
    """The answer to an item, by a process beside this one."""
    if version != __version__:
        raise RuntimeError(f"it has Backfile {__version__}, and {version} is asked for")
    hands = _hands(seconds, memory)
    try:
        hand = hands.get_nowait()
    except queue.Empty:
        multiprocessing.current_process().daemon = False  # Dask's own word for it; one that is may begin no others
        hand = Hand(_called, seconds, memory)
    try:
        return hand.ask(raw)
    finally:
        hands.put(hand)


@cache
def _hands(seconds: float, memory: int) -> queue.LifoQueue[Hand]:  # noqa: ARG001 - by these it is cached
    """The processes beside this one that have nothing to do: there are never more than the worker has threads."""
    return queue.LifoQueue()


def _called(job: tuple[Callable[[Any], Any], Any]) -> Any:
    function, item = job
    return function(item)


def _rested(seconds: float, memory: int) -> None:
    """End the processes that have nothing to do: the cluster may be asked by somebody else next, or by nobody."""
    hands = _hands(seconds, memory)
    while not hands.empty():
        with suppress(queue.Empty):
            hands.get_nowait().stop()
