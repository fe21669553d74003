"""One invocation's view of a job, and what is kept about the run for the record (OBS-01)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sequences.records.job import FollowUp, Job, StepRun, StepStatus
from sequences.records.people import Org, User
from sequences.sequence import Sequence


@dataclass(kw_only=True)
class Progress:
    """What an invocation knows of its job. Losing it loses no more than the step in hand.

    ``unsaved`` are runs that commit together next: a finished step, behind the contexts that its run began with.
    """

    job: Job
    sequence: Sequence
    began_at: datetime
    runs: dict[str, StepRun]
    people: tuple[User, Org] | None
    values: dict[type, object] = field(default_factory=dict)
    unsaved: list[StepRun] = field(default_factory=list)
    is_card_wanted: bool = False
    is_over: bool = False

    def take(self, run: StepRun) -> None:
        self.runs[run.name] = run
        self.unsaved.append(run)

    def saved(self) -> None:
        self.unsaved.clear()

    @property
    def follow_ups(self) -> list[FollowUp]:
        """Those that have not become events yet."""
        wanted = [follow_up for run in self.runs.values() for follow_up in run.follow_ups]
        return wanted[follow_ups_raised(self.job) :]


def follow_ups_raised(job: Job) -> int:
    """How many of the run's follow-ups have become events at earlier pauses."""
    return int(job.metadata.get("followups_queued", 0))


def metadata_of(
    job: Job,
    runs: dict[str, StepRun],
    sequence: Sequence | None,
    *,
    now: datetime,
    gates: int = 0,
    follow_ups: int = 0,
) -> dict[str, Any]:
    """OBS-01, stored with the job. ``gates`` and ``follow_ups`` come on top of what earlier invocations counted."""
    steps = [run for name, run in runs.items() if not name.startswith("context:")]
    by_status = {status: sum(run.status is status for run in steps) for status in StepStatus}
    return {
        "job_id": job.id,
        "event_type": job.sequence,
        "source": job.event_source,
        "steps_total": len(sequence.steps) if sequence else len(steps),
        "steps_attempted": len(steps),
        "steps_completed": by_status[StepStatus.DONE],
        "steps_failed": by_status[StepStatus.FAILED],
        "steps_skipped": by_status[StepStatus.SKIPPED],
        "approval_gates": job.metadata.get("approval_gates", 0) + gates,
        "followups_queued": follow_ups_raised(job) + follow_ups,
        "duration_ms": int((now - (job.started_at or job.created_at)).total_seconds() * 1000),
        "ai_cost_usd": str(sum((run.cost_usd for run in steps), Decimal(0))),
        "chain_depth": job.depth,
        "claims": job.fence,
    }
