"""What the tables say about themselves: queues as they stand, and runs over a span of days (OBS-03)."""

from datetime import date
from decimal import Decimal

from pydantic import AwareDatetime

from sequences.records.base import Record


class Queue(Record):
    """Work of one kind that could be done now. ``oldest_due_at`` is None when there is none."""

    kind: str
    due: int
    oldest_due_at: AwareDatetime | None = None


class Backlog(Record):
    """``open_jobs`` and ``open_actions`` count what is not finished, by status. ``crons`` tell the last good tick."""

    queues: tuple[Queue, ...]
    open_jobs: dict[str, int]
    open_actions: dict[str, int]
    crons: dict[str, AwareDatetime]


class Tally(Record):
    """How often a step or skill was at work, how often in vain, and how long it took."""

    name: str
    count: int
    failed: int
    avg_ms: int


class Complaint(Record):
    """An error and how many runs ended with it."""

    sequence: str
    error: str
    count: int
    last_at: AwareDatetime


class DayCount(Record):
    on: date  # in UTC
    total: int
    completed: int
    failed: int


class RunFigures(Record):
    """Runs that were created since ``since``. ``success_rate`` is completed over completed and failed."""

    since: AwareDatetime
    until: AwareDatetime
    total_sequences: int
    by_sequence: dict[str, int]
    by_source: dict[str, int]
    by_status: dict[str, int]
    avg_duration_ms: int | None
    success_rate: float | None
    stuck_jobs: tuple[str, ...]
    daily_counts: tuple[DayCount, ...]
    top_steps: tuple[Tally, ...]
    top_skills: tuple[Tally, ...]
    ai_cost_usd: Decimal
    error_summary: tuple[Complaint, ...]
