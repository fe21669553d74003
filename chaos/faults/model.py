"""The model is slow, declines, talks nonsense, is busy, has no quota left, hangs up, or is cut off by our own death."""

import random
import signal

from chaos.model import ScriptedModel
from chaos.trial import Deed, Trial
from workspace.vendors.model import Play, claude, claude_error

KINDS = ("refuses", "rubbish", "out of quota", "busy", "rate limited", "hangs up", "slow", "killed while it thinks")
ALL_OF_A_RUN = 40  # more questions than a run asks


class Moody:
    """``model`` is the one that the house's app asks."""

    def __init__(self, model: ScriptedModel) -> None:
        self._model = model

    async def __call__(self, trial: Trial) -> Deed:
        kind = KINDS[(trial.point.number - 1) % len(KINDS)]
        draw, deaths = trial.draw(), len(trial.house.endings)
        asked = len(self._model.requests)
        if kind == "slow":
            self._model.slow_s = draw.uniform(0.1, 0.6)
        elif kind == "killed while it thinks":
            self._kill_at(trial, asked + draw.randint(1, 7))
        else:
            self._model.play(*_plays(kind, draw))
        await trial.begin()
        await trial.rest()
        self._model.calm_down()
        has_struck = len(self._model.requests) > asked
        if kind == "killed while it thinks":
            has_struck = len(trial.house.endings) > deaths
        return Deed(fault=f"model: {kind}", what="", has_struck=has_struck, answers_differ=True)

    def _kill_at(self, trial: Trial, count: int) -> None:
        life = trial.house.life

        def kill(asked: int) -> None:
            if life is not None and asked == count:
                life.signal(signal.SIGKILL)

        self._model.on_request = kill


def _plays(kind: str, draw: random.Random) -> list[Play]:
    few = draw.randint(1, 3)
    match kind:
        case "refuses":
            return [claude("", stop_reason="refusal")] * ALL_OF_A_RUN
        case "rubbish":
            return [claude(draw.choice(("Certainly! Here it is:", '{"half": ', "[]", "null")))] * ALL_OF_A_RUN
        case "out of quota":
            return [claude_error(403, "billing_error", "The credit balance is too low.")] * few
        case "busy":
            return [claude_error(529, "overloaded_error", "Overloaded")] * few
        case "rate limited":
            return [claude_error(429, "rate_limit_error", "Slow down", retry_after="20")] * min(few, 2)
        case _:
            return [Play(drop=True)] * few
