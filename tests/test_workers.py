"""A map over processes is a map: in order, lazily, and an item that kills its worker costs that item alone."""

import os
import signal
from collections.abc import Iterator

import pytest

from generator.workers import AHEAD, FEW, mapper

MANY = 3 * FEW


def double(number: int) -> int:
    return 2 * number


def deadly(number: int) -> int:
    """Dies of 30 and of 47, as a page might that breaks a library."""
    if number in (30, 47):
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refused(number: int) -> int:
    raise ValueError(number)


def none(number: int) -> int:
    return -number


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("count", [0, 1, FEW, MANY])
def test_results_come_in_the_order_of_the_items(workers: int, count: int) -> None:
    assert list(mapper(workers)(double, range(count), lost=none)) == [2 * number for number in range(count)]


def test_an_item_that_kills_its_worker_costs_that_item_alone() -> None:
    found = list(mapper(2)(deadly, range(MANY), lost=none))
    assert found == [-number if number in (30, 47) else number for number in range(MANY)]


def test_items_are_taken_no_faster_than_they_are_worked_on() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = mapper(2)(double, items(), lost=none)
    assert next(results) == 0
    assert taken <= 2 * AHEAD + 1 + FEW


def test_an_error_of_the_function_is_not_hidden() -> None:
    with pytest.raises(ValueError, match="0"):
        list(mapper(2)(refused, range(MANY), lost=none))
