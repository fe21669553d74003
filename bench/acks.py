"""How long Slack waits for an acknowledgement while many people press and type at once."""

import asyncio

from bench.figures import Figure, percentile
from bench.place import REP, Place
from blocks.ids import ActionId
from workspace.driver import Actor
from workspace.interactions.outcome import Outcome

PER_SECOND = 50
SECONDS = 20


async def measure(place: Place) -> list[Figure]:
    """Half of them `/60 status`, half a press that draws the Home tab: both read the tables and call Slack after
    the acknowledgement. The workspace shares the process with the app, so its own work counts against us."""
    waits, missed = await _waits(place)
    return [
        Figure(name="ack_p99_ms", value=percentile(waits, 99), target=250,
               what=f"acknowledgement at {PER_SECOND}/s for {SECONDS} s, the slowest in a hundred"),
        Figure(name="ack_p50_ms", value=percentile(waits, 50), what="the same, the median"),
        Figure(name="acks_missed_count", value=missed, target=0,
               what="interactions that were not acknowledged in three seconds"),
    ]  # fmt: skip


async def measure_http(place: Place) -> list[Figure]:
    """The same over signed HTTP; ``place`` is in that mode. Each call is proven before it is read."""
    waits, missed = await _waits(place)
    return [
        Figure(name="acknowledge_http_p99_ms", value=percentile(waits, 99), target=250,
               what=f"over HTTP: acknowledgement at {PER_SECOND}/s for {SECONDS} s, the slowest in a hundred"),
        Figure(name="acknowledge_http_missed_count", value=missed, target=0,
               what="over HTTP: interactions that were not acknowledged in three seconds"),
    ]  # fmt: skip


async def _waits(place: Place) -> tuple[list[float], int]:
    """How long each acknowledged interaction waited, in milliseconds, and how many were not acknowledged."""
    actor = place.workspace.person(REP)
    await actor.open_home()
    await place.workspace.until(actor.home)
    outcomes = await _load(actor)
    waits = [outcome.ms for outcome in outcomes if outcome.acked]
    return waits, len(outcomes) - len(waits)


async def _load(actor: Actor) -> list[Outcome]:
    """At a fixed rate, whether earlier ones have been answered or not."""
    loop, waiting = asyncio.get_running_loop(), []
    began = loop.time()
    for number in range(PER_SECOND * SECONDS):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - loop.time()))
        home = actor.home()
        if number % 2 or home is None:
            act = actor.command("/60", "status")
        else:
            act = actor.press(home, ActionId.HOME_REFRESH.value)
        waiting.append(asyncio.create_task(act))
    return await asyncio.gather(*waiting)
