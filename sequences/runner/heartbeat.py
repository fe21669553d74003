"""A claim is kept while its process lives, and no longer."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

from sequences.ports.dispatch import Clock
from sequences.ports.store import FenceLostError, Store, StoreError
from sequences.records.job import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
EVERY_S = 15.0


class Heart:
    """Renews the lease of one job. Costs a timer until the first beat, which most runs never see."""

    def __init__(self, store: Store, clock: Clock, job: Job) -> None:
        self._store = store
        self._clock = clock
        self._job = job
        self._beat: asyncio.Task[None] | None = None
        self._timer = self._wind_up()

    async def stop(self) -> None:
        self._timer.cancel()
        if self._beat is not None:
            self._beat.cancel()
            with contextlib.suppress(asyncio.CancelledError, FenceLostError):
                await self._beat

    def _wind_up(self) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(EVERY_S, self._start_beat)

    def _start_beat(self) -> None:
        self._beat = asyncio.create_task(self._renew(), name=f"heartbeat {self._job.id}")

    async def _renew(self) -> None:
        try:
            async with self._store.begin() as tx:
                await tx.jobs.renew(self._job, lease_until=self._clock() + LEASE)
        except StoreError as error:
            # The next beat may still come in time; whether the run goes on is for its own writes to find out.
            log.warning("heartbeat missed", extra={"job_id": self._job.id, "reason": str(error)})
        self._timer = self._wind_up()


@contextlib.asynccontextmanager
async def heartbeat(store: Store, clock: Clock, job: Job) -> AsyncIterator[None]:
    heart = Heart(store, clock, job)
    try:
        yield
    finally:
        await heart.stop()
