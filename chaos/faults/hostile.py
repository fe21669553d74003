"""Everything twice, out of order, and from the wrong hands: webhooks, presses, both at once."""

import asyncio
from dataclasses import replace

from chaos.tending import Tending
from chaos.trial import Deed, Trial
from workspace.wire import Json

KINDS = ("webhooks", "presses", "a stranger", "all of it")


async def inflict(trial: Trial) -> Deed:
    draw, house = trial.draw(), trial.house
    kind = KINDS[(trial.point.number - 1) % len(KINDS)]
    is_all = kind == KINDS[-1]
    rep = replace(
        trial.rep,
        twice=is_all or kind == "presses",
        stranger="Dana Okafor" if is_all or kind == "a stranger" else None,
    )
    comes_often = is_all or kind == "webhooks"
    notice = house.notice(rep.meeting)
    copies, fresh = (draw.randint(2, 5), draw.randint(1, 3)) if comes_often else (1, 0)
    await _deliver(trial, notice, copies=copies, fresh=fresh)
    await Tending(house, [rep]).to_the_end()
    if comes_often:
        await _deliver(trial, notice, copies=2, fresh=1)  # long after all is done
        await Tending(house, [rep]).to_the_end()
    return Deed(fault=f"hostile: {kind}", what=f"{copies + fresh} webhooks, {rep.presses} presses")


async def _deliver(trial: Trial, notice: Json, *, copies: int, fresh: int) -> None:
    """The same delivery, and the same recording under other delivery ids, all at once."""
    bot = trial.house.workspace.meeting_bot
    same = [bot.deliver(notice, message_id=f"msg_{trial.point.id}") for _ in range(copies)]
    others = [bot.deliver(notice) for _ in range(fresh)]
    await asyncio.gather(*same, *others)
