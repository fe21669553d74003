"""Cards: the Slack messages that Sixty owns and keeps up to date in place.

A card record holds facts; ``blocks`` decides how they look. A card is derived from stored truth each time it
is shown, so an update never depends on what the last one said.
"""

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime

from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.base import Record
from sequences.records.crm import Stage
from sequences.records.insight import ActionItem, CallType, Intent, NextAction
from sequences.records.mail import Mail


class Decision(Record):
    """Where one action of a card stands, so that the card ends in who, what and when."""

    action_id: str
    version: str  # first 12 characters of the digest; a press on an older version is refused
    status: ActionStatus
    decided_by: str | None = None  # Slack user id
    at: AwareDatetime | None = None  # of the latest change
    execute_at: AwareDatetime | None = None  # end of the undo window, or the chosen time
    scheduled: bool = False  # "send later" rather than the undo window
    expires_at: AwareDatetime | None = None
    error_code: ErrorCode | None = None
    error: str | None = None


class MailPanel(Record):
    decision: Decision
    mail: Mail
    recipient_name: str | None = None
    edited: bool = False
    undo_seconds: int | None = None  # seconds left in the undo window, when in it


class FieldChange(Record):
    """One CRM field as written: old → new with the quote that justifies it."""

    object: str
    object_name: str
    field: str
    old: str | None
    new: str
    quote: str
    start_s: float | None = None


class FieldsPanel(Record):
    changes: tuple[FieldChange, ...]
    undo_action_id: str | None = None  # offered while an undo is possible
    undo_version: str = ""  # of that action, as ``Decision.version``
    undone: Decision | None = None
    error: str | None = None


class StagePanel(Record):
    decision: Decision
    deal_name: str
    old: Stage
    new: Stage
    quote: str
    start_s: float | None = None


class TaskLine(Record):
    title: str
    due_on: str | None = None  # ISO date
    quote: str
    start_s: float | None = None


class TasksPanel(Record):
    decision: Decision
    tasks: tuple[TaskLine, ...]


class Explanation(Record):
    """Answers "Why did I get this?" (BEYOND-03)."""

    event: str
    engine: str  # "offline rules", "anthropic:…"
    evidence: tuple[str, ...] = ()
    cost_usd: str = "0"
    notes: tuple[str, ...] = ()  # steps skipped or failed, and why


class DebriefCard(Record):
    """One card per meeting (BEYOND-05)."""

    kind: Literal["meeting_debrief"] = "meeting_debrief"
    job_id: str
    title: str
    started_at: AwareDatetime
    timezone: str
    with_names: tuple[str, ...]
    company: str | None = None
    call_type: CallType | None = None
    summary: tuple[str, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    intents: tuple[Intent, ...] = ()
    next_actions: tuple[NextAction, ...] = ()
    fields: FieldsPanel | None = None
    stage: StagePanel | None = None
    tasks: TasksPanel | None = None
    mail: MailPanel | None = None
    explanation: Explanation
    owner: str | None = None  # Slack user id: whom the card calls "you"
    emoji: bool = True


class ChooseRepCard(Record):
    """Asked once when several members were in a meeting and nobody organised it."""

    kind: Literal["choose_rep"] = "choose_rep"
    decision: Decision
    title: str
    started_at: AwareDatetime
    timezone: str
    options: tuple[tuple[str, str], ...]  # (user id, name)
    chosen: str | None = None  # name
    explanation: Explanation
    owner: str | None = None  # Slack user id of who was asked
    emoji: bool = True


class SensitiveCard(Record):
    """Asked before a meeting that sounds personal is read: no word of it is on the card (BEYOND-10)."""

    kind: Literal["sensitive_meeting"] = "sensitive_meeting"
    decision: Decision
    title: str
    about: str  # a noun phrase, "a personnel matter"
    started_at: AwareDatetime
    timezone: str
    explanation: Explanation
    owner: str | None = None  # Slack user id
    emoji: bool = True


class NoticeCard(Record):
    """Inform only: something stopped, or somebody must know (MESSAGES "When something stops")."""

    kind: Literal["notice"] = "notice"
    title: str
    text: str
    next_step: str | None = None
    retry_job_id: str | None = None  # offers [Retry]
    explanation: Explanation | None = None
    emoji: bool = True


class ItemState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # overtaken by time, or decided elsewhere


class DigestItem(Record):
    """One card that waited, in a line."""

    card_id: str
    kind: str  # of the card
    title: str
    state: ItemState = ItemState.OPEN
    decisions: int = 0  # how many of its actions wait for the owner
    why_closed: str = ""  # "the offer expired"
    can_be_shown: bool = True


class DigestCard(Record):
    """What waited together for the end of quiet hours or for the hourly limit, in one message (ENV-10)."""

    kind: Literal["digest"] = "digest"
    title: str
    since: AwareDatetime
    arrived_at: AwareDatetime
    timezone: str
    items: tuple[DigestItem, ...]
    shown: int = 0  # those that the owner asked for: they have messages of their own
    undrawn: int = 0  # further ones, which move up as the first are asked for
    explanation: Explanation
    emoji: bool = True


Card = DebriefCard | ChooseRepCard | SensitiveCard | NoticeCard | DigestCard
