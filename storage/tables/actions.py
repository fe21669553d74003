"""Actions that wait for, or had, a person's decision, and everything that was done to them."""

from sqlalchemy import Column, Float, Index, Table

from storage.tables.base import (
    METADATA,
    document,
    identity,
    moment,
    number,
    organization,
    partial_index,
    reference,
    words,
)

# The conditions of partial indexes, which queries repeat.
PENDING = "status = 'pending_confirmation'"
CONFIRMED = "status = 'confirmed'"
EXECUTING = "status = 'executing'"

# ``card_id`` is known before its card exists, so it is no reference.
pending_agent_actions = Table(
    "pending_agent_actions",
    METADATA,
    identity(),
    organization(),
    reference("user_id", "users.id"),
    reference("job_id", "sequence_jobs.id", nullable=True),
    number("position"),  # counts the job's proposals from 1
    words("step", nullable=True),
    words("card_id", nullable=True),
    words("action_type"),
    document("action_payload"),
    document("original_payload", nullable=True),
    words("digest"),
    words("approved_digest", nullable=True),
    words("risk_level"),
    Column("confidence_score", Float(53)),
    words("reason"),
    words("status"),
    moment("expires_at"),
    moment("execute_at", nullable=True),
    words("decided_by", nullable=True),
    moment("confirmed_at", nullable=True),
    moment("cancelled_at", nullable=True),
    moment("executed_at", nullable=True),
    document("outcome"),
    words("error_code", nullable=True),
    words("error", nullable=True),
    number("attempts"),
    moment("created_at"),
)
Index(None, pending_agent_actions.c.job_id, pending_agent_actions.c.position)
Index(None, pending_agent_actions.c.user_id, pending_agent_actions.c.action_type, pending_agent_actions.c.executed_at)
partial_index(
    "ix_pending_agent_actions_confirmed",
    pending_agent_actions.c.org_id,
    pending_agent_actions.c.execute_at,
    pending_agent_actions.c.id,
    where=CONFIRMED,
)
partial_index(
    "ix_pending_agent_actions_pending",
    pending_agent_actions.c.org_id,
    pending_agent_actions.c.expires_at,
    pending_agent_actions.c.id,
    where=PENDING,
)
partial_index(
    "ix_pending_agent_actions_executing",
    pending_agent_actions.c.executed_at,
    pending_agent_actions.c.id,
    where=EXECUTING,
)
partial_index("ix_pending_agent_actions_waiting_for", pending_agent_actions.c.user_id, where=PENDING)

agent_action_history = Table(
    "agent_action_history",
    METADATA,
    identity(),
    reference("action_id", "pending_agent_actions.id"),
    number("position"),  # counts the action's entries from 1
    organization(),
    words("user_id", nullable=True),
    words("what"),
    words("digest"),
    document("detail"),
    moment("at"),
)
Index(None, agent_action_history.c.action_id, agent_action_history.c.position)
Index(None, agent_action_history.c.org_id, agent_action_history.c.at)

agent_action_feedback = Table(
    "agent_action_feedback",
    METADATA,
    identity(),
    reference("action_id", "pending_agent_actions.id"),
    organization(),
    reference("user_id", "users.id"),
    words("feedback_type"),
    document("original_payload", nullable=True),
    document("edited_payload", nullable=True),
    words("feedback_text", nullable=True),
    number("time_to_decision_ms", nullable=True),
    moment("created_at"),
)
Index(None, agent_action_feedback.c.action_id)
