"""SQLite on the event loop: waiting for the disk or for another process never holds the loop up."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.sqlite import OnLoopConnection
from tests.storage.samples import ANNA, ORG, make_job


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[tuple[Database, Path]]:
    path = tmp_path / "sixty.db"
    database = Database.open(f"sqlite:///{path}")
    await database.migrate()
    async with database.begin() as tx:
        await tx.people.save_org(ORG)
        await tx.people.save_user(ANNA)
    yield database, path
    await database.close()


async def test_a_writer_waits_for_another_process_while_the_loop_goes_on(place: tuple[Database, Path]) -> None:
    database, path = place
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(make_job())

    waiting = asyncio.create_task(write())
    for _ in range(100):
        await asyncio.sleep(0)
        async with database.read() as tx:  # the loop serves others meanwhile, and readers see the last commit
            assert await tx.jobs.for_user(ANNA.id, 5) == []
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    await waiting
    async with database.read() as tx:
        assert len(await tx.jobs.for_user(ANNA.id, 5)) == 1


async def test_a_cancelled_wait_for_another_process_gives_the_file_back(place: tuple[Database, Path]) -> None:
    database, path = place
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(make_job())

    waiting = asyncio.create_task(write())
    for _ in range(20):
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.sleep(0)
    other.execute("COMMIT")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other.execute("BEGIN IMMEDIATE")  # would fail if the cancelled one had kept its lock
    other.execute("COMMIT")
    other.close()
    async with database.begin() as tx:
        assert await tx.jobs.for_user(ANNA.id, 5) == []


async def test_a_commit_leaves_the_loop(place: tuple[Database, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    database, _ = place
    loop = asyncio.get_running_loop()
    apart: list[str] = []
    run = loop.run_in_executor

    def remember(executor: object, work: object, *arguments: object) -> object:
        apart.append(getattr(work, "__name__", ""))
        return run(executor, work, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "run_in_executor", remember)
    async with database.begin() as tx:
        await tx.jobs.add(make_job())
        assert apart == []
    assert apart == ["commit"]
    async with database.read() as tx:
        await tx.jobs.for_user(ANNA.id, 5)
    assert apart == ["commit"], "a look commits nothing"


async def test_a_commit_that_is_cancelled_half_way_is_whole_or_not_at_all(place: tuple[Database, Path]) -> None:
    database, path = place

    async def write() -> None:
        async with database.begin() as tx:
            await tx.jobs.add(make_job())
            asyncio.get_running_loop().call_soon(task.cancel)  # comes while the commit is under way

    task = asyncio.create_task(write())
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.begin() as tx:
        assert await tx.jobs.add(make_job())
    with sqlite3.connect(path) as check:
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()


def test_outside_a_loop_it_is_an_ordinary_connection(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", factory=OnLoopConnection, isolation_level=None)
    connection.prepare(reads_only=False)
    connection.execute("CREATE TABLE t (n INTEGER)")
    connection.begin_writing()
    connection.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
    connection.commit()
    assert connection.execute("SELECT sum(n) FROM t").fetchone() == (3,)
    connection.close()
