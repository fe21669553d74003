"""The distributed dispatcher on a real PostgreSQL: wakes reach workers, fairly, and losing them loses nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from procrastinate.exceptions import ConnectorException
from sqlalchemy import text
from sqlalchemy.schema import CreateSchema

from scheduler.due_work import LIMIT
from scheduler.node import Drain
from scheduler.procrastinate import HORIZON, ProcrastinateDispatcher
from scheduler.queue import Wake, libpq_url, make_queue, queue_jobs, queue_name, queue_script
from scheduler.setbacks import Growth
from sequences.ports.dispatch import WorkKind
from sequences.ports.queue import QueueLook
from storage.database import Database
from storage.errors import DatabaseError
from storage.migrate import LOCK_KEY
from storage.work_queue import QueueTables
from tests.databases import fresh_postgres
from tests.sequences.people import ORG
from tests.sequences.world import World, mail_proposal
from tests.storage.samples import make_delivery

pytestmark = pytest.mark.postgres

NO_TIME = timedelta(0)


@pytest.fixture
def queue_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    yield from fresh_postgres(postgres_server, postgres_template)


@pytest.fixture
async def database(queue_url: str) -> AsyncIterator[Database]:
    database = Database.open(queue_url)
    yield database
    await database.close()


@pytest.fixture
async def tables(database: Database) -> QueueTables:
    tables = QueueTables(database, name=queue_name(), script=queue_script())
    await tables.install()
    return tables


class Worker:
    """A handler that keeps what it was given, and can be held."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.begun: list[str] = []
        self.may_go = asyncio.Event()
        self.may_go.set()
        self.changed = asyncio.Condition()

    async def until(self, condition: Callable[[], object]) -> None:
        async with self.changed:
            await self.changed.wait_for(condition)

    async def __call__(self, due_id: str) -> None:
        async with self.changed:
            self.begun.append(due_id)
            self.changed.notify_all()
        await self.may_go.wait()
        if due_id == "bad":
            raise ValueError("a bug")
        async with self.changed:
            self.done.append(due_id)
            self.changed.notify_all()


Make = Callable[..., ProcrastinateDispatcher]


@pytest.fixture
def make(database: Database, tables: QueueTables, queue_url: str) -> Make:
    def make(
        worker: Callable[[str], Awaitable[object]], world: World | None = None, **options: int
    ) -> ProcrastinateDispatcher:
        clock = (world or World(database)).clock
        dispatcher = ProcrastinateDispatcher(
            store=database, clock=clock, queue=make_queue(queue_url), tables=tables, **options
        )
        dispatcher.handle(dict.fromkeys(WorkKind, worker))
        return dispatcher

    return make


@asynccontextmanager
async def working(dispatcher: ProcrastinateDispatcher, drain: timedelta = NO_TIME) -> AsyncIterator[None]:
    async with dispatcher.running(works=True, sweeps=False, drain=Drain(drain)):
        yield


@asynccontextmanager
async def waking(dispatcher: ProcrastinateDispatcher) -> AsyncIterator[None]:
    async with dispatcher.running(works=False, sweeps=False, drain=Drain(NO_TIME)):
        yield


async def on_the_queue(database: Database) -> list[str]:
    async with database.read() as tx:
        statement = f'SELECT queueing_lock FROM "{queue_name()}".procrastinate_jobs ORDER BY priority DESC, id'  # noqa: S608
        return list((await tx.connection.execute(text(statement))).scalars())


async def test_chain_18_what_one_process_wakes_another_does_and_nothing_of_it_stays(
    make: Make, database: Database
) -> None:
    worker = Worker()
    front, back = make(worker), make(worker)
    async with waking(front), working(back):
        for number in range(30):
            front.wake(WorkKind.JOB, str(number), org_id="a")
        await worker.until(lambda: len(worker.done) == 30)
    assert sorted(map(int, worker.done)) == list(range(30))
    assert await on_the_queue(database) == []


async def test_chain_13_what_waits_already_is_not_queued_again_from_whichever_process(
    make: Make, database: Database
) -> None:
    one, other = make(Worker()), make(Worker())
    async with waking(one), waking(other):
        for dispatcher in (one, other, one, other):
            for number in range(3):
                dispatcher.wake(WorkKind.JOB, str(number), org_id="a")
            dispatcher.wake(WorkKind.CARD, "0", org_id="a")
            await dispatcher.settle()
        one.wake(WorkKind.JOB, "new", org_id="a")
        other.wake(WorkKind.JOB, "2", org_id="a")
        await asyncio.gather(one.settle(), other.settle())
    assert sorted(await on_the_queue(database)) == ["card:0", "job:0", "job:1", "job:2", "job:new"]


async def test_err_06_work_for_later_waits_and_does_not_keep_back_the_same_work_for_now(
    make: Make, database: Database
) -> None:
    world, worker = World(database), Worker()
    dispatcher = make(worker, world)
    soon, far = world.clock() + timedelta(minutes=4), world.clock() + HORIZON + timedelta(seconds=1)
    async with waking(dispatcher):
        dispatcher.wake(WorkKind.ACTION, "x", at=soon, org_id="a")
        dispatcher.wake(WorkKind.ACTION, "x", at=soon, org_id="a")
        dispatcher.wake(WorkKind.ACTION, "x", org_id="a")
        dispatcher.wake(WorkKind.ACTION, "far", at=far, org_id="a")
        dispatcher.wake(WorkKind.ACTION, "past", at=world.clock() - timedelta(hours=1), org_id="a")
        await dispatcher.settle()
    assert sorted(await on_the_queue(database)) == ["action:past", "action:x", f"action:x@{soon.isoformat()}"]


async def test_beyond_07_one_org_that_floods_delays_another_by_one_piece(make: Make, database: Database) -> None:
    worker = Worker()
    dispatcher = make(worker, workers=1)
    async with waking(dispatcher):
        for number in range(1000):
            dispatcher.wake(WorkKind.JOB, f"flood {number}", org_id="a")
        await dispatcher.settle()
        dispatcher.wake(WorkKind.JOB, "single", org_id="b")
        dispatcher.wake(WorkKind.ACTION, "approved", org_id="a")
        await dispatcher.settle()
    order = await on_the_queue(database)
    assert set(order[:3]) == {"job:flood 0", "job:single", "action:approved"}
    assert [lock for lock in order if "flood" in lock] == [f"job:flood {number}" for number in range(1000)]


def test_beyond_07_a_newcomer_stands_at_the_front_and_not_before_everybody_else() -> None:
    look = QueueLook(lowest={("job", "a"): -900, ("job", "c"): -402}, front=-400)
    wakes = [Wake(WorkKind.JOB, str(number), org_id=org) for number, org in enumerate("abbacc")]
    assert [job.priority for job in queue_jobs(wakes, look)] == [-901, -400, -401, -902, -403, -404]
    assert all(job.lock is None for job in queue_jobs(wakes, look))


async def test_err_09_a_failing_handler_neither_stops_the_worker_nor_hides(
    make: Make, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker()
    dispatcher = make(worker, workers=1)
    async with working(dispatcher):
        dispatcher.wake(WorkKind.JOB, "bad", org_id="a")
        dispatcher.wake(WorkKind.JOB, "good", org_id="a")
        await worker.until(lambda: worker.done == ["good"])
    assert "work failed" in caplog.text
    assert await on_the_queue(database) == []


async def test_err_09_a_wake_never_fails_though_the_queue_is_away(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worker = Worker()
    dispatcher = make(worker)

    async def away(_: object) -> None:
        raise ConnectorException

    async with working(dispatcher):
        with monkeypatch.context() as patch:
            patch.setattr(dispatcher, "_defer", away)
            dispatcher.wake(WorkKind.JOB, "lost", org_id="a")
            await dispatcher.settle()
        dispatcher.wake(WorkKind.JOB, "found", org_id="a")
        await worker.until(lambda: worker.done == ["found"])
    assert "wakes were lost" in caplog.text


async def of_the_queue(database: Database, what: str) -> int:
    """How many connections there are, with ``what`` done to each."""
    every = "FROM pg_stat_activity WHERE application_name = 'sixty queue' AND datname = current_database()"
    async with database.begin() as tx:
        return int((await tx.connection.execute(text(f"SELECT count({what}) {every}"))).scalar_one())


async def test_err_09_a_worker_whose_connections_were_all_cut_works_on(make: Make, database: Database) -> None:
    worker = Worker()
    dispatcher = make(worker)
    async with working(dispatcher):
        dispatcher.wake(WorkKind.JOB, "before", org_id="a")
        await worker.until(lambda: worker.done == ["before"])
        async with asyncio.timeout(60):
            while await of_the_queue(database, "pid") < 2:  # noqa: ASYNC110  # one listens, one asks
                await asyncio.sleep(0.05)
            assert await of_the_queue(database, "pg_terminate_backend(pid)") >= 2
            while "after" not in worker.done:
                dispatcher.wake(WorkKind.JOB, "after", org_id="a")  # as the sweep does, again and again
                await dispatcher.settle()
                await asyncio.sleep(0.05)


async def test_err_09_a_sweep_that_breaks_is_tried_again(
    make: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("scheduler.procrastinate.SWEEP_EVERY_S", 0.0)
    dispatcher = make(Worker())
    tries, tried = 0, asyncio.Event()

    async def broken() -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            tried.set()
        raise (OSError("away") if tries == 1 else ValueError("a bug"))

    monkeypatch.setattr(dispatcher, "sweep", broken)
    async with dispatcher.running(works=False, sweeps=True, drain=Drain(NO_TIME)):
        await tried.wait()
    assert caplog.text.count("sweep failed") >= 3


async def test_beyond_07_a_sweep_finds_due_work_that_nobody_woke_and_wakes_it_once(
    make: Make, database: Database
) -> None:
    world = World(database)
    await world.settle_in()
    action = await world.park(mail_proposal())
    await world.approve(action)
    world.clock.advance(timedelta(minutes=1))
    dispatcher = make(Worker(), world)
    async with waking(dispatcher):
        for _ in range(3):
            await dispatcher.sweep()
            await dispatcher.settle()
    assert (await on_the_queue(database)).count(f"action:{action.id}") == 1
    assert dispatcher.swept_at == world.clock()


async def test_err_09_what_always_fails_does_not_hide_newer_work_of_its_own_org(
    make: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of it than one look at the tables shows; what it was woken for is tried ever more rarely."""
    monkeypatch.setattr("scheduler.procrastinate.AFTER_FAILED_WORK", Growth(first=3600, longest=3600))
    world = World(database)
    await world.settle_in()
    deliveries = [
        make_delivery(id=f"{number:03}", process_at=world.clock(), org_id=ORG.id) for number in range(LIMIT + 50)
    ]
    async with database.begin() as tx:
        for delivery in deliveries:
            assert await tx.deliveries.add(delivery)
    worker = Worker()  # which leaves everything as due as it was
    dispatcher = make(worker, world)
    async with working(dispatcher):
        await dispatcher.sweep()
        await worker.until(lambda: len(worker.done) == LIMIT)
        worker.may_go.clear()
        await dispatcher.sweep()
        await dispatcher.settle()
        assert f"delivery:{LIMIT + 49:03}" in await on_the_queue(database)
    assert len(set(worker.done)) == LIMIT


async def test_chain_08_a_drain_waits_for_what_is_in_hand_and_takes_nothing_more(
    make: Make, database: Database
) -> None:
    worker = Worker()
    worker.may_go.clear()
    dispatcher = make(worker, workers=2)

    async def live() -> None:
        async with working(dispatcher, timedelta(minutes=5)):
            for number in range(6):
                dispatcher.wake(WorkKind.JOB, str(number), org_id="a")
            await worker.until(lambda: len(worker.begun) >= 2)

    life = asyncio.create_task(live())
    await worker.until(lambda: len(worker.begun) >= 2)
    worker.may_go.set()
    await life
    assert sorted(worker.done) == sorted(worker.begun)
    assert len(await on_the_queue(database)) == 6 - len(worker.begun)


async def test_chain_08_what_is_not_done_by_the_end_of_the_drain_is_cut_off(make: Make, database: Database) -> None:
    worker = Worker()
    worker.may_go.clear()
    dispatcher = make(worker)
    async with working(dispatcher):
        dispatcher.wake(WorkKind.JOB, "slow", org_id="a")
        await worker.until(lambda: worker.begun)
    assert worker.done == []
    assert await on_the_queue(database) == []


async def test_core_14_what_a_dead_process_had_taken_from_the_queue_is_taken_off_it(
    make: Make, database: Database
) -> None:
    dispatcher = make(Worker())
    async with waking(dispatcher):
        dispatcher.wake(WorkKind.JOB, "taken", org_id="a")
        await dispatcher.settle()
        async with database.begin() as tx:  # as a process leaves it that took the work a minute ago and was killed
            for statement in (
                f'SET LOCAL search_path = "{queue_name()}"',
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')",
                "SELECT procrastinate_fetch_job_v2(NULL, (SELECT id FROM procrastinate_workers))",
            ):
                await tx.connection.execute(text(statement))
        dispatcher.wake(WorkKind.JOB, "taken", org_id="a")
        await dispatcher.settle()
        assert await on_the_queue(database) == ["job:taken"] * 2, "the dead one's hold keeps nobody back"
        assert await dispatcher.forget_abandoned() == 1
        assert await dispatcher.forget_abandoned() == 0
    assert await on_the_queue(database) == ["job:taken"]


async def test_priv_04_the_queue_carries_ids_and_no_credential_of_anybody(make: Make, database: Database) -> None:
    dispatcher = make(Worker())
    async with waking(dispatcher):
        dispatcher.wake(WorkKind.JOB, "one", org_id="a")
        await dispatcher.settle()
        async with database.read() as tx:
            statement = f'SELECT args FROM "{queue_name()}".procrastinate_jobs'  # noqa: S608
            args = (await tx.connection.execute(text(statement))).scalar_one()
    assert args == {"kind": "job", "id": "one", "org_id": "a"}


async def test_the_queue_is_made_once_however_many_start(database: Database) -> None:
    tables = [QueueTables(database, name=queue_name(), script=queue_script()) for _ in range(4)]
    with pytest.raises(DatabaseError, match="sixty migrate"):
        await tables[0].require()
    await asyncio.gather(*(each.install() for each in tables))
    await tables[0].require()


async def test_who_waited_for_another_to_make_the_queue_sees_it(database: Database) -> None:
    """Whoever has looked before remembers that nothing was there; the lock alone does not make it look again."""
    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    tables = QueueTables(database, name=queue_name(), script=queue_script())
    async with asyncio.TaskGroup() as tasks, database.begin() as tx:
        await tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        with pytest.raises(DatabaseError):
            await tables.require()
        tasks.create_task(tables.install())
        while not (await tx.connection.execute(waits)).scalar_one():
            pass  # asking lets the other go on
        await tx.connection.execute(CreateSchema(queue_name()))
    await tables.require()


async def test_the_queue_goes_with_the_last_revision_and_comes_back(database: Database, tables: QueueTables) -> None:
    await database.downgrade("-1")
    await tables.require()
    await database.downgrade()
    with pytest.raises(DatabaseError, match="sixty migrate"):
        await tables.require()
    await database.migrate()
    await tables.install()
    await tables.require()


def test_a_queue_has_no_other_name(database: Database) -> None:
    with pytest.raises(ValueError, match="no name for a queue"):
        QueueTables(database, name="public", script="")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgresql+asyncpg://u:p%40@h:5433/n", "postgresql://u:p%40@h:5433/n"),
        ("postgresql+asyncpg://u@/n?host=/tmp/a+dir", "postgresql://u@/n?host=%2Ftmp%2Fa%20dir"),
        ("postgresql+asyncpg://h/n?ssl=require", "postgresql://h/n?sslmode=require"),
        ("postgresql+asyncpg://h/n?sslmode=verify-full&prepared_statement_cache_size=0",
         "postgresql://h/n?sslmode=verify-full"),
    ],
)  # fmt: skip
def test_addresses_as_libpq_reads_them(given: str, read: str) -> None:
    assert libpq_url(given) == read
