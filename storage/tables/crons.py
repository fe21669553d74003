"""What the clock did: one line for each tick of a cron, whichever node ran it (OBS-06)."""

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from storage.tables.base import METADATA, document, moment, partial_index, words

UNFINISHED_TICK = "finished_at IS NULL"

# The key decides who runs a tick: only one node can insert it.
cron_job_logs = Table(
    "cron_job_logs",
    METADATA,
    words("name"),
    moment("tick"),  # when it was meant to run, which is the same on every node
    words("node"),
    moment("started_at"),
    moment("finished_at", nullable=True),
    words("outcome", nullable=True),
    words("error", nullable=True),
    document("detail", nullable=True),
    PrimaryKeyConstraint("name", "tick"),
)
Index(None, cron_job_logs.c.started_at)
partial_index("ix_cron_job_logs_unfinished", cron_job_logs.c.started_at, where=UNFINISHED_TICK)
