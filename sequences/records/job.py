"""One run of a sequence for one rep, and its finished steps."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from sequences.records.base import Record


class JobStatus(StrEnum):
    PENDING = "pending"  # may be claimed once ``run_at`` has come
    IN_PROGRESS = "in_progress"  # claimed; free again when the lease runs out
    AWAITING_APPROVAL = "awaiting_approval"  # costs a row, nothing else
    DEFERRED = "deferred"  # waits for ``run_at`` (quiet hours)
    COMPLETED = "completed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Job(Record):
    """The row of ``sequence_jobs`` is the only truth about a run."""

    id: str
    org_id: str
    user_id: str
    sequence: str
    event_source: str
    trigger_payload: dict[str, Any] = Field(default_factory=dict)
    idempotency_key: str
    parent_job_id: str | None = None
    depth: int = 1  # the root is 1; 4 is refused (CHAIN-04)
    status: JobStatus = JobStatus.PENDING
    current_step: str | None = None
    run_at: AwareDatetime
    lease_until: AwareDatetime | None = None
    fence: int = 0  # grows with each claim; a writer with an older one is refused (CHAIN-13)
    cost_usd: Decimal = Decimal(0)
    reserved_usd: Decimal = Decimal(0)
    error: str | None = None
    metadata: dict[str, Any] = Field(default_factory=dict)  # OBS-01
    created_at: AwareDatetime
    deferred_at: AwareDatetime | None = None  # its event came in quiet hours
    started_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None


class StepStatus(StrEnum):
    DONE = "done"
    SKIPPED = "skipped"  # its condition was false
    FAILED = "failed"  # best-effort and given up


class FollowUp(Record):
    """An event that a step asks for; it becomes a child job after the run or at its next pause."""

    type: str
    reason: str
    payload: dict[str, Any] = Field(default_factory=dict)
    key: str  # unique within the job; the child's idempotency key is built from it


class StepRun(Record):
    """A finished step. ``output`` is the JSON of its record, ``None`` unless done."""

    job_id: str
    name: str
    status: StepStatus
    output: dict[str, Any] | None = None
    attempts: int = 1
    error: str | None = None
    cost_usd: Decimal = Decimal(0)
    follow_ups: tuple[FollowUp, ...] = ()
    started_at: AwareDatetime
    finished_at: AwareDatetime
