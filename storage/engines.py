"""Connections: how a database URL becomes engines whose transactions mean the same everywhere.

SQLite gets two: one connection that writes, taken in turn, and a pool of connections that only read (write-ahead
log: readers see the last commit and never wait). PostgreSQL gets one pool for both.
"""

import asyncio
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlalchemy.util.concurrency import await_

from storage.columns import dump_json
from storage.errors import DatabaseError, explain
from storage.lifelines import keep_alive
from storage.sqlite_driver import DRIVERNAME, OneTripConnection, register

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
BUSY_TIMEOUT_MS = 30_000  # how long to wait for another process that writes to the same SQLite file


@dataclass(frozen=True, kw_only=True)
class Engines:
    """``writer`` and ``reader`` are the same engine where the database arbitrates between writers itself.

    ``takes_turns`` says that writers of this process must queue here; ``is_shared`` that readers must, too.
    """

    url: URL
    writer: AsyncEngine
    reader: AsyncEngine
    takes_turns: bool
    is_shared: bool

    async def dispose(self) -> None:
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def parse_url(url: str) -> URL:
    """The URL with our drivers filled in. DatabaseError when it is none of ours."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        advice = "Write sqlite:///path/to/file.db or postgresql://user:password@host/name"
        raise DatabaseError(f"SIXTY_DATABASE_URL is not a database address. {advice}.") from None
    driver = DRIVERS.get(parsed.drivername)
    if driver is None:
        raise DatabaseError(f"Sixty knows SQLite and PostgreSQL, not {parsed.drivername!r}. Check SIXTY_DATABASE_URL.")
    parsed = parsed.set(drivername=driver)
    if parsed.database and parsed.database.startswith("~"):
        parsed = parsed.set(database=str(Path(parsed.database).expanduser()))
    return parsed


def open_engines(url: URL) -> Engines:
    """Engines for ``url``; nothing is connected yet. DatabaseError when SQLite's folder cannot be made."""
    if url.get_backend_name() == "postgresql":
        engine = _postgres(url)
        return Engines(url=url, writer=engine, reader=engine, takes_turns=False, is_shared=False)
    if not url.database or url.database == ":memory:":
        engine = _sqlite(url, begin="BEGIN IMMEDIATE", poolclass=StaticPool)
        return Engines(url=url, writer=engine, reader=engine, takes_turns=True, is_shared=True)
    try:
        _make_private_file(Path(url.database))
    except OSError as error:
        raise explain(error, url) from error
    return Engines(
        url=url,
        writer=_sqlite(url, begin="BEGIN IMMEDIATE", pool_size=1, max_overflow=0),
        # Each has a thread of its own, and more of them than cores only get in each other's way; a burst queues.
        reader=_sqlite(url, begin="BEGIN", reads_only=True, pool_size=8, max_overflow=0, pool_timeout=120),
        takes_turns=True,
        is_shared=False,
    )


def _make_private_file(path: Path) -> None:
    """What people said in meetings is nobody else's business on a shared machine; SQLite's side files follow suit."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)


def _postgres(url: URL) -> AsyncEngine:
    connect_args: dict[str, Any] = {"timeout": 10, "server_settings": {"application_name": "sixty"}}
    query = dict(url.query)
    if "sslmode" in query:  # libpq's name, found in most hosting providers' addresses
        connect_args["ssl"] = query.pop("sslmode")
    engine = create_async_engine(
        url.set(query=query),
        connect_args=connect_args,
        json_serializer=dump_json,
        hide_parameters=True,
        pool_size=8,
        max_overflow=8,
        pool_use_lifo=True,
    )
    event.listen(engine.sync_engine, "connect", keep_alive)
    return engine


def _sqlite(url: URL, *, begin: str, reads_only: bool = False, **pool: Any) -> AsyncEngine:
    register()
    engine = create_async_engine(
        url.set(drivername=DRIVERNAME), json_serializer=dump_json, hide_parameters=True, **pool
    )

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must neither begin nor commit by itself: ``on_begin`` does.
        connection.isolation_level = None
        try:
            _set_up(connection, reads_only=reads_only)
        except Exception:
            # The pool forgets a connection that it could not set up, but its thread would live on.
            connection.close()
            raise

    def on_begin(connection: Connection) -> None:
        cast(OneTripConnection, connection.connection.dbapi_connection).begin_with = begin

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def _set_up(connection: DBAPIConnection, *, reads_only: bool) -> None:
    """Durable through a power cut, readers beside a writer, references checked."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    _write_ahead(cursor)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", f"query_only = {'ON' if reads_only else 'OFF'}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Give a new file its write-ahead log, which SQLite refuses without any wait while somebody else writes to it."""
    gives_up_at = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= gives_up_at:
                raise
            await_(asyncio.sleep(0.01))
        else:
            return
