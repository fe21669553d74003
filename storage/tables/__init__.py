"""Every table, by area. Importing this package fills ``METADATA``."""

from storage.tables.actions import agent_action_feedback, agent_action_history, pending_agent_actions
from storage.tables.base import METADATA
from storage.tables.crm import activities, companies, contacts, crm_effects, deals, emails, notes, tasks
from storage.tables.crons import cron_job_logs
from storage.tables.ledgers import ai_cost_events, org_credit_balance, webhook_deliveries
from storage.tables.meetings import meetings, transcripts
from storage.tables.people import notification_feature_settings, organizations, users
from storage.tables.slack import cards, slack_mutes, slack_notifications_sent
from storage.tables.work import events, sequence_jobs, sequence_steps

__all__ = [
    "METADATA",
    "activities",
    "agent_action_feedback",
    "agent_action_history",
    "ai_cost_events",
    "cards",
    "companies",
    "contacts",
    "crm_effects",
    "cron_job_logs",
    "deals",
    "emails",
    "events",
    "meetings",
    "notes",
    "notification_feature_settings",
    "org_credit_balance",
    "organizations",
    "pending_agent_actions",
    "sequence_jobs",
    "sequence_steps",
    "slack_mutes",
    "slack_notifications_sent",
    "tasks",
    "transcripts",
    "users",
    "webhook_deliveries",
]
