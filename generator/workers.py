"""`mapper(workers)`: a `map` over frozen values, in processes of its own or in this one; results keep their order.

Functions given to it are module-level and pure, so processes change nothing but the time it takes. An item that kills
its process, takes all its memory or does not come to an end costs that item alone: a process works on one item at a
time, is killed, and another is begun.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SECONDS = (
    20.0  # of work that one item may cost; the time of the clock may be PATIENCE times as long, for machines are shared
)
PATIENCE = 4
MEMORY_BYTES = 2_000_000_000  # that a process may hold
START_SECONDS = 120.0  # by the clock, until a process has begun
FEW = 3  # items that a process would take longer to begin for than they take
AHEAD = 4  # items in flight for each process: memory stays bounded however many there are


class Mapper(Protocol):
    """A `map`, lazily and in order. `lost` makes the result of an item that stopped its process, and is told why."""

    def __call__(
        self, function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]
    ) -> Iterator[R]: ...


def mapper(workers: int | None = None, seconds: float = SECONDS, memory: int = MEMORY_BYTES) -> Mapper:
    """A mapper over so many processes; None takes what the machine has.

    0 stays in this process, which is faster for a few items, and in which nothing can be stopped.
    """
    count = (os.cpu_count() or 1) if workers is None else workers

    def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
        if not count:
            yield from map(function, items)
            return
        hands = [_Hand(function, seconds, memory) for _ in range(count)]
        threads = ThreadPoolExecutor(count, "worker")
        try:
            yield from _spread(threads, hands, items, lost)
        finally:
            for hand in hands:
                hand.end()
            threads.shutdown(cancel_futures=True)

    return over


def eased(many: Mapper, few: int = FEW) -> Mapper:
    """A mapper that does up to so many items in this process, where they are done before another has begun."""

    def over(function: Callable[[T], R], items: Iterable[T], /, lost: Callable[[T, str], R]) -> Iterator[R]:
        source = iter(items)
        first = tuple(islice(source, few + 1))
        yield from map(function, first) if len(first) <= few else many(function, chain(first, source), lost)

    return over


def _spread(
    threads: ThreadPoolExecutor, hands: list[_Hand], items: Iterable[T], lost: Callable[[T, str], R]
) -> Iterator[R]:
    free: queue.LifoQueue[_Hand] = queue.LifoQueue()  # the last one back goes first: few items begin few processes
    for hand in hands:
        free.put(hand)

    def work(item: T) -> R:
        hand = free.get()
        try:
            return hand.work(item, lost)
        finally:
            free.put(hand)

    waiting: deque[Future[R]] = deque()
    for item in items:
        waiting.append(threads.submit(work, item))
        if len(waiting) >= len(hands) * AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class _Hand:
    """A process at work on one item at a time, begun when there is one, and begun again after it was stopped."""

    def __init__(self, function: Callable[[Any], Any], seconds: float, memory: int) -> None:
        self._function = function
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._over = False
        self._used = False
        self._process: Any = None
        self._pipe: Any = None

    def work(self, item: T, lost: Callable[[T, str], R]) -> R:
        """What the function makes of the item; what it raises is raised here."""
        while True:
            self._begin()
            used, self._used = self._used, True
            try:
                if not used and self._pipe.poll(START_SECONDS):
                    self._pipe.recv()  # it has begun: from now on the time counts
                self._pipe.send(item)
                outcome, result = self._pipe.recv() if self._pipe.poll(self._seconds * PATIENCE) else ("slow", None)
            except (EOFError, OSError):
                outcome, result = "slow" if self._stop() == -getattr(signal, "SIGPROF", 0) else "died", None
                if used and outcome == "died":
                    continue  # whose fault it was is not known: a process of its own will tell
            return self._taken(outcome, result, partial(lost, item))

    def end(self) -> None:
        """Stop for good; what is at work is left."""
        with self._lock:
            self._over = True
            if self._process is not None:
                self._process.kill()

    def _taken(self, outcome: str, result: Any, lost: Callable[[str], R]) -> R:
        if outcome == "raised":
            raise result
        if outcome == "slow":
            self._stop()
            return lost(f"it takes more than {self._seconds:g} seconds")
        if outcome == "memory":
            return lost(f"it takes more than {self._memory // 1_000_000} MB of memory")
        if outcome == "died":
            return lost("the process that read it came to an end")
        done: R = result
        return done

    def _begin(self) -> None:
        with self._lock:
            if self._over:
                raise RuntimeError("the work was given up")
            if self._process is not None:
                return
            # spawned, not forked: a fork of a process with threads may hang, and every platform then behaves alike
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(
                target=_serve, args=(theirs, self._function, self._seconds, self._memory), daemon=True
            )
            self._process.start()
            self._used = False
            theirs.close()  # so that its end is ours to notice

    def _stop(self) -> int | None:
        with self._lock:
            if self._process is None:
                return None
            self._process.kill()
            self._process.join()
            code: int | None = self._process.exitcode
            self._process.close()
            self._pipe.close()
            self._process = None
            return code


# ---- in the process --------------------------------------------------------------------------------------------------


def _serve(pipe: Connection[Any, Any], function: Callable[[Any], Any], seconds: float, memory: int) -> None:
    """Work on what comes through the pipe until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who gave the work
    _limit(memory)
    pipe.send("begun")
    while True:
        try:
            raw = pipe.recv_bytes()
        except EOFError:
            return
        _alarm(seconds)
        pipe.send_bytes(_answer(function, raw))
        _alarm(0)
        if _peak_bytes() > memory // 2:
            return  # what libraries keep must not be the next item's fault


def _answer(function: Callable[[Any], Any], raw: bytes) -> bytes:
    try:
        return pickle.dumps(("done", function(pickle.loads(raw))))  # noqa: S301 - from our own parent
    except MemoryError:
        return pickle.dumps(("memory", None))
    except Exception as error:  # noqa: BLE001 - it is raised again where the work was given
        try:
            return pickle.dumps(("raised", error))
        except Exception:  # noqa: BLE001 - not every error can travel
            return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))


def _limit(memory: int) -> None:
    if sys.platform != "linux":  # elsewhere the limit is not kept, or not known
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    for kind, limit in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _alarm(seconds: float) -> None:
    """The system ends this process after so much work, even one that nobody is left to end."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _peak_bytes() -> int:
    if sys.platform != "linux":
        return 0
    import resource  # noqa: PLC0415 - there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
