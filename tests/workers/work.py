"""What the workers of the tests are given to do. Loads nothing: each process begins with it."""

import os
import signal
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def length(data: bytes, number: int) -> int:
    return len(data) + number


def process(number: int) -> tuple[int, int]:
    return os.getpid(), os.getppid()


def deadly(number: int) -> int:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def deadly_once(mark: Path, number: int) -> int:
    """Takes the whole worker of Dask's along, the first time, as a machine does that is switched off."""
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    return number


def deadly_always(number: int) -> int:
    if number == 2:
        os.kill(os.getppid(), signal.SIGKILL)
    return number


def endless(number: int) -> int:
    while number == 2:
        pass
    return number


def refused(number: int) -> int:
    raise FileNotFoundError(number)


def refused_by(number: int) -> int:
    raise LookupError(os.getpid())


def told(number: int, why: str) -> str:
    return f"{number}: {why}"


def none(number: int, why: str) -> int:
    return -number


def nobody(number: int, why: str) -> tuple[int, int]:
    return 0, 0
