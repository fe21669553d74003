"""The in-process dispatcher: due work runs, each piece alone, and losing every wake loses nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from config import Settings
from scheduler.dispatcher import InProcessDispatcher
from scheduler.setbacks import Growth
from sequences.ports.dispatch import WorkKind
from storage.database import Database
from tests.sequences.fakes import FakeClock
from tests.sequences.world import World, mail_proposal
from wiring import make_dispatcher


class Worker:
    """A handler that counts, and can be held."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.running = 0
        self.most = 0
        self.may_go = asyncio.Event()
        self.may_go.set()
        self.started = asyncio.Event()
        self.marks: dict[str, asyncio.Event] = {}

    async def until(self, due_id: str) -> None:
        await self.marks.setdefault(due_id, asyncio.Event()).wait()

    async def __call__(self, due_id: str) -> None:
        self.running += 1
        self.most = max(self.most, self.running)
        self.started.set()
        await self.may_go.wait()
        self.running -= 1
        self.done.append(due_id)
        self.marks.setdefault(due_id, asyncio.Event()).set()
        if due_id == "bad":
            raise ValueError("a bug")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


@asynccontextmanager
async def running(dispatcher: InProcessDispatcher) -> AsyncIterator[None]:
    task = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def made(database: Database, worker: Worker, clock: FakeClock | None = None, workers: int = 8) -> InProcessDispatcher:
    dispatcher = InProcessDispatcher(store=database, clock=clock or FakeClock(), workers=workers)
    dispatcher.handle(dict.fromkeys(WorkKind, worker))
    return dispatcher


async def test_the_operator_says_how_many_jobs_are_in_hand(database: Database) -> None:
    worker = Worker()
    worker.may_go.clear()
    settings = Settings(_env_file=None, sixty_jobs_at_once=3)
    dispatcher = make_dispatcher(settings, database, FakeClock())
    assert isinstance(dispatcher, InProcessDispatcher)
    dispatcher.handle(dict.fromkeys(WorkKind, worker))
    async with running(dispatcher):
        for number in range(9):
            dispatcher.wake(WorkKind.JOB, f"j{number}", org_id="one")
        await worker.started.wait()
        worker.may_go.set()
        await dispatcher.settle()
    assert (worker.most, len(worker.done)) == (3, 9)


async def test_chain_18_what_is_woken_runs(database: Database) -> None:
    worker = Worker()
    dispatcher = made(database, worker)
    dispatcher.wake(WorkKind.JOB, "a")
    async with running(dispatcher):
        dispatcher.wake(WorkKind.CARD, "b")
        await dispatcher.settle()
    assert sorted(worker.done) == ["a", "b"]


async def test_chain_13_the_same_work_never_runs_twice_at_once_and_runs_again_when_woken_meanwhile(
    database: Database,
) -> None:
    worker = Worker()
    worker.may_go.clear()
    dispatcher = made(database, worker)
    async with running(dispatcher):
        dispatcher.wake(WorkKind.JOB, "a")
        await worker.started.wait()
        for _ in range(5):
            dispatcher.wake(WorkKind.JOB, "a")
        worker.may_go.set()
        await dispatcher.settle()
    assert (worker.done, worker.most) == (["a", "a"], 1)


async def test_chain_13_queued_work_is_queued_once(database: Database) -> None:
    worker = Worker()
    dispatcher = made(database, worker)
    for _ in range(5):
        dispatcher.wake(WorkKind.JOB, "a")
    async with running(dispatcher):
        await dispatcher.settle()
    assert worker.done == ["a"]


async def test_err_09_a_failing_handler_neither_stops_the_worker_nor_hides(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker()
    dispatcher = made(database, worker, workers=1)
    async with running(dispatcher):
        dispatcher.wake(WorkKind.JOB, "bad")
        dispatcher.wake(WorkKind.JOB, "good")
        await dispatcher.settle()
    assert worker.done == ["bad", "good"]
    assert "work failed" in caplog.text


async def test_chain_07_no_more_work_at_once_than_there_are_workers(database: Database) -> None:
    worker = Worker()
    worker.may_go.clear()
    dispatcher = made(database, worker, workers=3)
    async with running(dispatcher):
        for number in range(9):
            dispatcher.wake(WorkKind.JOB, str(number))
        await worker.started.wait()
        worker.may_go.set()
        await dispatcher.settle()
    assert len(worker.done) == 9
    assert worker.most <= 3


async def test_chain_18_an_alarm_rings_when_its_time_has_come(database: Database) -> None:
    worker, clock = Worker(), FakeClock()
    dispatcher = made(database, worker, clock)
    dispatcher.wake(WorkKind.ACTION, "later", at=clock() + timedelta(minutes=1))
    dispatcher.wake(WorkKind.ACTION, "past", at=clock() - timedelta(hours=1))
    async with running(dispatcher):
        await dispatcher.settle()
        assert worker.done == ["past"]
        clock.advance(timedelta(minutes=1))
        dispatcher.wake(WorkKind.ACTION, "nudge", at=clock() + timedelta(minutes=4))  # looks at the alarms again
        await worker.until("later")
    assert worker.done == ["past", "later"]


async def test_beyond_07_the_sweep_finds_due_work_that_nobody_woke(database: Database) -> None:
    world = World(database)
    await world.settle_in()
    action = await world.park(mail_proposal())
    await world.approve(action)
    world.clock.advance(timedelta(minutes=1))
    worker = Worker()
    dispatcher = made(database, worker, world.clock)
    async with running(dispatcher):  # a new process: it sweeps at its start
        await worker.until(action.id)
    assert worker.done == [action.id]


async def test_err_09_a_database_that_is_away_does_not_end_the_sweep(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("scheduler.dispatcher.SWEEP_EVERY", timedelta(0))
    monkeypatch.setattr("scheduler.dispatcher.AFTER_FAILED_SWEEP", Growth(first=0, longest=0))
    tries, tried = 0, asyncio.Event()
    dispatcher = made(database, Worker())

    async def broken() -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            tried.set()
        raise OSError("away")

    monkeypatch.setattr(dispatcher, "sweep", broken)
    async with running(dispatcher):
        await tried.wait()
    assert "sweep failed" in caplog.text
