"""The driver goes to its thread once for a statement, and what SQL means is untouched."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import ConstraintError


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'one.db'}")
    async with opened.begin() as tx:
        await tx.connection.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)"))
    yield opened
    await opened.close()


@pytest.fixture
def trips(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the thread, by function name. ``database`` is connected before counting begins."""
    seen: list[str] = []
    plain: Any = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        seen.append(fn.__name__)
        return await plain(self, fn, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return seen


async def test_a_unit_of_work_takes_one_trip_for_each_statement_and_one_to_commit(
    database: Database, trips: list[str]
) -> None:
    async with database.begin() as tx:
        await tx.connection.execute(text("INSERT INTO things (name) VALUES ('a')"))
        found = await tx.connection.execute(text("SELECT id, name FROM things"))
        assert [tuple(row) for row in found] == [(1, "a")]
    assert trips == ["_in_thread", "_in_thread", "commit"]


async def test_a_unit_of_work_without_a_statement_takes_no_trip(database: Database, trips: list[str]) -> None:
    async with database.begin():
        pass
    assert trips == []


async def test_many_rows_in_one_trip(database: Database, trips: list[str]) -> None:
    async with database.begin() as tx:
        await tx.connection.execute(text("INSERT INTO things (name) VALUES (:name)"), [{"name": "a"}, {"name": "b"}])
    assert trips == ["_in_thread", "commit"]


async def test_the_first_statement_takes_the_right_to_write(database: Database, tmp_path: Path) -> None:
    """BEGIN IMMEDIATE travels with it: nobody else writes between a look and the change that follows from it."""
    async with database.begin() as tx:
        await tx.connection.execute(text("SELECT count(*) FROM things"))
        with (
            contextlib.closing(sqlite3.connect(tmp_path / "one.db", timeout=0)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("INSERT INTO things VALUES (1, 'b')")


async def insert_twice(database: Database) -> None:
    async with database.begin() as tx:
        await tx.connection.execute(text("INSERT INTO things VALUES (1, 'a')"))
        await tx.connection.execute(text("INSERT INTO things VALUES (1, 'b')"))


async def test_a_statement_that_fails_leaves_the_transaction_to_be_rolled_back(database: Database) -> None:
    with pytest.raises(ConstraintError):
        await insert_twice(database)
    async with database.read() as tx:
        assert (await tx.connection.execute(text("SELECT count(*) FROM things"))).scalar_one() == 0


async def test_a_savepoint_takes_back_its_own_part(database: Database) -> None:
    async with database.begin() as tx:
        await tx.connection.execute(text("INSERT INTO things VALUES (1, 'a')"))
        savepoint = await tx.connection.begin_nested()
        await tx.connection.execute(text("INSERT INTO things VALUES (2, 'b')"))
        await savepoint.rollback()
    async with database.read() as tx:
        assert (await tx.connection.execute(text("SELECT name FROM things"))).scalars().all() == ["a"]


async def test_a_first_statement_that_fails_does_not_leave_a_transaction_open(database: Database) -> None:
    with pytest.raises(Exception, match="no_such_table"):
        async with database.begin() as tx:
            await tx.connection.execute(text("SELECT * FROM no_such_table"))
    async with database.begin() as tx:
        await tx.connection.execute(text("INSERT INTO things (name) VALUES ('after')"))
    async with database.read() as tx:
        assert (await tx.connection.execute(text("SELECT name FROM things"))).scalars().all() == ["after"]
