"""One point being tried: what every family of faults is given, and what it answers."""

import asyncio
import random
from dataclasses import dataclass

from chaos.house import House
from chaos.orders import Counts
from chaos.points import Point
from chaos.rep import Rep
from chaos.tending import Tending, is_over
from chaos.traces import Traces


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """What a meeting leaves behind when nothing goes wrong, and how much is written on the way."""

    traces: Traces
    counts: Counts
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Deed:
    """``fault`` is the line of the report that the point counts for, ``what`` tells it from its neighbours.

    ``has_struck``: whether it came to it. A fault that never struck proves nothing and is not counted.
    ``answers_differ``: somebody else thought than in a quiet life, so the findings need not be the same ones.
    """

    fault: str
    what: str
    has_struck: bool = True
    answers_differ: bool = False


@dataclass(frozen=True, kw_only=True)
class Trial:
    house: House
    point: Point
    reps: list[Rep]
    quiet: Quiet

    @property
    def rep(self) -> Rep:
        return self.reps[0]

    def draw(self) -> random.Random:
        return self.point.draw()

    async def begin(self) -> None:
        """The meetings end."""
        await asyncio.gather(*(self.house.end_meeting(rep.meeting) for rep in self.reps))

    async def rest(self, tending: Tending | None = None) -> None:
        """Whatever it takes until all is quiet."""
        await (tending or Tending(self.house, self.reps)).to_the_end()

    async def is_running(self) -> bool:
        """Whether any of the meetings still has something to come."""
        found = [await self.house.traces(rep.meeting) for rep in self.reps]
        return not all(is_over(traces) for traces in found)

    async def until_share(self, share: float) -> None:
        """The meetings end; return when about this share of what quiet runs write has been written. Reps press.

        Counted in writes since the last orders and not in seconds, so that a busy machine strikes at the same place.
        """
        number = self.house.orders.give().number
        wanted = round(share * self.quiet.counts.statements * len(self.reps))
        await self.begin()
        while await self.is_running():
            for _ in range(20):
                counts = self.house.orders.counts()
                if counts.number == number and counts.statements >= wanted:
                    return
                await self.after(0.005)

    async def after(self, seconds: float) -> None:
        """At this moment of the run, while reps press what waits."""
        tending = Tending(self.house, self.reps, moves_time=False)
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while loop.time() < end:
            await tending.press()
            await asyncio.sleep(min(0.02, max(0.0, end - loop.time())))
