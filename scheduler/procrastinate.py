"""The distributed dispatcher: wakes travel over Procrastinate's queue on PostgreSQL to whichever process has room.

The queue holds hints. Who acts is decided by the claims in our own tables, so a wake that comes twice does nothing
twice, and one that is lost is found by the sweep.
"""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from scheduler.due_work import due_work
from scheduler.lanes import Work
from scheduler.node import Drain
from scheduler.queue import QUEUE, TASK, Wake, queue_jobs
from scheduler.setbacks import AFTER_FAILED_WORK, Setbacks
from sequences.ports.dispatch import Clock, WorkKind
from sequences.ports.queue import QueueTables
from sequences.ports.store import Store, StoreError

log = logging.getLogger(__name__)

Handler = Callable[[str], Awaitable[object]]

HORIZON = timedelta(minutes=5)  # what is due later than that needs no place in the queue: the sweep finds it in time
BATCH = 500
SWEEP_EVERY_S = 2.0
FORGET_EVERY = 15  # sweeps
LOOK_EVERY_S = 1.0  # for what was deferred to a moment; what is due at once is notified
RETRY_S = 1.0
DEAD_AFTER_S = 30.0
TRIES = 3
AWAY = (ConnectorException, StoreError, OSError)


class ProcrastinateDispatcher:
    """Implements the ``Dispatcher`` port. ``handlers`` are set once by the composition root, before ``running``.

    ``workers``: how many pieces of work this process has in hand at once, if it works at all.
    """

    def __init__(self, *, store: Store, clock: Clock, queue: App, tables: QueueTables, workers: int = 8) -> None:
        self._store = store
        self._clock = clock
        self._queue = queue
        self._tables = tables
        self._workers = workers
        self._handlers: Mapping[WorkKind, Handler] = {}
        self._woken: dict[str, Wake] = {}
        self._in_hand: set[asyncio.Task[Any]] = set()
        self._is_cut_off = False
        self._setbacks = Setbacks()  # of what the sweep has woken
        self._is_woken = asyncio.Event()
        self._deferred = asyncio.Event()
        self._deferred.set()
        self.swept_at: datetime | None = None  # when the tables last answered, for readiness
        queue.task(name=TASK, queue=QUEUE)(self._do)

    def handle(self, handlers: Mapping[WorkKind, Handler]) -> None:
        self._handlers = handlers

    def wake(self, kind: WorkKind, id: str, *, at: datetime | None = None, org_id: str | None = None) -> None:
        """Put it on the queue soon, with whatever else is woken meanwhile. Never fails; what is lost is swept up."""
        now = self._clock()
        if at is not None and at > now + HORIZON:
            return
        wake = Wake(kind, id, at if at is not None and at > now else None, org_id)
        self._woken.setdefault(wake.lock, wake)
        self._deferred.clear()
        self._is_woken.set()

    async def settle(self) -> None:
        """Wait until everything that was woken here is on the queue, or was lost on the way there."""
        await self._deferred.wait()

    async def run(self) -> None:
        """Work and sweep until cancelled."""
        async with self.running(works=True, sweeps=True, drain=Drain(timedelta(0))):
            await asyncio.get_running_loop().create_future()

    @contextlib.asynccontextmanager
    async def running(self, *, works: bool, sweeps: bool, drain: Drain) -> AsyncIterator[None]:
        """Wakes are put on the queue while the block lasts; with ``works`` and ``sweeps`` this process has these roles.

        At its end what is in hand may use what is left of ``drain``; then it is cancelled. Its last wakes still leave.
        """
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self._queue.open_async())
            await stack.enter_async_context(_beside(self._defer_for_ever, "defer"))
            stack.push_async_callback(self._leave_nothing_woken)
            if sweeps:
                await stack.enter_async_context(_beside(self._sweep_for_ever, "sweep"))
            if works:
                await stack.enter_async_context(self._working(drain))
            yield

    async def _leave_nothing_woken(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(RETRY_S):
                await self.settle()

    @contextlib.asynccontextmanager
    async def _working(self, drain: Drain) -> AsyncIterator[None]:
        self._is_cut_off = False
        work = asyncio.create_task(self._work_for_ever(), name="work")
        try:
            yield
        finally:
            work.cancel()  # it takes nothing more and waits for what is in hand
            await asyncio.wait([work], timeout=drain.left().total_seconds())
            self._is_cut_off = True
            for task in self._in_hand:
                task.cancel()
            await asyncio.wait([work])

    async def _work_for_ever(self) -> None:
        while True:
            try:
                await self._queue.run_worker_async(
                    queues=[QUEUE],
                    concurrency=self._workers,
                    fetch_job_polling_interval=LOOK_EVERY_S,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    stalled_worker_timeout=DEAD_AFTER_S,
                )
            except AWAY as error:
                log.warning("the queue could not be read", extra={"reason": str(error)})
            except Exception:
                log.exception("the worker broke")  # and begins anew; nothing but a stop may end it
            await asyncio.sleep(RETRY_S)  # it ends by itself when the database was away

    async def _do(self, kind: str, id: str, org_id: str | None = None) -> None:  # noqa: ARG002  # for the priorities
        if self._is_cut_off:
            return  # taken in the last moment; it is as due as before, and nobody would cut it off any more
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # the worker runs each in one of its own
        self._in_hand.add(task)
        try:
            await self._handlers[WorkKind(kind)](id)
        except Exception:
            # The work stays in its table and is found again; what failed is in the log, never lost.
            log.exception("work failed", extra={"kind": kind, "id": id})
        finally:
            self._in_hand.discard(task)

    async def _defer_for_ever(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            woken, self._woken = list(self._woken.values()), {}
            try:
                for start in range(0, len(woken), BATCH):
                    await self._defer(woken[start : start + BATCH])
            except AWAY as error:
                log.warning("wakes were lost; the sweep finds their work", extra={"reason": str(error)})
            except Exception:
                log.exception("wakes were lost; the sweep finds their work")
            if not self._woken:
                self._deferred.set()
                await _either(self._is_woken, stop)
            self._is_woken.clear()

    async def _defer(self, wakes: list[Wake]) -> None:
        """Whatever waits already, from whichever process, stays as it is."""
        for _ in range(TRIES):
            if not wakes:
                return
            jobs = queue_jobs(wakes, await self._tables.look(self._clock()))
            with contextlib.suppress(AlreadyEnqueued):
                await self._queue.job_manager.batch_defer_jobs_async(jobs)
                return
            wakes = await self._not_waiting(wakes)
        for job in queue_jobs(wakes, await self._tables.look(self._clock())):
            with contextlib.suppress(AlreadyEnqueued):
                await self._queue.job_manager.batch_defer_jobs_async([job])

    async def _not_waiting(self, wakes: list[Wake]) -> list[Wake]:
        waiting = await self._tables.waiting([wake.lock for wake in wakes])
        return [wake for wake in wakes if wake.lock not in waiting]

    async def sweep(self) -> None:
        """Wake everything that the tables say is due and that does not wait already; what fails, ever more rarely."""
        now = self._clock()
        due = await due_work(self._store, now, self._setbacks)
        wakes = [Wake(kind, each.id, org_id=each.org_id) for kind, found in due.items() for each in found]
        self._setbacks.forget_but({Work(wake.kind, wake.id) for wake in wakes})
        for wake in await self._not_waiting(wakes):
            # Whoever takes it does it, or claims it; due once more, it has failed there.
            self._setbacks.failed(Work(wake.kind, wake.id), AFTER_FAILED_WORK)
            self.wake(wake.kind, wake.id, org_id=wake.org_id)
        self.swept_at = now

    async def forget_abandoned(self) -> int:
        """Take off the queue what dead processes had taken from it. Their work is found by the sweep. Answers how many.

        A process that was only asleep is told by the database that it is not known any more, and begins anew.
        """
        abandoned: list[Job] = list(
            await self._queue.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=DEAD_AFTER_S)
        )
        for job in abandoned:
            with contextlib.suppress(ConnectorException):  # its process was alive after all, and has finished it
                await self._queue.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        await self._queue.job_manager.prune_stalled_workers(DEAD_AFTER_S)
        return len(abandoned)

    async def _sweep_for_ever(self, stop: asyncio.Event) -> None:
        for number in itertools.count():
            try:
                await self.sweep()
                if number % FORGET_EVERY == 0:
                    await self.forget_abandoned()
            except AWAY as error:
                # The database may be away for a while; the next sweep asks again.
                log.warning("sweep failed", extra={"reason": str(error)})
            except Exception:
                log.exception("sweep failed")
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_EVERY_S):
                    await stop.wait()
            if stop.is_set():
                return


@contextlib.asynccontextmanager
async def _beside(work: Callable[[asyncio.Event], Coroutine[Any, Any, None]], name: str) -> AsyncIterator[None]:
    """Runs beside the block; then it is asked to stop, not cancelled: a connection cut while it is made is lost."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(stop), name=name)
    try:
        yield
    finally:
        stop.set()
        await task


async def _either(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
