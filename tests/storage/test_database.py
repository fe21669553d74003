"""Units of work: all or nothing, one after the other, there after a restart, honest about trouble."""

import asyncio
import contextlib
import sqlite3
import threading
import traceback
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text

from sequences.ports.store import StoreError
from sequences.records.job import Job
from storage.database import Database
from storage.errors import ConstraintError, DatabaseError, explain
from tests.storage.samples import ANNA, MINUTE, NOW, ORG, ids, make_action, make_delivery, make_job


async def count_jobs(database: Database) -> int:
    async with database.read() as tx:
        return len(await tx.jobs.for_user(ANNA.id, 1000))


async def test_what_fails_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(make_job())
            await tx.actions.add(make_action())
            raise LookupError("halfway")

    with pytest.raises(LookupError, match="halfway"):
        await fail()
    assert await count_jobs(database) == 0
    async with database.read() as tx:
        assert await tx.actions.waiting_for(ANNA.id, 5) == []


async def test_a_cancelled_unit_of_work_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    inside = asyncio.Event()

    async def linger() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(make_job())
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(linger())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.begin() as tx:
        assert await tx.jobs.add(make_job())
    assert await count_jobs(database) == 1


async def test_cancelling_in_the_middle_of_statements_leaves_a_database_that_works(database: Database) -> None:
    async def busy() -> None:
        for _ in range(200):
            async with database.begin() as tx:
                await tx.jobs.add(make_job(user_id="user_ben"))
            async with database.read() as tx:
                await tx.jobs.due(NOW, 1)

    for turns in range(1, 30):
        task = asyncio.create_task(busy())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with database.begin() as tx:
        assert await tx.jobs.add(make_job())
    assert await count_jobs(database) == 1


async def test_a_restart_finds_everything(database_url: str, database: Database) -> None:
    job = make_job(trigger_payload={"deep": [{"ünïcode": "☀️"}]})
    async with database.begin() as tx:
        await tx.jobs.add(job)
    await database.close()
    reopened = Database.open(database_url)
    async with reopened.read() as tx:
        assert await tx.jobs.get(job.id) == job
        assert ids(await tx.jobs.due(NOW, 5)) == [job.id]
    await reopened.close()


async def test_writers_take_turns_and_lose_nothing(database_url: str, database: Database) -> None:
    other = Database.open(database_url)

    async def write(through: Database) -> None:
        async with through.begin() as tx:
            await tx.jobs.add(make_job())

    await asyncio.gather(*(write(through) for through in (database, other) * 20))
    await other.close()
    assert await count_jobs(database) == 40


async def test_a_unit_of_work_inside_another_is_a_mistake_not_a_hang() -> None:
    database = Database.open("sqlite://")
    await database.migrate()

    async def nest() -> None:
        async with database.begin(), database.begin():
            pass

    with pytest.raises(RuntimeError, match="inside a unit of work"):
        await nest()
    async with database.begin() as tx:
        await tx.people.save_org(ORG)
    await database.close()


async def test_a_look_is_one_moment_and_waits_for_no_writer(database: Database) -> None:
    async with database.read() as before:
        assert await before.jobs.for_user(ANNA.id, 5) == []
        async with database.begin() as tx:
            await tx.jobs.add(make_job())
            assert await before.jobs.for_user(ANNA.id, 5) == []
        assert await before.jobs.for_user(ANNA.id, 5) == [], "committed after the look began"
    assert await count_jobs(database) == 1


async def test_a_look_cannot_write(database: Database) -> None:
    with pytest.raises(DatabaseError, match="read-only"):
        async with database.read() as tx:
            await tx.jobs.add(make_job())


async def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(ConstraintError, match=r"(?i)foreign key"):
        async with database.begin() as tx:
            await tx.jobs.add(make_job(parent_job_id="job_unknown"))
    assert await count_jobs(database) == 0


async def test_errors_never_quote_what_was_stored(database: Database) -> None:
    secret = make_job(idempotency_key="sarah@acme.example", error="sarah@acme.example")

    async def store_twice() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(secret)
            await tx.jobs.add(secret.model_copy(update={"idempotency_key": "another"}))

    with pytest.raises(ConstraintError) as caught:
        await store_twice()
    assert "sarah" not in "".join(traceback.format_exception(caught.value))
    assert "sequence_jobs" in str(caught.value)


async def test_times_come_back_aware_in_utc(database: Database) -> None:
    tokyo = timezone(timedelta(hours=9))
    job = make_job(run_at=datetime(2026, 3, 5, 18, 30, 15, 123456, tzinfo=tokyo))
    async with database.begin() as tx:
        await tx.jobs.add(job)
        found = await tx.jobs.get(job.id)
    assert found is not None
    assert (found.run_at, found.run_at.tzinfo) == (NOW, UTC)


async def test_a_naive_time_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        async with database.begin() as tx:
            await tx.jobs.due(naive, 5)


@pytest.mark.parametrize("text_amount", ["0", "0.1", "0.0000000001", "20", "1234567.0123456789", "0.30000000000000004"])
async def test_money_is_exact_to_ten_places(database: Database, text_amount: str) -> None:
    amount = Decimal(text_amount)
    job = make_job(cost_usd=amount, reserved_usd=Decimal(0))
    async with database.begin() as tx:
        await tx.jobs.add(job)
        found = await tx.jobs.get(job.id)
    assert found is not None
    assert found.cost_usd == round(amount, 10)
    assert "." not in str(found.cost_usd) or not str(found.cost_usd).endswith("0")


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800 half a pair",
    "'; DROP TABLE users; --",
    "<!channel>",
    "\\u0000",
    "\U0001d518",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words[:12]))
async def test_hostile_text_is_stored_on_both_databases_alike(database: Database, words: str) -> None:
    delivery = make_delivery(reason=words, body={words: [words, {"n": float("nan")}]})
    safe = words.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    async with database.begin() as tx:
        await tx.deliveries.add(delivery)
        found = await tx.deliveries.get(delivery.id)
    assert found is not None
    assert (found.reason, found.body) == (safe, {safe: [safe, {"n": None}]})


async def test_one_database_in_memory_serves_everybody() -> None:
    database = Database.open("sqlite://")
    await database.migrate()
    async with database.begin() as tx:
        await tx.people.save_org(ORG)

    async def look() -> str:
        async with database.read() as tx:
            org = await tx.people.org(ORG.id)
        return org.name if org else "nobody"

    assert set(await asyncio.gather(*(look() for _ in range(10)))) == {ORG.name}
    await database.close()


async def test_folders_are_made_for_a_new_database(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/a/b/sixty.db")
    await database.migrate()
    await database.ping()
    await database.close()
    made = list((tmp_path / "a" / "b").iterdir())
    assert [path.name for path in made] == ["sixty.db"], "closing has folded the side files in"
    assert made[0].stat().st_mode & 0o077 == 0, "only its owner may read it"


async def test_sqlite_survives_a_power_cut_and_checks_references(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/sixty.db")
    settings = {}
    async with database.begin() as tx:
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            settings[name] = (await tx.connection.execute(text(f"PRAGMA {name}"))).scalar_one()
    await database.close()
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


async def test_a_new_file_that_somebody_writes_to_is_waited_for(tmp_path: Path) -> None:
    """As when several processes start at once: SQLite refuses the write-ahead log then, and waits for nobody."""
    path = tmp_path / "sixty.db"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as somebody:
        somebody.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.2, somebody.rollback)
        database = Database.open(f"sqlite:///{path}")
        await database.migrate()
        await database.close()


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("mysql://localhost/x", "SQLite and PostgreSQL"),
        ("not an address", "not a database address"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused(url: str, advice: str) -> None:
    with pytest.raises(DatabaseError, match=advice):
        Database.open(url)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DatabaseError, match="folder cannot be used"):
        Database.open(f"sqlite:///{tmp_path}/file/below/sixty.db")


async def failure_of(url: str) -> str:
    database = Database.open(url)
    with pytest.raises(DatabaseError) as caught:
        await database.ping()
    await database.close()
    await drivers_have_stopped()
    return str(caught.value)


async def drivers_have_stopped() -> None:
    """The driver ends the thread of a connection that failed by itself, and must find this loop still running."""
    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


@pytest.mark.parametrize("options", ["", "?sslmode=require"])
async def test_a_server_that_does_not_answer_is_explained_without_the_password(options: str) -> None:
    said = await failure_of(f"postgresql://sixty:hunter2@127.0.0.1:1/sixty{options}")
    assert "does not answer" in said
    assert "hunter2" not in said


def test_a_server_that_went_away_between_two_messages_does_not_answer() -> None:
    """asyncpg's own words for it, seen when a connection was cut while its next statement left."""
    lost = asyncpg.InternalClientError("cannot switch to state 15; another operation (2) is in progress")
    assert "does not answer" in str(explain(lost, make_url("postgresql://sixty:hunter2@db.internal/sixty")))


@pytest.mark.postgres
async def test_a_database_that_is_not_there_is_explained(postgres_server: str) -> None:
    assert "no such database" in await failure_of(postgres_server.replace("/postgres?", "/nowhere?"))


async def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(b"These are my notes, not a database. " * 100)
    assert "not a SQLite database" in await failure_of(f"sqlite:///{path}")


async def test_a_folder_in_place_of_the_file_is_explained(tmp_path: Path) -> None:
    assert "Check the path" in await failure_of(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_explained_and_what_was_there_stays(database: Database) -> None:
    async with database.begin() as tx:
        await tx.jobs.add(make_job())
        pages = (await tx.connection.execute(text("PRAGMA page_count"))).scalar_one()
        await tx.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(StoreError, match="disk is full"):
        async with database.begin() as tx:
            await tx.deliveries.add(make_delivery(body={"text": "x" * 1_000_000}))
    assert await count_jobs(database) == 1


async def test_tables_that_are_missing_are_explained(empty_database_url: str) -> None:
    database = Database.open(empty_database_url)
    with pytest.raises(DatabaseError, match="sixty migrate"):
        async with database.read() as tx:
            await tx.jobs.due(NOW + MINUTE, 1)
    await database.close()


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_units_of_work_that_block_each_other_end_in_one_giving_way(database: Database) -> None:
    jobs = [make_job(), make_job()]
    async with database.begin() as tx:
        for job in jobs:
            await tx.jobs.add(job)
    both_hold = asyncio.Barrier(2)

    async def lock(first: Job, second: Job) -> None:
        async with database.begin() as tx:
            await tx.jobs.lock(first.id)
            await both_hold.wait()
            await tx.jobs.lock(second.id)

    results = await asyncio.gather(lock(*jobs), lock(*reversed(jobs)), return_exceptions=True)
    failed = [result for result in results if result is not None]
    assert len(failed) == 1
    assert isinstance(failed[0], StoreError)
    assert "Try again" in str(failed[0])


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_a_server_that_dropped_the_connection_is_reconnected(database_url: str) -> None:
    database = Database.open(database_url)
    kill = text(
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    async with database.begin() as tx:
        mine = (await tx.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    killer = Database.open(database_url)
    async with killer.begin() as tx:
        await tx.connection.execute(kill)
    await killer.close()
    with pytest.raises(DatabaseError, match="does not answer"):
        await database.ping()
    await database.ping()
    async with database.begin() as tx:
        assert (await tx.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one() != mine
    await database.close()


def test_the_sqlite_in_use_can_answer_what_it_has_changed() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING needs SQLite 3.35"
