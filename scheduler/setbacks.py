"""Waiting longer after each failure: for a piece of work that fails again and again, and for a database that is away.

Spans are measured by a clock that nobody sets (``elapsed``, in seconds): a changed wall clock neither shortens nor
lengthens a wait.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from scheduler.lanes import Work
from sequences.ports.dispatch import WorkKind

Elapsed = Callable[[], float]
MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Seconds to wait after the first failure, doubling up to the longest."""

    first: float
    longest: float

    def after(self, failures: int) -> float:
        return min(self.first * 2.0 ** min(failures - 1, 30), self.longest)


AFTER_FAILED_WORK = Growth(first=2, longest=300)


@dataclass(frozen=True, kw_only=True)
class Setback:
    failures: int
    over_at: float


class Setbacks:
    """Work that has failed, and how long the tables' asking for it is not heeded. The oldest are forgotten first."""

    def __init__(self, *, elapsed: Elapsed = time.monotonic, most: int = MOST) -> None:
        self._elapsed = elapsed
        self._most = most
        self._known: OrderedDict[Work, Setback] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def failed(self, work: Work, growth: Growth) -> int:
        """Answers how often in a row."""
        known = self._known.pop(work, None)
        failures = known.failures + 1 if known else 1
        self._known[work] = Setback(failures=failures, over_at=self._elapsed() + growth.after(failures))
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return failures

    def succeeded(self, work: Work) -> None:
        self._known.pop(work, None)

    def forget_but(self, due: Collection[Work]) -> None:
        """What might be tried again, and is not due any more, has succeeded somewhere."""
        now = self._elapsed()
        for work in [work for work, setback in self._known.items() if setback.over_at <= now and work not in due]:
            self.succeeded(work)

    def held_back(self, kind: WorkKind) -> list[str]:
        """The ids of what is held back now."""
        now = self._elapsed()
        return [work.id for work, setback in self._known.items() if work.kind is kind and now < setback.over_at]

    def holds_back(self, work: Work) -> bool:
        setback = self._known.get(work)
        return setback is not None and self._elapsed() < setback.over_at


class Brake:
    """While the database is away nobody knocks all the time; the first success lets everybody go on."""

    def __init__(self, growth: Growth, *, elapsed: Elapsed = time.monotonic) -> None:
        self._growth = growth
        self._elapsed = elapsed
        self._failures = 0
        self._over_at = 0.0
        self._released = asyncio.Event()

    def failed(self) -> None:
        """What was begun before the last failure was known belongs to the same one."""
        if self._elapsed() < self._over_at:
            return
        self._failures += 1
        self._over_at = self._elapsed() + self._growth.after(self._failures)
        self._released.clear()

    def succeeded(self) -> None:
        self._failures = 0
        self._over_at = 0.0
        self._released.set()

    async def passed(self) -> None:
        """Returns at once unless what was tried last has failed."""
        wait = self._over_at - self._elapsed()
        if wait > 0:
            try:
                async with asyncio.timeout(wait):
                    await self._released.wait()
            except TimeoutError:
                return
