"""What the engine reads and writes most often."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


# What is due is read org by org, so that one org's long queue hides nobody else's work: name, table, since, condition.
QUEUES = (
    ("ix_sequence_jobs_waiting", "sequence_jobs", "run_at", "status IN ('pending', 'deferred')"),
    ("ix_pending_agent_actions_confirmed", "pending_agent_actions", "execute_at", "status = 'confirmed'"),
    ("ix_pending_agent_actions_pending", "pending_agent_actions", "expires_at", "status = 'pending_confirmation'"),
    ("ix_cards_unshown", "cards", "show_at", "rev > shown_rev"),
    ("ix_webhook_deliveries_received", "webhook_deliveries", "process_at", "status = 'received'"),
)


def upgrade() -> None:
    for name, table, since, where in QUEUES:
        _make_anew(name, table, ["organization_id", since, "id"], where)


def downgrade() -> None:
    for name, table, since, where in QUEUES:
        _make_anew(name, table, [since, "id"], where)


def _make_anew(name: str, table: str, columns: list[str], where: str) -> None:
    op.drop_index(name, table_name=table)
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
