"""Steps of several jobs at once: one statement advances every job whose fence holds, one keeps the steps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Dialect,
    FromClause,
    Text,
    Update,
    bindparam,
    case,
    column,
    func,
    null,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import Advance, Claimed
from sequences.records.job import Job, JobStatus, StepRun
from storage.columns import Json, Moment, Usd
from storage.jobs import CLAIM, JOB, STEP
from storage.rows import insert_or_update
from storage.tables import sequence_jobs, sequence_steps
from storage.tables.work import RUNNING
from storage.unit_of_work import UnitOfWork

col = sequence_jobs.c


class Wanted(NamedTuple):
    """One worker's wish for one job."""

    job_id: str
    now: datetime
    lease: timedelta


async def claim_several(tx: UnitOfWork, wishes: Sequence[Wanted]) -> list[Claimed | None]:
    """What each worker gets; of two that ask for the same job the first one has it."""
    now = max(wish.now for wish in wishes)
    values = {"job_ids_": [wish.job_id for wish in wishes], "now_": now, "until_": now + wishes[0].lease}
    jobs = {job.id: job for job in JOB.read_all(await tx.connection.execute(CLAIM, values))}
    steps = await _steps_of(tx.connection, [job for job in jobs.values() if job.fence > 1])
    people = await tx.people.users_with_orgs([job.user_id for job in jobs.values()]) if jobs else {}
    answers: list[Claimed | None] = []
    for wish in wishes:
        job = jobs.pop(wish.job_id, None)
        answers.append(Claimed(job, steps.get(job.id, []), people.get(job.user_id)) if job else None)
    return answers


async def _steps_of(connection: AsyncConnection, jobs: Sequence[Job]) -> dict[str, list[StepRun]]:
    """None of a job's first claim: it cannot have any."""
    if not jobs:
        return {}
    of_jobs = STEP.select().where(sequence_steps.c.job_id.in_([job.id for job in jobs]))
    found: dict[str, list[StepRun]] = {}
    for run in STEP.read_all(await connection.execute(of_jobs.order_by(sequence_steps.c.position))):
        found.setdefault(run.job_id, []).append(run)
    return found


async def advance_several(tx: UnitOfWork, advances: Sequence[Advance]) -> list[bool]:
    """Whether each fence still held; where it did not, nothing of that job is written."""
    dialect = tx.connection.dialect
    given = [_given(advance, dialect) for advance in advances]
    rows = await tx.connection.execute(_advance_jobs(dialect.name), {"given_": given})
    recorded = {(job_id, fence): count for job_id, fence, count in rows}
    steps = [
        STEP.values(run) | {"position": recorded[_hold(advance)] - len(advance.runs) + number}
        for advance in advances
        if _hold(advance) in recorded
        for number, run in enumerate(advance.runs, start=1)
    ]
    if steps:
        await insert_or_update(tx.connection, sequence_steps, *steps, unique=("job_id", "name"), keep=("position",))
    return [_hold(advance) in recorded for advance in advances]


def _hold(advance: Advance) -> tuple[str, int]:
    return advance.job.id, advance.job.fence


def _given(advance: Advance, dialect: Dialect) -> dict[str, Any]:
    """One job as JSON, with values as the database stores them."""
    cost = Usd.process_bind_param(sum((run.cost_usd for run in advance.runs), Decimal(0)), dialect)
    ended_at = Moment().process_bind_param(advance.end.at if advance.end else None, dialect)
    return {
        "job_id": advance.job.id,
        "fence": advance.job.fence,
        "cost_usd": str(cost) if isinstance(cost, Decimal) else cost,
        "next_step": advance.next_step,
        "steps": len(advance.runs),
        "finished_at": ended_at.isoformat(sep=" ", timespec="microseconds") if ended_at else None,
        "metadata": advance.end.metadata if advance.end else None,
    }


@cache
def _advance_jobs(dialect: str) -> Update:
    given = _given_on_sqlite() if dialect == "sqlite" else _given_on_postgresql()
    ends = given.c.finished_at.is_not(None)
    return (
        update(sequence_jobs)
        .where(col.id == given.c.job_id, col.fence == given.c.fence, text(RUNNING))
        .values(
            cost_usd=col.cost_usd + given.c.cost_usd,
            current_step=given.c.next_step,
            steps_recorded=col.steps_recorded + given.c.steps,
            status=case((ends, JobStatus.COMPLETED), else_=col.status),
            lease_until=case((ends, null()), else_=col.lease_until),
            finished_at=func.coalesce(given.c.finished_at, col.finished_at),
            metadata=func.coalesce(given.c.metadata, col.metadata),
        )
        .returning(col.id, col.fence, col.steps_recorded)
    )


GIVEN = (
    ("job_id", Text()),
    ("fence", BigInteger()),
    ("cost_usd", Usd),
    ("next_step", Text()),
    ("steps", BigInteger()),
    ("finished_at", Moment()),
    ("metadata", Json),
)


def _given_on_sqlite() -> FromClause:
    each = func.json_each(bindparam("given_", type_=JSON())).table_valued("value")
    return select(
        *(func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name) for name, kind in GIVEN)
    ).subquery("given")


def _given_on_postgresql() -> FromClause:
    rows = func.jsonb_to_recordset(bindparam("given_", type_=JSONB()))
    return rows.table_valued(*(column(name, kind) for name, kind in GIVEN)).render_derived("given", with_types=True)
