"""A map over a Dask cluster of real processes is a map, whatever dies; and an archive that it reads for has the same bytes."""

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from generator import pipeline
from generator.errors import NetworkError, UsageError
from generator.intake import Stated
from generator.workers import Cluster, Mapper, cluster, mapper, near
from generator.workers.processes import AHEAD
from tests.samples import FERRY, Run, Sample, TryOut, tree
from tests.workers.work import (
    deadly,
    deadly_always,
    deadly_once,
    double,
    endless,
    nobody,
    none,
    process,
    refused,
    refused_by,
    told,
)

SHORT = 0.2  # seconds of work
MANY = 40


@pytest.fixture(scope="module")
def dasks() -> Iterator[LocalCluster]:
    """Two workers of Dask's, each a process; one death is enough for Dask to give an item up."""
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0, "distributed.admin.log-format": "%(message)s"}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as held,
    ):
        yield held


@pytest.fixture
def address(dasks: LocalCluster) -> Cluster:
    return Cluster(dasks.scheduler_address)


@pytest.fixture
def many(address: Cluster) -> Mapper:
    return mapper(address)


def test_results_come_in_the_order_of_the_items_from_processes_beside_the_workers(
    many: Mapper, dasks: LocalCluster
) -> None:
    assert list(many(double, range(MANY), lost=none)) == [2 * number for number in range(MANY)]
    found = set(many(process, range(MANY), lost=nobody))
    assert {above for _, above in found} <= {one.pid for one in dasks.workers.values()}
    assert os.getpid() not in {one for pair in found for one in pair}


def test_no_items_are_no_results(many: Mapper) -> None:
    assert list(many(double, (), lost=none)) == []


def test_items_are_sent_no_faster_than_they_are_worked_on(many: Mapper) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = many(double, items(), lost=none)
    assert next(results) == 0
    assert taken <= 2 * AHEAD + 1
    results.close()  # type: ignore[attr-defined]


def test_no_more_bytes_are_sent_than_a_scheduler_should_hold(many: Mapper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "FLIGHT_BYTES", 1)
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(MANY):
            taken.append(number)
            yield number

    results = many(double, items(), lost=none)
    assert next(results) == 0
    assert taken == [0, 1]
    assert list(results) == [2 * number for number in range(1, MANY)]


def test_an_item_that_kills_its_process_costs_that_item_alone(many: Mapper) -> None:
    found: list[int | str] = list(many(deadly, range(MANY), lost=told))
    assert found == ["7: the process that read it came to an end" if one == 7 else one for one in range(MANY)]


def test_an_item_that_does_not_come_to_an_end_costs_that_item_alone(address: Cluster) -> None:
    found: list[int | str] = list(mapper(address, SHORT)(endless, range(5), lost=told))
    assert found == [0, 1, "2: it takes more than 0.2 seconds", 3, 4]


def test_a_worker_that_dies_costs_nothing(many: Mapper, tmp_path: Path) -> None:
    mark = tmp_path / "died"
    assert list(many(partial(deadly_once, mark), range(MANY), lost=none)) == list(range(MANY))
    assert mark.exists()


def test_an_item_that_kills_every_worker_it_is_given_costs_that_item_alone(many: Mapper) -> None:
    found: list[int | str] = list(many(deadly_always, range(5), lost=told))
    assert found == [0, 1, "2: the process that read it came to an end", 3, 4]


def test_an_error_of_the_function_is_not_hidden(many: Mapper) -> None:
    with pytest.raises(FileNotFoundError, match="0"):
        list(many(refused, range(MANY), lost=none))


def test_an_error_leaves_no_process_beside_the_workers(many: Mapper) -> None:
    with pytest.raises(LookupError) as error:
        list(many(refused_by, range(1), lost=none))
    (beside,) = error.value.args
    with pytest.raises(ProcessLookupError):
        os.kill(beside, 0)


def test_a_worker_with_another_backfile_is_told_from_one_that_fails(
    many: Mapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "0.0.1")
    with pytest.raises(UsageError, match=r"0\.0\.1 is asked for"):
        list(many(double, range(3), lost=none))


def test_nobody_at_the_address_is_an_error_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.2)
    with pytest.raises(NetworkError, match="no scheduler of Dask answers"):
        list(mapper(Cluster("tcp://127.0.0.1:9"))(double, range(3), lost=none))


def test_a_cluster_without_workers_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ABSENCE_SECONDS", 0.2)
    monkeypatch.setattr(cluster, "LOOK_SECONDS", 0.1)
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50) as empty,
        pytest.raises(NetworkError, match="there is no worker"),
    ):
        list(mapper(Cluster(empty.scheduler_address))(double, range(3), lost=none))


def test_a_scheduler_that_goes_stops_the_command_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "LOOK_SECONDS", 0.1)
    with LocalCluster(n_workers=0, processes=False, dashboard_address="127.0.0.1:0", silence_logs=50) as short:

        def items() -> Iterator[int]:
            yield 0
            short.close()
            yield 1

        with pytest.raises(NetworkError, match="the scheduler has gone"):
            list(mapper(Cluster(short.scheduler_address))(double, items(), lost=none))


def test_without_the_extra_the_error_says_what_to_install(many: Mapper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r'pip install "backfile\[cluster\]"'):
        list(many(double, range(3), lost=none))


def test_work_on_this_machines_disk_stays_on_this_machine(many: Mapper) -> None:
    local = mapper(2)
    assert near(local) is local
    assert {above for _, above in near(many)(process, range(9), lost=nobody)} == {os.getpid()}


@pytest.mark.parametrize(
    "text",
    ["dask:", "dask://", "dask://host", "dask://host:port", "dask://host:99999", "dask://me@host:1", "dask://host:1/x"],
)
def test_an_address_that_is_none_is_refused(text: str, run: Run, archive: TryOut) -> None:
    assert Cluster.parse(text) is None
    ran = run("--archive", archive.root, "build", "--workers", text)
    assert (ran.status, "dask://HOST:PORT" in ran.err) == (2, True)


def test_an_address_is_parsed() -> None:
    assert Cluster.parse("dask://10.0.0.1:8786") == Cluster("tcp://10.0.0.1:8786")
    assert Cluster.parse("dask://[::1]:8786") == Cluster("tcp://[::1]:8786")
    assert Cluster.parse("4") is None


class Killing(pipeline.Quiet):
    """Kills a worker when the third page has been read."""

    def __init__(self, dasks: LocalCluster) -> None:
        self.dasks, self.steps, self.killed = dasks, 0, 0

    def step(self) -> None:
        self.steps += 1
        if self.steps == 3:
            self.killed = next(iter(self.dasks.workers.values())).pid
            os.kill(self.killed, signal.SIGKILL)


def test_an_archive_read_by_a_cluster_that_loses_a_worker_has_the_bytes_of_one_read_here(
    archive: TryOut, tmp_path: Path, dasks: LocalCluster, address: Cluster
) -> None:
    for number in range(12):
        page = replace(
            Sample(f"Crossing {number} of the winter", f"2022-{1 + number % 12:02}-11T06:00:00Z"),
            url=f"https://www.ledger.example/crossing-{number}/",
            paragraphs=(
                f"Crossing {number} left the quay with {number} cars aboard and no wind.",
                *FERRY[number % 3 :],
            ),
        )
        archive.save(f"{number:02}.html", page)
    archive.save("cut.html", "")
    heap = tmp_path / "heap"
    there = TryOut(tmp_path / "there")
    there.root.mkdir()
    (there.root / "archive.toml").write_bytes((archive.root / "archive.toml").read_bytes())
    kill = Killing(dasks)
    serial = archive.add(heap)
    found = pipeline.add(there.settings, [heap], Stated(), address, kill)
    assert kill.killed
    assert found == serial
    archive.build()
    pipeline.build(there.settings, None, address, pipeline.Quiet())
    assert serial.verdicts["added"] == 12
    assert tree(archive.root / "content") == tree(there.root / "content")
    assert tree(archive.root / "site") == tree(there.root / "site")
