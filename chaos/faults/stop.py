"""SIGTERM at any moment: what is in hand is finished, what was acknowledged counts, and the process leaves cleanly."""

import asyncio
import signal

from chaos.trial import Deed, Trial

LONGEST_STOP_S = 60.0


class UncleanError(Exception):
    """The app did not end well when it was asked to."""


async def inflict(trial: Trial) -> Deed:
    draw, house = trial.draw(), trial.house
    share = draw.uniform(0, 0.95)
    life = house.life
    if life is None:
        raise UncleanError("nothing was running")
    await trial.until_share(share)
    has_struck = await trial.is_running()
    life.signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(LONGEST_STOP_S):
            code = await asyncio.shield(life.ended)
    except TimeoutError:
        raise UncleanError(f"still there {LONGEST_STOP_S:g} s after SIGTERM") from None
    if code != 0:
        raise UncleanError(f"ended with {code} after SIGTERM")
    await trial.rest()
    return Deed(fault="SIGTERM", what=f"{share:.0%} into the run", has_struck=has_struck)
