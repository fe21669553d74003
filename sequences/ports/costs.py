"""What models cost: recorded once, counted in every way in which somebody asks."""

from datetime import datetime
from decimal import Decimal
from typing import Protocol

from sequences.records.cost import CostEvent, SequenceCost


class Costs(Protocol):
    async def add(self, event: CostEvent) -> None:
        """Record it, and take its cost off the org's balance, if one is kept."""

    async def spent_in(
        self, *, org_id: str, user_id: str, day: datetime, month: datetime
    ) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """The org's since ``day`` and since ``month``, then the user's: recorded costs plus what jobs in hand have
        reserved and not yet used.

        A job that waits for its owner's decision, perhaps for days, holds nothing back.
        """

    async def for_job(self, job_id: str) -> list[CostEvent]: ...
    async def by_sequence(self, *, org_id: str, user_id: str | None, since: datetime) -> list[SequenceCost]:
        """What each ability cost since then, the dearest first; without a sequence, the name is empty."""

    async def first_at(self, *, org_id: str, user_id: str | None, since: datetime) -> datetime | None:
        """When the first call since then was made."""

    async def balance(self, org_id: str) -> Decimal | None:
        """What the org has left of its credits; None when nobody counts (COST-09)."""

    async def set_balance(self, org_id: str, balance: Decimal, *, at: datetime) -> None: ...
