"""A card as the tables have it: which it is, where in Slack it stands, and how far that is behind."""

from datetime import datetime
from typing import Any

from pydantic import Field

from sequences.records.base import Record


class CardRow(Record):
    """A card's identity and place in Slack. ``rev`` counts changes of the truth, ``shown_rev`` what Slack shows."""

    id: str
    key: str  # unique: one card per meeting
    org_id: str
    user_id: str
    kind: str
    job_id: str | None = None
    subject: dict[str, Any] = Field(default_factory=dict)  # what a card without a job is built from
    channel_id: str | None = None
    message_ts: str | None = None
    rev: int = 1
    shown_rev: int = 0
    attempts: int = 0
    show_at: datetime
    lease_until: datetime | None = None
    held_since: datetime | None = None  # it waited: since then, for quiet hours or the hourly limit
    open_until: datetime | None = None  # later it is of no use any more (the meeting has begun)
    digest_id: str | None = None  # the card that tells of this one in its place
    asked_at: datetime | None = None  # its owner asked to see it, so nothing holds it back
    created_at: datetime
