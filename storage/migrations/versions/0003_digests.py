"""What waited together arrives together; who is told besides the rep; what an org has left to spend."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

USD = sa.Numeric(38, 10).with_variant(sa.BigInteger(), "sqlite")
UNSHOWN = "rev > shown_rev"
IN_DIGEST = "digest_id IS NOT NULL"


def upgrade() -> None:
    for name in ("held_since", "open_until", "asked_at"):
        op.add_column("cards", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("cards", sa.Column("digest_id", sa.Text(), nullable=True))
    _index("ix_cards_unshown_of_user", ["user_id", "created_at", "id"], UNSHOWN)
    _index("ix_cards_in_digest", ["digest_id", "created_at", "id"], IN_DIGEST)
    op.add_column("sequence_jobs", sa.Column("deferred_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("users", sa.Column("manager_id", sa.Text(), nullable=True))
    op.create_table(
        "org_credit_balance",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("balance_usd", USD, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_org_credit_balance_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_org_credit_balance")),
    )


def downgrade() -> None:
    op.drop_table("org_credit_balance")
    op.drop_column("users", "manager_id")
    op.drop_column("sequence_jobs", "deferred_at")
    op.drop_index("ix_cards_in_digest", table_name="cards")
    op.drop_index("ix_cards_unshown_of_user", table_name="cards")
    for name in ("digest_id", "asked_at", "open_until", "held_since"):
        op.drop_column("cards", name)


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "cards", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
