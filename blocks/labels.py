"""Plain words for what the records call by a code."""

from decimal import Decimal, InvalidOperation

from sequences.records.action import ErrorCode
from sequences.records.crm import Stage
from sequences.records.event import EventType
from sequences.records.insight import CallKind, IntentKind
from sequences.records.job import JobStatus

INTENTS: dict[IntentKind, str] = {
    IntentKind.SEND_PROPOSAL: "Proposal promised",
    IntentKind.SCHEDULE_MEETING: "Next conversation proposed",
    IntentKind.SEND_CONTENT: "Material asked for",
    IntentKind.MULTI_STAKEHOLDER: "Someone else has a say",
    IntentKind.COMPETITIVE: "Alternatives in play",
    IntentKind.BUYING_POSITIVE: "Ready to buy",
    IntentKind.BUYING_NEGATIVE: "Price or budget concern",
    IntentKind.TIMELINE: "Their timing",
    IntentKind.PROSPECT_FOLLOWUP: "They will come back to you",
}

CALLS: dict[CallKind, str] = {
    CallKind.DISCOVERY: "Discovery call",
    CallKind.DEMO: "Demo",
    CallKind.NEGOTIATION: "Negotiation",
    CallKind.CHECK_IN: "Check-in",
    CallKind.INTERNAL: "Internal",
    CallKind.OTHER: "",
}

STAGES: dict[str, str] = {stage: stage.value.capitalize() for stage in Stage}

JOBS: dict[JobStatus, tuple[str, str]] = {
    JobStatus.PENDING: ("wait", "about to start"),
    JobStatus.IN_PROGRESS: ("run", "running"),
    JobStatus.AWAITING_APPROVAL: ("hand", "waits for you"),
    JobStatus.DEFERRED: ("wait", "waits for the end of your quiet hours"),
    JobStatus.COMPLETED: ("done", "done"),
    JobStatus.FAILED: ("warn", "stopped"),
    JobStatus.SKIPPED: ("skip", "skipped"),
}

SEQUENCES: dict[str, str] = {
    EventType.MEETING_ENDED: "Debrief",
    EventType.PRE_MEETING_90MIN: "Meeting prep",
    EventType.EMAIL_RECEIVED: "Incoming mail",
    EventType.DEAL_RISK_SCAN: "Deals at risk",
    EventType.STALE_DEAL_REVIVAL: "Quiet deals",
    EventType.PROPOSAL_GENERATION: "Proposal",
    EventType.CALENDAR_FIND_TIMES: "Available times",
    EventType.CAMPAIGN_DAILY_CHECK: "Campaign update",
    EventType.COACHING_WEEKLY: "Coaching digest",
    EventType.MORNING_BRIEF: "Morning brief",
}

CARDS: dict[str, str] = {
    "meeting_debrief": "Meeting debriefs",
    "choose_rep": "Questions whose meeting it was",
    "notice": "Notices",
    "digest": "Digests of what waited",
}

ADVICE: dict[ErrorCode, str] = {
    ErrorCode.PERMISSION_DENIED: "I am not allowed to do this. An admin can check Sixty's permissions.",
    ErrorCode.RATE_LIMITED: "Today's limit is used up. Please do this one by hand.",
    ErrorCode.CONFIRMATION_REQUIRED: "It needs an approval that it did not get.",
    ErrorCode.ACTION_EXPIRED: "The approval came too late.",
    ErrorCode.QUIET_HOURS: "It is outside the recipient's working hours. Please do this one by hand later.",
    ErrorCode.INVALID_RECIPIENT: "The recipient's address was refused. Check it, then send from your mailbox.",
    ErrorCode.SERVICE_UNAVAILABLE: "The service could not be reached. Please do this one by hand.",
    ErrorCode.LOW_CONFIDENCE: "I was not sure enough to go on.",
    ErrorCode.TEAM_POLICY_BLOCKED: "Your team's policy does not allow it. An admin can change that.",
    ErrorCode.INTERNAL_ERROR: "Something broke on our side. Do this one by hand; the log tells an admin more.",
    ErrorCode.UNKNOWN: "I cannot tell whether it went through. Check before you do it again.",
}

_FIELDS = {
    "amount": "Amount",
    "close_on": "Close date",
    "title": "Job title",
    "timezone": "Time zone",
    "current_tool": "Tool in use",
    "decision_process": "Decision process",
    "pain": "Problem to solve",
    "next_step": "Next step",
}


def field(name: str) -> str:
    """``Close date`` for ``close_on``."""
    return _FIELDS.get(name, name.replace("_", " ").capitalize())


def words(code: str) -> str:
    """``Meeting ended`` for ``meeting_ended``: for codes that have no better name."""
    return code.replace("_", " ").replace(":", ": ").capitalize()


def category(code: str) -> str:
    """What "Less of this" calls a kind of card."""
    return CARDS.get(code, words(code))


def cost(usd: str | Decimal) -> str:
    """``$0.42``, ``less than $0.01``, ``no model cost``; empty when it is no number."""
    try:
        amount = Decimal(usd)
    except InvalidOperation:
        return ""
    if not amount.is_finite() or amount <= 0:
        return "no model cost"
    return "less than $0.01" if amount < Decimal("0.01") else f"${amount:,.2f}"
