"""The first schema: everything that one meeting needs, from webhook to sent mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
# Exact money: SQLite keeps it as an integer of the smallest part.
USD = sa.Numeric(38, 10).with_variant(sa.BigInteger(), "sqlite")
AMOUNT = sa.Numeric(38, 4).with_variant(sa.BigInteger(), "sqlite")


# In the order in which they refer to one another.
TABLES = (
    "events",
    "organizations",
    "webhook_deliveries",
    "companies",
    "crm_effects",
    "notification_feature_settings",
    "users",
    "contacts",
    "deals",
    "meetings",
    "sequence_jobs",
    "slack_mutes",
    "slack_notifications_sent",
    "activities",
    "ai_cost_events",
    "cards",
    "emails",
    "notes",
    "pending_agent_actions",
    "sequence_steps",
    "tasks",
    "transcripts",
    "agent_action_feedback",
    "agent_action_history",
)


def upgrade() -> None:
    _create_events()
    _create_organizations()
    _create_webhook_deliveries()
    _create_companies()
    _create_crm_effects()
    _create_notification_feature_settings()
    _create_users()
    _create_contacts()
    _create_deals()
    _create_meetings()
    _create_sequence_jobs()
    _create_slack_mutes()
    _create_slack_notifications_sent()
    _create_activities()
    _create_ai_cost_events()
    _create_cards()
    _create_emails()
    _create_notes()
    _create_pending_agent_actions()
    _create_sequence_steps()
    _create_tasks()
    _create_transcripts()
    _create_agent_action_feedback()
    _create_agent_action_history()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("parent_job_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    op.create_index(
        op.f("ix_events_organization_id_idempotency_key"),
        "events",
        ["organization_id", "idempotency_key"],
        unique=False,
    )
    op.create_index(
        op.f("ix_events_organization_id_received_at_id"),
        "events",
        ["organization_id", "received_at", "id"],
        unique=False,
    )


def _create_organizations() -> None:
    op.create_table(
        "organizations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("email_domains", JSON, nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("profile", sa.Text(), nullable=False),
        sa.Column("daily_budget_usd", USD, nullable=False),
        sa.Column("monthly_budget_usd", USD, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
        sa.UniqueConstraint("team_id", name=op.f("uq_organizations_team_id")),
    )


def _create_webhook_deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("process_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint("provider", "delivery_id", name=op.f("uq_webhook_deliveries_provider_delivery_id")),
    )
    op.create_index(
        op.f("ix_webhook_deliveries_organization_id_received_at_id"),
        "webhook_deliveries",
        ["organization_id", "received_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_webhook_deliveries_received",
        "webhook_deliveries",
        ["process_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'received'"),
        postgresql_where=sa.text("status = 'received'"),
    )
    op.create_index(op.f("ix_webhook_deliveries_received_at"), "webhook_deliveries", ["received_at"], unique=False)


def _create_companies() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("employees", sa.BigInteger(), nullable=True),
        sa.Column("current_tool", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_companies_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_companies")),
    )
    op.create_index(
        op.f("ix_companies_organization_id_domain"), "companies", ["organization_id", "domain"], unique=True
    )
    op.create_index(
        op.f("ix_companies_organization_id_name_key"), "companies", ["organization_id", "name_key"], unique=False
    )


def _create_crm_effects() -> None:
    op.create_table(
        "crm_effects",
        sa.Column("effect_key", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_crm_effects_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("effect_key", "organization_id", name=op.f("pk_crm_effects")),
    )


def _create_notification_feature_settings() -> None:
    op.create_table(
        "notification_feature_settings",
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_notification_feature_settings_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("organization_id", "feature", name=op.f("pk_notification_feature_settings")),
    )


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("slack_user_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("quiet_hours_start", sa.Time(), nullable=True),
        sa.Column("quiet_hours_end", sa.Time(), nullable=True),
        sa.Column("max_notifications_per_hour", sa.BigInteger(), nullable=False),
        sa.Column("daily_send_limit", sa.BigInteger(), nullable=False),
        sa.Column("daily_budget_usd", USD, nullable=False),
        sa.Column("monthly_budget_usd", USD, nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_users_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("organization_id", "slack_user_id", name=op.f("uq_users_organization_id_slack_user_id")),
    )


def _create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=True),
        sa.Column("company_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_contacts_company_id_companies"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_contacts_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index(op.f("ix_contacts_company_id"), "contacts", ["company_id"], unique=False)
    op.create_index(op.f("ix_contacts_organization_id_email"), "contacts", ["organization_id", "email"], unique=True)
    op.create_index(
        op.f("ix_contacts_organization_id_name_key"), "contacts", ["organization_id", "name_key"], unique=False
    )


def _create_deals() -> None:
    op.create_table(
        "deals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=True),
        sa.Column("owner_user_id", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("amount", AMOUNT, nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("close_on", sa.Date(), nullable=True),
        sa.Column("budget", sa.Text(), nullable=True),
        sa.Column("timeline", sa.Text(), nullable=True),
        sa.Column("decision_process", sa.Text(), nullable=True),
        sa.Column("competitors", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("pain", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_deals_company_id_companies"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_deals_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_user_id"],
            ["users.id"],
            name=op.f("fk_deals_owner_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    op.create_index(op.f("ix_deals_company_id"), "deals", ["company_id"], unique=False)
    op.create_index(
        "ix_deals_open",
        "deals",
        ["organization_id"],
        unique=False,
        sqlite_where=sa.text("stage NOT IN ('won', 'lost')"),
        postgresql_where=sa.text("stage NOT IN ('won', 'lost')"),
    )
    op.create_index(op.f("ix_deals_organization_id_name_key"), "deals", ["organization_id", "name_key"], unique=False)


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("participants", JSON, nullable=False),
        sa.Column("rep_user_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_meetings_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["rep_user_id"],
            ["users.id"],
            name=op.f("fk_meetings_rep_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint(
            "organization_id", "source", "external_id", name=op.f("uq_meetings_organization_id_source_external_id")
        ),
    )
    op.create_index(op.f("ix_meetings_rep_user_id_started_at"), "meetings", ["rep_user_id", "started_at"], unique=False)


def _create_sequence_jobs() -> None:
    op.create_table(
        "sequence_jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Text(), nullable=False),
        sa.Column("event_source", sa.Text(), nullable=False),
        sa.Column("trigger_payload", JSON, nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("parent_job_id", sa.Text(), nullable=True),
        sa.Column("depth", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("current_step", sa.Text(), nullable=True),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("steps_recorded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cost_usd", USD, nullable=False),
        sa.Column("reserved_usd", USD, nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("context", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_sequence_jobs_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["parent_job_id"],
            ["sequence_jobs.id"],
            name=op.f("fk_sequence_jobs_parent_job_id_sequence_jobs"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_sequence_jobs_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sequence_jobs")),
    )
    op.create_index(
        "ix_sequence_jobs_failed_key",
        "sequence_jobs",
        ["organization_id", "idempotency_key"],
        unique=False,
        sqlite_where=sa.text("status = 'failed'"),
        postgresql_where=sa.text("status = 'failed'"),
    )
    op.create_index(op.f("ix_sequence_jobs_parent_job_id"), "sequence_jobs", ["parent_job_id"], unique=False)
    op.create_index(
        "ix_sequence_jobs_running",
        "sequence_jobs",
        ["lease_until", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'in_progress'"),
        postgresql_where=sa.text("status = 'in_progress'"),
    )
    op.create_index(
        "ix_sequence_jobs_unfinished",
        "sequence_jobs",
        ["organization_id", "user_id"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'in_progress', 'awaiting_approval', 'deferred')"),
        postgresql_where=sa.text("status IN ('pending', 'in_progress', 'awaiting_approval', 'deferred')"),
    )
    op.create_index(
        op.f("ix_sequence_jobs_user_id_created_at_id"), "sequence_jobs", ["user_id", "created_at", "id"], unique=False
    )
    op.create_index(
        "ix_sequence_jobs_waiting",
        "sequence_jobs",
        ["run_at", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('pending', 'deferred')"),
        postgresql_where=sa.text("status IN ('pending', 'deferred')"),
    )
    op.create_index(
        "uq_sequence_jobs_live_key",
        "sequence_jobs",
        ["organization_id", "idempotency_key"],
        unique=True,
        sqlite_where=sa.text("status <> 'failed'"),
        postgresql_where=sa.text("status <> 'failed'"),
    )


def _create_slack_mutes() -> None:
    op.create_table(
        "slack_mutes",
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("muted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_slack_mutes_user_id_users"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("user_id", "category", name=op.f("pk_slack_mutes")),
    )


def _create_slack_notifications_sent() -> None:
    op.create_table(
        "slack_notifications_sent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_slack_notifications_sent_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_slack_notifications_sent_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slack_notifications_sent")),
    )
    op.create_index(
        op.f("ix_slack_notifications_sent_user_id_at"), "slack_notifications_sent", ["user_id", "at"], unique=False
    )


def _create_activities() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("company_id", sa.Text(), nullable=True),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_activities_company_id_companies"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_activities_contact_id_contacts"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_activities_deal_id_deals"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_activities_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
    )
    op.create_index(op.f("ix_activities_company_id_at"), "activities", ["company_id", "at"], unique=False)
    op.create_index(op.f("ix_activities_contact_id_at"), "activities", ["contact_id", "at"], unique=False)
    op.create_index(op.f("ix_activities_deal_id_at"), "activities", ["deal_id", "at"], unique=False)


def _create_ai_cost_events() -> None:
    op.create_table(
        "ai_cost_events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Text(), nullable=True),
        sa.Column("skill", sa.Text(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("prompt_version", sa.Text(), nullable=False),
        sa.Column("input_tokens", sa.BigInteger(), nullable=False),
        sa.Column("cached_input_tokens", sa.BigInteger(), nullable=False),
        sa.Column("output_tokens", sa.BigInteger(), nullable=False),
        sa.Column("cost_usd", USD, nullable=False),
        sa.Column("latency_ms", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["sequence_jobs.id"],
            name=op.f("fk_ai_cost_events_job_id_sequence_jobs"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_ai_cost_events_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_ai_cost_events_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ai_cost_events")),
    )
    op.create_index(op.f("ix_ai_cost_events_job_id"), "ai_cost_events", ["job_id"], unique=False)
    op.create_index(
        op.f("ix_ai_cost_events_organization_id_at"), "ai_cost_events", ["organization_id", "at"], unique=False
    )
    op.create_index(op.f("ix_ai_cost_events_user_id_at"), "ai_cost_events", ["user_id", "at"], unique=False)


def _create_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("subject", JSON, nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("message_ts", sa.Text(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("shown_rev", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("show_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["sequence_jobs.id"],
            name=op.f("fk_cards_job_id_sequence_jobs"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_cards_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_cards_user_id_users"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint("key", name=op.f("uq_cards_key")),
    )
    op.create_index(
        "ix_cards_unshown",
        "cards",
        ["show_at", "id"],
        unique=False,
        sqlite_where=sa.text("rev > shown_rev"),
        postgresql_where=sa.text("rev > shown_rev"),
    )


def _create_emails() -> None:
    op.create_table(
        "emails",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipients", JSON, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_emails_contact_id_contacts"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_emails_deal_id_deals"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_emails_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_emails_user_id_users"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emails")),
    )
    op.create_index(op.f("ix_emails_contact_id_at"), "emails", ["contact_id", "at"], unique=False)
    op.create_index(
        op.f("ix_emails_organization_id_message_id"), "emails", ["organization_id", "message_id"], unique=True
    )


def _create_notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author_user_id", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("company_id", sa.Text(), nullable=True),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_user_id"],
            ["users.id"],
            name=op.f("fk_notes_author_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["companies.id"],
            name=op.f("fk_notes_company_id_companies"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_notes_contact_id_contacts"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_notes_deal_id_deals"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_notes_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_contact_id_at"), "notes", ["contact_id", "at"], unique=False)
    op.create_index(op.f("ix_notes_deal_id_at"), "notes", ["deal_id", "at"], unique=False)


def _create_pending_agent_actions() -> None:
    op.create_table(
        "pending_agent_actions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column("card_id", sa.Text(), nullable=True),
        sa.Column("action_type", sa.Text(), nullable=False),
        sa.Column("action_payload", JSON, nullable=False),
        sa.Column("original_payload", JSON, nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("approved_digest", sa.Text(), nullable=True),
        sa.Column("risk_level", sa.Text(), nullable=False),
        sa.Column("confidence_score", sa.Float(precision=53), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("execute_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", JSON, nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["sequence_jobs.id"],
            name=op.f("fk_pending_agent_actions_job_id_sequence_jobs"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_pending_agent_actions_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_pending_agent_actions_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_agent_actions")),
    )
    op.create_index(
        "ix_pending_agent_actions_confirmed",
        "pending_agent_actions",
        ["execute_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'confirmed'"),
        postgresql_where=sa.text("status = 'confirmed'"),
    )
    op.create_index(
        "ix_pending_agent_actions_executing",
        "pending_agent_actions",
        ["executed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'executing'"),
        postgresql_where=sa.text("status = 'executing'"),
    )
    op.create_index(
        op.f("ix_pending_agent_actions_job_id_position"), "pending_agent_actions", ["job_id", "position"], unique=False
    )
    op.create_index(
        "ix_pending_agent_actions_pending",
        "pending_agent_actions",
        ["expires_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending_confirmation'"),
        postgresql_where=sa.text("status = 'pending_confirmation'"),
    )
    op.create_index(
        op.f("ix_pending_agent_actions_user_id_action_type_executed_at"),
        "pending_agent_actions",
        ["user_id", "action_type", "executed_at"],
        unique=False,
    )
    op.create_index(
        "ix_pending_agent_actions_waiting_for",
        "pending_agent_actions",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending_confirmation'"),
        postgresql_where=sa.text("status = 'pending_confirmation'"),
    )


def _create_sequence_steps() -> None:
    op.create_table(
        "sequence_steps",
        sa.Column("job_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("output", JSON, nullable=True),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("cost_usd", USD, nullable=False),
        sa.Column("follow_ups", JSON, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["sequence_jobs.id"],
            name=op.f("fk_sequence_steps_job_id_sequence_jobs"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("job_id", "name", name=op.f("pk_sequence_steps")),
    )


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_user_id", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("deal_id", sa.Text(), nullable=True),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_tasks_contact_id_contacts"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_tasks_deal_id_deals"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_tasks_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["owner_user_id"],
            ["users.id"],
            name=op.f("fk_tasks_owner_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index(op.f("ix_tasks_contact_id"), "tasks", ["contact_id"], unique=False)
    op.create_index(op.f("ix_tasks_deal_id"), "tasks", ["deal_id"], unique=False)
    op.create_index(
        "ix_tasks_undone",
        "tasks",
        ["owner_user_id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def _create_transcripts() -> None:
    op.create_table(
        "transcripts",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("source_format", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("participants", JSON, nullable=False),
        sa.Column("turns", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meetings.id"],
            name=op.f("fk_transcripts_meeting_id_meetings"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_transcripts")),
    )


def _create_agent_action_feedback() -> None:
    op.create_table(
        "agent_action_feedback",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("feedback_type", sa.Text(), nullable=False),
        sa.Column("original_payload", JSON, nullable=True),
        sa.Column("edited_payload", JSON, nullable=True),
        sa.Column("feedback_text", sa.Text(), nullable=True),
        sa.Column("time_to_decision_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["pending_agent_actions.id"],
            name=op.f("fk_agent_action_feedback_action_id_pending_agent_actions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_agent_action_feedback_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_agent_action_feedback_user_id_users"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_action_feedback")),
    )
    op.create_index(op.f("ix_agent_action_feedback_action_id"), "agent_action_feedback", ["action_id"], unique=False)


def _create_agent_action_history() -> None:
    op.create_table(
        "agent_action_history",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("action_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("detail", JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["pending_agent_actions.id"],
            name=op.f("fk_agent_action_history_action_id_pending_agent_actions"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_agent_action_history_organization_id_organizations"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_action_history")),
    )
    op.create_index(
        op.f("ix_agent_action_history_action_id_position"),
        "agent_action_history",
        ["action_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_agent_action_history_organization_id_at"),
        "agent_action_history",
        ["organization_id", "at"],
        unique=False,
    )
