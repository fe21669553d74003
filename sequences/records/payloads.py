"""What each type of event must carry (ENV-17). Ids only: what they stand for is read from the tables by the run."""

from datetime import date

from pydantic import AwareDatetime

from sequences.records.base import Record


class MeetingEnded(Record):
    """The meeting and its transcript are stored before the event is raised."""

    meeting_id: str


class MeetingAhead(Record):
    """A calendar event that starts soon."""

    calendar_event_id: str
    starts_at: AwareDatetime


class EmailArrived(Record):
    message_id: str  # the provider's
    thread_id: str | None = None


class RecurringTick(Record):
    """A recurring event of one local day: the date is in its idempotency key, too (CHAIN-14)."""

    on: date


class DealGoneQuiet(Record):
    deal_id: str


class Evidence(Record):
    """Words that somebody said in a meeting, and where."""

    quote: str
    turn: int
    start_s: float | None = None


class Asked(Record):
    """Something was promised or asked for: in a meeting (with evidence), in a mail, or by the rep."""

    meeting_id: str | None = None
    contact_id: str | None = None
    deal_id: str | None = None
    turn: int | None = None
    evidence: tuple[Evidence, ...] = ()
