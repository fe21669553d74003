"""Crons: aligned moments, one node for each tick, a line for each run, and nothing lost with a node."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger

from scheduler.cron import LEFT_AFTER, Cron, CronRunner, Ticks, every
from scheduler.crons import DELIVERIES_KEPT, TICKS_KEPT, CronScheduler, make_scheduler, own_crons
from scheduler.node import Drain, this_node
from sequences.members import Members
from sequences.ports.outside import Member, Workspace
from sequences.ports.store import CronOutcome, CronTick, Delivery, DeliveryStatus, StoreError
from sequences.records.people import Org
from storage.database import Database
from tests.sequences.fakes import FakeClock, FakeMessenger

TICK = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


class Ran:
    """A cron's work that counts."""

    def __init__(self) -> None:
        self.at: list[datetime] = []

    async def __call__(self, now: datetime) -> int:
        self.at.append(now)
        return len(self.at)


def node(
    database: Database, run: Callable[[datetime], Awaitable[object]], *, clock: FakeClock, name: str = "a"
) -> CronRunner:
    cron = Cron(name="scan", trigger=every(timedelta(hours=1)), run=run)
    return CronRunner(store=database, clock=clock, node=name, crons=(cron,))


async def ticks(database: Database) -> list[CronTick]:
    async with database.read() as tx:
        return await tx.cron_log.recent(100)


async def test_obs_06_a_tick_leaves_a_line_with_its_end(database: Database) -> None:
    clock = FakeClock()
    assert await node(database, Ran(), clock=clock).run("scan", TICK)
    (line,) = await ticks(database)
    assert (line.name, line.tick, line.node, line.outcome, line.error) == ("scan", TICK, "a", CronOutcome.DONE, None)
    assert line.finished_at == clock()
    assert line.detail == {"count": 1}


async def test_obs_06_a_cron_that_fails_says_so_and_does_not_stop_the_next(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_: datetime) -> None:
        raise ValueError("secret words")

    runner = node(database, broken, clock=FakeClock())
    assert await runner.run("scan", TICK)
    assert await runner.run("scan", TICK + timedelta(hours=1))
    assert [(line.outcome, line.error) for line in await ticks(database)] == [(CronOutcome.FAILED, "ValueError")] * 2
    assert "cron failed" in caplog.text


async def test_chain_14_many_nodes_at_the_same_tick_run_it_once(database: Database) -> None:
    ran, clock = Ran(), FakeClock()
    nodes = [node(database, ran, clock=clock, name=f"node {number}") for number in range(6)]
    won = await asyncio.gather(*(each.run("scan", TICK) for each in nodes))
    assert sorted(won) == [False] * 5 + [True]
    assert len(ran.at) == 1


async def test_core_14_a_tick_that_a_dead_node_left_is_run_by_one_of_the_others(database: Database) -> None:
    ran, clock = Ran(), FakeClock()
    async with database.begin() as tx:
        await tx.cron_log.claim(CronTick(name="scan", tick=TICK, node="dead", started_at=clock()))
    nodes = [node(database, ran, clock=clock, name=name) for name in ("b", "c")]
    assert [await each.run_left_behind() for each in nodes] == [0, 0], "it may still be at it"
    clock.advance(LEFT_AFTER + timedelta(seconds=1))
    assert sum(await asyncio.gather(*(each.run_left_behind() for each in nodes))) == 1
    assert len(ran.at) == 1
    (line,) = await ticks(database)
    assert line.outcome is CronOutcome.DONE
    assert line.node in ("b", "c")


async def test_core_14_what_a_later_tick_has_done_is_not_repeated(database: Database) -> None:
    ran, clock = Ran(), FakeClock()
    async with database.begin() as tx:
        await tx.cron_log.claim(CronTick(name="scan", tick=TICK, node="dead", started_at=clock()))
    clock.advance(LEFT_AFTER * 2)
    runner = node(database, ran, clock=clock)
    await runner.run("scan", TICK + timedelta(hours=1))
    assert await runner.run_left_behind() == 0
    assert len(ran.at) == 1
    assert {line.tick: line.outcome for line in await ticks(database)} == {
        TICK: CronOutcome.LEFT,
        TICK + timedelta(hours=1): CronOutcome.DONE,
    }


async def test_chain_13_a_node_that_was_thought_dead_cannot_finish_the_tick_of_another(database: Database) -> None:
    clock = FakeClock()
    async with database.begin() as tx:
        stale = CronTick(name="scan", tick=TICK, node="slow", started_at=clock())
        assert await tx.cron_log.claim(stale)
        assert await tx.cron_log.take_over(stale, node="quick", now=clock() + LEFT_AFTER)
        assert await tx.cron_log.take_over(stale, node="third", now=clock() + LEFT_AFTER) is None
        assert not await tx.cron_log.finish(stale, CronOutcome.DONE, now=clock())


async def test_err_09_a_database_that_is_away_is_logged_and_the_next_tick_comes(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> None:
        raise StoreError("away")

    ran = Ran()
    runner = node(database, ran, clock=FakeClock())
    with monkeypatch.context() as patch:
        patch.setattr(database, "begin", away)
        assert not await runner.run("scan", TICK)
        assert await runner.run_left_behind() == 0
    assert "could not be recorded" in caplog.text
    assert await runner.run("scan", TICK)
    assert len(ran.at) == 1


def test_chain_18_the_moments_of_an_interval_are_the_same_on_every_node() -> None:
    started = [datetime(2026, 3, 2, 8, 7, 11, tzinfo=UTC), datetime(2026, 3, 2, 8, 29, 59, tzinfo=UTC)]
    due = datetime(2026, 3, 2, 8, 30, 1, tzinfo=UTC)
    found = [Ticks(every(timedelta(minutes=30)), start).latest(due) for start in started]
    assert found == [datetime(2026, 3, 2, 8, 30, tzinfo=UTC)] * 2


def test_chain_18_missed_moments_count_once_and_a_clock_set_back_repeats_none() -> None:
    ticks = Ticks(every(timedelta(minutes=30)), TICK - timedelta(minutes=1))
    assert ticks.latest(TICK + timedelta(hours=5, minutes=3)) == TICK + timedelta(hours=5)
    assert ticks.latest(TICK + timedelta(hours=2)) is None
    assert ticks.latest(TICK + timedelta(hours=5, minutes=30)) == TICK + timedelta(hours=5, minutes=30)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])  # both changes of the clock
def test_chain_18_a_daily_moment_comes_once_a_day_through_both_changes_of_the_clock(day: str) -> None:
    zone = ZoneInfo("Europe/Berlin")
    now = datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(days=2)
    ticks, found = Ticks(CronTrigger(hour=8, timezone=zone), now), []
    for _ in range(5 * 24 * 4):
        now += timedelta(minutes=15)
        if tick := ticks.latest(now):
            found.append(tick)
    assert [tick.astimezone(zone).hour for tick in found] == [8] * 5
    assert len({tick.astimezone(zone).date() for tick in found}) == 5


async def test_chain_18_every_cron_is_named_and_what_it_does_holds(database: Database) -> None:
    clock, messenger = FakeClock(), FakeMessenger()
    member = Member(slack_user_id="U9", name="New", email="New@Larkfield.example", timezone="UTC", is_admin=False)
    messenger.workspace = Workspace(team_id="T9", name="Larkfield", members=(member,))
    members = Members(store=database, messenger=messenger, defaults=Org(id="", name="", team_id=""), clock=clock)
    crons = {cron.name: cron.run for cron in own_crons(store=database, members=members)}
    assert set(crons) == {"refresh_members", "forget_deliveries", "forget_ticks"}

    await crons["refresh_members"](clock())
    async with database.begin() as tx:
        (org,) = await tx.people.orgs()
        for number, age in enumerate((timedelta(hours=49), DELIVERIES_KEPT + timedelta(seconds=1))):
            delivery = Delivery(
                id=f"delivery_{number}",
                org_id=org.id,
                provider="meetingbaas",
                delivery_id=str(number),
                body={},
                status=DeliveryStatus.PROCESSED,
                process_at=clock(),
                received_at=clock() - age,
            )
            await tx.deliveries.add(delivery)
        for age in (timedelta(days=29), TICKS_KEPT + timedelta(seconds=1)):
            await tx.cron_log.claim(CronTick(name="old", tick=clock() - age, node="a", started_at=clock() - age))
    assert await crons["forget_deliveries"](clock()) == 1
    assert await crons["forget_ticks"](clock()) == 1
    async with database.read() as tx:
        kept = [delivery.id for delivery in await tx.deliveries.recent(org.id, 10)]
        assert [user.email for user in await tx.people.users(org.id)] == ["new@larkfield.example"]
        assert [tick.tick for tick in await tx.cron_log.recent(9)] == [clock() - timedelta(days=29)]
    assert kept == ["delivery_0"]


async def test_chain_18_the_clock_asks_and_a_stop_waits_for_what_runs(database: Database) -> None:
    started, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def slow(now: datetime) -> None:
        started.set()
        await may_end.wait()
        ended.append(now)

    def wall_clock() -> datetime:
        return datetime.now(UTC)

    cron = Cron(name="slow", trigger=every(timedelta(seconds=1)), run=slow)
    scheduler = make_scheduler(crons=(cron,), store=database, clock=wall_clock, node=this_node())
    scheduler.start()
    await started.wait()
    stopping = asyncio.create_task(scheduler.stop(timedelta(minutes=1)))
    await asyncio.sleep(0)
    assert not stopping.done()
    may_end.set()
    await stopping
    assert len(ended) == 1
    assert [line.outcome for line in await ticks(database)] == [CronOutcome.DONE]


async def test_a_stop_does_not_wait_longer_than_it_may() -> None:
    started = asyncio.Event()

    async def endless(_: datetime) -> None:
        started.set()
        await asyncio.Event().wait()

    scheduler = CronScheduler(lambda: datetime.now(UTC))
    scheduler.at_each("endless", every(timedelta(seconds=1)), endless)
    scheduler.start()
    await started.wait()
    await scheduler.stop(timedelta(0))


def test_everything_that_stops_shares_one_span() -> None:
    seconds = iter([100.0, 100.0, 104.0, 200.0])
    drain = Drain(timedelta(seconds=10), lambda: next(seconds))
    assert [drain.left() for _ in range(3)] == [timedelta(seconds=10), timedelta(seconds=6), timedelta(0)]
