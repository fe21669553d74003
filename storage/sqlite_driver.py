"""SQLite through aiosqlite, with one trip to its thread for each statement.

SQLAlchemy's own adapter goes to the connection's thread four times for a statement (cursor, execute, fetch, close) and
once more to begin; each trip waits twice for the interpreter. This one executes and fetches in one trip, begins in the
trip of a transaction's first statement, and goes on none to end a transaction that never began.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util.concurrency import await_

DRIVERNAME = "sqlite+onetrip"


@dataclass(frozen=True, slots=True)
class Fetched:
    """All that a statement left behind."""

    rows: Sequence[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class OneTripCursor:
    """What SQLAlchemy needs of a cursor. It holds its rows when ``execute`` returns; nothing stays open."""

    __slots__ = ("_connection", "_fetched", "_rows", "arraysize")

    server_side = False

    def __init__(self, connection: "OneTripConnection") -> None:
        self._connection = connection
        self._fetched = Fetched((), None, -1, None)
        self._rows: deque[Any] = deque()
        self.arraysize = 1

    @property
    def description(self) -> Any:
        return self._fetched.description

    @property
    def rowcount(self) -> int:
        return self._fetched.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._fetched.lastrowid

    def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        self._keep(self._connection.travel(lambda cursor: cursor.execute(operation, parameters or ())))

    def executemany(self, operation: str, parameters: Iterable[Sequence[Any]]) -> None:
        self._keep(self._connection.travel(lambda cursor: cursor.executemany(operation, parameters)))

    def _keep(self, fetched: Fetched) -> None:
        self._fetched = fetched
        self._rows = deque(fetched.rows)

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def setinputsizes(self, *_: Any) -> None:
        """SQLite knows no input sizes."""

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks for this before it hands a result to synchronous code; here nothing is open."""


class OneTripConnection(AsyncAdapt_aiosqlite_connection):
    """``begin_with`` is what the next statement begins its transaction with."""

    __slots__ = ("begin_with", "has_begun")

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.begin_with: str | None = None
        self.has_begun = False

    def cursor(self, server_side: bool = False) -> Any:  # noqa: ARG002 (all rows are fetched at once)
        return OneTripCursor(self)

    def travel(self, statement: Callable[[sqlite3.Cursor], object]) -> Fetched:
        """Run ``statement`` in the connection's thread, behind the BEGIN that is still owed."""
        try:
            return await_(self._connection._execute(self._in_thread, statement))  # type: ignore[no-any-return]
        except Exception as error:
            self._handle_exception(error)

    def _in_thread(self, statement: Callable[[sqlite3.Cursor], object]) -> Fetched:
        cursor = self._connection._conn.cursor()
        try:
            if self.begin_with is not None:
                cursor.execute(self.begin_with)
                self.begin_with, self.has_begun = None, True
            statement(cursor)
            rows = cursor.fetchall() if cursor.description else ()
            return Fetched(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
        finally:
            cursor.close()

    def commit(self) -> None:
        self._end(super().commit)

    def rollback(self) -> None:
        self._end(super().rollback)

    def _end(self, how: Callable[[], None]) -> None:
        self.begin_with = None
        if self.has_begun:
            how()
            self.has_begun = False


class OneTripDbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *arguments: Any, **options: Any) -> OneTripConnection:
        adapted = super().connect(*arguments, **options)
        return OneTripConnection(self, adapted._connection)


class OneTripDialect(SQLiteDialect_aiosqlite):
    driver = "onetrip"
    supports_statement_cache = True
    supports_server_side_cursors = False

    @classmethod
    def import_dbapi(cls) -> OneTripDbapi:
        plain = super().import_dbapi()
        return OneTripDbapi(plain.aiosqlite, plain.sqlite)


def register() -> None:
    """Make ``DRIVERNAME`` known to SQLAlchemy."""
    registry.register("sqlite.onetrip", __name__, OneTripDialect.__name__)
