"""Waiting longer after each failure."""

import asyncio

from scheduler.lanes import Work
from scheduler.setbacks import Brake, Growth, Setbacks
from sequences.ports.dispatch import WorkKind

GROWTH = Growth(first=2, longest=300)
WORK = Work(WorkKind.JOB, "poisoned")


class Stopwatch:
    """Seconds that only a test lets pass."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_err_09_a_wait_doubles_up_to_the_longest() -> None:
    assert [GROWTH.after(failures) for failures in (1, 2, 3, 8, 9, 10_000)] == [2, 4, 8, 256, 300, 300]


def test_err_09_work_that_fails_each_time_is_tried_ever_more_rarely() -> None:
    elapsed = Stopwatch()
    setbacks = Setbacks(elapsed=elapsed)
    tries = 0
    for _ in range(3600 // 2):  # an hour of sweeps
        if not setbacks.holds_back(WORK):
            tries += 1
            setbacks.failed(WORK, GROWTH)
        elapsed.now += 2
    assert 8 <= tries <= 20


def test_err_09_a_success_is_a_fresh_start() -> None:
    elapsed = Stopwatch()
    setbacks = Setbacks(elapsed=elapsed)
    assert [setbacks.failed(WORK, GROWTH) for _ in range(5)] == [1, 2, 3, 4, 5]
    setbacks.succeeded(WORK)
    assert not setbacks.holds_back(WORK)
    assert setbacks.failed(WORK, GROWTH) == 1
    assert len(setbacks) == 1


def test_err_09_failures_are_not_remembered_without_bound() -> None:
    setbacks = Setbacks(elapsed=Stopwatch(), most=10)
    for number in range(25):
        setbacks.failed(Work(WorkKind.JOB, str(number)), GROWTH)
    assert len(setbacks) == 10
    assert setbacks.holds_back(Work(WorkKind.JOB, "24"))
    assert not setbacks.holds_back(Work(WorkKind.JOB, "0"))


async def test_err_09_while_the_database_is_away_nobody_passes_and_the_first_success_lets_all_go_on() -> None:
    brake = Brake(Growth(first=1000, longest=1000), elapsed=Stopwatch())
    await brake.passed()
    brake.failed()
    waiting = [asyncio.create_task(brake.passed()) for _ in range(8)]
    done, _ = await asyncio.wait(waiting, timeout=0)
    assert done == set()
    brake.succeeded()
    await asyncio.gather(*waiting)
    await brake.passed()


def test_err_09_failures_of_the_same_moment_count_once() -> None:
    elapsed = Stopwatch()
    brake = Brake(Growth(first=1, longest=60), elapsed=elapsed)
    for _ in range(8):
        brake.failed()
    elapsed.now += 1
    brake.failed()
    assert brake._over_at - elapsed.now == 2, "the second failure, not the ninth"
