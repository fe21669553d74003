"""One step, tried: which errors are tried again, after how long, and which go up untouched."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from sequences.policy.budget import BudgetExceededError, limits_of
from sequences.ports.model import ModelError
from sequences.ports.store import FenceLostError, StoreError
from sequences.runner.attempt import Attempted, StepFailedError, attempt
from sequences.step import Step, step
from tests.sequences.fakes import START
from tests.sequences.people import ORG, REP
from tests.sequences.stories import Brief, Heard, Script


def flaky(*errors: BaseException) -> tuple[Step, Script]:
    script = Script(failures={"flaky": list(errors)})

    @step(critical=True)
    async def run(brief: Brief) -> Heard:
        script.note("flaky")
        return Heard(text=brief.words)

    return run, script


async def tried(made: Step) -> tuple[Attempted, list[float]]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    return await attempt(made, {Brief: Brief()}, sleep=sleep), waits


async def test_err_04_a_transient_error_is_tried_once_more_after_a_wait_with_jitter() -> None:
    seen = set()
    for _ in range(20):
        made, _ = flaky(ModelError("busy", kind="overloaded"))
        done, (wait,) = await tried(made)
        assert (done.attempts, done.result.output) == (2, Heard(text="hello"))
        assert 0.5 <= wait <= 1.5
        seen.add(wait)
    assert len(seen) > 1


@pytest.mark.parametrize("kind", ["refused", "truncated", "invalid", "out_of_quota", "misconfigured"])
async def test_err_03_what_would_fail_again_is_not_tried_again(kind: str) -> None:
    made, script = flaky(ModelError("no", kind=kind))
    with pytest.raises(StepFailedError, match="no"):
        await tried(made)
    assert script.calls == ["flaky"]


@pytest.mark.parametrize(
    "error",
    [
        ModelError("slow down", kind="rate_limited"),
        BudgetExceededError(limits_of(ORG, REP, START)[0]),
        FenceLostError(),
        StoreError("away"),
        asyncio.CancelledError(),
        KeyboardInterrupt(),
    ],
)
async def test_err_05_what_concerns_the_whole_run_goes_up_untouched(error: BaseException) -> None:
    made, script = flaky(error)
    with pytest.raises(type(error)):
        await tried(made)
    assert script.calls == ["flaky"]


async def test_core_08_a_step_that_takes_too_long_is_tried_once_more_and_given_up() -> None:
    calls = []

    @step(critical=True, time_limit=timedelta(0))
    async def endless(brief: Brief) -> Heard:
        calls.append(brief)
        await asyncio.Event().wait()
        return Heard(text="never")

    with pytest.raises(StepFailedError, match="it took too long"):
        await tried(endless)
    assert len(calls) == 2


async def test_core_10_a_missing_required_input_is_a_broken_wire() -> None:
    made, script = flaky()
    with pytest.raises(StepFailedError, match="something it builds on is missing"):
        await attempt(made, {})
    assert script.calls == []


@pytest.mark.parametrize("make", [lambda: ValueError("x"), lambda: KeyError("y"), AssertionError])
async def test_err_02_a_bug_fails_its_step_and_says_nothing_of_it(make: Callable[[], Exception]) -> None:
    made, script = flaky(make())
    with pytest.raises(StepFailedError) as caught:
        await tried(made)
    assert caught.value.text == "something unexpected went wrong"
    assert script.calls == ["flaky"]
