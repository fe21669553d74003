"""Who Sixty works for.

A user and their Slack identity are one row: a person of one workspace has exactly one Slack user id (what other
systems keep as slack_user_mappings and slack_user_preferences).
"""

from sqlalchemy import Table, UniqueConstraint

from storage.tables.base import (
    METADATA,
    clock_time,
    document,
    flag,
    identity,
    moment,
    number,
    organization,
    partial_index,
    usd,
    words,
)

organizations = Table(
    "organizations",
    METADATA,
    identity(),
    words("name"),
    words("team_id", unique=True),
    document("email_domains"),
    words("timezone"),
    words("profile"),
    usd("daily_budget_usd"),
    usd("monthly_budget_usd"),
)

users = Table(
    "users",
    METADATA,
    identity(),
    organization(),
    words("slack_user_id"),
    words("name"),
    words("email", nullable=True),
    words("timezone"),
    flag("is_admin"),
    words("signature"),
    clock_time("quiet_hours_start", nullable=True),
    clock_time("quiet_hours_end", nullable=True),
    number("max_notifications_per_hour"),
    number("daily_send_limit"),
    usd("daily_budget_usd"),
    usd("monthly_budget_usd"),
    moment("left_at", nullable=True),
    words("manager_id", nullable=True),
    clock_time("briefing_time", nullable=True),  # None means the usual hour
    UniqueConstraint("org_id", "slack_user_id"),
)
PRESENT = "left_at IS NULL"
partial_index("ix_users_present", users.c.timezone, users.c.briefing_time, users.c.org_id, users.c.id, where=PRESENT)

notification_feature_settings = Table(
    "notification_feature_settings",
    METADATA,
    organization(primary_key=True),
    words("feature", primary_key=True),
    flag("is_enabled"),
)
