"""SIGTERM at any moment: what is in hand is finished, what was acknowledged counts, and the process leaves cleanly."""

import asyncio
import signal

from chaos.trial import Deed, Trial

LONGEST_STOP_S = 60.0


class UncleanError(Exception):
    """The app did not end well when it was asked to."""


async def inflict(trial: Trial) -> Deed:
    draw, house = trial.draw(), trial.house
    moment_s = draw.uniform(0, trial.quiet.seconds)
    life = house.life
    if life is None:
        raise UncleanError("nothing was running")
    begun = asyncio.create_task(trial.begin())
    await trial.after(moment_s)
    has_struck = await trial.is_running()
    life.signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(LONGEST_STOP_S):
            code = await asyncio.shield(life.ended)
    except TimeoutError:
        raise UncleanError(f"still there {LONGEST_STOP_S:g} s after SIGTERM") from None
    if code != 0:
        raise UncleanError(f"ended with {code} after SIGTERM")
    await begun
    await trial.rest()
    return Deed(fault="SIGTERM", what=f"{moment_s * 1000:.0f} ms after the meeting's end", has_struck=has_struck)
