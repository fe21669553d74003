"""Events as they came in, with what became of each and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, and_
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.event import Event, EventStatus, StoredEvent
from storage.rows import Shape, insert_into
from storage.tables import events

STORED = Shape(StoredEvent, events)
EVENT = Shape(Event, events)


class StoredEvents:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, stored: StoredEvent) -> None:
        values = EVENT.values(stored.event) | STORED.values(stored)
        await self._connection.execute(insert_into(events), values)

    async def recent(self, org_id: str, limit: int) -> list[StoredEvent]:
        """Newest first."""
        statement = (
            events.select()
            .where(events.c.org_id == org_id)
            .order_by(events.c.received_at.desc(), events.c.id.desc())
            .limit(limit)
        )
        return _read_all(await self._connection.execute(statement))

    async def refused_children(self, job_ids: Sequence[str], limit: int) -> list[StoredEvent]:
        """The oldest first."""
        if not job_ids:
            return []
        is_child = and_(events.c.parent_job_id.in_(job_ids), events.c.parent_job_id.is_not(None))
        statement = (
            events.select()
            .where(is_child, events.c.status == EventStatus.SKIPPED)
            .order_by(events.c.received_at, events.c.id)
            .limit(limit)
        )
        return _read_all(await self._connection.execute(statement))


def _read_all(rows: Iterable[Row[Any]]) -> list[StoredEvent]:
    keys = [column.key for column in events.columns]
    flat = [dict(zip(keys, row, strict=True)) for row in rows]
    return [StoredEvent.model_validate(values | {"event": values}) for values in flat]
