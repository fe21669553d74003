"""A webhook as it came in, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sequences.records.base import Record


class DeliveryStatus(StrEnum):
    RECEIVED = "received"
    WAITING = "waiting"  # for the answer "whose meeting was this?"
    PROCESSED = "processed"
    IGNORED = "ignored"  # kept with its reason
    FAILED = "failed"


class Delivery(Record):
    """An authentic webhook as it came in, kept before any work so that nothing is lost (ENV-12, SRC-06)."""

    id: str
    org_id: str
    provider: str
    delivery_id: str  # the provider's; unique with ``provider``
    body: dict[str, Any]
    status: DeliveryStatus = DeliveryStatus.RECEIVED
    reason: str = ""
    meeting_id: str | None = None
    attempts: int = 0
    process_at: datetime
    received_at: datetime
