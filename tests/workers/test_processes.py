"""A map over processes is a map: in order, lazily, and an item that stops its process costs that item alone."""

import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from generator.workers import SECONDS, eased, mapper
from generator.workers.processes import AHEAD
from tests.workers.work import double, none, refused, told

MANY = 40
SHORT = 0.2  # seconds of work


def deadly(number: int) -> int:
    """Dies of 7 and of 23, as a page might that breaks a library."""
    if number in (7, 23):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def endless(number: int) -> int:
    """Never done with 2; with 5 it waits for what never comes."""
    while number == 2:
        pass
    if number == 5:
        threading.Event().wait()
    return number


def hungry(number: int) -> int:
    return len(b"x" * (600_000_000 if number == 1 else 1))


def process(number: int) -> int:
    return os.getpid()


class UnfitError(Exception):
    """An error that cannot travel."""

    def __reduce__(self) -> str:
        raise TypeError


def unfit(number: int) -> int:
    raise UnfitError("of no use")


def test_a_few_items_are_done_in_this_process_and_many_elsewhere() -> None:
    few, many = eased(mapper(2), few=3), range(4)
    assert set(few(process, range(3), none)) == {os.getpid()}
    assert os.getpid() not in set(few(process, many, none))


@pytest.mark.parametrize("workers", [0, 1, 2])
@pytest.mark.parametrize("count", [0, 1, MANY])
def test_results_come_in_the_order_of_the_items(workers: int, count: int) -> None:
    assert list(mapper(workers)(double, range(count), lost=none)) == [2 * number for number in range(count)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_item_that_kills_its_process_costs_that_item_alone(workers: int) -> None:
    found = list(mapper(workers)(deadly, range(MANY), lost=none))
    assert found == [-number if number in (7, 23) else number for number in range(MANY)]


def test_an_item_that_does_not_come_to_an_end_costs_that_item_alone() -> None:
    found: list[int | str] = list(mapper(1, SHORT)(endless, range(8), lost=told))
    assert found == [
        0, 1, "2: it takes more than 0.2 seconds", 3, 4, "5: it takes more than 0.2 seconds", 6, 7,
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep a limit on memory")
def test_an_item_that_takes_too_much_memory_costs_that_item_alone() -> None:
    found: list[int | str] = list(mapper(1, SECONDS, 500_000_000)(hungry, range(3), lost=told))
    assert found == [1, "1: it takes more than 500 MB of memory", 1]


def test_items_are_taken_no_faster_than_they_are_worked_on() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = mapper(2)(double, items(), lost=none)
    assert next(results) == 0
    assert taken <= 2 * AHEAD
    results.close()  # type: ignore[attr-defined]


def test_who_stops_listening_stops_the_work() -> None:
    results = mapper(1, SECONDS)(endless, (0, 5), lost=none)
    assert next(iter(results)) == 0
    results.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("worker")]


def test_no_more_processes_are_begun_than_there_are_items() -> None:
    (one,) = mapper(50)(process, [1], lost=none)
    assert one != os.getpid()
    assert list(mapper(0)(process, [1], lost=none)) == [os.getpid()]


@pytest.mark.parametrize("workers", [0, 2])
def test_an_error_of_the_function_is_not_hidden(workers: int) -> None:
    with pytest.raises(FileNotFoundError, match="0"):
        list(mapper(workers)(refused, range(MANY), lost=none))


def test_an_error_that_cannot_travel_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="UnfitError: of no use"):
        list(mapper(1)(unfit, [1], lost=none))
