"""A cron fires once, on however many nodes: the line of its tick in the tables decides who runs it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from sequences.ports.dispatch import Clock
from sequences.ports.observing import Observer
from sequences.ports.store import CronLog, CronOutcome, CronTick, Store, StoreError
from sequences.tracing import begin, trace_of

log = logging.getLogger(__name__)

LONGEST = timedelta(minutes=8)  # of one run; then it is stopped and counts as failed
LEFT_AFTER = timedelta(minutes=10)  # longer than any run: whoever has not finished by then is dead
EPOCH = datetime(2020, 1, 6, tzinfo=UTC)  # a Monday


@dataclass(frozen=True, kw_only=True)
class Cron:
    """``run`` gets the present moment, does all that is due by then, and answers a count or details for the log.

    It may be late, and it may be repeated after a crash: what it raises carries keys with the date (CHAIN-14).
    ``trigger`` must fire at the same moments on every node: ``every`` or a CronTrigger.
    """

    name: str
    trigger: BaseTrigger
    run: Callable[[datetime], Awaitable[object]]


def every(interval: timedelta) -> IntervalTrigger:
    """At moments that do not depend on when this process was started."""
    return IntervalTrigger(seconds=int(interval.total_seconds()), start_date=EPOCH, timezone=UTC)


class Ticks:
    """The moments of one trigger, as they come due. Those that were missed together count as the last of them."""

    def __init__(self, trigger: BaseTrigger, now: datetime) -> None:
        self._trigger = trigger
        self._next: datetime | None = trigger.get_next_fire_time(None, now)

    def latest(self, now: datetime) -> datetime | None:
        """The moment that is due now; None when the clock was set back before it."""
        found = None
        while self._next is not None and self._next <= now:
            found = self._next
            self._next = self._trigger.get_next_fire_time(found, now)
        return found.astimezone(UTC) if found else None


class CronRunner:
    """Runs ticks of ``crons`` that this node wins, and those that a dead node left."""

    def __init__(
        self, *, store: Store, clock: Clock, node: str, crons: Sequence[Cron], observer: Observer | None = None
    ) -> None:
        self._observer = observer or Observer()
        self._store = store
        self._clock = clock
        self._node = node
        self._crons = {cron.name: cron for cron in crons}

    async def run(self, name: str, tick: datetime) -> bool:
        """Run this tick, unless another node has it. Errors are recorded and logged, never raised."""
        claim = CronTick(name=name, tick=tick, node=self._node, started_at=self._clock())
        try:
            async with self._store.begin() as tx:
                is_ours = await tx.cron_log.claim(claim)
            if is_ours:
                await self._run_claimed(claim)
        except StoreError as error:
            # Whoever died with the database away is found by ``run_left_behind``.
            log.warning("cron could not be recorded", extra={"cron": name, "reason": str(error)})
            return False
        return is_ours

    async def run_left_behind(self) -> int:
        """Repeat ticks whose node died, unless a later tick has done their work since. Answers how many were run."""
        now = self._clock()
        try:
            async with self._store.begin() as tx:
                left = await tx.cron_log.left_behind(self._crons, before=now - LEFT_AFTER)
                taken = [again for tick in left if (again := await self._take_over(tx.cron_log, tick, now))]
            for tick in taken:
                await self._run_claimed(tick)
        except StoreError as error:
            log.warning("crons left behind could not be read", extra={"reason": str(error)})
            return 0
        return len(taken)

    async def _take_over(self, cron_log: CronLog, tick: CronTick, now: datetime) -> CronTick | None:
        latest = await cron_log.latest(tick.name)
        if latest and latest.tick > tick.tick:
            await cron_log.finish(tick, CronOutcome.LEFT, now=now, error=f"{tick.node} did not finish it")
            return None
        return await cron_log.take_over(tick, node=self._node, now=now)

    async def _run_claimed(self, tick: CronTick) -> None:
        outcome, error, detail = CronOutcome.DONE, None, None
        begin()
        try:
            with self._observer.span("cron", cron=tick.name):
                async with asyncio.timeout(LONGEST.total_seconds()):
                    detail = _detail(await self._crons[tick.name].run(self._clock()))
        except Exception as failure:
            outcome, error = CronOutcome.FAILED, type(failure).__name__
            log.error("cron failed", extra={"cron": tick.name, **trace_of(failure)})  # noqa: TRY400  # see trace_of
        async with self._store.begin() as tx:
            await tx.cron_log.finish(tick, outcome, now=self._clock(), error=error, detail=detail)
        self._observer.cron_ended(tick.name, outcome.value)
        log.info("cron ran", extra={"cron": tick.name, "tick": tick.tick.isoformat(), "outcome": outcome.value})


def _detail(result: object) -> dict[str, Any] | None:
    if isinstance(result, Mapping):
        return dict(result)
    return None if result is None else {"count": result}
