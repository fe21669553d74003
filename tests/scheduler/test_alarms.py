"""Alarms: due ones ring once, far ones cost nothing, and a wall clock that jumps neither doubles nor loses one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.alarms import HORIZON, MOST, Alarms
from scheduler.lanes import Work
from sequences.ports.dispatch import WorkKind
from tests.sequences.fakes import FakeClock

SOON = timedelta(seconds=30)
HOUR = timedelta(hours=1)
LONDON = ZoneInfo("Europe/London")
MAIL = Work(WorkKind.ACTION, "mail")


def test_chain_18_an_alarm_rings_once_when_it_is_due() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    assert alarms.set(MAIL, "org", clock() + SOON)
    assert (alarms.ring(), alarms.next_in()) == ([], SOON)
    clock.advance(SOON)
    assert alarms.ring() == [(MAIL, "org")]
    assert (alarms.ring(), alarms.next_in(), len(alarms)) == ([], None, 0)


def test_chain_18_the_earliest_of_several_alarms_for_the_same_work_rings() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    for seconds in (90, 30, 60):
        alarms.set(MAIL, "org", clock() + timedelta(seconds=seconds))
    assert len(alarms) == 1
    clock.advance(SOON)
    assert alarms.ring() == [(MAIL, "org")]
    clock.advance(HOUR)
    assert alarms.ring() == []


def test_chain_18_what_waits_for_days_is_a_row_and_nothing_in_memory() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    kept = [
        alarms.set(Work(WorkKind.ACTION, str(number)), "org", clock() + timedelta(days=1)) for number in range(10_000)
    ]
    assert not any(kept)
    assert len(alarms) == 0
    assert alarms.next_in() is None


def test_chain_18_no_flood_of_alarms_grows_without_bound() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    for number in range(MOST + 500):
        alarms.set(Work(WorkKind.CARD, str(number)), "org", clock() + SOON)
    assert len(alarms) == MOST
    assert alarms.set(Work(WorkKind.CARD, "0"), "org", clock() + SOON / 2), "what is known may still come earlier"


def test_chain_18_moving_one_alarm_a_hundred_thousand_times_keeps_one() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    for number in range(100_000):
        alarms.set(MAIL, "org", clock() + HORIZON - timedelta(microseconds=number))
    assert len(alarms) == 1
    assert len(alarms._order) < 200
    clock.advance(HORIZON)
    assert alarms.ring() == [(MAIL, "org")]


@pytest.mark.parametrize("asleep", [HOUR, timedelta(days=3)])
def test_chain_18_after_a_sleep_or_a_jump_forward_everything_rings_at_once_and_once(asleep: timedelta) -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    works = [Work(WorkKind.ACTION, str(number)) for number in range(10)]
    for number, work in enumerate(works):
        alarms.set(work, "org", clock() + SOON + timedelta(seconds=number))
    clock.advance(asleep)
    assert [work for work, _ in alarms.ring()] == works
    assert alarms.ring() == []


def test_chain_18_a_clock_set_back_neither_rings_twice_nor_forgets() -> None:
    clock = FakeClock()
    alarms = Alarms(clock)
    rung, waiting = Work(WorkKind.ACTION, "rung"), Work(WorkKind.ACTION, "waiting")
    alarms.set(rung, "org", clock() + SOON)
    alarms.set(waiting, "org", clock() + 3 * SOON)
    clock.advance(SOON)
    assert alarms.ring() == [(rung, "org")]
    clock.advance(-HOUR)
    assert alarms.ring() == []
    clock.advance(HOUR + 2 * SOON)
    assert alarms.ring() == [(waiting, "org")]


@pytest.mark.parametrize(
    "before",
    [datetime(2026, 3, 29, 0, 59, 50, tzinfo=LONDON), datetime(2026, 10, 25, 1, 59, 50, tzinfo=LONDON)],
    ids=["to summer", "to winter"],
)
def test_chain_18_both_clock_changes_are_nothing_to_an_alarm(before: datetime) -> None:
    clock = FakeClock(before.astimezone(UTC))
    alarms = Alarms(clock)
    alarms.set(MAIL, "org", clock() + SOON)
    clock.advance(SOON - timedelta(seconds=1))
    assert before.utcoffset() != clock().astimezone(LONDON).utcoffset(), "the clocks have changed in between"
    assert alarms.ring() == []
    clock.advance(timedelta(seconds=1))
    assert alarms.ring() == [(MAIL, "org")]
