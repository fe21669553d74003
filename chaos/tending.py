"""From a fault to quiet: a dead app is started again, the rep presses what waits, time passes when nothing moves."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chaos.house import AFTER_A_KILL, House
from chaos.rep import Rep
from chaos.tables import Glance
from chaos.traces import Traces

PATIENCE_S = 120.0  # a bound on waiting for quiet, not a measure of speed
LOOK_EVERY_S = 0.05
STILL_S = 0.8  # nothing moved for so long: what comes next waits for its time
STALLED_S = 6.0  # and for so long while something is in hand: whoever had it has let go, and its lease must run out


class NoQuietError(Exception):
    """It did not come to rest, so it cannot be judged. The message says what was still to do."""


@dataclass
class Tending:
    """``next_orders`` are given to the life after the next end, once: a second death, for one."""

    house: House
    reps: list[Rep]
    next_orders: Mapping[str, Any] | None = None
    moves_time: bool = True
    stalled: int = 0  # how often a living process had let go of something without finishing it
    _seen: object = None
    _since: float = field(default_factory=time.monotonic)

    async def to_the_end(self, patience_s: float = PATIENCE_S) -> None:
        """Until every meeting's run is over and nothing is due. NoQuietError when that takes too long."""
        glance: Glance | None = None
        try:
            async with asyncio.timeout(patience_s):
                while not (glance and glance.is_done and await self._are_over()):
                    await self._once(glance)
                    await asyncio.sleep(LOOK_EVERY_S)
                    glance = await self.house.glance()
        except TimeoutError:
            raise NoQuietError(await self._what_is_left(glance)) from None

    async def _once(self, glance: Glance | None) -> None:
        if await self.house.keep_alive(self.next_orders):
            self.next_orders = None
        await self.press()
        if glance is not None and self.moves_time:
            self._let_time_pass(glance)

    async def press(self) -> None:
        for rep in self.reps:
            await rep.press_what_waits()

    def _let_time_pass(self, glance: Glance) -> None:
        moving = (glance, len(self.house.endings), self._latest_call())
        if moving != self._seen:
            self._seen, self._since = moving, time.monotonic()
            return
        still_s = time.monotonic() - self._since
        if still_s > STILL_S and glance.is_quiet and glance.next_at:
            wait = glance.next_at - self.house.now()
            self.house.pass_time(max(wait, timedelta(0)) + timedelta(seconds=1))
        elif still_s > STALLED_S and glance.in_hand:
            self.house.pass_time(AFTER_A_KILL)
            self.stalled += 1
        else:
            return
        self._seen = None

    def _latest_call(self) -> int:
        """Of the app, by itself: that it answers a rep who presses again and again moves nothing."""
        entries = reversed(self.house.workspace.log.entries)
        return next((entry.n for entry in entries if entry.kind == "api_call"), 0)

    async def _are_over(self) -> bool:
        for rep in self.reps:
            if not is_over(await self.house.traces(rep.meeting)):
                return False
        return True

    async def _what_is_left(self, glance: Glance | None) -> str:
        if glance is None:
            return "the database did not answer any more"
        left = [f"{what} {which} at {at}" for what, which, at in (*glance.in_hand, *glance.to_do, *glance.later)]
        found = [(rep.meeting.name, await self.house.traces(rep.meeting)) for rep in self.reps]
        unfinished = [f"{name} ({', '.join(+traces.ends)})" for name, traces in found if not is_over(traces)]
        lives = f"lives ended with {self.house.endings[-5:]}"
        return f"unfinished: {', '.join(unfinished) or 'none'}; left: {'; '.join(left) or 'nothing'}; {lives}"


def is_over(traces: Traces) -> bool:
    """Whether its run has come to its end. Its card is up to date when nothing is due any more."""
    return traces.ends["run completed"] >= 1
