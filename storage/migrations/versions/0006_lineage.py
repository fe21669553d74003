"""What came of a run's follow-ups is looked up by the run."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHILDREN = sa.text("parent_job_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_events_children", "events", ["parent_job_id"], sqlite_where=CHILDREN, postgresql_where=CHILDREN)


def downgrade() -> None:
    op.drop_index("ix_events_children", table_name="events")
