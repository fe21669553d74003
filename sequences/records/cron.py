"""The moments at which crons run, each run by one node."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sequences.records.base import Record


class CronOutcome(StrEnum):
    DONE = "done"
    FAILED = "failed"
    LEFT = "left"  # its node died, and a later tick has done its work since


class CronTick(Record):
    """One moment at which a cron was to run (OBS-06). Unfinished while ``finished_at`` is None."""

    name: str
    tick: datetime
    node: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: CronOutcome | None = None
    error: str | None = None
    detail: dict[str, Any] | None = None
