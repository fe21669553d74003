"""The tables as a whole: what waits now, and what became of the runs of some days (OBS-03). Reads only.

These questions may read a whole span of rows; they are asked by a person or every few seconds, never by the work.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ColumnElement, Float, Select, and_, case, cast, func, literal, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import WorkKind
from sequences.ports.store import CronOutcome
from sequences.records.figures import Backlog, Complaint, DayCount, Queue, RunFigures, Tally
from sequences.records.job import JobStatus, StepStatus
from storage.actions import LEFT_BEHIND_AFTER
from storage.database import Database
from storage.tables import (
    ai_cost_events,
    cards,
    cron_job_logs,
    pending_agent_actions,
    sequence_jobs,
    sequence_steps,
    webhook_deliveries,
)
from storage.tables.actions import CONFIRMED, EXECUTING, PENDING
from storage.tables.ledgers import RECEIVED
from storage.tables.slack import UNSHOWN
from storage.tables.work import RUNNING, UNFINISHED, WAITING

STUCK = timedelta(minutes=10)
MOST = 10
MOST_STUCK = 50

jobs, steps, costs, actions = sequence_jobs.c, sequence_steps.c, ai_cost_events.c, pending_agent_actions.c


class StoredFigures:
    """Implements ``sequences.ports.figures.Figures``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def backlog(self, now: datetime) -> Backlog:
        async with self._database.read() as tx:
            connection = tx.connection
            queues = [await _queue(connection, kind, ways) for kind, ways in _due_ways(now).items()]
            good = cron_job_logs.c.outcome == CronOutcome.DONE
            ticks = select(cron_job_logs.c.name, func.max(cron_job_logs.c.finished_at)).where(good)
            return Backlog(
                queues=tuple(queues),
                open_jobs=await _counts(connection, jobs.status, and_(text(UNFINISHED))),
                open_actions=await _counts(
                    connection, actions.status, or_(text(PENDING), text(CONFIRMED), text(EXECUTING))
                ),
                crons=await _pairs(connection, ticks.group_by(cron_job_logs.c.name)),
            )

    async def runs(self, *, since: datetime, until: datetime, org_id: str | None = None) -> RunFigures:
        created = and_(jobs.created_at >= since, jobs.created_at < until, _of(jobs.org_id, org_id))
        asked = and_(costs.at >= since, costs.at < until, _of(costs.org_id, org_id))
        async with self._database.read() as tx:
            connection = tx.connection
            by_status = await _counts(connection, jobs.status, created)
            ended = by_status.get(JobStatus.COMPLETED, 0) + by_status.get(JobStatus.FAILED, 0)
            return RunFigures(
                since=since,
                until=until,
                total_sequences=sum(by_status.values()),
                by_sequence=await _counts(connection, jobs.sequence, created),
                by_source=await _counts(connection, jobs.event_source, created),
                by_status=by_status,
                avg_duration_ms=await _average(connection, created),
                success_rate=by_status.get(JobStatus.COMPLETED, 0) / ended if ended else None,
                stuck_jobs=await _stuck(connection, until, org_id),
                daily_counts=await _daily(connection, created),
                top_steps=await _top_steps(connection, created),
                top_skills=await _top_skills(connection, asked),
                ai_cost_usd=(await connection.execute(select(func.sum(costs.cost_usd)).where(asked))).scalar()
                or Decimal(0),
                error_summary=await _errors(connection, created),
            )


def _due_ways(now: datetime) -> dict[WorkKind, list[tuple[Column[Any], ColumnElement[bool]]]]:
    """Since when, and on which condition, work of each kind could be done."""
    show, process = cards.c.show_at, webhook_deliveries.c.process_at
    free = or_(cards.c.lease_until.is_(None), cards.c.lease_until <= now)
    return {
        WorkKind.JOB: [
            (jobs.run_at, and_(text(WAITING), jobs.run_at <= now)),
            (jobs.lease_until, and_(text(RUNNING), jobs.lease_until <= now)),
        ],
        WorkKind.ACTION: [
            (actions.execute_at, and_(text(CONFIRMED), actions.execute_at <= now)),
            (actions.expires_at, and_(text(PENDING), actions.expires_at <= now)),
            (actions.executed_at, and_(text(EXECUTING), actions.executed_at <= now - LEFT_BEHIND_AFTER)),
        ],
        WorkKind.CARD: [(show, and_(text(UNSHOWN), show <= now, free))],
        WorkKind.DELIVERY: [(process, and_(text(RECEIVED), process <= now))],
    }


async def _queue(
    connection: AsyncConnection, kind: WorkKind, ways: Sequence[tuple[Column[Any], ColumnElement[bool]]]
) -> Queue:
    due, oldest = 0, None
    for since, condition in ways:
        count, first = (await connection.execute(select(func.count(), func.min(since)).where(condition))).one()
        due += count
        oldest = min(oldest or first, first) if first else oldest
    return Queue(kind=kind, due=due, oldest_due_at=oldest)


def _of(column: Column[Any], org_id: str | None) -> ColumnElement[bool]:
    return literal(value=True) if org_id is None else column == org_id


async def _pairs(connection: AsyncConnection, statement: Select[Any]) -> dict[str, Any]:
    return {name: value for name, value in await connection.execute(statement) if value is not None}


async def _counts(connection: AsyncConnection, column: Column[Any], condition: ColumnElement[bool]) -> dict[str, int]:
    """The most frequent first."""
    count = func.count()
    return await _pairs(
        connection, select(column, count).where(condition).group_by(column).order_by(count.desc(), column)
    )


def _milliseconds(connection: AsyncConnection, begin: Column[Any], end: Column[Any]) -> ColumnElement[float]:
    if connection.dialect.name == "sqlite":
        return cast((func.julianday(end) - func.julianday(begin)) * 86_400_000, Float)
    return cast(func.extract("epoch", end - begin) * 1000, Float)


def _day(connection: AsyncConnection, moment: Column[Any]) -> ColumnElement[str]:
    if connection.dialect.name == "sqlite":
        return func.date(moment)
    return func.to_char(func.timezone("UTC", moment), "YYYY-MM-DD")


async def _average(connection: AsyncConnection, condition: ColumnElement[bool]) -> int | None:
    length = _milliseconds(connection, jobs.started_at, jobs.finished_at)
    ended = and_(condition, jobs.finished_at.is_not(None), jobs.started_at.is_not(None))
    average = (await connection.execute(select(func.avg(length)).where(ended))).scalar()
    return None if average is None else round(average)


async def _stuck(connection: AsyncConnection, now: datetime, org_id: str | None) -> tuple[str, ...]:
    """Jobs that should have been taken up, or taken over, long ago; the longest first."""
    before = now - STUCK
    waiting = and_(text(WAITING), jobs.run_at <= before)
    running = and_(text(RUNNING), jobs.lease_until <= before)
    statement = select(jobs.id).where(or_(waiting, running), _of(jobs.org_id, org_id))
    return tuple((await connection.execute(statement.order_by(jobs.run_at, jobs.id).limit(MOST_STUCK))).scalars())


def _how_many(column: Column[Any], value: str) -> ColumnElement[int]:
    return func.sum(case((column == value, 1), else_=0))


async def _daily(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[DayCount, ...]:
    day = _day(connection, jobs.created_at).label("day")
    completed, failed = (_how_many(jobs.status, status) for status in (JobStatus.COMPLETED, JobStatus.FAILED))
    statement = select(day, func.count(), completed, failed).where(condition).group_by(day).order_by(day)
    return tuple(
        DayCount(on=date.fromisoformat(on), total=total, completed=completed, failed=failed)
        for on, total, completed, failed in await connection.execute(statement)
    )


async def _top_steps(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[Tally, ...]:
    length = _milliseconds(connection, steps.started_at, steps.finished_at)
    failed = _how_many(steps.status, StepStatus.FAILED)
    statement = (
        select(jobs.sequence, steps.name, func.count(), failed, func.avg(length))
        .join_from(sequence_steps, sequence_jobs, steps.job_id == jobs.id)
        .where(condition, steps.name.not_like("context:%"))
        .group_by(jobs.sequence, steps.name)
        .order_by(func.avg(length).desc(), jobs.sequence, steps.name)
        .limit(MOST)
    )
    return tuple(
        Tally(name=f"{sequence}.{name}", count=count, failed=failed, avg_ms=round(average or 0))
        for sequence, name, count, failed, average in await connection.execute(statement)
    )


async def _top_skills(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[Tally, ...]:
    failed = func.sum(case((costs.error.is_not(None), 1), else_=0))
    count = func.count()
    statement = (
        select(costs.skill, count, failed, func.avg(costs.latency_ms))
        .where(condition)
        .group_by(costs.skill)
        .order_by(count.desc(), costs.skill)
        .limit(MOST)
    )
    return tuple(
        Tally(name=skill, count=count, failed=failed, avg_ms=round(average or 0))
        for skill, count, failed, average in await connection.execute(statement)
    )


async def _errors(connection: AsyncConnection, condition: ColumnElement[bool]) -> tuple[Complaint, ...]:
    count, last_at = (
        func.count(),
        func.max(func.coalesce(jobs.finished_at, jobs.created_at, type_=jobs.created_at.type)),
    )
    statement = (
        select(jobs.sequence, jobs.error, count, last_at)
        .where(condition, jobs.status == JobStatus.FAILED)
        .group_by(jobs.sequence, jobs.error)
        .order_by(count.desc(), jobs.sequence, jobs.error)
        .limit(MOST)
    )
    return tuple(
        Complaint(sequence=sequence, error=error or "", count=count, last_at=last_at)
        for sequence, error, count, last_at in await connection.execute(statement)
    )
