"""Webhooks as they came in."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import Due
from sequences.ports.store import Delivery, DeliveryStatus
from storage.due import DueQuery, DueWhen
from storage.rows import Shape, insert_new
from storage.tables import webhook_deliveries
from storage.tables.ledgers import RECEIVED

DELIVERY = Shape(Delivery, webhook_deliveries)
SETTLED = (DeliveryStatus.PROCESSED, DeliveryStatus.IGNORED, DeliveryStatus.FAILED)
col = webhook_deliveries.c
DUE = DueQuery(DueWhen(since=col.process_at, where=RECEIVED))


class WebhookDeliveries:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, delivery: Delivery) -> bool:
        unique = ("provider", "delivery_id")
        return await insert_new(self._connection, webhook_deliveries, DELIVERY.values(delivery), unique=unique)

    async def get(self, delivery_id: str) -> Delivery | None:
        rows = await self._connection.execute(DELIVERY.select().where(col.id == delivery_id))
        return DELIVERY.read_one(rows.first())

    async def claim(self, delivery_id: str, *, now: datetime, lease: timedelta) -> Delivery | None:
        statement = (
            update(webhook_deliveries)
            .where(col.id == delivery_id, text(RECEIVED), col.process_at <= now)
            .values(attempts=col.attempts + 1, process_at=now + lease)
            .returning(*DELIVERY.columns)
        )
        return DELIVERY.read_one((await self._connection.execute(statement)).first())

    async def mark(
        self,
        delivery_id: str,
        status: DeliveryStatus,
        *,
        reason: str = "",
        meeting_id: str | None = None,
        process_at: datetime | None = None,
    ) -> None:
        """What is not given stays as it is, except the reason, which belongs to the status."""
        values: dict[str, Any] = {"status": status, "reason": reason}
        if meeting_id is not None:
            values["meeting_id"] = meeting_id
        if process_at is not None:
            values["process_at"] = process_at
        statement = update(webhook_deliveries).where(col.id == delivery_id).values(values)
        await self._connection.execute(statement)

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        return await DUE.ask(self._connection, now, limit, besides=besides)

    async def recent(self, org_id: str, limit: int) -> list[Delivery]:
        statement = (
            DELIVERY.select().where(col.org_id == org_id).order_by(col.received_at.desc(), col.id.desc()).limit(limit)
        )
        return DELIVERY.read_all(await self._connection.execute(statement))

    async def forget_before(self, moment: datetime) -> int:
        statement = delete(webhook_deliveries).where(col.received_at < moment, col.status.in_(SETTLED))
        return (await self._connection.execute(statement)).rowcount
