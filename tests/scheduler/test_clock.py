"""The wall clock is set back, or forward, or the machine sleeps: what is due stays due, and nothing is hours late."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.clock import SteadyClock
from sequences.ports.store import Delivery
from storage.database import Database
from tests.sequences.fakes import START, FakeClock

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


class Machine:
    """A wall clock that can be set, and time itself."""

    def __init__(self) -> None:
        self.wall = FakeClock()
        self.seconds = 50.0
        self.clock = SteadyClock(self.wall, elapsed=lambda: self.seconds)

    def live(self, span: timedelta) -> None:
        self.wall.advance(span)
        self.seconds += span.total_seconds()


def test_chain_18_it_is_the_wall_clock_while_nobody_sets_that() -> None:
    machine = Machine()
    for _ in range(5):
        machine.live(SECOND)
        assert machine.clock() == machine.wall()


def test_chain_18_after_a_sleep_or_a_jump_forward_it_is_the_wall_clock_at_once() -> None:
    machine = Machine()
    machine.wall.advance(8 * HOUR)
    assert machine.clock() == START + 8 * HOUR


def test_chain_18_set_back_an_hour_a_span_takes_at_most_twice_as_long_and_no_hour() -> None:
    machine = Machine()
    deadline = machine.clock() + 30 * SECOND
    machine.wall.advance(-HOUR)
    machine.live(59 * SECOND)
    assert machine.clock() < deadline
    machine.live(SECOND)
    assert machine.clock() == deadline


def test_chain_18_it_meets_the_wall_clock_again() -> None:
    machine = Machine()
    machine.wall.advance(-HOUR)
    for _ in range(2 * 60):
        assert machine.clock() > machine.wall()
        machine.live(60 * SECOND)
    assert machine.clock() == machine.wall() == START + HOUR


@given(st.lists(st.tuples(st.integers(-7200, 7200), st.floats(0, 600)), max_size=60))
def test_chain_18_however_the_wall_clock_is_set_this_one_never_goes_back_and_never_stands(
    moves: list[tuple[int, float]],
) -> None:
    machine = Machine()
    before = machine.clock()
    for jump, passed in moves:
        machine.wall.advance(timedelta(seconds=jump))
        machine.live(timedelta(seconds=passed))
        now = machine.clock()
        assert now >= before + timedelta(seconds=passed) * 0.5 - timedelta(microseconds=2)
        assert now >= machine.wall()
        before = now


async def test_chain_18_what_came_in_the_moment_before_the_clock_was_set_back_is_still_due(database_url: str) -> None:
    machine = Machine()
    now = machine.clock()
    delivery = Delivery(
        id="delivery_1",
        org_id="org",
        provider="meetingbaas",
        delivery_id="1",
        body={},
        process_at=now,
        received_at=now,
    )
    database = Database.open(database_url)
    async with database.begin() as tx:
        await tx.deliveries.add(delivery)
    machine.wall.advance(-HOUR)
    async with database.read() as tx:
        assert [work.id for work in await tx.deliveries.due(machine.clock(), 5)] == [delivery.id]
        assert await tx.deliveries.due(machine.wall(), 5) == [], "which is what the bare wall clock would have said"
    await database.close()
