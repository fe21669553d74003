"""The tables of the work queue: a schema of their own on PostgreSQL, filled by a library's script, asked from here.

What lies in them are hints; the truth about work is in the tables of the product. So they are never moved with the
rest: a script that has changed is another schema beside the old one, whose processes go on using theirs.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Text, func, or_, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateSchema

from sequences.ports.queue import QueueLook
from storage.database import Database
from storage.errors import DatabaseError
from storage.migrate import LOCK_KEY, QUEUE_SCHEMAS

_SCHEMAS = Table("pg_namespace", MetaData(), Column("nspname", String), schema="pg_catalog")
WAITING = text("status = 'todo'")  # as its partial indexes have it


class QueueTables:
    """``name`` is the schema's; it must start as ``QUEUE_SCHEMAS`` says, so that a way back to nothing finds it."""

    def __init__(self, database: Database, *, name: str, script: str) -> None:
        if not name.startswith(QUEUE_SCHEMAS) or not name.isidentifier():
            raise ValueError(f"{name!r} is no name for a queue")
        self._database = database
        self._name = name
        self._script = script
        self._jobs = Table(
            "procrastinate_jobs",
            MetaData(),
            Column("args", JSONB),
            Column("priority", Integer),
            Column("queueing_lock", Text),
            Column("scheduled_at", DateTime(timezone=True)),
            Column("status", String),
            schema=name,
        )

    async def install(self) -> None:
        """Make them, unless they are there. Several processes may start at once."""
        async with self._database.begin() as tx:
            await tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
            if await self._is_there(tx.connection):
                return
            await tx.connection.execute(CreateSchema(self._name))
            await tx.connection.execute(
                select(func.set_config("search_path", self._name, True))  # until the commit
            )
            raw = await tx.connection.get_raw_connection()
            assert raw.driver_connection is not None  # noqa: S101  # it has just been used
            await raw.driver_connection.execute(self._script)

    async def require(self) -> None:
        """DatabaseError, saying what to do, when they are not there."""
        async with self._database.read() as tx:
            if not await self._is_there(tx.connection):
                raise DatabaseError("The database has no work queue for this version: run `sixty migrate`.")

    async def _is_there(self, connection: AsyncConnection) -> bool:
        # Asked of the table: `to_regnamespace` may remember that nothing was there from before the lock was had.
        found = await connection.execute(select(_SCHEMAS.c.nspname).where(_SCHEMAS.c.nspname == self._name))
        return found.scalar_one_or_none() is not None

    async def look(self, now: datetime) -> QueueLook:
        """How far down each org's work of each kind stands, and where the front of the queue is."""
        col = self._jobs.c
        flow = (col.args["kind"].astext, col.args["org_id"].astext)
        is_ready = or_(col.scheduled_at.is_(None), col.scheduled_at <= now)
        statement = (
            select(*flow, func.min(col.priority), func.max(col.priority).filter(is_ready))
            .where(WAITING)
            .group_by(*flow)
        )
        async with self._database.read() as tx:
            rows = (await tx.connection.execute(statement)).all()
        fronts = [front for *_, front in rows if front is not None]
        return QueueLook(
            lowest={(kind, org_id): lowest for kind, org_id, lowest, _ in rows}, front=max(fronts, default=0)
        )

    async def waiting(self, locks: Sequence[str]) -> set[str]:
        """Those of the locks under which something waits already."""
        col = self._jobs.c
        statement = select(col.queueing_lock).where(WAITING, col.queueing_lock.in_(locks))
        async with self._database.read() as tx:
            return set((await tx.connection.execute(statement)).scalars())
