"""Something that would change the world, and one person's decision about exactly that."""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from sequences.records.base import Record


class Risk(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class ActionType(StrEnum):
    SEND_EMAIL = "send_email"
    CREATE_TASKS = "create_tasks"
    UPDATE_CRM_FIELDS = "update_crm_fields"
    UNDO_CRM_UPDATE = "undo_crm_update"
    MOVE_DEAL_STAGE = "move_deal_stage"
    CHOOSE_REP = "choose_rep"
    READ_SENSITIVE_MEETING = "read_sensitive_meeting"

    @property
    def is_permission(self) -> bool:
        """Whether the run that asked goes on only after a yes; a no, or no answer, ends it."""
        return self is ActionType.READ_SENSITIVE_MEETING


class ActionStatus(StrEnum):
    """pending_confirmation → confirmed → executing → executed | failed, or cancelled, or expired."""

    PENDING = "pending_confirmation"
    CONFIRMED = "confirmed"  # decided; executes at ``execute_at`` (undo window, send later)
    EXECUTING = "executing"  # claimed by one worker; looked up at the provider before any second try
    EXECUTED = "executed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUSED = "refused"  # the gate said no; ``error_code`` says why

    @property
    def is_open(self) -> bool:
        """Whether a person or a worker may still change it."""
        return self in (ActionStatus.PENDING, ActionStatus.CONFIRMED, ActionStatus.EXECUTING)

    @property
    def is_approved(self) -> bool:
        """Whether its owner, or its kind, has said yes to it, as far as it has come since."""
        return self in (ActionStatus.CONFIRMED, ActionStatus.EXECUTING, ActionStatus.EXECUTED)


class ErrorCode(StrEnum):
    """The codes of a refused or failed action (FLAG-05)."""

    PERMISSION_DENIED = "PERMISSION_DENIED"
    RATE_LIMITED = "RATE_LIMITED"
    CONFIRMATION_REQUIRED = "CONFIRMATION_REQUIRED"
    ACTION_EXPIRED = "ACTION_EXPIRED"
    QUIET_HOURS = "QUIET_HOURS"
    INVALID_RECIPIENT = "INVALID_RECIPIENT"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    TEAM_POLICY_BLOCKED = "TEAM_POLICY_BLOCKED"
    INTERNAL_ERROR = "INTERNAL_ERROR"
    UNKNOWN = "UNKNOWN"


class Proposal(Record):
    """What a step asks the gate for. ``payload`` is the JSON of the action's own payload record."""

    type: ActionType
    payload: dict[str, Any]
    confidence: float | None = None
    reason: str  # shown under "Why did I get this?"


class PendingAction(Record):
    """A row of ``pending_agent_actions``. ``user_id`` is the owner: nobody else may decide."""

    id: str
    org_id: str
    user_id: str
    job_id: str | None = None
    step: str | None = None
    card_id: str | None = None
    action_type: ActionType
    action_payload: dict[str, Any]
    original_payload: dict[str, Any] | None = None  # before the owner's edit
    digest: str  # of type and payload; an approval is valid for exactly this
    approved_digest: str | None = None
    risk_level: Risk
    confidence_score: float | None = None
    reason: str = ""
    status: ActionStatus = ActionStatus.PENDING
    expires_at: AwareDatetime
    execute_at: AwareDatetime | None = None
    decided_by: str | None = None
    confirmed_at: AwareDatetime | None = None
    cancelled_at: AwareDatetime | None = None
    executed_at: AwareDatetime | None = None
    outcome: dict[str, Any] = Field(default_factory=dict)
    error_code: ErrorCode | None = None
    error: str | None = None
    attempts: int = 0
    created_at: AwareDatetime


class Feedback(Record):
    """A row of ``agent_action_feedback`` (TRACE-05, TRACE-06)."""

    id: str
    action_id: str
    org_id: str
    user_id: str
    feedback_type: str  # approved | rejected | edited | reported | thumbs_up | thumbs_down
    original_payload: dict[str, Any] | None = None
    edited_payload: dict[str, Any] | None = None
    feedback_text: str | None = None
    time_to_decision_ms: int | None = None
    created_at: AwareDatetime


class HistoryEntry(Record):
    """A row of ``agent_action_history``: who did what to which action, when. Never updated, never deleted."""

    id: str
    action_id: str
    org_id: str
    user_id: str | None
    what: str  # proposed | edited | approved | cancelled | expired | executing | executed | failed | refused …
    digest: str
    detail: dict[str, Any] = Field(default_factory=dict)
    at: AwareDatetime
