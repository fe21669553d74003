"""The in-process dispatcher when there is too much, when things fail, and when it is stopped in the middle."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import pytest

from scheduler.dispatcher import InProcessDispatcher
from scheduler.due_work import LIMIT, due_work
from scheduler.lanes import MOST_QUEUED
from scheduler.setbacks import Growth, Setbacks
from sequences.ports.dispatch import Due, WorkKind
from sequences.ports.store import Delivery, DeliveryStatus, Store, StoreError
from storage.database import Database
from tests.sequences.fakes import FakeClock
from tests.sequences.people import ORG, OTHER_ORG
from tests.sequences.world import World, mail_proposal

AN_HOUR = timedelta(hours=1)


class Hand:
    """A handler that notes what it began, and lets go of it when it is told to."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.holds: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Condition()

    async def __call__(self, due_id: str) -> None:
        async with self.changed:
            self.began.append(due_id)
            self.holds[due_id] = asyncio.Event()
            self.changed.notify_all()
        await self.holds[due_id].wait()

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with self.changed:
            await self.changed.wait_for(is_so)

    def let_go(self, due_id: str) -> None:
        self.holds[due_id].set()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


@asynccontextmanager
async def running(dispatcher: InProcessDispatcher) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(dispatcher.run())
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def made(database: Database, handler: Callable[[str], object], workers: int = 8) -> InProcessDispatcher:
    async def handle(due_id: str) -> None:
        result = handler(due_id)
        if asyncio.iscoroutine(result):
            await result

    dispatcher = InProcessDispatcher(store=database, clock=FakeClock(), workers=workers)
    dispatcher.handle(dict.fromkeys(WorkKind, handle))
    return dispatcher


async def add_deliveries(database: Database, number: int, org_id: str) -> None:
    clock = FakeClock()
    async with database.begin() as tx:
        for count in range(number):
            delivery = Delivery(
                id=f"{org_id} {count:03}",
                org_id=org_id,
                provider="meetingbaas",
                delivery_id=f"{org_id} {count}",
                body={},
                process_at=clock(),
                received_at=clock(),
            )
            assert await tx.deliveries.add(delivery)


@pytest.mark.parametrize("flood", [10, 100, 900])
async def test_chain_07_work_of_another_org_begins_at_once_however_many_jobs_of_one_org_wait(
    database: Database, flood: int
) -> None:
    hand = Hand()
    dispatcher = made(database, hand)
    async with running(dispatcher):
        for number in range(flood):
            dispatcher.wake(WorkKind.JOB, f"a{number}", org_id="busy")
        await hand.until(lambda: len(hand.began) == 8)
        dispatcher.wake(WorkKind.JOB, "b", org_id="quiet")
        dispatcher.wake(WorkKind.ACTION, "approved", org_id="busy")
        await hand.until(lambda: len(hand.began) == 10)
        assert set(hand.began[8:]) == {"b", "approved"}


async def test_chain_07_a_place_that_falls_free_goes_to_each_org_in_turn(database: Database) -> None:
    hand = Hand()
    dispatcher = made(database, hand, workers=1)
    async with running(dispatcher):
        for org_id in ("a", "b", "c"):
            for number in range(20):
                dispatcher.wake(WorkKind.JOB, f"{org_id}{number}", org_id=org_id)
        for begun in range(9):
            await hand.until(lambda begun=begun: len(hand.began) > begun + 1)  # type: ignore[misc]  # bound by default
            hand.let_go(hand.began[begun])
    assert sorted(each[0] for each in hand.began[:9]) == sorted("abcabcabc")


async def test_beyond_07_what_is_too_much_for_the_queue_is_found_in_the_tables(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One look sees two hundred. The rest follows as soon as there is room, without waiting for the next tick."""
    monkeypatch.setattr("scheduler.dispatcher.SWEEP_EVERY", AN_HOUR)
    await add_deliveries(database, 330, ORG.id)
    await add_deliveries(database, 1, OTHER_ORG.id)
    done: list[str] = []
    all_done = asyncio.Event()

    async def process(due_id: str) -> None:
        async with database.begin() as tx:
            await tx.deliveries.mark(due_id, DeliveryStatus.PROCESSED)
        done.append(due_id)
        if len(done) == 331:
            all_done.set()

    dispatcher = made(database, process)
    async with running(dispatcher):
        await all_done.wait()
        await dispatcher.settle()
    assert len(set(done)) == len(done) == 331
    assert done.index(f"{OTHER_ORG.id} 000") < 20, "in turn, though it came last"


async def test_chain_18_a_million_wakes_take_no_more_than_a_queue(database: Database) -> None:
    done: list[str] = []
    dispatcher = made(database, done.append)
    for number in range(1_000_000):
        dispatcher.wake(WorkKind.JOB, str(number % (2 * MOST_QUEUED)), org_id="busy")
    async with running(dispatcher):
        await dispatcher.settle()
    assert sorted(done) == sorted(str(number) for number in range(MOST_QUEUED))


async def test_chain_18_ten_thousand_waiting_approvals_are_rows_and_no_alarms(database: Database) -> None:
    dispatcher = made(database, lambda _: None)
    expires_at = FakeClock()() + timedelta(days=1)
    for number in range(10_000):
        dispatcher.wake(WorkKind.ACTION, str(number), at=expires_at, org_id="busy")
    assert len(dispatcher._alarms) == 0


async def test_err_09_work_that_always_fails_is_not_retried_at_every_sweep(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waits are measured in real time, so this one is longer than the slowest machine takes for twenty sweeps."""
    monkeypatch.setattr("scheduler.dispatcher.AFTER_FAILED_WORK", Growth(first=3600, longest=3600))
    await add_deliveries(database, 2, ORG.id)
    tries: list[str] = []

    def process(due_id: str) -> None:
        tries.append(due_id)
        raise ValueError("poison")

    dispatcher = made(database, process)
    async with running(dispatcher):
        for _ in range(20):
            await dispatcher.sweep()
            await dispatcher.settle()
        assert sorted(tries) == [f"{ORG.id} 000", f"{ORG.id} 001"], "once each: the wait is on"
        dispatcher.wake(WorkKind.DELIVERY, f"{ORG.id} 000", org_id=ORG.id)
        await dispatcher.settle()
    assert tries.count(f"{ORG.id} 000") == 2, "but whoever asks for it by name gets it"


async def test_err_09_what_always_fails_does_not_hide_newer_work_of_its_own_org(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of it than one look at the tables shows."""
    monkeypatch.setattr("scheduler.dispatcher.AFTER_FAILED_WORK", Growth(first=3600, longest=3600))
    await add_deliveries(database, LIMIT + 50, ORG.id)
    newest = f"{ORG.id} {LIMIT + 49}"
    done: list[str] = []

    def process(due_id: str) -> None:
        if due_id != newest:
            raise ValueError("poison")
        done.append(due_id)

    dispatcher = made(database, process)
    async with running(dispatcher):
        for _ in range(2):
            await dispatcher.sweep()
            await dispatcher.settle()
        assert done[:1] == [newest]


async def test_err_09_what_failed_is_taken_up_again_when_its_wait_is_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.dispatcher.AFTER_FAILED_WORK", Growth(first=0, longest=0))
    await add_deliveries(database, 1, ORG.id)
    tries = 0

    async def process(due_id: str) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise ValueError("not yet")
        async with database.begin() as tx:
            await tx.deliveries.mark(due_id, DeliveryStatus.PROCESSED)

    dispatcher = made(database, process)
    async with running(dispatcher):
        for _ in range(6):
            await dispatcher.sweep()
            await dispatcher.settle()
    assert tries == 3


async def test_beyond_07_two_looks_at_the_tables_at_once_do_work_that_ends_between_them_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has seen it due; it ends; the second begins. What the first saw is old news all the same."""
    await add_deliveries(database, 1, ORG.id)
    has_seen, may_answer = asyncio.Event(), asyncio.Event()

    async def slow_look(store: Store, now: datetime, setbacks: Setbacks) -> dict[WorkKind, list[Due]]:
        due = await due_work(store, now, setbacks)
        has_seen.set()
        await may_answer.wait()
        return due

    done: list[str] = []

    async def process(due_id: str) -> None:
        async with database.begin() as tx:
            await tx.deliveries.mark(due_id, DeliveryStatus.PROCESSED)
        done.append(due_id)

    monkeypatch.setattr("scheduler.dispatcher.due_work", slow_look)
    dispatcher = made(database, process)
    async with running(dispatcher):
        await has_seen.wait()
        dispatcher.wake(WorkKind.DELIVERY, f"{ORG.id} 000", org_id=ORG.id)
        await dispatcher.settle()
        second = asyncio.create_task(dispatcher.sweep())
        await asyncio.sleep(0)  # the second begins while the first has its answer in hand
        may_answer.set()
        await second
        await dispatcher.settle()
    assert done == [f"{ORG.id} 000"]


async def test_err_09_while_the_database_is_away_the_queue_waits_and_then_goes_on(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the brake, every one of the hundred would have been tried, and have failed, at once."""
    monkeypatch.setattr("scheduler.dispatcher.BRAKE", Growth(first=3600, longest=3600))
    is_away = True
    done: list[str] = []
    failed = asyncio.Event()

    def process(due_id: str) -> None:
        if is_away:
            failed.set()
            raise StoreError("The database is away.")
        done.append(due_id)

    dispatcher = made(database, process, workers=2)
    for number in range(100):
        dispatcher.wake(WorkKind.JOB, str(number), org_id="org")
    async with running(dispatcher):
        await failed.wait()
        for _ in range(500):  # turns of the loop, in which a queue without a brake would have run empty
            await asyncio.sleep(0)
        is_away = False
        dispatcher._brake.succeeded()
        await dispatcher.settle()
    tried_in_vain = [line for line in caplog.records if line.message == "work failed"]
    assert len(done) + len(tried_in_vain) == 100
    assert len(tried_in_vain) <= 2, "those that were in hand"


async def test_err_09_a_cancellation_that_leaks_out_of_a_handler_costs_no_place(database: Database) -> None:
    done: list[str] = []

    def process(due_id: str) -> None:
        if due_id.startswith("leak"):
            raise asyncio.CancelledError
        done.append(due_id)

    dispatcher = made(database, process, workers=1)
    async with running(dispatcher) as task:
        for number in range(10):
            dispatcher.wake(WorkKind.JOB, f"leak {number}")
        dispatcher.wake(WorkKind.JOB, "good")
        await dispatcher.settle()
        assert not task.done()
    assert done == ["good"]


@pytest.mark.parametrize("turns", range(12))
async def test_err_08_stopped_at_any_moment_nothing_stays_in_hand_and_it_runs_again(
    database: Database, turns: int
) -> None:
    """Also in the moment between a task's making and its first step."""
    done: set[str] = set()

    async def process(due_id: str) -> None:
        await asyncio.sleep(0)
        done.add(due_id)

    dispatcher = made(database, process, workers=2)
    every = {str(number) for number in range(30)}
    for due_id in every:
        dispatcher.wake(WorkKind.JOB, due_id, org_id="org")
    task = asyncio.create_task(dispatcher.run())
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    for due_id in every - done:  # what the sweep would find
        dispatcher.wake(WorkKind.JOB, due_id, org_id="org")
    async with running(dispatcher):
        await dispatcher.settle()
    assert done == every


async def test_chain_13_woken_at_its_very_end_work_runs_again_before_all_is_settled(database: Database) -> None:
    runs = 0
    dispatcher: InProcessDispatcher

    def process(due_id: str) -> None:
        nonlocal runs
        runs += 1
        if runs < 50:
            dispatcher.wake(WorkKind.JOB, due_id)

    dispatcher = made(database, process, workers=1)
    async with running(dispatcher):
        dispatcher.wake(WorkKind.JOB, "a")
        await dispatcher.settle()
        assert runs == 50


@pytest.mark.parametrize("jump", [AN_HOUR, -AN_HOUR], ids=["forward", "back"])
async def test_chain_18_a_wall_clock_that_jumps_neither_doubles_nor_loses_a_mail(
    database: Database, jump: timedelta
) -> None:
    world = World(database)
    await world.settle_in()
    action = await world.park(mail_proposal())
    await world.approve(action)
    dispatcher = InProcessDispatcher(store=world.store, clock=world.clock)
    dispatcher.handle(world.handlers | {WorkKind.CARD: _nothing})
    async with running(dispatcher):
        world.clock.advance(timedelta(seconds=29) + jump)
        for _ in range(3):
            await dispatcher.sweep()
            await dispatcher.settle()
        assert len(world.mailer.handed_over) == (1 if jump > timedelta(0) else 0)
        world.clock.advance(timedelta(seconds=1) + abs(jump))
        for _ in range(3):
            await dispatcher.sweep()
            await dispatcher.settle()
        world.clock.advance(-2 * AN_HOUR)
        await dispatcher.sweep()
        await dispatcher.settle()
    assert len(world.mailer.handed_over) == 1


async def _nothing(_: str) -> None:
    """No cards in this test."""
