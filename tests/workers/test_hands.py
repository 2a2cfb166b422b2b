"""A process at work is begun, stopped and begun again, and leaves nothing behind."""

import multiprocessing.spawn
import os
import pickle
import sys
from functools import partial

import pytest

from generator.workers import MEMORY_BYTES, SECONDS, mapper, processes
from generator.workers.processes import DIED, Hand
from tests.workers.work import double, length, nobody, none, process


def test_a_process_that_does_not_begin_costs_its_item_and_the_next_has_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand = Hand(double, SECONDS, MEMORY_BYTES)
    monkeypatch.setattr(processes, "START_SECONDS", 0)
    assert hand.ask(pickle.dumps(1)) == DIED
    monkeypatch.undo()
    assert hand.work(2, none) == 4
    hand.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /bin/false")
def test_a_process_that_dies_before_it_has_read_a_long_function_is_no_reason_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hand = Hand(partial(length, bytes(1_000_000)), SECONDS, MEMORY_BYTES)
    assert hand.work(2, none) == 1_000_002
    hand.stop()
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", b"/bin/false")
    assert hand.ask(pickle.dumps(1)) == DIED


@pytest.mark.skipif(sys.platform == "win32", reason="no process is a child to wait for")
def test_no_process_is_left_to_be_waited_for() -> None:
    begun = {one for one, _ in mapper(2)(process, range(9), lost=nobody)}
    assert begun
    for one in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(one, os.WNOHANG)
