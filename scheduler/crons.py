"""Time comes in: APScheduler is the clock that asks, the database answers. No schedule in memory is the truth."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler.cron import Cron, CronRunner, Ticks, every
from sequences.members import Members
from sequences.ports.dispatch import Clock
from sequences.ports.observing import Observer
from sequences.ports.store import Store

DELIVERIES_KEPT = timedelta(days=14)  # far beyond the 48 h in which a sender may repeat itself
TICKS_KEPT = timedelta(days=30)


def own_crons(*, store: Store, members: Members) -> tuple[Cron, ...]:
    """The housekeeping of this product. What raises events for people is registered beside it in ``app.py``."""

    async def refresh_members(_: datetime) -> None:
        await members.refresh()

    async def forget_deliveries(now: datetime) -> int:
        async with store.begin() as tx:
            return await tx.deliveries.forget_before(now - DELIVERIES_KEPT)

    async def forget_ticks(now: datetime) -> int:
        async with store.begin() as tx:
            return await tx.cron_log.forget_before(now - TICKS_KEPT)

    return (
        Cron(name="refresh_members", trigger=every(timedelta(minutes=30)), run=refresh_members),
        Cron(name="forget_deliveries", trigger=every(timedelta(hours=6)), run=forget_deliveries),
        Cron(name="forget_ticks", trigger=every(timedelta(days=1)), run=forget_ticks),
    )


class CronScheduler:
    """Asks at each cron's moments whether this node is to run it. Late ticks run once and never pile up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asking = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._running: set[asyncio.Task[object]] = set()

    def start(self) -> None:
        self._asking.start()

    async def stop(self, within: timedelta) -> None:
        """Begin nothing more and let what runs finish. What does not is found unfinished and repeated by a node."""
        self._asking.pause()
        if self._running:
            await asyncio.wait(self._running, timeout=within.total_seconds())
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._asking.shutdown(wait=False)

    def at_each(self, name: str, trigger: BaseTrigger, run: Callable[[datetime], Awaitable[object]]) -> None:
        """Call ``run``, which does not raise, with each of the trigger's moments."""
        ticks = Ticks(trigger, self._clock())

        async def ask() -> None:
            tick = ticks.latest(self._clock())
            if tick is not None:
                await self._tracked(run(tick))

        self._asking.add_job(ask, trigger, id=name)

    async def _tracked(self, work: Awaitable[object]) -> None:
        """In a task of its own, which a stop waits for."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait([task])


def make_scheduler(
    *, crons: Sequence[Cron], store: Store, clock: Clock, node: str, observer: Observer | None = None
) -> CronScheduler:
    """``crons`` ready to start on this node, which has a name of its own."""
    runner = CronRunner(store=store, clock=clock, node=node, crons=crons, observer=observer)
    scheduler = CronScheduler(clock)
    for cron in crons:
        scheduler.at_each(cron.name, cron.trigger, partial(runner.run, cron.name))
    scheduler.at_each("run_left_behind", every(timedelta(minutes=1)), lambda _: runner.run_left_behind())
    return scheduler
