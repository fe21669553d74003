"""Stored work: events, the jobs that follow from them, and how far these have come."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from sequences.ports.dispatch import Due
from sequences.records.event import StoredEvent
from sequences.records.job import Job, JobStatus, StepRun
from sequences.records.people import Org, User


class Events(Protocol):
    async def add(self, stored: StoredEvent) -> None: ...
    async def recent(self, org_id: str, limit: int) -> list[StoredEvent]: ...
    async def refused_children(self, job_ids: Sequence[str], limit: int) -> list[StoredEvent]:
        """Follow-ups of these jobs that were kept with a reason and never became a job; the oldest first."""


class Claimed(NamedTuple):
    """A job that is ours to run, with its finished steps in the order in which they finished, and whom it is for."""

    job: Job
    steps: list[StepRun]
    people: tuple[User, Org] | None


class End(NamedTuple):
    """A run is complete; ``metadata`` replaces what was stored."""

    at: datetime
    metadata: dict[str, Any]


class Advance(NamedTuple):
    """How far a claimed job has come: runs that have finished, and the step to come or the end."""

    job: Job
    runs: tuple[StepRun, ...]
    next_step: str | None
    end: End | None = None


class Jobs(Protocol):
    async def add(self, job: Job) -> bool:
        """Insert, or answer False when a job with that key exists in the org and has not failed (CHAIN-12).

        A failed one gives its key up to the new job.
        """

    async def get(self, job_id: str) -> Job | None: ...
    async def by_key(self, org_id: str, idempotency_key: str) -> Job | None: ...
    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Job | None:
        """Take a runnable job: pending or deferred and due, or in progress with its lease run out.

        Answers the job with its fence grown by one, or None when it is not to be had.
        """

    async def renew(self, job: Job, *, lease_until: datetime) -> None:
        """Keep a claim alive while a long step runs; FenceLostError if fenced off."""

    async def lock(self, job_id: str) -> None:
        """Hold the job's row until the transaction ends, so that a pause and a decision never miss each other."""

    async def record_step(self, job: Job, run: StepRun, *, next_step: str | None) -> None:
        """Store a finished step, add its cost to the job and advance ``current_step``; FenceLostError if fenced off."""

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
        """Leave IN_PROGRESS for ``status`` and drop the lease; FenceLostError if fenced off."""

    async def resume(self, job_id: str, *, now: datetime) -> bool:
        """AWAITING_APPROVAL → PENDING, due now; False when it was not waiting."""

    async def retry(self, job_id: str, *, now: datetime) -> bool:
        """FAILED → PENDING, due now; finished steps stay finished."""

    async def steps(self, job_id: str) -> list[StepRun]: ...
    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        """Jobs that ``claim`` would give out now: of each org the longest due, then of each the second, and so on.

        ``besides`` are passed over, as in every other ``due``.
        """

    async def for_user(self, user_id: str, limit: int) -> list[Job]:
        """Newest first."""

    async def children(self, job_ids: Sequence[str]) -> list[Job]: ...
