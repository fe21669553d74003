"""Which node runs a cron at its moment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Protocol

from sequences.records.cron import CronOutcome, CronTick


class CronLog(Protocol):
    async def claim(self, tick: CronTick) -> bool:
        """False when a node has it already: (name, tick) is unique."""

    async def take_over(self, tick: CronTick, *, node: str, now: datetime) -> CronTick | None:
        """The unfinished tick as held by ``node`` now; None when somebody else was faster."""

    async def finish(
        self,
        tick: CronTick,
        outcome: CronOutcome,
        *,
        now: datetime,
        error: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> bool:
        """False when it was taken over meanwhile."""

    async def left_behind(self, names: Collection[str], *, before: datetime) -> list[CronTick]:
        """Unfinished ticks of these crons that started before the moment, the oldest first."""

    async def latest(self, name: str) -> CronTick | None:
        """Its newest tick, finished or not."""

    async def recent(self, limit: int) -> list[CronTick]:
        """Of all crons, the newest first."""

    async def forget_before(self, moment: datetime) -> int: ...
