"""An outgoing mail as the rep approves it, word for word; an incoming one and what the skills made of it."""

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from sequences.records.base import Record


class Mail(Record):
    """``body`` is plain text and includes the signature: what is shown is what is sent."""

    to: tuple[str, ...]
    subject: str
    body: str
    contact_id: str | None = None
    deal_id: str | None = None


class ReceivedMail(Record):
    """A mail as it came in. ``headers`` keep their order and their case; ``body`` is plain text or HTML."""

    subject: str = ""
    sender: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    received_at: datetime | None = None

    def header(self, name: str) -> str:
        """All values of it in one line, whatever its case; empty when there is none."""
        return " ".join(value.strip() for key, value in self.headers if key.casefold() == name.casefold())


class MailParts(Record):
    """``said`` is what the sender wrote anew, in plain text; what they quoted or what follows every mail is apart."""

    said: str
    signature: str = ""
    quoted: str = ""


class AutomaticKind(StrEnum):
    """What a machine, and no person, had to say."""

    ABSENCE = "absence"
    CONFIRMATION = "confirmation"
    BOUNCE = "bounce"
    CALENDAR = "calendar"  # an answer to an invitation, or its end
    BULK = "bulk"


class Automatic(Record):
    """``quote`` is the header's name or the words that gave it away."""

    kind: AutomaticKind
    quote: str
    return_on: date | None = None


class MailMaterial(Record):
    """What the skills read of one mail."""

    mail: ReceivedMail
    parts: MailParts
    automatic: Automatic | None = None

    @property
    def text(self) -> str:
        """The subject and what was said: every quote is taken from here word for word."""
        return f"{self.mail.subject}\n{self.parts.said}".strip()


class MailClass(StrEnum):
    """EMAIL-02. The first that fits."""

    PROPOSAL_REQUEST = "proposal_request"
    MEETING_REQUEST = "meeting_request"
    NEEDS_RESPONSE = "needs_response"
    FYI = "fyi"


class ReplyClass(StrEnum):
    """CAMP-03. ``unsubscribe`` wins every tie."""

    UNSUBSCRIBE = "unsubscribe"
    OUT_OF_OFFICE = "out_of_office"
    NEGATIVE = "negative"
    POSITIVE = "positive"
    NEUTRAL = "neutral"


class MailTriage(Record):
    """``quote`` is the part of subject or body that decided; empty when nothing in particular did."""

    kind: MailClass
    confidence: float = Field(ge=0, le=1)
    quote: str = ""


class ReplyReading(Record):
    """``return_on`` is the first day back, and only for ``out_of_office``."""

    kind: ReplyClass
    confidence: float = Field(ge=0, le=1)
    quote: str = ""
    return_on: date | None = None
