"""What is asked of whole pipelines and of everybody's morning."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EXCHANGED = "kind IN ('meeting', 'email', 'call')"
UNDONE = "done_at IS NULL"
PRESENT = "left_at IS NULL"


def upgrade() -> None:
    op.create_index(
        "ix_activities_exchanged",
        "activities",
        ["contact_id", "at"],
        sqlite_where=sa.text(EXCHANGED),
        postgresql_where=sa.text(EXCHANGED),
    )
    op.create_index(
        "ix_tasks_next",
        "tasks",
        ["deal_id", "due_on"],
        sqlite_where=sa.text(UNDONE),
        postgresql_where=sa.text(UNDONE),
    )
    op.add_column("users", sa.Column("briefing_time", sa.Time(), nullable=True))
    op.create_index(
        "ix_users_present",
        "users",
        ["timezone", "briefing_time", "organization_id", "id"],
        sqlite_where=sa.text(PRESENT),
        postgresql_where=sa.text(PRESENT),
    )


def downgrade() -> None:
    op.drop_index("ix_users_present", table_name="users")
    op.drop_column("users", "briefing_time")
    op.drop_index("ix_tasks_next", table_name="tasks")
    op.drop_index("ix_activities_exchanged", table_name="activities")
