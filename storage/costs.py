"""What models cost, what running jobs may still cost, and what an org has left to spend."""

from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, text, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import CostEvent
from sequences.records.cost import SequenceCost
from sequences.records.job import JobStatus
from storage.columns import Moment
from storage.rows import Shape, insert_into, insert_or_update
from storage.tables import ai_cost_events, org_credit_balance, sequence_jobs
from storage.tables.work import UNFINISHED

COST = Shape(CostEvent, ai_cost_events)
cost, job = ai_cost_events.c, sequence_jobs.c

THEIRS, TODAY = cost.user_id == bindparam("user_id_"), cost.at >= bindparam("day_", type_=Moment)
RECORDED = func.sum(cost.cost_usd)
USED = (
    select(
        RECORDED.filter(TODAY).label("org_day"),
        RECORDED.label("org_month"),
        RECORDED.filter(TODAY, THEIRS).label("user_day"),
        RECORDED.filter(THEIRS).label("user_month"),
    )
    .where(cost.org_id == bindparam("org_id_"), cost.at >= bindparam("month_", type_=Moment))
    .subquery()
)
RESERVED = func.sum(job.reserved_usd - job.cost_usd)
OPEN = (
    select(RESERVED.label("org"), RESERVED.filter(job.user_id == bindparam("user_id_")).label("user"))
    .where(
        text(UNFINISHED),
        job.status != JobStatus.AWAITING_APPROVAL,
        job.org_id == bindparam("org_id_"),
        job.reserved_usd > job.cost_usd,
    )
    .subquery()
)
SPENT_IN = select(*USED.c, *OPEN.c).select_from(USED.join(OPEN, true()))


class StoredCosts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, event: CostEvent) -> None:
        await self._connection.execute(insert_into(ai_cost_events), COST.values(event))
        if event.cost_usd:
            kept = org_credit_balance.c
            statement = (
                update(org_credit_balance)
                .where(kept.org_id == event.org_id)
                .values(balance_usd=kept.balance_usd - event.cost_usd, updated_at=event.at)
            )
            await self._connection.execute(statement)

    async def spent_in(
        self, *, org_id: str, user_id: str, day: datetime, month: datetime
    ) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Reservations count whenever made, while their job is in hand. ``day`` is not before ``month``."""
        values = {"org_id_": org_id, "user_id_": user_id, "day_": day, "month_": month}
        sums = (await self._connection.execute(SPENT_IN, values)).one()
        org_day, org_month, user_day, user_month, org_open, user_open = (part or Decimal(0) for part in sums)
        return org_day + org_open, org_month + org_open, user_day + user_open, user_month + user_open

    async def for_job(self, job_id: str) -> list[CostEvent]:
        """The oldest first."""
        statement = COST.select().where(cost.job_id == job_id).order_by(cost.at, cost.id)
        return COST.read_all(await self._connection.execute(statement))

    async def by_sequence(self, *, org_id: str, user_id: str | None, since: datetime) -> list[SequenceCost]:
        values = {"org_id_": org_id, "since_": since, **_whose(user_id)}
        rows = await self._connection.execute(_by_sequence(user_id is not None), values)
        return [
            SequenceCost(sequence=sequence, cost_usd=spent, calls=calls, runs=runs, tokens=int(used))
            for sequence, spent, calls, runs, used in rows
        ]

    async def first_at(self, *, org_id: str, user_id: str | None, since: datetime) -> datetime | None:
        values = {"org_id_": org_id, "since_": since, **_whose(user_id)}
        rows = await self._connection.execute(_first_at(user_id is not None), values)
        first: datetime | None = rows.scalar_one_or_none()
        return first

    async def balance(self, org_id: str) -> Decimal | None:
        kept = org_credit_balance.c
        statement = select(kept.balance_usd).where(kept.org_id == org_id)
        return (await self._connection.execute(statement)).scalar_one_or_none()

    async def set_balance(self, org_id: str, balance: Decimal, *, at: datetime) -> None:
        values = {"org_id": org_id, "balance_usd": balance, "updated_at": at}
        await insert_or_update(self._connection, org_credit_balance, values, unique=("org_id",))


def _whose(user_id: str | None) -> dict[str, str]:
    return {} if user_id is None else {"user_id_": user_id}


def _of(one_user: bool) -> tuple[ColumnElement[bool], ...]:
    orgs = (cost.org_id == bindparam("org_id_"), cost.at >= bindparam("since_", type_=Moment))
    return (*orgs, THEIRS) if one_user else orgs


@cache
def _first_at(one_user: bool) -> Select[Any]:
    return select(func.min(cost.at)).where(*_of(one_user))


@cache
def _by_sequence(one_user: bool) -> Select[Any, Any, int, int, Any]:
    name = func.coalesce(cost.sequence, "")
    tokens = cost.input_tokens + cost.output_tokens
    total = func.sum(cost.cost_usd)
    runs = func.count(cost.job_id.distinct())
    return (
        select(name, total, func.count().filter(tokens > 0), runs, func.sum(tokens))
        .where(*_of(one_user))
        .group_by(name)
        .order_by(total.desc(), name)
    )
