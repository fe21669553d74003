"""The in-process dispatcher: due work runs as asyncio tasks; the tables are the truth, this only asks them.

Losing everything in here loses nothing: the sweep finds whatever is due, at start-up and ever after.
"""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from scheduler.alarms import Alarms
from scheduler.due_work import LIMIT, due_work
from scheduler.lanes import Lanes, Places, Work
from scheduler.setbacks import AFTER_FAILED_WORK, Brake, Growth, Setbacks
from sequences.ports.dispatch import Clock, WorkKind
from sequences.ports.store import Store, StoreError

log = logging.getLogger(__name__)

Handler = Callable[[str], Awaitable[object]]

SWEEP_EVERY = timedelta(seconds=2)
SWEEP_AT_MOST_EVERY = 0.05  # seconds
LOW = LIMIT // 4  # so little queued of a kind that the tables are asked whether there is more
LOOK_AT_CLOCK_EVERY = timedelta(seconds=20)  # so that a suspended laptop or a moved clock is noticed
AFTER_FAILED_SWEEP = Growth(first=1, longest=15)
AFTER_STORE_ERROR = Growth(first=2, longest=15)  # which is hardly the work's own fault
BRAKE = Growth(first=0.1, longest=5)
NOBODY = ""  # work that came without its org: an org of its own


class InProcessDispatcher:
    """Implements the ``Dispatcher`` port. ``handlers`` are set once by the composition root, before ``run``.

    ``workers``: how many pieces of work of one org and kind are in hand at once; see ``Places`` for the others' room.
    """

    def __init__(self, *, store: Store, clock: Clock, workers: int = 8) -> None:
        self._store = store
        self._clock = clock
        self._handlers: Mapping[WorkKind, Handler] = {}
        self._lanes = Lanes(Places.around(workers))
        self._alarms = Alarms(clock)
        self._setbacks = Setbacks()
        self._brake = Brake(BRAKE)
        self._again: dict[Work, str] = {}
        self._unread: set[WorkKind] = set()  # kinds of which the tables may hold more than was read
        self._sweeping = asyncio.Lock()
        self._ended: set[Work] = set()  # since the latest sweep began
        self._alarm_set = asyncio.Event()
        self._sweep_wanted = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._group: asyncio.TaskGroup | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._context = contextvars.Context()
        self.swept_at: datetime | None = None  # when the tables last answered, for readiness

    def handle(self, handlers: Mapping[WorkKind, Handler]) -> None:
        self._handlers = handlers

    def wake(self, kind: WorkKind, id: str, *, at: datetime | None = None, org_id: str | None = None) -> None:
        """Queue the work now, or set an alarm. Work that is in hand runs once more afterwards."""
        work = Work(kind, id)
        if at is not None and at > self._clock():
            if self._alarms.set(work, org_id or NOBODY, at):
                self._alarm_set.set()
        elif self._lanes.is_in_hand(work):
            self._again[work] = org_id or NOBODY
        else:
            self._queue(work, org_id or NOBODY)
            self._begin()

    async def run(self) -> None:
        """Work until cancelled; whoever stops it lets it ``settle`` first."""
        self._context = contextvars.copy_context()
        async with asyncio.TaskGroup() as group:
            self._group = group
            try:
                group.create_task(self._sweep_for_ever(), name="sweep")
                group.create_task(self._ring_alarms(), name="alarms")
                self._begin()
                await asyncio.get_running_loop().create_future()
            finally:
                self._group = None  # what is woken from here on is left to the tables

    async def drain(self) -> None:
        """Begin nothing more, and wait for what is in hand. What is queued stays due in the tables."""
        self._group = None
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def settle(self) -> None:
        """Wait until nothing is queued or in hand. Alarms of the future do not count."""
        await self._idle.wait()

    async def sweep(self) -> None:
        """Queue everything that the tables say is due, except what failed a short while ago."""
        async with self._sweeping:  # a second look would forget what has ended since the first one began
            now = self._clock()
            self._ended.clear()
            due = await due_work(self._store, now, self._setbacks)
            self._unread = {kind for kind, found in due.items() if len(found) >= LOW}
            for kind, found in due.items():
                for each in found:
                    self._offer(Work(kind, each.id), each.org_id)
            self._begin()
            self.swept_at = now

    def _offer(self, work: Work, org_id: str) -> None:
        """What is in hand, or came to its end during the look, is not as it was seen; the next sweep sees it again."""
        is_old_news = self._lanes.is_in_hand(work) or work in self._ended
        if not is_old_news and not self._setbacks.holds_back(work):
            self._queue(work, org_id)

    def _queue(self, work: Work, org_id: str) -> None:
        if not self._lanes.add(work, org_id):
            self._unread.add(work.kind)
        self._idle.clear()

    def _begin(self) -> None:
        """Begin what there is a place for. Each piece of work is a task of its own that carries nobody's ids."""
        while self._group is not None and (work := self._lanes.take()) is not None:
            task = self._group.create_task(self._do(work), name=f"{work.kind} {work.id}", context=self._context.copy())
            self._tasks.add(task)
            # Not in the task: one that is cancelled before it has begun never comes to its own end.
            task.add_done_callback(partial(self._finish, work))

    async def _do(self, work: Work) -> None:
        try:
            await self._brake.passed()
            await self._handlers[work.kind](work.id)
        except asyncio.CancelledError as error:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            self._fail(work, error)  # a cancellation of something inside that leaked out
        except Exception as error:
            self._fail(work, error)
        else:
            self._setbacks.succeeded(work)
            self._brake.succeeded()

    def _fail(self, work: Work, error: BaseException) -> None:
        """The work stays in its table and is found again, ever more rarely; what failed is in the log, never lost."""
        is_away = isinstance(error, StoreError)
        if is_away:
            self._brake.failed()
        failures = self._setbacks.failed(work, AFTER_STORE_ERROR if is_away else AFTER_FAILED_WORK)
        log.error("work failed", exc_info=error, extra={"kind": work.kind.value, "id": work.id, "failures": failures})

    def _finish(self, work: Work, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._lanes.finish(work)
        self._ended.add(work)
        org_id = self._again.pop(work, None)
        if org_id is not None:
            self._queue(work, org_id)
        self._begin()
        if work.kind in self._unread and self._lanes.queued(work.kind) < LOW:
            self._unread.discard(work.kind)
            self._sweep_wanted.set()
        if self._lanes.is_empty:
            self._idle.set()

    async def _sweep_for_ever(self) -> None:
        failures = 0
        while True:
            self._sweep_wanted.clear()
            try:
                await _to_its_end(self.sweep())
                failures = 0
            except Exception:
                # The database may be away for a while; the next sweep asks again.
                failures += 1
                log.exception("sweep failed", extra={"failures": failures})
            await asyncio.sleep(AFTER_FAILED_SWEEP.after(failures) if failures else SWEEP_AT_MOST_EVERY)
            await _until(self._sweep_wanted, SWEEP_EVERY)

    async def _ring_alarms(self) -> None:
        while True:
            self._alarm_set.clear()
            for work, org_id in self._alarms.ring():
                self.wake(*work, org_id=org_id)
            wait = self._alarms.next_in()
            await _until(self._alarm_set, LOOK_AT_CLOCK_EVERY if wait is None else min(wait, LOOK_AT_CLOCK_EVERY))


async def _until(event: asyncio.Event, longest: timedelta) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(longest.total_seconds()):
            await event.wait()


async def _to_its_end(work: Coroutine[Any, Any, None]) -> None:
    """Let a look at the tables end before a cancellation goes on: a connection cut while it is made would be lost."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
