"""Actions that wait, were decided, or were done."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from sequences.ports.dispatch import Due
from sequences.records.action import ActionStatus, Feedback, HistoryEntry, PendingAction


class Actions(Protocol):
    async def add(self, action: PendingAction) -> None: ...
    async def get(self, action_id: str) -> PendingAction | None: ...
    async def for_job(self, job_id: str) -> list[PendingAction]:
        """In the order in which they were proposed."""

    async def change(
        self,
        action_id: str,
        *,
        expected: ActionStatus,
        expected_digest: str,
        expected_attempts: int | None = None,
        **values: Any,
    ) -> bool:
        """Compare-and-set: write ``values`` (columns of PendingAction) only if status and digest are as expected.

        ``expected_attempts`` tells one worker's claim from the next one's.
        """

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        """Confirmed ones whose ``execute_at`` has come, pending ones that have expired, executing ones left behind
        for more than two minutes."""

    async def waiting_for(self, user_id: str, limit: int) -> list[PendingAction]: ...
    async def count_executed(self, user_id: str, action_type: str, *, since: datetime, begun_only: bool = False) -> int:
        """Executed, executing or confirmed since then; what a daily limit counts. ``begun_only``: without the last."""

    async def latest_executed(self, user_id: str, action_type: str, limit: int) -> list[PendingAction]:
        """Of one user and kind, the one executed last first."""

    async def add_history(self, entry: HistoryEntry) -> None: ...
    async def history(self, action_id: str) -> list[HistoryEntry]: ...
    async def add_feedback(self, feedback: Feedback) -> None: ...
    async def feedback(self, action_id: str) -> list[Feedback]: ...
