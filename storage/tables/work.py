"""What happened and what is being done about it: events, jobs, steps."""

from sqlalchemy import Index, PrimaryKeyConstraint, Table

from storage.tables.base import (
    METADATA,
    document,
    identity,
    moment,
    number,
    organization,
    partial_index,
    reference,
    usd,
    words,
)

# An event is evidence: it is kept even when its org or user does not exist (ENV-03, ENV-13), so nothing is referenced.
events = Table(
    "events",
    METADATA,
    identity(),
    words("organization_id", key="org_id"),
    words("user_id"),
    words("type"),
    words("source"),
    document("payload"),
    words("idempotency_key"),
    words("parent_job_id", nullable=True),
    words("status"),
    words("reason"),
    words("job_id", nullable=True),
    moment("received_at"),
)
Index(None, events.c.org_id, events.c.received_at, events.c.id)
Index(None, events.c.org_id, events.c.idempotency_key)
partial_index("ix_events_children", events.c.parent_job_id, where="parent_job_id IS NOT NULL")

# The conditions of partial indexes, which queries repeat.
WAITING = "status IN ('pending', 'deferred')"
RUNNING = "status = 'in_progress'"
UNFINISHED = "status IN ('pending', 'in_progress', 'awaiting_approval', 'deferred')"
LIVE = "status <> 'failed'"
FAILED = "status = 'failed'"

# The chain of a job (CHAIN-02) is ``parent_job_id`` upwards and a look-up by it downwards.
# ``context`` holds the run's metadata (OBS-01); outputs are in sequence_steps, so that a step writes only its own.
sequence_jobs = Table(
    "sequence_jobs",
    METADATA,
    identity(),
    organization(),
    reference("user_id", "users.id"),
    words("sequence"),
    words("event_source"),
    document("trigger_payload"),
    words("idempotency_key"),
    reference("parent_job_id", "sequence_jobs.id", nullable=True),
    number("depth"),
    words("status"),
    words("current_step", nullable=True),
    moment("run_at"),
    moment("lease_until", nullable=True),
    number("fence"),
    number("steps_recorded", server_default="0"),
    usd("cost_usd"),
    usd("reserved_usd"),
    words("error", nullable=True),
    document("context", key="metadata"),
    moment("created_at"),
    moment("deferred_at", nullable=True),
    moment("started_at", nullable=True),
    moment("finished_at", nullable=True),
)
# One live job per key; failed ones keep theirs for the record and are in nobody's way (CHAIN-11, CHAIN-12).
partial_index(
    "uq_sequence_jobs_live_key", sequence_jobs.c.org_id, sequence_jobs.c.idempotency_key, where=LIVE, unique=True
)
partial_index("ix_sequence_jobs_failed_key", sequence_jobs.c.org_id, sequence_jobs.c.idempotency_key, where=FAILED)
partial_index(
    "ix_sequence_jobs_waiting", sequence_jobs.c.org_id, sequence_jobs.c.run_at, sequence_jobs.c.id, where=WAITING
)
partial_index("ix_sequence_jobs_running", sequence_jobs.c.lease_until, sequence_jobs.c.id, where=RUNNING)
partial_index("ix_sequence_jobs_unfinished", sequence_jobs.c.org_id, sequence_jobs.c.user_id, where=UNFINISHED)
Index(None, sequence_jobs.c.user_id, sequence_jobs.c.created_at, sequence_jobs.c.id)
Index(None, sequence_jobs.c.parent_job_id)

sequence_steps = Table(
    "sequence_steps",
    METADATA,
    reference("job_id", "sequence_jobs.id"),
    words("name"),
    number("position"),  # counts the job's finished steps from 1
    words("status"),
    document("output", nullable=True),
    number("attempts"),
    words("error", nullable=True),
    usd("cost_usd"),
    document("follow_ups"),
    moment("started_at"),
    moment("finished_at"),
    PrimaryKeyConstraint("job_id", "name"),
)
