"""The in-process dispatcher: due work runs on asyncio workers; the tables are the truth, this only asks them.

Losing everything in here loses nothing: the sweep finds whatever is due, at start-up and ever after.
"""

import asyncio
import heapq
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sequences.ports.dispatch import Clock, Due, WorkKind
from sequences.ports.store import Store, Transaction

log = logging.getLogger(__name__)

Handler = Callable[[str], Awaitable[object]]
Work = tuple[WorkKind, str]

SWEEP_EVERY = timedelta(seconds=2)
SWEEP_LIMIT = 200


@dataclass(order=True)
class Alarm:
    """Work that somebody wants done at a moment."""

    at: datetime
    work: Work = field(compare=False)


class InProcessDispatcher:
    """Implements the ``Dispatcher`` port. ``handlers`` are set once by the composition root, before ``run``."""

    def __init__(self, *, store: Store, clock: Clock, workers: int = 8) -> None:
        self._store = store
        self._clock = clock
        self._workers = workers
        self._handlers: Mapping[WorkKind, Handler] = {}
        self._ready: asyncio.Queue[Work] = asyncio.Queue()
        self._queued: set[Work] = set()
        self._running: set[Work] = set()
        self._again: set[Work] = set()
        self._alarms: list[Alarm] = []
        self._alarm_set = asyncio.Event()
        self.swept_at: datetime | None = None  # when the tables last answered, for readiness

    def handle(self, handlers: Mapping[WorkKind, Handler]) -> None:
        self._handlers = handlers

    def wake(
        self,
        kind: WorkKind,
        id: str,
        *,
        at: datetime | None = None,
        org_id: str | None = None,  # noqa: ARG002  # nothing is shared out by org yet
    ) -> None:
        """Queue the work now, or set an alarm. Work that runs already runs once more afterwards."""
        work = (kind, id)
        if at is not None and at > self._clock():
            heapq.heappush(self._alarms, Alarm(at, work))
            self._alarm_set.set()
        elif work in self._running:
            self._again.add(work)
        elif work not in self._queued:
            self._queued.add(work)
            self._ready.put_nowait(work)

    async def run(self) -> None:
        """Work until cancelled; what is in hand then is finished first (see ``drain``)."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sweep_for_ever(), name="sweep")
            group.create_task(self._ring_alarms(), name="alarms")
            for number in range(self._workers):
                group.create_task(self._work(), name=f"worker {number}")

    async def settle(self) -> None:
        """Wait until nothing is queued or in hand. Alarms of the future do not count."""
        await self._ready.join()

    async def sweep(self) -> None:
        """Queue everything that the tables say is due."""
        now = self._clock()
        async with self._store.read() as tx:
            for kind in WorkKind:
                for due in await _due(tx, kind, now):
                    self.wake(kind, due.id, org_id=due.org_id)
        self.swept_at = now

    async def _sweep_for_ever(self) -> None:
        while True:
            try:
                await _to_its_end(self.sweep())
            except Exception:
                # The database may be away for a while; the next sweep asks again.
                log.exception("sweep failed")
            await asyncio.sleep(SWEEP_EVERY.total_seconds())

    async def _ring_alarms(self) -> None:
        while True:
            self._alarm_set.clear()
            now = self._clock()
            while self._alarms and self._alarms[0].at <= now:
                work = heapq.heappop(self._alarms).work
                self.wake(*work)
            wait = (self._alarms[0].at - now).total_seconds() if self._alarms else None
            try:
                # At most a minute at a time, so that a suspended laptop or a moved clock is noticed.
                async with asyncio.timeout(min(wait, 60) if wait is not None else None):
                    await self._alarm_set.wait()
            except TimeoutError:
                continue

    async def _work(self) -> None:
        while True:
            work = await self._ready.get()
            self._queued.discard(work)
            self._running.add(work)
            try:
                await self._handlers[work[0]](work[1])
            except Exception:
                # The work stays in its table and is found again; what failed is in the log, never lost.
                log.exception("work failed", extra={"kind": work[0].value, "id": work[1]})
            finally:
                self._running.discard(work)
                if work in self._again:
                    self._again.discard(work)
                    self.wake(*work)
                self._ready.task_done()


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Let a look at the tables end before a cancellation goes on: a connection cut while it is made would be lost."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise


async def _due(tx: Transaction, kind: WorkKind, now: datetime) -> list[Due]:
    match kind:
        case WorkKind.JOB:
            return await tx.jobs.due(now, SWEEP_LIMIT)
        case WorkKind.ACTION:
            return await tx.actions.due(now, SWEEP_LIMIT)
        case WorkKind.CARD:
            return await tx.cards.due(now, SWEEP_LIMIT)
        case WorkKind.DELIVERY:
            return await tx.deliveries.due(now, SWEEP_LIMIT)
