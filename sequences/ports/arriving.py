"""What comes in from outside: webhooks and the meetings that they tell of."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from sequences.ports.dispatch import Due
from sequences.records.delivery import Delivery, DeliveryStatus
from sequences.records.meeting import Meeting, Transcript


class Meetings(Protocol):
    async def add(self, meeting: Meeting, transcript: Transcript) -> str:
        """Store both and answer the id: the existing one when (org, source, external_id) is known already."""

    async def get(self, meeting_id: str) -> Meeting | None: ...
    async def transcript(self, meeting_id: str) -> Transcript | None: ...
    async def set_rep(self, meeting_id: str, user_id: str) -> None: ...
    async def latest_for(self, user_id: str) -> Meeting | None: ...


class Deliveries(Protocol):
    async def add(self, delivery: Delivery) -> bool:
        """False when (provider, delivery_id) is known; kept for at least 48 h."""

    async def get(self, delivery_id: str) -> Delivery | None:
        """By our own id."""

    async def claim(self, delivery_id: str, *, now: datetime, lease: timedelta) -> Delivery | None:
        """A received one that is due; attempts grow by one and ``process_at`` moves behind the lease."""

    async def mark(
        self,
        delivery_id: str,
        status: DeliveryStatus,
        *,
        reason: str = "",
        meeting_id: str | None = None,
        process_at: datetime | None = None,
    ) -> None: ...
    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]: ...
    async def recent(self, org_id: str, limit: int) -> list[Delivery]:
        """Newest first."""

    async def forget_before(self, moment: datetime) -> int:
        """Drop settled ones received before; answers how many."""
