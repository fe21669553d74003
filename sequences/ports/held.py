"""Work that is kept back for its reader's sake."""

from datetime import datetime
from typing import Protocol

from sequences.records.card_row import CardRow


class Held(Protocol):
    """What quiet hours and hourly limits keep back, and what then arrives together (QUIET-02, QUIET-03)."""

    async def hold(self, card_id: str, *, until: datetime, since: datetime) -> None:
        """Let go of a claimed card that was not posted; this claim does not count as an attempt."""

    async def mates(self, user_id: str, *, now: datetime, limit: int) -> list[CardRow]:
        """Cards of this person that have waited and were never tried to post, the oldest first; in nobody's hands.

        ``held_since`` is filled for those whose run was deferred, too.
        """

    async def merge(self, card: CardRow, *, digest_id: str) -> None:
        """Have the digest tell of it from now on; ``held_since`` is kept as the record has it."""

    async def in_digest(self, digest_id: str) -> list[CardRow]:
        """The oldest first."""

    async def ask(self, card_id: str, *, now: datetime) -> bool:
        """Its owner wants to see it by itself; False when that was asked before."""

    async def is_gathering(
        self, org_id: str, user_id: str, *, besides: str | None, since: datetime, now: datetime
    ) -> bool:
        """Whether runs that were deferred, and became due since then, are still on their way."""

    async def reconsider(self, org_id: str, user_id: str, *, at: datetime) -> None:
        """Everything of this person that waits for a time is due at ``at`` instead."""
