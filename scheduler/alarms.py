"""Alarms for work that becomes due soon, so that it need not wait for the next look at the tables.

Every moment in here is in a table as well. So only what is due within minutes is kept, once, and never more than so
many: ten thousand approvals that wait for days are rows, and nothing in memory.
"""

import heapq
from datetime import datetime, timedelta

from scheduler.lanes import Work
from sequences.ports.dispatch import Clock

HORIZON = timedelta(minutes=5)
MOST = 10_000


class Alarms:
    """One alarm for each piece of work: the earliest. Whoever comes too early asks once in vain."""

    def __init__(self, clock: Clock, *, horizon: timedelta = HORIZON, most: int = MOST) -> None:
        self._clock = clock
        self._horizon = horizon
        self._most = most
        self._at: dict[Work, datetime] = {}
        self._org_ids: dict[Work, str] = {}
        self._order: list[tuple[datetime, Work]] = []  # with what has been replaced by an earlier alarm

    def __len__(self) -> int:
        return len(self._at)

    def set(self, work: Work, org_id: str, at: datetime) -> bool:
        """False when the alarm is left to the tables."""
        known = self._at.get(work)
        if known is not None and known <= at:
            return True
        if at - self._clock() > self._horizon or (known is None and len(self._at) >= self._most):
            return False
        self._at[work] = at
        self._org_ids[work] = org_id
        heapq.heappush(self._order, (at, work))
        if len(self._order) > 2 * len(self._at) + 64:
            self._order = sorted((when, what) for what, when in self._at.items())
        return True

    def ring(self) -> list[tuple[Work, str]]:
        """Take out what is due, with its org."""
        now = self._clock()
        due = []
        while self._order and self._order[0][0] <= now:
            at, work = heapq.heappop(self._order)
            if self._at.get(work) == at:
                del self._at[work]
                due.append((work, self._org_ids.pop(work)))
        return due

    def next_in(self) -> timedelta | None:
        """How long until the next one by this moment's clock."""
        return max(self._order[0][0] - self._clock(), timedelta(0)) if self._order else None
