"""An outgoing mail as the rep approves it, word for word."""

from sequences.records.base import Record


class Mail(Record):
    """``body`` is plain text and includes the signature: what is shown is what is sent."""

    to: tuple[str, ...]
    subject: str
    body: str
    contact_id: str | None = None
    deal_id: str | None = None
