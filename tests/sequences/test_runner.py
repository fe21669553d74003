"""The runner: stored step by step, resumed by name, stopped cleanly, and never run twice."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sequences.policy.budget import BUDGET_MESSAGE, BudgetExceededError, limits_of
from sequences.ports.dispatch import WorkKind
from sequences.ports.model import ModelError
from sequences.ports.store import FenceLostError, StoreError
from sequences.records.action import ActionStatus
from sequences.records.job import JobStatus, StepStatus
from sequences.runner import attempt, heartbeat
from sequences.runner.runner import TimeSlice
from sequences.step import Step, Tier, step
from tests.sequences.people import ORG, REP
from tests.sequences.stories import (
    Brief,
    Guessed,
    Heard,
    Script,
    close_step,
    draft_step,
    guess_step,
    hear_step,
    show_step,
    story,
)
from tests.sequences.world import World

ALL = ["hear", "guess", "draft", "show", "close"]


@pytest.fixture
def script(world: World, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setattr(attempt, "RETRY_BASE_S", 0)
    script = Script()
    world.know(story(script))
    return script


async def decide_all(world: World, job_id: str) -> None:
    for action in await world.actions(job_id):
        await world.approve(action)


async def finish(world: World, job_id: str) -> None:
    await world.work()
    await decide_all(world, job_id)
    await world.later(timedelta(minutes=1))


async def test_core_02_a_run_walks_its_steps_in_order_to_the_end(world: World, script: Script) -> None:
    job_id = await world.start(payload={"words": "hi"})
    await finish(world, job_id)

    assert script.calls == ALL
    job, steps = await world.job(job_id), await world.steps(job_id)
    assert job.status is JobStatus.COMPLETED
    assert list(steps) == ALL
    assert {run.status for run in steps.values()} == {StepStatus.DONE}
    assert steps["guess"].output == {"text": "ROBIN HALE: HI"}
    assert steps["close"].output == {"text": f"About Robin Hale: hi of {job_id}"}
    assert job.finished_at is not None


async def test_core_10_a_step_receives_what_earlier_ones_made(world: World, script: Script) -> None:
    await world.start(payload={"words": "hi"})
    await world.work()
    assert script.seen["guessed"] == Guessed(text="ROBIN HALE: HI")


async def test_core_13_each_step_can_be_the_first_of_an_invocation(world: World, script: Script) -> None:
    """The slice is over after every step, so that nothing can live on in memory."""
    world.time_slice = TimeSlice(length=timedelta(seconds=30), margin=timedelta(seconds=1))
    script.on_call = lambda _: world.clock.advance(timedelta(seconds=40))
    world.know(story(script))
    job_id = await world.start()
    await finish(world, job_id)

    assert script.calls == ALL
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert (await world.job(job_id)).fence >= len(ALL)


async def test_chain_08_a_used_up_slice_hands_the_job_back(world: World, script: Script) -> None:
    world.time_slice = TimeSlice(length=timedelta(seconds=30), margin=timedelta(seconds=1))
    script.on_call = lambda _: world.clock.advance(timedelta(seconds=40))
    world.know(story(script))
    job_id = await world.start()
    await world.runner.run(job_id)

    job = await world.job(job_id)
    assert script.calls == ["hear"]
    assert (job.status, job.current_step, job.lease_until) == (JobStatus.PENDING, "guess", None)
    assert (WorkKind.JOB, job_id, None) in world.dispatcher.woken


async def test_core_06_a_step_whose_condition_is_false_is_skipped(world: World, script: Script) -> None:
    def never(heard: Heard) -> bool:
        return not heard.text

    steps = (hear_step(script), guess_step(script, never), draft_step(script), show_step(script), close_step(script))
    world.know(story(script, *steps))
    job_id = await world.start()
    await finish(world, job_id)

    assert "guess" not in script.calls
    assert (await world.steps(job_id))["guess"].status is StepStatus.SKIPPED
    assert script.seen["guessed"] is None
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize(
    "error",
    [ModelError("refused it", kind="refused"), ModelError("no more quota", kind="out_of_quota"), ValueError("a bug")],
    ids=["refused", "out_of_quota", "bug"],
)
async def test_core_08_a_failed_best_effort_step_is_marked_and_the_run_goes_on(
    world: World, script: Script, error: Exception
) -> None:
    script.failures["guess"] = [error, error]
    job_id = await world.start()
    await finish(world, job_id)

    run = (await world.steps(job_id))["guess"]
    assert (run.status, run.output) == (StepStatus.FAILED, None)
    assert script.seen["guessed"] is None
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert "guess" in script.calls


async def test_priv_02_what_a_bug_says_is_neither_shown_nor_logged(
    world: World, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    script.failures["guess"] = [ValueError("secret words of the transcript")]
    job_id = await world.start()
    await world.work()
    assert "secret" not in str((await world.steps(job_id))["guess"].error)
    broke = next(record for record in caplog.records if record.message == "step broke")
    assert "stories.py" in broke.__dict__["where"]
    assert "secret words" not in caplog.text + str([record.__dict__ for record in caplog.records])


async def test_err_03_a_transient_failure_is_tried_once_more(world: World, script: Script) -> None:
    script.failures["hear"] = [ModelError("overloaded", kind="overloaded")]
    job_id = await world.start()
    await world.work()

    run = (await world.steps(job_id))["hear"]
    assert (run.status, run.attempts) == (StepStatus.DONE, 2)
    assert script.calls.count("hear") == 2


@pytest.mark.parametrize(
    "errors",
    [
        [ModelError("overloaded", kind="overloaded")] * 2,
        [ModelError("no more quota", kind="out_of_quota")],
        [ValueError("a bug")],
    ],
    ids=["transient twice", "final", "bug"],
)
async def test_err_01_a_failed_critical_step_stops_and_tells_the_rep(
    world: World, script: Script, errors: list[Exception]
) -> None:
    script.failures["draft"] = list(errors)
    job_id = await world.start()
    await world.work()

    job = await world.job(job_id)
    assert job.status is JobStatus.FAILED
    assert job.error
    assert list(await world.steps(job_id)) == ["hear", "guess"]
    async with world.database.read() as tx:
        notice = await tx.cards.by_key(f"notice:{job_id}")
    assert notice is not None
    assert (notice.user_id, notice.job_id, notice.kind) == (job.user_id, job_id, "notice")


async def test_flag_06_a_retry_goes_on_where_it_stopped(world: World, script: Script) -> None:
    script.failures["draft"] = [ModelError("no more quota", kind="out_of_quota")]
    job_id = await world.start()
    await world.work()
    async with world.database.begin() as tx:
        assert await tx.jobs.retry(job_id, now=world.clock())
    await finish(world, job_id)

    assert script.calls == ["hear", "guess", "draft", "draft", "show", "close"]
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert (await world.job(job_id)).error is None


async def test_err_06_rate_limited_puts_the_job_back_for_five_minutes(world: World, script: Script) -> None:
    script.failures["guess"] = [ModelError("slow down", kind="rate_limited")]
    job_id = await world.start()
    await world.work()
    job = await world.job(job_id)
    assert (job.status, job.run_at) == (JobStatus.PENDING, world.clock() + timedelta(minutes=5))
    assert script.calls == ["hear", "guess"]

    await world.later(timedelta(minutes=4, seconds=59))
    assert script.calls == ["hear", "guess"]
    await world.later(timedelta(seconds=1))
    assert script.calls == ["hear", "guess", "guess", "draft", "show"]


async def test_err_06_a_longer_wait_that_the_provider_names_is_kept(world: World, script: Script) -> None:
    script.failures["hear"] = [ModelError("slow down", kind="rate_limited", retry_after=900)]
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).run_at == world.clock() + timedelta(minutes=15)


async def test_err_05_an_exceeded_budget_stops_at_once_with_the_plain_line(world: World, script: Script) -> None:
    """Also in a best-effort step: not one step more."""
    script.failures["guess"] = [BudgetExceededError(limits_of(ORG, REP, world.clock())[0])]
    job_id = await world.start()
    await world.work()

    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, f"{BUDGET_MESSAGE}, which begins tomorrow.")
    assert script.calls == ["hear", "guess"]
    async with world.database.read() as tx:
        assert await tx.cards.by_key(f"notice:{job_id}") is not None


async def test_core_13_a_deploy_may_add_remove_and_reorder_steps_at_a_pause(world: World, script: Script) -> None:
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL

    new = Script()

    @step(critical=True)
    async def added(heard: Heard) -> Guessed:
        new.note("added")
        return Guessed(text=f"anew: {heard.text}")

    world.know(story(new, hear_step(new), added, draft_step(new), close_step(new), show_step(new)))
    await decide_all(world, job_id)
    await world.later(timedelta(minutes=1))

    assert new.calls == ["added", "close"]
    assert list(await world.steps(job_id)) == ["hear", "guess", "draft", "show", "added", "close"]
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


async def test_core_02_a_job_whose_sequence_is_gone_fails_with_its_reason(world: World, script: Script) -> None:
    job_id = await world.start()
    world.know()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.PENDING, "a newer worker may know it"
    for _ in range(70):
        await world.later(timedelta(minutes=1))
    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, "this kind of run no longer exists")


async def test_core_02_a_run_that_only_the_next_release_knows_waits_for_one_of_its_workers(
    world: World, script: Script
) -> None:
    """While a deploy rolls, the old workers find it again and again. None of that counts against it."""
    job_id = await world.start()
    world.know()
    for _ in range(59):
        await world.later(timedelta(minutes=1))
    assert script.calls == []
    world.know(story(script))
    await world.later(timedelta(minutes=1))
    await finish(world, job_id)
    job = await world.job(job_id)
    assert (job.status, job.metadata["steps_completed"]) == (JobStatus.COMPLETED, len(story(script).steps))


async def test_core_11_a_stored_output_that_no_longer_fits_fails_the_run_and_says_so(
    world: World, script: Script
) -> None:
    job_id = await world.start()
    await world.work()

    class Heard(Brief):
        pages: int

    @step(context=(Tier.ONE,), critical=True)
    async def hear(brief: Brief) -> Heard:
        return Heard(pages=1)

    @step(critical=True)
    async def close(heard: Heard) -> Guessed:
        return Guessed(text=str(heard.pages))

    world.know(story(script, hear, close))
    await decide_all(world, job_id)
    await world.later(timedelta(minutes=1))
    job = await world.job(job_id)
    assert job.status is JobStatus.FAILED
    assert "can no longer be read" in str(job.error)


async def test_ctx_13_a_missing_context_fails_the_run_and_says_so(world: World, script: Script) -> None:
    job_id = await world.start(payload={"meeting_id": "meeting_gone"})
    await world.work()
    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, "The transcript of this meeting is no longer stored.")


async def test_ctx_09_tiers_are_loaded_once_per_run(world: World, script: Script) -> None:
    job_id = await world.start(payload={"words": "hi"})
    await world.work()
    await world.save_rep(name="Somebody Else")
    await finish(world, job_id)

    async with world.database.read() as tx:
        tiers = [run for run in await tx.jobs.steps(job_id) if run.name.startswith("context:")]
    assert [run.name for run in tiers] == ["context:tier1"]
    assert tiers[0].output is not None
    assert tiers[0].output["user"]["name"] == "Robin Hale"


async def test_ctx_01_tier_1_is_there_even_when_no_step_asks_for_it(world: World, script: Script) -> None:
    def plain() -> Step:
        @step(critical=True)
        async def only(brief: Brief) -> Heard:
            return Heard(text=brief.words)

        return only

    world.know(story(script, plain()))
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


async def test_chain_13_a_fenced_off_zombie_writes_nothing(world: World, script: Script) -> None:
    job_id = await world.start()
    async with world.database.begin() as tx:
        zombie = await tx.jobs.claim(job_id, now=world.clock(), lease=timedelta(seconds=45))
    assert zombie is not None
    await world.later(timedelta(minutes=1))
    before = await world.job(job_id), await world.steps(job_id), await world.actions(job_id)

    with pytest.raises(FenceLostError):
        async with world.database.begin() as tx:
            await tx.jobs.settle(zombie, JobStatus.FAILED, now=world.clock(), error="zombie")
    assert (await world.job(job_id), await world.steps(job_id), await world.actions(job_id)) == before


async def test_chain_13_a_claim_lost_in_the_middle_of_a_step_ends_the_older_run_quietly(
    world: World, script: Script
) -> None:
    """While the first invocation is inside a step its lease runs out and another one takes the job to its pause."""
    younger = Script()
    job_id = await world.start()

    @step(context=(Tier.ONE,), critical=True)
    async def hear(brief: Brief) -> Heard:
        if not younger.calls:
            world.know(story(younger))
            await world.later(timedelta(minutes=1))
        return Heard(text="from the zombie")

    world.know(story(script, hear, *story(script).steps[1:]))
    await world.runner.run(job_id)

    assert younger.calls == ["hear", "guess", "draft", "show"]
    assert script.calls == []
    assert (await world.steps(job_id))["hear"].output == {"text": "Robin Hale: hello"}
    assert len(await world.actions(job_id)) == 2
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL


async def test_core_13_a_job_that_kills_its_workers_is_given_up_some_day(world: World, script: Script) -> None:
    job_id = await world.start()
    async with world.database.begin() as tx:
        for _ in range(60):
            world.clock.advance(timedelta(minutes=1))
            await tx.jobs.claim(job_id, now=world.clock(), lease=timedelta(seconds=45))
    await world.later(timedelta(minutes=1))
    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, "it was interrupted too often")


async def test_flag_06_a_retry_after_that_gets_as_many_tries_again(world: World, script: Script) -> None:
    job_id = await world.start()
    async with world.database.begin() as tx:
        for _ in range(60):
            world.clock.advance(timedelta(minutes=1))
            await tx.jobs.claim(job_id, now=world.clock(), lease=timedelta(seconds=45))
    await world.later(timedelta(minutes=1))
    async with world.database.begin() as tx:
        assert await tx.jobs.retry(job_id, now=world.clock())
    await finish(world, job_id)
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


async def test_chain_13_a_living_worker_keeps_its_claim_through_a_long_step(
    world: World, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "EVERY_S", 0)
    job_id = await world.start()
    claimed_until = world.clock() + heartbeat.LEASE

    @step(context=(Tier.ONE,), critical=True)
    async def hear(brief: Brief) -> Heard:
        world.clock.advance(timedelta(seconds=30))
        while (await lease_of(world, job_id)) <= claimed_until:
            continue  # until the heartbeat has come
        world.clock.advance(timedelta(seconds=30))
        assert await world.due(WorkKind.JOB) == []
        return Heard(text="long")

    world.know(story(script, hear, *story(script).steps[1:]))
    await world.runner.run(job_id)
    assert (await world.steps(job_id))["hear"].output == {"text": "long"}
    assert (await world.job(job_id)).fence == 1


async def test_chain_13_a_heartbeat_that_the_database_missed_neither_ends_nor_hides_the_run(
    world: World, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "EVERY_S", 0)
    job_id = await world.start()
    begin, missed = world.store.begin, asyncio.Event()

    def away() -> Any:
        world.store.begin = begin  # type: ignore[method-assign]
        missed.set()
        raise StoreError("away for a moment")

    @step(context=(Tier.ONE,), critical=True)
    async def hear(brief: Brief) -> Heard:
        world.store.begin = away  # type: ignore[method-assign]
        await missed.wait()
        return Heard(text="all the same")

    world.know(story(script, hear, *story(script).steps[1:]))
    await world.runner.run(job_id)
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL


async def lease_of(world: World, job_id: str) -> datetime:
    lease = (await world.job(job_id)).lease_until
    assert lease is not None
    return lease


async def test_obs_01_what_is_kept_about_a_run(world: World, script: Script) -> None:
    script.failures["guess"] = [ModelError("no", kind="refused")]
    job_id = await world.start()
    await finish(world, job_id)

    metadata = (await world.job(job_id)).metadata
    assert metadata == {
        "job_id": job_id,
        "event_type": "meeting_ended",
        "source": "cli:meeting",
        "steps_total": 5,
        "steps_attempted": 5,
        "steps_completed": 4,
        "steps_failed": 1,
        "steps_skipped": 0,
        "approval_gates": 2,
        "followups_queued": 1,
        "duration_ms": 60_000,
        "ai_cost_usd": "0",
        "chain_depth": 1,
        "claims": 2,
    }


async def test_core_24_everything_is_in_the_tables_when_a_run_pauses(world: World, script: Script) -> None:
    job_id = await world.start()
    await world.work()
    job, actions = await world.job(job_id), await world.actions(job_id)
    assert (job.status, job.lease_until, job.cost_usd) == (JobStatus.AWAITING_APPROVAL, None, Decimal(0))
    assert [action.status for action in actions] == [ActionStatus.PENDING] * 2
    assert {action.card_id for action in actions} == {f"card_{job_id}"}
    assert [action.step for action in actions] == ["draft", "draft"]
    assert await world.due(WorkKind.JOB) == []
    async with world.database.read() as tx:
        card = await tx.cards.get(f"card_{job_id}")
    assert card is not None
    assert card.shown_rev < card.rev
