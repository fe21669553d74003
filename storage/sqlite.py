"""SQLite on the event loop: statements run in place, only what waits for the disk or for others leaves the loop.

A statement on a local file takes some ten microseconds; handing each to a thread and back costs ten times that,
four times per statement. So statements run where they are called, and two things do not: COMMIT, which waits for
the disk, and BEGIN IMMEDIATE when another process is writing. Both are carried out by the connection's own thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from sqlalchemy import URL
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import ConnectArgsType
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, StaticPool
from sqlalchemy.util.concurrency import await_, in_greenlet

DRIVER = "sqlite+onloop"
BUSY_TIMEOUT_MS = 30_000  # how long to wait for another process that writes to the same file


class OnLoopCursor(sqlite3.Cursor):
    """Shows SQLAlchemy's asyncio layer the switch that it expects of an asynchronous driver."""

    def execute(self, statement: str, parameters: Any = (), /) -> Self:
        _touch_loop()
        super().execute(statement, parameters)
        return self

    def executemany(self, statement: str, parameters: Any, /) -> Self:
        _touch_loop()
        super().executemany(statement, parameters)
        return self

    async def _async_soft_close(self) -> None:
        """SQLAlchemy closes the cursors of asynchronous drivers early; these cost nothing to keep."""


class OnLoopConnection(sqlite3.Connection):
    """A connection whose waits are awaited. Used by one task at a time, as the pool hands it out."""

    _thread: ThreadPoolExecutor | None = None
    _reads_only = False

    def cursor(self, factory: Any = OnLoopCursor) -> Any:
        return super().cursor(factory)

    def prepare(self, *, reads_only: bool) -> None:
        """Durable through a power cut, readers beside a writer, references checked."""
        self._reads_only = reads_only
        for setting in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",  # switching to the write-ahead log needs the file for itself
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"query_only = {'ON' if reads_only else 'OFF'}",
            f"busy_timeout = {BUSY_TIMEOUT_MS if reads_only else 0}",
        ):
            self.execute(f"PRAGMA {setting}").close()

    def begin_reading(self) -> None:
        self.execute("BEGIN")

    def begin_writing(self) -> None:
        """BEGIN IMMEDIATE: at once when nobody else writes to the file, else as soon as they are done."""
        try:
            self.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            self._apart(self._begin_patiently)

    def _begin_patiently(self) -> None:
        set_timeout = "PRAGMA busy_timeout = {}"
        sqlite3.Connection.execute(self, set_timeout.format(BUSY_TIMEOUT_MS))
        try:
            sqlite3.Connection.execute(self, "BEGIN IMMEDIATE")
        finally:
            sqlite3.Connection.execute(self, set_timeout.format(0))

    def commit(self) -> None:
        if not self.in_transaction:
            return
        if self._reads_only:
            super().commit()  # ends the look; nothing goes to the disk
        else:
            self._apart(super().commit)

    def close(self) -> None:
        if self._thread is not None:
            self._thread.shutdown()
        super().close()

    def _apart(self, work: Callable[[], None]) -> None:
        """Run ``work`` in the connection's thread and await it; without a loop to serve, run it here."""
        if not in_greenlet():
            work()
            return
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite")
        await_(_finish(asyncio.get_running_loop().run_in_executor(self._thread, work)))


class OnLoopDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own SQLite dialect with these connections."""

    driver = "onloop"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool if cls._is_url_file_db(url) else StaticPool

    def create_connect_args(self, url: URL) -> ConnectArgsType:
        arguments, options = super().create_connect_args(url)
        # Loop and thread take turns; isolation_level None keeps the driver from beginning transactions by itself.
        return arguments, {**options, "factory": OnLoopConnection, "check_same_thread": False, "isolation_level": None}


def register() -> None:
    """Make ``DRIVER`` known to SQLAlchemy. Calling it again changes nothing."""
    registry.register(DRIVER.replace("+", "."), __name__, OnLoopDialect.__name__)


def _touch_loop() -> None:
    if in_greenlet():
        await_(_nothing())


async def _nothing() -> None:
    return None


async def _finish(future: asyncio.Future[None]) -> None:
    """Await ``future`` to its end even when cancelled: what the thread has begun, nobody may run into."""
    try:
        await asyncio.shield(future)
    except asyncio.CancelledError:
        while not future.done():
            await asyncio.wait([future])
        raise
