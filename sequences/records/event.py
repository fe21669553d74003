"""Something happened: the one shape of everything that may start work (ENV-01)."""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from sequences.records.base import Record


class EventType(StrEnum):
    """The ten built-in sequences answer these (ENV-18)."""

    MEETING_ENDED = "meeting_ended"
    PRE_MEETING_90MIN = "pre_meeting_90min"
    EMAIL_RECEIVED = "email_received"
    DEAL_RISK_SCAN = "deal_risk_scan"
    STALE_DEAL_REVIVAL = "stale_deal_revival"
    PROPOSAL_GENERATION = "proposal_generation"
    CALENDAR_FIND_TIMES = "calendar_find_times"
    CAMPAIGN_DAILY_CHECK = "campaign_daily_check"
    COACHING_WEEKLY = "coaching_weekly"
    MORNING_BRIEF = "morning_brief"
    # Raised by a meeting (INTENT-09, INTENT-16), answered by an action, not a sequence.
    CONTENT_RETRIEVAL = "content_retrieval"
    PRICING_RETRIEVAL = "pricing_retrieval"


EVENT_ALIASES: dict[str, EventType] = {
    "campaign_check": EventType.CAMPAIGN_DAILY_CHECK,
    "coaching_digest": EventType.COACHING_WEEKLY,
    "pre_meeting": EventType.PRE_MEETING_90MIN,
}


class EventSource(StrEnum):
    """The closed vocabulary of ``kind:detail`` (ENV-05 … ENV-07)."""

    WEBHOOK_MEETINGBAAS = "webhook:meetingbaas"
    WEBHOOK_EMAIL = "webhook:email"
    WEBHOOK_CALENDAR = "webhook:calendar"
    CRON_MORNING = "cron:morning"
    CRON_WEEKLY = "cron:weekly"
    CRON_PRE_MEETING = "cron:pre_meeting"
    CRON_PIPELINE_SCAN = "cron:pipeline_scan"
    CRON_CAMPAIGN_CHECK = "cron:campaign_check"
    CRON_COACHING_WEEKLY = "cron:coaching_weekly"
    SLACK_BUTTON_APPROVE = "slack:button_approve"
    SLACK_COMMAND = "slack:command"
    CLI_MEETING = "cli:meeting"
    ORCHESTRATOR_CHAIN = "orchestrator:chain"
    ORCHESTRATOR_CONTINUATION = "orchestrator:continuation"


class Event(Record):
    """``type`` stays a plain string so that an unknown one can be stored with its reason (ENV-13, ENV-14)."""

    type: str
    source: EventSource
    org_id: str
    user_id: str
    payload: dict[str, Any] = Field(default_factory=dict)
    idempotency_key: str  # {event_type}:{event_id}; unique per org (CHAIN-11)
    parent_job_id: str | None = None


class EventStatus(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    DEFERRED = "deferred"


class StoredEvent(Record):
    """An event as kept, with what became of it and why."""

    id: str
    event: Event
    status: EventStatus
    reason: str = ""
    job_id: str | None = None
    received_at: AwareDatetime
