"""Events as they came in, with what became of each and why."""

from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.event import Event, StoredEvent
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
        rows = await self._connection.execute(statement)
        keys = [column.key for column in events.columns]
        flat = [dict(zip(keys, row, strict=True)) for row in rows]
        return [StoredEvent.model_validate(values | {"event": values}) for values in flat]
