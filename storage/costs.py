"""What models cost, and what running jobs may still cost."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import CostEvent
from sequences.records.job import JobStatus
from storage.rows import Shape, insert_into
from storage.tables import ai_cost_events, sequence_jobs
from storage.tables.work import UNFINISHED

COST = Shape(CostEvent, ai_cost_events)
cost, job = ai_cost_events.c, sequence_jobs.c


class StoredCosts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, event: CostEvent) -> None:
        await self._connection.execute(insert_into(ai_cost_events), COST.values(event))

    async def spent(self, *, org_id: str, user_id: str | None, since: datetime) -> Decimal:
        """For the org, or for one user of it. Reservations count whenever made, while their job is in hand."""
        recorded = select(func.sum(cost.cost_usd)).where(cost.org_id == org_id, cost.at >= since)
        open_reserves = select(func.sum(job.reserved_usd - job.cost_usd)).where(
            text(UNFINISHED),
            job.status != JobStatus.AWAITING_APPROVAL,
            job.org_id == org_id,
            job.reserved_usd > job.cost_usd,
        )
        if user_id is not None:
            recorded = recorded.where(cost.user_id == user_id)
            open_reserves = open_reserves.where(job.user_id == user_id)
        statement = select(recorded.scalar_subquery(), open_reserves.scalar_subquery())
        row = (await self._connection.execute(statement)).one()
        return sum((part for part in row if part is not None), Decimal(0))

    async def for_job(self, job_id: str) -> list[CostEvent]:
        """The oldest first."""
        statement = COST.select().where(cost.job_id == job_id).order_by(cost.at, cost.id)
        return COST.read_all(await self._connection.execute(statement))
