"""Jobs and their steps. Who may act is decided by one conditional update each time, never by a look before it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, and_, bindparam, exists, func, or_, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import Due
from sequences.ports.store import FenceLostError
from sequences.records.job import Job, JobStatus, StepRun
from storage.columns import Moment, Usd
from storage.due import DueQuery, DueWhen
from storage.rows import Shape, insert_new, insert_or_update
from storage.tables import sequence_jobs, sequence_steps
from storage.tables.work import FAILED, LIVE, RUNNING, WAITING

JOB = Shape(Job, sequence_jobs)
STEP = Shape(StepRun, sequence_steps)
FINAL = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.SKIPPED)

col = sequence_jobs.c
NOW = bindparam("now_", type_=Moment)
RUNNABLE = and_(text(WAITING), col.run_at <= NOW)
LEFT_BEHIND = and_(text(RUNNING), col.lease_until <= NOW)
# The writer is the latest that claimed the job.
FENCED = and_(col.id == bindparam("job_id_"), col.fence == bindparam("fence_"), text(RUNNING))

DUE = DueQuery(
    DueWhen(since=col.run_at, where=WAITING),
    DueWhen(since=col.lease_until, where=RUNNING, is_few=True),
)
CLAIM = (
    update(sequence_jobs)
    .where(col.id.in_(bindparam("job_ids_", expanding=True)), or_(RUNNABLE, LEFT_BEHIND))
    .values(
        status=JobStatus.IN_PROGRESS,
        fence=col.fence + 1,
        lease_until=bindparam("until_", type_=Moment),
        started_at=func.coalesce(col.started_at, NOW),
    )
    .returning(*JOB.columns)
)
ADVANCE = (
    update(sequence_jobs)
    .where(FENCED)
    .values(
        cost_usd=col.cost_usd + bindparam("cost_", type_=Usd),
        current_step=bindparam("next_step_"),
        steps_recorded=col.steps_recorded + 1,
    )
    .returning(col.steps_recorded)
)
OF_USER = (
    JOB.select()
    .where(col.user_id == bindparam("user_id_"))
    .order_by(col.created_at.desc(), col.id.desc())
    .limit(bindparam("limit_", type_=BigInteger))
)
CHILDREN = (
    JOB.select().where(col.parent_job_id.in_(bindparam("job_ids_", expanding=True))).order_by(col.created_at, col.id)
)


class SequenceJobs:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, job: Job) -> bool:
        """Insert, or answer False when a job with that key exists in the org and has not failed."""
        unique = ("org_id", "idempotency_key")
        return await insert_new(self._connection, sequence_jobs, JOB.values(job), unique=unique, where=LIVE)

    async def get(self, job_id: str) -> Job | None:
        rows = await self._connection.execute(JOB.select().where(col.id == job_id))
        return JOB.read_one(rows.first())

    async def by_key(self, org_id: str, idempotency_key: str) -> Job | None:
        """The live job with that key, else the last one that failed."""
        keyed = JOB.select().where(col.org_id == org_id, col.idempotency_key == idempotency_key)
        newest = keyed.order_by(col.created_at.desc(), col.id.desc()).limit(1)
        for condition in (LIVE, FAILED):
            row = (await self._connection.execute(newest.where(text(condition)))).first()
            if row is not None:
                return JOB.read(row)
        return None

    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Job | None:
        values = {"job_ids_": [job_id], "now_": now, "until_": now + lease}
        return JOB.read_one((await self._connection.execute(CLAIM, values)).first())

    async def renew(self, job: Job, *, lease_until: datetime) -> None:
        await self._write_fenced(job, {"lease_until": lease_until})

    async def lock(self, job_id: str) -> None:
        """On SQLite the transaction is the only writer already, and FOR UPDATE says nothing."""
        await self._connection.execute(select(col.id).where(col.id == job_id).with_for_update())

    async def record_step(self, job: Job, run: StepRun, *, next_step: str | None) -> None:
        """Two statements: advance the job if the fence holds, then keep the step.

        A step that ran again after its job was retried replaces its earlier record.
        """
        fenced = {"job_id_": job.id, "fence_": job.fence, "cost_": run.cost_usd, "next_step_": next_step}
        position = (await self._connection.execute(ADVANCE, fenced)).scalar_one_or_none()
        if position is None:
            raise fenced_off(job)
        values = STEP.values(run) | {"position": position}
        await insert_or_update(self._connection, sequence_steps, values, unique=("job_id", "name"), keep=("position",))

    async def settle(
        self,
        job: Job,
        status: JobStatus,
        *,
        now: datetime,
        run_at: datetime | None = None,
        error: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Leave IN_PROGRESS. ``metadata`` replaces what is stored; a job handed back queues behind those due."""
        values: dict[str, Any] = {"status": status, "lease_until": None, "error": error}
        if run_at is not None or status is JobStatus.PENDING:
            values["run_at"] = run_at or now
        if metadata is not None:
            values["metadata"] = metadata
        if status in FINAL:
            values["finished_at"] = now
        await self._write_fenced(job, values)

    async def resume(self, job_id: str, *, now: datetime) -> bool:
        statement = (
            update(sequence_jobs)
            .where(col.id == job_id, col.status == JobStatus.AWAITING_APPROVAL)
            .values(status=JobStatus.PENDING, run_at=now)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def retry(self, job_id: str, *, now: datetime) -> bool:
        """FAILED → PENDING; False also when another job has taken over its key."""
        other = sequence_jobs.alias()
        taken = exists().where(
            other.c.org_id == col.org_id,
            other.c.idempotency_key == col.idempotency_key,
            other.c.status != JobStatus.FAILED,  # no text here: it would name the outer table's column
        )
        statement = (
            update(sequence_jobs)
            .where(col.id == job_id, col.status == JobStatus.FAILED, ~taken)
            .values(status=JobStatus.PENDING, run_at=now, error=None, finished_at=None)
        )
        try:
            async with self._connection.begin_nested():
                return (await self._connection.execute(statement)).rowcount == 1
        except IntegrityError:  # the other job came in at this very moment
            return False

    async def steps(self, job_id: str) -> list[StepRun]:
        """In the order in which they finished."""
        statement = STEP.select().where(sequence_steps.c.job_id == job_id).order_by(sequence_steps.c.position)
        return STEP.read_all(await self._connection.execute(statement))

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        return await DUE.ask(self._connection, now, limit, besides=besides)

    async def for_user(self, user_id: str, limit: int) -> list[Job]:
        return JOB.read_all(await self._connection.execute(OF_USER, {"user_id_": user_id, "limit_": limit}))

    async def children(self, job_ids: Sequence[str]) -> list[Job]:
        """The oldest first."""
        if not job_ids:
            return []
        return JOB.read_all(await self._connection.execute(CHILDREN, {"job_ids_": list(job_ids)}))

    async def _write_fenced(self, job: Job, values: dict[str, Any]) -> None:
        statement = update(sequence_jobs).where(FENCED).values(values)
        result = await self._connection.execute(statement, {"job_id_": job.id, "fence_": job.fence})
        if result.rowcount != 1:
            raise fenced_off(job)


def fenced_off(job: Job) -> FenceLostError:
    return FenceLostError(f"Job {job.id} is no longer held with fence {job.fence}.")
