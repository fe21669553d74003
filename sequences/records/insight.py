"""What the skills find in a meeting. Every finding carries the words that prove it.

``quote`` is always verbatim: a substring of the text of turn ``turn`` (which counts from 0).
What counts as which intent is defined in ``docs/glossary.md``.
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from sequences.records.base import Record
from sequences.records.meeting import Side


class CallKind(StrEnum):
    """What sort of conversation it was."""

    DISCOVERY = "discovery"
    DEMO = "demo"
    NEGOTIATION = "negotiation"
    CHECK_IN = "check_in"
    INTERNAL = "internal"
    OTHER = "other"


class CallType(Record):
    kind: CallKind
    confidence: float = Field(ge=0, le=1)


class IntentKind(StrEnum):
    """The nine kinds; see the glossary for what is one and what is not."""

    SEND_PROPOSAL = "commitment:send_proposal"
    SCHEDULE_MEETING = "commitment:schedule_meeting"
    SEND_CONTENT = "request:send_content"
    MULTI_STAKEHOLDER = "signal:multi_stakeholder"
    COMPETITIVE = "signal:competitive"
    BUYING_POSITIVE = "signal:buying_positive"
    BUYING_NEGATIVE = "signal:buying_negative"
    TIMELINE = "signal:timeline"
    PROSPECT_FOLLOWUP = "commitment:prospect_followup"


class Intent(Record):
    """One detection: a (turn, kind) pair. Confidence is calibrated: of those at 0.8 about 80% are right."""

    kind: IntentKind
    speaker: Side
    speaker_name: str
    quote: str
    turn: int
    start_s: float | None = None
    confidence: float = Field(ge=0, le=1)


class Intents(Record):
    """Only those with confidence above 0.7 are listed (INTENT-05)."""

    items: tuple[Intent, ...] = ()


class ActionItem(Record):
    """Something somebody promised to do. ``owner`` is a speaker's name, ``None`` without certainty."""

    owner: str | None
    owner_side: Side
    text: str  # imperative, without a full stop: "Send the security questionnaire"
    due_on: date | None = None
    quote: str
    turn: int
    start_s: float | None = None


class ActionItems(Record):
    items: tuple[ActionItem, ...] = ()


class NextAction(Record):
    """A suggestion to the rep. ``reason`` says which fact of the meeting or the deal it rests on."""

    text: str
    reason: str


class NextActions(Record):
    """Best first, at most five."""

    items: tuple[NextAction, ...] = ()


class FollowUpDraft(Record):
    """A mail to the prospect without greeting guesses or invented facts; the signature is added by the gate."""

    to: tuple[str, ...] = ()  # addresses from the meeting or the CRM, never from the transcript's text
    subject: str
    body: str


class CrmObject(StrEnum):
    CONTACT = "contact"
    COMPANY = "company"
    DEAL = "deal"


class FieldUpdate(Record):
    """A proposed new value of one CRM field, as a rep would type it, with the quote that justifies it."""

    object: CrmObject
    field: str  # a name of ``sequences.records.crm.EDITABLE_FIELDS[object]``
    new: str
    quote: str
    turn: int
    start_s: float | None = None


class FieldUpdates(Record):
    """``stage`` of a deal appears in ``stage_proposal`` only: it is never written without approval."""

    items: tuple[FieldUpdate, ...] = ()
    stage_proposal: FieldUpdate | None = None


class MeetingSummary(Record):
    """Facts only, at most five lines."""

    lines: tuple[str, ...] = ()
