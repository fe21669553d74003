"""While a deploy rolls, the previous release works on the new schema, and the new one reads what the old one wrote.

What the first release knew is asked of the database itself: its columns and keys at revision 0001.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, func, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.action import ActionStatus
from sequences.records.base import Record
from sequences.records.job import JobStatus
from storage.actions import ACTION
from storage.cards import CARD
from storage.costs import COST
from storage.database import Database
from storage.deliveries import DELIVERY
from storage.jobs import JOB, STEP
from storage.migrate import newest_revision
from storage.people import ORG as ORG_SHAPE
from storage.people import USER
from storage.rows import Shape
from storage.schema import present_revision
from tests.storage.samples import (
    ANNA,
    MINUTE,
    NOW,
    ORG,
    make_action,
    make_card,
    make_cost,
    make_delivery,
    make_job,
    make_step,
)

FIRST = "0001"
ROW = "row_1"


@dataclass
class Rollout:
    """``old`` is the schema as the first release knew it; the database has moved on to ``head`` since."""

    database: Database
    old: MetaData
    keys: dict[str, set[tuple[Any, ...]]]


@pytest.fixture
async def rollout(empty_database_url: str) -> AsyncIterator[Rollout]:
    database = Database.open(empty_database_url)
    await database.migrate(FIRST)
    async with database.begin() as tx:
        old, keys = await tx.connection.run_sync(as_known)
    await database.migrate()
    yield Rollout(database, old, keys)
    await database.close()


def as_known(connection: Connection) -> tuple[MetaData, dict[str, set[tuple[Any, ...]]]]:
    old = MetaData()
    old.reflect(connection)
    old.remove(old.tables["alembic_version"])
    return old, unique_keys(connection, list(old.tables))


def unique_keys(connection: Connection, tables: list[str]) -> dict[str, set[tuple[Any, ...]]]:
    """What an ON CONFLICT may name: columns, and the condition of a partial index."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for table in tables:
        indexes = [index for index in inspect(connection).get_indexes(table) if index["unique"]]
        constraints = inspect(connection).get_unique_constraints(table)
        found[table] = {(*sorted(map(str, index["column_names"])), condition_of(dict(index))) for index in indexes}
        found[table] |= {(*sorted(constraint["column_names"]), "") for constraint in constraints}
        found[table].add((*sorted(inspect(connection).get_pk_constraint(table)["constrained_columns"]), ""))
    return found


def condition_of(index: dict[str, Any]) -> str:
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


SAMPLES: dict[type, Any] = {
    str: ROW,
    int: 1,
    float: 0.5,
    bool: True,
    Decimal: Decimal(1),
    date: date(2026, 3, 5),
    time: time(9, 30),
    object: {},  # JSON
}


def sample(column: Column[Any]) -> Any:
    """Something that fits; every text is the same, so that each reference finds its row."""
    kind = column.type.python_type
    if kind is datetime:
        return datetime(2026, 3, 5, tzinfo=UTC if getattr(column.type, "timezone", False) else None)
    return SAMPLES[kind]


async def insert_as_of_old(connection: AsyncConnection, table: Table, **values: Any) -> None:
    row = {column.name: sample(column) for column in table.columns if not column.nullable}
    await connection.execute(table.insert().values(row | values))


async def test_flag_11_every_insert_update_and_select_of_the_old_code_still_works(rollout: Rollout) -> None:
    assert await present_revision(rollout.database) == newest_revision() > FIRST
    async with rollout.database.begin() as tx:
        for table in rollout.old.sorted_tables:
            await insert_as_of_old(tx.connection, table)
    async with rollout.database.begin() as tx:
        for table in rollout.old.sorted_tables:
            everything = {column.name: sample(column) for column in table.columns}
            changed = await tx.connection.execute(update(table).values(everything))
            assert changed.rowcount == 1, table.name
    async with rollout.database.read() as tx:
        for table in rollout.old.sorted_tables:
            (row,) = (await tx.connection.execute(select(*table.columns))).all()
            assert dict(row._mapping) == {column.name: sample(column) for column in table.columns}, table.name


async def test_flag_11_every_conflict_that_the_old_code_names_still_has_its_key(rollout: Rollout) -> None:
    async with rollout.database.read() as tx:
        now = await tx.connection.run_sync(unique_keys, list(rollout.old.tables))
    for table, known in rollout.keys.items():
        assert known <= now[table], table
        columns = {column.name for column in rollout.old.tables[table].columns}
        stricter = [key for key in now[table] - known if set(key[:-1]) <= columns]
        assert stricter == [], f"{table} refuses rows that the old code may write"


STEP_OF = make_job(id=ROW)
WRITTEN: tuple[tuple[Shape[Any], Record], ...] = (
    (ORG_SHAPE, ORG),
    (USER, ANNA),
    (JOB, STEP_OF),
    (STEP, make_step(STEP_OF, "draft")),
    (CARD, make_card(id=ROW)),
    (ACTION, make_action(id=ROW, job_id=ROW)),
    (DELIVERY, make_delivery(id=ROW)),
    (COST, make_cost(id=ROW)),
)


def known_of(shape: Shape[Any], rollout: Rollout) -> list[Column[Any]]:
    return list(rollout.old.tables[shape.table.name].columns)


def old_row(shape: Shape[Any], record: Record, known: list[Column[Any]]) -> dict[str, Any]:
    named = {shape.table.c[key].name: value for key, value in shape.values(record).items()}
    keys = {column.name: column.key for column in shape.table.columns}
    return {
        keys[column.name]: named[column.name] if column.name in named else sample(column)
        for column in known
        if column.name in named or not column.nullable
    }


async def write_as_of_old(rollout: Rollout) -> None:
    """Good rows, with nothing in them that the first release did not know."""
    async with rollout.database.begin() as tx:
        for shape, record in WRITTEN:
            row = old_row(shape, record, known_of(shape, rollout))
            await tx.connection.execute(shape.table.insert().values(row))


async def test_flag_11_the_new_code_reads_and_goes_on_with_what_the_old_one_wrote(rollout: Rollout) -> None:
    await write_as_of_old(rollout)
    async with rollout.database.begin() as tx:
        for shape, record in WRITTEN:
            read = shape.read_one((await tx.connection.execute(shape.select())).one())
            assert read is not None
            old = {
                column.key for column in shape.columns if column.name in rollout.old.tables[shape.table.name].columns
            }
            assert read.model_dump(include=old) == record.model_dump(include=old)
        assert [due.id for due in await tx.jobs.due(NOW, 5)] == [ROW]
        assert [due.id for due in await tx.cards.due(NOW, 5)] == [ROW]
        assert [due.id for due in await tx.deliveries.due(NOW, 5)] == [ROW]
        claimed = await tx.jobs.claim(ROW, now=NOW, lease=MINUTE)
        assert claimed
        await tx.jobs.settle(claimed, JobStatus.COMPLETED, now=NOW)
        action = await tx.actions.get(ROW)
        assert action
        assert await tx.actions.change(
            ROW, expected=ActionStatus.PENDING, expected_digest=action.digest, status=ActionStatus.CANCELLED
        )


async def test_flag_16_rows_survive_the_way_back_and_forth_again(rollout: Rollout) -> None:
    """A rollback that goes as far as the schema keeps everything that the old release knew."""
    await write_as_of_old(rollout)
    await rollout.database.downgrade(FIRST)
    async with rollout.database.begin() as tx:
        counts = {
            shape.table.name: (
                await tx.connection.execute(select(func.count()).select_from(rollout.old.tables[shape.table.name]))
            ).scalar()
            for shape, _ in WRITTEN
        }
    assert set(counts.values()) == {1}
    await rollout.database.migrate()
    async with rollout.database.read() as tx:
        assert await tx.jobs.get(ROW) == STEP_OF
