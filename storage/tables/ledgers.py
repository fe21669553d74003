"""What was spent, and what came in from outside."""

from sqlalchemy import Index, Table, UniqueConstraint

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

ai_cost_events = Table(
    "ai_cost_events",
    METADATA,
    identity(),
    organization(),
    reference("user_id", "users.id"),
    reference("job_id", "sequence_jobs.id", nullable=True),
    words("sequence", nullable=True),
    words("skill"),
    words("engine"),
    words("prompt_version"),
    number("input_tokens"),
    number("cached_input_tokens"),
    number("output_tokens"),
    usd("cost_usd"),
    number("latency_ms"),
    words("error", nullable=True),
    moment("at"),
)
Index(None, ai_cost_events.c.org_id, ai_cost_events.c.at)
Index(None, ai_cost_events.c.user_id, ai_cost_events.c.at)
Index(None, ai_cost_events.c.job_id)

# What an org has paid for and not yet used (COST-09). No row: nobody counts.
org_credit_balance = Table(
    "org_credit_balance",
    METADATA,
    organization(primary_key=True),
    usd("balance_usd"),
    moment("updated_at"),
)

RECEIVED = "status = 'received'"

# A webhook is kept as it came, before anything is looked up, so nothing is referenced.
webhook_deliveries = Table(
    "webhook_deliveries",
    METADATA,
    identity(),
    words("organization_id", key="org_id"),
    words("provider"),
    words("delivery_id"),
    document("body"),
    words("status"),
    words("reason"),
    words("meeting_id", nullable=True),
    number("attempts"),
    moment("process_at"),
    moment("received_at"),
    UniqueConstraint("provider", "delivery_id"),
)
Index(None, webhook_deliveries.c.received_at)
Index(None, webhook_deliveries.c.org_id, webhook_deliveries.c.received_at, webhook_deliveries.c.id)
partial_index(
    "ix_webhook_deliveries_received",
    webhook_deliveries.c.org_id,
    webhook_deliveries.c.process_at,
    webhook_deliveries.c.id,
    where=RECEIVED,
)
