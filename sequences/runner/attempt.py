"""One step, tried: its inputs by type, its time limit, and one retry for what may pass by itself (CORE-08)."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sequences.policy.budget import BudgetExceededError
from sequences.ports.model import ModelError
from sequences.ports.store import FenceLostError, StoreError
from sequences.sequence import inputs_of, wiring_of
from sequences.step import Result, Step
from sequences.tracing import trace_of

log = logging.getLogger(__name__)

RETRY_BASE_S = 1.0

Values = Mapping[type, object]

# These say something about the run as a whole, not about the step.
OF_THE_RUN = (BudgetExceededError, FenceLostError, StoreError)


class StepFailedError(Exception):
    """A step gave up. ``text`` may be shown to the rep: a plain sentence without anything internal."""

    def __init__(self, step: str, text: str, *, attempts: int) -> None:
        super().__init__(f"{step}: {text}")
        self.step = step
        self.text = text
        self.attempts = attempts


@dataclass(frozen=True, kw_only=True)
class Attempted:
    result: Result[Any]
    attempts: int


def is_wanted(step: Step, values: Values) -> bool:
    """Whether the step's condition holds (CORE-06)."""
    if step.condition is None:
        return True
    return bool(step.condition(*(values.get(wanted.type) for wanted in inputs_of(step.condition))))


async def call(step: Step, values: Values) -> Result[Any]:
    """Run the step on what is there. A required input that is missing is a broken wire, not bad luck."""
    arguments = [values.get(wanted.type) for wanted in wiring_of(step.run).inputs]
    for wanted, argument in zip(wiring_of(step.run).inputs, arguments, strict=True):
        if argument is None and not wanted.is_optional:
            raise StepFailedError(step.name, "something it builds on is missing", attempts=1)
    returned = await step.run(*arguments)
    return returned if isinstance(returned, Result) else Result(output=returned)


async def attempt(
    step: Step, values: Values, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> Attempted:
    """Run the step with one retry after a backoff with jitter for transient failures; StepFailedError at the end.

    A model that says "slow down" is not retried here: the runner puts the whole job back (ERR-06). A bug in a step
    fails that step, so that a best-effort one never costs the rep the others; what it says goes to the log alone.
    """
    for number in (1, 2):
        try:
            async with asyncio.timeout(step.time_limit.total_seconds()):
                return Attempted(result=await call(step, values), attempts=number)
        except ModelError as error:
            if error.kind == "rate_limited":
                raise
            if not error.is_transient or number == 2:
                raise StepFailedError(step.name, str(error), attempts=number) from error
        except TimeoutError as error:
            if number == 2:
                raise StepFailedError(step.name, "it took too long", attempts=number) from error
        except (*OF_THE_RUN, StepFailedError):
            raise
        except Exception as error:
            log.error("step broke", extra={"step": step.name, **trace_of(error)})  # noqa: TRY400  # see trace_of
            raise StepFailedError(step.name, "something unexpected went wrong", attempts=number) from error
        await sleep(RETRY_BASE_S * 2 ** (number - 1) * random.uniform(0.5, 1.5))  # noqa: S311  # spread, not secrecy
    raise StepFailedError(step.name, "it took too long", attempts=2)
