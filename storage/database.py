"""The database as the core sees it: units of work that commit as one, looks that hold nobody up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from sequences.ports.store import Advance, Claimed, Transaction
from storage.advancing import Wanted, advance_several, claim_several
from storage.engines import Engines, open_engines, parse_url
from storage.errors import ConstraintError, explain, what_was_said
from storage.group_commit import GroupCommit, one_after_another
from storage.jobs import fenced_off
from storage.migrate import BASE, HEAD, downgrade, upgrade
from storage.tables import METADATA
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

# A look at PostgreSQL is one snapshot from its first statement to its last, as it is on SQLite.
SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}

# On PostgreSQL; so one group that waits for somebody's row does not hold up all the others.
GROUPS_AT_ONCE = 4


class Turn:
    """Who may write (or, in memory, read) just now: one task after the other, in the order in which they asked."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    def refuse_nesting(self) -> None:
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("This task is inside a unit of work already; another one would wait for it forever.")

    async def __aenter__(self) -> None:
        self.refuse_nesting()
        await self._lock.acquire()
        self._holder = asyncio.current_task()

    async def __aexit__(self, *_: object) -> None:
        self._holder = None
        self._lock.release()


class Database:
    """Implements ``sequences.ports.store.Store``. One per process and database; every error is a DatabaseError."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._turn = Turn()
        self._group = GroupCommit(self.begin, lanes=1 if engines.takes_turns else GROUPS_AT_ONCE)

    @classmethod
    def open(cls, url: str) -> Self:
        """Get ready for ``url``, making SQLite's folder; connections are made when they are needed."""
        return cls(open_engines(parse_url(url)))

    @classmethod
    @asynccontextmanager
    async def scratch(cls) -> AsyncIterator[Self]:
        """Empty tables in memory, as the newest revision leaves them; gone when the block ends."""
        store = cls.open("sqlite://")
        try:
            async with store.begin() as tx:
                await tx.connection.run_sync(METADATA.create_all)
            yield store
        finally:
            await store.close()

    @property
    def url(self) -> URL:
        return self._engines.url

    async def close(self) -> None:
        await self._group.drain()
        await self._engines.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Commits when the block ends, rolls back when it raises. Writers of one SQLite file take turns."""
        async with self._queue(self._engines.takes_turns), self._connect(self._engines.writer) as connection:
            yield UnitOfWork(connection)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A consistent look without taking the right to write."""
        options = SNAPSHOT if self.url.get_backend_name() == "postgresql" else {}
        async with self._queue(self._engines.is_shared), self._connect(self._engines.reader, options) as connection:
            yield UnitOfWork(connection)

    async def join(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """A unit of work that commits together with others; ``work`` may be done twice and must touch tables only."""
        self._turn.refuse_nesting()
        return await self._group.ask(one_after_another, work)

    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Claimed | None:
        """Take a runnable job, with its finished steps; None when it is not to be had."""
        self._turn.refuse_nesting()
        return await self._group.ask(claim_several, Wanted(job_id, now, lease))

    async def advance(self, advance: Advance) -> None:
        """Store finished steps and where the job goes on or that it has ended; FenceLostError if fenced off."""
        self._turn.refuse_nesting()
        if not await self._group.ask(advance_several, advance):
            raise fenced_off(advance.job)

    async def ping(self) -> None:
        """DatabaseError when the database does not answer or cannot be written."""
        async with self._queue(self._engines.takes_turns), self._connect(self._engines.writer) as connection:
            await connection.execute(text("SELECT 1"))

    async def migrate(self, revision: str = HEAD) -> None:
        """Bring the schema up to ``revision``. Safe when several processes start at once."""
        await self._move(upgrade, revision)

    async def downgrade(self, revision: str = BASE) -> None:
        """Take the schema back to ``revision``; what newer revisions added is lost."""
        await self._move(downgrade, revision)

    async def _move(self, how: Callable[[Connection, str], None], revision: str) -> None:
        async with self._queue(self._engines.takes_turns), self._connect(self._engines.writer) as connection:
            # The right to write first: Alembic keeps its place in module globals, which no two moves may share.
            await connection.execute(text("SELECT 1"))
            await connection.run_sync(how, revision)

    def _queue(self, is_needed: bool) -> AbstractAsyncContextManager[Any]:
        return self._turn if is_needed else nullcontext()

    @asynccontextmanager
    async def _connect(
        self, engine: AsyncEngine, options: dict[str, Any] | None = None
    ) -> AsyncIterator[AsyncConnection]:
        try:
            connection = await engine.connect()
        except Exception as error:  # each driver raises kinds of its own while connecting; all mean the same
            raise explain(error, self.url) from error
        try:
            if options:
                await connection.execution_options(**options)
            async with connection.begin():
                yield connection
        except IntegrityError as error:
            raise ConstraintError(what_was_said(error)) from None
        except SQLAlchemyError as error:
            refused = error.orig if isinstance(error, StatementError) else None
            if isinstance(refused, ValueError | TypeError):  # by a column type, before anything reached the database
                raise refused from None
            raise explain(error, self.url) from error
        finally:
            await _give_back(connection)


async def _give_back(connection: AsyncConnection) -> None:
    """Into the pool. With a transaction still to be rolled back this takes a while, in which the task may be
    cancelled; it would then take the connection with it, so it is shielded."""
    if connection.in_transaction():
        await asyncio.shield(asyncio.ensure_future(connection.close()))
    else:
        await connection.close()
