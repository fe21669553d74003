"""Time comes in: APScheduler asks, the database answers. No schedule is kept in memory as the truth."""

import logging
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from sequences.members import Members
from sequences.ports.dispatch import Clock
from sequences.ports.store import Store

log = logging.getLogger(__name__)

DELIVERIES_KEPT = timedelta(days=14)  # far beyond the 48 h in which a sender may repeat itself


def make_scheduler(*, store: Store, members: Members, clock: Clock) -> AsyncIOScheduler:
    """The crons of this product, ready to start. A missed tick runs once, late, and never piles up."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1})

    async def refresh_members() -> None:
        await members.refresh()

    async def forget_deliveries() -> None:
        async with store.begin() as tx:
            forgotten = await tx.deliveries.forget_before(clock() - DELIVERIES_KEPT)
        log.info("old deliveries forgotten", extra={"count": forgotten})

    scheduler.add_job(refresh_members, IntervalTrigger(minutes=30), id="refresh_members", misfire_grace_time=None)
    scheduler.add_job(forget_deliveries, IntervalTrigger(hours=6), id="forget_deliveries", misfire_grace_time=None)
    return scheduler
