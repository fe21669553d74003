"""The schema goes up and down on both databases, equals the tables in the code, and takes several starters at once."""

import ast
import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.tables import METADATA

VERSIONS = Path(__file__).parents[2] / "storage" / "migrations" / "versions"


@pytest.fixture
async def empty(empty_database_url: str) -> AsyncIterator[Database]:
    database = Database.open(empty_database_url)
    yield database
    await database.close()


async def tables(database: Database) -> set[str]:
    async with database.begin() as tx:
        return set(await tx.connection.run_sync(lambda connection: inspect(connection).get_table_names()))


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, METADATA))


async def test_up_down_up_ends_where_the_code_is(empty: Database) -> None:
    await empty.migrate()
    assert await tables(empty) == {*METADATA.tables, "alembic_version"}
    await empty.downgrade()
    assert await tables(empty) == {"alembic_version"}
    await empty.migrate()
    async with empty.begin() as tx:
        assert await tx.connection.run_sync(differences) == []


async def test_partial_indexes_cover_what_the_code_says(empty: Database) -> None:
    """Alembic does not compare conditions, and a query only uses an index whose condition it repeats."""
    await empty.migrate()

    def conditions(connection: Connection) -> dict[str, str]:
        found: dict[str, str] = {}
        for table in METADATA.tables:
            for index in inspect(connection).get_indexes(table):
                options = index.get("dialect_options", {})
                condition = options.get("sqlite_where", options.get("postgresql_where"))
                if condition is not None:
                    found[str(index["name"])] = essence(str(condition))
        return found

    declared = {
        str(index.name): essence(str(index.dialect_options["sqlite"]["where"]))
        for table in METADATA.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    async with empty.begin() as tx:
        assert await tx.connection.run_sync(conditions) == declared


def essence(condition: str) -> str:
    """PostgreSQL rewrites conditions: IN becomes = ANY (ARRAY[...]), with casts and brackets."""
    condition = re.sub(r"::\w+(\[\])?", "", condition)
    condition = condition.replace("= ANY (ARRAY[", "IN (").replace("<> ALL (ARRAY[", "NOT IN (").replace("])", ")")
    return re.sub(r"[() ]", "", condition)


async def test_migrating_again_changes_nothing(empty: Database) -> None:
    await empty.migrate()
    await empty.migrate()
    assert await tables(empty) == {*METADATA.tables, "alembic_version"}


async def test_many_may_start_at_once(empty_database_url: str) -> None:
    starters = [Database.open(empty_database_url) for _ in range(4)]
    await asyncio.gather(*(starter.migrate() for starter in starters))
    assert await tables(starters[0]) == {*METADATA.tables, "alembic_version"}
    for starter in starters:
        await starter.close()


async def test_a_migration_that_fails_leaves_the_schema_as_it_was(empty: Database) -> None:
    async with empty.begin() as tx:
        await tx.connection.exec_driver_sql("CREATE TABLE cards (mine TEXT)")
    with pytest.raises(Exception, match="cards"):
        await empty.migrate()
    assert await tables(empty) == {"cards"}


def test_flag_11_upgrades_only_add() -> None:
    """While a deploy rolls, the previous release works on the new schema: nothing it knows may go or change."""
    taking = {"drop_table", "drop_column", "drop_constraint", "alter_column", "rename_table", "execute"}
    for path in VERSIONS.glob("[0-9]*.py"):
        functions = {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
        called = {
            node.func.attr
            for name, function in functions.items()
            if name != "downgrade"
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert called & taking == set(), path.name


def test_every_revision_has_a_number_of_its_own_and_a_way_back() -> None:
    files = sorted(path for path in VERSIONS.glob("*.py") if path.name != "__init__.py")
    numbers = [path.name.split("_")[0] for path in files]
    assert numbers == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path in files:
        assert "def downgrade() -> None:\n    pass" not in path.read_text()
