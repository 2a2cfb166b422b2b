"""Processes of this machine at work on items, each on one at a time, with a deadline and a limit of memory.

An item that kills its process, takes all its memory or does not come to an end costs that item alone: the process is
killed, and another is begun.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 4
START_SECONDS = 120.0  # by the clock, until a process has begun
AHEAD = 4  # items in flight for each process: memory stays bounded however many there are
DIED = pickle.dumps(("died", None))
_SLOW = pickle.dumps(("slow", None))


def spread(hands: list[Hand], items: Iterable[T], lost: Callable[[T, str], R]) -> Iterator[R]:
    """What the hands make of the items, lazily and in order; all of them are ended after it."""
    threads = ThreadPoolExecutor(len(hands), "worker")
    try:
        yield from _spread(threads, hands, items, lost)
    finally:
        for hand in hands:
            hand.end()
        threads.shutdown(cancel_futures=True)
        for hand in hands:
            hand.stop()


def _spread(
    threads: ThreadPoolExecutor, hands: list[Hand], items: Iterable[T], lost: Callable[[T, str], R]
) -> Iterator[R]:
    free: queue.LifoQueue[Hand] = queue.LifoQueue()  # the last one back goes first: few items begin few processes
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


class Hand:
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

    def ask(self, raw: bytes) -> bytes:
        """What the function makes of a pickled item, as an answer that `taken` reads."""
        while True:
            self._begin()
            used, self._used = self._used, True
            try:
                if not used and not self._ready():
                    self.stop()
                    return DIED
                self._pipe.send_bytes(raw)
                if self._pipe.poll(self._seconds * PATIENCE):
                    return bytes(self._pipe.recv_bytes())
            except (EOFError, OSError):
                if self.stop() == -getattr(signal, "SIGPROF", 0):
                    return _SLOW
                if used:
                    continue  # whose fault it was is not known: a process of its own will tell
                return DIED
            self.stop()
            return _SLOW

    def _ready(self) -> bool:
        """Whether the process has begun and knows what it is to do; only from then on the time of an item counts."""
        if not self._pipe.poll(START_SECONDS):
            return False
        self._pipe.recv()
        self._pipe.send_bytes(pickle.dumps(self._function))
        if not self._pipe.poll(START_SECONDS):
            return False
        self._pipe.recv()
        return True

    def work(self, item: T, lost: Callable[[T, str], R]) -> R:
        """What the function makes of the item; what it raises is raised here."""
        answer: R = taken(self.ask(pickle.dumps(item)), self._seconds, self._memory, lambda why: lost(item, why))
        return answer

    def end(self) -> None:
        """Work no more; what is at work is left, and waited for by nobody."""
        with self._lock:
            self._over = True
            if self._process is not None:
                self._process.kill()

    def stop(self) -> int | None:
        """Stop, until there is work again; how the process ended, if there was one."""
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

    def _begin(self) -> None:
        with self._lock:
            if self._over:
                raise RuntimeError("the work was given up")
            if self._process is not None:
                return
            # spawned, not forked: a fork of a process with threads may hang, and every platform then behaves alike
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            # what it is to do follows when it has begun: `start` waits for ever for one that dies before it has read all of that
            self._process = context.Process(target=_serve, args=(theirs, self._seconds, self._memory), daemon=True)
            self._process.start()
            self._used = False
            theirs.close()  # so that its end is ours to notice


def taken(answer: bytes, seconds: float, memory: int, lost: Callable[[str], Any]) -> Any:
    """The result in an answer of `Hand.ask`; what was raised is raised, and `lost` makes the result where there is none."""
    outcome, result = pickle.loads(answer)  # noqa: S301 - from our own process
    if outcome == "raised":
        raise result
    if outcome == "slow":
        return lost(f"it takes more than {seconds:g} seconds")
    if outcome == "memory":
        return lost(f"it takes more than {memory // 1_000_000} MB of memory")
    if outcome == "died":
        return lost("the process that read it came to an end")
    return result


# ---- in the process --------------------------------------------------------------------------------------------------


def _serve(pipe: Connection[Any, Any], seconds: float, memory: int) -> None:
    """Work on what comes through the pipe, behind the function to work with, until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who gave the work
    _limit(memory)
    pipe.send("begun")
    try:
        function = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own parent
    except EOFError:
        return
    pipe.send("ready")
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
